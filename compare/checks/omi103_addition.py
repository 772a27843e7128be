"""OMI103: a phrase that a version adds."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.notes import in_note
from compare.values import Finding


@check("OMI103", mqm="accuracy/addition", threshold=0.72, yields=("NAM", "NUM", "REP", "SEM104", "TRM", "TYP"))
def addition(analysis: Analysis) -> Iterator[Finding]:
    """A phrase that is added (÷)

    Wrong:
    - a: He gave the old letter [[with the broken seal]] to his mother. | b: The old letter he gave to his mother.
      | c: He gave his mother the old letter. | ru: Он отдал старое письмо матери.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter and left.

    Score: the probability that an editor would agree. What the source has is never added: the others have lost it.
    Neutral for a translator's note, and where but one other version and no source could tell.
    Source: MQM, accuracy/addition; the sign is Origen's.
    """
    collation = analysis.collation
    for added in analysis.omissions:
        if added.kind == "added":
            others = [v for v in collation.rows[added.row - 1].spans if v != added.version]
            note = in_note(collation, added.place)
            yield Finding(
                check="OMI103",
                severity="neutral" if note else added.severity,
                score=added.score,
                places=(added.place,),
                message=f"÷ {'a note: ' if note else ''}nothing in {listed(others, 'or')} corresponds to "
                f"“{' '.join(added.place.text.split())}”",
                suggestion=None if note else added.suggestion,
                row=added.row,
            )
