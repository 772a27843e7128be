"""Sentences that say the same in other words, by the encoder's vectors.

Compared are sentences that stand near each other, and sentences that share a word that is rare in the version: never
all with all.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from compare.repeats.copies import Copies
from compare.repeats.seeds import lookup

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.tokens import Tokens

#: Words that a sentence must have: the vectors of shorter ones lie near too many others.
LEAST_WORDS = 6
#: Sentences this far apart or less are compared whatever their words.
NEAR = 8
#: A word that more sentences than this have is not rare; each is paired with so many of those before it.
COMMON = 64
LOOK_BACK = 8
#: Cosines from which a pair is looked at, near and far.
LEAST_NEAR = 0.5
LEAST_FAR = 0.62
#: Pairs whose cosines are computed at once: their vectors take some megabytes.
BATCH = 1 << 11

WEIGHTS = {
    "constant": -15.747,
    "cosine": 15.886,
    "apart": -0.297,
    "words": 1.019,
    "shared": 4.086,
    "lengths": -3.509,
    "habit": -5.486,
    "answer": -0.266,
}


def candidates(tokens: Tokens, vectors: NDArray[np.float32]) -> list[Copies]:
    """Find pairs of sentences of similar meaning, in reading order; without vectors none.

    `vectors`: one for each segment of the version, rows of unit length.
    """
    if not vectors.shape[1] or not len(tokens):
        return []
    begin = np.searchsorted(tokens.segment, np.arange(len(vectors)))
    end = np.searchsorted(tokens.segment, np.arange(len(vectors)), side="right")
    first, second = _pairs(tokens, end - begin >= LEAST_WORDS)
    cosine = np.concatenate(
        [
            np.einsum("ij,ij->i", vectors[first[k : k + BATCH]], vectors[second[k : k + BATCH]])
            for k in range(0, len(first), BATCH)
        ]
        or [np.zeros(0, np.float32)]
    )
    keep = cosine >= np.where(second - first <= NEAR, LEAST_NEAR, LEAST_FAR)
    none = np.zeros((0, 2), np.int32)
    return [
        Copies(int(begin[a]), int(end[a]), int(begin[b]), int(end[b]), 0.0, none, "sentence", round(float(c), 4))
        for a, b, c in zip(first[keep], second[keep], cosine[keep], strict=True)
    ]


def _pairs(tokens: Tokens, long: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Choose the segments that are compared: ascending pairs, each once."""
    number = np.flatnonzero(long)
    close = [(number[:-k], number[k:]) for k in range(1, NEAR + 1)]
    at = np.flatnonzero(tokens.content & long[tokens.segment])
    one, other = lookup(tokens.lemma[at], LOOK_BACK, COMMON)
    far = tokens.segment[at[one]], tokens.segment[at[other]]
    first, second = (np.concatenate(side) for side in zip(*close, far, strict=True))
    pairs = np.unique(first[first < second] * len(long) + second[first < second])
    return pairs // len(long), pairs % len(long)


def features(tokens: Tokens, copies: Copies, habit: float) -> dict[str, float]:
    """Measure a pair; the keys are those of `WEIGHTS`. `habit`: of the version, as `form.habit` gives it."""
    one, other = (slice(copies.i, copies.i_end), slice(copies.j, copies.j_end))
    shorter, longer = sorted((copies.i_end - copies.i, copies.j_end - copies.j))
    returning = tokens.content[one] & np.isin(tokens.lemma[one], tokens.lemma[other])
    end = int(tokens.end[copies.i_end - 1])
    between = tokens.text[end : min(end + 80, int(tokens.start[copies.j]))]
    return {
        "constant": 1.0,
        "cosine": copies.cosine,
        "apart": math.log1p(float(tokens.segment[copies.j] - tokens.segment[copies.i])),
        "words": math.log(shorter),
        "shared": float(tokens.bits[one][returning].sum() / max(tokens.bits[one][tokens.content[one]].sum(), 1.0)),
        "lengths": math.log(longer / shorter),
        "habit": habit,
        "answer": float("\n" in between or any(mark in between for mark in '“”"«»')),
    }


def log_odds(tokens: Tokens, copies: Copies, habit: float) -> float:
    """Return the log odds that a reader of this version alone would call the second sentence a fault."""
    measured = features(tokens, copies, habit)
    return sum(weight * measured[name] for name, weight in WEIGHTS.items())
