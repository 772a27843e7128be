"""One stem twice within a few words ("forced by force of things"): style, and often a sign of haste."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from compare.lang import language
from compare.words import PARAGRAPH, key

if TYPE_CHECKING:
    from compare.repeats.tokens import Tokens

#: Words that may stand between the two.
BETWEEN = 3
#: Letters that two words of one stem have in common at least, and what may follow them at most.
COMMON = 5
ENDING = 4

_MARK = re.compile(rf"[^\w\s'’-]|{PARAGRAPH}|--")


def stems(tokens: Tokens) -> Iterator[tuple[int, int, float]]:
    """Yield two words of one stem that a clause has in different forms, and how striking that is, 0 to 1."""
    _, first_of, form = np.unique(tokens.key, return_index=True, return_inverse=True)
    beginnings = [key(tokens.quote(k, k + 1))[:COMMON] for k in first_of]
    beginning = np.unique(np.array(beginnings, dtype=str), return_inverse=True)[1][form]
    for gap in range(1, BETWEEN + 2):
        one, other = slice(None, -gap), slice(gap, None)
        lemma = tokens.lemma[one] == tokens.lemma[other]
        near = tokens.content[one] & tokens.content[other] & (tokens.key[one] != tokens.key[other])
        for first in np.flatnonzero(near & (lemma | (beginning[one] == beginning[other]))).tolist():
            second = first + gap
            if _MARK.search(tokens.text, int(tokens.end[first]), int(tokens.start[second])):
                continue
            if lemma[first] and not language(tokens.lang).inflected:
                yield first, second, 0.7 - 0.05 * gap
            elif not lemma[first] and _akin(tokens.quote(first, first + 1), tokens.quote(second, second + 1)):
                yield first, second, 0.6 - 0.05 * gap


def _akin(one: str, other: str) -> bool:
    """Tell whether two words that are no names share a stem."""
    if one[0].isupper() and other[0].isupper():
        return False
    one, other = key(one), key(other)
    common = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return common >= COMMON and max(len(one), len(other)) - common <= ENDING
