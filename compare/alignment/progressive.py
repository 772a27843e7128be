"""Align any number of versions: the most alike first (progressive alignment: Feng & Doolittle 1987), each once last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from compare.alignment import align_sides
from compare.alignment.anchors import anchors, nearest_of
from compare.alignment.consensus import agree
from compare.alignment.encoded_text import Side
from compare.alignment.profile import Profile, join, side_of, single
from compare.alignment.weights import JOINT, WEIGHTS

#: Segments that must begin a row together, by version.
Corner = Mapping[str, int]
#: The versions that are joined, in order of their names.
Group = tuple[str, ...]


def collate_sides(sides: Mapping[str, Side], corners: Sequence[Corner] = (), likely: Sequence[Corner] = ()) -> Profile:
    """Align all sides into rows; the order of the mapping changes nothing.

    `corners` rise in every version; so do `likely` ones, which hold where the anchors about them agree. Of three sides
    or more each is once aligned with all the others together, and the rows are those on which the outcomes agree.
    """
    profiles: dict[Group, Profile] = {(id,): single(id, side) for id, side in sides.items()}
    views: dict[Group, Side] = {(id,): side for id, side in sides.items()}
    alike = {(a, b): _alike(sides[a], sides[b]) for a, b in combinations(sorted(sides), 2)}

    def joined(left: Group, right: Group) -> Profile:
        met, hoped = (_met(profiles[left], profiles[right], given) for given in (corners, likely))
        weights = WEIGHTS if len(sides) == 2 else JOINT
        return join(profiles[left], profiles[right], align_sides(views[left], views[right], met, hoped, weights))

    def likeness(pair: tuple[Group, Group]) -> float:
        """Average over the pairs of versions."""
        return float(np.mean([alike[min(a, b), max(a, b)] for a in pair[0] for b in pair[1]]))

    def gather(groups: list[Group]) -> Group:
        """Join groups, the most alike first, until one is left."""
        while len(groups) > 1:
            left, right = max(combinations(groups, 2), key=likeness)
            both = tuple(sorted(left + right))
            if both not in profiles:
                profiles[both] = joined(left, right)
                views[both] = side_of(profiles[both], sides)
            groups = sorted({*groups, both} - {left, right})
        return groups[0]

    ids = sorted(sides)
    if len(ids) == 1:
        return profiles[ids[0],]
    lasts = ids if len(ids) > 2 else ids[1:]
    return agree([joined(gather([(id,) for id in ids if id != last]), (last,)) for last in lasts])


def _alike(left: Side, right: Side) -> float:
    """Measure how alike two sides are: the likeness of their anchors over the segments of the longer."""
    pairs, cosines = nearest_of(left.alone, right.alone)
    return float(cosines[anchors(pairs, cosines)].sum()) / max(len(left), len(right), 1)


def _met(left: Profile, right: Profile, corners: Sequence[Corner]) -> list[tuple[int, int]]:
    """Return the borders between rows of both profiles at which a corner lies."""
    met: list[tuple[int, int]] = []
    for corner in corners:
        first, second = row_of(left, corner), row_of(right, corner)
        if first is not None and second is not None and (not met or (first >= met[-1][0] and second >= met[-1][1])):
            met.append((first, second))
    return met


def row_of(profile: Profile, corner: Corner) -> int | None:
    """Return the row that begins at a corner, the first of several; None where none does or the versions disagree."""
    known = [(profile.borders[version], segment) for version, segment in corner.items() if version in profile.borders]
    if not known:
        return None
    # where no row begins there, the last row comes before the first
    low = max(int(np.searchsorted(borders, segment)) for borders, segment in known)
    high = min(int(np.searchsorted(borders, segment, side="right")) - 1 for borders, segment in known)
    return low if low <= high else None


def unite(profile: Profile, fixed: Sequence[Mapping[str, tuple[int, int]]]) -> Profile:
    """Make one certain row of the rows that a fixed row spans."""
    heads = np.ones(len(profile) + 1, bool)
    confidence = profile.confidence.copy()
    for row in fixed:
        # The rows between are those in which any version of the fixed row has something.
        borders = [(profile.borders[id], range) for id, range in row.items() if range[1] > range[0]]
        start = min(int(np.searchsorted(at, a, side="right")) - 1 for at, (a, _) in borders)
        stop = max(int(np.searchsorted(at, b)) for at, (_, b) in borders)
        heads[start + 1 : stop] = False
        confidence[start] = 1.0
    kept = np.flatnonzero(heads)
    return Profile({id: at[kept] for id, at in profile.borders.items()}, confidence[kept[:-1]])
