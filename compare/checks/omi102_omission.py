"""OMI102: a phrase that a version has lost."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.risk import is_grave
from compare.messages import quoted
from compare.values import Finding


@check("OMI102", mqm="accuracy/omission", threshold=0.5, yields=("NAM", "NUM", "REP", "SEM103"))
def omission(analysis: Analysis) -> Iterator[Finding]:
    """A phrase that is lost (※)

    Wrong:
    - a: [[He left]]. | b: He gave her the letter and left. | ru: Он отдал ей письмо и ушёл.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter, and then he left.

    Score: from the likelihood that words of the source and of the other versions have no counterpart; 0.5 where
    one sound cell in fifty passes, 0.75 one in three hundred. The first place holds the words on both sides of the gap.
    Source: MQM, accuracy/omission; the sign is Origen's.
    """
    collation = analysis.collation
    for phrase in analysis.phrases:
        if phrase.kind == "lost":
            yield Finding(
                check="OMI102",
                severity="major" if is_grave(collation, phrase) else "minor",
                score=phrase.score,
                places=(phrase.place, *phrase.evidence),
                message=f"※ nothing here answers to {quoted(phrase.evidence, 'or')}",
                suggestion=phrase.suggestion,
                row=phrase.row,
            )
