"""Anchors: pairs of segments that are each other's nearest, and the heaviest chain of them that rises on both sides.

No band is laid around the diagonal, so that neither a preface nor a missing chapter can lead the alignment astray.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.encoded_text import LONGEST, pack, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.encoded_text import Fixed

    Vectors = NDArray[np.float32]
    Indices = NDArray[np.int64]

#: Rows of similarities computed at a time.
_ROWS = 512
#: Sides of more cells are first led along landmarks: windows spread evenly over the source, this many of them.
_CELLS, _LANDMARKS = 12_000_000, 2_000
#: The target's windows that landmarks are compared with stand this far apart.
_STRIDE = 4
#: How far beyond its landmarks a segment looks.
_MARGIN = 16


def nearest(source: Fixed, target: Fixed) -> tuple[Indices, Vectors]:
    """Pair the rows that are each other's nearest: (k, 2) indices, ascending by source, and (k,) cosines."""
    corridor = [(start, min(start + _ROWS, len(source)), 0, len(target)) for start in range(0, len(source), _ROWS)]
    return _nearest_within(source, target, corridor)


def nearest_of(source: Fixed, target: Fixed) -> tuple[Indices, Vectors]:
    """Pair the segments that are each other's nearest; in long texts, within reach of the landmarks about them."""
    if len(source) * len(target) <= _CELLS:
        return nearest(source, target)
    step = -(-len(source) // _LANDMARKS)
    pairs, cosines = nearest(_runs(source, step), _runs(target, _STRIDE))
    pairs = pairs * np.array([step, _STRIDE])
    kept = anchors(pairs // step, cosines)
    path = pairs[kept[support(pairs[kept] // step) > 0]]
    corners = np.concatenate([[[0, 0]], path, [[len(source), len(target)]]])
    corridor = []
    for at in range(len(corners) - 1):
        start, stop = corners[at, 0], corners[at + 1, 0]
        low = max(corners[max(at - 1, 0), 1] - _MARGIN, 0)
        high = min(corners[min(at + 2, len(corners) - 1), 1] + _MARGIN, len(target))
        corridor += [(row, min(row + _ROWS, stop), low, high) for row in range(start, stop, _ROWS)]
    return _nearest_within(source, target, corridor)


def _runs(alone: Fixed, step: int) -> Fixed:
    """Average each segment that stands `step` after the last one with those that follow it, `LONGEST` in all."""
    starts = np.arange(0, len(alone), step)
    total = sum(unpack(alone[np.minimum(starts + n, len(alone) - 1)]) for n in range(LONGEST))
    return pack(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9))


def _nearest_within(
    source: Fixed, target: Fixed, corridor: Sequence[tuple[int, int, int, int]]
) -> tuple[Indices, Vectors]:
    """Pair mutual nearest rows, where every source row is compared with a stretch of the target.

    `corridor`: (source start, source stop, target start, target stop), the source's stretches side by side.
    """
    if not len(source) or not len(target) or not source.shape[1]:
        return np.zeros((0, 2), np.int64), np.zeros(0, np.float32)
    best = np.zeros(len(source), np.int64)
    value = np.zeros(len(source), np.float32)
    back = np.zeros(len(target), np.int64)
    most = np.full(len(target), -np.inf, np.float32)
    for start, stop, low, high in corridor:
        block = unpack(source[start:stop]) @ unpack(target[low:high]).T
        row = block.argmax(1)
        best[start:stop] = row + low
        value[start:stop] = block[np.arange(len(block)), row]
        column = block.argmax(0)
        here = block[column, np.arange(high - low)]
        better = here > most[low:high]
        back[low:high][better], most[low:high][better] = column[better] + start, here[better]
    mutual = np.flatnonzero(back[best] == np.arange(len(source)))
    return np.stack([mutual, best[mutual]], axis=1), value[mutual]


def support(pairs: Indices, reach: int = 4) -> Indices:
    """Count for each pair the others that lie near it along a diagonal, as true pairs do and chance ones do not."""
    count = np.zeros(len(pairs), np.int64)
    for step in range(1, min(reach, len(pairs) - 1) + 1):  # each pair has a source of its own
        ahead = pairs[step:] - pairs[:-step]
        near = (ahead[:, 0] <= reach) & (ahead[:, 1] > 0) & (np.abs(ahead[:, 1] - ahead[:, 0]) <= reach // 2)
        count[step:] += near
        count[:-step] += near
    return count


def heaviest_chain(pairs: Indices, weights: NDArray[np.float64]) -> Indices:
    """Choose the pairs, rising on both sides, whose weights sum highest; indices into `pairs`.

    `pairs` rise by source, no source or target stands twice, weights are positive. Keeps the front of
    (target, best sum) that no other pair beats, in O(k log k).
    """
    ends: list[int] = []
    sums: list[float] = []
    last: list[int] = []
    before = np.full(len(pairs), -1, np.int64)
    for index, target in enumerate(pairs[:, 1].tolist()):
        at = bisect_right(ends, target)
        total = float(weights[index])
        if at:
            total += sums[at - 1]
            before[index] = last[at - 1]
        stop = at
        while stop < len(ends) and sums[stop] <= total:
            stop += 1
        ends[at:stop], sums[at:stop], last[at:stop] = [target], [total], [index]
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(at)
        at = int(before[at])
    return np.array(chain[::-1], np.int64)


def anchors(pairs: Indices, cosines: Vectors) -> Indices:
    """Return the chain of mutual nearest neighbours that is to be trusted, as indices into `pairs`."""
    weights = np.maximum(cosines.astype(np.float64), 0.0) ** 2 * (0.1 + support(pairs)) + 1e-6
    return heaviest_chain(pairs, weights)


#: Anchors on either side of a border that are asked whether it is one of both texts, and the least share that agree.
_ASKED, _AGREE = 8, 0.75


def agreeing(
    borders: Sequence[tuple[int, int]], anchored: Indices, corners: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Keep the borders that part most of the anchors about them alike on both sides, and every corner."""
    kept = []
    met = np.array(corners, np.int64).reshape(-1, 2)
    for border in borders:
        at = int(np.searchsorted(anchored[:, 0], border[0]))
        asked = anchored[max(at - _ASKED, 0) : at + _ASKED] >= border
        alike = asked[:, 0] == asked[:, 1]
        if alike.sum() >= _AGREE * len(alike) and not ((met - border).prod(1) < 0).any():
            kept.append(border)
    return kept
