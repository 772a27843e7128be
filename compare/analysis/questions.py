"""What the models of meaning are asked of every row; checks ask more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from compare.analysis.by_rows import Question, finding
from compare.grammar import Seam
from compare.grammar.breaks import Break, find
from compare.meaning.detect.omission_features import NEIGHBOURS, certainty
from compare.meaning.detect.omissions import Omission, in_own_row
from compare.meaning.detect.suspect_spans import Phrase, phrases
from compare.meaning.detect.unexpected_words import Row, WrongSense, read_rows
from compare.meaning.risk import Risks, risk_of_meaning
from compare.values import Place, Span


def _omissions(some: Any) -> Iterable[Omission]:
    return in_own_row(some.words, some.renderings, some.row_readings, some.length_ratios, some.unread_source)


def _phrases(some: Any) -> Iterable[Phrase]:
    return phrases(some.words, some.judgements)


def _breaks(some: Any) -> Iterable[Break]:
    return find(some.collation)


def _unexpected_words(some: Any) -> Sequence[Row]:
    return read_rows(some.words, some.renderings, some.judgements)


def _risk(some: Any) -> Risks:
    source_alone = any(cell and cell.family == "s" for cells in some.judgements.values() for cell in cells)
    return risk_of_meaning(some.collation, some.judgements, some.quality if source_alone else {})


RISK = Question("risk of meaning", _risk)
OMISSIONS = finding(
    "omissions",
    _omissions,
    (Omission, Place, Span),
    reach=NEIGHBOURS,
    of_row=certainty,
    of_whole=lambda analysis: analysis.length_ratios,
)
PHRASES = finding("phrases", _phrases, (Phrase, Place, Span))
UNEXPECTED_WORDS = Question("unexpected words", _unexpected_words, (Row, WrongSense))
BREAKS = finding("broken sentences", _breaks, (Break, Seam, Place, Span))
#: What the models of meaning are asked: the other process answers it, with what checks ask besides.
ALL = (RISK, OMISSIONS, PHRASES, UNEXPECTED_WORDS)
