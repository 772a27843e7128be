"""How likely two words are one name: a learned edit model (Ristad & Yianilos 1998; Bergsma & Kondrak 2007).

Two models, one for Cyrillic against Latin and one for Latin against Latin. Each aligns the two forms by groups of
letters (х ~ kh, tch ~ č) at the costs that expectation maximisation gave to those groups, then weighs what the
alignment shows: every group, alone and next to its neighbours. The tables are plain text, made by
`tests/training/names.py`.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from rapidfuzz.distance import JaroWinkler, Levenshtein

from compare.names.romanisation import plain, sound

Costs = Mapping[str, Mapping[str, float]]

#: Sizes of the groups that may be aligned, by model.
SHAPES = {
    "cyrillic": ((1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3), (0, 1)),
    "latin": ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)),
    "shared": tuple(
        (p, q) for p in range(5) for q in range(5) if 1 <= p + q <= 6 and (p != 0 or q == 1) and (q != 0 or p == 1)
    ),
}
#: Costs in nats of what the tables lack: a letter that stands alone, two letters that were never seen together.
_ALONE, _STRANGE, _EQUAL = 14.0, 18.0, 8.0
#: Letters that say nothing about a name, and letters that no accent explains.
_DROPPED = str.maketrans(dict.fromkeys("'’ʻʼ`´.-–ʹʺ′″ ‑\u00ad\u0301"))


@functools.lru_cache(1 << 17)
def letters(name: str) -> str:
    """Fold a name to the letters that the models compare; accents on Latin letters stay."""
    return unicodedata.normalize("NFC", name.casefold().translate(_DROPPED))


@functools.cache
def _lengths(shapes: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return for each length of a group of the one form, from 0, the lengths of those that it may be aligned with."""
    return tuple(tuple(sorted(q for p, q in shapes if p == length)) for length in range(max(shapes)[0] + 1))


def align(a: str, b: str, costs: Costs, shapes: Sequence[tuple[int, int]]) -> tuple[float, list[tuple[str, str]]]:
    """Align two folded forms by groups of the given sizes: the cost in nats, and the groups in order."""
    n, m = len(a), len(b)
    width = m + 1
    best = [math.inf] * ((n + 1) * width)
    back = [0] * len(best)
    best[0] = 0.0
    for i in range(n + 1):
        # a longer group is aligned with nothing that the table lacks
        groups = [(p, costs.get(a[i : i + p], {}), lengths) for p, lengths in enumerate(_lengths(shapes)) if i + p <= n]
        groups = [(p, row, lengths) for p, row, lengths in groups if row or p <= 1]
        for j in range(width):
            here = best[i * width + j]
            if here == math.inf:
                continue
            for p, row, lengths in groups:
                for q in lengths:
                    if j + q > m:
                        break
                    cost = row.get(b[j : j + q])
                    if cost is None:
                        if p + q == 1:
                            cost = _ALONE
                        elif p == q == 1:
                            cost = _EQUAL if a[i] == b[j] else _STRANGE
                        else:
                            continue
                    to = (i + p) * width + j + q
                    if here + cost < best[to]:
                        best[to], back[to] = here + cost, i * width + j
    aligned, at = [], n * width + m
    while at:
        i, j = divmod(back[at], width)
        aligned.append((a[i : at // width], b[j : at % width]))
        at = back[at]
    return best[-1], aligned[::-1]


@dataclass(frozen=True, slots=True)
class Model:
    """Costs of aligned groups, weights of what an alignment shows, letter pairs of each side (log probabilities)."""

    kind: str
    costs: Costs
    weights: Mapping[str, float]
    pairs: tuple[Mapping[str, float], Mapping[str, float]]
    shared: Costs = field(default_factory=dict)
    """Latin against Latin: costs of two groups that write the same Cyrillic letters, summed over what these may be."""

    def align(self, a: str, b: str) -> tuple[float, list[tuple[str, str]]]:
        """Align two folded forms: the cost in nats, and the groups in order."""
        return align(a, b, self.costs, SHAPES[self.kind])

    def shows(self, a: str, b: str) -> dict[str, float]:
        """Say what the alignment of two folded, non-empty forms shows; names that begin with # are measures."""
        cost, groups = self.align(a, b)
        longest = max(len(a), len(b))
        alone = self._log_probability(a, 0), self._log_probability(b, 1)
        found: dict[str, float] = {
            "#bias": 1.0,
            "#ratio": (-cost - sum(alone)) / 10,
            "#ratio/length": (-cost - sum(alone)) / longest / 2,
            "#cost": cost / 10,
            "#cost/length": cost / longest / 2,
            "#length": longest / 10,
            "#rarity": -max(alone) / 10,
            "#lengths": abs(len(a) - len(b)) / longest,
            "#worst": max((self._cost(x, y) for x, y in groups if x != y), default=0.0) / 10,
        }
        if self.kind == "latin":
            found["#levenshtein"] = Levenshtein.normalized_similarity(a, b)
            found["#jaro-winkler"] = JaroWinkler.similarity(a, b)
            found["#first"] = float(a[0] == b[0])
            through, parts = align(a, b, self.shared, SHAPES["shared"])
            found["#shared"] = (-through - sum(alone)) / 10
            found["#shared/length"] = through / longest / 2
            found["#shared worst"] = max((self.shared.get(x, {}).get(y, _ALONE) for x, y in parts), default=0.0) / 10
            keys = sound(a), sound(b)
            found["#consonants"] = Levenshtein.normalized_similarity(*keys)
            found["#same consonants"] = float(keys[0] == keys[1])
        for sign, count in Counter(self._signs(groups)).items():
            found[sign] = float(count)
        return found

    def logit(self, a: str, b: str) -> float:
        """Return the log odds that two folded, non-empty forms are one name; symmetric for Latin forms."""
        if self.kind == "latin" and a > b:
            a, b = b, a
        weights = self.weights
        return sum(value * weights.get(sign, 0.0) for sign, value in self.shows(a, b).items())

    def _cost(self, x: str, y: str) -> float:
        return self.costs.get(x, {}).get(y, _ALONE)

    def _log_probability(self, word: str, side: int) -> float:
        pairs = self.pairs[side]
        framed = f"^{word}$"
        return sum(pairs.get(framed[i : i + 2], -7.0) for i in range(len(framed) - 1))

    def _signs(self, groups: list[tuple[str, str]]) -> list[str]:
        """Name what the weights are given to: a group, and the group with what stands on either side."""
        framed = [("^", "^"), *groups, ("$", "$")]
        signs, differing = [], 0
        for before, (x, y), after in zip(framed, framed[1:], framed[2:], strict=False):
            if self.kind == "cyrillic":
                group = f"{x}~{y}"
                signs += [
                    group,
                    f"{before[0]}~{before[1]}_{group}",
                    f"{before[0][-1:]}<{group}",
                    f"{group}>{after[0][:1]}",
                ]
                if after == ("$", "$"):
                    signs.append(f"{group}_$")
            elif x != y:
                differing += 1
                group = _either_way(x, y)
                left = before[1][-1:] if before[0] == before[1] else f"({_either_way(*before)})"
                right = after[1][:1] if after[0] == after[1] else f"({_either_way(*after)})"
                signs += [group, f"{left}_{group}", f"{group}_{right}", f"{left}_{group}_{right}"]
                where = "^" if before == ("^", "^") else "$" if after == ("$", "$") else "-"
                signs.append(f"#{where}{_sort(x, y)}")
        return signs + ["#differing"] * differing


def _sort(x: str, y: str) -> str:
    """Sort a difference roughly: an accent, a doubled letter, vowels (V), consonants (C), both."""
    x, y = sorted((plain(x), plain(y)))
    if x == y:
        return "accent"
    if set(x) == set(y):
        return "doubled"
    return "~".join("".join(sorted({"V" if c in "aeiouy" else "C" for c in side})) for side in (x, y))


def _either_way(x: str, y: str) -> str:
    return f"{min(x, y)}~{max(x, y)}"


@functools.cache
def model(kind: str) -> Model:
    """Load one of the two models: "cyrillic" (Cyrillic against Latin) or "latin"."""
    folder = files("compare.names").joinpath("tables")

    def table(name: str) -> list[list[str]]:
        text = folder.joinpath(f"{kind}-{name}.tsv").read_text("utf-8")
        return [line.split("\t") for line in text.splitlines()[1:]]

    costs: dict[str, dict[str, float]] = {}
    for x, y, cost in table("costs"):
        costs.setdefault(x, {})[y] = float(cost)
    pairs: tuple[dict[str, float], dict[str, float]] = {}, {}
    for side, pair, value in table("pairs"):
        pairs[int(side)][pair] = float(value)
    shared: dict[str, dict[str, float]] = {}
    if kind == "latin":
        for x, y, cost in table("shared"):
            shared.setdefault(x, {})[y] = float(cost)
            shared.setdefault(y, {})[x] = float(cost)
    return Model(kind, costs, {sign: float(weight) for sign, weight in table("weights")}, pairs, shared)
