"""The models applied to a collation: every cell's risk, its doubtful words, and what it seems to have lost."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.meaning import rescoring
from compare.meaning.features import summary
from compare.meaning.features.batch import Columns, Table
from compare.meaning.features.grammaticality import breaks
from compare.meaning.models.gbdt import Trees, load
from compare.meaning.rescoring import First
from compare.values import Collation, Version
from compare.wordalign.contextual import States
from compare.wordalign.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


#: A mutual counterpart so near settles that a word is not lost; these are the log-odds that the model gives it then.
_FOUND, _SURE = 0.7, -6.0


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell. `odds`: log-odds of an error, and of the `first` look alone.

    `wrong`: those of each of its words; `lost`: of each word of each text beside it.
    """

    odds: float
    first: float
    family: str
    """What stood beside it: `s` the source, `o` other versions, `so` both."""
    wrong: Floats
    lost: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Models:
    """The models of words and of cells, and their calibration by family."""

    wrong: Trees
    lost: Trees
    cell: Trees
    calibration: Mapping[str, Mapping[str, Any]]


@functools.cache
def models() -> Models:
    """Load the models of words and of cells."""
    return Models(load("wrong_words"), load("lost_words"), load("cells"), artefacts.record("calibration.json"))


def judgement(
    collation: Collation, vocabulary: Vocabulary, first: Mapping[str, First]
) -> Mapping[str, tuple[Judged | None, ...]]:
    """Judge every cell of every translation; None where there is no cell or nothing to hold it against."""
    odds = second_odds(collation, vocabulary, first)
    source = collation.work.source
    out: dict[str, tuple[Judged | None, ...]] = {}
    for version in (v.id for v in collation.work.versions if v.role != "source"):
        found: list[Judged | None] = [None] * len(collation.rows)
        if one := first.get(version):
            lines = zip(one.rows, odds[version], one.odds, one.wrong, one.lost, strict=True)
            for row, value, at_first, wrong, lost in lines:
                found[row] = Judged(float(value), float(at_first), _family(lost, source), wrong, lost)
        out[version] = tuple(found)
    return out


def _family(lost: Mapping[str, Floats], source: Version | None) -> str:
    known = source is not None and source.id in lost
    return ("s" if known else "") + ("o" if len(lost) > known else "")


def second_odds(collation: Collation, vocabulary: Vocabulary, first: Mapping[str, First]) -> Mapping[str, Floats]:
    """Look at every cell again."""
    if not first:
        return {}
    second = rescoring.load()
    source = collation.work.source
    names, tables = rescoring.features(first, vocabulary, source.id if source else None, len(collation.rows))
    others = names.index("o_count")
    return {
        version: rescoring.joined(second.model.scores(names, table), first[version].odds, table[:, others])
        for version, table in tables.items()
    }


def first_looks(
    collation: Collation, vocabulary: Vocabulary, cells: Mapping[str, NDArray[np.float32]], states: States
) -> Mapping[str, First]:
    """Judge every cell by the texts of its row alone; versions without anything to hold them against are left out."""
    texts = {v.id: [collation.cell(row, v.id) for row in collation.rows] for v in collation.work.versions}
    broken = {v.id: breaks(v.lang, texts[v.id]) for v in collation.work.versions}
    columns = Columns(vocabulary, cells, texts, states.paired, broken)
    source = collation.work.source.id if collation.work.source else None
    listed = sorted((v.lang, v.id) for v in collation.work.versions if v.role != "source")
    known = models()
    found: defaultdict[str, list[First]] = defaultdict(list)
    for _, group in groupby(listed, key=lambda v: v[0]):
        for gathered in summary.gather(columns, source, [version for _, version in group]):
            found[gathered.version].append(_look(gathered, source, known))
    return {version: _in_order(found[version]) for version in sorted(found)}


def _look(gathered: summary.Gathered, source: str | None, models: Models) -> First:
    own, beside = gathered.own, gathered.beside
    wrong = models.wrong.scores(own.names, own.values)
    lost = [_lost(models.lost, t) for t in beside]
    names, values = summary.summary(gathered, source, wrong, lost)
    odds = models.cell.scores(names, values) + values[:, names.index("signs")]
    lines = range(len(gathered.rows))
    return First(
        gathered.rows,
        names,
        values,
        odds,
        [wrong[own.row == n] for n in lines],
        [{t.column: x[t.row == n] for t, x in zip(beside, lost, strict=True)} for n in lines],
    )


def _in_order(parts: Sequence[First]) -> First:
    """Put what was said of parts of a version together, row by row."""
    import numpy as np

    rows = np.concatenate([p.rows for p in parts])
    order = np.argsort(rows)
    values = np.concatenate([p.values for p in parts])[order]
    odds = np.concatenate([p.odds for p in parts])[order]
    wrong, lost = [w for p in parts for w in p.wrong], [x for p in parts for x in p.lost]
    return First(rows[order], parts[0].names, values, odds, [wrong[k] for k in order], [lost[k] for k in order])


def _lost(model: Trees, table: Table) -> Floats:
    """Judge the words of a text beside; one whose near counterpart has it for its own is not lost."""
    import numpy as np

    best, mutual = (table.values[:, table.names.index(name)] for name in ("t_best", "t_mutual"))
    doubtful = ~((mutual == 1) & (best > _FOUND))
    odds = np.full(len(table.values), _SURE)
    odds[doubtful] = model.scores(table.names, table.values[doubtful])
    return odds


def probability(judged: Judged) -> float:
    """Calibrate a cell's log-odds (Platt 1999), for texts of which one cell in five is faulty."""
    import math

    slope, shift = _calibration("risk")[judged.family]
    return 1 / (1 + math.exp(-(slope * judged.odds + shift)))


def score(odds: float, judged: Judged, which: str) -> float:
    """Turn log-odds into a finding's score: 0.5 where one sound row in fifty passes, 0.75 one in two hundred.

    `which`: `cell`, `wrong` or `lost`. A cell is scored by the surer look: the second knows more, but little of a row
    that stands alone.
    """
    given = [(odds, _calibration(which))]
    if which == "cell":
        given.append((judged.first, models().calibration[which]))
    return max(_rise(value, *calibration[judged.family]) for value, calibration in given)


def _rise(odds: float, limit: float, spread: float) -> float:
    import math

    return 1 / (1 + math.exp(-(odds - limit) / spread))


def _calibration(which: str) -> Mapping[str, Sequence[float]]:
    second = rescoring.load().calibration
    return second[which] if which in second else models().calibration[which]
