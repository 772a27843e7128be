"""The weights of the features, fitted by `tests/train/alignment.py`."""

from __future__ import annotations

import numpy as np

from compare.alignment.features import GAP, MATCH
from compare.alignment.lattice import Weights

_MATCH = {
    "likeness": 3.50,
    "likeness of many": 2.71,
    "unlike": 2.74,
    "neighbours": -0.30,
    "nearest neighbour": -2.78,
    "longer": 2.50,
    "shorter": -3.94,
    "starts": 3.00,
    "stops": 3.00,
    "across": -0.03,
    "belonging": 0.80,
    "least belonging": 0.02,
    "pairs": 1.53,
    "pairs lost": 0.82,
    "length": -9.19,
    "length squared": 3.20,
    "1:1": -0.51,
    "1:2": -0.42,
    "2:2": -0.64,
    "1:3": -0.25,
    "more": -8.89,
    "size": -3.79,
}
_GAP = {
    "gap": -2.58,
    "likeness across": 0.26,
    "pair lost": -0.53,
    "length": 1.29,
}

WEIGHTS = Weights(
    np.array([_MATCH[name] for name in MATCH]), np.array([_GAP[name] for name in GAP]), opening=-4.36
)

#: What each bead must bring to the path: near half the F1 that is to be expected.
PRICE = 0.45
