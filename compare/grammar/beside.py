"""Hold a suspected break against what the other versions have in the same row."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.grammar.tokens import Token
from compare.words import key, lemma, parses

#: How many words another version may have where this one has none.
REACH = 5

_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bridge:
    """The words [start, end) of another version's cell that stand between the two words on either side of a break.

    Empty (start == end) where that version joins the two words as this one does.
    """

    start: int
    end: int

    @property
    def joined(self) -> bool:
        return self.start == self.end


def bridge(before: Token | None, after: Token | None, other: Sequence[Token]) -> Bridge | None:
    """Find in another English version the nearest pair of the two words; None where it has them not so near."""
    if before is None or after is None:
        return None
    left, right = lemma(before.form, "en"), lemma(after.form, "en")
    best: Bridge | None = None
    width = REACH + 2
    for p, token in enumerate(other):
        if lemma(token.form, "en") != left:
            continue
        for q in range(p + 1, min(len(other), p + width)):
            if lemma(other[q].form, "en") == right:
                width = q - p
                best = Bridge(other[p + 1].start, other[q].start) if q > p + 1 else Bridge(token.end, token.end)
                break
    return best


@functools.lru_cache(1 << 12)
def russian_verbs(text: str) -> int:
    """Count the finite verbs and predicates of a Russian text by the likeliest reading of each word."""
    return sum(_is_predicate(word) for word in _RUSSIAN.findall(text))


@functools.lru_cache(1 << 16)
def _is_predicate(word: str) -> bool:
    tag = parses(key(word))[0].tag
    return tag.POS in {"VERB", "PRED", "PRTS", "ADJS"} and tag.POS is not None
