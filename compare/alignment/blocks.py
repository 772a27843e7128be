"""Cut the plane of two texts into blocks small enough to be solved exactly, at borders that the anchors make certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.chain import anchors
from compare.alignment.side import Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A block of more cells is cut again, by anchors found inside it, and at last in proportion to length.
_CELLS = 10_000


def cut(source: Side, target: Side) -> NDArray[np.int64]:
    """Return the blocks in order: (b, 4), source start, source stop, target start, target stop."""
    found: list[tuple[int, int, int, int]] = []
    _cut(source, target, (0, len(source), 0, len(target)), 0, found)
    return np.array(found, np.int64).reshape(-1, 4)


def _cut(
    source: Side, target: Side, block: tuple[int, int, int, int], depth: int, found: list[tuple[int, int, int, int]]
) -> None:
    a, b, c, d = block
    if depth and ((b - a) * (d - c) <= _CELLS or min(b - a, d - c) <= 2):
        found.append(block)
        return
    pairs, cosines = anchors(source.alone[a:b], target.alone[c:d])
    borders = certain(pairs, cosines, depth) + np.array([a, c])
    if not len(borders):
        if (b - a) * (d - c) <= _CELLS:
            found.append(block)
            return
        borders = _proportional(source, target, block)
    corners = [(a, c), *map(tuple, borders.tolist()), (b, d)]
    for (i, j), (k, l) in zip(corners, corners[1:], strict=False):
        if k > i or l > j:
            _cut(source, target, (i, k, j, l), depth + 1, found)


def certain(pairs: NDArray[np.int64], cosines: NDArray[np.float32], depth: int) -> NDArray[np.int64]:
    """Return the borders (i, j) between two anchors that follow each other directly on both sides, thinned."""
    if len(pairs) < 2:
        return np.zeros((0, 2), np.int64)
    step = np.diff(pairs, axis=0)
    close = (step == 1).all(1) & (cosines[1:] > 0.4) & (cosines[:-1] > 0.4)
    run = close.copy()
    run[1:] &= close[:-1]
    run[:-1] &= close[1:]
    borders = pairs[1:][run]
    kept: list[tuple[int, int]] = []
    last = (-99, -99)
    for i, j in borders.tolist():
        if i - last[0] >= 12 or j - last[1] >= 12:
            kept.append((i, j))
            last = (i, j)
    return np.array(kept, np.int64).reshape(-1, 2)


def _proportional(source: Side, target: Side, block: tuple[int, int, int, int]) -> NDArray[np.int64]:
    """Cut a block without anchors into pieces of like share of its characters."""
    a, b, c, d = block
    pieces = max(2, int(np.ceil(max(b - a, d - c) / 80)))
    shares = np.arange(1, pieces) / pieces
    rows = np.searchsorted(
        source.lengths[a : b + 1], source.lengths[a] + shares * (source.lengths[b] - source.lengths[a])
    )
    columns = np.searchsorted(
        target.lengths[c : d + 1], target.lengths[c] + shares * (target.lengths[d] - target.lengths[c])
    )
    return np.unique(np.stack([a + np.minimum(rows, b - a), c + np.minimum(columns, d - c)], axis=1), axis=0)
