"""Align any number of versions, the most alike first (progressive alignment: Feng & Doolittle 1987)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from compare.alignment import align_sides
from compare.alignment.chain import anchors, nearest_of
from compare.alignment.profile import Profile, join, side_of, single
from compare.alignment.side import Side

#: Segments that must begin a row together, by version.
Corner = Mapping[str, int]


def collate_sides(sides: Mapping[str, Side], corners: Sequence[Corner] = ()) -> Profile:
    """Align all sides into rows; the order of the mapping changes nothing. `corners` rise in every version."""
    profiles = [single(id, sides[id]) for id in sorted(sides)]
    views = [side_of(profile, sides) for profile in profiles]
    alike = {(i, j): _alike(views[i], views[j]) for j in range(len(views)) for i in range(j)}
    alive = list(range(len(views)))
    while len(alive) > 1:
        left, right = max(
            ((i, j) for i, j in alike if i in alive and j in alive), key=lambda pair: (alike[pair], -pair[0], -pair[1])
        )
        met = _met(profiles[left], profiles[right], corners)
        beads = align_sides(views[left], views[right], met)
        profiles.append(join(profiles[left], profiles[right], beads))
        views.append(side_of(profiles[-1], sides))
        alive = [n for n in alive if n not in (left, right)]
        alike |= {(n, len(views) - 1): _alike(views[n], views[-1]) for n in alive}
        alive.append(len(views) - 1)
    return profiles[-1]


def _alike(left: Side, right: Side) -> float:
    """Measure how alike two sides are: the likeness of their anchors over the segments of the longer."""
    pairs, cosines = nearest_of(left, right)
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
    rows = set()
    for version, segment in corner.items():
        if version in profile.borders:
            borders = profile.borders[version]
            row = int(np.searchsorted(borders, segment))
            rows.add(
                (row, int(np.searchsorted(borders, segment, side="right")) - 1) if borders[row] == segment else (-1, -1)
            )
    if not rows or (-1, -1) in rows:
        return None
    low, high = max(first for first, _ in rows), min(last for _, last in rows)
    return low if low <= high else None


def unite(profile: Profile, fixed: Sequence[Mapping[str, tuple[int, int]]]) -> Profile:
    """Make one sure row of the rows that a fixed row spans."""
    heads = np.ones(len(profile) + 1, bool)
    confidence = profile.confidence.copy()
    for row in fixed:
        # The rows between are those in which any version of the fixed row has something.
        held = [(profile.borders[id], range) for id, range in row.items() if range[1] > range[0]]
        start = min(int(np.searchsorted(at, a, side="right")) - 1 for at, (a, _) in held)
        stop = max(int(np.searchsorted(at, b)) for at, (_, b) in held)
        heads[start + 1 : stop] = False
        confidence[start] = 1.0
    kept = np.flatnonzero(heads)
    return Profile({id: at[kept] for id, at in profile.borders.items()}, confidence[kept[:-1]])
