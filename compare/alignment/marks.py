"""Marks that a person set to say what corresponds: verse numbers such as `3:16` and `[n]` at the head of a segment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_MARK = re.compile(r"\s*(?:\[(\d{1,4}(?:[:.]\d{1,3})?)\]|(\d{1,3}:\d{1,3})\b)")
#: Fewer marks in common, or a lesser share of all, are footnotes and page numbers.
_LEAST, _SHARE = 3, 0.5


def shared_marks(texts: Mapping[str, Sequence[str]]) -> list[dict[str, int]]:
    """Return for each mark the segment that bears it in each version, in order.

    Only versions count that share most of their marks with another, each mark once and in the same order.
    """
    marks = {id: _unique(lines) for id, lines in sorted(texts.items())}
    kept: dict[str, list[str]] = {}
    for id, own in marks.items():
        for other, theirs in marks.items():
            common = [mark for mark in own if mark in theirs]
            enough = len(common) >= _LEAST and len(common) >= _SHARE * max(len(own), len(theirs))
            if other != id and enough and common == [mark for mark in theirs if mark in own]:
                kept[id] = list(own)
    shared: list[dict[str, int]] = []
    ids = sorted(kept)
    at = dict.fromkeys(ids, -1)
    for mark in _merged([kept[id] for id in ids]):
        bearing = {id: marks[id][mark] for id in ids if mark in marks[id]}
        if len(bearing) > 1 and all(at[id] < place for id, place in bearing.items()):
            shared.append(bearing)
            at |= bearing
    return shared


def _unique(lines: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    twice = set()
    for index, line in enumerate(lines):
        if match := _MARK.match(line):
            mark = match[1] or match[2]
            if found.setdefault(mark, index) != index:
                twice.add(mark)
    return {mark: index for mark, index in found.items() if mark not in twice}


def _merged(orders: Sequence[Sequence[str]]) -> list[str]:
    """Merge lists that agree in the order of what they share; what is new follows its neighbour."""
    merged: list[str] = []
    for order in orders:
        place = {mark: n for n, mark in enumerate(merged)}
        if not merged:
            merged = list(order)
            continue
        rank: dict[str, tuple[int, int]] = {mark: (n, -1) for mark, n in place.items()}
        last = -1
        for n, mark in enumerate(order):
            if mark in place:
                last = place[mark]
            else:
                rank[mark] = (last, n)
        merged = sorted(rank, key=lambda mark: (rank[mark][0], rank[mark][1]))
    return merged
