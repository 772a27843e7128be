"""The weights of the features, fitted by `tests/training/alignment.py`.

On the verses of Genesis, Joshua and 1 Samuel, Russian with three English versions and these with one another, and on
single sentences, joined, split and dropped by `tests/planting/alignments.py`.
"""

from __future__ import annotations

import numpy as np

from compare.alignment.bead_features import GAP, MATCH
from compare.alignment.lattice import Weights

_MATCH = {
    "likeness": 5.50,
    "likeness of many": 2.10,
    "unlike": 0.88,
    "neighbours": -1.24,
    "nearest neighbour": -1.85,
    "longer": 1.78,
    "shorter": -3.63,
    "starts": 2.65,
    "stops": 3.27,
    "across": -0.91,
    "belonging": -0.80,
    "torn": 2.53,
    "paragraphs": 0.60,
    "part": -2.09,
    "pairs": -0.44,
    "pairs lost": 0.87,
    "length": -9.47,
    "length squared": 4.01,
    "1:1": 0.72,
    "1:2": 0.29,
    "2:2": 0.95,
    "1:3": 1.48,
    "more": -7.22,
    "size": -3.45,
}
_GAP = {
    "gap": -3.77,
    "likeness across": 1.02,
    "pair lost": -3.70,
    "length": 2.54,
}

_JOINT_MATCH = {
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
    "torn": 0.0,
    "paragraphs": 1.00,
    "part": 0.0,
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
_JOINT_GAP = {
    "gap": -2.34,
    "likeness across": 0.71,
    "pair lost": -1.11,
    "length": 1.24,
}


def _weights(match: dict[str, float], gap: dict[str, float], opening: float) -> Weights:
    return Weights(np.array([match[name] for name in MATCH]), np.array([gap[name] for name in GAP]), opening)


WEIGHTS = _weights(_MATCH, _GAP, opening=-4.56)
#: For collations of several versions: of a row in one of them the parts of its first and last segments say little.
JOINT = _weights(_JOINT_MATCH, _JOINT_GAP, opening=-5.48)

#: What each bead must bring to the path: near half the F1 that is to be expected.
PRICE = 0.45
