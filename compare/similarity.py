"""How near each cell stands to the others of its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from compare.values import Collation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


#: How many rows are looked at, letters of a cell that tells, and the share of letters that a revision leaves alone.
_SOME, _LONG, _REVISED = 100, 60, 0.95


@dataclass(frozen=True, slots=True)
class Similarity:
    """For each pair of versions, in either order, the cosine of its cells of each row; NaN where one is empty."""

    cosine: Mapping[tuple[str, str], NDArray[np.float32]]

    def farther(self, cells: Iterable[str], i: int, version: str) -> float:
        """Return how much farther a version's cell lies from the other `cells` of row `i` than these from one another.

        In cosines; with a single other cell, how far from 1.
        """
        others = [other for other in cells if other != version]
        mine = [float(self.cosine[version, other][i]) for other in others]
        theirs = [float(self.cosine[a, b][i]) for a, b in combinations(others, 2)] or [1.0]
        return sum(theirs) / len(theirs) - sum(mine) / len(mine)


def is_revision(collation: Collation, one: str, other: str) -> bool:
    """Tell whether two versions are one translation, slightly revised: as witnesses they are one.

    By the share of letters in common (Indel, as `rapidfuzz` has it), in some hundred rows all over the work. Two
    printings of one Overcoat share .97, two machines .91, two translators .55 to .8.
    """
    from rapidfuzz.distance import Indel

    both = [row for row in collation.rows if one in row.spans and other in row.spans]
    some = both[:: max(len(both) // _SOME, 1)]
    cells = [[collation.cell(row, version) for row in some] for version in (one, other)]
    alike = [Indel.normalized_similarity(a, b) for a, b in zip(*cells, strict=True) if len(a) >= _LONG]
    return sum(alike) >= _REVISED * max(len(alike), 1)


def cell_vectors(collation: Collation) -> Mapping[str, NDArray[np.float32]]:
    """Return for each version the vector of each row's cell (rows, d), of unit length.

    Zeros where the cell is empty.
    """
    import numpy as np

    cells: dict[str, NDArray[np.float32]] = {}
    for version in collation.work.versions:
        vectors = collation.vectors[version.id]
        out = np.zeros((len(collation.rows), vectors.shape[1]), np.float32)
        for i, row in enumerate(collation.rows):
            start, end = row.segments.get(version.id, (0, 0))
            if end > start:
                out[i] = vectors[start] if end == start + 1 else vectors[start:end].sum(0)
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        cells[version.id] = out
    return cells


def similarity(collation: Collation, cells: Mapping[str, NDArray[np.float32]]) -> Similarity:
    """Compare every pair of versions row by row; pairs in both orders. `cells`: as `cell_vectors` gives them."""
    import numpy as np

    cosine = {}
    for a, b in combinations([v.id for v in collation.work.versions], 2):
        filled = np.array([a in row.spans and b in row.spans for row in collation.rows], bool)
        near = np.where(filled, np.einsum("id,id->i", cells[a], cells[b]), np.nan).astype(np.float32)
        cosine[a, b] = cosine[b, a] = near
    return Similarity(cosine)
