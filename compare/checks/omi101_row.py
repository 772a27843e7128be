"""OMI101: a row that a version lacks."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.messages import listed
from compare.values import Collation, Finding, Place, Row
from compare.wordalign.neighbouring_rows import (
    ABOUT,
    HAD,
    is_aligned_otherwise,
    lengths_in_common,
    moved_to,
    share_in_neighbouring_rows,
)
from compare.words import words

#: Rows that may hide in their neighbours, at most.
_NEAR = 2
#: Characters from which on a passage is a grave loss.
_LONG = 40


@check("OMI101", mqm="accuracy/omission", threshold=0.5, needs=(), reads_words=True)
def row(analysis: Analysis) -> Iterator[Finding]:
    """A row that a version lacks

    Wrong:
    - a: He came home late that [[night]]. | b: He came home late that night. // b: Nobody was waiting for him.
    Fine:
    - a: He came home late that night. | b: He returned late. // a: Nobody was waiting for him. | b: No one waited.

    Score: the probability that the rows are lacking, 0 to 1: that one of them at the least is aligned rightly, times
    the share of the other versions that have it (the source counted twice). A row that the source lacks is no omission,
    and one or two rows whose words the version has in the rows next to them are only aligned otherwise. The first place
    is the words on both sides of the gap, in the version that lacks the rows; then the words that are missing. Rows
    that follow one another make one finding; neutral for one or two that are headings or verse, and where the version
    has them elsewhere.
    Source: MQM, accuracy/omission.
    """
    collation = analysis.collation
    source = collation.work.source
    weight = {v.id: 2 if v.role == "source" else 1 for v in collation.work.versions}
    common = functools.cache(functools.partial(lengths_in_common, collation))
    for version in collation.work.versions:
        if version.role == "source" or not any(version.id in row.spans for row in collation.rows):
            continue
        others = sum(weight.values()) - weight[version.id]
        for first, run in _runs(collation.rows, version.id, source.id if source else None):
            having = [id for id in weight if any(id in row.spans for row in run)]
            if not any(words(collation.cell(row, id)) for row in run for id in having if id in row.spans):
                continue  # a line of dots
            share = max(sum(weight[id] for id in row.spans) for row in run) / others
            doubt = math.prod(1 - row.confidence for row in run)
            score = round((1 - doubt) * min(1.0, share), 3)
            read = [id for id in having if language(collation.work.version(id).lang).models]
            last = first + len(run)
            if len(run) <= _NEAR and read and _is_elsewhere(collation, version.id, read[0], first, last, common):
                score = min(score, 0.2)
            places = tuple(_place(collation, run, id) for id in having)
            long = max(len(p.text) for p in places) > _LONG
            structure = all(collation.kind(row, having[0]) != "prose" for row in run)  # joined to its text, or verse
            what = "this passage" if len(run) == 1 else f"these {len(run)} rows"
            moved = next((there for p in places if (there := moved_to(collation, p, version.id))), None)
            slight = moved or (structure and len(run) <= _NEAR)
            where = f", which stands in row {collation.number_at(version.id, moved.span.start)}" if moved else ""
            yield Finding(
                check="OMI101",
                severity="neutral" if slight else "major" if long else "minor",
                score=score,
                places=(_gap(collation, first, len(run), version.id), *places, *([moved] if moved else [])),
                message=f"nothing here corresponds to {what} of {listed(having)}{where}",
                row=run[0].number,
            )


def _is_elsewhere(
    collation: Collation, version: str, other: str, first: int, last: int, common: Callable[[str, str], tuple[int, int]]
) -> bool:
    """Tell whether a version has the rows of index [first, last) of another text in those about.

    So it may where one of these has no counterpart: rows of an exchange of words that were aligned crosswise.
    """
    about = collation.rows[max(first - ABOUT, 0) : last + ABOUT]
    alone = any(version in row.spans and other not in row.spans for row in about)
    return (alone and is_aligned_otherwise(collation, version, other, first, last, common(version, other))) or (
        share_in_neighbouring_rows(collation, version, other, first, last) >= HAD
    )


def _runs(rows: Sequence[Row], version: str, source: str | None) -> Iterator[tuple[int, list[Row]]]:
    """Gather the rows that follow one another without this version, with the index of the first.

    Where there is a source, only rows that it has.
    """
    run: list[Row] = []
    for i, row in enumerate((*rows, None)):
        if row and version not in row.spans and row.spans and (source is None or source in row.spans):
            run.append(row)
        elif run:
            yield i - len(run), run
            run = []


def _gap(collation: Collation, first: int, count: int, version: str) -> Place:
    """The words on both sides of the gap; at the text's border the one word next to it."""
    text = collation.work.version(version).text
    before = [row.spans[version] for row in collation.rows[:first] if version in row.spans][-1:]
    after = [row.spans[version] for row in collation.rows[first + count :] if version in row.spans][:1]
    nearest = [(span, word) for span in before for word in words(span.of(text))[-1:]]
    nearest += [(span, word) for span in after for word in words(span.of(text))[:1]]
    if not nearest:  # nothing but marks
        beside = (before + after)[0]
        return collation.place(version, beside.start, beside.end)
    start, end = nearest[0][0].start + nearest[0][1].start, nearest[-1][0].start + nearest[-1][1].end
    return collation.place(version, start, end)


def _place(collation: Collation, run: Sequence[Row], version: str) -> Place:
    spans = [row.spans[version] for row in run if version in row.spans]
    return collation.place(version, min(s.start for s in spans), max(s.end for s in spans))
