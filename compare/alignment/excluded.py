"""Segments that are left out when versions are aligned, and stand in rows of their own.

What only one version has by its nature (a translator's notes, page numbers, pages that stand twice) would draw the
other versions' text about it away from where it belongs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TypeVar

import numpy as np

from compare.alignment.profile import Profile
from compare.values import Kind

T = TypeVar("T")
#: The segments [first, last) that are left out.
Stretch = tuple[int, int]

#: The kinds of which one version may have what no other has. No title page: another version's may look like prose.
APPARATUS: frozenset[Kind] = frozenset(("note", "page number", "running head", "contents", "licence"))
#: Segments of a stretch that stay within the cell that runs across it; a longer one parts the row.
WITHIN = 4


def apparatus(kinds: Mapping[str, Sequence[Kind]], source: str | None) -> dict[str, list[Stretch]]:
    """Find for each version its apparatus of each kind of which it is not answered by any.

    A translation is answered by the source, where there is one; the source, and a text without one, by any other.
    """
    found = {}
    for id, own in kinds.items():
        others = [source] if source and id != source else [other for other in kinds if other != id]
        lone = {kind for kind in APPARATUS if others and not any(kind in kinds[other] for other in others)}
        stretches = [
            (members[0], members[-1] + 1)
            for left_out, group in groupby(range(len(own)), lambda index, own=own, lone=lone: own[index] in lone)  # type: ignore[misc]
            if left_out and (members := list(group))
        ]
        if stretches and any(stop - start < len(own) for start, stop in stretches):
            found[id] = stretches
    return found


def without(items: Sequence[T], stretches: Sequence[Stretch]) -> tuple[T, ...]:
    """Return the items, one a segment, that lie in none of the stretches."""
    gone = {index for start, stop in stretches for index in range(start, stop)}
    return tuple(item for index, item in enumerate(items) if index not in gone)


def put_back(profile: Profile, version: str, stretches: Sequence[Stretch]) -> Profile:
    """Return the rows with the segments of the stretches (rising) again, in rows that no other version has.

    Where a row runs across a stretch, a short one stays within its cell; a long one splits it, and what the row has
    beyond stands in a row of its own.
    """
    for start, stop in stretches:
        profile = _put_back(profile, version, start, stop - start)
    return profile


def _put_back(profile: Profile, version: str, start: int, count: int) -> Profile:
    at = profile.borders[version]
    row_index = int(np.searchsorted(at, start))  # the first row that begins at the stretch or beyond
    split = bool(at[row_index] > start)
    if split and count <= WITHIN:
        return Profile({**profile.borders, version: np.where(at > start, at + count, at)}, profile.confidence)
    alone = np.arange(start, start + count + 1 + split)
    if split:
        alone[-1] = at[row_index] + count
    borders = {
        id: np.concatenate([own[:row_index], alone, own[row_index + 1 :] + count])
        if id == version
        else np.concatenate([own[:row_index], np.full(len(alone), own[row_index]), own[row_index + 1 :]])
        for id, own in profile.borders.items()
    }
    certain = np.ones(len(alone) - 1)
    return Profile(borders, np.concatenate([profile.confidence[:row_index], certain, profile.confidence[row_index:]]))
