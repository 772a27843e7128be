"""Hold a suspected break against what the other versions have in the same row."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.grammar.tokens import Token
from compare.lang import DEFAULT
from compare.words import key, lemma, parses

#: How many words another version may have where this one has none.
REACH = 5

_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bridge:
    """The tokens [start, end) of another version that stand where a break is suspected; none (start == end): joined.

    `left` and `right`: how many words on either side agree, 1 to 3.
    """

    start: int
    end: int
    left: int
    right: int

    @property
    def joined(self) -> bool:
        return self.start == self.end


def bridge(before: Sequence[Token], after: Sequence[Token], other: Sequence[Token]) -> Bridge | None:
    """Find in another English version the words just before and just after a break, near each other and in order.

    The nearest pair, and of equally near ones that with the most words in agreement; None where there is none.
    """
    left = [lemma(token.form, DEFAULT) for token in before[:-4:-1]]
    right = [lemma(token.form, DEFAULT) for token in after[:3]]
    there = [lemma(token.form, DEFAULT) for token in other]
    found: Bridge | None = None
    for p in [p for p, word in enumerate(there) if left and word == left[0]]:
        for q in range(p + 1, min(len(there), p + REACH + 2)):
            if right and there[q] == right[0]:
                new = Bridge(p + 1, q, _common(left, there[p::-1]), _common(right, there[q:]))
                if found is None or _merit(new) > _merit(found):
                    found = new
                break
    return found


def _merit(found: Bridge) -> tuple[int, int]:
    return found.start - found.end, found.left + found.right


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """Count the words that two sequences have in common from their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@functools.lru_cache(1 << 12)
def russian_verbs(text: str) -> int:
    """Count the finite verbs and predicates of a Russian text by the likeliest reading of each word."""
    return sum(_is_predicate(word) for word in _RUSSIAN.findall(text))


@functools.lru_cache(1 << 16)
def _is_predicate(word: str) -> bool:
    return parses(key(word))[0].tag.POS in {"VERB", "PRED", "PRTS", "ADJS"}
