"""All ways through a block of two texts at once: the posterior of every bead, and the path of most right beads.

A path is a run of beads from corner to corner. Its weight is the product of its beads' weights, so that the texts
given, a path has a probability (a linear chain of beads as in Lafferty et al. 2001, over Gale & Church's lattice):

    forward[i, j] = log Σ over beads (m, n) ending at (i, j): exp(forward[i - m, j - n] + score of the bead)

in two states, after a match and after a gap, so that a gap once open is cheap to go on with. `backward` is the same
from the other corner; a bead's posterior is exp(forward before + score + backward after - all). The answer is the path
on which the posteriors, less a price for each bead, sum highest (the decoding of Do et al. 2005, ProbCons): the path
that expects the best F1. Blocks of like size are solved together, diagonal by diagonal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.features import BEADS, gaps, matches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]

_NEVER = np.float32(-1e9)
_PAD = max(max(bead) for bead in BEADS)
_M = np.array([m for m, _ in BEADS])[:, None]
_N = np.array([n for _, n in BEADS])[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The scores of all beads in blocks of (at most) one size."""

    match: Plane
    """(b, kinds of bead, height + 1, width + 1), by the border at which the bead ends."""
    up: Plane
    """(b, height + 1, width + 1): a source segment alone, ending there."""
    back: Plane
    """The same for a target segment."""
    opening: float
    """Added where a gap begins."""
    ends: NDArray[np.int64]
    """(b, 2): height and width of each block."""


def build(
    cosines: Plane,
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    ends: NDArray[np.int64],
    match_weights: NDArray[np.float64],
    gap_weights: NDArray[np.float64],
    opening: float,
) -> Lattice:
    """Weigh the features of every bead."""
    blocks, height, width = len(cosines), cosines.shape[2] - 2, cosines.shape[4] - 2
    rows, columns = np.arange(height + 1), np.arange(width + 1)
    inside = (rows[None, :, None] <= ends[:, :1, None]) & (columns[None, None, :] <= ends[:, 1:, None])
    match = np.full((blocks, len(BEADS), height + 1, width + 1), _NEVER, np.float32)
    for m, n, found in matches(cosines, left, right):
        score = np.zeros((blocks, height - m + 1, width - n + 1), np.float32)
        for weight, feature in zip(match_weights.tolist(), found, strict=True):
            if weight:
                score += np.float32(weight) * feature
        match[:, BEADS.index((m, n)), m:, n:] = np.where(inside[:, m:, n:], score, _NEVER)
    up = np.full((blocks, height + 1, width + 1), _NEVER, np.float32)
    back = up.copy()
    tall, wide = gaps(cosines, left, right)
    weigh = gap_weights.astype(np.float32).tolist()
    up[:, 1:, :] = np.where(inside[:, 1:, :], sum(w * f for w, f in zip(weigh, tall, strict=True)), _NEVER)
    back[:, :, 1:] = np.where(inside[:, :, 1:], sum(w * f for w, f in zip(weigh, wide, strict=True)), _NEVER)
    return Lattice(match, up, back, opening, ends)


def _log_sum(scores: Plane) -> Plane:
    """Log of the sum of exponentials over axis 1."""
    top = scores.max(1)
    total: Plane = top + np.log(np.exp(scores - top[:, None]).sum(1))
    return total


def _forward(lattice: Lattice) -> tuple[Plane, Plane]:
    """Forward scores after a match and after a gap: (b, height + 1 + _PAD, width + 1 + _PAD), shifted by _PAD."""
    blocks, _, high, wide = lattice.match.shape
    met = np.full((blocks, high + _PAD, wide + _PAD), _NEVER, np.float32)
    left = met.copy()
    either = met.copy()
    met[:, _PAD, _PAD] = either[:, _PAD, _PAD] = 0.0
    opening = np.float32(lattice.opening)
    for diagonal in range(1, high + wide - 1):
        i = np.arange(max(0, diagonal - wide + 1), min(diagonal, high - 1) + 1)
        j = diagonal - i
        reached = either[:, i + _PAD - _M, j + _PAD - _N] + lattice.match[:, :, i, j]
        now = _log_sum(reached)
        open_up = np.logaddexp(met[:, i + _PAD - 1, j + _PAD] + opening, left[:, i + _PAD - 1, j + _PAD])
        open_back = np.logaddexp(met[:, i + _PAD, j + _PAD - 1] + opening, left[:, i + _PAD, j + _PAD - 1])
        gone = np.logaddexp(open_up + lattice.up[:, i, j], open_back + lattice.back[:, i, j])
        met[:, i + _PAD, j + _PAD] = now
        left[:, i + _PAD, j + _PAD] = gone
        either[:, i + _PAD, j + _PAD] = np.logaddexp(now, gone)
    return met, left


def _backward(lattice: Lattice) -> tuple[Plane, Plane]:
    """Backward scores, after a match and after a gap: (b, height + 1 + _PAD, width + 1 + _PAD), padded at the far end."""
    blocks, kinds, high, wide = lattice.match.shape
    met = np.full((blocks, high + _PAD, wide + _PAD), _NEVER, np.float32)
    left = met.copy()
    padded = np.full((blocks, kinds, high + _PAD, wide + _PAD), _NEVER, np.float32)
    padded[:, :, :high, :wide] = lattice.match
    up, back = np.full_like(met, _NEVER), np.full_like(met, _NEVER)
    up[:, :high, :wide], back[:, :high, :wide] = lattice.up, lattice.back
    kind = np.arange(kinds)[:, None]
    opening = np.float32(lattice.opening)
    block = np.arange(blocks)
    final = lattice.ends.sum(1)
    for diagonal in range(high + wide - 2, -1, -1):
        i = np.arange(max(0, diagonal - wide + 1), min(diagonal, high - 1) + 1)
        j = diagonal - i
        onward = _log_sum(padded[:, kind, i + _M, j + _N] + met[:, i + _M, j + _N])
        gone = np.logaddexp(up[:, i + 1, j] + left[:, i + 1, j], back[:, i, j + 1] + left[:, i, j + 1])
        met[:, i, j] = np.logaddexp(onward, gone + opening)
        left[:, i, j] = np.logaddexp(onward, gone)
        here = block[final == diagonal]
        met[here, lattice.ends[here, 0], lattice.ends[here, 1]] = 0.0
        left[here, lattice.ends[here, 0], lattice.ends[here, 1]] = 0.0
    return met, left


def posteriors(lattice: Lattice) -> tuple[Plane, Plane, Plane, NDArray[np.float64]]:
    """Return the probabilities of all beads, in the shapes of `match`, `up` and `back`, and each block's log partition."""
    met, left = _forward(lattice)
    met_on, left_on = _backward(lattice)
    _, _, high, wide = lattice.match.shape
    either = np.logaddexp(met, left)
    block = np.arange(len(met))
    whole = either[block, lattice.ends[:, 0] + _PAD, lattice.ends[:, 1] + _PAD]
    match = np.zeros_like(lattice.match)
    for kind, (m, n) in enumerate(BEADS):
        before = either[:, _PAD - m : _PAD - m + high, _PAD - n : _PAD - n + wide]
        match[:, kind] = np.exp(
            np.minimum(before + lattice.match[:, kind] + met_on[:, :high, :wide] - whole[:, None, None], 0.0)
        )
    opened = np.logaddexp(met + np.float32(lattice.opening), left)
    after = left_on[:, :high, :wide] - whole[:, None, None]
    up = np.exp(np.minimum(opened[:, _PAD - 1 : _PAD - 1 + high, _PAD : _PAD + wide] + lattice.up + after, 0.0))
    back = np.exp(np.minimum(opened[:, _PAD : _PAD + high, _PAD - 1 : _PAD - 1 + wide] + lattice.back + after, 0.0))
    return match, up, back, whole.astype(np.float64)


#: A bead of the answer: block, source start, source stop, target start, target stop, probability.
Found = tuple[int, int, int, int, int, float]


def best_paths(lattice: Lattice, match: Plane, up: Plane, back: Plane, price: float) -> list[list[Found]]:
    """Return for each block the path whose posteriors, each less `price`, sum highest."""
    blocks, kinds, high, wide = match.shape
    best = np.full((blocks, high + _PAD, wide + _PAD), _NEVER, np.float32)
    best[:, _PAD, _PAD] = 0.0
    choice = np.zeros((blocks, high, wide), np.int16)
    gain = np.where(lattice.match > _NEVER / 2, match - np.float32(price), _NEVER)
    gain_up = np.where(lattice.up > _NEVER / 2, up - np.float32(price), _NEVER)
    gain_back = np.where(lattice.back > _NEVER / 2, back - np.float32(price), _NEVER)
    for diagonal in range(1, high + wide - 1):
        i = np.arange(max(0, diagonal - wide + 1), min(diagonal, high - 1) + 1)
        j = diagonal - i
        options = np.concatenate(
            [
                best[:, i + _PAD - _M, j + _PAD - _N] + gain[:, :, i, j],
                (best[:, i + _PAD - 1, j + _PAD] + gain_up[:, i, j])[:, None],
                (best[:, i + _PAD, j + _PAD - 1] + gain_back[:, i, j])[:, None],
            ],
            axis=1,
        )
        taken = options.argmax(1)
        choice[:, i, j] = taken
        best[:, i + _PAD, j + _PAD] = np.take_along_axis(options, taken[:, None], 1)[:, 0]
    paths = []
    for block in range(blocks):
        i, j = int(lattice.ends[block, 0]), int(lattice.ends[block, 1])
        path: list[Found] = []
        while i or j:
            kind = int(choice[block, i, j])
            if kind < kinds:
                m, n = BEADS[kind]
                sure = match[block, kind, i, j]
            else:
                m, n = (1, 0) if kind == kinds else (0, 1)
                sure = (up if m else back)[block, i, j]
            path.append((block, i - m, i, j - n, j, float(sure)))
            i, j = i - m, j - n
        paths.append(path[::-1])
    return paths
