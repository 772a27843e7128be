"""Fit the weights of `compare/alignment/weights.py` on texts made of verses: maximum likelihood of the right path.

The likelihood of a path given the texts is concave in the weights, so that there is one answer.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment import batches
from compare.alignment.blocks import cut
from compare.alignment.chain import anchors, nearest_of, support
from compare.alignment.evidence import gather, measure
from compare.alignment.features import MATCH, gaps, kinds, matches
from compare.alignment.lattice import Weights, build, posteriors
from compare.alignment.side import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.bench.bible import Link

#: Blocks of more cells are left out: they are rare and slow.
_CELLS = 4000


class Batch:
    """Blocks with their features and the path that is right."""

    def __init__(self, known, blocks, gold: Sequence[tuple[int, int, int, int]]) -> None:
        self.known = known
        self.features = [(kind, m, n, found) for kind, (m, n, found) in enumerate(matches(known))]
        self.gaps = gaps(known)
        count, high, wide = known.starts.shape
        beads = kinds(high - 1, wide - 1)
        self.right = np.zeros((count, len(beads), high, wide), np.float32)
        self.up = np.zeros((count, high, wide), np.float32)
        self.back = self.up.copy()
        self.opened = 0
        for block, (a, b, c, d) in enumerate(blocks.tolist()):
            after_gap = False
            for i, k, j, m in gold:
                if i >= a and k <= b and j >= c and m <= d:
                    if k > i and m > j:
                        self.right[block, beads.index((k - i, m - j)), k - a, m - c] = 1
                        after_gap = False
                    else:
                        (self.up if k > i else self.back)[block, k - a, m - c] = 1
                        self.opened += not after_gap
                        after_gap = True

    def moments(self, match, up, back, opened) -> NDArray[np.float64]:
        total = np.zeros(len(MATCH))
        for kind, m, n, found in self.features:
            here = match[:, kind, m:, n:]
            mass = float(here.sum())
            total += [f * mass if isinstance(f, float) else float(np.vdot(here, f)) for f in found]
        tall, wide = self.gaps
        gone = [float((up[:, 1:] * f).sum() + (back[:, :, 1:] * g).sum()) for f, g in zip(tall, wide, strict=True)]
        return np.concatenate([total, gone, [opened]])


def prepare(source: Side, target: Side, links: Sequence[Link]) -> list[Batch]:
    """Cut two sides into blocks as `align_sides` does and lay the gold over those that it does not cross."""
    gold, i, j = [], 0, 0
    for left, right in links:
        gold.append((i, i + len(left), j, j + len(right)))
        i, j = i + len(left), j + len(right)
    corners = {(g[0], g[2]) for g in gold} | {(i, j)}
    pairs, cosines = nearest_of(source, target)
    chain = anchors(pairs, cosines)
    trusted = pairs[chain][support(pairs[chain]) > 0]
    scale = measure(source, target, cosines[chain], len(trusted))
    blocks = cut(source, target, pairs, chain, scale)
    good = [(a, c) in corners and (b, d) in corners and (b - a) * (d - c) <= _CELLS for a, b, c, d in blocks.tolist()]
    blocks = blocks[np.array(good)]
    inside = []
    for part in batches(blocks):
        low, high = blocks[part].min(0), blocks[part].max(0)
        near = [g for g in gold if g[0] >= low[0] and g[1] <= high[1]]
        inside.append(Batch(gather(source, target, blocks[part], scale, trusted), blocks[part], near))
    return inside


def fit(data: Sequence[Batch], start: Weights, prior: float = 0.01, rounds: int = 100) -> Weights:
    """Return the weights under which the right paths are likeliest."""
    from scipy.optimize import minimize

    gold = sum(b.moments(b.right, b.up, b.back, b.opened) for b in data)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, expected = 0.0, np.zeros_like(w)
        for b in data:
            found = posteriors(build(b.known, _weights(w)))
            total += found.whole.sum()
            expected += b.moments(found.match, found.up, found.back, found.openings.sum())
        print(f"{total - gold @ w:.1f}", end=" ", file=sys.stderr, flush=True)
        return total - gold @ w + prior / 2 * (w @ w), expected - gold + prior * w

    found = minimize(
        loss,
        np.concatenate([start.match, start.gap, [start.opening]]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds, "ftol": 1e-5},
    )
    print(file=sys.stderr)
    return _weights(found.x)


def _weights(w: NDArray[np.float64]) -> Weights:
    return Weights(w[: len(MATCH)], w[len(MATCH) : -1], float(w[-1]))
