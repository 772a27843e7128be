"""All ways through a block of two texts at once: the posterior of every bead, and the path of most right beads.

A path is a run of beads from corner to corner. Its weight is the product of its beads' weights, so that the texts
given, a path has a probability (a linear chain of beads as in Lafferty et al. 2001, over Gale & Church's lattice):

    forward[i, j] = log Σ over beads (m, n) ending at (i, j): exp(forward[i - m, j - n] + score of the bead)

in two states, after a match and after a gap, so that a gap once open is cheap to go on with. `backward` is the same
from the other corner; a bead's posterior is exp(forward before + score + backward after - all). The answer is the path
on which the posteriors, less a price for each bead, sum highest (the decoding of Do et al. 2005, ProbCons): the path
that expects the best F1. Blocks of similar size are solved together, diagonal by diagonal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.bead_features import gaps, kinds, matches
from compare.alignment.block_matrices import Evidence
from compare.alignment.encoded_text import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.float32]

_NEVER = np.float32(-1e9)
_PAD = LONGEST


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The scores of all beads in blocks of (at most) one size."""

    match: Plane
    """(b, kinds, height + 1, width + 1), by the border at which the bead ends."""
    up: Plane
    """(b, height + 1, width + 1): a source segment alone, ending there."""
    back: Plane
    """The same for a target segment."""
    opening: float
    """Added where a gap begins."""
    ends: NDArray[np.int64]
    """(b, 2): height and width of each block."""

    @property
    def kinds(self) -> tuple[tuple[int, int], ...]:
        """The kinds of bead: all that find room."""
        _, _, high, wide = self.match.shape
        return kinds(high - 1, wide - 1)

    @property
    def sizes(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Source and target segments of each kind of bead: (kinds, 1) each."""
        sizes = np.array(self.kinds, np.int64).reshape(-1, 2, 1)
        return sizes[:, 0], sizes[:, 1]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What the features of a bead and of a gap weigh, and what opening a gap costs."""

    match: NDArray[np.float64]
    gap: NDArray[np.float64]
    opening: float


def build(known: Evidence, weights: Weights) -> Lattice:
    """Weigh the features of every bead."""
    blocks, high, wide = known.starts.shape
    inside = np.arange(high)[None, :, None] <= known.ends[:, :1, None]
    inside = inside & (np.arange(wide)[None, None, :] <= known.ends[:, 1:, None])
    match = np.full((blocks, len(kinds(high - 1, wide - 1)), high, wide), _NEVER, np.float32)
    weigh = weights.match.astype(np.float32).tolist()
    for kind, (m, n, found) in enumerate(matches(known)):
        score = np.zeros((blocks, high - m, wide - n), np.float32)
        for weight, feature in zip(weigh, found, strict=True):
            score += weight * feature
        match[:, kind, m:, n:] = np.where(inside[:, m:, n:], score, _NEVER)
    up = np.full((blocks, high, wide), _NEVER, np.float32)
    back = up.copy()
    tall, broad = gaps(known)
    weigh = weights.gap.astype(np.float32).tolist()
    up[:, 1:, :] = np.where(inside[:, 1:, :], sum(w * f for w, f in zip(weigh, tall, strict=True)), _NEVER)
    back[:, :, 1:] = np.where(inside[:, :, 1:], sum(w * f for w, f in zip(weigh, broad, strict=True)), _NEVER)
    return Lattice(match, up, back, weights.opening, known.ends)


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
    m, n = lattice.sizes
    for diagonal in range(1, high + wide - 1):
        i = np.arange(max(0, diagonal - wide + 1), min(diagonal, high - 1) + 1)
        j = diagonal - i
        reached = either[:, i + _PAD - m, j + _PAD - n] + lattice.match[:, :, i, j]
        now = _log_sum(reached)
        open_up = np.logaddexp(met[:, i + _PAD - 1, j + _PAD] + opening, left[:, i + _PAD - 1, j + _PAD])
        open_back = np.logaddexp(met[:, i + _PAD, j + _PAD - 1] + opening, left[:, i + _PAD, j + _PAD - 1])
        gone = np.logaddexp(open_up + lattice.up[:, i, j], open_back + lattice.back[:, i, j])
        met[:, i + _PAD, j + _PAD] = now
        left[:, i + _PAD, j + _PAD] = gone
        either[:, i + _PAD, j + _PAD] = np.logaddexp(now, gone)
    return met, left


def _backward(lattice: Lattice) -> tuple[Plane, Plane]:
    """Backward scores, after a match and after a gap, in the shape of `_forward` but padded at the far end."""
    blocks, count, high, wide = lattice.match.shape
    met = np.full((blocks, high + _PAD, wide + _PAD), _NEVER, np.float32)
    left = met.copy()
    padded = np.full((blocks, count, high + _PAD, wide + _PAD), _NEVER, np.float32)
    padded[:, :, :high, :wide] = lattice.match
    up, back = np.full_like(met, _NEVER), np.full_like(met, _NEVER)
    up[:, :high, :wide], back[:, :high, :wide] = lattice.up, lattice.back
    kind = np.arange(count)[:, None]
    m, n = lattice.sizes
    opening = np.float32(lattice.opening)
    block = np.arange(blocks)
    final = lattice.ends.sum(1)
    for diagonal in range(high + wide - 2, -1, -1):
        i = np.arange(max(0, diagonal - wide + 1), min(diagonal, high - 1) + 1)
        j = diagonal - i
        onward = _log_sum(padded[:, kind, i + m, j + n] + met[:, i + m, j + n])
        gone = np.logaddexp(up[:, i + 1, j] + left[:, i + 1, j], back[:, i, j + 1] + left[:, i, j + 1])
        met[:, i, j] = np.logaddexp(onward, gone + opening)
        left[:, i, j] = np.logaddexp(onward, gone)
        here = block[final == diagonal]
        met[here, lattice.ends[here, 0], lattice.ends[here, 1]] = 0.0
        left[here, lattice.ends[here, 0], lattice.ends[here, 1]] = 0.0
    return met, left


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """The probabilities of all beads, in the shapes of `Lattice`."""

    match: Plane
    up: Plane
    back: Plane
    openings: NDArray[np.float64]
    """(b,): how many gaps are to be expected."""
    log_total: NDArray[np.float64]
    """(b,): log of the weight of all paths."""


def posteriors(lattice: Lattice) -> Posterior:
    """Weigh every bead by all the paths that it lies on."""
    met, left = _forward(lattice)
    met_on, left_on = _backward(lattice)
    _, _, high, wide = lattice.match.shape
    either = np.logaddexp(met, left)
    whole = either[np.arange(len(met)), lattice.ends[:, 0] + _PAD, lattice.ends[:, 1] + _PAD]
    all_paths = whole[:, None, None]
    match = np.zeros_like(lattice.match)
    for kind, (m, n) in enumerate(lattice.kinds):
        before = either[:, _PAD - m : _PAD - m + high, _PAD - n : _PAD - n + wide]
        match[:, kind] = np.exp(np.minimum(before + lattice.match[:, kind] + met_on[:, :high, :wide] - all_paths, 0.0))
    gone = []
    openings = np.zeros(len(met))
    for i, j, score in ((1, 0, lattice.up), (0, 1, lattice.back)):
        here = slice(_PAD - i, _PAD - i + high), slice(_PAD - j, _PAD - j + wide)
        onward = score + left_on[:, :high, :wide] - all_paths
        opened = np.exp(np.minimum(met[:, *here] + np.float32(lattice.opening) + onward, 0.0))
        gone.append(opened + np.exp(np.minimum(left[:, *here] + onward, 0.0)))
        openings += opened.sum((1, 2), dtype=np.float64)
    return Posterior(match, gone[0], gone[1], openings, whole.astype(np.float64))


#: A bead less probable than this is taken only where no other path is left.
_HARDLY = 0.02

#: A bead of the answer within its block: source start, source stop, target start, target stop, probability.
Found = tuple[int, int, int, int, float]


def best_paths(lattice: Lattice, posterior: Posterior, price: float) -> list[list[Found]]:
    """Return for each block the path whose posteriors, each less `price`, sum highest.

    A segment left alone counts half, because strict recall leaves it out; a bead that can hardly be is barred.
    """
    blocks, _, high, wide = lattice.match.shape
    beads = lattice.kinds
    best = np.full((blocks, high + _PAD, wide + _PAD), _NEVER, np.float32)
    best[:, _PAD, _PAD] = 0.0
    choice = np.zeros((blocks, high, wide), np.int16)
    tall, broad = lattice.sizes
    sizes = (tall + broad).astype(np.float32)[None, :, :, None]
    gain = np.where(posterior.match >= _HARDLY, posterior.match - np.float32(price), -sizes)
    gain, gain_up, gain_back = (
        np.where(score > _NEVER / 2, worth, _NEVER)
        for score, worth in (
            (lattice.match, gain),
            (lattice.up, (posterior.up - np.float32(price)) / 2),
            (lattice.back, (posterior.back - np.float32(price)) / 2),
        )
    )
    for diagonal in range(1, high + wide - 1):
        i = np.arange(max(0, diagonal - wide + 1), min(diagonal, high - 1) + 1)
        j = diagonal - i
        options = np.concatenate(
            [
                best[:, i + _PAD - tall, j + _PAD - broad] + gain[:, :, i, j],
                (best[:, i + _PAD - 1, j + _PAD] + gain_up[:, i, j])[:, None],
                (best[:, i + _PAD, j + _PAD - 1] + gain_back[:, i, j])[:, None],
            ],
            axis=1,
        )
        taken = options.argmax(1)
        choice[:, i, j] = taken
        best[:, i + _PAD, j + _PAD] = np.take_along_axis(options, taken[:, None], 1)[:, 0]
    paths = []
    for block, (i, j) in enumerate(lattice.ends.tolist()):
        path: list[Found] = []
        while i or j:
            kind = int(choice[block, i, j])
            if kind < len(beads):
                m, n = beads[kind]
                probability = posterior.match[block, kind, i, j]
            else:
                m, n = (1, 0) if kind == len(beads) else (0, 1)
                probability = (posterior.up if m else posterior.back)[block, i, j]
            path.append((i - m, i, j - n, j, min(float(probability), 1.0)))
            i, j = i - m, j - n
        paths.append(path[::-1])
    return paths
