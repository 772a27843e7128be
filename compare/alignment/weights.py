"""The weights of the features, fitted by `tests/train/alignment.py`.

On the verses of Genesis, Joshua and 1 Samuel, Russian with three English versions and these with one another, and on
single sentences, joined, split and dropped by `tests/bench/bible.py`.
"""

from __future__ import annotations

import numpy as np

from compare.alignment.features import GAP, MATCH
from compare.alignment.lattice import Weights

_MATCH = {
    "likeness": 5.33,
    "likeness of many": 2.07,
    "unlike": 0.64,
    "neighbours": -1.15,
    "nearest neighbour": -2.10,
    "longer": 2.02,
    "shorter": -3.51,
    "starts": 2.38,
    "stops": 3.00,
    "across": -0.71,
    "belonging": -0.76,
    "torn": 2.80,
    "part": -1.58,
    "paragraphs": 0.50,
    "pairs": -0.32,
    "pairs lost": 0.98,
    "length": -9.31,
    "length squared": 3.79,
    "1:1": 0.72,
    "1:2": 0.28,
    "2:2": 1.02,
    "1:3": 1.37,
    "more": -7.21,
    "size": -3.50,
}
_GAP = {
    "gap": -3.63,
    "likeness across": 1.00,
    "pair lost": -3.67,
    "length": 2.43,
}

WEIGHTS = Weights(np.array([_MATCH[name] for name in MATCH]), np.array([_GAP[name] for name in GAP]), opening=-5.00)

#: What each bead must bring to the path: near half the F1 that is to be expected.
PRICE = 0.45
