"""Features of cells by comparison with the other versions of their rows: a row that is hard is hard for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Features = NDArray[np.float32]
    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class VersionFeatures:
    """The features of a version's cells; only those that have another text to compare with have a line."""

    row_indices: Ints
    """Index of each line's row, rising."""
    names: tuple[str, ...]
    values: Features
    """(lines, names)."""
    wrong: Sequence[Floats]
    """Log-odds that each word is wrong, line by line."""
    lost: Sequence[Mapping[str, Floats]]
    """Log-odds that each word of each other text is lost."""


def compare_cells(
    features: Mapping[str, VersionFeatures], count: int
) -> tuple[tuple[str, ...], Mapping[str, Features]]:
    """Add to each feature by how much it exceeds the mean of the other versions: `more_`, NaN without any.

    Returns the names, and for each version (lines, names). `count`: of rows.
    """
    import numpy as np

    filled = {version: _spread_out(one, count) for version, one in features.items()}
    tables: dict[str, Features] = {}
    names: tuple[str, ...] = ()
    for version, one in features.items():
        rest = [filled[v][one.row_indices] for v in sorted(features) if v != version]
        usual = _mean(rest) if rest else np.full(one.values.shape, np.nan)
        names = (*one.names, *(f"more_{name}" for name in one.names))
        tables[version] = np.column_stack([one.values, one.values - usual]).astype(np.float32)
    return names, tables


def _spread_out(one: VersionFeatures, count: int) -> Floats:
    """The features of all rows, NaN where a cell has none."""
    import numpy as np

    table = np.full((count, len(one.names)), np.nan)
    table[one.row_indices] = one.values
    return table


def _mean(tables: Sequence[Floats]) -> Floats:
    """Average tables entry by entry, whatever is known."""
    import numpy as np

    total, known = np.zeros(tables[0].shape), np.zeros(tables[0].shape, np.int64)
    for table in tables:
        there = ~np.isnan(table)
        total[there] += table[there]
        known += there
    return np.where(known > 0, total / np.maximum(known, 1), np.nan)
