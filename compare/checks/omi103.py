"""OMI103: a phrase that a version adds."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.checks.omi102 import GRAVE
from compare.meaning.phrases import phrases
from compare.meaning.telling import listed
from compare.values import Collation, Finding


@check("OMI103", mqm="accuracy/addition", threshold=0.5, yields=("NAM", "NUM", "REP", "SEM104", "TRM", "TYP"))
def run(collation: Collation) -> Iterator[Finding]:
    """A phrase that is added (÷)

    Wrong:
    - a: The [[drunken]] joiner paid. | b: The joiner paid. | c: It was the joiner who paid. | ru: Плотник заплатил.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter and left.

    Score: from the likelihood that nothing in the source or in the other versions answers to the words; 0.5 where one
    sound row in fifty passes, 0.75 one in two hundred.
    Source: MQM, accuracy/addition; the sign is Origen's.
    """
    for phrase in phrases(collation):
        if phrase.kind == "added":
            others = [v for v in collation.rows[phrase.row - 1].spans if v != phrase.version]
            yield Finding(
                check="OMI103",
                severity="major" if phrase.run and phrase.score >= GRAVE else "minor",
                score=phrase.score,
                places=(phrase.place, *phrase.evidence),
                message=f"÷ nothing in {listed(others, 'or')} answers to “{' '.join(phrase.place.text.split())}”",
                suggestion=phrase.suggestion,
                row=phrase.row,
            )
