"""Cut the plane of two texts into blocks small enough to be solved exactly, at borders that are certain."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.anchors import anchors, nearest, support
from compare.alignment.block_matrices import Scale
from compare.alignment.encoded_text import Side, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.encoded_text import Fixed, Parts

    Indices = NDArray[np.int64]
    Block = tuple[int, int, int, int]

#: A block of more cells is cut again, by anchors found inside it, and at last in proportion to length.
_CELLS = 8_000
#: Segments of such a proportional piece.
_PIECE = 16
#: How sure a border must be, on the scale of `_certainty`.
_CERTAIN = 2.0
#: Products computed at a time, so that the vectors stay near.
_PRODUCTS = 1024


def cut(
    source: Side,
    target: Side,
    pairs: Indices,
    chain: Indices,
    scale: Scale,
    corners: Sequence[tuple[int, int]] = (),
) -> Indices:
    """Return the blocks in order: (b, 4), source start, source stop, target start, target stop.

    `pairs`: mutual nearest neighbours; `chain`: those of them that are anchors; `corners`: borders that must meet.
    """
    found: list[Block] = []
    forced = np.array(sorted(corners), np.int64).reshape(-1, 2)
    stretches = _pieces((0, len(source), 0, len(target)), forced)
    borders = _borders(source, target, pairs[chain], scale, _CERTAIN)
    waiting: list[Block] = []
    at = 0
    for stretch in stretches:
        # Borders rise on both sides, so those of a stretch stand together.
        stop = int(np.searchsorted(borders[:, 0], stretch[1], side="right"))
        waiting += _pieces(stretch, borders[at:stop])
        at = int(np.searchsorted(borders[:, 0], stretch[1], side="left"))
    waiting.reverse()
    threshold = dict.fromkeys(waiting, _CERTAIN)
    while waiting:
        block = waiting.pop()
        a, b, c, d = block
        if (b - a) * (d - c) <= _CELLS or min(b - a, d - c) <= 2:
            found.append(block)
            continue
        inner, cosines = nearest(source.alone[a:b], target.alone[c:d])
        least = threshold[block] - 0.6
        anchored = inner[anchors(inner, cosines)] + np.array([a, c])
        borders = _borders(source, target, anchored, scale, least)
        pieces = _pieces(block, borders)
        if len(pieces) == 1:
            pieces = _pieces(block, _proportional(source, target, block))
        threshold |= dict.fromkeys(pieces, least)
        waiting += pieces[::-1]
    return np.array(found, np.int64).reshape(-1, 4)


def _pieces(block: Block, borders: Indices) -> list[Block]:
    a, b, c, d = block
    inside = (borders >= np.array([a, c])).all(1) & (borders <= np.array([b, d])).all(1)
    corners = [(a, c), *map(tuple, borders[inside].tolist()), (b, d)]
    return [(i, k, j, m) for (i, j), (k, m) in pairwise(corners) if k > i or m > j]


def _borders(source: Side, target: Side, chain: Indices, scale: Scale, threshold: float) -> Indices:
    """Return the certain borders right after or right before an anchor, rising on both sides."""
    trusted = chain[support(chain) >= 2]
    if not len(trusted):
        return np.zeros((0, 2), np.int64)
    own = _aloneness(source, target, trusted, scale)
    borders = np.concatenate([trusted, trusted + 1])
    certainty = np.concatenate([own, own]) + _edges(source, target, borders, scale)
    kept = borders[certainty >= threshold]
    return np.unique(kept, axis=0)


def _aloneness(source: Side, target: Side, pairs: Indices, scale: Scale) -> NDArray[np.float32]:
    """Measure how much better a pair is than the same with a neighbour more on either side."""
    rows, columns = pairs.T

    def alike(m: int, up: int, n: int, back: int) -> NDArray[np.float32]:
        i, j = np.maximum(rows + up, 0), np.maximum(columns + back, 0)
        return scale(_products(source.windows[m - 1], i, target.windows[n - 1], j))

    here = alike(1, 0, 1, 0)
    longer = np.maximum.reduce([alike(2, 0, 1, 0), alike(2, -1, 1, 0), alike(1, 0, 2, 0), alike(1, 0, 2, -1)])
    difference: NDArray[np.float32] = 3.0 * (here - longer)
    return difference


def _edges(source: Side, target: Side, borders: Indices, scale: Scale) -> NDArray[np.float32]:
    """Measure how well the clauses on either side of a border correspond."""
    rows, columns = borders.T
    inside = (rows > 0) & (columns > 0) & (rows < len(source)) & (columns < len(target))
    i = np.minimum(np.where(inside, rows, 1), len(source) - 1)
    j = np.minimum(np.where(inside, columns, 1), len(target) - 1)

    def alike(left: Parts, row: Indices, right: Parts, column: Indices) -> NDArray[np.float32]:
        return _products(left.vectors, left.at[0, row], right.vectors, right.at[0, column])

    before = scale(alike(source.tails, i - 1, target.tails, j - 1))
    after = scale(alike(source.heads, i, target.heads, j))
    across = alike(source.tails, i - 1, target.heads, j), alike(source.heads, i, target.tails, j - 1)
    crossed = scale(np.maximum(*across))
    return np.where(inside, before + after - 2 * crossed, np.float32(-9.0)).astype(np.float32)


def _products(left: Fixed, rows: Indices, right: Fixed, columns: Indices) -> NDArray[np.float32]:
    """Return the products of some vectors of one side with as many of the other."""
    found = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _PRODUCTS):
        part = slice(start, start + _PRODUCTS)
        first, second = unpack(left[rows[part]]), unpack(right[columns[part]])
        np.einsum("nd,nd->n", first, second, out=found[part])
    return found


def _proportional(source: Side, target: Side, block: Block) -> Indices:
    """Cut a block without anchors into pieces of about as many characters."""
    a, b, c, d = block
    pieces = max(2, int(np.ceil(max(b - a, d - c) / _PIECE)))
    shares = np.arange(1, pieces) / pieces
    left, right = source.lengths[a : b + 1], target.lengths[c : d + 1]
    rows = np.searchsorted(left, left[0] + shares * (left[-1] - left[0]))
    columns = np.searchsorted(right, right[0] + shares * (right[-1] - right[0]))
    return np.unique(np.stack([a + np.minimum(rows, b - a), c + np.minimum(columns, d - c)], axis=1), axis=0)
