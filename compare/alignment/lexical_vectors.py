"""Words as vectors, for what an encoder does not see and for languages that it does not know.

A text is the bag of the keys of its words: numbers as they stand, and of every other word the skeleton of its
consonants in classes that Cyrillic and Latin spellings share, so that names and cognates meet (after Simard, Foster &
Isabelle 1992, who aligned by cognates). Keys are hashed to signs over a fixed number of dimensions (Weinberger et al.
2009, arXiv:0902.2206) and weigh less the more segments have them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

DIMENSIONS = 128

_WORD = re.compile(r"\d+|[^\W\d_]+")

#: Consonants by what they may become in the other script; vowels, h, j, y and signs say nothing.
_CLASSES = "bвvwб pfпфѳ tdтд kcqgxкгх szсзцшщжч mм nн lл rр".split()
_TABLE = {letter: letters[0] for letters in _CLASSES for letter in letters}
#: Latin letters that stand for one Cyrillic letter.
_PAIRS = re.compile(r"(?P<s>shch|dzh|ts|tz|ch|sh|zh)|(?P<p>th|ph)|(?P<k>kh)")


@lru_cache(1 << 16)
def skeleton(word: str) -> str:
    """Reduce a word to its consonant classes, doubles once: `skeleton("Аракчеев") == skeleton("Arakcheyev")`."""
    found: list[str] = []
    for letter in _PAIRS.sub(lambda pair: pair.lastgroup or "", word.casefold()):
        key = _TABLE.get(letter)
        if key and (not found or found[-1] != key):
            found.append(key)
    return "".join(found)


@lru_cache(1 << 15)  # the segments of a novel in four versions, which are read in a whole and in stretches
def keys(text: str) -> tuple[str, ...]:
    """Return the keys of a text's words, with repetitions: figures, and of skeletons of two or more the first four."""
    found = []
    for word in _WORD.findall(text):
        if word.isdigit():
            found.append(word)
        elif len(bone := skeleton(word)) >= 2:
            found.append(sys.intern(bone[:4]))
    return tuple(found)


class Lexicon:
    """The vectors of keys, weighed by how few of some texts have them."""

    def __init__(self, texts: Sequence[str]) -> None:
        count = Counter(key for text in texts for key in set(keys(text)))
        self._place = {key: place for place, key in enumerate(count)}
        weights = np.array([log(1 + len(texts) / n) for n in count.values()], np.float32)
        self._vectors = _signs(count) * weights[:, None]

    def sums(self, texts: Sequence[str]) -> Vectors:
        """Return the sum of each text's vectors: (n, DIMENSIONS), not of unit length; unknown keys count nothing."""
        out = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            if count := Counter(self._place[key] for key in keys(text) if key in self._place):
                out[row] = np.sqrt(np.array([*count.values()], np.float32)) @ self._vectors[[*count]]
        return out


def _signs(keys: Iterable[str]) -> Vectors:
    """Return a fixed pseudo-random unit vector for each key: (n, DIMENSIONS)."""
    numbers = range(DIMENSIONS // 32)
    bits = np.array([crc32(f"{n} {key}".encode()) for key in keys for n in numbers], "<u4").view(np.uint8)
    signs: Vectors = np.unpackbits(bits).reshape(-1, DIMENSIONS).astype(np.float32) * 2 - 1
    return signs / np.float32(sqrt(DIMENSIONS))
