"""The kind of two readings whose meanings have to be weighed, and how much an editor would want to see a site.

Logistic regressions over `features`, learned from variants that a reader has classed (`tests/training/apparatus.py`).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compare import artefacts
from compare.apparatus.classes import KINDS, Kind
from compare.apparatus.features import NAMES

#: The kinds that are weighed, of two readings that both have words of their own.
OPPOSED: tuple[Kind, ...] = ("synonym", "near", "meaning")


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights for each class over standardised features; of one class the weights for yes."""

    means: Sequence[float]
    scales: Sequence[float]
    weights: Sequence[Sequence[float]]
    biases: Sequence[float]

    def scores(self, features: Sequence[float]) -> list[float]:
        """Return the score of each class, in natural logarithms of odds."""
        x = [(value - mean) / scale for value, mean, scale in zip(features, self.means, self.scales, strict=True)]
        return [
            bias + sum(w * v for w, v in zip(line, x, strict=True))
            for line, bias in zip(self.weights, self.biases, strict=True)
        ]


def linear(stored: Mapping[str, Any]) -> Linear:
    """Make a model of what is stored of it."""
    return Linear(stored["means"], stored["scales"], stored["weights"], stored["biases"])


@functools.cache
def _models() -> Mapping[str, Linear]:
    return {name: linear(stored) for name, stored in artefacts.record("variants.json").items()}


def probabilities(features: Sequence[float]) -> Mapping[Kind, float]:
    """Return how likely each of OPPOSED is, adding up to 1. `features`: one for each of `features.NAMES`."""
    return weigh(_models()["opposed"], features)


def weigh(model: Linear, features: Sequence[float]) -> Mapping[Kind, float]:
    """Turn a model's scores into the probabilities of OPPOSED."""
    scores = model.scores(features)
    powers = [math.exp(score - max(scores)) for score in scores]
    return {kind: power / sum(powers) for kind, power in zip(OPPOSED, powers, strict=True)}


def wanted(kinds: Mapping[Kind, float], features: Sequence[float]) -> float:
    """Return the probability that an editor wants to see a site.

    `kinds`: how likely each is; `features`: of its most different readings.
    """
    (score,) = _models()["wanted"].scores(site_features(kinds, features))
    return 1 / (1 + math.exp(-score))


def site_features(kinds: Mapping[Kind, float], features: Sequence[float]) -> list[float]:
    """Put how likely each kind is before the features of two readings."""
    return [*(kinds.get(each, 0.0) for each in KINDS), *features]


#: What `wanted` reads, in its order.
SITE_NAMES = (*KINDS, *NAMES)
