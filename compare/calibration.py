"""How likely an editor is to agree with a finding: one scale for all checks.

A check's own score ranks what that check finds; the scores of two checks say little of one another. Findings that an
editor marked (`tests/gold/editor/findings.tsv`) teach a logistic regression (`tests/training/calibration.py`) on a
finding's family, check, severity and own score, after Platt (1999). Every weight but the score's is held near zero,
so that a check of which few findings were read is taken for one of its family.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

from compare import artefacts
from compare.values import Severity

FILE = "calibration.json"

#: The log-odds of a check's own score count no further than this, either way: many checks give 1.0 throughout.
_FAR = 3.0


@functools.cache
def _model() -> Mapping[str, Any]:
    model: Mapping[str, Any] = artefacts.record(FILE)
    return model


def features(check: str, severity: Severity, score: float) -> dict[str, float]:
    """Name what is known of a finding: its family, check, severity, and the log-odds of its own score, -3 to 3.

    Critical is major here: but two such findings were read.
    """
    odds = math.log((score + 1e-9) / (1 - score + 1e-9))
    return {
        "bias": 1.0,
        f"family {check[:3]}": 1.0,
        f"check {check}": 1.0,
        f"severity {'major' if severity == 'critical' else severity}": 1.0,
        "score": max(-_FAR, min(_FAR, odds)),
    }


def probability(check: str, severity: Severity, score: float) -> float:
    """Return the probability, 0 to 1, that an editor agrees with a finding of a check that scored it so."""
    weights = _model()["weights"]
    odds = sum(weights.get(name, 0.0) * value for name, value in features(check, severity, score).items())
    return 1 / (1 + math.exp(-odds))


def judged(check: str) -> str:
    """Say how many of a check's findings an editor agreed with; empty if none was read."""
    right, arguable, wrong = _model()["marks"].get(check, (0, 0, 0))
    if not (read := right + arguable + wrong):
        return ""
    return f"Read by an editor: {read} findings, {right} right, {arguable} arguable, {wrong} wrong."
