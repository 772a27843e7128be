"""Train the models of words: which word of a version is wrong, which word of another text it has lost.

`python -m tests.training word_models` plants errors in half of the rows of all works and writes
`compare/artefacts/{wrong_words,lost_words}.json`. The networks must be there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from compare.meaning.features.batch import Columns
from compare.meaning.features.summary import CellTables, cell_tables
from compare.meaning.scoring import columns_of
from compare.wordalign.contextual import uncased, uncased_states
from compare.wordalign.links import batch, likeness, link
from compare.wordalign.renderings import Renderings
from compare.wordalign.vocabulary import read
from compare.words import key, words
from tests.planting.corpora import WORKS, Aligned, half, work
from tests.planting.items import Item, items
from tests.planting.kinds import order
from tests.training.boosting import fit
from tests.training.files import write_record
from tests.training.parallel import spread
from tests.training.renderings import held_out_tables

#: Rows of each work at most, and of one job.
ROWS, STRETCH = 1800, 150
#: What draws the rows, and the first of those that plant.
SEEDS = (0, 5000)
#: The share of sound words that is learned from.
KEPT = 0.3
#: What may only raise or only lower a score, whatever the data seem to say.
UP = {
    "wrong": (
        *("odd", "s_net", "o_net", "s_below", "o_below", "s_claimed", "o_claimed", "again", "cyrillic", "misspelt"),
        *("o_anto", "s_opposite", "s_deficit", "o_deficit", "s_unattested"),
    ),
    "lost": ("t_net", "t_deficit", "t_below", "t_claimed", "t_hole", "t_unattested"),
}
DOWN = {
    "wrong": ("s_best", "o_best", "s_gap", "o_gap", "s_mutual", "o_mutual", "o_exact"),
    "lost": ("t_best", "t_gap", "t_mutual", "t_exact"),
}

Job = tuple[str, Sequence[Aligned], int]


@dataclass(frozen=True)
class Words:
    """Words to learn from: their features, labels and weights, and the work that they come from."""

    names: tuple[str, ...]
    values: np.ndarray
    labels: np.ndarray
    weight: np.ndarray
    work: str


def jobs() -> Iterator[Job]:
    """Cut the rows of the works into stretches, with the seed to plant with."""
    for name in WORKS:
        rows = half(work(name), "trees")
        rows = random.Random(SEEDS[0]).sample(rows, min(len(rows), ROWS))
        yield from ((name, rows[k : k + STRETCH], SEEDS[1] + k) for k in range(0, len(rows), STRETCH))


def labelled(job: Job, renderings: Renderings) -> dict[str, Words]:
    """Plant errors; label the versions' own words `wrong`, those of the other texts `lost`."""
    name, rows, seed = job
    listed = items(rows, random.Random(seed), order=order)
    tables: dict[str, list[tuple[np.ndarray, np.ndarray, np.ndarray]]] = {"wrong": [], "lost": []}
    names: dict[str, tuple[str, ...]] = {}
    for n, setting in enumerate(sorted({(bool(i.source), len(i.others)) for i in listed})):
        mine = [i for i in listed if (bool(i.source), len(i.others)) == setting]
        columns, source, others = set_out(mine, *setting, renderings)
        for gathered in cell_tables(columns, source, ("t", *others), ("t",)):
            wrong, lost = _labels([mine[r] for r in gathered.rows], gathered, columns)
            for which, some in (
                ("wrong", [(gathered.own_words, wrong)]),
                ("lost", list(zip(gathered.other_words, lost, strict=True))),
            ):
                for table, label in some:
                    names[which] = table.names
                    tables[which].append((table.values, label, gathered.rows[table.row] + 10_000 * n))
    rng = np.random.default_rng(seed)
    return {which: _sampled(names[which], some, rng, name) for which, some in tables.items()}


def _sampled(
    names: tuple[str, ...],
    tables: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]],
    rng: np.random.Generator,
    work: str,
) -> Words:
    """Keep all faulty words and a share of the sound ones; many faulty words of one cell count less each."""
    values, labels, cell = (np.concatenate(x) for x in zip(*tables, strict=True))
    use = (labels >= 0) & ((labels == 1) | (rng.random(len(labels)) < KEPT))
    many = np.bincount(cell[labels == 1], minlength=cell.max() + 1)
    weight = np.where(labels == 1, 1 / np.sqrt(np.maximum(many[cell], 1)), 1 / KEPT)
    return Words(names, values[use], labels[use], weight[use].astype(np.float32), work)


def set_out(
    listed: Sequence[Item], source: bool, others: int, renderings: Renderings
) -> tuple[Columns, str | None, tuple[str, ...]]:
    """Set items that have equally many other texts in columns: `t` the version, `c` the sound one, `ru`, `o1` …"""
    names = tuple(f"o{k + 1}" for k in range(others))
    texts = {"t": [i.text for i in listed], "c": [i.clean for i in listed]}
    texts |= {"ru": [i.source for i in listed]} if source else {}
    texts |= {o: [i.others[k] for i in listed] for k, o in enumerate(names)}
    states: dict[str, Sequence[np.ndarray | None]] = {}
    for column, some in texts.items():
        index = {text: n for n, text in enumerate(sorted(set(some)))}
        found = uncased_states("ru" if column == "ru" else "en", list(index))
        states[column] = [found[index[text]] if len(found[index[text]]) else None for text in some]
    vocabulary = read({c: ("ru" if c == "ru" else "en", some) for c, some in texts.items()})
    plain = {column: [uncased(text) for text in some] for column, some in texts.items()}
    langs = {column: "ru" if column == "ru" else "en" for column in texts}
    return columns_of(plain, langs, vocabulary, states, renderings), "ru" if source else None, names


_ROLES = ("roles", "neighbours", "shuffle", "question", "repeat")


def _labels(part: Sequence[Item], gathered: CellTables, columns: Columns) -> tuple[np.ndarray, list[np.ndarray]]:
    """Label each own word wrong (1, 0, or -1: not to be used) and each word of the other texts lost.

    By way of the sound text.
    """
    cells, rows, own = columns.vocabulary.cells, gathered.rows, gathered.own_words
    grid = []
    changed = []
    for item, row in zip(part, rows, strict=True):
        found = cells["t"][row].words
        kind = item.kind
        hit = [any(s < w.end and w.start < e for s, e in item.spans) for w in found]
        if kind.startswith("lose") or (kind == "negation" and len(found) < len(words(item.clean))):
            grid.append([-1 if h else 0 for h in hit])
        else:
            grid.append([int(h) for h in hit])
        if kind == "other_passage":
            grid[-1] = [-1] * len(found)
        gone: set[int] = set()
        if item.bad and kind not in _ROLES:
            before = [key(w.text) for w in words(item.clean)]
            for tag, a, b, _, _ in SequenceMatcher(
                None, before, [key(w.text) for w in found], autojunk=False
            ).get_opcodes():
                if tag in ("delete", "replace"):
                    gone |= set(range(a, b))
        changed.append(gone)
    wrong = np.array([grid[r][w] for r, w in zip(own.row, own.word, strict=True)])
    lost = []
    clean = batch([cells["c"][r] for r in rows])
    for table in gathered.other_words:
        there = batch([cells[table.column][r] for r in rows])
        view, _ = link(there, clean, likeness(there, clean, columns.vocabulary.forms))
        y = np.zeros(len(table.row), int)
        for n, (r, w) in enumerate(zip(table.row, table.word, strict=True)):
            if part[r].kind == "other_passage":
                y[n] = -1
            elif changed[r]:
                sure = view.mutual[r, w] == 1 and view.best[r, w] > 0.35
                y[n] = int(int(view.at[r, w]) in changed[r] and sure)
        lost.append(y)
    return wrong, lost


def fit_words(listed: Sequence[Words], which: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Fit the model of `wrong` or of `lost` words. `without`: beginnings of features that are left out."""
    names, values = listed[0].names, np.concatenate([w.values for w in listed])
    labels, weight = np.concatenate([w.labels for w in listed]), np.concatenate([w.weight for w in listed])
    use = [n for n, name in enumerate(names) if not name.startswith(without)] if without else list(range(len(names)))
    return fit(
        [names[n] for n in use], values[:, use], labels, weight=weight,
        rounds=110, leaves=24, rate=0.1, least=25, up=UP[which], down=DOWN[which],
    )  # fmt: skip


def main() -> None:
    """Train both models and write them."""
    tables = held_out_tables()
    found = spread(lambda job: labelled(job, tables[job[0]]), jobs())
    for which in ("wrong", "lost"):
        write_record(f"{which}_words.json", fit_words([f[which] for f in found], which))


if __name__ == "__main__":
    main()
