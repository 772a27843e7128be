"""The area under the curve of recall against false alarms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def auroc(bad: Sequence[float] | np.ndarray, good: Sequence[float] | np.ndarray) -> float:
    """Return the chance that a faulty one scores higher than a sound one; ties count half."""
    lower, upper = (np.searchsorted(np.sort(good), bad, side) for side in ("left", "right"))
    return float((lower + upper).mean() / (2 * len(good)))
