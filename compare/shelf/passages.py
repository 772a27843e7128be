"""Passages that works of a shelf share, found by fingerprints of words: partition by partition, never all with all.

Of every text some of its runs of `RUN` words are kept as fingerprints, so that any `RUN` + `WINDOW` − 1 words that two
texts share give one at least (winnowing: Schleimer, Wilkerson & Aiken 2003). Fingerprints are sorted, equal ones linked
to their neighbours, links that follow one another in both texts joined to passages, and these judged word by word.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.repeats.shared_passages import LEAST_WORDS, TELLING
from compare.repeats.tokens import FUNCTION_BITS, MOST_BITS
from compare.words import is_function, key, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Integers = NDArray[np.int64]

#: Words of a fingerprint, and neighbouring runs of which one is kept.
RUN, WINDOW = 4, 4
#: Places back in the sorted fingerprints that one is linked to: a passage that a thousand works share is a chain of
#: links and not a million pairs.
LOOK_BACK = 8
#: A fingerprint that stands so often on the shelf is a formula.
COMMON = 12
#: Words that may part two links of one passage, and by how much one text may run ahead of the other meanwhile.
GAP, SHIFT = 32, 12
#: Links of a passage at least, those of formulas not counted; and the words of one that may be formulas throughout.
LINKS, LONG = 2, 40
#: Share of the words of both that must match.
ALIKE = 0.5
#: Counters of words: words are counted by so many bits of their hashes.
COUNTER_BITS = 16

_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text as arrays: where each begins and ends, the hash of its key, whether its class is closed."""

    start: Integers
    end: Integers
    hash: Hashes
    function: NDArray[np.bool_]


def words_of(text: str, lang: str) -> Words:
    """Cut a text into words; no words give empty arrays."""
    found = words(text)
    known = [_known(word.text, lang) for word in found]
    return Words(
        np.array([word.start for word in found], np.int64),
        np.array([word.end for word in found], np.int64),
        np.array([hash for hash, _ in known], np.uint64),
        np.array([function for _, function in known], np.bool_),
    )


@functools.lru_cache(1 << 18)
def _known(word: str, lang: str) -> tuple[int, bool]:
    folded = key(word)
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little"), is_function(folded, lang)


def counters(hashes: Hashes) -> Integers:
    """Return the counter of each word: the low bits of its hash."""
    return (hashes & np.uint64((1 << COUNTER_BITS) - 1)).astype(np.int64)


def counts(hashes: Hashes) -> Integers:
    """Count words by their counters: (2 ** COUNTER_BITS,)."""
    return np.bincount(counters(hashes), minlength=1 << COUNTER_BITS)


def fingerprints(hashes: Hashes) -> tuple[Hashes, Integers]:
    """Return the fingerprints of a text's words, and the word that each begins with; fewer than `RUN` words give none.

    Of every `WINDOW` neighbouring runs the one of the least hash is kept, the last where two have it.
    """
    number = len(hashes) - RUN + 1
    if number < 1:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    mixed = np.zeros(number, np.uint64)
    for at in range(RUN):
        mixed = (mixed ^ hashes[at : at + number]) * _MULTIPLIERS[at]
        mixed ^= mixed >> np.uint64(29)
    windows = np.lib.stride_tricks.sliding_window_view(mixed[::-1], min(WINDOW, number))
    least = np.arange(len(windows)) + windows.argmin(axis=1)
    kept = np.unique(number - 1 - least)
    return mixed[kept], kept


def links(hashes: Hashes, texts: Hashes, at: Integers) -> dict[str, NDArray[Any]]:
    """Link equal fingerprints of different works.

    `texts`: for each fingerprint its text, the work's number in all but the low 16 bits. Returned as columns: `a`, `b`
    (texts, a < b), `i`, `j` (words of these), `common` (whether the fingerprint is a formula).
    """
    order = np.lexsort((at, texts, hashes))
    hashes, texts, at = hashes[order], texts[order], at[order]
    begins = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.zeros(0, np.int64)
    size = np.repeat(np.diff(begins, append=len(hashes)), np.diff(begins, append=len(hashes)))
    work = texts >> np.uint64(16)
    found = []
    for back in range(1, LOOK_BACK + 1):
        linked = np.flatnonzero((hashes[back:] == hashes[:-back]) & (work[back:] != work[:-back]))
        found.append((texts[linked], texts[linked + back], at[linked], at[linked + back], size[linked] > COMMON))
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    return dict(zip(("a", "b", "i", "j", "common"), columns, strict=True))


def chains(linked: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Join links that follow one another closely in both texts.

    Returned as columns, by texts and place: `a`, `b`, and the words [`i`, `i_end`) and [`j`, `j_end`).
    """
    a, b, i, j, common = (linked[name] for name in ("a", "b", "i", "j", "common"))
    if not len(a):
        return {name: np.zeros(0, np.int64) for name in ("a", "b", "i", "i_end", "j", "j_end")}
    order = np.lexsort((i, j - i, b, a))
    a, b, i, j, common = (each[order] for each in (a, b, i, j, common))
    turn = np.r_[True, (a[1:] != a[:-1]) | (b[1:] != b[:-1]) | (np.diff(j - i) > SHIFT)]
    band = np.cumsum(turn)
    order = np.lexsort((j, i, band))
    a, b, i, j, common, band = (each[order] for each in (a, b, i, j, common, band))
    begins = np.flatnonzero(np.r_[True, (np.diff(band) != 0) | (np.diff(i) > GAP)])
    made = {
        "a": a[begins],
        "b": b[begins],
        "i": np.minimum.reduceat(i, begins),
        "i_end": np.maximum.reduceat(i, begins) + RUN,
        "j": np.minimum.reduceat(j, begins),
        "j_end": np.maximum.reduceat(j, begins) + RUN,
    }
    number = np.diff(begins, append=len(a))
    fresh = number - np.add.reduceat(common.astype(np.int64), begins)
    long = made["i_end"] - made["i"] >= LONG
    kept = (number >= LINKS) & ((fresh >= LINKS) | long)
    return {name: column[kept] for name, column in made.items()}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that two texts share: [i, i_end) of one and [j, j_end) of the other; how many match, and their share."""

    i: int
    i_end: int
    j: int
    j_end: int
    matching: int
    alike: float


def judged(a: Words, b: Words, bits: NDArray[np.float64], chain: tuple[int, int, int, int]) -> Passage | None:
    """Judge a chain word by word: grow it while both texts go on alike; None where it is no more than a phrase.

    `bits`: by the counter of a word, as `bits_of` gives them.
    """
    from rapidfuzz.distance import LCSseq

    i, i_end, j, j_end = chain
    back, back_there = _going_on(a.hash[max(i - GAP, 0) : i][::-1].tolist(), b.hash[max(j - GAP, 0) : j][::-1].tolist())
    on, on_there = _going_on(a.hash[i_end : i_end + GAP].tolist(), b.hash[j_end : j_end + GAP].tolist())
    i, i_end, j, j_end = i - back, i_end + on, j - back_there, j_end + on_there
    here, there = a.hash[i:i_end].tolist(), b.hash[j:j_end].tolist()
    common = [
        at for op in LCSseq.opcodes(here, there) if op.tag == "equal" for at in range(i + op.src_start, i + op.src_end)
    ]
    alike = 2 * len(common) / (len(here) + len(there))
    if len(common) < LEAST_WORDS or alike < ALIKE:
        return None
    hashes, first = np.unique(a.hash[common], return_index=True)
    most = np.where(a.function[common][first], FUNCTION_BITS, MOST_BITS)
    if np.minimum(bits[counters(hashes)], most).sum() < TELLING:
        return None
    return Passage(i, i_end, j, j_end, len(common), alike)


def _going_on(a: Sequence[int], b: Sequence[int]) -> tuple[int, int]:
    """Return how many words of each go on alike from their beginning: most matching less most not matching."""
    from rapidfuzz.distance import LCSseq

    score, best, end = 0, 0, (0, 0)
    for op in LCSseq.opcodes(a, b):
        score += op.src_end - op.src_start if op.tag == "equal" else -_longer(op)
        if score > best:
            best, end = score, (op.src_end, op.dest_end)
    return end


def _longer(op: Any) -> int:
    return int(max(op.src_end - op.src_start, op.dest_end - op.dest_start))


def bits_of(counted: Integers) -> NDArray[np.float64]:
    """Return how much a word tells, by its counter: -log2 of its share of all words."""
    share = np.maximum(counted, 1) / max(int(counted.sum()), 1)
    bits: NDArray[np.float64] = -np.log2(share)
    return bits
