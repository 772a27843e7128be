"""Where two stretches of a text may be copies of each other: shared words and word groups, chained along a diagonal.

Seed-chain-extend as in the alignment of genomes (Li 2018, minimap2): seeds are looked up in sorted arrays, never by
comparing all with all, so that the work grows with the number of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens

#: Two occurrences of one content word are a seed when they stand at most so many words apart.
NEAR = 160
#: Word groups that stand more often than this are the language's or the genre's, and are no seeds.
COMMON = 24
#: Each occurrence of a word group is paired with so many of the occurrences before it.
LOOK_BACK = 4
#: Seeds belong to one chain when their diagonals lie in a band of this width …
BAND = 8
#: … and at most this many words part them.
GAP = 24


@dataclass(frozen=True, slots=True)
class Chain:
    """A candidate: words [i, i_end) may be repeated by [j, j_end), i < j; `bits` is what their seeds tell."""

    i: int
    i_end: int
    j: int
    j_end: int
    bits: float


def chains(tokens: Tokens, least: float) -> list[Chain]:
    """Find the candidates whose seeds tell at least `least` bits, in reading order."""
    if len(tokens) < 2:
        return []
    pairs = [_near(tokens), *(_groups(tokens, *group) for group in _group_hashes(tokens))]
    i, j = (np.concatenate(side) for side in zip(*pairs, strict=True))
    found: set[tuple[int, int, int, int, float]] = set()
    for shift in (0, BAND // 2):  # two grids of bands, so that no chain is cut by the grid
        found.update(_chain(tokens, i, j, shift, least))
    return [Chain(*each) for each in sorted(found)]


def _near(tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair the occurrences of each content word that stand near each other."""
    where = np.flatnonzero(tokens.content)
    return _lookup(where, tokens.lemma[where], reach=NEAR, look_back=6)


def _group_hashes(tokens: Tokens) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Name the groups of words that are looked up at any distance: position and number of each."""
    n = len(tokens)
    where = np.flatnonzero(tokens.content)
    hashes = []
    if n >= 4:
        hashes.append((np.arange(n - 3), _mix(*(tokens.key[k : n - 3 + k] for k in range(4)))))
    for skip in (1, 2, 3):  # pairs of content words, the next, the next but one, the next but two
        if len(where) > skip:
            close = where[skip:] - where[:-skip] <= 4 * skip
            pair = _mix(tokens.lemma[where[:-skip]], tokens.lemma[where[skip:]])
            hashes.append((where[:-skip][close], pair[close]))
    return hashes


def _groups(
    tokens: Tokens, where: NDArray[np.int64], name: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    _, inverse, counts = np.unique(name, return_inverse=True, return_counts=True)
    rare = (counts[inverse] > 1) & (counts[inverse] <= COMMON)
    return _lookup(where[rare], name[rare], reach=len(tokens), look_back=LOOK_BACK)


def _lookup(
    where: NDArray[np.int64], name: NDArray[np.int64], reach: int, look_back: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each position with up to `look_back` positions before it that bear the same name, at most `reach` away."""
    order = np.argsort(name, kind="stable")
    place, label = where[order], name[order]
    i, j = [], []
    for back in range(1, look_back + 1):
        same = (label[back:] == label[:-back]) & (place[back:] - place[:-back] <= reach)
        i.append(place[:-back][same])
        j.append(place[back:][same])
    return np.concatenate(i), np.concatenate(j)


def _mix(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Hash rows of numbers; 64 bits make a false match unlikely, and the alignment would refuse it."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed.view(np.int64)


def _chain(
    tokens: Tokens, i: NDArray[np.int64], j: NDArray[np.int64], shift: int, least: float
) -> list[tuple[int, int, int, int, float]]:
    """Join the seeds of one band that follow one another closely, and keep the chains that tell enough."""
    if not len(i):
        return []
    band = (j - i + shift) // BAND
    order = np.lexsort((j, i, band))
    i, j, band = i[order], j[order], band[order]
    begins = np.flatnonzero(np.r_[True, (np.diff(band) != 0) | (np.diff(i) > GAP)])
    fresh = np.r_[True, (np.diff(band) != 0) | (np.diff(i) != 0)]  # a word tells once, however many seeds it stands in
    told = np.add.reduceat(tokens.bits[i] * fresh, begins)
    i_end, j_end = np.maximum.reduceat(i, begins) + 1, np.maximum.reduceat(j, begins) + 1
    j_begin = np.minimum.reduceat(j, begins)
    keep = np.flatnonzero(told >= least)
    return [(int(i[begins[k]]), int(i_end[k]), int(j_begin[k]), int(j_end[k]), round(float(told[k]), 2)) for k in keep]
