"""Pages that one version has twice, as a scan or a copyist leaves them: they are aligned once.

Aligned as it stands, the second copy draws the other versions' text about it away from where it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from compare.alignment.excluded import Stretch

#: The least of a doubled stretch: segments that stand in both copies to the letter, and words in them.
SEGMENTS, WORDS = 6, 80
#: Words of a segment that is looked for; fewer return by chance, and so do segments that stand more than twice.
LEAST, TIMES = 4, 3
#: Segments that may differ between two that return.
GAP = 3


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
        (first, second - first)
        for places in where.values()
        if len(places) <= TIMES
        for n, second in enumerate(places)
        for first in places[:n]
    )
    runs: list[list[tuple[int, int]]] = []  # of (distance, first): neighbours on one diagonal, or on the next to it
    for first, distance in pairs:
        for run in reversed(runs[-TIMES * GAP :]):
            if abs(run[-1][0] - distance) <= GAP and 0 < first - run[-1][1] <= GAP + 1:
                run.append((distance, first))
                break
        else:
            runs.append([(distance, first)])
    kept: list[Stretch] = []
    for run in sorted(runs, key=lambda run: -len(run)):
        start, stop = _second_copy(words, run)
        enough = len(run) >= SEGMENTS and sum(len(words[first]) for _, first in run) >= WORDS
        if enough and run[-1][1] < start and all(stop <= a or b <= start for a, b in kept):
            kept.append((start, stop))
    return sorted(kept)


def _second_copy(words: Sequence[list[str]], run: Sequence[tuple[int, int]]) -> Stretch:
    """Return the second copy of a run, with the short segments at its ends that return as well."""
    (distance, first), (far, last) = run[0], run[-1]
    while first > 0 and first + distance > last + 1 and words[first - 1] == words[first + distance - 1]:
        first -= 1
    while last + far + 1 < len(words) and last + 1 < first + distance and words[last + 1] == words[last + far + 1]:
        last += 1
    return first + distance, last + far + 1
