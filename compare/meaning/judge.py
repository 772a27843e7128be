"""Judge columns of texts: for each word how likely it is wrong, for each word beside it how likely it is lost; then the cell.

Works on plain columns, so that the same code judges a collation, trains the models and runs the bench.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.meaning.evidence import Links3, Table, lost, wrong
from compare.meaning.links import batch
from compare.meaning.wording import Wording

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Rows judged at a time.
_ROWS = 96


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts side by side. `vectors`: for each column one sentence vector a row, zeros where empty; `states`: of each cell's words, or None."""

    wording: Wording
    vectors: Mapping[str, Floats]
    texts: Mapping[str, Sequence[str]]
    states: Mapping[str, Sequence[Floats | None]] | None = None


def tables(columns: Columns, version: str, source: str | None, others: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Table, list[Table]]]:
    """Yield batches: the rows they hold, the table of the version's words, and the tables of the words beside it."""
    import numpy as np

    cells = columns.wording.cells
    beside = [*([source] if source else []), *others]
    rows = [i for i, cell in enumerate(cells[version]) if cell and any(cells[o][i] for o in beside)]
    rows.sort(key=lambda i: max(len(c.words) for o in (version, *beside) if (c := cells[o][i])))
    for start in range(0, len(rows), _ROWS):
        part = rows[start : start + _ROWS]
        batches = {
            o: batch([cells[o][i] for i in part], [columns.states[o][i] for i in part] if columns.states else None)
            for o in (version, *beside)
        }
        alike = {
            o: np.where(
                batches[o].there.any(1),
                np.einsum("id,id->i", columns.vectors[version][part], columns.vectors[o][part]),
                np.nan,
            )
            for o in beside
        }
        links = Links3(batches, columns.wording.forms)
        yield (
            np.array(part),
            wrong(links, version, source, others, alike),
            [lost(links, text, version, source, others, alike) for text in beside],
        )


def summary(
    columns: Columns,
    version: str,
    source: str | None,
    rows: NDArray[np.int64],
    own: Table,
    beside: Sequence[Table],
    wrong_odds: NDArray[np.float64],
    lost_odds: Sequence[NDArray[np.float64]],
) -> tuple[tuple[str, ...], Floats]:
    """Sum up each cell for the model of cells: (names, (rows, names)). Odds are the word models' log-odds, word by word."""
    import numpy as np

    n = len(rows)
    out: dict[str, Floats] = {}

    def top(name: str, table: Table, odds: NDArray[np.float64]) -> dict[str, Floats]:
        grid = np.full((n, int(table.word.max(initial=0)) + 1), np.nan)
        grid[table.row, table.word] = odds
        some = ~np.isnan(grid).all(1)
        ordered = -np.sort(-np.where(np.isnan(grid), -30, grid), axis=1)
        ordered = np.pad(ordered, ((0, 0), (0, 3)), constant_values=-30)
        chance = np.where(np.isnan(grid), 0, 1 / (1 + np.exp(-grid)))
        found = {f"{name}_{k + 1}": ordered[:, k] for k in range(3)}
        found[f"{name}_sum"] = chance.sum(1)
        found[f"{name}_mean"] = chance.sum(1) / np.maximum((~np.isnan(grid)).sum(1), 1)
        found[f"{name}_none"] = np.log1p(-np.minimum(chance, 0.999)).sum(1)
        return {k: np.where(some, v, np.nan) for k, v in found.items()}

    out |= top("wrong", own, wrong_odds)
    empty = dict.fromkeys((*(f"{k}" for k in ("1", "2", "3", "sum", "mean", "none")),))
    views: list[dict[str, Floats]] = []
    for table, odds in zip(beside, lost_odds, strict=True):
        found = {k.removeprefix("lost_"): v for k, v in top("lost", table, odds).items()}
        if table.column == source:
            out |= {f"lost_s_{k}": v for k, v in found.items()}
        else:
            views.append(found)
    if f"lost_s_1" not in out:
        out |= {f"lost_s_{k}": np.full(n, np.nan) for k in empty}
    for k in empty:
        stacked = np.stack([v[k] for v in views], axis=1) if views else np.full((n, 1), np.nan)
        known = ~np.isnan(stacked)
        any_ = known.any(1)
        out[f"lost_o_{k}"] = np.where(any_, np.where(known, stacked, 0).sum(1) / np.maximum(known.sum(1), 1), np.nan)
        out[f"lost_o_{k}_max"] = np.where(any_, np.where(known, stacked, -99).max(1), np.nan)
        out[f"lost_o_{k}_min"] = np.where(any_, np.where(known, stacked, 999).min(1), np.nan)
    first = own.word == 0
    for name in ("words", "s_ratio", "o_ratio", "s_alike", "o_alike", "s_level", "o_level", "o_count", "s_denials", "o_denials"):
        column = np.full(n, np.nan)
        column[own.row[first]] = own.values[first, own.names.index(name)]
        out[name] = column
    for name, of in (("s", [source] if source else []), ("o", [t.column for t in beside if t.column != source])):
        out[f"{name}_question"] = _question(columns, version, of, rows)
    return tuple(out), np.stack(list(out.values()), axis=1).astype(np.float32)


def _question(columns: Columns, version: str, of: Sequence[str], rows: NDArray[np.int64]) -> Floats:
    """How many more question marks the version has than the mean of the texts beside it."""
    import numpy as np

    out = np.full(len(rows), np.nan, np.float32)
    for n, i in enumerate(rows):
        beside = [columns.texts[o][i].count("?") for o in of if columns.texts[o][i]]
        if beside:
            out[n] = columns.texts[version][i].count("?") - sum(beside) / len(beside)
    return out
