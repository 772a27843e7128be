"""Fit the weights of `compare/alignment/weights.py` by maximum likelihood of the right paths through known texts.

The likelihood of a path given the texts is concave in the weights, so that there is one answer. The texts are made of
the verses of three books and of single sentences, short ones among them, in random order; in some of them single
sentences are left out or half repeated, and in every second one paragraphs begin, mostly together.

`python -m tests.training.alignment` prints the weights.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment import batches
from compare.alignment.anchors import anchors, nearest_of, support
from compare.alignment.bead_features import GAP, MATCH, gaps, kinds, matches
from compare.alignment.block_matrices import gather, measure
from compare.alignment.blocks import cut
from compare.alignment.encoded_text import Side, read_side
from compare.alignment.lattice import Weights, build, posteriors
from compare.alignment.weights import WEIGHTS
from tests.data import SHARED
from tests.planting.alignments import Parallel, halves, relay, shuffle, verses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.block_matrices import Evidence
    from tests.planting.alignments import Link

#: Blocks of more cells are left out: they are rare and slow.
_CELLS = 4000

#: Books of the verses; the others are kept for the bench.
BOOKS = ("Genesis", "Joshua", "ISamuel")
RUSSIAN, ASV, YLT, BBE = "ru-synodal", "en-asv", "en-ylt", "en-bbe"


def sentences(folder: Path) -> list[tuple[str, str]]:
    """Read Russian sentences with the English that an editor made of a machine's, the bad ones left out."""
    _, *lines = (folder / "mlqe-ru-en" / "train.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(row[0], re.sub(r"\s+([.,!?;:)%])", r"\1", row[2])) for row in rows if float(row[4]) > -1]


def texts(folder: Path) -> Iterator[Parallel]:
    """Make the texts to fit on."""
    for seed, source, target, often in (
        (11, RUSSIAN, ASV, 0.012),
        (12, RUSSIAN, YLT, 0.0),
        (13, RUSSIAN, BBE, 0.012),
        (14, ASV, BBE, 0.0),
        (15, ASV, YLT, 0.012),
        (16, YLT, BBE, 0.012),
    ):
        rows = [(a, b) for a, b in verses(folder, (source, target), BOOKS, unlike=source != RUSSIAN)]
        yield shuffle(rows, seed, often)
    prose = sentences(folder)
    short = [row for row in prose if len(row[0]) < 45]
    yield shuffle(prose[:2500], 41, 0.012)
    yield shuffle(short[:1500], 42, 0.012)
    yield thin(shuffle(prose[2500:3700], 51), 51, 0.05, 0.01)
    yield thin(shuffle(short[:1500], 52), 52, 0.06, 0.02)
    for seed, source in ((53, RUSSIAN), (54, ASV)):
        yield thin(shuffle([(a, b) for a, b in verses(folder, (source, BBE), BOOKS)][:1500], seed), seed, 0.03, 0.01)


def thin(text: Parallel, seed: int, drop: float, twice: float) -> Parallel:
    """Leave single sentences out on either side, and let half of others stand twice on the target's."""
    chance = random.Random(seed)
    plan = []
    for number, (left, right) in enumerate(text.gold):
        lost = len(left) == len(right) == 1 and chance.random() < drop
        side = chance.randrange(2)
        plan.append((number, not (lost and side == 0), not (lost and side == 1)))
    found = relay(text, plan)
    again = [f"{line} {(halves(line) or (line,))[-1]}" if chance.random() < twice else line for line in found.target]
    return replace(found, target=tuple(again))


def paragraphed(source: Side, target: Side, links: Sequence[Link], seed: int) -> tuple[Side, Side]:
    """Let paragraphs begin at a fourth of the links on both sides, and here and there on one."""
    chance = random.Random(seed)
    noise = chance.choice((0.01, 0.05, 0.1))
    opens = [np.append(np.zeros(len(side)), 1.0).astype(np.float32) for side in (source, target)]
    for link in links:
        both = chance.random() < 0.25
        for flags, indices in zip(opens, link, strict=True):
            for place, index in enumerate(indices):
                flags[index] = (both and place == 0) != (chance.random() < noise)
    return replace(source, opens=opens[0]), replace(target, opens=opens[1])


class Batch:
    """Blocks with their features and the path that is right."""

    def __init__(self, known: Evidence, blocks: NDArray[np.int64], gold: Sequence[tuple[int, int, int, int]]) -> None:
        self.known = known
        self.features = [(kind, m, n, found) for kind, (m, n, found) in enumerate(matches(known))]
        self.gaps = gaps(known)
        count, high, wide = known.starts.shape
        beads = kinds(high - 1, wide - 1)
        self.right = np.zeros((count, len(beads), high, wide), np.float32)
        self.up = np.zeros((count, high, wide), np.float32)
        self.back = self.up.copy()
        self.opened = 0
        for block, (a, b, c, d) in enumerate(blocks.tolist()):
            after_gap = False
            for i, k, j, m in gold:
                if i >= a and k <= b and j >= c and m <= d:
                    if k > i and m > j:
                        self.right[block, beads.index((k - i, m - j)), k - a, m - c] = 1
                        after_gap = False
                    else:
                        (self.up if k > i else self.back)[block, k - a, m - c] = 1
                        self.opened += not after_gap
                        after_gap = True

    def moments(
        self, match: NDArray[np.float32], up: NDArray[np.float32], back: NDArray[np.float32], opened: float
    ) -> NDArray[np.float64]:
        total = np.zeros(len(MATCH))
        for kind, m, n, found in self.features:
            here = match[:, kind, m:, n:]
            mass = float(here.sum())
            total += [f * mass if isinstance(f, float) else float(np.vdot(here, f)) for f in found]
        tall, wide = self.gaps
        gone = [float((up[:, 1:] * f).sum() + (back[:, :, 1:] * g).sum()) for f, g in zip(tall, wide, strict=True)]
        return np.concatenate([total, gone, [opened]])


def prepare(source: Side, target: Side, links: Sequence[Link]) -> list[Batch]:
    """Cut two sides into blocks as `align_sides` does and lay the gold over those that it does not cross."""
    gold, i, j = [], 0, 0
    for left, right in links:
        gold.append((i, i + len(left), j, j + len(right)))
        i, j = i + len(left), j + len(right)
    corners = {(g[0], g[2]) for g in gold} | {(i, j)}
    pairs, cosines = nearest_of(source.alone, target.alone)
    chain = anchors(pairs, cosines)
    trusted = pairs[chain][support(pairs[chain]) > 0]
    scale = measure(source.alone, target.alone, cosines[chain], len(trusted))
    blocks = cut(source, target, pairs, chain, scale)
    good = [(a, c) in corners and (b, d) in corners and (b - a) * (d - c) <= _CELLS for a, b, c, d in blocks.tolist()]
    blocks = blocks[np.array(good)]
    inside = []
    for part in batches(blocks):
        low, high = blocks[part].min(0), blocks[part].max(0)
        near = [g for g in gold if g[0] >= low[0] and g[1] <= high[1]]
        inside.append(Batch(gather(source, target, blocks[part], scale, trusted), blocks[part], near))
    return inside


def fit(data: Sequence[Batch], start: Weights, prior: float = 0.01, rounds: int = 100) -> Weights:
    """Return the weights under which the right paths are likeliest."""
    from scipy.optimize import minimize

    gold = sum(b.moments(b.right, b.up, b.back, b.opened) for b in data)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, expected = 0.0, np.zeros(len(w))
        for b in data:
            found = posteriors(build(b.known, _weights(w)))
            total += float(found.log_total.sum())
            expected += b.moments(found.match, found.up, found.back, found.openings.sum())
        print(f"{total - gold @ w:.1f}", end=" ", file=sys.stderr, flush=True)
        return float(total - gold @ w + prior / 2 * (w @ w)), expected - gold + prior * w

    found = minimize(
        loss,
        np.concatenate([start.match, start.gap, [start.opening]]),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": rounds, "ftol": 1e-5},
    )
    print(file=sys.stderr)
    return _weights(found.x)


def _weights(w: NDArray[np.float64]) -> Weights:
    return Weights(w[: len(MATCH)], w[len(MATCH) : -1], float(w[-1]))


def main(folder: Path) -> None:
    """Fit on all the texts and print the weights."""
    from compare import encode

    encoder = encode.get()
    data: list[Batch] = []
    for number, text in enumerate(texts(folder)):
        source, target = read_side(text.source, encoder), read_side(text.target, encoder)
        if number % 2:
            source, target = paragraphed(source, target, text.gold, number)
        data += prepare(source, target, text.gold)
    found = fit(data, WEIGHTS, prior=0.05, rounds=60)
    for name, weight in zip((*MATCH, *GAP, "opening"), [*found.match, *found.gap, found.opening], strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__" and SHARED:
    main(SHARED)
