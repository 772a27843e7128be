"""Where two stretches of a text may be copies of each other: shared words and word groups, chained along a diagonal.

Seed-chain-extend as in the alignment of genomes (Li 2018, minimap2): seeds are looked up in sorted arrays, never by
comparing all with all, so that the work grows with the number of words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from compare.repeats.tokens import RUN, SHARD, alike, mix, runs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens

Seeds: TypeAlias = "NDArray[np.int64]"
#: A row for each candidate: words [i, i_end) may be repeated by [j, j_end), i < j.
Chains: TypeAlias = "NDArray[np.int32]"
#: Bits of a packed seed that hold the place of its first word.
_LOW = 28
_MASK = (1 << _LOW) - 1

#: Two occurrences of one content word are a seed when they stand at most so many words apart.
NEAR = 160
#: Word groups that stand more often than this are the language's or the genre's, and are no seeds.
COMMON = 24
#: Each occurrence of a word group is paired with so many of the occurrences before it.
LOOK_BACK = 4
#: Seeds belong to one chain when their diagonals lie in a band of this width …
BAND = 8
#: … and at most this many words part them.
GAP = 24

#: Bits that the seeds of a chain must tell to be looked at closely, by how many words the copies begin apart.
LEAST = ((30, 6.0), (NEAR, 11.0))
LEAST_FAR = 24.0
#: Words within which chance hardly ever repeats so much. Beyond, the more words apart the more partners a word may meet
#: by chance, and for each doubling a chain must tell so many bits more (Karlin & Altschul 1990): not one but two, for
#: words come in phrases, and a phrase is less rare than its words make it.
REGION = 80_000
PHRASE = 2.0
#: Words that a chain must have, whatever they tell: one word alone is no phrase, and two far apart are a phrase.
SEEDS_NEAR = 2
SEEDS_FAR = 3


def chains(tokens: Tokens) -> Chains:
    """Find the candidates whose seeds tell enough: (n, 4) of i, i_end, j, j_end, in reading order, each once."""
    if len(tokens) < 2:
        return np.zeros((0, 4), np.int32)
    seeds = np.concatenate([_near(tokens), _phrases(tokens), *_runs(tokens), *_pairs(tokens)])
    seeds.sort()
    grids = (0, BAND // 2)  # two of them, so that no chain is cut by the grid
    found = [_chain(tokens, shard, shift) for shift in grids for shard in _shards(seeds, shift)]
    return np.unique(np.concatenate(found), axis=0)


def _pack(i: NDArray[np.int64], j: NDArray[np.int64]) -> Seeds:
    """Hold a seed, word i matched with word j, in one number: its diagonal j - i above, i below."""
    return (j - i) << _LOW | i


def _near(tokens: Tokens) -> Seeds:
    """Match the occurrences of each content word that stand near each other."""
    where = np.flatnonzero(tokens.content)
    seeds = [np.zeros(0, np.int64)]
    for first, second in _lookup(tokens.lemma[where], look_back=6):
        i, j = where[first], where[second]
        close = j - i <= NEAR
        seeds.append(_pack(i[close], j[close]))
    return np.concatenate(seeds)


def _phrases(tokens: Tokens) -> Seeds:
    """Match the occurrences of each two neighbouring words, whatever they are, that stand close to each other."""
    seeds = [np.zeros(0, np.int64)]
    for first, second in _lookup(mix(tokens.key[:-1], tokens.key[1:]), look_back=2):
        close = second - first <= LEAST[0][0]
        seeds.append(_pack(first[close], second[close]))
    return np.concatenate([one + k for one in seeds for k in (0, 1)])


def _runs(tokens: Tokens) -> list[Seeds]:
    """Match runs of `RUN` words at any distance: each word of one with its fellow in the other."""
    seeds = _pack(*lookup(runs(tokens.key), LOOK_BACK, COMMON))
    return [seeds + k for k in range(RUN)]


def _pairs(tokens: Tokens) -> list[Seeds]:
    """Match pairs of content words at any distance: a word with the next, the next but one, the next but two."""
    where = np.flatnonzero(tokens.content)
    seeds = []
    for skip in (1, 2, 3):
        head, tail = where[:-skip], where[skip:]
        close = tail - head <= 4 * skip
        head, tail = head[close], tail[close]
        first, second = lookup(mix(tokens.lemma[head], tokens.lemma[tail]), LOOK_BACK, COMMON)
        seeds += [_pack(head[first], head[second]), _pack(tail[first], tail[second])]
    return seeds


def lookup(
    name: NDArray[np.integer[Any]], look_back: int, common: int = 0
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pair each entry with up to `look_back` entries before it that have the same name; indices into `name`.

    A name that more than `common` entries have is passed over, unless `common` is 0.
    """
    blocks = [(np.zeros(0, np.int64),) * 2, *_lookup(name, look_back, common)]
    first, second = (np.concatenate(side) for side in zip(*blocks, strict=True))
    return first, second


def _lookup(
    name: NDArray[np.integer[Any]], look_back: int, common: int = 0
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield what `lookup` returns block by block, for whoever keeps little of it."""
    for entries, begins in alike(name):
        counts = np.diff(begins, append=len(entries))
        usable = (counts > 1) & (counts <= (common or len(entries)))
        label = np.repeat(np.arange(usable.sum()), counts[usable])
        entries = entries[np.repeat(usable, counts)]
        for back in range(1, look_back + 1):
            same = label[back:] == label[:-back]
            yield entries[:-back][same], entries[back:][same]


def _shards(seeds: Seeds, shift: int) -> list[Seeds]:
    """Part sorted seeds where a band begins, about `SHARD` at a time: to chain all at once takes much memory."""
    begins = ((seeds[SHARD::SHARD] >> _LOW) + shift) // BAND * BAND - shift
    return np.split(seeds, np.searchsorted(seeds, np.maximum(begins, 0) << _LOW))


def _chain(tokens: Tokens, seeds: Seeds, shift: int) -> Chains:
    """Join the seeds of one band that follow one another closely, and keep the chains that tell enough."""
    if not len(seeds):
        return np.zeros((0, 4), np.int32)
    # sorted by band, then by i, then by the place within the band: all three held in one number
    diagonal = (seeds >> _LOW) + shift
    packed = np.sort((diagonal // BAND) << (_LOW + 3) | (seeds & _MASK) << 3 | diagonal % BAND)
    band, i = packed >> (_LOW + 3), packed >> 3 & _MASK
    j = i + band * BAND - shift + (packed & BAND - 1)
    turn = np.diff(band) != 0
    begins = np.flatnonzero(np.r_[True, turn | (np.diff(i) > GAP)])
    fresh = np.r_[True, turn | (np.diff(i) != 0)]  # a word tells once, however many seeds it stands in
    information = np.add.reduceat(tokens.bits[i] * fresh, begins)
    i_end, j_end = np.maximum.reduceat(i, begins) + 1, np.maximum.reduceat(j, begins) + 1
    j_begin = np.minimum.reduceat(j, begins)
    gap = j_begin - i[begins]
    least = np.select([gap <= words for words, _ in LEAST], [bits for _, bits in LEAST], LEAST_FAR)
    least = least + PHRASE * np.log2(np.maximum(gap / REGION, 1))
    enough = np.add.reduceat(fresh, begins, dtype=np.int64) >= np.where(gap <= NEAR, SEEDS_NEAR, SEEDS_FAR)
    found = np.stack([i[begins], i_end, j_begin, j_end], axis=1).astype(np.int32)
    kept: Chains = found[enough & (information >= least)]
    return kept
