"""Stretches of a long work that are aligned each by itself: time and memory grow with its length, no faster.

Two stretches meet where all versions have some sentences in a row that are each other's nearest, one to one. Where a
border is put depends on the sentences about it, so that an edit moves none of those that are far from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from compare.alignment.anchors import anchors, nearest_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.encoded_text import Fixed

#: The segments on either side of a border that have to be anchored one to one in every version.
_SURE = 2
#: Segments of a stretch at least, and about from how many on the next certain border is taken; between, one certain
#: border in so many.
_LEAST, _MOST, _ENDS = 128, 256, 8

#: The first segment of a stretch in each version.
Border = Mapping[str, int]


def stretches(
    alone: Mapping[str, Fixed], texts: Mapping[str, Sequence[str]], corners: Sequence[Border] = ()
) -> list[dict[str, tuple[int, int]]]:
    """Cut versions into stretches, in order: for each version its segments [first, last).

    `alone`: the vectors of each version's segments, (n, d). `corners`: borders that must meet; none contradicts them.
    """
    first, *others = sorted(texts, key=lambda id: (len(texts[id]), id))
    start, stop = dict.fromkeys(texts, 0), {id: len(lines) for id, lines in texts.items()}
    borders = [start]
    if others and len(texts[first]) >= 2 * _LEAST:
        partners = {id: _partners(alone[first], alone[id]) for id in others}
        sure = np.logical_and.reduce([_certain(partner) for partner in partners.values()])
        for at in np.flatnonzero(sure).tolist():
            length = at - borders[-1][first]
            if length >= _LEAST and (length >= _MOST or crc32(texts[first][at].encode()) % _ENDS == 0):
                border = {first: at, **{id: int(partner[at]) for id, partner in partners.items()}}
                if not any(_crosses(border, corner) for corner in corners):
                    borders.append(border)
    return [{id: (a[id], b[id]) for id in texts} for a, b in pairwise([*borders, stop])]


def _partners(source: Fixed, target: Fixed) -> NDArray[np.int64]:
    """Return for each source segment the target segment that it is anchored to, or -1: (n,)."""
    pairs, cosines = nearest_of(source, target)
    chain = pairs[anchors(pairs, cosines)]
    partner = np.full(len(source), -1)
    partner[chain[:, 0]] = chain[:, 1]
    return partner


def _certain(partner: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell before which source segments a border is certain: (n,)."""
    n = len(partner)
    sure = np.zeros(n, bool)
    middle = slice(_SURE, n - _SURE + 1)
    sure[middle] = partner[middle] >= 0
    for step in range(-_SURE, _SURE):
        beside = partner[_SURE + step : n - _SURE + 1 + step]
        sure[middle] &= (beside >= 0) & (beside - partner[middle] == step)
    return sure


def _crosses(border: Border, corner: Border) -> bool:
    """Tell whether a border lies before a corner in one version and after it in another."""
    sides = {int(np.sign(border[id] - at)) for id, at in corner.items()}
    return {-1, 1} <= sides
