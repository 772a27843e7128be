"""Blocks: runs of lines that are one paragraph, heading, list item or line of verse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

#: A line end as the world writes it. Python's own list is longer, but the others are white space within a line.
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")

#: What a list item, a numbered paragraph, a verse or a line of dialogue begins with.
_ITEM = re.compile(
    r"[-*•‣◦–—]\s*(?=\S)|(?:\d{1,3}|[IVXLC]{1,6})[.)]\s|[^\W\d_A-ZА-ЯЁ]\)\s|\(?\d{1,3}\)\s|\[\d{1,4}\]|\d{1,3}:\d{1,3}\s"
)

#: What a line begins with that goes on after direct speech: «— сказал он».
_ASIDE = re.compile(r"[-–—]+\s*[^\W\d_A-ZА-ЯЁ]")

#: A line of prose ends without one of these when the next line goes on with its sentence.
_CLOSED = tuple('.!?…:;"»”')

#: Longer than this, a line is no line of a wrapped paragraph but the paragraph. Characters.
_WIDEST = 120

#: Characters by which a line may fall short of room for the next line's first word and still be broken by the margin.
_RAGGED = 7

Line = tuple[int, int]


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the blocks in order; between them stands only white space.

    A single line end within a paragraph is a space where the paragraph was wrapped by a margin (the next word would not
    have fitted) or the next line goes on in lower case; elsewhere, as in verse and lists, it ends the block.
    """
    lines = list(_lines(text))
    width = _margin(text, lines)
    start: int | None = None
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if line[0] == line[1]:
            continue
        start = line[0] if start is None else start
        if following is None or following[0] == following[1] or not _goes_on(text, line, following, width):
            yield start, line[1]
            start = None


def _lines(text: str) -> Iterator[Line]:
    """Yield the ranges of all lines without the white space around them; a blank line is an empty range."""
    at = 0
    for end in [*(m.span() for m in _LINE_END.finditer(text)), (len(text), len(text))]:
        line = text[at : end[0]]
        indent = len(line) - len(line.lstrip())
        yield at + indent, max(at + indent, at + len(line.rstrip()))
        if end[1] > end[0] and text[end[0]] == "\u2029":
            yield end[1], end[1]
        at = end[1]


def _margin(text: str, lines: list[Line]) -> int:
    """Return the width at which the text's paragraphs were wrapped; 0: they were not (verse, or a line a paragraph)."""
    lengths = []
    upper = lower = 0
    for line, following in pairwise(lines):
        if line[0] < line[1] and following[0] < following[1]:
            lengths.append(line[1] - line[0])
            if text[line[1] - 1] not in _CLOSED:
                upper += text[following[0]].isupper()
                lower += text[following[0]].islower()
    if not lengths or upper > 1.5 * lower:
        return 0
    width = sorted(lengths)[len(lengths) * 9 // 10]
    return width if width <= _WIDEST else 0


def _goes_on(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether a line's sentence may go on in the line right under it."""
    closed = text[line[1] - 1] in _CLOSED
    full = bool(width) and line[1] - line[0] + 1 + _first_word(text, following) > width - _RAGGED
    aside = text[line[1] - 1] not in ":;" and _ASIDE.match(text, *following)
    if _ITEM.match(text, *following) and (not full or (closed and not aside)):
        return False
    return full or (not closed and text[following[0]].islower())


def _first_word(text: str, line: Line) -> int:
    """Return the length of a line's first word."""
    gap = text.find(" ", line[0], line[1])
    return (line[1] if gap < 0 else gap) - line[0]
