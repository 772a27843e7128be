"""The weights of the features, fitted by `tests/train/alignment.py`.

On the verses of Genesis, Joshua and 1 Samuel, Russian with three English versions and these with one another, joined,
split and dropped by `tests/bench/bible.py`.
"""

from __future__ import annotations

import numpy as np

from compare.alignment.features import GAP, MATCH
from compare.alignment.lattice import Weights

_MATCH = {
    "likeness": 5.54,
    "likeness of many": 2.75,
    "unlike": 2.92,
    "neighbours": -1.19,
    "nearest neighbour": -2.81,
    "longer": 1.41,
    "shorter": -4.27,
    "starts": 3.20,
    "stops": 3.41,
    "across": 0.21,
    "belonging": -0.39,
    "least belonging": 0.14,
    "pairs": 1.09,
    "pairs lost": -0.75,
    "length": -10.66,
    "length squared": 4.39,
    "1:1": -0.68,
    "1:2": -0.32,
    "2:2": -0.26,
    "1:3": 0.54,
    "more": -9.71,
    "size": -4.19,
}
_GAP = {
    "gap": -2.34,
    "likeness across": 0.71,
    "pair lost": -1.11,
    "length": 1.24,
}

WEIGHTS = Weights(np.array([_MATCH[name] for name in MATCH]), np.array([_GAP[name] for name in GAP]), opening=-5.48)

#: What each bead must bring to the path: near half the F1 that is to be expected.
PRICE = 0.45
