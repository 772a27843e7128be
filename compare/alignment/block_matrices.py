"""All that is known of the blocks of two sides before any bead is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.alignment.encoded_text import CUTS, LONGEST, Side, mean, unpack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.encoded_text import Fixed, Parts

    Plane = NDArray[np.float32]
    Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The cosines of segments taken at random and of anchors: what 0 and 1 are on the scale of likeness.

    Encoders and kinds of text differ in both; the weights of the features hold for the scale between them.
    """

    low: float
    high: float
    trust: float = 1.0
    """How far the texts are believed to correspond at all, 0 to 1."""

    def __call__(self, cosines: Plane) -> Plane:
        scaled: Plane = (cosines - np.float32(self.low)) / np.float32(self.high - self.low)
        return scaled


#: Where a lesser share of the shorter side is anchored along a diagonal, anchors may be chance, unless it is short.
_ANCHORED, _SHORT = 0.15, 8
#: The least by which the cosines of anchors are taken to exceed those of chance.
_APART = 0.3


def measure(source: Fixed, target: Fixed, cosines: Plane, trusted: int) -> Scale:
    """Measure the scale of likeness of two sides.

    `cosines`: those of the anchors; `trusted`: how many of these have others near them. The fewer, the farther the
    scale is stretched, so that what two different texts have by chance is not taken for a likeness.
    """
    shorter = min(len(source), len(target))
    low = float(mean(source) @ mean(target)) if shorter else 0.0
    high = max(float(cosines.mean()) if len(cosines) else 1.0, low + _APART)
    trust = min(1.0, trusted / shorter / _ANCHORED) if shorter > _SHORT else 1.0
    return Scale(low, low + (high - low) * (2 - trust), trust)


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
    torn: Plane
    """The same for the part of a segment, of all that its cuts make, of which it is least true: low where the border
    runs through what belongs together."""
    part: tuple[Plane, Plane]
    """The best likeness of a part of a source segment to a target window, (b, height + 2, sizes, width + 2), and of a
    part of a target segment to a source window, (b, sizes, height + 2, width + 2)."""
    paragraphs: Plane
    """What it says for a border that paragraphs begin there on both sides, on one or on none."""
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
    heads, tails = _pick(source.heads, rows), _pick(source.tails, rows)
    other_heads, other_tails = _pick(target.heads, columns), _pick(target.tails, columns)
    # Parts of one side against the windows of the other: (b, CUTS, …) and then as in `part`.
    shape = len(blocks), CUTS, height + 2, wide, width + 2
    ours = [_product(found, second).reshape(shape) for found in (heads, tails)]
    shape = len(blocks), CUTS, width + 2, tall, height + 2
    theirs = [_product(found, first).reshape(shape).transpose(0, 1, 3, 4, 2) for found in (other_heads, other_tails)]
    # How much more a part at a border is like the segment on its own side of it than the one beyond.
    contrasts = [
        np.diff(ours[0][:, :, 1:, 0], axis=3),
        -np.diff(ours[1][:, :, :-1, 0], axis=3),
        np.diff(theirs[0][:, :, 0, :, 1:], axis=2),
        -np.diff(theirs[1][:, :, 0, :, :-1], axis=2),
    ]
    after, before = (heads[:, 0, 1:], other_heads[:, 0, 1:]), (tails[:, 0, :-1], other_tails[:, 0, :-1])
    width_of_scale = np.float32(scale.high - scale.low)
    share = source.whole / max(target.whole, 1.0)
    partner = np.full(len(source) + 1, -1)
    partner[anchored[:, 0]] = anchored[:, 1]
    has = np.zeros(len(target) + 1, np.int64)
    has[anchored[:, 1]] = 1
    inside_rows, inside_columns = rows[:, 1:-1], columns[:, 1:-1]
    met = _clip(partner, inside_rows)
    return Evidence(
        ends,
        alike,
        scale(after[0] @ after[1].transpose(0, 2, 1)),
        scale(before[0] @ before[1].transpose(0, 2, 1)),
        scale(np.maximum(before[0] @ after[1].transpose(0, 2, 1), after[0] @ before[1].transpose(0, 2, 1))),
        np.add.reduce([contrast[:, 0] for contrast in contrasts]) / (4 * width_of_scale),
        np.minimum.reduce(contrasts).min(1) / width_of_scale,
        (scale(np.maximum(*ours).max(1)), scale(np.maximum(*theirs).max(1))),
        _between(
            habit(source, target, anchored), _clip(source.opens, rows[:, 1:]), _clip(target.opens, columns[:, 1:])
        ),
        _clip(source.lengths, rows[:, 1:]),
        _clip(target.lengths, columns[:, 1:]) * share,
        (_before(met >= 0, 1), _before(_clip(has, inside_columns), 1)),
        _before(_before(met[:, :, None] == inside_columns[:, None, :], 2), 1),
    )


#: Anchors' worth of doubt whether the paragraphs of two sides have to do with one another.
_DOUBT = 20


def habit(source: Side, target: Side, anchored: Indices) -> Plane:
    """Measure at the anchors how far paragraphs begin together: (2, 2), by whether the source's does, and the target's.

    The entries are the logarithms of how much more often than by chance: all 0 if one tells nothing of the other.
    """
    found = []
    for side, at in ((source, anchored[:, 0]), (target, anchored[:, 1])):
        share = side.opens[at].astype(np.float64)
        found.append(np.stack([1 - share, share], axis=1))
    first, second = ((each.sum(0) + 0.5) / (len(each) + 1) for each in found)
    chance = first[:, None] * second
    joint = (found[0].T @ found[1] + _DOUBT * chance) / (len(anchored) + _DOUBT)
    habit: Plane = np.log(joint / (joint.sum(1, keepdims=True) * joint.sum(0))).astype(np.float32)
    return habit


def _between(corners: Plane, left: Plane, right: Plane) -> Plane:
    """Interpolate between the corners of a square at each (row of `left`, column of `right`), both from 0 to 1."""
    sides = np.stack([1 - left, left], axis=2)
    found: Plane = sides @ corners @ np.stack([1 - right, right], axis=1)
    return found


def _clip(values: NDArray[Any], at: Indices) -> NDArray[Any]:
    return values[np.clip(at, 0, len(values) - 1)]


def _before(counted: NDArray[Any], axis: int) -> Indices:
    """Sum what stands before each border along an axis, which grows by one."""
    shape = list(counted.shape)
    shape[axis] = 1
    return np.concatenate([np.zeros(shape, np.int64), np.cumsum(counted, axis=axis)], axis=axis)


def _pick(parts: Parts, rows: Indices) -> Plane:
    """Return the vectors of the parts of some segments, 0 outside the text: (b, CUTS, rows, d)."""
    count = parts.at.shape[1]
    if not count:
        return np.zeros((len(rows), CUTS, rows.shape[1], parts.vectors.shape[1]), np.float32)
    inside = (rows >= 0) & (rows < count)
    picked = parts[np.arange(CUTS)[None, :, None], np.clip(rows, 0, count - 1)[:, None]]
    picked *= inside[:, None, :, None]
    return picked


def _product(parts: Plane, windows: Plane) -> Plane:
    b, _, _, d = parts.shape
    found: Plane = parts.reshape(b, -1, d) @ windows.transpose(0, 2, 1)
    return found


def _windows(side: Side, rows: Indices, sizes: int) -> Plane:
    """Return the windows of 1 to `sizes` segments that start at some segments: (b, sizes * rows, d)."""
    inside = (rows >= 0) & (rows < len(side))
    at = np.clip(rows, 0, max(len(side) - 1, 0))
    picked = np.empty((len(rows), sizes, rows.shape[1], side.windows.shape[2]), np.float32)
    for size in range(sizes):
        picked[:, size] = unpack(side.windows[size][at]) if len(side) else 0.0
    picked *= inside[:, None, :, None]
    return picked.reshape(len(rows), -1, picked.shape[3])
