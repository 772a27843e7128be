"""Every stretch of words that stands twice in a version, whatever is to be thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.repeats.copies import Copies, cut
from compare.repeats.local import Alignment, align
from compare.repeats.seeds import chains

if TYPE_CHECKING:
    from compare.repeats.tokens import Tokens

#: Bits that an alignment must tell, be the copies as near as they may.
LEAST_BITS = 9.0
#: Words about a candidate that are aligned with it.
FLANK = 10
#: A longer candidate is aligned piece by piece, so that no table grows beyond a megabyte or two.
PIECE = 400


def candidates(tokens: Tokens) -> list[Copies]:
    """Find the copies of every repeat, in reading order."""
    return [copies for found in alignments(tokens) for copies in cut(tokens, found)]


def alignments(tokens: Tokens) -> list[Alignment]:
    """Align every candidate; of alignments that share words on both sides only the best is kept. In reading order."""
    windows = {
        (
            max(chain.i + begin - FLANK, 0),
            min(chain.i_end, chain.i + begin + PIECE) + FLANK,
            max(chain.j + begin - FLANK, 0),
            min(chain.j_end, chain.j + begin + PIECE) + FLANK,
        )
        for chain in chains(tokens)
        for begin in range(0, min(chain.i_end - chain.i, chain.j_end - chain.j), PIECE)
    }
    if not windows:
        return []
    found = []
    while windows:
        bounded = np.minimum(np.array(sorted(windows), np.int64), len(tokens))
        windows = set()
        for number, best in align(tokens, bounded, LEAST_BITS):
            found.append(best)
            windows |= _rest(bounded[number].tolist(), best)
    return _best(found)


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
