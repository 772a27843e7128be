"""The two copies of a repeat, cut where a reader would cut them: at the borders of sentences and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from compare.repeats.local import Alignment
    from compare.repeats.tokens import Tokens

Scale = Literal["word", "clause", "sentence", "passage"]

#: Words by which a border of a copy is moved at most to meet the border of a clause.
REACH = 3
#: Share of a sentence's words that must lie in a copy for the whole sentence to be the copy.
WHOLE = 0.6

_BORDER = re.compile(r"[,;:.!?…()\[\]\"“”«»—–]|--| - |\n")


@dataclass(frozen=True, slots=True)
class Copies:
    """Words [i, i_end) and [j, j_end), i_end ≤ j, that say the same; `pairs` are the words that match."""

    i: int
    i_end: int
    j: int
    j_end: int
    bits: float
    pairs: tuple[tuple[int, int], ...]
    scale: Scale

    @property
    def alike(self) -> float:
        """Share of the words of both copies that match, 0 to 1."""
        return 2 * len(self.pairs) / (self.i_end - self.i + self.j_end - self.j)


def cut(tokens: Tokens, found: Alignment) -> Copies | None:
    """Cut the copies of an alignment at borders that both share; None when nothing is left.

    Three copies in a row align with an overlap: then the copies end where the second begins.
    """
    i, i_end, j, j_end = found.i, found.i_end, found.j, found.j_end
    if i_end > j:
        inside = [(x, y) for x, y in found.pairs if x < j]
        if not inside:
            return None
        i_end, j_end = inside[-1][0] + 1, inside[-1][1] + 1
    i, j = _snap(tokens, i, j, i_end, j_end, -1)
    i_end, j_end = _snap(tokens, i_end, j_end, i, j, 1)
    i_end = min(i_end, j)
    pairs = tuple((x, y) for x, y in found.pairs if i <= x < i_end and j <= y < j_end)
    if not pairs:
        return None
    bits = found.bits * len(pairs) / len(found.pairs)
    return Copies(i, i_end, j, j_end, bits, pairs, _scale(tokens, i, i_end, j, j_end))


def is_border(tokens: Tokens, word: int) -> bool:
    """Tell whether a clause may begin before this word: a sentence's start, or a mark between it and the word before."""
    if word <= 0 or word >= len(tokens) or tokens.segment[word] != tokens.segment[word - 1]:
        return True
    return bool(_BORDER.search(tokens.text[tokens.end[word - 1] : tokens.start[word]]))


def _snap(tokens: Tokens, x: int, y: int, x_other: int, y_other: int, way: int) -> tuple[int, int]:
    """Move a border of both copies, outwards (`way`) or inwards, to the nearest that a reader would see."""
    whole_x, whole_y = _sentence_border(tokens, x, way), _sentence_border(tokens, y, way)
    if _mostly(x, x_other, whole_x) and _mostly(y, y_other, whole_y):
        return whole_x, whole_y
    shifts = [
        (abs(sx) + abs(sy), -(sx + sy) * way, x + sx, y + sy)
        for sx in range(-REACH, REACH + 1)
        for sy in range(sx - 1, sx + 2)
        if (x + sx - x_other) * way > 0 and (y + sy - y_other) * way > 0
    ]
    for *_, new_x, new_y in sorted(shifts):
        inside = 0 <= new_x <= len(tokens) and 0 <= new_y <= len(tokens)
        if inside and is_border(tokens, new_x) and is_border(tokens, new_y):
            return new_x, new_y
    return x, y


def _sentence_border(tokens: Tokens, border: int, way: int) -> int:
    """Return the border of the sentence that the copy's outermost word stands in."""
    word = border if way < 0 else border - 1
    side = "left" if way < 0 else "right"
    return int(np.searchsorted(tokens.segment, tokens.segment[word], side=side))


def _mostly(border: int, other: int, whole: int) -> bool:
    """Tell whether going out to `whole` adds little to what the copy has."""
    return abs(whole - border) <= max(REACH, (1 - WHOLE) / 2 * abs(border - other))


def _scale(tokens: Tokens, i: int, i_end: int, j: int, j_end: int) -> Scale:
    first, last = tokens.segment[j], tokens.segment[j_end - 1]
    both = all(
        _sentence_border(tokens, a, -1) == a and _sentence_border(tokens, b, 1) == b
        for a, b in ((i, i_end), (j, j_end))
    )
    if not both:
        return "clause" if last - first < 2 else "passage"
    return "sentence" if first == last else "passage"
