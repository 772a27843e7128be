"""TYP103: punctuation that stands where none can."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.typography import elsewhere
from compare.values import Finding, Version
from compare.words import context

# Two marks that never meet ("etc.,", "?!", "..." do); what closes a letter's code in HTML ("&#232;") is no mark.
_COLLISION = re.compile(r"&#?\w{1,8};|(?P<mark>[,;:][,.;:])(?!\.)")
_LINE_START = re.compile(r"^[^\S\n]*(?P<mark>[,;!?])(?=\s)", re.MULTILINE)
#: A version that sets off so many of its marks of a kind does so by rule, as French typesetting does; a few prove none.
HABIT, FEW = 0.2, 2

Stray = tuple[int, int, float, str, re.Pattern[str]]


@check("TYP103", mqm="linguistic-conventions/punctuation")
def marks(analysis: Analysis) -> Iterator[Finding]:
    """Stray punctuation mark.

    A space before marks that the language sets off, as French does, or that the version has by habit, is no fault; nor
    is what the source or all other versions have in the row.

    Wrong:
    - From the [[;]] Annual report of the Commissariat.
    - He came [[,]] he saw, he conquered, and then he left, it is said, for good.
    - He came[[,,]] he saw.
    - The army of the[[.]] Then it left.

    Fine:
    - He came; he saw, etc., and left.
    - The man of v&#232;rit&#233;, as he said.
    - "A—a—a!" he yawned. She wrote c, n, a, d. "I left him, and.…"
    - What?! He left... and came back . . . in the end.

    Score: 0.9 where a word cannot stand before the mark, else 0.7.
    Source: Chicago Manual of Style 6.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        for start, end, score, why, pattern in stray(version):
            if not elsewhere(collation, version.id, start, pattern):
                yield Finding(
                    check="TYP103",
                    severity="minor",
                    score=score,
                    places=(collation.place(version.id, start, end),),
                    message=f"{why}: {context(version.text, start, end)}",
                    suggestion="",
                )


def stray(version: Version) -> list[Stray]:
    """Return (start, end, score, reason, pattern) of each stray mark of a version, one for a mark."""
    text = version.text
    found: dict[int, Stray] = {}

    def add(pattern: re.Pattern[str], score: float, why: str) -> None:
        for match in pattern.finditer(text):
            start, end = match.span("mark")
            if start < 0:
                continue
            found.setdefault(start, (start, end, score, why, pattern))

    for word, marks in language(version.lang).never_before.items():
        add(_broken_off(word, marks), 0.9, "the clause breaks off before this mark")
    add(_COLLISION, 0.7, "two marks that do not go together")
    add(_LINE_START, 0.7, "a mark at the beginning of a line")
    apart = Counter(match["mark"] for match in _set_off(",;:!?.").finditer(text))
    for mark in sorted(apart.keys() - set(language(version.lang).spaced_marks)):
        if apart[mark] <= max(FEW, HABIT * text.count(mark)):
            add(_set_off(mark), 0.7, "a space before this mark")
    return sorted(found.values(), key=lambda each: each[0])


@functools.cache
def _set_off(marks: str) -> re.Pattern[str]:
    """Match a mark set off from its word; a decimal and an ellipsis, itself spaced or not, may be."""
    return re.compile(rf"(?<=\w)[^\S\n]+(?P<mark>[{marks}])(?<!\.(?=\w))(?![^\S\n]?\.)")


@functools.cache
def _broken_off(word: str, marks: str) -> re.Pattern[str]:
    """Match a word that cannot stand before one of these marks there; an ellipsis may break off anywhere.

    A letter behind a lone letter is none: a cry (a—a—a!), the beginnings of words (c, n, a, d).
    """
    # what stands before the word is looked at once the word is found: a search for letters takes a tenth of the time
    whole = rf"{word}(?<![\w'’-]{word})(?<!\b\w[-–—]{word})(?<!\b\w,\s{word})"
    aside = r"(?!(?<=,)[^,.;:!?\n]{1,30},)"  # the, I feel, unpardonable boldness
    return re.compile(rf"{whole}[^\S\n]*(?P<mark>[{re.escape(marks)}]){aside}(?![^\S\n]?[.…]|\w)")
