"""SEM105: a question without its mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.values import Finding

_AUXILIARY = (
    r"(?:am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must|art|dost|hast)"
    r"(?:n['’]t)?"
)
_SUBJECT = r"(?:i|you|he|she|it|we|they|thou|there|this|that|these|those|the|my|your|his|her|our|their)"
#: A sentence that asks by the order of its words and ends with a full stop. A comma may part a condition from what
#: follows ("Had he come, …"); "may he live" is a wish, and what is only begun ends otherwise.
_ASKING = re.compile(
    rf"(?:^|(?<=[.!?…]\s)|(?<=[.!?…]['\"”’]\s))[\s\"“'‘«—–-]*"
    rf"(?:(?:and|but|then|well|so|or)\s*,?\s+)?(?:(?:what|where|why|how|who|whom|when)\s+{_AUXILIARY}"
    rf"|(?!may\b|had\b|should\b|were\b|have\s+the|do\s+(?:the|this|that|these|those|my|your|his|her|our|their)){_AUXILIARY})"
    rf"\s+{_SUBJECT}\b[^.,;:!?…]*(\.)(?=[\s\"”’']*$)",
    re.I,
)
_ASKED = re.compile(r"\?[\s\"“”’'»)–—-]*$")


@check("SEM105", mqm="linguistic-conventions/punctuation", threshold=0.6)
def question(analysis: Analysis) -> Iterator[Finding]:
    """A question without its question mark

    Wrong:
    - a: Is he coming tomorrow[[.]] | b: Is he coming tomorrow? | ru: Он придёт завтра?
    - a: "What do you want[[.]]" | ru: -- Что тебе нужно?
    Fine:
    - a: Is he coming? | b: He is coming, is he? | ru: Он придёт?
    - a: Nobody would have thought it. | b: Who would have thought it? | ru: Кто бы мог подумать?
    - a: How lovely are the flowers. | b: How lovely the flowers are! | ru: Как хороши цветы!

    Score: 0.5 plus a tenth for each other text of the row that ends with a question (two for the source), all of which
    must; the words of the version's last sentence stand in the order of a question.
    Source: Chicago Manual of Style 6.72.
    """
    collation = analysis.collation
    for row in collation.rows:
        for version in collation.work.versions:
            if version.role == "source" or version.id not in row.spans:
                continue
            found = _ASKING.search(collation.cell(row, version.id))
            others = [v for v in collation.work.versions if v.id in row.spans and v.id != version.id]
            if not found or not others or not all(_ASKED.search(collation.cell(row, v.id)) for v in others):
                continue
            weight = sum(2 if v.role == "source" else 1 for v in others)
            yield Finding(
                check="SEM105",
                severity="minor",
                score=round(0.5 + 0.1 * min(weight, 4), 3),
                places=(
                    collation.place_in(row, version.id, *found.span(1)),
                    *(collation.place_in(row, v.id) for v in others),
                ),
                message=f"a question ends with a full stop; {listed([v.id for v in others])} has its question mark",
                suggestion="?",
                row=row.number,
            )
