"""A version as arrays over its words: what stands where, its key, its lemma, and how much it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.words import is_function, key, lemma, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.values import Span

#: Bits that a function word tells at most: its repetition is the rule in any text.
FUNCTION_BITS = 2.0
#: Bits that any word tells at most, so that one misprint or one strange name does not outweigh a sentence.
MOST_BITS = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of a text, in order; every array has one entry a word."""

    text: str
    lang: str
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    segment: NDArray[np.int64]
    """Index of the segment that the word stands in."""
    key: NDArray[np.int64]
    """Number of the word's key; equal numbers, equal keys."""
    lemma: NDArray[np.int64]
    """Number of the word's lemma."""
    bits: NDArray[np.float32]
    """How surprising the lemma is in this version: -log2 of its share, capped."""
    content: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start)

    def quote(self, first: int, last: int) -> str:
        """Quote the words [first, last) with what stands between them."""
        return self.text[self.start[first] : self.end[last - 1]]


def tokenize(text: str, segments: Sequence[Span], lang: str) -> Tokens:
    """Make the arrays of a version; no words give empty arrays."""
    starts: list[int] = []
    ends: list[int] = []
    forms: list[int] = []
    counts: list[int] = []
    number: dict[str, int] = {}
    for span in segments:
        found = words(text[span.start : span.end])
        counts.append(len(found))
        for word in found:
            starts.append(span.start + word.start)
            ends.append(span.start + word.end)
            forms.append(number.setdefault(word.text, len(number)))
    form = np.array(forms, np.int64)
    keys, lemmas = _numbers(map(key, number)), _numbers(lemma(word, lang) for word in number)
    content = np.array([not is_function(word, lang) for word in number], bool)[form]
    by_lemma = lemmas[form]
    share = np.bincount(by_lemma) / max(len(form), 1)
    bits = np.minimum(-np.log2(share, where=share > 0, out=np.zeros_like(share)), MOST_BITS)[by_lemma]
    return Tokens(
        text,
        lang,
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        np.repeat(np.arange(len(segments)), np.array(counts, np.int64)),
        keys[form],
        by_lemma,
        np.where(content, bits, np.minimum(bits, FUNCTION_BITS)).astype(np.float32),
        content,
    )


def _numbers(names: object) -> NDArray[np.int64]:
    """Number each name by its first appearance."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(name, len(number)) for name in names], np.int64)  # type: ignore[attr-defined]
