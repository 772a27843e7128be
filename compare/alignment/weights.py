"""The weights of the features, fitted by `tests/train/alignment.py`."""

from __future__ import annotations

import numpy as np

from compare.alignment.features import GAP, MATCH
from compare.alignment.lattice import Weights

_MATCH = {
    "likeness": 4.76,
    "likeness of many": 2.44,
    "unlike": 3.59,
    "neighbours": -4.18,
    "nearest neighbour": -0.67,
    "longer": 2.96,
    "shorter": -6.51,
    "starts": 3.25,
    "stops": 4.91,
    "across": 0.34,
    "pairs": 1.74,
    "pairs lost": -1.07,
    "length": -10.11,
    "length squared": 4.23,
    "1:1": -0.24,
    "1:2": -1.04,
    "2:2": 0.17,
    "1:3": -0.79,
    "more": -8.99,
    "size": -3.34,
}
_GAP = {
    "gap": -3.50,
    "likeness across": 0.17,
    "pair lost": -0.85,
    "length": 2.60,
}

WEIGHTS = Weights(
    np.array([_MATCH[name] for name in MATCH]), np.array([_GAP[name] for name in GAP]), opening=-4.77
)

#: What each bead must bring to the path: near half the F1 that is to be expected.
PRICE = 0.45
