"""Learn the tables of the edit model from pairs of names, and write them into the package.

`python -m tests.training.names` reads `names.tsv` of the development data and uses those that the fixed hash of their
Cyrillic form puts into the training part (`tests.planting.name_pairs.split`); the figures are measured on the others.
"""

from __future__ import annotations

import collections
import itertools
import math
import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from compare.names import edit_model as edit
from compare.names.edit_model import SHAPES, Costs, Model, letters, model
from compare.names.romanisation import plain, romanise
from tests.planting.name_pairs import Names, cyrillic_pairs, latin_pairs, load, split

#: Weight of a romanised pair against one of two spellings that people use.
ROMANISED = 0.15
TABLES = Path(edit.__file__).parent / "tables"
Pair = tuple[str, str, float]

#: How much a group of each size is discouraged, so that no group swallows its neighbours' letters.
_DISCOURAGED = {
    "cyrillic": {
        (1, 2): 0.5,
        (1, 3): 0.2,
        (1, 4): 0.1,
        (2, 1): 0.3,
        (2, 2): 0.02,
        (2, 3): 0.02,
        (1, 0): 0.2,
        (0, 1): 0.003,
    },
    "latin": {(1, 2): 0.5, (2, 1): 0.5, (1, 3): 0.2, (3, 1): 0.2, (2, 3): 0.05, (3, 2): 0.05, (0, 1): 0.3, (1, 0): 0.3},
}
_START = {0: 3e-5, 1: 3e-4, 2: 1e-3, 3: 1e-5, 4: 1e-7, 5: 1e-9}
_FLOOR = {(0, 1): 1e-5, (1, 0): 1e-5, (1, 1): 1e-7}
_SOUNDS = dict(
    zip(
        "абвгдезийклмнопрстуфхэыёжцчшщюя",
        "a b v g d e z i i k l m n o p r s t u f h e y e z c c s s u a".split(),
        strict=True,
    )
)


def _first_guess(x: str, y: str) -> float:
    """Give a group its probability before the first round: by its size, and whether the letters sound alike at all."""
    guess = _START.get(len(x) + len(y), 1e-9)
    sounds = "".join(_SOUNDS.get(c, "") for c in x) or x
    if x and y:
        guess *= 300 if sounds == plain(y) else 10 if sounds[0] == plain(y)[:1] else 1
    return guess


def learn_costs(kind: str, pairs: Iterable[Pair], rounds: int = 5) -> dict[tuple[str, str], float]:
    """Learn the joint probability of aligned groups by expectation maximisation; pairs: folded forms and a weight."""
    known: dict[tuple[str, str], float] | None = None
    pairs = list(pairs)
    for turn in range(rounds):
        counts: collections.defaultdict[tuple[str, str], float] = collections.defaultdict(float)
        for a, b, weight in pairs:
            _expect(kind, a, b, weight, known, counts)
        total = sum(counts.values())
        known = {g: n / total for g, n in counts.items() if n > (0.003 if turn < 2 else 0.02)}
    assert known is not None
    return {g: p * _DISCOURAGED[kind].get((len(g[0]), len(g[1])), 1.0) for g, p in known.items()}


def _expect(kind, a, b, weight, known, counts) -> None:  # type: ignore[no-untyped-def]
    n, m = len(a), len(b)
    forward = [[0.0] * (m + 1) for _ in range(n + 1)]
    forward[0][0] = 1.0
    arcs = []
    for i in range(n + 1):
        for j in range(m + 1):
            here = forward[i][j]
            if not here:
                continue
            for p, q in SHAPES[kind]:
                if i + p > n or j + q > m:
                    continue
                group = a[i : i + p], b[j : j + q]
                if known is None:
                    chance = _first_guess(*group)
                else:
                    chance = known.get(group, 0.0) * _DISCOURAGED[kind].get((p, q), 1.0) or _FLOOR.get((p, q), 0.0)
                if chance:
                    forward[i + p][j + q] += here * chance
                    arcs.append((i, j, p, q, group, chance))
    if not forward[n][m]:
        return
    backward = [[0.0] * (m + 1) for _ in range(n + 1)]
    backward[n][m] = weight / forward[n][m]
    for i, j, p, q, group, chance in reversed(arcs):
        share = chance * backward[i + p][j + q]
        backward[i][j] += share
        counts[group] += forward[i][j] * share


def learn_shared(costs: Costs) -> dict[tuple[str, str], float]:
    """Sum over the Cyrillic letters that two Latin groups may both write: −log Σ P(c, x) P(c, y) / P(c)."""
    chances: collections.defaultdict[tuple[str, str], float] = collections.defaultdict(float)
    for row in costs.values():
        likely = {y: math.exp(-cost) for y, cost in row.items() if cost < 13}
        whole = sum(likely.values())
        for x, y in itertools.combinations_with_replacement(sorted(likely), 2):
            if (len(x), len(y)) in SHAPES["shared"]:
                chances[x, y] += likely[x] * likely[y] / whole
    return {pair: round(-math.log(chance), 2) for pair, chance in chances.items() if chance > 1e-6}


def learn_pairs(words: Iterable[str]) -> dict[str, float]:
    """Learn log probabilities of a letter after a letter, with ^ before and $ after the word; add-one smoothing."""
    pairs: collections.Counter[str] = collections.Counter()
    firsts: collections.Counter[str] = collections.Counter()
    for word in words:
        framed = f"^{word}$"
        for i in range(len(framed) - 1):
            pairs[framed[i : i + 2]] += 1
            firsts[framed[i]] += 1
    return {pair: math.log((n + 1) / (firsts[pair[0]] + len(firsts))) for pair, n in pairs.items()}


def learn_weights(
    shown: list[dict[str, float]], truth: np.ndarray, share: np.ndarray, penalty: float
) -> dict[str, float]:
    """Fit a logistic regression (full batch, Adam); signs seen in fewer than three pairs are left out."""
    seen = collections.Counter(sign for each in shown for sign in each)
    signs = sorted(sign for sign, n in seen.items() if n >= 3)
    at = {sign: i for i, sign in enumerate(signs)}
    cells = [(r, at[sign], value) for r, each in enumerate(shown) for sign, value in each.items() if sign in at]
    row, column, value = map(np.array, zip(*cells, strict=True))
    weights, mean, square = np.zeros(len(signs)), np.zeros(len(signs)), np.zeros(len(signs))
    for step in range(1, 601):
        odds = np.bincount(row, value * weights[column], len(shown))
        error = share * (1 / (1 + np.exp(-odds)) - truth)
        slope = np.bincount(column, value * error[row], len(signs)) + penalty * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.03 if step < 400 else 0.005
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {sign: round(float(weights[i]), 2) for sign, i in at.items() if abs(weights[i]) >= 0.03}


def train(kind: str, names: Names, penalty: float, say: Callable[[str], object] = print) -> Model:
    """Learn one model from the names of the training part."""
    rng = random.Random(3)
    if kind == "cyrillic":
        pairs = [(letters(c), letters(s), 1 + math.log(n)) for c, group in names.items() for s, n in group.items()]
        # Texts mostly print е for ё.
        pairs += [(a.replace("ё", "е"), b, w / 2) for a, b, w in pairs if "ё" in a]
        rng.shuffle(pairs)
        pairs = pairs[:9000]
        judged = cyrillic_pairs(names)
    else:
        pairs = [(letters(a), letters(b), 1.0) for group in names.values() for a in group for b in group if a != b]
        judged = latin_pairs(names)
    pairs = [p for p in pairs if p[0] and p[1]]
    chances = learn_costs(kind, pairs)
    costs: dict[str, dict[str, float]] = {}
    for (x, y), chance in sorted(chances.items()):
        if kind == "latin":
            chance = max(chance, chances.get((y, x), 0.0))
        costs.setdefault(x, {})[y] = round(-math.log(chance), 2)
    latin = learn_pairs(letters(s) for group in names.values() for s in group)
    cyrillic = learn_pairs(letters(c) for c in names)
    shared: dict[str, dict[str, float]] = {}
    if kind == "latin":
        for (x, y), cost in learn_shared(model("cyrillic").costs).items():
            shared.setdefault(x, {})[y] = shared.setdefault(y, {})[x] = cost
    blank = Model(kind, costs, {}, (cyrillic if kind == "cyrillic" else latin, latin), shared)
    same, other = ([(letters(a), letters(b)) for a, b in side] for side in judged)
    same, other = [p for p in same if all(p)], [p for p in other if all(p)]
    if kind == "latin":
        same, other = ([(min(p), max(p)) for p in side] for side in (same, other))
    else:
        same += [(a.replace("ё", "е"), b) for a, b in same if "ё" in a]
    # A few groups hold two names outright (a clan's several given names): such pairs teach nothing.
    same = [p for p in same if kind == "cyrillic" or Levenshtein.normalized_similarity(plain(p[0]), plain(p[1])) > 0.2]
    judged_apart = [(same, 1.0, 1.0), (other, 0.0, 1.0)]
    if kind == "latin":
        # Names with one spelling teach too: that spelling against the romanised Cyrillic, at less weight.
        for side, true in zip(cyrillic_pairs(names), (1.0, 0.0), strict=True):
            romanised = [(letters(romanise(c, "BGN/PCGN")), letters(s)) for c, s in side]
            pairs_of = [(min(p), max(p)) for p in romanised if all(p) and p[0] != p[1]]
            rng.shuffle(pairs_of)
            judged_apart.append((pairs_of[:8000], true, ROMANISED))
    say(f"{kind}: {len(costs)} groups, {' + '.join(str(len(pairs)) for pairs, _, _ in judged_apart)} pairs")
    shown, truths, shares = [], [], []
    for pairs_of, true, weight in judged_apart:
        shown += [blank.shows(a, b) | ({"#romanised": 1.0} if weight < 1 else {}) for a, b in pairs_of]
        truths += [true] * len(pairs_of)
        shares += [weight / len(pairs_of)] * len(pairs_of)
    truth, share = np.array(truths), np.array(shares) * len(shown) / 2
    weights = learn_weights(shown, truth, share, penalty)
    weights.pop("#romanised", None)
    say(f"{kind}: {len(weights)} weights")
    return Model(kind, costs, weights, blank.pairs, shared)


def write(learned: Model) -> None:
    """Write the tables of a model into the package."""
    TABLES.mkdir(exist_ok=True)

    def table(name: str, header: str, lines: Iterable[str]) -> None:
        (TABLES / f"{learned.kind}-{name}.tsv").write_text("\n".join([header, *lines]) + "\n", "utf-8")

    groups = [(x, y, c) for x, row in sorted(learned.costs.items()) for y, c in sorted(row.items())]
    table("costs", "letters\twritten\tcost", (f"{x}\t{y}\t{c:g}" for x, y, c in groups))
    table("weights", "sign\tweight", (f"{s}\t{w:g}" for s, w in sorted(learned.weights.items())))
    if learned.shared:
        both = [(x, y, c) for x, row in sorted(learned.shared.items()) for y, c in sorted(row.items()) if x <= y]
        table("shared", "written\twritten\tcost", (f"{x}\t{y}\t{c:g}" for x, y, c in both))
    sides = [(i, p, v) for i, side in enumerate(learned.pairs) for p, v in sorted(side.items())]
    table("pairs", "side\tletters\tlog probability", (f"{i}\t{p}\t{v:.2f}" for i, p, v in sides))


if __name__ == "__main__":
    part, _ = split(load())
    for each in sys.argv[1:] or ["cyrillic", "latin"]:  # the second builds on the first
        write(train(each, part, penalty=3.0))
