"""Train the second look of `compare.meaning.rescoring` on errors planted into whole collations.

`python -m tests.training.review` reads the development data and writes
`compare/artefacts/review-PATH.json`. The models of the first look must be there (`tests.training.meaning`); its
networks and models of words have seen none of these rows.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from compare.analysis import Analysis
from compare.meaning.models.gbdt import parse
from compare.meaning.rescoring import features, joined
from tests.bench.meaning import collation
from tests.planting.corpora import NEST_TRAIN, Aligned, bible, novel
from tests.planting.errors import KINDS, Planted, bed
from tests.training.boosting import fit
from tests.training.items import BOOKS, SHARES

#: Chapters of the novel that nothing has been trained on.
NEST_FRESH = (("XV", "XX"), ("XXV", "XXVI"), ("XL", "XLIII"))
DATA = Path(__file__).parents[2] / "compare" / "artefacts"
#: Rows of a collation, and into how many each corpus is cut at most; what there is less of is planted twice.
ROWS, PARTS = 150, 8
#: Errors are planted anew with each.
SEEDS = (1, 2)
#: How many versions, whether the source stands beside them, and the share of rows that have an error: what every part
#: of a corpus is made into, and of what every other part is. A sound work must look sound too.
ALWAYS = ((3, True, 0.75), (3, True, 0.15))
BY_TURNS = (
    ((3, False, 0.7), (3, False, 0.15)),
    ((2, True, 0.5), (2, False, 0.5)),
    ((1, True, 0.5), (1, True, 0.15)),
)


@dataclass(frozen=True)
class Lines:
    """Cells: features, whether they are faulty, what stood beside them, and the rows that they come from."""

    names: tuple[str, ...]
    values: np.ndarray
    faulty: np.ndarray
    family: np.ndarray
    corpus: np.ndarray
    part: np.ndarray
    """Number of the stretch of text."""
    share: np.ndarray
    """The share of faulty cells in the collation."""
    clean: np.ndarray
    """Whether the whole row is sound."""


def parts() -> list[tuple[str, list[Aligned]]]:
    """Cut stretches out of the texts."""
    low = SHARES["cells"][0]
    chapters, tale = novel("nest", NEST_TRAIN), novel("overcoat")
    corpora = {
        "bible": bible(*BOOKS["cells"]),
        "nest": [
            *chapters[int(low * len(chapters)) :],
            *(row for pair in NEST_FRESH for row in novel("nest", pair)),
        ],
        "overcoat": tale[int(low * len(tale)) :],
    }
    out = []
    for name, rows in corpora.items():
        starts = [k for k in range(0, len(rows), ROWS) if len(rows) - k >= ROWS / 3]
        step = max(1, len(starts) / PARTS)
        out += [(name, rows[starts[int(k)] :][:ROWS]) for k in np.arange(0, len(starts), step)]
    return out


def plant(listed: Sequence[Aligned], rng: random.Random, share: float) -> list[tuple[str, Planted] | None]:
    """Plant an error of some kind into one version of a share of the rows."""
    beds = {v: bed([r.versions[v] for r in listed]) for v in sorted(listed[0].versions)}
    out: list[tuple[str, Planted] | None] = []
    for row in listed:
        version = rng.choice(sorted(row.versions))
        ground = replace(beds[version], source=row.source)
        tried = (KINDS[k](row.versions[version], ground, rng) for k in rng.sample(sorted(KINDS), len(KINDS)))
        made = next((each for each in tried if each), None) if rng.random() < share else None
        out.append((version, made) if made else None)
    return out


def gather(seed: int) -> Lines:
    """Plant, collate and lay out the cells of all parts in all settings."""
    rng = random.Random(seed)
    names: tuple[str, ...] = ()
    values, cells = [], []
    listed = list(enumerate(parts()))
    for turn, (number, (corpus, part)) in enumerate([*listed, *(x for x in listed if x[1][0] != "bible")]):
        for count, source, share in (*ALWAYS, *(pair[turn % 2] for pair in BY_TURNS)):
            chosen = sorted(rng.sample(sorted(part[0].versions), count))
            rows = [Aligned(r.corpus, r.source, {v: r.versions[v] for v in chosen}) for r in part]
            planted = plant(rows, rng, share)
            analysis = Analysis(
                collation(rows, [(each[0], each[1].text) if each else None for each in planted], source)
            )
            first = analysis.first_pass
            names, tables = features(first, analysis.vocabulary, "ru" if source else None, len(rows))
            family = ("s" if source else "") + ("o" if count > 1 else "")
            for version, table in tables.items():
                values.append(table)
                found = [planted[i] for i in first[version].rows]
                faulty = [each is not None and each[0] == version for each in found]
                rate = (sum(each is not None for each in planted) + 1) / (count * len(rows) + 2)
                cells += [
                    (wrong, family, corpus, number, rate, each is None)
                    for wrong, each in zip(faulty, found, strict=True)
                ]
    return Lines(names, np.concatenate(values), *(np.array(column) for column in zip(*cells, strict=True)))


def together(listed: Sequence[Lines]) -> Lines:
    """Put cells with the same features behind one another."""
    columns = (np.concatenate([getattr(lines, each.name) for lines in listed]) for each in fields(Lines)[1:])
    return Lines(listed[0].names, *columns)


def weigh(lines: Lines, faulty: float) -> np.ndarray:
    """Let every family and corpus count as much, and in each faulty and sound cells by their shares."""
    weight = np.zeros(len(lines.faulty))
    groups = np.char.add(np.char.add(lines.corpus, "/"), lines.family)
    for group in sorted(set(groups)):
        for which, share in ((True, faulty), (False, 1 - faulty)):
            some = (groups == group) & (lines.faulty == which)
            weight[some] = share / max(some.sum(), 1)
    return weight * len(weight) / weight.sum()


def fit_review(lines: Lines, use: np.ndarray) -> dict[str, Any]:
    """Fit the trees on some of the cells.

    They start from the log-odds of a fault in each collation, so that they learn what tells a faulty cell and not what
    tells a faulty work.
    """
    start = np.log(lines.share / (1 - lines.share))
    return fit(
        lines.names, lines.values[use], lines.faulty[use].astype(float), weight=weigh(lines, 0.25)[use],
        start=start[use], rounds=200, leaves=15, rate=0.06, least=40,
    )  # fmt: skip


def held_out(lines: Lines) -> np.ndarray:
    """Judge every stretch of text by trees that have not seen it."""
    held = np.zeros(len(lines.faulty))
    first, others = (lines.values[:, lines.names.index(name)] for name in ("first", "o_count"))
    for fold in range(3):
        out = lines.part % 3 == fold
        second = parse(fit_review(lines, ~out)).scores(lines.names, lines.values[out])
        held[out] = joined(second, first[out].astype(float), others[out])
    return held


def calibrate(lines: Lines, held: np.ndarray) -> dict[str, Any]:
    """Find by family the calibration for one faulty cell in five, and the limits that sound rows pass."""
    from sklearn.linear_model import LogisticRegression

    weight = weigh(lines, 0.2)
    found: dict[str, Any] = {"risk": {}, "cell": {}}
    for family in ("s", "o", "so"):
        mine = lines.family == family
        model = LogisticRegression(C=1e6).fit(held[mine, None], lines.faulty[mine], sample_weight=weight[mine])
        found["risk"][family] = [round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)]
        # a score of 0.75 = 1 / (1 + exp(-1.1)) is what one sound row in 200 passes
        low, high = np.quantile(held[mine & lines.clean], [0.98, 0.995])
        found["cell"][family] = [round(float(low), 4), round(float(max(0.3, (high - low) / 1.1)), 4)]
    return found


def main() -> None:
    """Train the second look and write it."""
    lines = together([gather(seed) for seed in SEEDS])
    made = {
        "calibration": calibrate(lines, held_out(lines)),
        "model": fit_review(lines, np.ones(len(lines.faulty), bool)),
    }
    (DATA / "rescoring.json").write_text(json.dumps(made, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
