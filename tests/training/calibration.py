"""Learn how likely an editor is to agree with a finding (`compare.calibration`): `make train STEP=calibration`.

Today's findings on the works that were read (`tests/gold/editor/findings.tsv`), where they say what a marked one said,
and findings of the first reading of parts of works that nobody had seen (`read.tsv`), with the scores that they had
then; the later readings tell how far the probabilities hold. An arguable finding counts by half. Each work in turn is
held out, and the log-loss and the Brier score of its findings are set against those of the checks' own scores.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from unittest.mock import patch

import numpy as np

import compare
from compare import calibration
from compare.calibration import FILE, features
from compare.values import Severity
from tests.data import SHARED
from tests.marks import gold, located, match, work
from tests.training.files import ARTEFACTS

#: What a mark says of an editor's agreement.
AGREES = {"right": 1.0, "arguable": 0.5, "wrong": 0.0}
#: How strongly weights are held near where they begin: zero, but for the score's, which begins at this.
_RIDGE, _SCORE = 1.0, 0.3

#: The reading that teaches.
_FIRST = "1"

#: A marked finding: work, check, severity, the check's own score, mark.
Marked = tuple[str, str, Severity, float, str]


def marked() -> list[Marked]:
    """Check the works that were read, each check with its own score, and gather what was marked."""
    assert SHARED is not None
    out = [_marked(line) for line in gold("read.tsv") if line["reading"] == _FIRST]
    lines = gold("findings.tsv")
    with patch.object(calibration, "probability", lambda check, severity, score: score):
        for name in sorted({line["work"] for line in lines}):
            collation = compare.collate(work(name, SHARED))
            findings = compare.check(collation)
            said = match(findings, located(collation, [each for each in lines if each["work"] == name]))
            out += [(name, f.check, f.severity, f.score, said[f.id]) for f in findings if f.id in said]
    return out


def _marked(line: Mapping[str, str]) -> Marked:
    severity: Severity = line["severity"]  # type: ignore[assignment]
    return line["work"], line["check"], severity, float(line["score"]), line["mark"]


def fit(sample: Sequence[Marked]) -> dict[str, float]:
    """Fit the regression by Newton's method; a weight of each feature by its name."""
    named = [features(check, severity, score) for _, check, severity, score, _ in sample]
    names = sorted({name for each in named for name in each})
    x = np.array([[each.get(name, 0.0) for name in names] for each in named])
    y = np.array([AGREES[mark] for *_, mark in sample])
    start = np.array([_SCORE if name == "score" else 0.0 for name in names])
    ridge = np.array([0.01 if name == "bias" else 20.0 if name == "score" else _RIDGE for name in names])
    weights = start.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge * (weights - start)
        weights -= np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(ridge), gradient)
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def held_out(sample: Sequence[Marked]) -> dict[str, float]:
    """Measure on each work what the others taught: log-loss and Brier score, and those of the checks' own scores."""
    loss: defaultdict[str, list[float]] = defaultdict(list)
    for name in sorted({each[0] for each in sample}):
        weights = fit([each for each in sample if each[0] != name])
        for _, check, severity, score, mark in (each for each in sample if each[0] == name):
            known = features(check, severity, score).items()
            p = 1 / (1 + np.exp(-sum(weights.get(feature, 0.0) * value for feature, value in known)))
            for kind, said in (("calibrated", p), ("own", min(max(score, 0.01), 0.99))):
                y = AGREES[mark]
                loss[f"{kind}: log-loss"].append(-y * np.log(said) - (1 - y) * np.log(1 - said))
                loss[f"{kind}: Brier score"].append((said - y) ** 2)
    return {name: round(float(np.mean(values)), 3) for name, values in loss.items()}


def main() -> dict[str, float]:
    """Write the weights and the counts of marks; return what was measured on held-out works."""
    sample = marked()
    counts = Counter((check, mark) for _, check, _, _, mark in sample)
    by_check = {check: [counts[check, mark] for mark in AGREES] for check in sorted({each[1] for each in sample})}
    weights = fit(sample)
    record = {"features": sorted({name.split()[0] for name in weights}), "weights": weights, "marks": by_check}
    (ARTEFACTS / FILE).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    return held_out(sample)
