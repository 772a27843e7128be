"""One collation out of several of the same versions: the rows on which they agree.

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

#: What each corner costs: it must be in more than this share of the collations to be worth more than none.
_LEAST = 0.3


def agree(profiles: Sequence[Profile]) -> Profile:
    """Return the rows, each of them one of some collation, whose corners most collations have.

    The path is the one whose corners' votes, each less `_LEAST`, sum highest; of equal ones, the one of the most
    probable rows. A row's confidence is the mean of what the collations give to that same row.
    """
    if len(profiles) == 1:
        return profiles[0]
    ids = sorted(profiles[0].borders)
    chains = [[tuple(row) for row in np.stack([p.borders[id] for id in ids], axis=1).tolist()] for p in profiles]
    votes = Counter(corner for chain in chains for corner in chain)
    rows: dict[Corner, dict[Corner, float]] = defaultdict(lambda: defaultdict(float))  # by last corner, then by first
    for chain, profile in zip(chains, profiles, strict=True):
        for (first, last), confidence in zip(pairwise(chain), profile.confidence.tolist(), strict=True):
            rows[last][first] += confidence / len(profiles)
    path = _heaviest({corner: votes[corner] / len(profiles) - _LEAST for corner in sorted(votes)}, rows)
    borders = np.array(path, np.int64)
    return Profile(
        {id: borders[:, n] for n, id in enumerate(ids)},
        np.array([rows[last][first] for first, last in pairwise(path)]),
    )


def _heaviest(corners: dict[Corner, float], rows: dict[Corner, dict[Corner, float]]) -> list[Corner]:
    """Return the path from the first corner to the last whose corners weigh most; of equal ones, its rows.

    `corners`: the weight of each, in order, so that a row's first corner stands before its last; `rows`: for each
    corner the corners at which a row begins that ends there, and the row's weight.
    """
    best: dict[Corner, tuple[float, float]] = {}
    before: dict[Corner, Corner] = {}
    for corner, weight in corners.items():
        options = [(best[first][0], best[first][1] + sure, first) for first, sure in rows.get(corner, {}).items()]
        most = max(options, key=lambda option: (round(option[0], 9), option[1], option[2]), default=None)
        if most:
            before[corner] = most[2]
        best[corner] = (weight + most[0], most[1]) if most else (weight, 0.0)
    path = [next(reversed(corners))]
    while path[-1] in before:
        path.append(before[path[-1]])
    return path[::-1]
