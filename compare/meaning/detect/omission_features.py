"""What the ranker of omissions and additions judges by: named features of a candidate.

How certainly the network misses the words, how much of them the other side covers, what stands there instead, whether
the cell is too short or too long, alone and with its neighbours, and whether the words stand elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

from compare.lang import DEFAULT, SOURCE
from compare.meaning.detect.omission_candidates import Candidate, Readings, Run, around, frame
from compare.meaning.detect.word_coverage import WordCoverage
from compare.values import Collation, Row
from compare.wordalign.aligned_words import probability_of
from compare.wordalign.vocabulary import FUNCTION
from compare.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Words of Russian to a word of English where a document is too short to tell, and the rows that stand for it then.
_RATIO, _PRIOR = 1.3, 10
#: Rows on either side in which the words are looked for, and those whose lengths are added up.
_NEAR, _NEXT = 2, 1
#: Rows on either side in which what is said again is a name or a form of address.
_AGAIN = 3
#: Likeness of two forms of one lemma.
_SAME = 0.95


#: Rows on either side on whose texts a feature may depend.
NEIGHBOURS = max(_NEAR, _NEXT, _AGAIN)
#: For each version how many words of it a word of each one gives.
LengthRatios: TypeAlias = Mapping[str, Mapping[str, float]]


def certainty(row: Row) -> float:
    """Return how certainly a row is aligned, as far as it matters: an edit far away changes the last digits."""
    return round(row.confidence, 3)


def length_ratios(collation: Collation) -> LengthRatios:
    """Say how many words of each version a word of each one gives: the median over the document."""
    versions = collation.work.versions
    sizes = {v.id: [len(words(collation.cell(row, v.id))) for row in collation.rows] for v in versions}
    found: dict[str, dict[str, float]] = {v.id: {} for v in versions}
    for one, two in product(versions, repeat=2):
        ratios = [a / b for a, b in zip(sizes[one.id], sizes[two.id], strict=True) if a and b]
        plain = {(DEFAULT, SOURCE): _RATIO, (SOURCE, DEFAULT): 1 / _RATIO}.get((one.lang, two.lang), 1.0)
        found[one.id][two.id] = median([*ratios, *[plain] * _PRIOR])
    return found


@dataclass(frozen=True, eq=False)
class Measures:
    """Measures the candidates of one collation."""

    coverage: WordCoverage
    readings: Readings
    ratios: LengthRatios

    def features(self, candidate: Candidate) -> dict[str, float]:
        """Return the features by name; NaN for what cannot be known."""
        return {
            **self._network_features(candidate),
            **self._coverage_features(candidate),
            **self._position_features(candidate),
        }

    def references(self, candidate: Candidate) -> list[str]:
        """Return the texts that the candidate's cell is compared with."""
        return [t for t in self.coverage.present(candidate.row_index) if t != candidate.version]

    def _texts_without(self, candidate: Candidate) -> list[str]:
        """Return the texts in which the candidate's words are missing."""
        return [candidate.version] if candidate.kind == "lost" else self.references(candidate)

    def _network_features(self, candidate: Candidate) -> dict[str, float]:
        """What the network and the row say of the words."""
        aligned, i, run = self.coverage.aligned, candidate.row_index, candidate.runs[0]
        references = self.references(candidate)
        reading = self.readings[candidate.version][i]
        assert reading is not None
        odds = reading.added if candidate.kind == "added" else reading.lost[run.version]
        best = {each.version: each.mass for each in reversed(candidate.runs)}
        weight = self.coverage.weights(i, run.version)
        known = self.coverage.source in references
        return {
            "network": run.mass,
            "network_most": float(odds[run.start : run.stop].max()),
            "network_mean": sum(best.get(t, 0.0) for t in references) / len(references),
            "hole": float(reading.hole[candidate.start : candidate.stop + 1].max()),
            "source": float(known),
            "others": float(len(references) - known),
            "size": float(len(aligned.cell(candidate.version, i).words)),
            "content": float(sum(w > 0 for w in weight[run.start : run.stop])),
            "weight": sum(weight[run.start : run.stop]),
            "part": sum(weight[run.start : run.stop]) / sum(weight),
            "part_words": (run.stop - run.start) / len(weight),
            "confidence": certainty(aligned.collation.rows[i]),
        }

    def _coverage_features(self, candidate: Candidate) -> dict[str, float]:
        """How much of the words other texts have, and what stands there that the words' own text has not."""
        coverage, i, version = self.coverage, candidate.row_index, candidate.version
        references, run = self.references(candidate), candidate.runs[0]
        agree = [coverage.covered(i, run.version, run.start, run.stop, t) for t in references if t != run.version]
        weight = sum(coverage.weights(i, run.version)[run.start : run.stop])
        open_ = [self._uncovered(i, t, version) for t in references]
        if candidate.kind == "added":
            excess = [self._excess(i, run, t) for t in references]
        else:
            place = Run(version, candidate.start + 1, max(candidate.stop - 1, candidate.start + 1), 0.0)
            excess = [-self._excess(i, place, t) for t in references]
        return {
            "covered": max(
                coverage.covered(i, run.version, run.start, run.stop, t) for t in self._texts_without(candidate)
            ),
            "agree": sum(agree) / len(agree) if agree and candidate.kind == "lost" else math.nan,
            "instead": min(self._instead(i, run, t) for t in self._texts_without(candidate)) / weight,
            "open_least": min(open_) / weight,
            "open_most": max(open_) / weight,
            "open_own": self._uncovered(i, version, None) / weight,
            "excess": min(excess),
            "excess_part": min(excess) / (run.stop - run.start),
        }

    def _position_features(self, candidate: Candidate) -> dict[str, float]:
        """Whether the words stand elsewhere in the cell or in a neighbouring row, and how the lengths agree."""
        aligned, i, run = self.coverage.aligned, candidate.row_index, candidate.runs[0]
        last = len(aligned.collation.rows)
        near = [k for k in range(max(i - _NEAR, 0), min(i + _NEAR + 1, last)) if k != i]
        next_ = range(max(i - _NEXT, 0), min(i + _NEXT + 1, last))
        here = [self._found(i, run, t, [i]) for t in self._texts_without(candidate)]
        there = [self._found(i, run, t, near) for t in self._texts_without(candidate)]
        return {
            "here": max(found for found, _ in here),
            "here_free": max(free for _, free in here),
            "elsewhere": max(found for found, _ in there),
            "elsewhere_free": max(free for _, free in there),
            "again": self._again(candidate),
            "room": self._length_gap(candidate, [i]),
            "room_near": self._length_gap(candidate, next_),
            "confidence_near": min(certainty(aligned.collation.rows[k]) for k in next_),
        }

    def _uncovered(self, i: int, one: str, two: str | None) -> float:
        """How much content of a cell the second one, or none of the row, covers, by weight."""
        weight = self.coverage.weights(i, one)
        left = [1 - c for c in self.coverage.shares(i, one, two)] if two else self.coverage.alone(i, one)
        return sum(w * x for w, x in zip(weight, left, strict=True))

    def _instead(self, i: int, run: Run, other: str) -> float:
        """How much content stands in the other cell, where the run would, that the run's text does not cover."""
        before, after = around(frame(self.coverage.aligned, i, run.version, other), run.start, run.stop)
        share, weight = self.coverage.shares(i, other, run.version), self.coverage.weights(i, other)
        return sum((weight[k] * (1 - share[k]) for k in range(before[1] + 1, after[1])), 0.0)

    def _excess(self, i: int, run: Run, other: str) -> float:
        """Return how many words more the run's cell has about it, between sure links, than the other one."""
        before, after = around(frame(self.coverage.aligned, i, run.version, other), run.start, run.stop)
        return after[0] - before[0] - 1 - self.ratios[run.version][other] * (after[1] - before[1] - 1)

    def _found(self, i: int, run: Run, other: str, rows: Sequence[int]) -> tuple[float, float]:
        """Return how much of a run's content stands in cells of another version, and how much where nothing answers.

        Shares by weight, 0 to 1, by the likeness of the nearest word.
        """
        import numpy as np

        aligned, forms = self.coverage.aligned, self.coverage.aligned.forms
        weight = np.array(self.coverage.weights(i, run.version)[run.start : run.stop])
        cells = [(k, cell) for k in rows if (cell := aligned.cells[other][k])]
        if not cells:
            return 0.0, 0.0
        ids = np.concatenate([cell.forms for _, cell in cells])
        free = np.concatenate([self.coverage.alone(k, other) for k, _ in cells])[forms.pos[ids] != FUNCTION]
        ids = ids[forms.pos[ids] != FUNCTION]
        if not len(ids):
            return 0.0, 0.0
        words = aligned.cell(run.version, i).forms[run.start : run.stop]
        near = forms.vectors[words] @ forms.vectors[ids].T
        near = np.maximum(near, _SAME * (forms.lemma[words][:, None] == forms.lemma[ids]))
        share = probability_of(near.astype(np.float64))
        return float(weight @ share.max(1) / weight.sum()), float(weight @ (share * free).max(1) / weight.sum())

    def _length_gap(self, candidate: Candidate, rows: Sequence[int]) -> float:
        """Return how many words too few the rows have for what is lost, or too many for what is added, for each word.

        1 where the run makes all of the difference between the version and what the references foretell.
        """
        cells, version, references = self.coverage.aligned.cells, candidate.version, self.references(candidate)

        def size(text: str) -> int:
            return sum(len(cell.words) for k in rows if (cell := cells[text][k]))

        foretold = sum(size(t) * self.ratios[version][t] for t in references) / len(references)
        run = candidate.runs[0]
        words = (run.stop - run.start) * self.ratios[version][run.version]
        return (size(version) - foretold) * (1 if candidate.kind == "added" else -1) / words

    def _again(self, candidate: Candidate) -> float:
        """Return how much of the words' content their own text says elsewhere near by: names, forms of address."""
        import numpy as np

        aligned, run, i = self.coverage.aligned, candidate.runs[0], candidate.row_index
        lemmas, cells = aligned.forms.lemma, aligned.cells[run.version]
        here = aligned.cell(run.version, i).forms
        near = [
            cell.forms
            for k in range(max(i - _AGAIN, 0), i + _AGAIN + 1)
            if k != i and k < len(cells) and (cell := cells[k])
        ]
        others = np.concatenate([here[: run.start], here[run.stop :], *near])
        weight = np.array(self.coverage.weights(i, run.version)[run.start : run.stop])
        return float(weight @ np.isin(lemmas[here[run.start : run.stop]], lemmas[others]) / weight.sum())
