"""Train the model of cells of `compare.meaning.scoring` on errors planted into whole collations, and calibrate it.

`python -m tests.training cells` writes `compare/artefacts/cells.json`. The networks must be there; the models of words
are trained anew for each work without it, so that the model of cells learns what they say of texts never seen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from compare.analysis import Analysis
from compare.meaning.features.comparisons import compare_cells
from compare.meaning.models.gbdt import Trees, parse
from compare.meaning.scoring import Models, version_features
from compare.wordalign.contextual import uncased_cell_states
from compare.wordalign.renderings import Renderings
from tests.planting.auroc import auroc
from tests.planting.collations import Errors, changes, collation, plant
from tests.planting.corpora import WORKS, Aligned, half, work
from tests.planting.errors import FORM, KINDS
from tests.planting.kinds import MORE
from tests.training import word_models
from tests.training.boosting import fit
from tests.training.files import write_record
from tests.training.parallel import spread
from tests.training.renderings import held_out_tables

#: Rows of a collation, of each work at most, and how often errors are planted anew into them.
STRETCH, ROWS, TIMES = 120, 1800, 3
#: How many versions, whether with the source, and the share of rows that have an error. A sound work must look sound.
SETTINGS = (
    *((4, True, 0.75), (3, True, 0.5), (3, True, 0.15), (3, False, 0.7), (3, False, 0.15)),
    *((2, True, 0.5), (2, False, 0.5), (1, True, 0.5), (1, True, 0.15)),
)
ALONE = ((1, True, 0.5), (1, True, 0.15))
#: What draws the stretches, and the trees.
SEEDS = (1, 7)
#: Cells of either kind that a figure needs.
ENOUGH = 20
#: The share of faulty cells for which risk is calibrated.
FAULTY = 0.2
#: What may only raise or only lower the odds, whatever the data seem to say.
UP = ("wrong_", "lost_", "cyrillic", "misspelt", "breaks")
DOWN = ("s_states_alike", "o_states_alike", "s_level", "o_level", "s_back", "o_back", "s_apart", "o_apart")


@dataclass(frozen=True)
class Cells:
    """Cells: features, the kind of error or nothing, and where they come from."""

    names: tuple[str, ...]
    values: np.ndarray
    kind: np.ndarray
    family: np.ndarray
    """What each was compared with: `s` the source, `o` other versions, `so` both."""
    work: np.ndarray
    clean: np.ndarray
    """Whether the whole row is sound."""
    share: np.ndarray
    """The share of faulty cells in the collation."""


Job = tuple[str, Sequence[Aligned], tuple[int, bool, float], int]


def jobs() -> Iterator[Job]:
    """Cut the rows of the works into stretches, each made into collations of several settings; more of a short work."""
    for name in WORKS:
        rows = half(work(name), "trees")
        parts = [rows[k : k + STRETCH] for k in range(0, len(rows), STRETCH)]
        parts = random.Random(SEEDS[0]).sample(parts, min(len(parts), ROWS // STRETCH))
        most = max(len(r.versions) for r in rows)
        settings = [s for s in SETTINGS if s[0] <= most] if most > 1 else ALONE
        times = TIMES if len(rows) > ROWS / 2 else 2 * TIMES
        for turn, part in enumerate(parts):
            drawn = ((n, settings[(times * turn + n) % len(settings)]) for n in range(times))
            yield from ((name, part, setting, 100 * turn + n) for n, setting in drawn)


def planted_collation(job: Job) -> tuple[Sequence[Aligned], Errors]:
    """Draw the versions and plant the errors of a job."""
    _, part, (count, _, share), seed = job
    rng = random.Random(seed)
    chosen = sorted(rng.sample(sorted({v for r in part for v in r.versions}), count))
    rows = [Aligned(r.corpus, r.source, {v: r.versions[v] for v in chosen if v in r.versions}) for r in part]
    rows = [r for r in rows if r.versions]
    return rows, plant(rows, rng, share, {**KINDS, **MORE})


def cells(job: Job, models: Models, table: Renderings) -> Cells:
    """Plant errors into a collation and return its cells."""
    name, _, (_, source, _), _ = job
    rows, planted = planted_collation(job)
    return read(name, rows, planted, source, models, table)


def read(name: str, rows: Sequence[Aligned], planted: Errors, source: bool, models: Models, table: Renderings) -> Cells:
    """Return the cells of a collation in which errors were planted."""
    made = collation(rows, changes(planted), source)
    analysis = Analysis(made)
    features = version_features(
        made, analysis.vocabulary, uncased_cell_states(made, analysis.vocabulary), table, models
    )
    names, tables = compare_cells(features, len(rows))
    kinds, families, clean = [], [], []
    for version, one in features.items():
        for i, lost in zip(one.row_indices, one.lost, strict=True):
            error = planted[i]
            kinds.append(error[1].kind if error and error[0] == version else "")
            families.append(("s" if "ru" in lost else "") + ("o" if len(lost) > ("ru" in lost) else ""))
            clean.append(error is None)
    values = np.concatenate(list(tables.values()))
    faulty = sum(k != "" and k not in FORM for k in kinds)
    share = np.full(len(kinds), (faulty + 1) / (len(kinds) + 2))
    return Cells(names, values, np.array(kinds), np.array(families), np.full(len(kinds), name), np.array(clean), share)


def joined(listed: Sequence[Cells]) -> Cells:
    """Put cells with the same features behind one another."""
    columns = (np.concatenate([getattr(cells, each.name) for cells in listed]) for each in fields(Cells)[1:])
    return Cells(listed[0].names, *columns)


def part(cells: Cells, which: np.ndarray) -> Cells:
    """Take some of the cells."""
    return Cells(cells.names, *(getattr(cells, each.name)[which] for each in fields(Cells)[1:]))


def is_faulty(cells: Cells) -> np.ndarray:
    """Tell which cells carry an error of meaning."""
    return ~np.isin(cells.kind, ["", "sound", *FORM])


def weigh(cells: Cells, faulty: float) -> np.ndarray:
    """Let the faulty cells together have a share of the weight, and many cells of a family count less each."""
    _, family, counts = np.unique(cells.family, return_inverse=True, return_counts=True)
    weight = 1 / np.sqrt(counts[family])
    wrong = is_faulty(cells)
    for which, share in ((True, faulty), (False, 1 - faulty)):
        weight[wrong == which] *= share / max(weight[wrong == which].sum(), 1e-9)
    return weight * len(weight)


def fit_cells(cells: Cells, rounds: int = 240) -> dict[str, Any]:
    """Fit the trees.

    They start from the log-odds of a fault in each collation, so that they learn what tells a faulty cell and not what
    tells a faulty work.
    """
    start = np.log(cells.share / (1 - cells.share))
    return fit(
        cells.names, cells.values, is_faulty(cells).astype(float), weight=weigh(cells, 0.3),
        start=start, seed=SEEDS[1], rounds=rounds, leaves=15, rate=0.06, least=60, up=UP, down=DOWN,
    )  # fmt: skip


def calibrate(cells: Cells, odds: np.ndarray) -> dict[str, Any]:
    """Find by family the calibration of risk, and the limits that sound rows pass.

    `odds`: of each cell, by trees that have not seen its work.
    """
    from sklearn.linear_model import LogisticRegression

    weight = weigh(cells, FAULTY)
    faulty = is_faulty(cells)
    lost = np.fmax(*(cells.values[:, cells.names.index(name)] for name in ("lost_s_1", "lost_o_1_max")))
    columns = {"cell": odds, "wrong": cells.values[:, cells.names.index("wrong_1")], "lost": lost}
    found: dict[str, Any] = {"risk": {}, **{which: {} for which in columns}}
    for family in ("s", "o", "so"):
        mine = cells.family == family
        model = LogisticRegression(C=1e6).fit(odds[mine, None], faulty[mine], sample_weight=weight[mine])
        found["risk"][family] = [round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)]
        for which, column in columns.items():
            # a score of 0.75 = 1 / (1 + exp(-1.1)) is what one sound row in 200 passes
            low, high = np.nanquantile(column[mine & cells.clean], [0.98, 0.995])
            found[which][family] = [round(float(low), 4), round(float(max(0.3, (high - low) / 1.1)), 4)]
    return found


#: The works, in parts of which each is judged by trees that have seen the others.
PARTS = (("bible", "overcoat", "mlqe"), ("nest", "crime", "wmt22"), ("poor-folk", "demons"))


def held_out(cells: Cells) -> np.ndarray:
    """Judge every work by trees that have not seen it."""
    held = np.zeros(len(cells.kind))
    for works in PARTS:
        mine = np.isin(cells.work, works)
        held[mine] = parse(fit_cells(part(cells, ~mine))).scores(cells.names, cells.values[mine])
    return held


def figures(cells: Cells, odds: np.ndarray) -> dict[str, float]:
    """Return by work and family how often a faulty cell has higher odds than a sound one."""
    found = {}
    faulty = is_faulty(cells)
    for name in WORKS:
        for family in ("s", "o", "so"):
            mine = (cells.work == name) & (cells.family == family)
            bad, good = odds[mine & faulty], odds[mine & (cells.kind == "")]
            if min(len(bad), len(good)) > ENOUGH:
                found[f"{name}, {family}: AUROC"] = round(auroc(bad, good), 4)
    return found


def cross_fitted(words: Mapping[str, Sequence[word_models.Words]]) -> dict[str, Models]:
    """Train the models of words for each work without it; those of cells are empty."""
    names = sorted({w.work for w in words["wrong"]})

    def without(job: tuple[str, str]) -> Trees:
        name, which = job
        return parse(word_models.fit_words([w for w in words[which] if w.work != name], which))

    fitted = iter(spread(without, [(name, which) for name in names for which in ("wrong", "lost")]))
    return {name: Models(next(fitted), next(fitted), parse({"features": [], "trees": []}), {}) for name in names}


def main() -> dict[str, float]:
    """Train the model of cells and write it; the figures on works held out."""
    tables = held_out_tables()
    found = spread(lambda job: word_models.labelled(job, tables[job[0]]), word_models.jobs())
    models = cross_fitted({which: [f[which] for f in found] for which in ("wrong", "lost")})
    listed = joined(spread(lambda job: cells(job, models[job[0]], tables[job[0]]), jobs()))
    held = held_out(listed)
    write_record("cells.json", {"calibration": calibrate(listed, held), "model": fit_cells(listed)})
    return figures(listed, held)


if __name__ == "__main__":
    main()
