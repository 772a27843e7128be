"""Numbers that say what corresponds: marks that a person set, and the headings of chapters.

A mark is a verse number such as `3:16` or an `[n]` at the head of a segment, and binds. A heading is a segment that is
a chapter's number, with or without the word; it is believed where the texts about it agree.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from compare.lang import languages

_MARK = re.compile(r"\s*(?:\[(\d{1,4}(?:[:.]\d{1,3})?)\]|(\d{1,3}:\d{1,3})\b)")
#: Fewer marks in common, or a lesser share of all, are footnotes and page numbers.
_LEAST, _SHARE = 3, 0.5

#: A number alone, or after a word that says what it counts, and then perhaps a title.
_ALONE = re.compile(r"[\W_]*(?P<number>[IVXLC]{1,8}|\d{1,3})[\W_]*")
#: The longest heading in characters.
_LONGEST = 80
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@functools.cache
def _label() -> re.Pattern[str]:
    words = "|".join(sorted(frozenset[str]().union(*(pack.headings for pack in languages()))))
    return re.compile(
        rf"[\W_]*(?:{words})\s+(?:the\s+)?(?P<number>[IVXLC]{{1,8}}\b|\d{{1,3}}\b|\w+(?:[\s-]\w+)?)", re.IGNORECASE
    )


@functools.cache
def _stems() -> dict[str, int]:
    return {stem: number for pack in languages() for stem, number in pack.number_stems.items()}


def shared_headings(texts: Mapping[str, Sequence[str]]) -> list[dict[str, int]]:
    """Return for each numbered heading the segment that is it in each version, in order.

    The version with the most headings is compared with each other one; those count whose numbers follow in like order.
    """
    found = {
        id: [(number, index) for index, line in enumerate(lines) if (number := heading(line))]
        for id, lines in sorted(texts.items())
    }
    most = max(found, key=lambda id: len(found[id]), default="")
    shared: list[dict[str, int]] = [{most: index} for _, index in found.get(most, [])]
    numbers = {id: [number for number, _ in own] for id, own in found.items()}
    for id, own in found.items():
        if id == most:
            continue
        blocks = SequenceMatcher(None, numbers[most], numbers[id], autojunk=False).get_matching_blocks()
        if sum(size for _, _, size in blocks) >= max(_LEAST, _SHARE * len(own)):
            for a, b, size in blocks:
                for step in range(size):
                    shared[a + step][id] = own[b + step][1]
    return [bearing for bearing in shared if len(bearing) > 1]


def heading(line: str) -> int:
    """Return the number of the chapter that a segment heads, 0 where it heads none."""
    if len(line) > _LONGEST or not (match := _ALONE.fullmatch(line) or _label().match(line)):
        return 0
    number = match["number"]
    if number.isdigit():
        return int(number)
    if not set(number.upper()) - set(_ROMAN):
        values = [_ROMAN[letter] for letter in number.upper()]
        return sum(
            -value if any(value < after for after in values[n + 1 : n + 2]) else value for n, value in enumerate(values)
        )
    spelled = (_spelled(word) for word in re.split(r"[\s-]+", number.casefold()))
    return sum(takewhile(bool, spelled))


def _spelled(word: str) -> int:
    """Return the number that a word spells, by the longest of the beginnings that fit; 0 where none does."""
    stems = [stem for stem in _stems() if word.startswith(stem)]
    return _stems()[max(stems, key=len)] if stems else 0


def shared_marks(texts: Mapping[str, Sequence[str]]) -> list[dict[str, int]]:
    """Return for each mark the segment that has it in each version, in order.

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
