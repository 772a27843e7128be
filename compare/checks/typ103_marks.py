"""TYP103: punctuation that stands where none can."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding, Version
from compare.words import context

# A mark set off from its word; an ellipsis, a decimal and a dash may be.
_SET_OFF = re.compile(r"(?<=\w)[^\S\n]+(?P<mark>[,;:!?]|\.(?![.\d\w]))")
# Two marks that never meet ("etc.,", "?!", "..." do).
_COLLISION = re.compile(r"(?P<mark>[,;:][,.;:])(?!\.)")
_LINE_START = re.compile(r"^[^\S\n]*(?P<mark>[,;!?])(?=\s)", re.MULTILINE)
# An article cannot end a clause, nor "and" a sentence; an ellipsis may break off anywhere.
_BROKEN_OFF = re.compile(
    r"\b(?:(?:[Tt]he|[Aa]n|a)[^\S\n]*(?P<mark>[,;:.!?])|(?:and|or)[^\S\n]*(?P<mark2>[;.?!]))(?![.\w])"
)
#: A version that sets so many of its marks off by a space does so by rule, as French typesetting does.
HABIT = 0.2


@check("TYP103", mqm="linguistic-conventions/punctuation")
def marks(analysis: Analysis) -> Iterator[Finding]:
    """Stray punctuation mark.

    Wrong:
    - From the [[;]] Annual report of the Commissariat.
    - He came [[,]] he saw, he conquered, and then he left, it is said, for good.
    - He came[[,,]] he saw.
    - The army of the[[.]] Then it left.

    Fine:
    - He came; he saw, etc., and left.
    - What?! He left... and came back.

    Score: 0.9 where a word cannot stand before the mark, else 0.7.
    Source: Chicago Manual of Style 6.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        for start, end, score, why in stray(version):
            yield Finding(
                check="TYP103",
                severity="minor",
                score=score,
                places=(collation.place(version.id, start, end),),
                message=f"{why}: {context(version.text, start, end)}",
                suggestion="",
            )


def stray(version: Version) -> list[tuple[int, int, float, str]]:
    """Return (start, end, score, reason) of each stray mark of a version, one for a mark."""
    text = version.text
    found: dict[int, tuple[int, int, float, str]] = {}

    def add(pattern: re.Pattern[str], score: float, why: str) -> None:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            found.setdefault(start, (start, end, score, why))

    if version.lang == "en":
        add(_BROKEN_OFF, 0.9, "the clause breaks off before this mark")
    add(_COLLISION, 0.7, "two marks that do not go together")
    add(_LINE_START, 0.7, "a mark at the beginning of a line")
    marks = sum(map(text.count, ",;:!?"))
    if len(_SET_OFF.findall(text)) <= max(2, HABIT * marks):
        add(_SET_OFF, 0.7, "a space before this mark")
    return sorted(found.values())
