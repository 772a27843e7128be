"""The best local alignment of two stretches of words (Smith & Waterman 1981), with gaps of constant cost a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from compare.repeats.tokens import Tokens

#: What a changed word costs, and one that only one copy has, in bits.
CHANGED = 4.0
MISSING = 3.0
#: What another form of the same lemma is worth, against the same word.
SAME_LEMMA = 0.8


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words [i, i_end) against [j, j_end), without overlap.

    `bits`: matched words' bits less the costs. `pairs`: the words that match, ascending on both sides.
    """

    i: int
    i_end: int
    j: int
    j_end: int
    bits: float
    pairs: tuple[tuple[int, int], ...]

    @property
    def alike(self) -> float:
        """Share of the words of both copies that match, 0 to 1."""
        return 2 * len(self.pairs) / (self.i_end - self.i + self.j_end - self.j)


def align(tokens: Tokens, i: int, i_end: int, j: int, j_end: int) -> Alignment | None:
    """Align the words [i, i_end) with [j, j_end) of one text locally; None when nothing matches.

    Where the two windows overlap no word is matched with itself or with one before it.
    """
    rows, columns = np.arange(i, i_end), np.arange(j, j_end)
    same = tokens.key[rows][:, None] == tokens.key[columns][None, :]
    akin = tokens.lemma[rows][:, None] == tokens.lemma[columns][None, :]
    worth = np.where(same, 1.0, np.where(akin, SAME_LEMMA, 0.0)) * tokens.bits[rows][:, None]
    worth = np.where(same | akin, worth, -CHANGED)
    worth[rows[:, None] >= columns[None, :]] = -1e9
    best = fill(worth)
    x, y = (int(k) for k in np.unravel_index(int(best.argmax()), best.shape))
    if best[x, y] <= 0:
        return None
    bits = float(best[x, y])
    x_end, y_end, pairs = x, y, []
    while best[x, y] > 0:
        if np.isclose(best[x, y], best[x - 1, y - 1] + worth[x - 1, y - 1]):
            x, y = x - 1, y - 1
            if worth[x, y] > 0:
                pairs.append((i + x, j + y))
        elif np.isclose(best[x, y], best[x - 1, y] - MISSING):
            x -= 1
        else:
            y -= 1
    return Alignment(i + x, i + x_end, j + y, j + y_end, bits, tuple(reversed(pairs)))


def fill(worth: np.ndarray) -> np.ndarray:
    """Fill the table of Smith & Waterman: (m, n) worths give (m + 1, n + 1) scores."""
    m, n = worth.shape
    best = np.zeros((m + 1, n + 1))
    slope = MISSING * np.arange(n + 1)
    for x in range(1, m + 1):
        row = np.maximum(best[x - 1] - MISSING, 0.0)
        row[1:] = np.maximum(row[1:], best[x - 1, :-1] + worth[x - 1])
        best[x] = np.maximum.accumulate(row + slope) - slope  # gaps within the row: the best so far, less its distance
    return best
