"""One side of an alignment: its segments as vectors, with their windows and edges, and their lengths."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.encode import Encoder

    Vectors = NDArray[np.float32]

#: The most segments that a bead takes from one side.
LONGEST = 8

#: Texts encoded at a time, so that the windows of a long work never stand in memory at full precision.
_CHUNK = 2048

#: Where a clause may end, and the least characters of a clause and of what is left of its sentence.
_CLAUSE = re.compile(r"[,;:.!?…—–)\]»”\"]+\s+|\s+(?=[—–(\[«“])")
_LEAST, _REST = 20, 10


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The segments of one side. d is 0 where the encoder has no vectors."""

    windows: NDArray[np.float16]
    """(LONGEST, n, d): entry [k - 1, i] stands for segments i … i + k - 1."""
    heads: Vectors
    """(n, d): the first clause of each segment."""
    tails: Vectors
    """(n, d): the last clause of each segment."""
    lengths: NDArray[np.float64]
    """(n + 1,): characters before each segment, spaces left out; the last is the length of all."""

    def __len__(self) -> int:
        return self.windows.shape[1]

    @property
    def alone(self) -> Vectors:
        """The vectors of single segments: (n, d)."""
        found: Vectors = self.windows[0].astype(np.float32)
        return found


def read_side(texts: Sequence[str], encoder: Encoder) -> Side:
    """Encode the segments of one side, their windows and their edges."""
    from compare.encode import windows

    n = len(texts)
    kept: list[NDArray[np.float16]] = []
    for start in range(0, max(n, 1), _CHUNK):
        stop = min(start + _CHUNK, n)
        found = windows(encoder, list(texts[start : stop + LONGEST - 1]), LONGEST)
        kept.append(found[:, : stop - start].astype(np.float16))
    clauses = [edges(text) for text in texts]
    sizes = [max(1, sum(map(len, text.split()))) for text in texts]
    return Side(
        np.concatenate(kept, axis=1),
        encoder.encode([head for head, _ in clauses]),
        encoder.encode([tail for _, tail in clauses]),
        np.concatenate([[0.0], np.cumsum(sizes, dtype=np.float64)]),
    )


def edges(text: str) -> tuple[str, str]:
    """Return the first and the last clause of a segment; both are the whole of a short one."""
    marks = [mark.end() for mark in _CLAUSE.finditer(text)]
    first = next((mark for mark in marks if mark >= _LEAST and len(text) - mark >= _REST), len(text))
    last = next((mark for mark in reversed(marks) if len(text) - mark >= _LEAST and mark >= _REST), 0)
    return text[:first].strip(), text[last:].strip()
