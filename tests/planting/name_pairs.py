"""Pairs of names that are one, and of look-alikes that are two, from the development data."""

from __future__ import annotations

import zlib

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from tests.data import SHARED

#: For each Cyrillic name its Latin spellings with counts.
Names = dict[str, dict[str, int]]
Pairs = list[tuple[str, str]]


def load() -> Names:
    """Read the development data's names."""
    assert SHARED is not None
    names: Names = {}
    for line in (SHARED / "names.tsv").read_text("utf-8").splitlines()[1:]:
        cyrillic, spellings = line.split("\t")
        names[cyrillic] = {s: int(n) for s, n in (each.rsplit(":", 1) for each in spellings.split(" "))}
    return names


def split(names: Names) -> tuple[Names, Names]:
    """Divide the names into training and test (a fifth) by a fixed hash of the Cyrillic form."""
    test = {c: group for c, group in names.items() if zlib.crc32(c.encode()) % 5 == 0}
    return {c: group for c, group in names.items() if c not in test}, test


def latin_pairs(names: Names, pool: Names | None = None) -> tuple[Pairs, Pairs]:
    """Pair the spellings of one name; and each spelling with the nearest spelling of another name by Jaro–Winkler.

    The other names come from `pool` (default: `names`).
    """
    same = [(a, b) for group in names.values() for i, a in enumerate(group) for b in list(group)[i + 1 :]]
    everything = pool or names
    mates: dict[str, set[str]] = {}
    for group in [*everything.values(), *names.values()]:
        for s in group:
            mates.setdefault(s, set()).update(group)
    others, asked = sorted({s for g in everything.values() for s in g}), sorted({s for g in names.values() for s in g})
    apart = []
    for start in range(0, len(asked), 500):
        block = asked[start : start + 500]
        likeness = process.cdist(block, others, scorer=JaroWinkler.similarity, dtype=np.float32)
        for spelling, row in zip(block, likeness, strict=True):
            nearest = np.argsort(-row, kind="stable")[:300]
            apart.append((spelling, next(others[j] for j in nearest if others[j] not in mates[spelling])))
    return same, apart


def cyrillic_pairs(names: Names, pool: Names | None = None) -> tuple[Pairs, Pairs]:
    """Pair each Cyrillic name with its spellings; and each spelling with the Cyrillic of its nearest look-alike."""
    owner = {s: c for c, group in sorted((pool or names).items(), reverse=True) for s in group}
    same = [(c, s) for c, group in names.items() for s in group]
    return same, [(owner[other], s) for s, other in latin_pairs(names, pool)[1]]
