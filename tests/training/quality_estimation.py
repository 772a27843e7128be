"""Train `compare.meaning.models.quality_estimation` on the direct assessments of MLQE-PE's training part.

`python -m tests.training quality_estimation` writes `compare/artefacts/quality_estimation.{npz,json}`. The
shares of the views and the calibration come from folds held out; nothing of the dev part is used.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from compare.analysis import Analysis
from compare.meaning.models.gbdt import parse
from compare.meaning.models.quality_estimation import LETTERS, View, gaussians, groups, pairing, view
from compare.wordalign.vocabulary import Vocabulary
from tests.planting.assessed import assessments, table
from tests.planting.corpora import mlqe
from tests.training.boosting import fit as boost

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
FOLDS = 5
#: What draws the landmarks, and the folds.
SEEDS = (0, 1)
#: Axes and landmarks of the kernel machines, the width of their Gaussians, and how much they are held back.
AXES, MARKS, WIDTH, RIDGE = 160, 1500, 0.7, 1.5
#: How much the letter groups are held back.
HELD = 6.0

Model = dict[str, np.ndarray]


def fit_kernel(pair: tuple[np.ndarray, np.ndarray], target: np.ndarray, name: str) -> Model:
    """Fit a kernel machine: principal axes of the pairing, its four parts made equal, and landmarks drawn at random."""
    centre = np.stack([side.mean(0) for side in pair])
    paired = pairing(pair, centre)
    mean = paired.mean(0)
    parts = np.split(paired - mean, 4, axis=1)
    scale = np.concatenate([np.full(part.shape[1], 1 / np.sqrt((part**2).sum(1).mean())) for part in parts])
    points = (paired - mean) * scale
    _, axes = np.linalg.eigh(points.T @ points)
    axes = axes[:, ::-1][:, :AXES]
    points = points @ axes
    axes = scale[:, None] * axes * np.sqrt(WIDTH / (points**2).sum(1).mean())
    model = {"centre": centre, "mean": mean, "axes": axes}
    model = {key: whole(value) for key, value in model.items()}
    points = (pairing(pair, model["centre"]) - model["mean"]) @ model["axes"]
    marks = whole(points[np.random.default_rng(SEEDS[0]).permutation(len(points))[:MARKS]])
    near, among = gaussians(points, marks), gaussians(marks, marks)
    held = near.T @ near + RIDGE * among + 1e-2 * np.eye(len(marks))
    model |= {"marks": marks, "pull": np.linalg.solve(held, near.T @ target).astype(np.float32)}
    return {f"{name}_{key}": value for key, value in model.items()}


def whole(values: np.ndarray) -> np.ndarray:
    """Round to the 255 steps in which weights are stored."""
    stored, scale = _steps(values)
    rounded: np.ndarray = (stored * scale).astype(np.float32)
    return rounded


def _steps(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = np.maximum(np.abs(values).max(0), 1e-9).astype(np.float32) / 127
    return np.round(values / scale).astype(np.int8), scale


def bags(seen: Vocabulary, rows: Sequence[int]) -> list[Any]:
    """Count the letter groups of each cell, as `natural` weighs them: for each side (cells, LETTERS)."""
    from scipy import sparse

    out = []
    for column in ("ru", "en"):
        data, at, ends = [], [], [0]
        for row in rows:
            cell = seen.cells[column][row]
            assert cell is not None
            found = [g for form in cell.forms.tolist() for g in groups(seen.forms.keys[form])]
            at += found
            data += [1 / np.sqrt(len(found) + 1)] * len(found)
            ends.append(len(at))
        made = sparse.csr_matrix((data, at, ends), shape=(len(rows), LETTERS))
        made.sum_duplicates()
        out.append(made)
    return out


def fit_letters(bag: list[Any], target: np.ndarray) -> np.ndarray:
    """Fit the weights of the letter groups by ridge regression: (2, LETTERS)."""
    from scipy import sparse
    from sklearn.linear_model import Ridge

    fitted = Ridge(HELD, fit_intercept=False, solver="sparse_cg", tol=1e-3).fit(sparse.hstack(bag).tocsr(), target)
    weights: np.ndarray = fitted.coef_.reshape(2, LETTERS)
    return weights


def fit_trees(seen: View, target: np.ndarray) -> dict[str, Any]:
    """Fit the trees on what is counted and linked."""
    return boost(seen.names, seen.values, target, logistic=False, rounds=300, leaves=12, rate=0.03, least=60)


def part(seen: View, which: np.ndarray) -> View:
    """Take some of the cells."""
    sides = {name: (u[which], v[which]) for name, (u, v) in seen.sides.items()}
    return View(sides, seen.names, seen.values[which], seen.letters[:, which])


def fit(seen: View, bag: list[Any], target: np.ndarray) -> tuple[Model, dict[str, Any]]:
    """Fit each view by itself."""
    model: Model = {}
    for name, pair in sorted(seen.sides.items()):
        model |= fit_kernel(pair, target, name)
    model["letters"] = fit_letters(bag, target)
    return model, fit_trees(seen, target)


def parts(seen: View, bag: list[Any], model: Model, trees: dict[str, Any]) -> np.ndarray:
    """Say what each view makes of the cells: (n, views), in the order of `share`."""
    from compare.meaning.models.quality_estimation import kernel

    found = [kernel(pair, name, model) for name, pair in sorted(seen.sides.items())]
    found.append(parse(trees).scores(seen.names, seen.values))
    found.append(sum(b @ weights for b, weights in zip(bag, model["letters"], strict=True)))
    return np.stack(found, axis=1)


def train(seen: View, bag: list[Any], target: np.ndarray) -> tuple[Model, dict[str, Any]]:
    """Fit everything."""
    from scipy.optimize import nnls
    from sklearn.linear_model import LogisticRegression

    mean = target.mean()
    folds = np.random.default_rng(SEEDS[1]).integers(0, FOLDS, len(target))
    held = np.zeros((len(target), len(seen.sides) + 2))
    for fold in range(FOLDS):
        rest, out = folds != fold, folds == fold
        fitted = fit(part(seen, rest), [b[rest] for b in bag], target[rest] - mean)
        held[out] = parts(part(seen, out), [b[out] for b in bag], *fitted)
    share, _ = nnls(held, target - mean)
    expected = held @ share + mean
    chance = LogisticRegression(C=1e6).fit(expected[:, None], target < -1)
    model, trees = fit(seen, bag, target - mean)
    model["share"], model["mean"] = share, np.array(mean)
    model["chance"] = np.array([chance.coef_[0, 0], chance.intercept_[0]])
    return model, trees


def stored(model: Model) -> bytes:
    """Write the model as npz: great arrays in 255 steps a column."""
    out: dict[str, Any] = {}
    for key, value in model.items():
        if key.endswith(("_axes", "_marks", "_mean", "_centre")):
            out[key], out[f"{key}_scale"] = _steps(value)
        elif key == "letters":
            steps, scale = _steps(value.T)
            out[key], out[f"{key}_scale"] = steps.T, scale[:, None]
        else:
            out[key] = value.astype(np.float32)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **out)
    return buffer.getvalue()


def main() -> None:
    """Train the model and write it."""
    records = mlqe("train")
    analysis = Analysis(table(records))
    letters = {"letters": np.zeros((2, LETTERS), np.float32)}
    rows, seen = view(analysis.collation, analysis.vocabulary, "en", letters)
    model, trees = train(seen, bags(analysis.vocabulary, rows), assessments(records)[rows])
    (DATA / "quality_estimation.npz").write_bytes(stored(model))
    (DATA / "quality_estimation.json").write_text(json.dumps(trees, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
