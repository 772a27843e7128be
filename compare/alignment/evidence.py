"""All that is known of the blocks of two sides before any bead is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.alignment.side import LONGEST, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]
    Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The cosines of segments taken at random and of anchors: what 0 and 1 are on the scale of likeness.

    Encoders and kinds of text differ in both; the weights of the features hold for the scale between them.
    """

    low: float
    high: float

    def __call__(self, cosines: Plane) -> Plane:
        scaled: Plane = (cosines - np.float32(self.low)) / np.float32(self.high - self.low)
        return scaled


#: Where a lesser share of the shorter side is anchored along a diagonal, anchors may be chance, unless it is short.
_ANCHORED, _SHORT = 0.15, 8
#: The least by which the cosines of anchors are taken to exceed those of chance.
_APART = 0.3


def measure(source: Side, target: Side, cosines: Plane, trusted: int) -> Scale:
    """Measure the scale of likeness of two sides.

    `cosines`: those of the anchors; `trusted`: how many of these have others near them. The fewer, the farther the
    scale is stretched, so that what two different texts have by chance is not taken for a likeness.
    """
    shorter = min(len(source), len(target))
    low = float(source.alone.mean(0) @ target.alone.mean(0)) if shorter else 0.0
    high = max(float(cosines.mean()) if len(cosines) else 1.0, low + _APART)
    share = trusted / shorter if shorter > _SHORT else 1.0
    return Scale(low, low + (high - low) * (2 - min(1.0, share / _ANCHORED)))


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Blocks of (at most) one height and width; b is their number. Likeness is scaled."""

    ends: Indices
    """(b, 2): height and width of each block."""
    alike: Plane
    """(b, sizes, height + 2, sizes, width + 2): windows that start in the block or next to it.

    The sizes are 1 to the lesser of LONGEST and one more than the block has on that side.
    """
    starts: Plane
    """(b, height + 1, width + 1): the clauses right after a border."""
    stops: Plane
    """The clauses right before a border."""
    across: Plane
    """The clause before a border on either side with the one after it on the other: high where the border is false."""
    belonging: Plane
    """How much more the four clauses at a border are like the segment on their own side of it, on the average."""
    least: Plane
    """The same for the clause of which it is least true."""
    left: NDArray[np.float64]
    """(b, height + 1): characters before each border."""
    right: NDArray[np.float64]
    """(b, width + 1): the same in the unit of the source."""
    paired: tuple[Indices, Indices]
    """(b, height + 1) and (b, width + 1): anchored segments before each border, wherever their partner stands."""
    pairs: Indices
    """(b, height + 1, width + 1): anchors before a border on both sides, within the block."""


def gather(source: Side, target: Side, blocks: Indices, scale: Scale, anchored: Indices) -> Evidence:
    """Gather the evidence on blocks, (b, 4): source start, source stop, target start, target stop.

    `anchored`: (k, 2), the anchors.
    """
    ends = np.stack([blocks[:, 1] - blocks[:, 0], blocks[:, 3] - blocks[:, 2]], axis=1)
    height, width = (int(size) for size in ends.max(0))
    rows = blocks[:, :1] + np.arange(-1, height + 1)
    columns = blocks[:, 2:3] + np.arange(-1, width + 1)
    tall, wide = min(LONGEST, height + 1), min(LONGEST, width + 1)
    first, second = _windows(source, rows, tall), _windows(target, columns, wide)
    alike = scale(first @ second.transpose(0, 2, 1)).reshape(len(blocks), tall, height + 2, wide, width + 2)
    singles = first[:, : height + 2], second[:, : width + 2]
    heads, tails = _pick(source.heads, rows[:, 1:]), _pick(source.tails, rows[:, :-1])
    other_heads, other_tails = _pick(target.heads, columns[:, 1:]), _pick(target.tails, columns[:, :-1])
    contrasts = [
        *(turn * np.diff(ours @ singles[1].transpose(0, 2, 1), axis=2) for ours, turn in ((heads, 1), (tails, -1))),
        *(
            turn * np.diff(singles[0] @ theirs.transpose(0, 2, 1), axis=1)
            for theirs, turn in ((other_heads, 1), (other_tails, -1))
        ),
    ]
    width_of_scale = np.float32(scale.high - scale.low)
    share = source.lengths[-1] / max(target.lengths[-1], 1.0)
    partner = np.full(len(source) + 1, -1)
    partner[anchored[:, 0]] = anchored[:, 1]
    has = np.zeros(len(target) + 1, np.int64)
    has[anchored[:, 1]] = 1
    inside_rows, inside_columns = rows[:, 1:-1], columns[:, 1:-1]
    met = _clip(partner, inside_rows)
    return Evidence(
        ends,
        alike,
        scale(heads @ other_heads.transpose(0, 2, 1)),
        scale(tails @ other_tails.transpose(0, 2, 1)),
        scale(np.maximum(tails @ other_heads.transpose(0, 2, 1), heads @ other_tails.transpose(0, 2, 1))),
        np.add.reduce(contrasts) / (4 * width_of_scale),
        np.minimum.reduce(contrasts) / width_of_scale,
        _clip(source.lengths, rows[:, 1:]),
        _clip(target.lengths, columns[:, 1:]) * share,
        (_before(met >= 0, 1), _before(_clip(has, inside_columns), 1)),
        _before(_before(met[:, :, None] == inside_columns[:, None, :], 2), 1),
    )


def _clip(values: NDArray[Any], at: Indices) -> NDArray[Any]:
    return values[np.clip(at, 0, len(values) - 1)]


def _before(counted: NDArray[Any], axis: int) -> Indices:
    """Sum what stands before each border along an axis, which grows by one."""
    shape = list(counted.shape)
    shape[axis] = 1
    return np.concatenate([np.zeros(shape, np.int64), np.cumsum(counted, axis=axis)], axis=axis)


def _pick(vectors: NDArray[np.float16], rows: Indices) -> Plane:
    """Return the vectors of some segments, 0 outside the text."""
    inside = (rows >= 0) & (rows < len(vectors))
    if not len(vectors):
        return np.zeros((*rows.shape, vectors.shape[1]), np.float32)
    picked: Plane = vectors[np.clip(rows, 0, len(vectors) - 1)].astype(np.float32)
    return picked * inside[..., None]


def _windows(side: Side, rows: Indices, sizes: int) -> Plane:
    """Return the windows of 1 to `sizes` segments that start at some segments: (b, sizes * rows, d)."""
    inside = (rows >= 0) & (rows < len(side))
    at = np.clip(rows, 0, max(len(side) - 1, 0))
    picked = np.empty((len(rows), sizes, rows.shape[1], side.heads.shape[1]), np.float32)
    for size in range(sizes):
        picked[:, size] = side.windows[size][at] if len(side) else 0.0
    picked *= inside[:, None, :, None]
    return picked.reshape(len(rows), -1, picked.shape[3])
