"""OMI101: a row that a version lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.values import Collation, Finding, Place, Row
from compare.words import words


@check("OMI101", mqm="accuracy/omission", threshold=0.5)
def row(analysis: Analysis) -> Iterator[Finding]:
    """A row that a version lacks

    Wrong:
    - a: He came home late that [[night]]. | b: He came home late that night. // b: Nobody was waiting for him.
    Fine:
    - a: He came home late that night. | b: He returned late. // a: Nobody was waiting for him. | b: No one waited.

    Score: the alignment's confidence in the row, times the share of the other versions that have it (the source counted
    twice). The first place is the words on both sides of the gap, in the version that lacks the row; then the words
    that are missing. Rows that follow one another make one finding.
    Source: MQM, accuracy/omission.
    """
    collation = analysis.collation
    weight = {v.id: 2 if v.role == "source" else 1 for v in collation.work.versions}
    for version in collation.work.versions:
        if version.role == "source" or not any(version.id in row.spans for row in collation.rows):
            continue
        others = sum(weight.values()) - weight[version.id]
        for first, run in _runs(collation.rows, version.id):
            having = [id for id in weight if any(id in row.spans for row in run)]
            share = max(sum(weight[id] for id in row.spans) for row in run) / others
            places = tuple(_place(collation, run, id) for id in having)
            what = "this passage" if len(run) == 1 else f"these {len(run)} rows"
            yield Finding(
                check="OMI101",
                severity="major" if max(len(p.text) for p in places) > 40 else "minor",
                score=round(max(row.confidence for row in run) * min(1.0, share), 3),
                places=(_gap(collation, first, len(run), version.id), *places),
                message=f"nothing stands here for {what} of {listed(having)}",
                row=run[0].number,
            )


def _runs(rows: Sequence[Row], version: str) -> Iterator[tuple[int, list[Row]]]:
    """Gather the rows that follow one another without this version, with the index of the first."""
    run: list[Row] = []
    for i, row in enumerate((*rows, None)):
        if row and version not in row.spans and row.spans:
            run.append(row)
        elif run:
            yield i - len(run), run
            run = []


def _gap(collation: Collation, first: int, count: int, version: str) -> Place:
    """The words on both sides of the gap; at the text's border the one word beside it."""
    text = collation.work.version(version).text
    before = [row.spans[version] for row in collation.rows[:first] if version in row.spans]
    after = [row.spans[version] for row in collation.rows[first + count :] if version in row.spans]
    beside = [(span, word) for span in before[-1:] for word in words(span.of(text))[-1:]]
    beside += [(span, word) for span in after[:1] for word in words(span.of(text))[:1]]
    if not beside:  # nothing but marks
        return collation.place(version, *((before or after)[-1].start, (before or after)[-1].end))
    start, end = beside[0][0].start + beside[0][1].start, beside[-1][0].start + beside[-1][1].end
    return collation.place(version, start, end)


def _place(collation: Collation, run: Sequence[Row], version: str) -> Place:
    spans = [row.spans[version] for row in run if version in row.spans]
    return collation.place(version, min(s.start for s in spans), max(s.end for s in spans))
