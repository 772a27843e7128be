"""The kind of two readings that no rule classes, and how much an editor would want to see a site.

Regressions over `features` (`tests/training/apparatus.py`), learned from variants that a reader has classed, and from
what translators changed in machine translations that others had marked.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import Any

from compare import artefacts
from compare.apparatus.classes import KINDS, Kind
from compare.apparatus.features import NAMES, ONE_WORD

#: The kinds that are weighed where no rule says which it is.
WEIGHED: tuple[Kind, ...] = ("function word", "order", "synonym", "near", "omission", "meaning")
#: How likely each kind is, and the features that this was judged by.
Judged = tuple[Mapping[Kind, float], Sequence[float]]
#: From what share of words in common on two versions are a text and its revision, where one word for one is a change.
_REVISED = 0.5


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights for each class over standardised features; of one class the weights for yes."""

    means: Sequence[float]
    scales: Sequence[float]
    weights: Sequence[Sequence[float]]
    biases: Sequence[float]
    _lines: Sequence[tuple[float, Sequence[float]]] = field(init=False, repr=False, compare=False)
    """For each class what to begin with and the weights, over features that are not standardised."""

    def __post_init__(self) -> None:
        lines = []
        for line, bias in zip(self.weights, self.biases, strict=True):
            own = [weight / scale for weight, scale in zip(line, self.scales, strict=True)]
            lines.append((bias - sum(map(mul, own, self.means)), own))
        object.__setattr__(self, "_lines", lines)

    def scores(self, features: Sequence[float]) -> list[float]:
        """Return the score of each class, in natural logarithms of odds."""
        return [start + sum(map(mul, line, features)) for start, line in self._lines]


def linear(stored: Mapping[str, Any]) -> Linear:
    """Make a model of what is stored of it."""
    return Linear(stored["means"], stored["scales"], stored["weights"], stored["biases"])


@functools.cache
def _models() -> Mapping[str, Linear]:
    return {name: linear(stored) for name, stored in artefacts.record("variants.json").items()}


def probabilities(features: Sequence[float]) -> Mapping[Kind, float]:
    """Return how likely each of WEIGHED is, adding up to 1. `features`: one for each of `features.NAMES`."""
    return weigh(_models()["kinds"], _models()["single"], features)


def weigh(kinds: Linear, single: Linear, features: Sequence[float]) -> Mapping[Kind, float]:
    """Turn the scores of models into probabilities of WEIGHED.

    Where one word faces one word in versions that share most of their words, the model that has learned just that says
    whether it means something else.
    """
    scores = kinds.scores(features)
    powers = [math.exp(score - max(scores)) for score in scores]
    found = {kind: power / sum(powers) for kind, power in zip(WEIGHED, powers, strict=True)}
    if not is_revised(features):
        return found
    meaning = 1 / (1 + math.exp(-single.scores(features)[0]))
    left = (1 - meaning) / (1 - found["meaning"])
    return {kind: meaning if kind == "meaning" else left * value for kind, value in found.items()}


def pooled(pairs: Sequence[Judged]) -> Judged:
    """Say how likely each kind is of a site, and give the features of its two readings that differ most.

    `pairs`: for each two readings how likely each kind is, of one that a rule has stated 1.0, and their features. Of
    those that were weighed the mean counts, unless a rule has stated a graver kind than is likeliest then.
    """
    weighed = [kinds for kinds, _ in pairs if len(kinds) > 1]
    stated = max((likeliest(kinds) for kinds, _ in pairs if len(kinds) == 1), key=KINDS.index, default=KINDS[0])
    mean = {kind: sum(each[kind] for each in weighed) / len(weighed) for kind in WEIGHED} if weighed else {}
    _, features = max(pairs, key=lambda pair: _gravity(pair[0]))
    if not mean or KINDS.index(stated) > KINDS.index(likeliest(mean)):
        return {stated: 1.0}, features
    return mean, features


def likeliest(kinds: Mapping[Kind, float]) -> Kind:
    """Return the likeliest kind."""
    return max(kinds, key=lambda kind: kinds[kind])


def _gravity(kinds: Mapping[Kind, float]) -> tuple[int, float]:
    kind = likeliest(kinds)
    return KINDS.index(kind), kinds[kind]


def is_single(features: Sequence[float]) -> bool:
    """Tell whether each reading has one word of content that the other lacks."""
    return features[NAMES.index("words of the more")] == ONE_WORD == features[NAMES.index("words of the fewer")]


def is_revised(features: Sequence[float]) -> bool:
    """Tell whether one word faces one in versions that share most of their words, as a text and its revision do."""
    return is_single(features) and features[NAMES.index("row in common")] >= _REVISED


def wanted(kinds: Mapping[Kind, float], features: Sequence[float]) -> float:
    """Return the probability that an editor would want to see a site.

    `kinds`: how likely each is; `features`: of its most different readings. The more words two versions share in the
    row, the more likely one corrects the other, and what differs weighs what it would have cost the other in marks.
    """
    given = site_features(kinds, features)
    share = features[NAMES.index("row in common")]
    (read,), (marked,) = (_models()[name].scores(given) for name in ("wanted", "marked"))
    return 1 / (1 + math.exp(-blended(share, read, marked)))


def blended(share: float, read: float, marked: float) -> float:
    """Weigh the log-odds of a reader's word and of assessors' marks by the share of words in common, 0 to 1.

    By its square: of works left out, best by that among its powers.
    """
    return (1 - share**2) * read + share**2 * marked


def site_features(kinds: Mapping[Kind, float], features: Sequence[float]) -> list[float]:
    """Put how likely each kind is before the features of two readings; what says something else is of one kind."""
    other = sum(kinds.get(each, 0.0) for each in _OTHER)
    return [*(kinds.get(each, 0.0) for each in _ALIKE), other, *features]


#: The kinds that say something else: too few of each have been read to learn their weights apart.
_OTHER = KINDS[KINDS.index("meaning") :]
_ALIKE = KINDS[: KINDS.index("meaning")]
#: What `wanted` reads, in its order.
SITE_NAMES = (*_ALIKE, "meaning", *NAMES)
