"""The best local alignment of two stretches of words (Smith & Waterman 1981), with gaps of constant cost a word.

Many pairs of stretches are aligned at once, so that the price of a call is shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens

#: What a changed word costs, and one that only one copy has, in bits.
CHANGED = 4.0
MISSING = 3.0
#: What another form of the same lemma is worth, against the same word.
SAME_LEMMA = 0.8
#: Cells of the tables that are filled at once.
CELLS = 1 << 20
_NEVER = np.float32(-1e6)


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Words [i, i_end) against [j, j_end).

    `bits`: matched words' bits less the costs. `pairs`: (n, 2), the words that match, ascending on both sides.
    """

    i: int
    i_end: int
    j: int
    j_end: int
    bits: float
    pairs: NDArray[np.int32]


def align(tokens: Tokens, windows: NDArray[np.int32], least: float) -> Iterator[tuple[int, Alignment]]:
    """Align, for each row (i, i_end, j, j_end) of `windows`, the words [i, i_end) with [j, j_end) of one text.

    Where the two overlap no word is matched with itself or with one before it. Yields the row's number and its best
    alignment; rows whose best tells fewer than `least` bits are left out; the smaller windows come first.
    """
    size = np.maximum(windows[:, 1] - windows[:, 0], windows[:, 3] - windows[:, 2])
    order = np.argsort(size, kind="stable")
    windows, size = windows[order], size[order]
    begin = 0
    while begin < len(windows):
        end = begin + 1
        while end < len(windows) and (end + 1 - begin) * int(size[end]) ** 2 <= CELLS:
            end += 1
        worth = _worth(tokens, windows[begin:end])
        best = fill(worth)
        peaks = best.reshape(len(best), -1).argmax(axis=1)
        for k, peak in enumerate(peaks):
            x, y = divmod(int(peak), best.shape[2])
            if best[k, x, y] >= least:
                i, j = int(windows[begin + k, 0]), int(windows[begin + k, 2])
                yield int(order[begin + k]), _trace(best[k], worth[k], x, y, i, j)
        begin = end


def _worth(tokens: Tokens, windows: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return what matching a word of the first stretch with one of the second is worth: (windows, longest, longest)."""
    height, width = (windows[:, k + 1] - windows[:, k] for k in (0, 2))
    rows = windows[:, 0, None] + np.arange(height.max())
    columns = windows[:, 2, None] + np.arange(width.max())
    outside = (rows >= windows[:, 1, None])[:, :, None] | (columns >= windows[:, 3, None])[:, None, :]
    outside |= rows[:, :, None] >= columns[:, None, :]
    rows, columns = np.minimum(rows, len(tokens) - 1), np.minimum(columns, len(tokens) - 1)
    information = tokens.bits[rows][:, :, None]
    same = tokens.key[rows][:, :, None] == tokens.key[columns][:, None, :]
    akin = tokens.lemma[rows][:, :, None] == tokens.lemma[columns][:, None, :]
    worth = np.where(same, information, np.where(akin, SAME_LEMMA * information, np.float32(-CHANGED)))
    worth[outside] = _NEVER
    return worth


def fill(worth: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fill the tables of Smith & Waterman: (k, m, n) worths give (k, m + 1, n + 1) scores."""
    k, m, n = worth.shape
    best = np.zeros((k, m + 1, n + 1), np.float32)
    slope = np.float32(MISSING) * np.arange(n + 1, dtype=np.float32)
    for x in range(1, m + 1):
        row = np.maximum(best[:, x - 1] - np.float32(MISSING), 0)
        row[:, 1:] = np.maximum(row[:, 1:], best[:, x - 1, :-1] + worth[:, x - 1])
        row += slope  # gaps within the row: the best so far, less its distance
        np.maximum.accumulate(row, axis=1, out=row)
        best[:, x] = row - slope
    return best


def _trace(best: NDArray[np.float32], worth: NDArray[np.float32], x: int, y: int, i: int, j: int) -> Alignment:
    """Follow the table back from its peak."""
    bits, x_end, y_end = float(best[x, y]), x, y
    pairs = []
    while best[x, y] > 0.01:
        here = float(best[x, y])
        if abs(here - float(best[x - 1, y - 1]) - float(worth[x - 1, y - 1])) < 0.01:
            x, y = x - 1, y - 1
            if worth[x, y] > 0:
                pairs.append((i + x, j + y))
        elif abs(here - float(best[x - 1, y]) + MISSING) < 0.01:
            x -= 1
        else:
            y -= 1
    return Alignment(i + x, i + x_end, j + y, j + y_end, round(bits, 2), np.array(pairs[::-1], np.int32))
