"""What stands where on printed pages: running heads, page numbers, columns, and notes at the foot.

All is judged by geometry alone, so that it holds for any language that is written from left to right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: A note's size of type, as a share of the text's, at most.
_SMALL = 0.93
#: Pages on which the same words stand first or last until they are a running head.
_RECURS = 3
#: Numbers in a head of which one may be the page's, as beside a date; more are a table's.
_DATED = 9

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|стр\.|с\.)\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
#: How a note begins: its figure or sign.
NOTE = re.compile(r"\[?(\d{1,3}|\*{1,3}|[†‡§])[\].)]?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: its box in points, y upwards, and the size of most of its letters."""

    words: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    """How wide its first word is."""
    marked: bool
    """Whether it begins with a raised figure or sign, as a note does."""


def without_heads(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Leave out running heads and page numbers; return what is left of each page, and the pages' numbers.

    Words that recur are a head if all is the same but the number of the page: "1 Ibid., p. 7." begins a note.
    """
    edges = [[_row(lines, max), _row(lines, min)] if lines else [] for lines in pages]
    words = [[" ".join(line.words for line in row) for row in edge] for edge in edges]
    alike = Counter(_DIGITS.sub("#", row) for edge in words for row in dict.fromkeys(edge))
    offsets = Counter(
        int(number) - at
        for at, edge in enumerate(words)
        for row in dict.fromkeys(edge)
        if _NUMBER.fullmatch(row) or alike[_DIGITS.sub("#", row)] >= 2
        for number in dict.fromkeys(_DIGITS.findall(row))
        if len(number) <= 4
    )

    def pages_own(number: str, at: int) -> bool:
        return len(number) <= 4 and offsets[int(number) - at] >= 2

    def folded(row: str, at: int) -> set[str]:
        """Return a row as it stands, and with its page's number taken out: one that may be, or all."""
        low = row.casefold()
        own = [number for number in _DIGITS.finditer(low) if pages_own(number[0], at)][:_DATED]
        without = {f"{low[: number.start()]}#{low[number.end() :]}" for number in own}
        return {low, *without, _DIGITS.sub(lambda number: "#" if pages_own(number[0], at) else number[0], low)}

    recurring = Counter(each for at, edge in enumerate(words) for each in {f for row in edge for f in folded(row, at)})
    kept, labels = [], []
    for at, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        label, gone = str(at + 1), []
        for row, text in zip(edge, words[at], strict=True):
            numbers = [number for number in _DIGITS.findall(text) if pages_own(number, at)]
            alone = bool(_NUMBER.fullmatch(text)) and (bool(numbers) or (row == edge[-1] and len(lines) > len(row)))
            times = max(recurring[each] for each in folded(text, at))
            often = times >= min(_RECURS, max(len(pages), 2)) and len(lines) > len(row)
            if (alone or often) and not row[0].marked:
                gone += row
                label = max(numbers, key=lambda number: offsets[int(number) - at], default=label)
        kept.append([line for line in lines if line not in gone])
        labels.append(label)
    return kept, labels


def _row(lines: list[Line], outermost: Any) -> list[Line]:
    """Return the lines that stand highest, or lowest, beside each other."""
    edge = outermost(line.y for line in lines)
    return sorted((line for line in lines if abs(line.y - edge) < line.size / 2), key=lambda line: line.x0)


def in_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the columns of a page in the order in which they are read, each from above.

    What runs across a gutter between two columns parts the page into bands.
    """
    lines = sorted(lines, key=lambda line: (-line.y, line.x0))
    gutter = _gutter(lines)
    if gutter is None:
        return [lines] if lines else []
    columns: list[list[Line]] = []
    band: list[Line] = []
    for line in [*lines, None]:
        if line is None or line.x0 < gutter < line.x1:
            for side in ([each for each in band if each.x1 <= gutter], [each for each in band if each.x0 >= gutter]):
                columns += in_order(side)
            band = []
            if line:
                columns.append([line])
        else:
            band.append(line)
    return columns


def _gutter(lines: Sequence[Line]) -> float | None:
    """Find where a page is divided into columns: a place that few lines cross, with lines side by side about it."""
    if len(lines) < 6:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best = None
    for x in sorted(
        {line.x0 - 1 for line in lines if left + (right - left) / 5 < line.x0 < right - (right - left) / 5}
    ):
        before = [line for line in lines if line.x1 <= x]
        after = [line for line in lines if line.x0 >= x]
        across = len(lines) - len(before) - len(after)
        beside = sum(any(abs(line.y - other.y) < line.size for other in after) for line in before)
        if min(len(before), len(after)) >= 3 and across <= len(lines) / 4 and beside >= len(after) / 2:
            best = min(best or (across, x), (across, x))
    return best[1] if best else None


def split_notes(page: list[Line], size: float) -> tuple[list[Line], list[Line]]:
    """Part a page from its notes: what a raised mark begins, or small type at its foot, the first line with a mark."""
    by_height = sorted(page, key=lambda line: -line.y)
    start = len(by_height)
    while start and by_height[start - 1].size <= _SMALL * size:
        start -= 1
    start = next((at for at, line in enumerate(by_height[:start]) if line.marked), start)
    while start < len(by_height) and not NOTE.match(by_height[start].words):
        start += 1
    below = by_height[start:]
    return [line for line in page if line not in below], below
