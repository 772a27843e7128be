"""Features of cells by comparison, once all cells of a collation have been read.

What was found of a cell is compared with the other versions of its row, for a row that is hard is hard for all; and
what was found of its words with what the same words have elsewhere in the version: one that always has "kinsman" for
"relation" has lost nothing by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.meaning.features.cells import mean
from compare.wordalign.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Features = NDArray[np.float32]
    Ints = NDArray[np.int64]

#: How many other places of a word weigh as much as what its part of speech has, and as much as that the average.
_PLACES, _WORDS = 2, 5
#: Log-odds where a cell has no second word.
_NOTHING = -9.0


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
    features: Mapping[str, VersionFeatures], vocabulary: Vocabulary, source: str | None, count: int
) -> tuple[tuple[str, ...], Mapping[str, Features]]:
    """Add the features by comparison: the names, and for each version (lines, names). `count`: of rows."""
    import numpy as np

    filled = {version: _spread_out(one, count) for version, one in features.items()}
    tables: dict[str, Features] = {}
    names: tuple[str, ...] = ()
    for version, one in features.items():
        rest = [filled[v][one.row_indices] for v in sorted(features) if v != version]
        usual = _mean(rest) if rest else np.full(one.values.shape, np.nan)
        parts = _words(version, one, vocabulary, source)
        names = (*one.names, *(f"more_{name}" for name in one.names), *parts)
        tables[version] = np.column_stack([one.values, one.values - usual, *parts.values()]).astype(np.float32)
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


def _words(version: str, one: VersionFeatures, vocabulary: Vocabulary, source: str | None) -> dict[str, Floats]:
    """How the doubtful words of the cell, and those that it seems to have lost, compare with what they have elsewhere."""
    import numpy as np

    out = _unusual(version, one.row_indices, one.wrong, vocabulary)
    wrong = {f"wrong_{name}": values for name, values in out.items()}
    texts = sorted({text for lost in one.lost for text in lost})
    nothing = np.zeros(0)
    views = {text: _unusual(text, one.row_indices, [lost.get(text, nothing) for lost in one.lost], vocabulary) for text in texts}
    empty = {name: np.full(len(one.row_indices), np.nan) for name in out}
    lost = {f"lost_s_{name}": values for name, values in views.pop(source or "", empty).items()}
    for name in out:
        stacked = np.stack([view[name] for view in views.values()] or [empty[name]], axis=1)
        known = ~np.isnan(stacked)
        some = known.any(1)
        lost[f"lost_o_{name}_max"] = np.where(some, np.where(known, stacked, -np.inf).max(1), np.nan)
        lost[f"lost_o_{name}_min"] = np.where(some, np.where(known, stacked, np.inf).min(1), np.nan)
        lost[f"lost_o_{name}"] = mean(stacked)
    return wrong | lost


def _unusual(text: str, rows: Ints, odds: Sequence[Floats], vocabulary: Vocabulary) -> dict[str, Floats]:
    """By how much the words of each line exceed what the same words have in the other lines.

    The first two, and the first of the average of a word's odds here and of their excess.
    """
    import numpy as np

    cells = vocabulary.cells[text]
    sizes = np.array([len(o) for o in odds])
    line = np.repeat(np.arange(len(odds)), sizes)
    if not len(line):
        return {name: np.full(len(odds), np.nan) for name in ("unusual_1", "unusual_2", "both_1")}
    here = np.concatenate(list(odds))
    forms = np.concatenate([c.forms for i, o in zip(rows, odds, strict=True) if len(o) and (c := cells[i])])
    lemma, pos = vocabulary.forms.lemma[forms], vocabulary.forms.pos[forms]
    by_pos = (np.bincount(pos, here) + _WORDS * here.mean()) / (np.bincount(pos) + _WORDS)
    total, times = np.bincount(lemma, here), np.bincount(lemma)
    above = here - (total[lemma] - here + _PLACES * by_pos[pos]) / (times[lemma] - 1 + _PLACES)
    return {
        "unusual_1": (top := _highest(above, line, len(odds)))[:, 0],
        "unusual_2": top[:, 1],
        "both_1": _highest((np.clip(here, -8, 8) + np.clip(above, -8, 8)) / 2, line, len(odds))[:, 0],
    }


def _highest(values: Floats, line: Ints, count: int) -> Floats:
    """The two highest values of each line; NaN in a line that has none."""
    import numpy as np

    order = np.lexsort((-values, line))
    starts = np.searchsorted(line[order], np.arange(count + 1))
    sizes = np.diff(starts)
    out = np.full((count, 2), np.nan)
    for k in range(2):
        out[sizes > 0, k] = _NOTHING
        out[sizes > k, k] = values[order][starts[:-1][sizes > k] + k]
    return out
