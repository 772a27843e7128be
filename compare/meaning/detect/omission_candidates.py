"""Where a version may lack a phrase or have one alone: runs of words that the network of witnesses tells of together.

A run is a maximal scoring segment (Ruzzo & Tompa 1999) of words that the version has lost or added, by their log-odds;
what several texts say is lost at one place is one gap. How the words are covered one by one (Melamed 2000) tells where
it stands, and with the lengths how well the two sides fill it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from compare.meaning.models.row_network import Witnessed
from compare.wordalign.aligned_words import AlignedWords, Cover, joint, rising
from compare.wordalign.vocabulary import FUNCTION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Share of the other texts' agreement that counts for a lost word, and of emptiness that does for an added one.
_LOST, _ADDED = 0.35, 0.45
#: Agreement that is taken for granted where no third text can show it.
_ALONE = 0.75
#: The least that a run's log-odds must sum up to, and the words too few that make a run by themselves.
_LEAST, _EXCESS = 0.3, 2.5
#: Log-odds by which a place may fall short of the likeliest one and still be where something is lost.
_SLACK = 2.5
#: How surely two words must say the same for a cell to be measured by them.
_SURE = 0.6
#: Words of Russian to a word of English where a document is too short to tell.
_RATIO = 1.3


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell's words, half-open, and what its content words sum up to."""

    text: str
    start: int
    stop: int
    mass: float


@dataclass(frozen=True, slots=True)
class Gap:
    """What a version seems to lack or to have alone. `row` counts from 0."""

    kind: str
    """`lost` or `added`."""
    row: int
    version: str
    start: int
    stop: int
    """The words in the version: those added, or those on both sides of what is lost."""
    runs: tuple[Run, ...]
    """The words lost, in the texts that have them, the weightiest first; of what is added, its own run."""
    signs: Mapping[str, float]
    """What the model judges by."""
    odds: float = 0.0
    """Log-odds that it is a fault."""


class Finder:
    """Looks for gaps row by row."""

    def __init__(
        self,
        aligned: AlignedWords,
        read: Mapping[str, Sequence[Witnessed | None]],
        source: str | None,
        judged: Sequence[str],
    ) -> None:
        import numpy as np

        self.aligned, self.source, self.judged = aligned, source, judged
        self.cover = aligned.covers
        self.told = read
        forms = aligned.forms
        self.weight = np.where(forms.pos == FUNCTION, 0.0, np.clip(forms.rarity / 8, 0.5, 1.0))
        self.ratio = _ratios(aligned)
        self.frames: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self.level = {
            pair: median([self._level(c, pair[0], i) for i, c in enumerate(covers) if c] or [0.6])
            for pair, covers in self.cover.items()
        }

    def _level(self, cover: Cover, text: str, i: int) -> float:
        """The share of a cell's content that the other cell covers."""
        weight = self._weights(text, i)
        total = sum(weight)
        return sum(w * c for w, c in zip(weight, cover.share, strict=True)) / total if total else 1.0

    def _weights(self, text: str, i: int) -> list[float]:
        cell = self.aligned.cell(text, i)
        weights: list[float] = self.weight[cell.forms].tolist()
        return weights

    def row(self, i: int) -> Iterator[Gap]:
        """Find what each version of the row lacks and has alone."""
        present = [t for t, cells in self.aligned.cells.items() if cells[i]]
        self.frames = {(a, b): self._frame(i, a, b) for a in present for b in present if a != b}
        for version in self.judged:
            beside = [t for t in present if t != version]
            if version in present and beside:
                yield from self._added(i, version, beside)
                yield from self._lost(i, version, beside)

    def _frame(self, i: int, a: str, b: str) -> list[tuple[int, int]]:
        """The sure links that run parallel, with the borders of both cells."""
        at, share = self._at(a, b, i), self._share(a, b, i)
        sure = [(k, at[k]) for k in range(len(at)) if share[k] >= _SURE]
        return [(-1, -1), *rising(sure), (len(at), len(self._weights(b, i)))]

    def _excess(self, i: int, version: str, text: str, start: int, stop: int) -> tuple[float, int, int]:
        """Return how many words more the version has about a stretch than the other text, and between which links.

        The links are the nearest sure ones, by their words in the other text.
        """
        frame = self.frames[version, text]
        before = max((link for link in frame if link[0] < start), default=frame[0])
        after = min((link for link in frame if link[0] >= stop), default=frame[-1])
        mine, theirs = after[0] - before[0] - 1, after[1] - before[1] - 1
        return mine - self.ratio[version, text] * theirs, before[1], after[1]

    def _share(self, a: str, b: str, i: int) -> tuple[float, ...]:
        cover = self.aligned.cover(a, b, i)
        return cover.share

    def _at(self, a: str, b: str, i: int) -> tuple[int, ...]:
        cover = self.aligned.cover(a, b, i)
        return cover.at

    def _added(self, i: int, version: str, beside: Sequence[str]) -> Iterator[Gap]:
        weight = self._weights(version, i)
        shares = [self._share(version, t, i) for t in beside]
        most = [max(x) for x in zip(*shares, strict=True)]
        told = self._told(version, i)
        scores = _scores(told.added)
        for start, stop, mass in segments(scores):
            if mass < _LEAST:
                continue
            run = Run(version, start, stop, mass)
            excess = [self._excess(i, version, t, start, stop)[0] for t in beside]
            inside = [k for k in range(start, stop) if weight[k]]
            total = sum(weight[k] for k in inside) or 1.0
            holes = [self._left(i, version, t, start, stop) for t in beside]
            n, longer = len(weight), self._longer(i, version, beside)
            signs = self._common(i, version, beside) | {
                "mass": sum(w * (1 - c - _ADDED) for w, c in zip(weight[start:stop], most[start:stop], strict=True)),
                "told": mass,
                "told_most": max(scores[start:stop]),
                "told_mean": mass / (stop - start),
                "told_left": sum(max(s, 0) for s in scores) - mass,
                "told_hole": float(told.hole[start : stop + 1].max()),
                "content": len(inside),
                "words": stop - start,
                "part": (stop - start) / n,
                "bare": sum(weight[k] * (1 - most[k]) for k in inside) / total,
                "bare_mean": sum(weight[k] * (1 - sum(s[k] for s in shares) / len(shares)) for k in inside) / total,
                "hole": min(holes),
                "hole_mean": sum(holes) / len(holes),
                "excess": min(excess),
                "excess_mean": sum(excess) / len(excess),
                "excess_part": min(excess) / (stop - start),
                "back_left": self._back(i, version, beside),
                "longer": longer,
                "longer_mended": self._longer(i, version, beside, start - stop),
            }
            yield Gap("added", i, version, start, stop, (run,), signs)

    def _told(self, version: str, i: int) -> Witnessed:
        told = self.told[version][i]
        assert told is not None
        return told

    def _stretches(self, i: int, version: str, beside: Sequence[str]) -> list[tuple[int, int]]:
        """The stretches of a cell between words that at least two texts, or the only one beside it, surely have."""
        needed = min(2, len(beside))
        count: dict[int, int] = {}
        for text in beside:
            for k, _ in self.frames[version, text]:
                count[k] = count.get(k, 0) + 1
        sure = sorted(k for k, n in count.items() if n >= needed)
        return [(a + 1, b) for a, b in pairwise(sure)]

    def _lost(self, i: int, version: str, beside: Sequence[str]) -> Iterator[Gap]:
        groups: list[list[Run]] = []
        told = self._told(version, i)
        scored = {t: _scores(told.lost[t]) for t in beside}
        for text, scores in scored.items():
            for start, stop, mass in segments(scores):
                if mass >= _LEAST:
                    run = Run(text, start, stop, mass)
                    near = next((g for g in groups if any(self._same(i, run, other) for other in g)), None)
                    if near is None:
                        groups.append([run])
                    else:
                        near.append(run)
        groups += self._missed(i, version, beside, scored, groups)
        for group in groups:
            best = {t: max((r for r in group if r.text == t), key=lambda r: r.mass) for t in {r.text for r in group}}
            runs = sorted(group, key=lambda r: (-r.mass, r.text, r.start))
            top = runs[0]
            weight = self._weights(top.text, i)
            inside = [k for k in range(top.start, top.stop) if weight[k]]
            total = sum(weight[k] for k in inside) or 1.0
            mine = self._share(top.text, version, i)
            rest = self._rest(i, top.text, version, beside)
            holes = [self._left(i, r.text, version, r.start, r.stop) for r in best.values()]
            masses = [best[t].mass if t in best else 0.0 for t in beside]
            before, after = self._joint(version, best.values(), told.hole)
            missing = self._missing(i, top.text, version, beside)
            start, stop = max(before, 0), min(after + 1, len(told.added))
            excess = [-self._excess(i, version, t, before + 1, after)[0] for t in beside]
            open_ = float(told.hole[before + 1 : after + 1].max())
            signs = self._common(i, version, beside) | {
                "mass": sum(missing[top.start : top.stop]),
                "told": top.mass,
                "told_mean": sum(masses) / len(masses),
                "told_least": min(masses),
                "told_most": max(scored[top.text][top.start : top.stop]),
                "told_left": sum(max(s, 0) for s in scored[top.text]) - top.mass,
                "told_hole": open_,
                "told_hole_rest": float(told.hole.max()) - open_,
                "witnesses": len(best) / len(beside),
                "source_tells": float("nan") if self.source not in beside else float(self.source in best),
                "content": len(inside),
                "words": top.stop - top.start,
                "part": (top.stop - top.start) / len(weight),
                "bare": sum(weight[k] * (1 - mine[k]) for k in inside) / total,
                "rest": sum(weight[k] * rest[k] for k in inside) / total,
                "hole": min(holes),
                "hole_mean": sum(holes) / len(holes),
                "excess": min(excess),
                "excess_mean": sum(excess) / len(excess),
                "excess_part": min(excess) / (top.stop - top.start),
                "hole_words": stop - start,
                "back_left": self._alone(i, version, beside),
                "longer": self._longer(i, version, beside),
                "longer_mended": self._longer(i, version, beside, top.stop - top.start),
            }
            yield Gap("lost", i, version, start, stop, tuple(runs), signs)

    def _missed(
        self,
        i: int,
        version: str,
        beside: Sequence[str],
        scored: Mapping[str, Sequence[float]],
        groups: Sequence[Sequence[Run]],
    ) -> Iterator[list[Run]]:
        """Find the places where every text has more words than the version has room for, though each may be covered."""
        for start, stop in self._stretches(i, version, beside):
            gaps = {t: self._excess(i, version, t, start, stop) for t in beside}
            if any(excess > -_EXCESS or after - before < 2 for excess, before, after in gaps.values()):
                continue
            runs = [
                Run(t, before + 1, after, round(sum(scored[t][before + 1 : after]), 6))
                for t, (_, before, after) in gaps.items()
            ]
            known = [r for g in groups for r in g]
            if not any(a.text == b.text and a.start < b.stop and b.start < a.stop for a in runs for b in known):
                yield runs

    def _common(self, i: int, version: str, beside: Sequence[str]) -> dict[str, float]:
        others = [t for t in beside if t != self.source]
        return {
            "source": float(self.source in beside),
            "others": len(others),
            "size": len(self._weights(version, i)),
            "usual": sum(self.level[version, t] for t in beside) / len(beside),
            "usual_back": sum(self.level[t, version] for t in beside) / len(beside),
        }

    def _rest(self, i: int, text: str, version: str, beside: Sequence[str]) -> list[float]:
        """How surely each word of a text stands in the texts other than the version."""
        shares = [self._share(text, t, i) for t in beside if t != text]
        if not shares:
            return [_ALONE] * len(self._weights(text, i))
        return [sum(x) / len(x) for x in zip(*shares, strict=True)]

    def _missing(self, i: int, text: str, version: str, beside: Sequence[str]) -> list[float]:
        rest, mine = self._rest(i, text, version, beside), self._share(text, version, i)
        return [w * (r * (1 - c) - _LOST) for w, r, c in zip(self._weights(text, i), rest, mine, strict=True)]

    def _joint(self, version: str, runs: Iterable[Run], hole: Floats) -> tuple[int, int]:
        """Find between which two words of the version runs would stand; -1 or its length at the borders.

        Where most texts' links leave room for them, and of that, where the network sees something missing.
        """
        votes = [0] * len(hole)
        for run in runs:
            frame = self.frames[run.text, version]
            before = max((link for link in frame if link[0] < run.start), default=frame[0])
            after = min((link for link in frame if link[0] >= run.stop), default=frame[-1])
            for k in range(before[1] + 1, after[1] + 1):
                votes[k] += 1
        places = [k for k, n in enumerate(votes) if n == max(votes)]
        top = max(float(hole[k]) for k in places)
        places = [k for k in places if hole[k] > top - _SLACK]
        return places[0] - 1, places[-1]

    def _same(self, i: int, one: Run, two: Run) -> bool:
        """Tell whether two runs are two texts' words for one thing: a word of the one is linked into the other."""
        if one.text == two.text:
            return False
        at = self._at(one.text, two.text, i)
        return any(two.start <= at[k] < two.stop for k in range(one.start, one.stop))

    def _gap(self, i: int, run: Run, other: str) -> tuple[int, int]:
        """The two words of another text between which a run would stand there; -1 and its length at the borders."""
        cover = self.aligned.cover(run.text, other, i)
        return joint(cover, run.start, run.stop, len(self._weights(other, i)))

    def _left(self, i: int, text: str, other: str, start: int, stop: int) -> float:
        """How much stands in the other text, where the run would, that the run's text does not cover."""
        before, after = self._gap(i, Run(text, start, stop, 0.0), other)
        weight, share = self._weights(other, i), self._share(other, text, i)
        return sum((weight[k] * (1 - share[k]) for k in range(before + 1, after)), 0.0)

    def _alone(self, i: int, version: str, beside: Sequence[str]) -> float:
        """How much the version has that no text beside it covers."""
        shares = [self._share(version, t, i) for t in beside]
        most = [max(x) for x in zip(*shares, strict=True)]
        return sum((w * max(1 - c - _ADDED, 0) for w, c in zip(self._weights(version, i), most, strict=True)), 0.0)

    def _back(self, i: int, version: str, beside: Sequence[str]) -> float:
        """How much the texts beside it have that the version does not cover, at the text that has the least of it."""
        return min(sum(max(s, 0) for s in self._missing(i, t, version, beside)) for t in beside)

    def _longer(self, i: int, version: str, beside: Sequence[str], by: int = 0) -> float:
        """The logarithm of how much longer the cell is, with so many words more, than the texts beside it foretell."""
        size = len(self._weights(version, i)) + by
        foretold = [len(self._weights(t, i)) * self.ratio[version, t] for t in beside]
        return math.log((max(size, 0) + 2) / (sum(foretold) / len(foretold) + 2))


def _ratios(aligned: AlignedWords) -> dict[tuple[str, str], float]:
    """How many words of the first version a word of the second gives: the median over the document."""
    langs = {v.id: v.lang for v in aligned.collation.work.versions}
    out = {}
    for a, ours in aligned.cells.items():
        for b, theirs in aligned.cells.items():
            found = [len(x.words) / len(y.words) for x, y in zip(ours, theirs, strict=True) if x and y]
            plain = {("en", "ru"): _RATIO, ("ru", "en"): 1 / _RATIO}.get((langs[a], langs[b]), 1.0)
            # ten rows of the usual ratio stand in for a document too short to tell
            out[a, b] = median([*found, *[plain] * 10])
    return out


#: Log-odds that a word must show beyond even odds to speak for a run, and the most that one word may say.
_BIAS, _MOST = 0.5, 3.0


def _scores(odds: Iterable[float]) -> list[float]:
    """Turn a word's log-odds into what it adds to a run."""
    return [min(max(float(x) + _BIAS, -_MOST), _MOST) for x in odds]


def segments(scores: Sequence[float]) -> list[tuple[int, int, float]]:
    """List all maximal scoring segments, in order: (first, past the last, sum).

    `segments([1, -2, 3, 0, 1]) == [(0, 1, 1), (2, 5, 4)]`.
    """
    found: list[tuple[int, int, float, float]] = []  # first, past the last, sum before it, sum with it
    total = 0.0
    for k, score in enumerate(scores):
        before, total = total, total + score
        if score <= 0:
            continue
        start, stop, low, high = k, k + 1, before, total
        while True:
            j = next((j for j in range(len(found) - 1, -1, -1) if found[j][2] < low), -1)
            if j < 0 or found[j][3] >= high:
                found.append((start, stop, low, high))
                break
            start, low = found[j][0], found[j][2]
            del found[j:]
    return [(a, b, round(high - low, 6)) for a, b, low, high in found]
