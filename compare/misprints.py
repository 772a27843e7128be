"""How a misprint or a scan changes a word: letters dropped, doubled, exchanged, or taken for similar ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

#: Letters that scans take for one another (Holley, "How good can it get?", D-Lib 15, 2009).
SCANNED = (
    *(("m", "rn"), ("d", "cl"), ("h", "li"), ("w", "vv")),
    *(("e", "c"), ("f", "s"), ("l", "i"), ("t", "f"), ("t", "l")),
)
#: Letters from which on two edits may part a word from another, not one.
_LONG = 7
#: Letters that words of one stem begin with, and by how many of the shorter one they may end otherwise.
_STEM, _ENDING = 4, 2


def rescanned(word: str) -> Iterator[str]:
    """Yield a word with one letter, or two, read as those that scans take for it."""
    for one, two in (*SCANNED, *((b, a) for a, b in SCANNED)):
        for match in re.finditer(re.escape(one), word):
            yield word[: match.start()] + two + word[match.end() :]


@lru_cache(1 << 16)
def are_like(one: str, two: str) -> bool:
    """Tell whether two words differ by an edit or, if long, two, and not by an ending or a beginning alone."""
    least = min(len(one), len(two))
    edits = 2 if least >= _LONG else 1
    if one == two or abs(len(one) - len(two)) > edits or OSA.distance(one, two, score_cutoff=edits) > edits:
        return False
    if abs(len(one) - len(two)) > 1 and (one.endswith(two) or two.endswith(one)):
        return False
    shared = next((k for k in range(least) if one[k] != two[k]), least)
    return shared < max(_STEM, least - _ENDING)


@lru_cache(1 << 16)
def is_slip(one: str, two: str) -> bool:
    """Tell whether one edit of a kind that slips make parts two words: no letter that takes another's place at will."""
    if OSA.distance(one, two) != 1:
        return one in rescanned(two)
    return len(one) != len(two) or sorted(one) == sorted(two) or one in rescanned(two)
