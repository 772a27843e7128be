"""Anchors: pairs of segments that are each other's nearest, and the heaviest chain of them that rises on both sides.

No band is laid around the diagonal, so that neither a preface nor a missing chapter can lead the alignment astray.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Indices = NDArray[np.int64]

#: Rows of similarities computed at a time.
_ROWS = 512


def nearest(source: Vectors, target: Vectors) -> tuple[Indices, Vectors]:
    """Pair the rows that are each other's nearest: (k, 2) indices, ascending by source, and (k,) cosines."""
    if not len(source) or not len(target) or not source.shape[1]:
        return np.zeros((0, 2), np.int64), np.zeros(0, np.float32)
    best = np.zeros(len(source), np.int64)
    value = np.zeros(len(source), np.float32)
    back = np.zeros(len(target), np.int64)
    most = np.full(len(target), -np.inf, np.float32)
    for start in range(0, len(source), _ROWS):
        block = source[start : start + _ROWS] @ target.T
        stop = start + len(block)
        best[start:stop] = block.argmax(1)
        value[start:stop] = block[np.arange(len(block)), best[start:stop]]
        column = block.argmax(0)
        here = block[column, np.arange(len(target))]
        better = here > most
        back[better], most[better] = column[better] + start, here[better]
    mutual = np.flatnonzero(back[best] == np.arange(len(source)))
    return np.stack([mutual, best[mutual]], axis=1), value[mutual]


def support(pairs: Indices, reach: int = 4) -> Indices:
    """Count for each pair the others that lie near it along a diagonal, as true pairs do and chance ones do not."""
    count = np.zeros(len(pairs), np.int64)
    for step in range(1, min(2 * reach, len(pairs) - 1) + 1):
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
