"""The models of meaning applied to a collation: every cell's odds of an error, its doubtful words, what it has lost."""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from compare import artefacts
from compare.meaning.features.attestation import content
from compare.meaning.features.batch import Columns, Table
from compare.meaning.features.comparisons import VersionFeatures, compare_cells
from compare.meaning.features.grammaticality import breaks
from compare.meaning.features.summary import CellTables, cell_summary, cell_tables
from compare.meaning.models.gbdt import Trees, load, parse
from compare.records import kept_by_rows
from compare.values import Collation, Version
from compare.wordalign.contextual import States, by_stretches, uncased, uncased_cell_states
from compare.wordalign.renderings import Renderings
from compare.wordalign.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: A mutual counterpart so near settles that a word is not lost; these are the log-odds that the word has then.
_FOUND, _NOT_LOST = 0.7, -6.0


@dataclass(frozen=True, slots=True)
class CellJudgement:
    """What the models say of one cell, in log-odds: of an error in it, and of its words."""

    odds: float
    family: str
    """What it was compared with: `s` the source, `o` other versions, `so` both."""
    wrong: Floats
    """Of each of its words: it is wrong."""
    lost: Mapping[str, Floats]
    """Of each word of each other text of the row: the cell lacks it."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models of words and of cells; and by family the calibration of `risk` and of the findings' scores."""

    wrong: Trees
    lost: Trees
    cell: Trees
    calibration: Mapping[str, Mapping[str, Sequence[float]]]


@functools.cache
def models() -> Models:
    """Load the models of words and of cells."""
    cells = artefacts.record("cells.json")
    return Models(load("wrong_words"), load("lost_words"), parse(cells["model"]), cells["calibration"])


def judge(
    collation: Collation, vocabulary: Vocabulary, renderings: Renderings
) -> Mapping[str, tuple[CellJudgement | None, ...]]:
    """Judge every cell of every translation; None where there is no cell or nothing to compare it with."""

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[CellJudgement | None, ...]]]:
        for rows, states in by_stretches(uncased_cell_states, collation, vocabulary, stretches):
            part = replace(collation, rows=collation.rows[rows])
            yield _judge(part, vocabulary.of(rows), states, renderings)

    found = kept_by_rows("judgements", collation, some, (CellJudgement,), renderings.own)
    return {v: tuple(row[n] for row in found) for n, v in enumerate(_translations(collation))}


def _translations(collation: Collation) -> list[str]:
    return [v.id for v in collation.work.versions if v.role != "source"]


def _judge(
    collation: Collation, vocabulary: Vocabulary, states: States, renderings: Renderings
) -> list[tuple[CellJudgement | None, ...]]:
    """Judge all translations' cells, row by row."""
    known, source = models(), collation.work.source
    features = version_features(collation, vocabulary, states, renderings, known)
    names, tables = compare_cells(features, len(collation.rows))
    out: list[dict[str, CellJudgement]] = [{} for _ in collation.rows]
    for version, one in features.items():
        odds = known.cell.scores(names, tables[version])
        for i, value, wrong, lost in zip(one.row_indices, odds, one.wrong, one.lost, strict=True):
            out[i][version] = CellJudgement(float(value), _family(lost, source), wrong, lost)
    return [tuple(map(row.get, _translations(collation))) for row in out]


def _family(lost: Mapping[str, Floats], source: Version | None) -> str:
    known = source is not None and source.id in lost
    return ("s" if known else "") + ("o" if len(lost) > known else "")


def version_features(
    collation: Collation, vocabulary: Vocabulary, states: States, renderings: Renderings, models: Models
) -> Mapping[str, VersionFeatures]:
    """Return the features of every cell by the texts of its row; versions without another text are left out."""
    texts = {v.id: [uncased(collation.cell(row, v.id)) for row in collation.rows] for v in collation.work.versions}
    langs = {v.id: v.lang for v in collation.work.versions}
    columns = columns_of(texts, langs, vocabulary, states, renderings)
    source = collation.work.source.id if collation.work.source else None
    listed = sorted((v.lang, v.id) for v in collation.work.versions if v.role != "source")
    found: defaultdict[str, list[VersionFeatures]] = defaultdict(list)
    for _, group in groupby(listed, key=lambda v: v[0]):
        for gathered in cell_tables(columns, source, [version for _, version in group]):
            found[gathered.version].append(_version_features(gathered, source, models))
    return {version: _in_order(found[version]) for version in sorted(found)}


def columns_of(
    texts: Mapping[str, Sequence[str]],
    langs: Mapping[str, str],
    vocabulary: Vocabulary,
    states: States,
    renderings: Renderings,
) -> Columns:
    """Set texts, as `uncased` writes them, in columns with all that is known of each by itself."""
    broken = {column: breaks(langs[column], some) for column, some in texts.items()}
    words = {column: content(some, langs[column]) for column, some in texts.items()}
    return Columns(vocabulary, texts, states, broken, words, renderings)


def _version_features(gathered: CellTables, source: str | None, models: Models) -> VersionFeatures:
    own, others = gathered.own_words, gathered.other_words
    wrong = models.wrong.scores(own.names, own.values)
    lost = [lost_odds(models.lost, table) for table in others]
    names, values = cell_summary(gathered, source, wrong, lost)
    lines = range(len(gathered.rows))
    return VersionFeatures(
        gathered.rows,
        names,
        values,
        [wrong[own.row == n] for n in lines],
        [{t.column: x[t.row == n] for t, x in zip(others, lost, strict=True)} for n in lines],
    )


def _in_order(parts: Sequence[VersionFeatures]) -> VersionFeatures:
    """Put the features of parts of a version together, row by row."""
    import numpy as np

    rows = np.concatenate([p.row_indices for p in parts])
    order = np.argsort(rows)
    values = np.concatenate([p.values for p in parts])[order]
    wrong, lost = [w for p in parts for w in p.wrong], [x for p in parts for x in p.lost]
    return VersionFeatures(rows[order], parts[0].names, values, [wrong[k] for k in order], [lost[k] for k in order])


def lost_odds(model: Trees, table: Table) -> Floats:
    """Return log-odds that each word of another text is lost; one whose near counterpart has it for its own is not."""
    import numpy as np

    best, mutual = (table.values[:, table.names.index(name)] for name in ("t_best", "t_mutual"))
    doubtful = ~((mutual == 1) & (best > _FOUND))
    odds = np.full(len(table.values), _NOT_LOST)
    odds[doubtful] = model.scores(table.names, table.values[doubtful])
    return odds


def probability(judgement: CellJudgement) -> float:
    """Calibrate a cell's log-odds (Platt 1999), for texts of which one cell in five is faulty."""
    slope, shift = models().calibration["risk"][judgement.family]
    return 1 / (1 + math.exp(-(slope * judgement.odds + shift)))


def score(odds: float, judgement: CellJudgement, which: str) -> float:
    """Turn log-odds into a finding's score: 0.5 where one sound row in fifty passes, 0.75 one in two hundred.

    `which`: of what the log-odds are, `cell`, `wrong` or `lost`.
    """
    limit, spread = models().calibration[which][judgement.family]
    return 1 / (1 + math.exp(-(odds - limit) / spread))
