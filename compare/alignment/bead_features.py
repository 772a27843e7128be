"""The evidence for a bead.

The likeness is the cosine of window vectors; that the neighbours' likeness must be weighed against it is Bertalign's
finding (Liu & Zhu 2022, doi:10.1093/llc/fqac089). Ours: a segment more or less must not make a bead better, and the
clauses on either side of a border must correspond. The length term is Gale & Church's (1993).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.alignment.block_matrices import Evidence
from compare.alignment.encoded_text import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]

#: Beads of m source and n target segments, the commonest first.
BEADS: tuple[tuple[int, int], ...] = tuple(
    sorted(
        ((m, n) for m in range(1, LONGEST + 1) for n in range(1, LONGEST + 1)),
        key=lambda bead: (sum(bead), abs(bead[0] - bead[1]), bead),
    )
)

#: Names of the features of a bead, in the order in which `matches` gives them.
MATCH = (
    "likeness",
    "likeness of many",
    "unlike",
    "neighbours",
    "nearest neighbour",
    "longer",
    "shorter",
    "starts",
    "stops",
    "across",
    "belonging",
    "torn",
    "paragraphs",
    "part",
    "pairs",
    "pairs lost",
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
GAP = ("gap", "likeness across", "pair lost", "length")


def kinds(height: int, width: int) -> tuple[tuple[int, int], ...]:
    """Return the kinds of bead that find room in a block, in the order of `BEADS`; the commonest where none does."""
    return tuple((m, n) for m, n in BEADS if m <= height and n <= width) or BEADS[:1]


def matches(known: Evidence) -> Iterator[tuple[int, int, list[Plane | float]]]:
    """Yield (m, n, features) for each kind of bead that finds room; a feature is a number or a plane.

    Planes are (b, height - m + 1, width - n + 1), by the border at which the bead starts.
    """
    alike = known.alike
    _, tallest, height, widest, width = alike.shape
    height, width = height - 2, width - 2
    borders = known.across, known.belonging, known.torn, known.paragraphs
    for m, n in kinds(height, width) if height and width else ():
        high, wide = height - m + 1, width - n + 1

        def at(k: int, up: int, size: int, back: int, high: int = high, wide: int = wide) -> Plane:
            """The likeness of windows of k and `size` segments that start at the bead's start shifted by (up, back)."""
            return alike[:, k - 1, 1 + up : 1 + up + high, size - 1, 1 + back : 1 + back + wide]

        here = at(m, 0, n, 0)
        around = [at(m, 0, 1, -1), at(m, 0, 1, n), at(1, -1, n, 0), at(1, m, n, 0)]
        longer = [at(m, 0, n + 1, 0), at(m, 0, n + 1, -1)] if n < widest else []
        longer += [at(m + 1, 0, n, 0), at(m + 1, -1, n, 0)] if m < tallest else []
        shorter = [at(m, 0, n - 1, 0), at(m, 0, n - 1, 1)] if n > 1 else []
        shorter += [at(m - 1, 0, n, 0), at(m - 1, 1, n, 0)] if m > 1 else []
        part = [known.part[0][:, 1 : 1 + high, n - 1, 1 : 1 + wide]] if m == 1 else []
        part += [known.part[1][:, m - 1, 1 : 1 + high, 1 : 1 + wide]] if n == 1 else []
        first, second = _spans(known.left, m), _spans(known.right, n)
        ratio = np.abs(np.log((first + 8.0)[:, :, None] / (second + 8.0)[:, None, :])).astype(np.float32)
        inside = known.pairs[:, m:, n:] - known.pairs[:, m:, :-n] - known.pairs[:, :-m, n:] + known.pairs[:, :-m, :-n]
        paired = _spans(known.paired[0], m)[:, :, None] + _spans(known.paired[1], n)[:, None, :]
        size = m + n - 2
        yield (
            m,
            n,
            [
                here,
                here * np.float32(size),
                np.maximum(np.float32(0.5) - here, 0),
                sum(around[1:], around[0]) * np.float32(0.25),
                _greatest(around),
                _greatest(longer) - here if longer else 0.0,
                _greatest(shorter) - here if shorter else 0.0,
                known.starts[:, :high, :wide],
                known.stops[:, m:, n:],
                *(plane[:, :high, :wide] + plane[:, m:, n:] for plane in borders),
                np.maximum(_greatest(part) - here, 0) if part else 0.0,
                (inside / max(m, n)).astype(np.float32),
                ((paired - 2 * inside) / (m + n)).astype(np.float32),
                ratio,
                ratio * ratio,
                float(size == 0),
                float(size == 1),
                float((m, n) == (2, 2)),
                float((m, n) in ((1, 3), (3, 1))),
                float(size > 2),
                float(size),
            ],
        )


def gaps(known: Evidence) -> tuple[list[Plane], list[Plane]]:
    """Return the features of leaving a segment alone: planes (b, height, width + 1), and (b, height + 1, width)."""
    single = known.alike[:, 0, :, 0, :]
    height, width = single.shape[1] - 2, single.shape[2] - 2
    up = np.maximum(single[:, 1 : height + 1, : width + 1], single[:, 1 : height + 1, 1 : width + 2])
    back = np.maximum(single[:, : height + 1, 1 : width + 1], single[:, 1 : height + 2, 1 : width + 1])
    found = []
    for plane, lengths, paired, axis in ((up, known.left, known.paired[0], 2), (back, known.right, known.paired[1], 1)):
        lost = np.broadcast_to(np.expand_dims(_spans(paired, 1), axis), plane.shape).astype(np.float32)
        length = np.broadcast_to(np.expand_dims(np.log1p(_spans(lengths, 1)), axis), plane.shape).astype(np.float32)
        found.append([np.ones_like(plane), plane, lost, length * np.float32(0.2)])
    return found[0], found[1]


def _spans(before: NDArray[Any], size: int) -> NDArray[Any]:
    """Return what lies between borders that stand `size` apart."""
    difference: NDArray[Any] = before[:, size:] - before[:, :-size]
    return difference


def _greatest(planes: list[Plane]) -> Plane:
    top: Plane = np.maximum.reduce(planes)
    return top
