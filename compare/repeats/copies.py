"""The two copies of a repeat, cut where a reader would cut them: at the borders of sentences and clauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.smith_waterman import Alignment
    from compare.repeats.tokens import Tokens

Scale = Literal["word", "clause", "sentence", "passage"]

#: Words by which a border of a copy is moved at most to meet the border of a clause.
REACH = 3
#: Share of a sentence's words that must lie in a copy for the whole sentence to be the copy.
WHOLE = 0.6
#: Share of what an alignment tells that may lie beyond the border of a sentence and be left out.
BEYOND = 0.3
#: Share of its words that must match for it to be more than chance, where all the words of the copies do.
LOOSE = 0.75

#: For each way how far the borders of the two copies may be moved, the least first and then the farthest that way.
_SHIFTS = {
    way: sorted(
        ((sx, sy) for sx in range(-REACH, REACH + 1) for sy in range(sx - 1, sx + 2)),
        key=lambda shift: (abs(shift[0]) + abs(shift[1]), -sum(shift) * way, shift),
    )
    for way in (-1, 1)
}


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Words [i, i_end) and [j, j_end), i_end ≤ j, that say the same; `pairs`, (n, 2), match: a paraphrase has none."""

    i: int
    i_end: int
    j: int
    j_end: int
    bits: float
    pairs: NDArray[np.int32]
    scale: Scale
    cosine: float = 0.0
    """How near two sentences lie by their vectors, where that is why they were taken for copies."""

    @property
    def alike(self) -> float:
        """Share of the words of both copies that match, 0 to 1; for a paraphrase the cosine."""
        if self.cosine:
            return self.cosine
        return 2 * len(self.pairs) / (self.i_end - self.i + self.j_end - self.j)


def cut(tokens: Tokens, found: Alignment) -> list[Copies]:
    """Cut the copies of an alignment at borders that both share.

    Three copies in a row align as two that overlap: they are cut into the first and the second, the second and the
    third. Nothing is left of an alignment that no border allows.
    """
    pairs, across = found.pairs, None
    x, y = pairs.T
    copies = []
    at = 0
    while at < len(pairs):
        end = len(pairs)
        if x[-1] >= y[at]:
            across = across or _Across(tokens, pairs)
            at, end = across.best(at)
        one = _cut(tokens, pairs[at:end], found.bits * (end - at) / len(pairs))
        if one:
            copies.append(one)
        at = max(int(np.searchsorted(x, y[at])), end)
    return copies


def _cut(tokens: Tokens, matched: NDArray[np.int32], bits: float) -> Copies | None:
    pairs = _trim(tokens, matched)
    (i, j), (i_end, j_end) = pairs[0].tolist(), (pairs[-1] + 1).tolist()
    i, j = _snap(tokens, i, j, i_end, j_end, -1)
    i_end, j_end = _snap(tokens, i_end, j_end, i, j, 1)
    i_end = min(i_end, j)
    x, y = pairs.T
    pairs = pairs[(i <= x) & (x < i_end) & (j <= y) & (y < j_end)]
    if not len(pairs):
        return None
    return Copies(i, i_end, j, j_end, bits * len(pairs) / len(matched), pairs, _scale(tokens, i, i_end, j, j_end))


def _trim(tokens: Tokens, pairs: NDArray[np.int32]) -> NDArray[np.int32]:
    """Drop at either end what chance has added beyond the border of a sentence that both copies have there.

    It is chance where it breaks off within a clause, or where its words match worse than those of the copies do.
    """
    x = pairs[:, 0]
    match = LOOSE * len(pairs) / float(x[-1] - x[0] + 1)
    total = np.cumsum(tokens.bits[pairs[:, 0]])
    begin, end = 0, len(pairs)
    for k in np.flatnonzero(_opens(tokens, pairs)).tolist():
        loose = k < match * float(x[k] - x[0])
        if k and total[k - 1] <= BEYOND * total[-1] and (loose or not _both_border(tokens, pairs[0], -1)):
            begin = k
            break
    for k in (np.flatnonzero(_opens(tokens, pairs + 1)) + 1).tolist()[::-1]:
        loose = end - k < match * float(x[-1] - x[k - 1])
        beyond = total[-1] - total[k - 1] <= BEYOND * total[-1]
        if k < end and beyond and (loose or not _both_border(tokens, pairs[-1] + 1, 1)):
            end = k
            break
    return pairs[begin:end] if begin < end else pairs


def _opens(tokens: Tokens, pairs: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell for each pair whether both its words open sentences, or would do so if the text went on."""
    inside = (pairs > 0) & (pairs < len(tokens))
    word = np.where(inside, pairs, 1)
    opens: NDArray[np.bool_] = ~inside | (tokens.segment[word] != tokens.segment[word - 1])
    return opens[:, 0] & opens[:, 1]


class _Across:
    """The words at which two copies that overlap may be parted: the first ends there, and the second begins.

    The words that match across a point tell most at the best one, and of points that tell the same a border is taken.
    All are weighed once: a text that says one thing over and over is parted thousands of times.
    """

    def __init__(self, tokens: Tokens, pairs: NDArray[np.int32]) -> None:
        x, y = pairs.T  # both ascend, so that the pairs across a point are those from the point's own up to `end`
        cumulated = np.concatenate([[0.0], np.cumsum(tokens.bits[x], dtype=np.float64)])
        self.end = np.searchsorted(x, y)
        worth = np.round(cumulated[self.end] - cumulated[:-1], 2)
        self.most = np.maximum.accumulate(worth[::-1])[::-1]  # of a point and all that follow
        self.peaks = np.flatnonzero(worth == self.most)
        border = (y >= len(tokens)) | tokens.border[np.minimum(y, len(tokens) - 1)]
        self.at_border = self.peaks[border[self.peaks]]

    def best(self, at: int) -> tuple[int, int]:
        """Choose the best point from the pair `at` on: the pairs [first, last) match across it."""
        first = int(self.peaks[np.searchsorted(self.peaks, at)])
        border = np.searchsorted(self.at_border, at)
        if border < len(self.at_border) and self.most[self.at_border[border]] == self.most[at]:
            first = int(self.at_border[border])
        return first, int(self.end[first])


def _both_border(tokens: Tokens, pair: NDArray[np.int32], way: int) -> bool:
    """Tell whether a clause may begin before each word, or a sentence a few words further that way."""

    def near(word: int) -> bool:
        return is_border(tokens, word) or any(_opens_at(tokens, word + way * step) for step in range(1, REACH + 1))

    return all(near(word) for word in pair.tolist())


def _opens_at(tokens: Tokens, word: int) -> bool:
    return word <= 0 or word >= len(tokens) or bool(tokens.segment[word] != tokens.segment[word - 1])


def is_border(tokens: Tokens, word: int) -> bool:
    """Tell whether a clause may begin before this word; it may where the text begins and ends."""
    return not 0 < word < len(tokens) or bool(tokens.border[word])


def _snap(tokens: Tokens, x: int, y: int, x_other: int, y_other: int, way: int) -> tuple[int, int]:
    """Move a border of both copies, outwards (`way`) or inwards, to the nearest that a reader would see."""
    whole_x, whole_y = _sentence_border(tokens, x, way), _sentence_border(tokens, y, way)
    if _mostly(x, x_other, whole_x) and _mostly(y, y_other, whole_y):
        return whole_x, whole_y
    last = len(tokens)
    for new_x, new_y in ((x + sx, y + sy) for sx, sy in _SHIFTS[way]):
        apart = (new_x - x_other) * way > 0 and (new_y - y_other) * way > 0
        inside = 0 <= new_x <= last and 0 <= new_y <= last
        if apart and inside and is_border(tokens, new_x) and is_border(tokens, new_y):
            return new_x, new_y
    return x, y


def _sentence_border(tokens: Tokens, border: int, way: int) -> int:
    """Return the border of the sentence that the copy's outermost word stands in."""
    word = border if way < 0 else border - 1
    return int(np.searchsorted(tokens.segment, tokens.segment[word] + (0 if way < 0 else 1)))


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
