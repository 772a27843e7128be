"""OMI103: a phrase that a version adds."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.risk import is_grave
from compare.messages import listed
from compare.notes import in_note
from compare.values import Finding


@check("OMI103", mqm="accuracy/addition", threshold=0.5, yields=("NAM", "NUM", "REP", "SEM104", "TRM", "TYP"))
def addition(analysis: Analysis) -> Iterator[Finding]:
    """A phrase that is added (÷)

    Wrong:
    - a: He gave the old letter [[with the broken seal]] to his mother. | b: The old letter he gave to his mother.
      | c: He gave his mother the old letter. | ru: Он отдал старое письмо матери.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter and left.

    Score: from the likelihood that nothing in the source or in the other versions answers to the words; 0.5 where one
    sound cell in fifty passes, 0.75 one in three hundred. A translator's note is told, and is no fault.
    Source: MQM, accuracy/addition; the sign is Origen's.
    """
    collation = analysis.collation
    for phrase in analysis.phrases:
        if phrase.kind == "added":
            others = [v for v in collation.rows[phrase.row - 1].spans if v != phrase.version]
            note = in_note(collation, phrase.place)
            yield Finding(
                check="OMI103",
                severity="neutral" if note else "major" if is_grave(collation, phrase) else "minor",
                score=phrase.score,
                places=(phrase.place, *phrase.evidence),
                message=f"÷ {'a note: ' if note else ''}nothing in {listed(others, 'or')} answers to "
                f"“{' '.join(phrase.place.text.split())}”",
                suggestion=None if note else phrase.suggestion,
                row=phrase.row,
            )
