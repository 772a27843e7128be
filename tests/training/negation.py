"""Learn whether a text answers a denial of another: `compare/artefacts/negation.json`.

In the aligned rows of several works every second or so has a denial added to one version or taken from it; what faces
such a denial is unanswered, all else is answered, free translation as well. For each direction (from the source, to it,
between translations) a logistic regression, in which a lemma may only acquit: the weights of lemmas are bound to be
nought or less, and a penalty on their sum keeps few of them (L-BFGS-B, Byrd et al. 1995).

    python -m tests.training.negation        leaves out each work in turn, tells what is found there, then writes
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import compare
from compare.analysis import Analysis
from compare.meaning.detect.negation import (
    RenderingShares,
    counterparts,
    direction,
    distance,
    expected_place,
    is_lexical,
)
from compare.meaning.features.denials import read_denials
from compare.wordalign.renderings import load
from tests.data import SHARED
from tests.planting.negation import Planted, plant, plant_source

ARTEFACT = Path(__file__).parents[2] / "compare" / "artefacts" / "negation.json"
NOVELS = ("overcoat", "nest", "novels/poor-folk", "novels/crime", "novels/demons")
#: How many rows of a work, and of what confidence; what share has something planted.
_ROWS, _CONFIDENCE, _SHARE = 3500, 0.6, 0.45
#: What a lemma must be worth, how strongly the other weights are held down, and how often a lemma must be seen.
_PENALTY, _RIDGE, _LEAST = 2.5, 0.02, 5


@dataclass(frozen=True, slots=True)
class Example:
    """A denial before another text."""

    work: str
    model: str
    features: Mapping[str, float]
    unanswered: bool


def works() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Yield the aligned rows of each work, a cell by version."""
    from compare.collation import collate
    from compare.read import from_texts

    assert SHARED is not None
    for name in NOVELS:
        texts = {path.stem: path.read_text("utf-8") for path in sorted((SHARED / name).glob("*.txt"))}
        table = collate(from_texts(texts, source="ru"))
        rows = [row for row in table.rows if row.confidence > _CONFIDENCE and "ru" in row.spans and len(row.spans) > 1]
        yield name, [{id: table.cell(row, id).strip() for id in row.spans} for row in rows[:_ROWS]]
    with (SHARED / "wmt22" / "rows.tsv").open(encoding="utf-8") as lines:
        news = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[:600]
    yield "wmt22", [{"ru": row["ru"], "en": row["ref-A"]} for row in news]


def examples(work: str, rows: Sequence[dict[str, str]], rng: random.Random) -> Iterator[Example]:
    """Plant into the rows of a work and yield every denial before every other text."""
    planted: dict[int, tuple[str, Planted]] = {}
    table = []
    for i, row in enumerate(rows):
        version = rng.choice(sorted(set(row) - {"ru"}))
        done = plant(row[version], rng) if rng.random() < _SHARE else None
        if done:
            planted[i] = version, done
        table.append(row | {version: done.text} if done else row)
    lost = _lost(rows, planted)
    aligned = Analysis(compare.collate(compare.from_rows(table, source="ru"))).words
    readings = read_denials(aligned)
    langs = {version.id: version.lang for version in aligned.collation.work.versions}
    shares = {(a, b): RenderingShares(load(), langs[a], langs[b]) for a in langs for b in langs if a != b}
    for i, row in enumerate(table):
        version, done = planted.get(i, ("", None))
        for one in row:
            for two in row:
                if one == two or (done and not done.added and version == two and (i, one) not in lost):
                    continue
                for denial, facing in counterparts(aligned, readings, one, two, i, shares[one, two]):
                    word = aligned.cell(one, i).words[denial.at]
                    added = bool(done and done.added and version == one and word.start <= done.at < word.end)
                    unanswered = added or (version == two and lost.get((i, one)) == denial.at)
                    yield Example(work, direction(langs[one], langs[two]), facing.features, unanswered)


def of_source(work: str, rows: Sequence[dict[str, str]], rng: random.Random) -> Iterator[Example]:
    """Deny verbs of the source and yield its denials before the translations, which lack these."""
    table, planted = [], {}
    for i, row in enumerate(rows):
        done = plant_source(row["ru"], rng) if rng.random() < _SHARE else None
        if done:
            planted[i] = done.at
            table.append(row | {"ru": done.text})
    aligned = Analysis(compare.collate(compare.from_rows(table, source="ru"))).words
    readings, at = read_denials(aligned), list(planted.values())
    for version in aligned.collation.work.versions:
        if version.role != "source":
            shares = RenderingShares(load(), "ru", version.lang)
            for n, start in enumerate(at):
                for denial, facing in counterparts(aligned, readings, "ru", version.id, n, shares):
                    word = aligned.cell("ru", n).words[denial.at]
                    yield Example(work, "from", facing.features, word.start == start)


def _lost(rows: Sequence[dict[str, str]], planted: Mapping[int, tuple[str, Planted]]) -> dict[tuple[int, str], int]:
    """Return for each text of a row that has lost a denial the one of its own that had been answered by that."""
    chosen = [i for i, (_, done) in planted.items() if not done.added]
    if not chosen:
        return {}
    aligned = Analysis(compare.collate(compare.from_rows([rows[i] for i in chosen], source="ru"))).words
    readings = read_denials(aligned)
    found: dict[tuple[int, str], int] = {}
    for n, i in enumerate(chosen):
        version, done = planted[i]
        here = readings[version][n]
        mine = [k for k, word in enumerate(aligned.cell(version, n).words) if word.start <= done.at < word.end]
        if here is None or not set(mine) & set(here.at):
            continue
        for other in set(rows[i]) - {version}:
            theirs, cover = readings[other][n], aligned.covers[other, version][n]
            if theirs is None or cover is None:
                continue
            near = []
            for denial in theirs.denials:
                at = expected_place(denial, cover, len(here.lemmas))
                far = {k: distance(k, at) for k in here.at}
                if far[mine[0]] == min(far.values()) <= 4:
                    near.append((far[mine[0]], denial.at))
            if near:
                found[i, other] = min(near)[1]
    return found


def fit(items: Sequence[Example]) -> dict[str, float]:
    """Learn the weights of the features; those that come to nought are left out."""
    from scipy import sparse
    from scipy.optimize import minimize

    count = Counter(name for item in items for name in item.features)
    names = sorted(name for name, n in count.items() if not is_lexical(name) or n >= _LEAST)
    at = {name: k for k, name in enumerate(names)}
    cells = [(i, at[name], x) for i, item in enumerate(items) for name, x in item.features.items() if name in at]
    rows, columns, values = zip(*cells, strict=True)
    table = sparse.csr_matrix((values, (rows, columns)), (len(items), len(names)))
    truth = np.array([item.unanswered for item in items], float)
    lexical = np.array([is_lexical(name) for name in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        z = table @ weights
        slope = table.T @ (1 / (1 + np.exp(-z)) - truth)
        slope += np.where(lexical, -_PENALTY, 2 * _RIDGE * weights)
        fine = -_PENALTY * weights[lexical].sum() + _RIDGE * (weights[~lexical] ** 2).sum()
        return float((np.logaddexp(0, z) - truth * z).sum() + fine), slope

    bounds = [(None, 0.0) if each else (None, None) for each in lexical]
    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300})
    return {name: round(float(w), 3) for name, w in zip(names, best.x, strict=True) if abs(w) >= 0.01}


def main() -> None:
    """Learn, tell what each work held out gives, and write."""
    items: list[Example] = []
    for work, rows in works():
        items += examples(work, rows, random.Random(5))
        items += of_source(work, rows, random.Random(6))
    weights = {}
    for model in ("to", "from", "kin"):
        mine = [item for item in items if item.model == model]
        for work in sorted({item.work for item in mine}):
            held = fit([item for item in mine if item.work != work])
            z = [
                (sum(held.get(n, 0.0) * x for n, x in e.features.items()), e.unanswered) for e in mine if e.work == work
            ]
            for least in (2.0, 3.0, 4.0):
                right, all_ = sum(s >= least and y for s, y in z), sum(y for _, y in z)
                wrong = sum(s >= least and not y for s, y in z)
                print(f"{model} {work} at {least:g}: {right} of {all_} planted, {wrong} of {len(z) - all_} others")
        weights[model] = fit(mine)
    ARTEFACT.write_text(json.dumps(weights, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
