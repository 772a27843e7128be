"""Align two versions of a text: anchors, blocks between them, and in each block the best path of beads.

Measure:

- `encoded_text`: one side: its segments as vectors, with their windows, edges and lengths
- `lexical_vectors`: words as vectors, for languages that the encoder does not know
- `kinds`: what kind of block each segment stands in: prose, a heading, a note, verse
- `anchors`: pairs of segments that are each other's nearest, and the chain of them that rises on both sides
- `landmarks`: headings of chapters, and marks that a person set
- `stretches`: where a long work is cut into stretches that are aligned each by itself
- `blocks`: the plane of two texts cut into blocks that can be solved exactly; `block_matrices`: what is known of each
- `bead_features`: the evidence for a bead; `weights`: what each feature counts

Decide:

- `lattice`: all ways through a block, the probability of every bead, the path of most right beads
- `progressive`: any number of versions, the most alike first; `profile`: versions already aligned, taken as one side
- `consensus`: one collation out of several

Mind what does not run in parallel:

- `doubled_pages`: pages that a version has twice, aligned once
- `excluded`: segments that stand in rows of their own
- `moved_passages`: passages that stand elsewhere in another version
- `warnings`: where an alignment is not to be trusted
- `corrections`: an alignment as a table that a person corrects
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.anchors import agreeing, anchors, nearest_of, support
from compare.alignment.block_matrices import gather, measure
from compare.alignment.blocks import cut
from compare.alignment.corrections import save_edit
from compare.alignment.encoded_text import Side, read_side
from compare.alignment.landmarks import shared_headings, shared_marks
from compare.alignment.lattice import Weights, best_paths, build, posteriors
from compare.alignment.weights import PRICE, WEIGHTS
from compare.threads import one_blas_thread
from compare.values import Bead

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.values import Encoder

__all__ = ["align", "align_sides", "batches", "save_edit"]

#: Cells of all blocks that are solved at a time.
_CELLS = 4_000


@one_blas_thread
def align(source_segments: Sequence[str], target_segments: Sequence[str], encoder: Encoder | None = None) -> list[Bead]:
    """Align two lists of segments: each index stands in one bead, both sides rise, gaps are beads of one segment.

    `encoder`: the embedded one when None. An empty side leaves every segment of the other alone; so are blank segments,
    but within a bead. Marks that both sides have begin beads.
    """
    if encoder is None:
        from compare.encode import get

        encoder = get()
    filled = [[index for index, text in enumerate(side) if text.strip()] for side in (source_segments, target_segments)]
    texts = [
        [side[index] for index in kept] for side, kept in zip((source_segments, target_segments), filled, strict=True)
    ]
    sides = [read_side(side, encoder) for side in texts]
    met = [
        [(mark["0"], mark["1"]) for mark in found({"0": texts[0], "1": texts[1]})]
        for found in (shared_marks, shared_headings)
    ]
    beads = align_sides(sides[0], sides[1], met[0], [(i + n, j + n) for i, j in met[1] for n in (0, 1)])
    return list(_spread(beads, filled[0], filled[1], len(source_segments), len(target_segments)))


def _spread(
    beads: Sequence[Bead], source: Sequence[int], target: Sequence[int], height: int, width: int
) -> Iterator[Bead]:
    """Give beads between the filled segments of two sides the indices of all, and put the blank ones between them."""
    at = [0, 0]

    def blanks(until: Sequence[int]) -> Iterator[Bead]:
        yield from (Bead((index,), (), 1.0) for index in range(at[0], until[0]))
        yield from (Bead((), (index,), 1.0) for index in range(at[1], until[1]))
        at[:] = until

    for bead in beads:
        left, right = [source[i] for i in bead.source], [target[j] for j in bead.target]
        yield from blanks([left[0] if left else at[0], right[0] if right else at[1]])
        stop = [left[-1] + 1 if left else at[0], right[-1] + 1 if right else at[1]]
        yield Bead(tuple(range(at[0], stop[0])), tuple(range(at[1], stop[1])), bead.confidence)
        at[:] = stop
    yield from blanks([height, width])


def align_sides(
    source: Side,
    target: Side,
    corners: Sequence[tuple[int, int]] = (),
    likely: Sequence[tuple[int, int]] = (),
    weights: Weights = WEIGHTS,
) -> list[Bead]:
    """Align two sides that are encoded already.

    `corners`: borders of either side that must meet, rising on both; `likely`: borders that meet if the anchors about
    them do not contradict it.
    """
    pairs, cosines = nearest_of(source.alone, target.alone)
    chain = anchors(pairs, cosines)
    trusted = pairs[chain][support(pairs[chain]) > 0]
    scale = measure(source.alone, target.alone, cosines[chain], len(trusted))
    blocks = cut(source, target, pairs, chain, scale, [*corners, *agreeing(likely, trusted, corners)])
    beads: list[list[Bead]] = [[] for _ in blocks]
    for batch in batches(blocks):
        lattice = build(gather(source, target, blocks[batch], scale, trusted), weights)
        for block, path in zip(batch.tolist(), best_paths(lattice, posteriors(lattice), PRICE), strict=True):
            a, _, c, _ = blocks[block].tolist()
            beads[block] = [
                Bead(
                    tuple(range(a + i, a + k)),
                    tuple(range(c + j, c + m)),
                    sure * scale.trust if k > i and m > j else sure,
                )
                for i, k, j, m, sure in path
            ]
    return [bead for group in beads for bead in group]


def batches(blocks: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Group blocks of similar size, as indices."""
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
