"""One side of an alignment: its segments as vectors, with their windows and edges, and their lengths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.lexical import DIMENSIONS, Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.encode import Encoder

    Vectors = NDArray[np.float32]

#: The most segments that a bead takes from one side.
LONGEST = 8

#: What the likeness of words weighs beside that of the encoder's vectors.
_WORDS = 0.15

#: Texts encoded at a time, so that the windows of a long work never stand in memory at full precision.
_CHUNK = 2048

#: Where a clause may end, and the least characters of a clause and of what is left of its sentence.
_CLAUSE = re.compile(r"[,;:.!?…—–)\]»”\"]+\s+|\s+(?=[—–(\[«“])")
_LEAST, _REST = 20, 10


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The segments of one side as vectors of d dimensions."""

    windows: NDArray[np.float16]
    """(LONGEST, n, d): entry [k - 1, i] stands for segments i … i + k - 1."""
    heads: NDArray[np.float16]
    """(n, d): the first clause of each segment."""
    tails: NDArray[np.float16]
    """(n, d): the last clause of each segment."""
    lengths: NDArray[np.float64]
    """(n + 1,): characters before each segment, spaces left out; the last is the length of all."""

    def __len__(self) -> int:
        return int(self.windows.shape[1])

    @property
    def alone(self) -> Vectors:
        """The vectors of single segments: (n, d)."""
        found: Vectors = self.windows[0].astype(np.float32)
        return found


def read_side(texts: Sequence[str], encoder: Encoder) -> Side:
    """Encode the segments of one side, their windows and their edges: the encoder's vectors beside those of words.

    Words alone speak where the encoder has no vectors.
    """
    from compare.encode import windows

    n = len(texts)
    lexicon = Lexicon(texts)
    clauses = [edges(text) for text in texts]
    before = np.concatenate([np.zeros((1, DIMENSIONS), np.float32), np.cumsum(lexicon.sums(texts), axis=0)])
    kept: list[NDArray[np.float16]] = []
    for start in range(0, max(n, 1), _CHUNK):
        stop = min(start + _CHUNK, n)
        meant = windows(encoder, list(texts[start : stop + LONGEST - 1]), LONGEST)[:, : stop - start]
        end = np.minimum(np.arange(start, stop) + np.arange(1, LONGEST + 1)[:, None], n)
        kept.append(_beside(meant, before[end] - before[start:stop]).astype(np.float16))
    heads, tails = (
        _beside(encoder.encode(edge), lexicon.sums(edge)).astype(np.float16)
        for edge in ([h for h, _ in clauses], [t for _, t in clauses])
    )
    sizes = [max(1, sum(map(len, text.split()))) for text in texts]
    lengths = np.concatenate([[0.0], np.cumsum(sizes, dtype=np.float64)])
    return Side(np.concatenate(kept, axis=1), heads, tails, lengths)


def _beside(meant: Vectors, said: Vectors) -> Vectors:
    """Join vectors of meaning and of words so that their cosine is the weighted mean of both cosines."""
    said = said / np.maximum(np.linalg.norm(said, axis=-1, keepdims=True), 1e-9)
    if not meant.shape[-1]:
        return said
    return np.concatenate([meant * np.float32(sqrt(1 - _WORDS)), said * np.float32(sqrt(_WORDS))], axis=-1)


def edges(text: str) -> tuple[str, str]:
    """Return the first and the last clause of a segment; both are the whole of a short one."""
    marks = [mark.end() for mark in _CLAUSE.finditer(text)]
    first = next((mark for mark in marks if mark >= _LEAST and len(text) - mark >= _REST), len(text))
    last = next((mark for mark in reversed(marks) if len(text) - mark >= _LEAST and mark >= _REST), 0)
    return text[:first].strip(), text[last:].strip()
