"""Find every stretch of words that stands twice in a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.repeats.local import Alignment, align
from compare.repeats.seeds import chains

if TYPE_CHECKING:
    from compare.repeats.tokens import Tokens

#: Bits that the seeds of a candidate and then its alignment must tell.
SEED_BITS = 16.0
LEAST_BITS = 22.0
#: Words about a candidate that are aligned with it.
FLANK = 16
#: A longer candidate is aligned piece by piece, so that no table grows beyond a few million cells.
PIECE = 600


def alignments(tokens: Tokens) -> list[Alignment]:
    """Align every candidate; of alignments that share words on both sides only the best is kept. In reading order."""
    found = []
    for chain in chains(tokens, SEED_BITS):
        for begin in range(0, max(chain.i_end - chain.i, chain.j_end - chain.j), PIECE):
            i, j = chain.i + begin, chain.j + begin
            i_end, j_end = min(chain.i_end, i + PIECE), min(chain.j_end, j + PIECE)
            if i >= i_end or j >= j_end:
                continue
            best = align(
                tokens,
                max(i - FLANK, 0),
                min(i_end + FLANK, len(tokens)),
                max(j - FLANK, 0),
                min(j_end + FLANK, len(tokens)),
            )
            if best and best.bits >= LEAST_BITS:
                found.append(best)
    found.sort(key=lambda a: (-a.bits, a.i, a.j))
    taken: dict[int, list[Alignment]] = {}
    kept = []
    for each in found:
        cells = {b for b in range(each.j // 64, (each.j_end - 1) // 64 + 1)}
        rivals = [r for b in cells for r in taken.get(b, ())]
        if any(r.i < each.i_end and each.i < r.i_end and r.j < each.j_end and each.j < r.j_end for r in rivals):
            continue
        kept.append(each)
        for b in cells:
            taken.setdefault(b, []).append(each)
    return sorted(kept, key=lambda a: (a.i, a.j))
