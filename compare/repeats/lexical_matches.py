"""Every stretch of words that stands twice in a version, whatever is to be thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.repeats.copies import Copies, cut
from compare.repeats.seeds import chains
from compare.repeats.smith_waterman import CHANGED, MISSING, Alignment, align

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens

#: Bits that an alignment must tell, be the copies as near as they may.
LEAST_BITS = 9.0
#: Words about a candidate that are aligned with it: so many, or for a long one a quarter of its own up to the second.
FLANK, WIDE = 10, 60
#: A longer candidate is aligned piece by piece, so that no table grows beyond a megabyte or two.
PIECE = 400
#: Pairs of words that are compared for so many words: ten windows of a whole piece, or 2,000 small ones.
AREA = 1 << 21


def candidates(tokens: Tokens) -> list[Copies]:
    """Find the copies of every repeat, in reading order."""
    return [copies for found in alignments(tokens) for copies in cut(tokens, found)]


def alignments(tokens: Tokens) -> list[Alignment]:
    """Align every candidate; of alignments that share words on both sides only the best is kept. In reading order.

    What the border of a piece parts is joined again.
    """
    windows = _windows(tokens)
    found = []
    while len(windows):
        rest: set[tuple[int, int, int, int]] = set()
        for number, best in align(tokens, windows, LEAST_BITS):
            found.append(best)
            rest |= _rest(windows[number].tolist(), best)
        windows = np.array(sorted(rest), np.int32)
    return _joined(_best(found))


def _windows(tokens: Tokens) -> NDArray[np.int32]:
    """Lay windows over the candidates, pieces of the longer ones: (n, 4) as `align` takes them, each once."""
    found = chains(tokens)
    pieces = -(-np.minimum(found[:, 1] - found[:, 0], found[:, 3] - found[:, 2]) // PIECE)
    number = np.arange(pieces.sum(), dtype=np.int32) - np.repeat(np.cumsum(pieces) - pieces, pieces).astype(np.int32)
    begin = PIECE * number
    i, i_end, j, j_end = np.repeat(found, pieces, axis=0).T
    # pieces of one candidate share no words on its first side, where their flanks would make them rivals
    last = number + 1 == np.repeat(pieces, pieces)
    wide = np.clip((i_end - i) // 4, FLANK, WIDE)
    bounds = [
        np.where(number, i + begin, i - wide),
        np.where(last, i_end + wide, i + begin + PIECE),
        j + begin - np.where(number, FLANK, wide),
        np.minimum(j_end, j + begin + PIECE) + np.where(last, wide, FLANK),
    ]
    return _within_budget(np.unique(np.clip(np.stack(bounds, axis=1), 0, len(tokens)).astype(np.int32), axis=0))


def _within_budget(windows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Keep of the windows that begin within the same `PIECE` words as many as `AREA` allows: the near and small ones.

    Only where a text says the same over and over are there more, and each copy is then found beside the next.
    """
    i, i_end, j, j_end = windows.T.astype(np.int64)
    area, piece = (i_end - i) * (j_end - j), i // PIECE
    order = np.lexsort((j, i, area, j - i, piece))
    total = np.cumsum(area[order])
    begins = np.searchsorted(piece[order], piece[order])
    spent = total - (total - area[order])[begins]
    kept: NDArray[np.int32] = windows[np.sort(order[spent <= AREA])]
    return kept


def _rest(window: list[int], best: Alignment) -> set[tuple[int, int, int, int]]:
    """Return what of a window lies before and after its best alignment, if more than a flank: there may be another."""
    i, i_end, j, j_end = window
    parts = {(i, best.i, j, best.j), (best.i_end, i_end, best.j_end, j_end)}
    return {part for part in parts if min(part[1] - part[0], part[3] - part[2]) > FLANK + 2}


def _best(found: list[Alignment]) -> list[Alignment]:
    """Keep of alignments that share words on both sides the one that tells most."""
    found.sort(key=lambda a: (-a.bits, a.i, a.j))
    taken: dict[int, list[Alignment]] = {}
    kept = []
    for each in found:
        blocks = range(each.j >> 6, (each.j_end - 1 >> 6) + 1)
        rivals = (rival for block in blocks for rival in taken.get(block, ()))
        if any(r.i < each.i_end and each.i < r.i_end and r.j < each.j_end and each.j < r.j_end for r in rivals):
            continue
        kept.append(each)
        for block in blocks:
            taken.setdefault(block, []).append(each)
    return sorted(kept, key=lambda a: (a.i, a.j))


def _joined(found: list[Alignment]) -> list[Alignment]:
    """Join alignments of which one goes on where another breaks off: pieces of one. In reading order."""
    ends: dict[int, list[Alignment]] = {}
    for each in found:
        before = (a for i_end in range(each.i, each.i - FLANK, -1) for a in ends.get(i_end, ()) if _goes_on(a, each))
        first = next(before, None)
        if first:
            ends[first.i_end].remove(first)
            each = _join(first, each)
        ends.setdefault(each.i_end, []).append(each)
    return sorted((each for some in ends.values() for each in some), key=lambda a: (a.i, a.j))


def _goes_on(first: Alignment, second: Alignment) -> bool:
    """Tell whether one of the two may be a piece of a longer one, and what parts them costs less than either tells."""
    longest = max(first.i_end - first.i, second.i_end - second.i)
    near = 2 * longest >= PIECE and second.j >= first.j_end
    return near and _price(first, second) < min(first.bits, second.bits)


def _price(first: Alignment, second: Alignment) -> float:
    missing, more = sorted((second.i - first.i_end, second.j - first.j_end))
    return CHANGED * missing + MISSING * (more - missing)


def _join(first: Alignment, second: Alignment) -> Alignment:
    bits = round(first.bits + second.bits - _price(first, second), 2)
    pairs = np.concatenate([first.pairs, second.pairs])
    return Alignment(first.i, second.i_end, first.j, second.j_end, bits, pairs)
