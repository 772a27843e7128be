"""Which words of a version stand in which row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens
    from compare.values import Collation


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The words of a version's cells."""

    begin: NDArray[np.int64]
    """For each row the first word of its cell; where the version lacks the row, that of the next cell."""
    end: NDArray[np.int64]
    row: NDArray[np.int32]
    """For each word the row that it stands in, counted from 0."""

    @property
    def length(self) -> NDArray[np.int64]:
        return self.end - self.begin


def cells_of(collation: Collation, version: str, tokens: Tokens) -> Cells:
    """Lay the rows of a version over its words."""
    spans = [row.spans.get(version) for row in collation.rows]
    has = np.array([span is not None for span in spans], bool)
    end = np.zeros(len(spans), np.int64)
    end[has] = np.searchsorted(tokens.start, np.array([span.end for span in spans if span], np.int32))
    end = np.maximum.accumulate(end)
    begin = end.copy()
    begin[has] = np.searchsorted(tokens.start, np.array([span.start for span in spans if span], np.int32))
    return Cells(begin, end, np.repeat(np.arange(len(spans), dtype=np.int32), end - begin))
