"""One collation out of several of the same versions: the borders on which they agree.

A chain of alignments carries every early error on; collations that were joined in other orders err elsewhere. (In
alignments of many sequences this is the leave-one-out iteration of Barton & Sternberg 1987, doi:10.1016/0022-2836(87)
90316-0; here the orders vote.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from compare.alignment.profile import Profile

#: A corner is the first segment of a row in each version.
Corner = tuple[int, ...]

#: A corner must be in more than this share of the collations.
_LEAST = 0.3


def agree(profiles: Sequence[Profile]) -> Profile:
    """Return the rows between the corners that most collations have, and that rise in every version.

    The chain of corners is the one whose votes, each less `_LEAST`, sum highest. A row's confidence is the mean of what
    the collations give to that same row.
    """
    if len(profiles) == 1:
        return profiles[0]
    ids = sorted(profiles[0].borders)
    held = [[tuple(row) for row in np.stack([p.borders[id] for id in ids], axis=1).tolist()] for p in profiles]
    votes = Counter(corner for corners in held for corner in corners)
    kept: list[Corner] = []
    stretch: list[Corner] = []
    # A corner that all have divides them all: every other one lies before it or after it in every version.
    for corner in sorted(votes):
        if votes[corner] == len(profiles):
            kept += [*_heaviest(stretch, [votes[each] / len(profiles) - _LEAST for each in stretch]), corner]
            stretch = []
        else:
            stretch.append(corner)
    sure: dict[tuple[Corner, Corner], float] = defaultdict(float)
    for corners, profile in zip(held, profiles, strict=True):
        for row, confidence in zip(pairwise(corners), profile.confidence.tolist(), strict=True):
            sure[row] += confidence / len(profiles)
    borders = np.array(kept, np.int64)
    return Profile(
        {id: borders[:, n] for n, id in enumerate(ids)}, np.array([sure.get(row, 0.0) for row in pairwise(kept)])
    )


def _heaviest(corners: Sequence[Corner], weights: Sequence[float]) -> list[Corner]:
    """Choose of sorted corners the heaviest chain that rises in every version; of equal ones, the first found."""
    if not corners:
        return []
    places = np.array(corners)
    sums = np.zeros(len(corners))
    before = np.full(len(corners), -1)
    for index in range(len(corners)):
        sums[index] = weights[index]
        below = np.flatnonzero((places[:index] <= places[index]).all(1))
        if len(below) and sums[best := below[sums[below].argmax()]] > 0:
            sums[index] += sums[best]
            before[index] = best
    chain: list[Corner] = []
    at = int(sums.argmax())
    if sums[at] <= 0:
        return []
    while at >= 0:
        chain.append(corners[at])
        at = int(before[at])
    return chain[::-1]
