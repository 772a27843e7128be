"""Strict and lax precision, recall and F1 of an alignment, as vecalign's `score.py` has them (Thompson & Koehn 2019).

A bead is strictly right when it stands in the gold as it is; laxly when it shares a source and a target with a bead of
the gold. Recall leaves beads with an empty side out, precision does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Link = tuple[tuple[int, ...], tuple[int, ...]]


def right(gold: Iterable[Link], test: Iterable[Link]) -> tuple[int, int, int]:
    """Count the beads of `test`: strictly right, laxly right, all. Doubles and empty beads do not count."""
    wanted = {link for link in gold if link[0] or link[1]}
    across: dict[int, set[int]] = defaultdict(set)
    for source, target in wanted:
        for index in source:
            across[index].update(target)
    strict = lax = 0
    given = {link for link in test if link[0] or link[1]}
    for link in given:
        exact = link in wanted
        strict += exact
        lax += exact or any(across[index].intersection(link[1]) for index in link[0])
    return strict, lax, len(given)


def f1(gold: Iterable[Link], test: Iterable[Link]) -> tuple[float, float]:
    """Return strict and lax F1, 0 to 1."""
    gold, test = list(gold), list(test)
    *found, given = right(gold, test)
    *met, wanted = right([link for link in test if all(link)], [link for link in gold if all(link)])
    scores = []
    for hit, back in zip(found, met, strict=True):
        precision, recall = hit / max(given, 1), back / max(wanted, 1)
        scores.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
    return scores[0], scores[1]
