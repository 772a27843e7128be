"""What the judge of natural errors is held to: people's assessments of machine translations, the source alone beside.

Trained on MLQE-PE's training part, measured on its dev part.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from compare.analysis import Analysis
from tests.bench import Figure
from tests.data import SHARED
from tests.planting.assessed import assessments, table
from tests.planting.auroc import auroc
from tests.planting.corpora import mlqe


def bench() -> Iterator[Figure]:
    """Measure expected quality and the report's risk; nothing without the development data."""
    if SHARED is None:
        return
    records = mlqe("dev")
    true = assessments(records)
    collation = table(records)
    cosine = Analysis(collation).similarity.cosine["ru", "en"]
    analysis = Analysis(collation)
    analysis.vocabulary  # noqa: B018  # read beforehand, so that its time does not count
    start = time.process_time()
    expected = [quality for quality in analysis.quality["en"] if quality]
    spent = time.process_time() - start
    risky = np.array([row["en"] or 0 for row in analysis.risk])
    score, bad = (np.array([getattr(q, field) for q in expected]) for field in ("score", "bad"))
    ours = {"assessment expected": score, "risk of the report": -risky}
    for what, values in ours.items():
        yield Figure(
            f"natural errors, {what}: AUROC of bad translations",
            _bad(values, true),
            0.87,
            peers={"cosine": _bad(cosine, true)},
        )
    for what, values in ours.items():
        yield Figure(
            f"natural errors, {what}: Pearson with the assessment",
            float(np.corrcoef(values, true)[0, 1]),
            0.65 if values is score else None,
            peers={"cosine": float(np.corrcoef(cosine, true)[0, 1])},
        )
    yield Figure("natural errors: calibration error", _calibration(bad, true < -1), 0.05, "lower")
    rate = spent / len(records) * 40_000
    yield Figure("natural errors: judging 40,000 cells, once read", rate, None, "lower", unit="s of one core")


def _bad(score: np.ndarray, true: np.ndarray) -> float:
    return auroc(-score[true < -1], -score[true >= -1])


def _calibration(chance: np.ndarray, bad: np.ndarray) -> float:
    """Expected calibration error over ten bins."""
    bins = np.minimum((10 * chance).astype(int), 9)
    return float(sum(abs((chance - bad)[bins == b].sum()) for b in range(10)) / len(bad))
