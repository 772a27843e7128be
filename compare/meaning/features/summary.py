"""The features of cells: tables of their words, and what these and the cell as a whole come to.

Works on plain columns, so that the same code serves a collation and training.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.meaning.features.batch import Alignments, Columns, Table
from compare.meaning.features.cells import cell_features as cells_table
from compare.meaning.features.cells import nan_mean
from compare.meaning.features.words import lost, wrong_word_features
from compare.meaning.models.fluency_network import common, fluency, inputs
from compare.wordalign.links import batch, stretches, without_capitals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

#: Rows read at a time.
_ROWS = 96


@dataclass(frozen=True, slots=True)
class CellTables:
    """Features of some cells of a version, in `rows`: of their words, of the words of the other texts, of each cell."""

    version: str
    rows: Array
    own_words: Table
    other_words: Sequence[Table]
    """A table for each other text of the rows."""
    cell: Mapping[str, Array]


def cell_tables(
    columns: Columns, source: str | None, versions: Sequence[str], judged: Sequence[str] | None = None
) -> Iterator[CellTables]:
    """Gather batch by batch the features of the cells that have another text to compare with.

    `versions`: all that are in one language; `judged`: of which to gather, or all.
    """
    import numpy as np

    cells, forms = columns.vocabulary.cells, columns.vocabulary.forms
    described, common_rows = inputs(forms), np.array([common().get(k, 0) for k in forms.keys])
    for texts, rows in _stretches(columns, [*([source] if source else []), *versions]):
        states = columns.states
        width = _width(states)
        batches = {
            o: without_capitals(batch([cells[o][i] for i in rows], [states[o][i] for i in rows], width)) for o in texts
        }
        original = source if source in texts else None
        links = Alignments(batches, forms, original, columns, rows)
        for version in (v for v in versions if v in texts and v in (judged or versions)):
            others = [v for v in versions if v in texts and v != version]
            fluent = fluency(batches[version], described, common_rows)
            yield CellTables(
                version,
                np.array(rows),
                wrong_word_features(links, version, original, others, fluent),
                [lost(links, t, version, original, others, fluent[1]) for t in texts if t != version],
                cells_table(links, columns, rows, version, original, others),
            )


def _stretches(columns: Columns, texts: Sequence[str]) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    """Yield rows of about one length that have the same two texts or more, and these."""
    cells = columns.vocabulary.cells
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(cells[texts[0]])):
        groups[tuple(t for t in texts if cells[t][i])].append(i)
    for there, rows in sorted(groups.items()):
        lengths = {i: max((len(c.words) for t in there if (c := cells[t][i])), default=0) for i in rows}
        rows.sort(key=lengths.__getitem__)
        for stretch in stretches([lengths[i] for i in rows], _ROWS) if len(there) > 1 else ():
            yield there, rows[stretch]


def _width(states: Mapping[str, Sequence[Array | None]]) -> int:
    """How many numbers a state has."""
    return next((s.shape[1] for column in states.values() for s in column if s is not None), 1)


def cell_summary(
    gathered: CellTables, source: str | None, wrong_odds: Array, lost_odds: Sequence[Array]
) -> tuple[tuple[str, ...], Array]:
    """Sum up each cell for the model of cells: (names, (rows, names)).

    `wrong_odds`, `lost_odds`: what the models of words say of each own word, and of each word of each other text.
    """
    import numpy as np

    own, others, n = gathered.own_words, gathered.other_words, len(gathered.rows)
    out: dict[str, Array] = {}

    def top(name: str, table: Table, odds: Array) -> dict[str, Array]:
        grid = np.full((n, int(table.word.max(initial=0)) + 1), np.nan)
        grid[table.row, table.word] = odds
        some = ~np.isnan(grid).all(1)
        ordered = -np.sort(-np.where(np.isnan(grid), -30, grid), axis=1)
        ordered = np.pad(ordered, ((0, 0), (0, 3)), constant_values=-30)
        chance = np.where(np.isnan(grid), 0, 1 / (1 + np.exp(-grid)))
        found = {f"{name}_{k + 1}": ordered[:, k] for k in range(3)}
        found[f"{name}_sum"] = chance.sum(1)
        found[f"{name}_mean"] = chance.sum(1) / np.maximum((~np.isnan(grid)).sum(1), 1)
        found[f"{name}_any"] = -np.log1p(-np.minimum(chance, 0.999)).sum(1)
        return {k: np.where(some, v, np.nan) for k, v in found.items()}

    out |= top("wrong", own, wrong_odds)
    empty = ("1", "2", "3", "sum", "mean", "any")
    views: list[dict[str, Array]] = []
    for table, odds in zip(others, lost_odds, strict=True):
        found = {k.removeprefix("lost_"): v for k, v in top("lost", table, odds).items()}
        if table.column == source:
            out |= {f"lost_s_{k}": v for k, v in found.items()}
        else:
            views.append(found)
    if "lost_s_1" not in out:
        out |= {f"lost_s_{k}": np.full(n, np.nan) for k in empty}
    for k in empty:
        stacked = np.stack([v[k] for v in views], axis=1) if views else np.full((n, 1), np.nan)
        out[f"lost_o_{k}"] = nan_mean(stacked)
        out[f"lost_o_{k}_max"] = np.fmax.reduce(stacked, axis=1)
        out[f"lost_o_{k}_min"] = np.fmin.reduce(stacked, axis=1)
    out |= gathered.cell
    return tuple(out), np.stack(list(out.values()), axis=1).astype(np.float32)
