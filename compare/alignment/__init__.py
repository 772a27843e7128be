"""Align two versions of a text: anchors, blocks between them, and in each block the best path of beads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.blocks import cut
from compare.alignment.features import likeness
from compare.alignment.lattice import best_paths, build, posteriors
from compare.alignment.side import Side, read_side
from compare.alignment.weights import GAP_WEIGHTS, MATCH_WEIGHTS, OPENING, PRICE
from compare.values import Bead

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.encode import Encoder

#: Cells of all blocks that are solved at a time.
_CELLS = 60_000


def align(source_segments: Sequence[str], target_segments: Sequence[str], encoder: Encoder | None = None) -> list[Bead]:
    """Align two lists of segments: every index stands in exactly one bead, both sides rise; gaps are beads of one segment.

    `encoder`: the embedded one when None. An empty side leaves every segment of the other alone.
    """
    if encoder is None:
        from compare.encode import get

        encoder = get()
    return align_sides(read_side(source_segments, encoder), read_side(target_segments, encoder))


def align_sides(source: Side, target: Side) -> list[Bead]:
    """Align two sides that are encoded already."""
    blocks = cut(source, target)
    beads: list[list[Bead]] = [[] for _ in blocks]
    for batch in batches(blocks):
        chosen = blocks[batch]
        ends = np.stack([chosen[:, 1] - chosen[:, 0], chosen[:, 3] - chosen[:, 2]], axis=1)
        lattice = build(*planes(source, target, chosen, ends), ends, MATCH_WEIGHTS, GAP_WEIGHTS, OPENING)
        match, up, back, _ = posteriors(lattice)
        for block, path in zip(batch, best_paths(lattice, match, up, back, PRICE), strict=True):
            a, _, c, _ = blocks[block].tolist()
            beads[block] = [
                Bead(tuple(range(a + i, a + k)), tuple(range(c + j, c + l)), sure) for _, i, k, j, l, sure in path
            ]
    return [bead for group in beads for bead in group]


def batches(blocks: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Group blocks of like size, as indices."""
    high, wide = blocks[:, 1] - blocks[:, 0], blocks[:, 3] - blocks[:, 2]
    order = np.lexsort((np.arange(len(blocks)), wide, high, np.maximum(high, wide) // 4))
    group: list[int] = []
    tall = broad = 0
    for index in order.tolist():
        tall, broad = max(tall, int(high[index])), max(broad, int(wide[index]))
        if group and (len(group) + 1) * (tall + 2) * (broad + 2) > _CELLS:
            yield np.array(group)
            group, tall, broad = [], int(high[index]), int(wide[index])
        group.append(index)
    if group:
        yield np.array(group)


def planes(
    source: Side, target: Side, blocks: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """Return the likeness of a batch of blocks, and the characters before each border on either side in one unit."""
    height, width = int(ends[:, 0].max()), int(ends[:, 1].max())
    rows = np.minimum(blocks[:, :1] + np.arange(height + 1), len(source))
    columns = np.minimum(blocks[:, 2:3] + np.arange(width + 1), len(target))
    share = source.lengths[-1] / max(target.lengths[-1], 1.0)
    return likeness(source, target, blocks, height, width), source.lengths[rows], target.lengths[columns] * share
