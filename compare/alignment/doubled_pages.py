"""Pages that one version has twice, as a scan or a copyist leaves them: they are aligned once.

Aligned as it stands, the second copy draws the other versions' text about it away from where it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

from compare.alignment.profile import Profile

#: The least of a doubled stretch: segments that stand in both copies to the letter, and words in them.
SEGMENTS, WORDS = 6, 80
#: Words of a segment that is looked for; fewer return by chance, and so do segments that stand more than twice.
LEAST, TIMES = 4, 3
#: Segments that may differ between two that return.
GAP = 3

T = TypeVar("T")
#: The segments [first, last) of a second copy.
Stretch = tuple[int, int]


def doubled_pages(texts: Mapping[str, Sequence[str]]) -> dict[str, list[Stretch]]:
    """Find for each version the stretches that repeat earlier pages of it, though no other version repeats any.

    Where others repeat pages too, the work itself may do so, and nothing is set apart. The same holds for one version
    alone, which is nowhere aligned.
    """
    found = {id: stretches for id, lines in texts.items() if (stretches := second_copies(lines))}
    return found if len(found) == 1 < len(texts) else {}


def second_copies(lines: Sequence[str]) -> list[Stretch]:
    """Return the stretches of segments that stand earlier in the same order, rising and apart from one another."""
    words = [line.casefold().split() for line in lines]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, key in enumerate(map(tuple, words)):
        if len(key) >= LEAST:
            where[key].append(index)
    pairs = sorted(
        (second - first, first)
        for places in where.values()
        if len(places) <= TIMES
        for n, second in enumerate(places)
        for first in places[:n]
    )
    runs: list[list[tuple[int, int]]] = []  # of (distance, first): neighbours on one diagonal, or on the next to it
    for distance, first in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
        for run in reversed(runs[-TIMES * GAP :]):
            if abs(run[-1][0] - distance) <= GAP and 0 < first - run[-1][1] <= GAP + 1:
                run.append((distance, first))
                break
        else:
            runs.append([(distance, first)])
    kept: list[Stretch] = []
    for run in sorted(runs, key=lambda run: -len(run)):
        start, stop = _whole(words, run)
        enough = len(run) >= SEGMENTS and sum(len(words[first]) for _, first in run) >= WORDS
        if enough and run[-1][1] < start and all(stop <= a or b <= start for a, b in kept):
            kept.append((start, stop))
    return sorted(kept)


def _whole(words: Sequence[list[str]], run: Sequence[tuple[int, int]]) -> Stretch:
    """Return the second copy of a run, with the short segments at its ends that return as well."""
    (distance, first), (far, last) = run[0], run[-1]
    while first > 0 and first + distance > last + 1 and words[first - 1] == words[first + distance - 1]:
        first -= 1
    while last + far + 1 < len(words) and last + 1 < first + distance and words[last + 1] == words[last + far + 1]:
        last += 1
    return first + distance, last + far + 1


def without(items: Sequence[T], stretches: Sequence[Stretch]) -> tuple[T, ...]:
    """Return the items, one a segment, that lie in none of the stretches."""
    gone = {index for start, stop in stretches for index in range(start, stop)}
    return tuple(item for index, item in enumerate(items) if index not in gone)


def put_back(profile: Profile, version: str, stretches: Sequence[Stretch]) -> Profile:
    """Return the rows with the segments of the stretches again, each in a row that no other version has.

    A row that would run across a stretch is parted there: what it has beyond stands in a row of its own.
    """
    for start, stop in stretches:
        profile = _put_back(profile, version, start, stop - start)
    return profile


def _put_back(profile: Profile, version: str, start: int, count: int) -> Profile:
    at = profile.borders[version]
    row = int(np.searchsorted(at, start))  # the first row that begins at the stretch or beyond
    parted = at[row] > start
    alone = np.arange(start, start + count + 1 + parted)
    if parted:
        alone[-1] = at[row] + count
    borders = {
        id: np.concatenate([own[:row], alone, own[row + 1 :] + count])
        if id == version
        else np.concatenate([own[:row], np.full(len(alone), own[row]), own[row + 1 :]])
        for id, own in profile.borders.items()
    }
    sure = np.ones(len(alone) - 1)
    confidence = np.concatenate([profile.confidence[:row], sure, profile.confidence[row:]])
    return Profile(borders, confidence)
