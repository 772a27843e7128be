"""SEM101: a passage that stands apart."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.risk import ALIGNED
from compare.meaning.scoring import score
from compare.messages import listed
from compare.notes import in_note
from compare.values import Finding


@check(
    "SEM101",
    mqm="accuracy/mistranslation",
    threshold=0.5,
    yields=("NUM", "OMI", "REP", "SEM103", "SEM104", "SEM105", "SEM301"),
)
def passage(analysis: Analysis) -> Iterator[Finding]:
    """A passage unlike its source and unlike the other versions

    Wrong:
    - a: [[The moon is made of cheese.]] | b: He paid the joiner forty roubles. | ru: Он заплатил столяру сорок рублей.
    Fine:
    - a: He paid the joiner forty roubles. | b: He paid the carpenter forty roubles. | c: Forty roubles he paid him.

    Score: from the likelihood that the passage carries an error of meaning; 0.5 where one sound
    row in fifty passes, 0.75 one in two hundred; major where the sentence vectors stand apart too. Not raised where a
    phrase of the passage is surer (SEM104, OMI102, OMI103).
    Source: a model trained on planted errors (tests/training/cells.py).
    """
    collation = analysis.collation
    named = {(p.row, p.version): p for p in sorted(analysis.phrases, key=lambda p: p.score)}
    for version, cells in analysis.judgements.items():
        for row, cell in zip(collation.rows, cells, strict=True):
            phrase = named.get((row.number, version))
            if cell is None:
                continue
            value = round(score(cell.odds, cell, "cell"), 4)
            span = row.spans[version]
            if phrase and phrase.score >= max(0.5, value) and 2 * len(phrase.place.span) < len(span):
                continue
            others = [id for id in row.spans if id != version]
            here = collation.place(version, span.start, span.end)
            grave = value >= 0.97 and row.confidence >= ALIGNED and not in_note(collation, here)
            doubt = f"; the most doubtful is “{phrase.place.text}”" if phrase else ""
            yield Finding(
                check="SEM101",
                severity="major" if grave and _apart(analysis, row.number - 1, version) else "minor",
                score=value,
                places=(
                    here,
                    *(collation.place(id, row.spans[id].start, row.spans[id].end) for id in others),
                ),
                message=f"this passage stands apart from {listed(others)}{doubt}",
                row=row.number,
            )


#: How much farther from the other texts than these from one another, in cosines; and how near a single one may be.
_FARTHER, _NEAR = 0.2, 0.3


def _apart(analysis: Analysis, i: int, version: str) -> bool:
    """Tell whether a cell lies far from those beside it, which lie near one another."""
    collation = analysis.collation
    far = analysis.similarity.farther(collation.rows[i].spans, i, version)
    return far >= (_FARTHER if len(collation.rows[i].spans) > 2 else 1 - _NEAR)
