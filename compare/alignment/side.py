"""One side of an alignment: its segments, their windows as vectors, and their lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.encode import Encoder

#: The most segments that a bead takes from one side.
LONGEST = 8

#: Texts encoded at a time, so that the windows of a long work never stand in memory at full precision.
_CHUNK = 2048


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The segments of one side."""

    texts: tuple[str, ...]
    windows: NDArray[np.float16]
    """(LONGEST, n, d): entry [k - 1, i] stands for segments i … i + k - 1; d may be 0."""
    lengths: NDArray[np.float64]
    """(n + 1,): characters before each segment, spaces left out; the last is the length of all."""

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def alone(self) -> NDArray[np.float32]:
        """The vectors of single segments: (n, d)."""
        return self.windows[0].astype(np.float32)


def read_side(texts: Sequence[str], encoder: Encoder) -> Side:
    """Encode the segments of one side and their windows."""
    from compare.encode import windows

    n = len(texts)
    kept: NDArray[np.float16] | None = None
    for start in range(0, max(n, 1), _CHUNK):
        stop = min(start + _CHUNK, n)
        found = windows(encoder, list(texts[start : stop + LONGEST - 1]), LONGEST)[:, : stop - start]
        if kept is None:
            kept = np.zeros((LONGEST, n, found.shape[2]), np.float16)
        kept[:, start:stop] = found
    assert kept is not None
    sizes = [max(1, sum(not c.isspace() for c in text)) for text in texts]
    return Side(tuple(texts), kept, np.concatenate([[0.0], np.cumsum(sizes, dtype=np.float64)]))
