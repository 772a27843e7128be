"""One side of an alignment: its segments as vectors, with their windows and edges, and their lengths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.alignment.lexical_vectors import DIMENSIONS, Lexicon
from compare.words import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.values import Encoder

    Vectors = NDArray[np.float32]
    #: Numbers from -1 to 1 in half the room: as exact as half precision there, and ten times as fast to widen.
    Fixed = NDArray[np.int16]

#: The most segments that a bead takes from one side.
LONGEST = 8

#: What the likeness of words weighs against that of the encoder's vectors.
_WORDS = 0.15

#: Texts encoded, or rows averaged, at a time: the windows of a long work never stand in memory at full precision.
CHUNK = 2048

#: Cuts of a segment into parts.
CUTS = 4
#: Where a segment may be cut; the stronger mark counts.
_CUT = re.compile(r"(?:(?P<strong>[.!?…]+)|(?P<middling>[;:—–])|[,)\]»”\"])[)\]»”\"]*\s+|\s+(?=[—–(\[«“])")
#: The least characters on either side of a cut.
_LEAST = 15


#: The least words of a run that tell when it returns, and what is taken off their edges.
_RUN = 5
_EDGES = ".,;:!?…—–-()[]«»“”‘’\"'"
#: What stands for 1 in fixed point.
_ONE = 32_767


def pack(vectors: Vectors) -> Fixed:
    """Round numbers from -1 to 1 to fixed point."""
    fixed: Fixed = np.rint(vectors * np.float32(_ONE)).astype(np.int16)
    return fixed


def unpack(fixed: Fixed) -> Vectors:
    """Return the numbers that stand in fixed point."""
    vectors = fixed.astype(np.float32)
    vectors *= np.float32(1 / _ONE)
    return vectors


def mean(fixed: Fixed) -> Vectors:
    """Average vectors, (n, d), n > 0, without widening them all at once: (d,)."""
    average: Vectors = (fixed.mean(0, dtype=np.float64) / _ONE).astype(np.float32)
    return average


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A part of each segment for every cut, the shortest first; those that are one and the same are kept once."""

    vectors: Fixed
    """(p, d)."""
    at: NDArray[np.int32]
    """(CUTS, n): which vector."""

    @property
    def count(self) -> NDArray[np.int64]:
        """How many parts of its own each segment has: (n,)."""
        count: NDArray[np.int64] = 1 + (np.diff(self.at, axis=0) != 0).sum(0)
        return count

    def __getitem__(self, cuts_and_segments: Any) -> Vectors:
        """Return the vectors of some cuts of some segments, as `at` is indexed: (…, d)."""
        return unpack(self.vectors[self.at[cuts_and_segments]])


def parts_of(vectors: Fixed, count: NDArray[np.int64]) -> Parts:
    """Keep of each segment's parts, (CUTS, n, d), its first `count`, (n,), from 1 up; what lies beyond is the last."""
    levels = np.arange(CUTS)[:, None]
    own = levels < count
    numbers = (np.cumsum(own) - 1).reshape(own.shape)
    return Parts(vectors[own], numbers[np.minimum(levels, count - 1), np.arange(len(count))].astype(np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The segments of one side as vectors of d dimensions."""

    windows: Fixed
    """(LONGEST, n, d): entry [k - 1, i] stands for segments i … i + k - 1."""
    heads: Parts
    """The beginnings of each segment."""
    tails: Parts
    """The ends of each segment."""
    lengths: NDArray[np.float64]
    """(n + 1,): characters before each segment, spaces left out; the last is the length of all."""
    opens: NDArray[np.float32]
    """(n + 1,): the probability that a segment begins a paragraph; the last, where the text ends, is 1."""
    whole: float
    """Characters of the whole text, of which this may be a stretch: what a character weighs beside another side's."""

    def __len__(self) -> int:
        return int(self.windows.shape[1])

    @property
    def alone(self) -> Fixed:
        """The vectors of single segments: (n, d)."""
        alone: Fixed = self.windows[0]
        return alone


def read_alone(texts: Sequence[str], meant: Vectors) -> Fixed:
    """Join the encoder's vectors of segments, (n, d), with those of their words, as the sides of a work have them."""
    texts = [plain(text) for text in texts]
    return pack(_with_words(meant, Lexicon(texts).sums(texts)))


def read_side(texts: Sequence[str], encoder: Encoder, opens: Sequence[bool] = (), whole: float = 0.0) -> Side:
    """Encode the segments of one side, their windows and their parts: the encoder's vectors joined with those of words.

    Words alone speak where the encoder has no vectors. `opens`: whether each segment begins a paragraph, if known.
    `whole`: characters of the text of which this is a stretch, as `length` counts them; 0 for those that are here.
    """
    from compare.encode import windows

    texts = [plain(text) for text in texts]
    n = len(texts)
    lexicon = Lexicon(texts)
    before = np.concatenate([np.zeros((1, DIMENSIONS), np.float32), np.cumsum(lexicon.sums(texts), axis=0)])
    kept: list[Fixed] = []
    parts: list[tuple[Parts, Parts]] = []
    for start in range(0, max(n, 1), CHUNK):
        stop = min(start + CHUNK, n)
        meant = windows(encoder, list(texts[start : stop + LONGEST - 1]), LONGEST)[:, : stop - start]
        end = np.minimum(np.arange(start, stop) + np.arange(1, LONGEST + 1)[:, None], n)
        kept.append(pack(_with_words(meant, before[end] - before[start:stop])))
        parts.append(_parts(texts[start:stop], encoder, lexicon))
    heads, tails = (_joined(found) for found in zip(*parts, strict=True))
    sizes = [max(1, length(text)) for text in texts]
    whole = whole or float(sum(sizes))
    lengths = np.concatenate([[0.0], np.cumsum(sizes, dtype=np.float64)])
    paragraphs = np.array([*(opens or [False] * n), True], np.float32)
    return Side(np.concatenate(kept, axis=1), heads, tails, lengths, paragraphs, whole)


def _joined(listed: Sequence[Parts]) -> Parts:
    """Put the parts of segments behind one another."""
    before = np.cumsum([0, *(len(parts.vectors) for parts in listed[:-1])], dtype=np.int32)
    at = [parts.at + first for parts, first in zip(listed, before, strict=True)]
    return Parts(np.concatenate([parts.vectors for parts in listed]), np.concatenate(at, axis=1))


def _parts(texts: Sequence[str], encoder: Encoder, lexicon: Lexicon) -> tuple[Parts, Parts]:
    """Encode the beginnings and the ends of segments at their cuts."""
    from compare.encode import windows

    marks = [cuts(text) for text in texts]
    pieces = [text[a:b] for text, at in zip(texts, marks, strict=True) for a, b in pairwise([0, *at, len(text)])]
    count = np.array([len(at) for at in marks], np.int64)
    first = np.concatenate([[0], np.cumsum(count + 1)])
    before = np.concatenate([np.zeros((1, DIMENSIONS), np.float32), np.cumsum(lexicon.sums(pieces), axis=0)])
    meant = windows(encoder, pieces, CUTS)
    found = []
    # A cut that a segment lacks is the one before it, and the whole where it has none.
    least = np.maximum(count, 1)
    size = np.minimum(np.arange(1, CUTS + 1)[:, None], least)
    for start in (np.broadcast_to(first[:-1], size.shape), first[1:] - size):
        found.append(parts_of(pack(_with_words(meant[size - 1, start], before[start + size] - before[start])), least))
    return found[0], found[1]


def _with_words(meant: Vectors, worded: Vectors) -> Vectors:
    """Join vectors of meaning and of words so that their cosine is the weighted mean of both cosines."""
    worded = worded / np.maximum(np.linalg.norm(worded, axis=-1, keepdims=True), 1e-9)
    if not meant.shape[-1]:
        return worded
    return np.concatenate([meant * np.float32(sqrt(1 - _WORDS)), worded * np.float32(sqrt(_WORDS))], axis=-1)


def length(text: str) -> int:
    """Count the characters of a segment but its spaces, and but the words of a run that stands in it already.

    A clause that a slip doubled has one counterpart, as long as the clause.
    """
    words = text.split()
    keys = [word.strip(_EDGES).casefold() for word in words]
    runs = [tuple(keys[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    if len(set(runs)) == len(runs):
        return sum(map(len, words))
    fresh = [True] * len(words)
    seen = set()
    for start, run in enumerate(runs):
        if run in seen:
            fresh[start : start + _RUN] = [False] * _RUN
        seen.add(run)
    return sum(len(word) for word, new in zip(words, fresh, strict=True) if new)


def cuts(text: str) -> list[int]:
    """Return where a segment is cut into parts, rising: the first clause, the last, and the strongest marks between."""
    marks = [mark for mark in _CUT.finditer(text) if _LEAST <= mark.end() <= len(text) - _LEAST]

    def weight(mark: re.Match[str]) -> tuple[float, int]:
        strength = 2.0 if mark["strong"] else 1.0 if mark["middling"] else 0.0
        return 2 * abs(mark.end() / len(text) - 0.5) - strength, mark.end()

    chosen = {mark.end() for mark in (marks[:1] + marks[-1:])}
    for mark in sorted(marks[1:-1], key=weight):
        if len(chosen) < CUTS and min(abs(mark.end() - at) for at in chosen) >= _LEAST:
            chosen.add(mark.end())
    return sorted(chosen)
