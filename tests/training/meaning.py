"""Train the models of `compare.meaning`: which word is wrong, which is lost, which cell carries an error.

`python -m tests.training.meaning` reads the development data, plants errors in sound translations
(`tests/planting/errors.py`) and writes `{wrong_words,lost_words,cells,calibration}.json`. The networks that
`python -m tests.training.pairs` makes must be there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from compare.meaning.features import summary as judge
from compare.meaning.features.batch import Columns, Table
from compare.meaning.features.grammaticality import breaks
from compare.meaning.models.gbdt import parse
from compare.wordalign.contextual import both
from compare.wordalign.links import batch, likeness, link
from compare.wordalign.vocabulary import read
from compare.words import key, words
from tests.training.boosting import fit
from tests.training.items import FORM_KINDS, Item, corpus, perturbed
from tests.training.kinds import order

__all__ = ["FORM_KINDS", "Item", "perturbed"]

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
#: How much of the texts is learnt from.
SCALE = 0.8


@dataclass(frozen=True)
class Batch:
    """A batch of `judge.gather`: its rows as numbers of items, and the labels of the words in its tables."""

    item: np.ndarray
    gathered: judge.Gathered
    wrong: np.ndarray
    lost: list[np.ndarray]


@dataclass(frozen=True)
class Made:
    """The features of the items that have the same texts beside them."""

    columns: Columns
    source: str | None
    others: tuple[str, ...]
    batches: list[Batch]


def made_for(listed: Sequence[Item]) -> list[Made]:
    """Compute the features of items."""
    from compare.encode import get

    out = []
    for setting in sorted({(bool(i.source), len(i.others)) for i in listed}):
        index = np.array([n for n, i in enumerate(listed) if (bool(i.source), len(i.others)) == setting])
        mine = [listed[n] for n in index]
        source, others = ("ru" if setting[0] else None), tuple(f"o{k + 1}" for k in range(setting[1]))
        texts = {"t": [i.text for i in mine], "c": [i.clean for i in mine]}
        texts |= {"ru": [i.source for i in mine]} if source else {}
        texts |= {o: [i.others[k] for i in mine] for k, o in enumerate(others)}
        wording = read({c: ("ru" if c == "ru" else "en", t) for c, t in texts.items()})
        vectors: dict[str, Any] = {}
        known: dict[str, Any] = {}
        broken: dict[str, Any] = {}
        for column, listed_ in texts.items():
            unique = {t: n for n, t in enumerate(sorted(set(listed_)))}
            at = [unique[t] for t in listed_]
            lang = "ru" if column == "ru" else "en"
            vectors[column] = get("use").encode(list(unique))[at]
            broken[column] = breaks(lang, list(unique))[at]
            paired = [state for _, state in both(lang, list(unique))]
            known[column] = [paired[k] for k in at]
        columns = Columns(wording, vectors, texts, known, broken)
        batches = []
        for gathered in judge.gather(columns, source, ("t", *others), ("t",)):
            wrong, lost = _labels([mine[r] for r in gathered.rows], gathered, columns)
            batches.append(Batch(index[gathered.rows], gathered, wrong, lost))
        out.append(Made(columns, source, others, batches))
    return out


_ROLES = ("roles", "neighbours", "shuffle", "question", "repeat")


def _labels(part: Sequence[Item], gathered: judge.Gathered, columns: Columns) -> tuple[np.ndarray, list[np.ndarray]]:
    """Label each own word wrong (1, 0, or -1 for not to be used) and each word beside lost.

    By way of the sound text.
    """
    cells, rows, own = columns.wording.cells, gathered.rows, gathered.own
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
        if not item.words or kind == "other_passage":
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
    for table in gathered.beside:
        there = batch([cells[table.column][r] for r in rows])
        view, _ = link(there, clean, likeness(there, clean, columns.wording.forms))
        y = np.zeros(len(table.row), int)
        for n, (r, w) in enumerate(zip(table.row, table.word, strict=True)):
            if not part[r].words or part[r].kind == "other_passage":
                y[n] = -1
            elif changed[r]:
                sure = view.mutual[r, w] == 1 and view.best[r, w] > 0.35
                y[n] = int(int(view.at[r, w]) in changed[r] and sure)
        lost.append(y)
    return wrong, lost


def gather(made: Sequence[Made], which: str) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Stack the word tables, `which` own or beside: names, values, labels, item of each word."""

    def tables() -> Iterator[tuple[Table, np.ndarray, np.ndarray]]:
        for one in made:
            for b in one.batches:
                yield from (
                    [(b.gathered.own, b.wrong, b.item)]
                    if which == "own"
                    else ((table, lost, b.item) for table, lost in zip(b.gathered.beside, b.lost, strict=True))
                )

    listed = list(tables())
    return (
        listed[0][0].names,
        np.concatenate([t.values for t, _, _ in listed]),
        np.concatenate([y for _, y, _ in listed]),
        np.concatenate([item[t.row] for t, _, item in listed]),
    )


#: What may only raise or only lower a score, whatever the data seem to say.
UP = {
    "own": (
        "odd",
        "s_net",
        "o_net",
        "s_below",
        "o_below",
        "s_claimed",
        "o_claimed",
        "again",
        "cyrillic",
        "o_anto",
        "s_opposite",
        "s_deficit",
        "o_deficit",
    ),
    "beside": ("t_net", "t_deficit", "t_below", "t_claimed", "t_hole"),
    "cell": (
        "wrong_",
        "breaks",
        "lost_",
        "s_net",
        "o_net",
        "odd_",
        "bare",
        "hole_",
        "signs",
    ),
}
DOWN = {
    "own": (
        "s_best",
        "o_best",
        "s_gap",
        "o_gap",
        "s_mutual",
        "o_mutual",
        "o_exact",
    ),
    "beside": ("t_best", "t_gap", "t_mutual", "t_exact"),
    "cell": (
        "s_states_alike",
        "o_states_alike",
        "s_alike",
        "o_alike",
        "s_level",
        "o_level",
        "s_back",
        "o_back",
        "s_apart",
        "o_apart",
    ),
}


def fit_words(made: Sequence[Made], which: str) -> dict[str, Any]:
    """Fit the model of own or of other words."""
    names, values, labels, item = gather(made, which)
    rng = np.random.default_rng(3)
    use = (labels >= 0) & ((labels == 1) | (rng.random(len(labels)) < 0.3))
    # an error of many words counts no more than one of a single word
    many = np.bincount(item[labels == 1], minlength=item.max() + 1)
    weight = np.where(labels[use] == 1, 1 / np.sqrt(np.maximum(many[item[use]], 1)), 1 / 0.3)
    return fit(
        names, values[use], labels[use], weight=weight,
        rounds=110, leaves=24, rate=0.1, least=25, up=UP[which], down=DOWN[which],
    )  # fmt: skip


def cells(
    made: Sequence[Made], wrong: dict[str, Any], lost: dict[str, Any]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Sum up every item's cell with the word models: names, values, item of each line."""
    w, x = parse(wrong), parse(lost)
    names: tuple[str, ...] = ()
    values, item = [], []
    for one in made:
        for b in one.batches:
            own, beside = b.gathered.own, b.gathered.beside
            names, table = judge.summary(
                b.gathered, one.source, w.scores(own.names, own.values), [x.scores(t.names, t.values) for t in beside]
            )
            values.append(table)
            item.append(b.item)
    return names, np.concatenate(values), np.concatenate(item)


SIGNS = "signs"


#: How many forests make a model of cells: one by itself leans on its luck.
BAGS = 3


def fit_cells(names: Sequence[str], values: np.ndarray, target: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """Fit the model of cells on top of the plain signs: small trees, for few sound sentences are learnt by heart."""
    use = [n for n, name in enumerate(names) if name != SIGNS]
    start = values[:, list(names).index(SIGNS)].astype(float)
    models = [
        fit(
            [names[n] for n in use], values[:, use], target, weight=weight, start=start, seed=seed,
            rounds=60, leaves=8, rate=0.08, least=60, up=UP["cell"], down=DOWN["cell"],
        )
        for seed in range(1, BAGS + 1)
    ]  # fmt: skip
    shared = [
        {**tree, "value": [float(f"{v / BAGS:.5g}") for v in tree["value"]]}
        for model in models
        for tree in model["trees"]
    ]
    return {**models[0], "trees": shared}


def odds(model: dict[str, Any], names: Sequence[str], values: np.ndarray) -> np.ndarray:
    """Apply a model of cells."""
    return parse(model).scores(names, values) + values[:, list(names).index(SIGNS)]


def balanced(target: np.ndarray) -> np.ndarray:
    """Weigh sound cells so that they count as much as faulty ones."""
    sound = target == 0
    return np.where(sound, (~sound).sum() / max(sound.sum(), 1), 1.0)


def calibrate(listed: Sequence[Item], names: Sequence[str], values: np.ndarray, item: np.ndarray) -> dict[str, Any]:
    """Find by family the calibration of risk for one faulty cell in five.

    And the limits that sound rows pass.
    """
    from sklearn.linear_model import LogisticRegression

    target = np.array([listed[i].bad for i in item])
    base = np.array([listed[i].base for i in item])
    inner = np.random.default_rng(9).integers(0, 4, base.max() + 1)[base]
    weight = balanced(target)
    held = np.zeros(len(base))
    for fold in range(4):
        rest = inner != fold
        held[~rest] = odds(fit_cells(names, values[rest], target[rest], weight[rest]), names, values[~rest])
    family = np.array([("s" if listed[i].source else "") + ("o" if listed[i].others else "") for i in item])
    kind = np.array([listed[i].kind for i in item])
    corpora = np.array([listed[i].corpus for i in item])
    out: dict[str, Any] = {"risk": {}, "cell": {}, "wrong": {}, "lost": {}}
    columns = {
        "cell": held,
        "wrong": values[:, names.index("wrong_1")],
        "lost": np.fmax(values[:, names.index("lost_s_1")], values[:, names.index("lost_o_1_max")]),
    }
    for name in ("s", "o", "so"):
        mine = family == name
        y = target[mine]
        prior = np.zeros(len(y))
        for corpus_ in sorted(set(corpora[mine])):  # each counts as much, however many cells it has
            here = corpora[mine] == corpus_
            for which, part in ((1, 0.2), (0, 0.8)):
                some = here & (y == which)
                prior[some] = part / max(some.sum(), 1)
        prior /= prior.sum()
        fitted = LogisticRegression(C=1e6).fit(held[mine, None], y, sample_weight=prior * len(y))
        out["risk"][name] = [round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)]
        sound = mine & (kind == "sound")
        for which, column in columns.items():
            # a score of 0.75 = 1 / (1 + exp(-1.1)) is what one sound row in 200 passes
            low, high = np.nanquantile(column[sound], [0.98, 0.995])
            out[which][name] = [round(float(low), 4), round(float(max(0.3, (high - low) / 1.1)), 4)]
    return out


def shipped() -> tuple[dict[str, Any], dict[str, Any]]:
    """Read the word models that the package ships."""
    wrong, lost = (json.loads((DATA / f"{name}.json").read_text("utf-8")) for name in ("wrong_words", "lost_words"))
    return wrong, lost


def planted_cells() -> tuple[np.ndarray, np.ndarray]:
    """Plant errors in sentences that the word models have not seen; the cells' lines and targets."""
    listed = corpus("cells", random.Random(77), SCALE)
    _, values, item = cells(made_for(listed), *shipped())
    return values, np.array([listed[i].bad for i in item])


def perturbed_weight(kind: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """Weigh DEMETR's cells above planted ones; the sound ones as much together as the faulty and more."""
    sound = np.where(kind == "sound", 13.0, 10.0) * bad.sum() / max((1 - bad).sum(), 1)
    return np.where(bad == 1, 1.5, sound)


def main() -> None:
    """Train the models and write them: the words' on planted errors alone, the cells' on DEMETR's too."""

    def write(name: str, model: dict[str, Any]) -> None:
        (DATA / f"{name}.json").write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")

    made = made_for(corpus("words", random.Random(2), SCALE, order=order))
    for name, which in (("wrong_words", "own"), ("lost_words", "beside")):
        write(name, fit_words(made, which))
    del made
    models = shipped()
    listed = corpus("cells", random.Random(77), SCALE)
    names, table, item = cells(made_for(listed), *models)
    write("calibration", calibrate(listed, names, table, item))
    target = np.array([listed[i].bad for i in item])
    values, targets, weights = [table], [target], [balanced(target)]
    for beside in ((True, True), (True, False), (False, True)):
        perturbations = perturbed(*beside)
        _, table, item = cells(made_for(perturbations), *models)
        bad = np.array([perturbations[i].bad for i in item])
        values.append(table)
        targets.append(bad)
        weights.append(perturbed_weight(np.array([perturbations[i].kind for i in item]), bad))
    write("cells", fit_cells(names, *(np.concatenate(x) for x in (values, targets, weights))))


if __name__ == "__main__":
    main()
