"""A version as arrays over its words: what stands where, its key, its lemma, and how much it tells."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.once import once
from compare.words import is_function, key, lemma, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.values import Collation, Span

#: Bits that a function word tells at most: its repetition is the rule in any text.
FUNCTION_BITS = 2.0
#: Words in a run.
RUN = 4
#: A run that stands so often, over more than so many words, is a formula.
FORMULA = 3
ABROAD = 240
#: Bits that any word tells at most, so that one misprint or one strange name does not outweigh a sentence.
MOST_BITS = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of a text, in order; every array has one entry a word."""

    text: str
    lang: str
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    segment: NDArray[np.int32]
    """Index of the segment that the word stands in."""
    key: NDArray[np.int32]
    """Number of the word's key; equal numbers, equal keys."""
    lemma: NDArray[np.int32]
    """Number of the word's lemma."""
    bits: NDArray[np.float32]
    """How surprising the lemma is in this version: -log2 of its share, capped."""
    content: NDArray[np.bool_]
    formula: NDArray[np.bool_]
    """Whether the word stands in a run of words that the version has often, and not in one place only."""

    def __len__(self) -> int:
        return len(self.start)

    def quote(self, first: int, last: int) -> str:
        """Quote the words [first, last) with what stands between them."""
        return self.text[self.start[first] : self.end[last - 1]]


def tokenize(text: str, segments: Sequence[Span], lang: str) -> Tokens:
    """Make the arrays of a version; no words give empty arrays."""
    starts, ends, forms, counts = (array("i") for _ in range(4))  # lists would take eight times the memory
    number: dict[str, int] = {}
    for span in segments:
        found = words(text[span.start : span.end])
        counts.append(len(found))
        for word in found:
            starts.append(span.start + word.start)
            ends.append(span.start + word.end)
            forms.append(number.setdefault(word.text, len(number)))
    form = np.array(forms, np.int32)
    keys, lemmas = _numbers(map(key, number)), _numbers(lemma(word, lang) for word in number)
    content = np.array([not is_function(word, lang) for word in number], bool)
    share = np.bincount(lemmas, np.bincount(form, minlength=len(number))) / max(len(form), 1)
    bits = np.minimum(-np.log2(share), MOST_BITS)[lemmas]
    bits = np.where(content, bits, np.minimum(bits, FUNCTION_BITS)).astype(np.float32)
    return Tokens(
        text,
        lang,
        np.array(starts, np.int32),
        np.array(ends, np.int32),
        np.repeat(np.arange(len(segments), dtype=np.int32), np.array(counts, np.int32)),
        keys[form],
        lemmas[form],
        bits[form],
        content[form],
        _formula(keys[form]),
    )


def mix(*columns: NDArray[np.int32]) -> NDArray[np.int64]:
    """Hash rows of numbers to one number each; in 64 bits two that differ hardly ever meet."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed ^= column.astype(np.uint64)
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed.view(np.int64)


def runs(key: NDArray[np.int32]) -> NDArray[np.int64]:
    """Name the run of `RUN` words that begins at each word; the last words begin none."""
    n = max(len(key) - RUN + 1, 0)
    return mix(*(key[k : n + k] for k in range(RUN)))


def _formula(key: NDArray[np.int32]) -> NDArray[np.bool_]:
    name = runs(key)
    order = np.argsort(name, kind="stable")
    begins = np.flatnonzero(np.r_[True, np.diff(name[order]) != 0][: len(name)])
    times = np.diff(np.r_[begins, len(name)])
    spread = order[begins + times - 1] - order[begins]
    known = np.zeros(len(name), bool)
    known[order] = np.repeat((times >= FORMULA) & (spread > ABROAD), times)
    held = np.zeros(len(key), bool)
    for k in range(RUN):
        held[k : k + len(name)] |= known
    return held


@once
def tokens_of(collation: Collation) -> dict[str, Tokens]:
    """Tokenize every version of a collation, once."""
    return {v.id: tokenize(v.text, collation.segments[v.id], v.lang) for v in collation.work.versions}


def _numbers(names: object) -> NDArray[np.int32]:
    """Number each name by its first appearance."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(name, len(number)) for name in names], np.int32)  # type: ignore[attr-defined]
