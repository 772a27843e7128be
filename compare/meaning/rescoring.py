"""A second look at every cell, once all cells of its row and all of its version have been judged.

The first look holds a cell against the texts of its row. What it says is weighed anew by what it says of the siblings,
the other versions of the row, for one that stands apart makes its neighbours seem to, and a row that is hard is hard
for all; and by what the same words bear elsewhere in the version: one that always has "kinsman" for "relation" has
lost nothing by it. Trained by `tests/training/review.py`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare import artefacts
from compare.meaning.features.cells import mean
from compare.meaning.models.gbdt import Trees, parse
from compare.wordalign.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Features = NDArray[np.float32]
    Ints = NDArray[np.int64]

#: The share of the first look, which has seen other errors and other texts: where fewer than two other versions stand
#: by, as they seldom do beside a machine translation, and where more do. Both looks together are raised by `_RAISED`.
_FIRST, _RAISED = (1 / 2, 1 / 3), 1.5
#: How many other places of a word weigh as much as what its part of speech bears, and as much as that the average.
_PLACES, _WORDS = 2, 5
#: Log-odds where a cell has no second word.
_NOTHING = -9.0


@dataclass(frozen=True, slots=True)
class First:
    """What the first look says of a version's cells; only those that could be judged have a line."""

    rows: Ints
    """Index of each line's row, rising."""
    names: tuple[str, ...]
    values: Features
    """(lines, names)."""
    odds: Floats
    wrong: Sequence[Floats]
    """Log-odds of each word, line by line."""
    lost: Sequence[Mapping[str, Floats]]
    """The same of each word of each text beside it."""


@dataclass(frozen=True, slots=True)
class Review:
    """The model of the second look, and its calibration of `risk` and `cell` by family."""

    model: Trees
    calibration: Mapping[str, Mapping[str, Sequence[float]]]


@functools.cache
def load() -> Review:
    """Load the model of the second look."""
    raw = artefacts.record("rescoring.json")
    return Review(parse(raw["model"]), raw["calibration"])


def joined(second: Floats, first: Floats, others: Features) -> Floats:
    """Weigh what the second look says of a version's cells and what the first said. `others`: versions beside each."""
    import numpy as np

    share = np.where(others < 2, *_FIRST)
    return _RAISED * ((1 - share) * second + share * first)


def features(
    first: Mapping[str, First], made: Vocabulary, source: str | None, count: int
) -> tuple[tuple[str, ...], Mapping[str, Features]]:
    """Lay out what the second look goes by: the names, and for each version (lines, names). `count`: of rows."""
    import numpy as np

    names = next(iter(first.values())).names
    filled = {version: _spread_out(one, count) for version, one in first.items()}
    tables: dict[str, Features] = {}
    labels: tuple[str, ...] = ()
    for version, one in first.items():
        siblings = [filled[v][one.rows] for v in sorted(first) if v != version]
        parts = {"first": one.odds} | dict(_beside(one, siblings)) | _words(version, one, made, source)
        labels = (*names, *(f"beside_{name}" for name in names), *parts)
        usual = _mean(siblings)[:, 1:] if siblings else np.full(one.values.shape, np.nan)
        tables[version] = np.column_stack([one.values, one.values - usual, *parts.values()]).astype(np.float32)
    return labels, tables


def _spread_out(one: First, count: int) -> Floats:
    """The log-odds and the features of all rows, NaN where a cell was not judged."""
    import numpy as np

    table = np.full((count, 1 + len(one.names)), np.nan)
    table[one.rows, 0] = one.odds
    table[one.rows, 1:] = one.values
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


def _beside(one: First, siblings: Sequence[Floats]) -> Iterator[tuple[str, Floats]]:
    """How the cell's odds stand among those of its siblings."""
    import numpy as np

    odds = np.stack([s[:, 0] for s in siblings] if siblings else [np.full(len(one.rows), np.nan)], axis=1)
    known = ~np.isnan(odds)
    some = known.any(1)
    highest = np.where(some, np.where(known, odds, -np.inf).max(1), np.nan)
    yield "siblings_max", highest
    yield "siblings_mean", mean(odds)
    yield "siblings_min", np.where(some, np.where(known, odds, np.inf).min(1), np.nan)
    yield "siblings_ahead", one.odds - highest
    yield "siblings_higher", np.where(some, (np.where(known, odds, -np.inf) > one.odds[:, None]).sum(1), np.nan)


def _words(version: str, one: First, made: Vocabulary, source: str | None) -> dict[str, Floats]:
    """How the doubtful words of the cell, and those that it seems to have lost, stand to how they fare elsewhere."""
    import numpy as np

    out = _unusual(version, one.rows, one.wrong, made)
    wrong = {f"wrong_{name}": values for name, values in out.items()}
    texts = sorted({text for lost in one.lost for text in lost})
    nothing = np.zeros(0)
    views = {text: _unusual(text, one.rows, [lost.get(text, nothing) for lost in one.lost], made) for text in texts}
    empty = {name: np.full(len(one.rows), np.nan) for name in out}
    lost = {f"lost_s_{name}": values for name, values in views.pop(source or "", empty).items()}
    for name in out:
        stacked = np.stack([view[name] for view in views.values()] or [empty[name]], axis=1)
        known = ~np.isnan(stacked)
        some = known.any(1)
        lost[f"lost_o_{name}_max"] = np.where(some, np.where(known, stacked, -np.inf).max(1), np.nan)
        lost[f"lost_o_{name}_min"] = np.where(some, np.where(known, stacked, np.inf).min(1), np.nan)
        lost[f"lost_o_{name}"] = mean(stacked)
    return wrong | lost


def _unusual(text: str, rows: Ints, odds: Sequence[Floats], made: Vocabulary) -> dict[str, Floats]:
    """By how much the words of each line exceed what the same words bear in the other lines.

    The first two, and the first of what a word bears here and above the usual, averaged.
    """
    import numpy as np

    cells = made.cells[text]
    sizes = np.array([len(o) for o in odds])
    line = np.repeat(np.arange(len(odds)), sizes)
    if not len(line):
        return {name: np.full(len(odds), np.nan) for name in ("unusual_1", "unusual_2", "both_1")}
    here = np.concatenate(list(odds))
    forms = np.concatenate([c.forms for i, o in zip(rows, odds, strict=True) if len(o) and (c := cells[i])])
    lemma, pos = made.forms.lemma[forms], made.forms.pos[forms]
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
