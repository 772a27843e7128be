"""What speaks for a bead: likeness of its windows, of its neighbours, of it made longer or shorter, and its lengths.

The likeness is the cosine of window vectors; that the neighbours' likeness must be taken off it is Bertalign's finding
(Liu & Zhu 2022, doi:10.1093/llc/fqac089); that a segment more or less must not make a bead better is ours. The length
term is Gale & Church's (1993).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.side import LONGEST, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]

#: Beads of m source and n target segments, the commonest first.
BEADS: tuple[tuple[int, int], ...] = tuple(
    sorted(
        ((m, n) for m in range(1, LONGEST + 1) for n in range(1, LONGEST + 1) if m + n <= LONGEST + 1),
        key=lambda bead: (sum(bead), abs(bead[0] - bead[1]), bead),
    )
)

#: Names of the features of a bead, in the order in which `matches` gives them.
MATCH = (
    "cosine",
    "cosine of many",
    "neighbours",
    "nearest neighbour",
    "longer",
    "shorter",
    "length",
    "length squared",
    "1:1",
    "1:2",
    "2:2",
    "1:3",
    "more",
    "size",
)
#: Names of the features of a segment left alone, in the order in which `gaps` gives them.
GAP = ("gap", "likeness across", "length")


def likeness(source: Side, target: Side, blocks: NDArray[np.int64], height: int, width: int) -> Plane:
    """Return the cosines of all windows that start in a block or one segment around it.

    `blocks`: (b, 4), rows are (source start, source stop, target start, target stop).
    The result is (b, LONGEST, height + 2, LONGEST, width + 2); 0 outside the texts.
    """

    def slab(side: Side, starts: NDArray[np.int64], size: int) -> Plane:
        rows = starts[:, None] + np.arange(-1, size + 1)
        inside = (rows >= 0) & (rows < len(side))
        vectors = side.windows[:, np.clip(rows, 0, max(len(side) - 1, 0))].astype(np.float32)
        vectors *= inside[None, :, :, None]
        return np.ascontiguousarray(vectors.transpose(1, 0, 2, 3)).reshape(len(starts), -1, vectors.shape[3])

    rows, columns = slab(source, blocks[:, 0], height), slab(target, blocks[:, 2], width)
    planes = rows @ columns.transpose(0, 2, 1)
    return planes.reshape(len(blocks), LONGEST, height + 2, LONGEST, width + 2)


def matches(
    cosines: Plane, left: NDArray[np.float64], right: NDArray[np.float64]
) -> Iterator[tuple[int, int, list[Plane | float]]]:
    """Yield (m, n, features) for each kind of bead; a feature is a plane (b, height - m + 1, width - n + 1) or a number.

    `cosines`: see `likeness`. `left`, `right`: (b, height + 1) and (b, width + 1), characters before each border, in one unit.
    """
    height, width = cosines.shape[2] - 2, cosines.shape[4] - 2
    for m, n in BEADS:
        high, wide = height - m + 1, width - n + 1
        if high < 1 or wide < 1:
            continue

        def at(k: int, up: int, size: int, back: int, high: int = high, wide: int = wide) -> Plane:
            """The likeness of the windows of k and `size` segments that start at the bead's start shifted by (up, back)."""
            return cosines[:, k - 1, 1 + up : 1 + up + high, size - 1, 1 + back : 1 + back + wide]

        here = at(m, 0, n, 0)
        around = [at(m, 0, 1, -1), at(m, 0, 1, n), at(1, -1, n, 0), at(1, m, n, 0)]
        longer = []
        if n < LONGEST:
            longer += [at(m, 0, n + 1, 0), at(m, 0, n + 1, -1)]
        if m < LONGEST:
            longer += [at(m + 1, 0, n, 0), at(m + 1, -1, n, 0)]
        shorter = []
        if n > 1:
            shorter += [at(m, 0, n - 1, 0), at(m, 0, n - 1, 1)]
        if m > 1:
            shorter += [at(m - 1, 0, n, 0), at(m - 1, 1, n, 0)]
        first, second = left[:, m:] - left[:, :-m], right[:, n:] - right[:, :-n]
        ratio = np.abs(np.log((first + 8.0)[:, :, None] / (second + 8.0)[:, None, :])).astype(np.float32)
        size = m + n - 2
        yield (
            m,
            n,
            [
                here,
                here * size,
                sum(around[1:], around[0]) / 4,
                np.maximum.reduce(around),
                np.maximum.reduce(longer) - here,
                np.maximum.reduce(shorter) - here if shorter else 0.0,
                ratio,
                ratio * ratio,
                float(size == 0),
                float((m, n) in ((1, 2), (2, 1))),
                float((m, n) == (2, 2)),
                float((m, n) in ((1, 3), (3, 1))),
                float(size > 2),
                float(size),
            ],
        )


def gaps(cosines: Plane, left: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[list[Plane], list[Plane]]:
    """Return the features of leaving one segment alone: (b, height, width + 1) each for the source, (b, height + 1, width)."""
    height, width = cosines.shape[2] - 2, cosines.shape[4] - 2
    single = cosines[:, 0, :, 0, :]
    up = np.maximum(single[:, 1 : height + 1, : width + 1], single[:, 1 : height + 1, 1 : width + 2])
    back = np.maximum(single[:, : height + 1, 1 : width + 1], single[:, 1 : height + 2, 1 : width + 1])
    tall = np.broadcast_to(np.log1p(np.diff(left))[:, :, None] / 5.0, up.shape).astype(np.float32)
    wide = np.broadcast_to(np.log1p(np.diff(right))[:, None, :] / 5.0, back.shape).astype(np.float32)
    return [np.ones_like(up), up, tall], [np.ones_like(back), back, wide]
