"""Clustering of many names without a text: blocks by consonants, then the edit model for near neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from compare.names.authority import one_name
from compare.names.edit_model import letters
from compare.names.inflection import related
from compare.names.romanisation import plain, romanise, sound
from compare.names.similarity import word_logit

#: A name is weighed against so many of its nearest neighbours in the block, and none less alike than this.
_NEIGHBOURS, _ALIKE = 2, 0.6
#: Log odds that join two names: among many names most look-alikes are other names.
_JOINS = 2.0


def cluster(names: Iterable[str]) -> list[list[str]]:
    """Cluster single-word names in any script by likeness; clusters and their names in sorted order.

    Only names with the same consonant key (`romanise.sound`) are compared, each with its nearest neighbours, so the
    time grows with the number of names and not with its square.
    """
    blocks: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in sorted(set(names)):
        seen = plain(romanise(name, "BGN/PCGN"))
        blocks[sound(name if name.isascii() else seen)][seen].append(name)
    found = [group for block in blocks.values() for group in _join(block)]
    return sorted(sorted(group) for group in found)


def _join(block: dict[str, list[str]]) -> list[list[str]]:
    forms = sorted(block)
    parent = list(range(len(forms)))
    weighed: set[tuple[int, int]] = set()

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for start in range(0, len(forms), 500):
        alike = process.cdist(
            forms[start : start + 500],
            forms,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_ALIKE,
            dtype=np.float32,
        )
        for i, row in enumerate(alike, start):
            row[i] = 0.0
            for j in map(int, np.argsort(-row, kind="stable")[:_NEIGHBOURS]):
                pair = min(i, j), max(i, j)
                if row[j] > 0 and pair not in weighed and root(i) != root(j):
                    weighed.add(pair)  # neighbours are mostly each other's
                    a, b = (block[forms[k]][0] for k in pair)
                    odds = word_logit(letters(a), letters(b))
                    if (odds > _JOINS or one_name(a, b)) and not related(*(forms[k] for k in pair)):
                        parent[root(i)] = root(j)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for i, form in enumerate(forms):
        groups[root(i)] += block[form]
    return list(groups.values())
