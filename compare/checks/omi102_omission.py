"""OMI102: a phrase that a version has lost."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import quoted
from compare.notes import in_note
from compare.values import Finding


@check("OMI102", mqm="accuracy/omission", threshold=0.6, yields=("NAM", "NUM", "REP", "SEM103"))
def omission(analysis: Analysis) -> Iterator[Finding]:
    """A phrase that is lost (※)

    Wrong:
    - a: [[He left]]. | b: He gave her the letter and left. | ru: Он отдал ей письмо и ушёл.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter, and then he left.

    Score: the probability that an editor would agree. What the source has not is never lost, nor what it has in square
    brackets as an editor's addition; what stands in a neighbouring row or elsewhere in the cell is not either. Major
    where it is sure and much of the passage, or denies, counts or names something. The first place holds the words on
    both sides of the gap.
    Source: MQM, accuracy/omission; the sign is Origen's.
    """
    collation = analysis.collation
    source = collation.work.source
    for lost in analysis.omissions:
        if lost.kind == "lost" and not any(
            source is not None and place.version == source.id and in_note(collation, place) for place in lost.evidence
        ):
            yield Finding(
                check="OMI102",
                severity=lost.severity,
                score=lost.score,
                places=(lost.place, *lost.evidence),
                message=f"※ nothing here corresponds to {quoted(lost.evidence, 'or')}",
                suggestion=lost.suggestion,
                row=lost.row,
            )
