"""A version as arrays over its words: what stands where, its key, its lemma, and how much it tells."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from compare import records
from compare.words import is_function, key, lemma, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
#: What parts clauses.
_BORDER = re.compile(r"[,;:.!?…()\[\]\"“”«»—–]|--| - |\n")
#: Entries that are sorted at once.
SHARD = 1 << 20


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
    border: NDArray[np.bool_]
    """Whether a clause may begin before the word: it opens a sentence, or a mark stands before it."""
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
    borders = bytearray()
    number: dict[str, int] = {}
    for span in segments:
        found = words(text[span.start : span.end])
        counts.append(len(found))
        end = 0
        for word in found:
            borders.append(not end or _BORDER.search(text, end, span.start + word.start) is not None)
            end = span.start + word.end
            starts.append(span.start + word.start)
            ends.append(end)
            forms.append(number.setdefault(word.text, len(number)))
    form = _array(forms)
    keys, lemmas = _numbers(map(key, number)), _numbers(lemma(word, lang) for word in number)
    content = np.array([not is_function(word, lang) for word in number], bool)
    share = np.bincount(lemmas, np.bincount(form, minlength=len(number))) / max(len(form), 1)
    bits = np.minimum(-np.log2(share), MOST_BITS)[lemmas]
    bits = np.where(content, bits, np.minimum(bits, FUNCTION_BITS)).astype(np.float32)
    return Tokens(
        text,
        lang,
        _array(starts),
        _array(ends),
        np.repeat(np.arange(len(segments), dtype=np.int32), _array(counts)),
        keys[form],
        lemmas[form],
        bits[form],
        content[form],
        np.frombuffer(borders, bool) if borders else np.zeros(0, bool),
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


def alike(name: NDArray[np.integer[Any]]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield where the entries stand that have the same name, sorted by name and place, and where each name begins.

    Many entries are yielded in shards, for to sort all at once takes much memory; all of one name are in one shard.
    """
    shards = len(name) // SHARD + 1
    for shard in range(shards):
        where = np.flatnonzero(name % shards == shard) if shards > 1 else np.arange(len(name))
        label = name[where]
        order = np.argsort(label, kind="stable")
        label = label[order]
        yield where[order], np.flatnonzero(np.r_[True, label[1:] != label[:-1]][: len(label)])


def _formula(key: NDArray[np.int32]) -> NDArray[np.bool_]:
    name = runs(key)
    known = np.zeros(len(name), bool)
    for where, begins in alike(name):
        times = np.diff(begins, append=len(where))
        spread = where[begins + times - 1] - where[begins]
        known[where] = np.repeat((times >= FORMULA) & (spread > ABROAD), times)
    formulaic = np.zeros(len(key), bool)
    for k in range(RUN):
        formulaic[k : k + len(name)] |= known
    return formulaic


def tokens_of(collation: Collation) -> dict[str, Tokens]:
    """Tokenize every version of a collation, from the cache where it has not changed."""
    found = {}
    for version in collation.work.versions:
        parts = version.text, collation.segments[version.id], version.lang
        found[version.id] = records.kept("tokens", parts, partial(tokenize, *parts), (Tokens,))
    return found


def _array(numbers: array[int]) -> NDArray[np.int32]:
    """View the numbers as an array, without a copy."""
    return np.frombuffer(numbers, np.int32) if numbers else np.zeros(0, np.int32)


def _numbers(names: object) -> NDArray[np.int32]:
    """Number each name by its first appearance."""
    number: dict[str, int] = {}
    return np.array([number.setdefault(name, len(number)) for name in names], np.int32)  # type: ignore[attr-defined]
