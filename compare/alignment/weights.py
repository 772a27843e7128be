"""The weights of the features, fitted by `tests/train/alignment.py`."""

from __future__ import annotations

import numpy as np

MATCH_WEIGHTS = np.array([14.0, 4.0, -8.0, 0.0, -8.0, -8.0, -1.0, -1.0, 0.0, -3.0, -6.0, -6.0, -6.0, -1.0])
GAP_WEIGHTS = np.array([2.0, -4.0, 0.0])
OPENING = -3.0
PRICE = 0.45
