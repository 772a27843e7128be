"""SEM101: a passage that says something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.meaning.risk import ALIGNED, GRAVE
from compare.messages import listed
from compare.notes import in_note
from compare.values import Finding, Place, Span
from compare.wordalign.aligned_words import is_content
from compare.wordalign.rendered_cells import rendered_cell, translations

#: How much farther from the other texts than these from one another, in cosines; and how near a single one may be.
_FARTHER, _NEAR = 0.2, 0.3
#: Of how many words of content at least another passage is made, and what share of them the others may have.
_WORDS, _SHARED = 3, 0.35
#: Of how many where the source alone speaks against it: a proverb is rendered by a proverb, and both are short.
_ALONE = 6
#: Risk from which on one other text is enough.
_SURE = 0.9
#: How many times longer or shorter a passage may be that is not another row's.
_LONGER = 2.5
#: Share of the source's words rendered as they are known to be, from which on a passage is the source's.
_RENDERED = 0.5
#: How many words are quoted.
_QUOTED = 4


def _passages(analysis: Analysis) -> Iterator[Finding]:
    collation = analysis.collation
    for i, (row, chances) in enumerate(zip(collation.rows, analysis.risk_of_meaning, strict=True)):
        for version, chance in chances.items():
            others = [id for id in row.spans if id != version]
            if chance is None or chance < GRAVE or not _is_far(analysis, i, version):
                continue
            lacking, share = _unshared(analysis, i, version, others)
            # the source's words, or those of the first version without one
            first = min(others, key=lambda id: collation.work.version(id).role != "source")
            missed, _ = _unshared(analysis, i, first, [version])
            ratio = len(row.spans[version]) / len(row.spans[first])
            least = _WORDS if len(others) > 1 else _ALONE
            if share > _SHARED or min(len(lacking), len(missed)) < least or not 1 / _LONGER <= ratio <= _LONGER:
                continue
            only, there = (", ".join(each[:_QUOTED]) for each in (lacking, missed))
            alone = len(others) < 2 and collation.work.version(first).role != "source"
            if alone or _rendered(analysis, i, version) >= _RENDERED:
                continue
            yield Finding(
                check="SEM101",
                severity="major" if len(others) > 1 else "minor" if chance >= _SURE else "neutral",
                score=chance,
                places=tuple(collation.place_in(row, id) for id in (version, *others)),
                message=f"this passage says something different from {listed(others)}: only here “{only}”, "
                f"only there “{there}”",
                row=row.number,
            )


_PASSAGES = finding("SEM101", _passages, (Finding, Place, Span), of_vectors=True)


@check(
    "SEM101",
    mqm="accuracy/mistranslation",
    threshold=0.5,
    yields=("NUM", "OMI", "REP", "SEM103", "SEM104"),
    asks=[_PASSAGES],
)
def passage(analysis: Analysis) -> Iterator[Finding]:
    """A passage that says something different from its source and the other versions

    Wrong:
    - a: [[The moon is made of cheese.]] | b: He paid the joiner forty roubles. | ru: Он заплатил столяру сорок рублей.
    Fine:
    - a: He paid the joiner forty roubles. | b: He paid the carpenter forty roubles. | c: Forty roubles he paid him.

    Score: the risk of an error of meaning in a passage that is well aligned, lies far from the other texts, which lie
    near one another, and shares hardly a word with them; beside a Russian source it renders less than half of its words
    as they are known to be. Where but one other text speaks against it, minor from 0.9: of nineteen below it that
    were read one was right.
    Source: MQM, accuracy/mistranslation.
    """
    collation = analysis.collation
    for found in analysis.found(_PASSAGES):
        if collation.rows[found.row - 1].confidence >= ALIGNED and not in_note(collation, found.places[0]):
            yield found


def _is_far(analysis: Analysis, i: int, version: str) -> bool:
    """Tell whether a cell lies far from the others, which lie near one another."""
    spans = analysis.collation.rows[i].spans
    far = analysis.similarity.farther(spans, i, version)
    return far >= (_FARTHER if len(spans) > 2 else 1 - _NEAR)


def _rendered(analysis: Analysis, i: int, version: str) -> float:
    """Return the share of the source's words that are rendered as they are known to be; 0 where that is not known."""
    words = analysis.words
    if version not in translations(analysis.collation):
        return 0.0
    if not words.content[words.source][i] or not words.content[version][i]:
        return 0.0
    return float(rendered_cell(words, analysis.renderings, version, i).rendered.mean())


def _unshared(analysis: Analysis, i: int, version: str, others: Sequence[str]) -> tuple[list[str], float]:
    """Return the words of content of a cell that no other has, and the share of those that one has."""
    aligned = analysis.words
    cell = aligned.cells[version][i]
    if cell is None:
        return [], 0.0
    covers = [cover for other in others if (cover := aligned.covers[version, other][i])]
    content = is_content(cell, aligned.forms).nonzero()[0].tolist()
    shares = {k: max((cover.share[k] for cover in covers), default=0.0) for k in content}
    lacking = [cell.words[k].text for k in content if shares[k] < 0.5]
    return lacking, sum(shares.values()) / len(shares) if shares else 1.0
