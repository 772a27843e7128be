"""Align any number of versions, the most alike first (progressive alignment: Feng & Doolittle 1987)."""

from __future__ import annotations

from collections.abc import Mapping

from compare.alignment import align_sides
from compare.alignment.chain import anchors, nearest
from compare.alignment.profile import Profile, join, side_of, single
from compare.alignment.side import Side


def collate_sides(sides: Mapping[str, Side]) -> Profile:
    """Align all sides into rows; the order of the mapping changes nothing."""
    profiles = [single(id, sides[id]) for id in sorted(sides)]
    while len(profiles) > 1:
        left, right = _closest(profiles, sides)
        beads = align_sides(side_of(profiles[left], sides), side_of(profiles[right], sides))
        joined = join(profiles[left], profiles[right], beads)
        profiles = [p for n, p in enumerate(profiles) if n not in (left, right)] + [joined]
    return profiles[0]


def _closest(profiles: list[Profile], sides: Mapping[str, Side]) -> tuple[int, int]:
    """Choose the two profiles whose chained anchors are the most alike."""
    views = [side_of(profile, sides).alone for profile in profiles]
    best, chosen = -1.0, (0, 1)
    for left in range(len(views)):
        for right in range(left + 1, len(views)):
            pairs, cosines = nearest(views[left], views[right])
            alike = float(cosines[anchors(pairs, cosines)].sum()) / max(len(views[left]), len(views[right]), 1)
            if alike > best:
                best, chosen = alike, (left, right)
    return chosen
