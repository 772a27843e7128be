"""Passages that stand elsewhere in another version: what the rising alignment had to leave alone on both sides."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.anchors import nearest
from compare.alignment.block_matrices import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.encoded_text import Fixed

#: The least likeness, on the scale between chance and anchors, of a moved passage and of a moved single segment.
_PASSAGE, _SEGMENT = 0.7, 0.95
#: How many segments a moved passage may skip on either side.
_REACH = 3


def find_moves(
    source: Fixed,
    target: Fixed,
    alone: tuple[NDArray[np.int64], NDArray[np.int64]],
    scale: Scale,
) -> list[tuple[tuple[int, int], tuple[int, int], float]]:
    """Pair runs of segments that were left alone on either side, as half-open ranges, with their mean likeness.

    `source`, `target`: the vectors of all segments; `alone`: the indices of those left alone.
    """
    left, right = alone
    pairs, cosines = nearest(source[left], target[right])
    alike = scale(cosines)
    runs: list[list[int]] = []
    where = np.stack([left[pairs[:, 0]], right[pairs[:, 1]]], axis=1)
    good = np.flatnonzero(alike > _PASSAGE / 2)
    for before, here in pairwise([-1, *good.tolist()]):
        step = where[here] - where[before] if before >= 0 else np.array([0, 0])
        if runs and (step > 0).all() and (step <= _REACH).all():
            runs[-1].append(here)
        else:
            runs.append([here])
    moves = []
    for run in runs:
        mean = float(alike[run].mean())
        if mean >= (_PASSAGE if len(run) > 1 else _SEGMENT):
            (a, c), (b, d) = where[run[0]].tolist(), where[run[-1]].tolist()
            moves.append(((a, b + 1), (c, d + 1), min(mean, 1.0)))
    return moves
