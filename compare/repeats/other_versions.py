"""Judge a repeat by the other versions: do they repeat themselves there too, and have they room for both copies?

The room is Gale & Church's (1993) argument turned round: how far the lengths of the cells are from what is usual
between the two versions, with the extra copy and without it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.repeats.cells import Cells, cells_of
from compare.repeats.counterparts import repeated_elsewhere
from compare.repeats.smith_waterman import align

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens
    from compare.values import Collation

_Window = tuple[int, int, int, int]

#: Log odds by form below which no other version is asked: what only another version lacks is an addition, no repeat.
HOPELESS = -2.5
#: Words of a cell that are searched for a repeat at most.
SEARCHED = 400
#: Words that may be doubled by a slip whatever the other versions have.
_DOUBLED = 2
#: Bounds of what one version's room may say, in log odds.
MOST_ROOM = 6.0

#: Log odds by which a repeat is less often a fault among a translator's own words than where the weights were fitted.
PRIOR = 2.5

#: Fitted by `tests/training/repeats.py`, on texts into which faults were put; see `features`.
WEIGHTS = {
    "constant": 1.925,
    "form": 0.766,
    "length odds": 0.192,
    "length odds around": 0.17,
    "repetition": -0.675,
    "mean repetition": -6.033,
    "likeness": -3.166,
    "lost": 2.082,
    "absent": -1.133,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one other version says of the words [a, b) as the extra copy."""

    version: str
    length_odds: float
    """Log odds that the version lacks the extra copy, by lengths: the cell alone, and with its neighbours."""
    length_odds_around: float
    repetition: float
    """How much the version repeats itself in the same two places, as a share of what the copies tell, 0 to 1."""
    likeness: float
    """How much nearer the version's two places are to each other than neighbours are, by vectors; 0 without."""
    lost: float
    """How much less the extra copy is like what the version has there than the kept copy is, by vectors; 0 without."""
    absent: float
    """1 where the version has nothing next to the extra copy."""
    source: bool = False
    """Whether the version is the source."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs the repeats of one version against every other version of a collation."""

    collation: Collation
    version: str
    tokens: dict[str, Tokens]
    cells: dict[str, Cells]
    usual: dict[str, tuple[float, float]]
    """For each other version the words that stand for one word of this, and the variance for each word next to it."""

    common: Mapping[tuple[str, _Window], float] = field(default_factory=dict)
    """What two places of another version have in common, in bits, by version and words, as far as it was asked."""
    gone: NDArray[np.bool_] | None = None
    """Words of this version that go with faults already found; they take up no room."""

    def others(self) -> list[str]:
        """Name the other versions that have words, the source first."""
        versions = sorted(self.collation.work.versions, key=lambda v: v.role != "source")
        return [v.id for v in versions if v.id != self.version and len(self.tokens[v.id])]

    def in_separate_rows(self, copies: Copies) -> bool:
        """Tell whether the copies stand in rows of their own."""
        row = self.cells[self.version].row
        return bool(row[copies.i_end - 1] < row[copies.j])

    def rightful(self, copies: Copies) -> bool:
        """Tell whether copies may stand twice: verse, headings, notes and the like in both places.

        So does what the source repeats, where it has translations, except words doubled to the letter on the spot: the
        source is what the others are judged by. And of two sentences that no other version has, nothing tells that one
        is too many. So does an answer that echoes its question.
        """
        kinds, tokens = self.collation.kinds.get(self.version, ()), self.tokens[self.version]
        segment = tokens.segment
        covered = {*segment[copies.i : copies.i_end].tolist(), *segment[copies.j : copies.j_end].tolist()}
        if kinds and all(kinds[k] != "prose" for k in covered):
            return True
        asked, echoed = (tokens.text.startswith("?", tokens.end[last - 1]) for last in (copies.i_end, copies.j_end))
        if asked and not echoed:
            return True
        source = self.collation.work.source
        on_the_spot = copies.alike == 1.0 and not copies.cosine and copies.j - copies.i_end <= 2
        doubled = on_the_spot and copies.j_end - copies.j <= _DOUBLED
        if self.others() and not doubled and not self._has_counterparts(copies):
            return True
        return bool(source and source.id == self.version and self.others() and not on_the_spot)

    def _has_counterparts(self, copies: Copies) -> bool:
        """Tell whether another version has anything in the rows of either copy."""
        row = self.cells[self.version].row
        rows = np.r_[row[copies.i : copies.i_end], row[copies.j : copies.j_end]]
        return any(bool(self.cells[other].length[rows].any()) for other in self.others())

    def weigh(self, copies: Copies, *, extra_first: bool) -> list[Evidence]:
        """Ask every other version about one of the two copies as the extra one."""
        kept, extra = (copies.i, copies.i_end), (copies.j, copies.j_end)
        if extra_first:
            kept, extra = extra, kept
        return [self._evidence_of(other, copies, kept, extra) for other in self.others()]

    def repeated_elsewhere(self, repeats: Sequence[Copies]) -> list[dict[str, float]]:
        """Ask every other version whether it too has twice what this one has twice, by `counterparts`."""
        return repeated_elsewhere(
            self.collation, self.version, self.tokens[self.version], self.cells[self.version], repeats
        )

    def _evidence_of(
        self,
        other: str,
        copies: Copies,
        kept: tuple[int, int],
        extra: tuple[int, int],
    ) -> Evidence:
        here, there = self.cells[self.version], self.cells[other]
        kept_rows, extra_rows = _rows(here, *kept), _rows(here, *extra)
        ratio, spread = self.usual[other]
        size = self._count(*extra)

        def room(first: int, last: int) -> float:
            ours = self._count(int(here.begin[first]), int(here.end[min(last, len(here.end)) - 1]))
            theirs = int(there.length[first:last].sum())
            noise = 2 * spread * max(ratio * ours, 8.0)
            odds = ((theirs - ratio * ours) ** 2 - (theirs - ratio * (ours - size)) ** 2) / noise
            return max(-MOST_ROOM, min(MOST_ROOM, odds))

        return Evidence(
            other,
            room(*extra_rows),
            room(max(extra_rows[0] - 1, 0), extra_rows[1] + 1),
            self._repetition(other, copies),
            self._likeness(other, kept_rows, extra_rows),
            self._lost(other, kept, extra, kept_rows, extra_rows),
            float(there.length[extra_rows[0] : extra_rows[1]].sum() == 0),
            self.collation.work.version(other).role == "source",
        )

    def _count(self, first: int, last: int) -> int:
        """Count the words [first, last) that stay."""
        return last - first - (int(self.gone[first:last].sum()) if self.gone is not None else 0)

    def _repetition(self, other: str, copies: Copies) -> float:
        """Measure how much the other version repeats itself in its two places."""
        bits = (
            copies.bits if len(copies.pairs) else float(self.tokens[self.version].bits[copies.j : copies.j_end].sum())
        )
        asked = self if (other, self._window(other, copies)) in self.common else self.having_aligned([copies])
        return min(asked.common[other, self._window(other, copies)] / max(bits, 1.0), 1.0)

    def having_aligned(self, repeats: Iterable[Copies]) -> Judge:
        """Align the two places that every other version has for each repeat with each other, many at once."""
        common: dict[tuple[str, _Window], float] = {}
        for other in self.others():
            windows = sorted({self._window(other, copies) for copies in repeats})
            common |= dict.fromkeys(((other, window) for window in windows), 0.0)
            filled = [(i, i_end, j, j_end) for i, i_end, j, j_end in windows if i < i_end and j < j_end]
            for n, best in align(self.tokens[other], np.array(filled, np.int32).reshape(-1, 4), 1.0):
                common[other, filled[n]] = best.bits
        return replace(self, common=common)

    def _window(self, other: str, copies: Copies) -> _Window:
        """Return the other version's words [i, i_end) and [j, j_end) in its two places, as far as they are searched."""
        here, there = self.cells[self.version], self.cells[other]
        rows = sorted(_rows(here, first, last) for first, last in ((copies.i, copies.i_end), (copies.j, copies.j_end)))
        (i, i_end), (j, j_end) = ((int(there.begin[a]), int(there.end[b - 1])) for a, b in rows)
        return i, min(i_end, i + SEARCHED), j, min(j_end, j + SEARCHED)

    def _likeness(self, other: str, kept_rows: tuple[int, int], extra_rows: tuple[int, int]) -> float:
        kept, extra = self._vectors(other, kept_rows), self._vectors(other, extra_rows)
        if not len(kept) or not len(extra) or kept_rows == extra_rows:
            return 0.0
        return float((kept @ extra.T).max())

    def _lost(
        self,
        other: str,
        kept: tuple[int, int],
        extra: tuple[int, int],
        kept_rows: tuple[int, int],
        extra_rows: tuple[int, int],
    ) -> float:
        mine = self._vectors_of(kept), self._vectors_of(extra)
        theirs = self._vectors(other, kept_rows), self._vectors(other, extra_rows)
        if kept_rows == extra_rows or not all(len(part) for part in (*mine, *theirs)):
            return 0.0
        return float((mine[0] @ theirs[0].T).max() - (mine[1] @ theirs[1].T).max())

    def _vectors_of(self, words: tuple[int, int]) -> NDArray[np.float32]:
        """Return the vectors of the segments that the words cover for the most part."""
        tokens, vectors = self.tokens[self.version], self.collation.vectors[self.version]
        if not vectors.shape[1]:
            return vectors[:0]
        covered = []
        for segment in np.unique(tokens.segment[words[0] : words[1]]):
            begin, end = np.searchsorted(tokens.segment, np.array([segment, segment + 1], np.int32))
            if 2 * (min(end, words[1]) - max(begin, words[0])) > end - begin:
                covered.append(segment)
        return vectors[covered]

    def _vectors(self, version: str, rows: tuple[int, int]) -> NDArray[np.float32]:
        vectors = self.collation.vectors[version]
        if not vectors.shape[1]:
            return vectors[:0]
        ranges = [row.segments[version] for row in self.collation.rows[rows[0] : rows[1]] if version in row.segments]
        return vectors[ranges[0][0] : ranges[-1][1]] if ranges else vectors[:0]


def _rows(cells: Cells, first: int, last: int) -> tuple[int, int]:
    """Return the half-open range of rows that the words [first, last) stand in."""
    return int(cells.row[first]), int(cells.row[last - 1]) + 1


def _usual(ours: NDArray[np.int64], theirs: NDArray[np.int64]) -> tuple[float, float]:
    """Measure from the lengths of the cells how two versions usually compare."""
    both = (ours > 0) & (theirs > 0)
    if not both.any():
        return 1.0, 0.5
    expected = theirs[both].sum() / ours[both].sum() * ours[both]
    off = (theirs[both] - expected) ** 2 / np.maximum(expected, 1.0)
    # the median of a squared normal deviate is 0.455 of its variance; a few rows say little: therefore the prior of 20
    spread = (np.median(off) / 0.455 * len(off) + 0.5 * 20) / (len(off) + 20)
    return float(theirs[both].sum() / ours[both].sum()), float(max(spread, 0.05))


def judges(collation: Collation, tokens: dict[str, Tokens]) -> dict[str, Judge]:
    """Make the judge of every version."""
    cells = {id: cells_of(collation, id, tokens[id]) for id in tokens}
    usual = {a: {b: _usual(cells[a].length, cells[b].length) for b in tokens if a != b} for a in tokens}
    return {id: Judge(collation, id, tokens, cells, usual[id]) for id in tokens}


def features(evidence: list[Evidence]) -> dict[str, float]:
    """Sum up what the other versions say; the keys are those of `WEIGHTS`."""
    several = math.sqrt(len(evidence))
    return {
        "constant": 1.0,
        "length odds": sum(e.length_odds for e in evidence) / several,
        "length odds around": sum(e.length_odds_around for e in evidence) / several,
        "repetition": max(e.repetition for e in evidence),
        "mean repetition": sum(e.repetition for e in evidence) / len(evidence),
        "likeness": max(e.likeness for e in evidence),
        "lost": sum(e.lost for e in evidence) / len(evidence),
        "absent": sum(e.absent for e in evidence) / len(evidence),
    }


def log_odds(by_form: float, evidence: list[Evidence]) -> float:
    """Return the log odds that the repeat is a fault, from those by form alone and what the other versions say."""
    measured = {"form": by_form, **features(evidence)}
    return sum(weight * measured[name] for name, weight in WEIGHTS.items()) - PRIOR
