"""OMI102: a phrase that a version has lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import quoted
from compare.notes import in_note
from compare.values import Collation, Finding

if TYPE_CHECKING:
    from compare.meaning.detect.omissions import Omission


@check("OMI102", mqm="accuracy/omission", threshold=0.6, yields=("NAM", "NUM", "REP", "SEM103"))
def omission(analysis: Analysis) -> Iterator[Finding]:
    """A phrase that is lost (※)

    Wrong:
    - a: [[He left]]. | b: He gave her the letter and left. | ru: Он отдал ей письмо и ушёл.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter, and then he left.
    - a: He left. | b: He gave her the letter and left. | ru: [Он отдал ей письмо и] он ушёл.

    Score: the probability that an editor would agree. What the source has not is never lost, nor what it has in square
    brackets as an editor's addition; what stands in a neighbouring row or elsewhere in the cell is not either. Major
    from 0.8 and minor from 0.7 where it is much of the passage, or denies, counts or names something; minor from 0.8
    where it is not, or where few words are lost and others may stand for a part of them; else neutral. What the text
    says again near by is graded one less. The first place holds the words on both sides of the gap.
    Source: MQM, accuracy/omission; the sign is Origen's.
    """
    for lost in analysis.omissions:
        if lost.kind == "lost" and not _is_editors(analysis.collation, lost):
            yield Finding(
                check="OMI102",
                severity=lost.severity,
                score=lost.score,
                places=(lost.place, *lost.evidence),
                message=f"※ nothing here corresponds to {quoted(lost.evidence, 'or')}",
                suggestion=lost.suggestion,
                row=lost.row,
            )


def _is_editors(collation: Collation, lost: Omission) -> bool:
    """Tell whether what is lost stands in square brackets in the source."""
    source = collation.work.source
    return source is not None and any(p.version == source.id and in_note(collation, p) for p in lost.evidence)
