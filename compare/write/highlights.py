"""Where findings lie in each cell: places that nest, overlap or cross rows, cut into pieces that do not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from compare.values import Report, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a version's text that belongs to a finding, by its index; `proof` for all but the first place."""

    span: Span
    finding: int
    proof: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one cell over which the same marks lie, worst finding first; none for plain text."""

    span: Span
    marks: tuple[Mark, ...]


def cells(report: Report, version: str) -> Mapping[int, tuple[Piece, ...]]:
    """Return for each row number that the version has the pieces of its cell, which together are the cell's text.

    A cell reaches to the beginning of the next one where only white space lies between, so that a mark on that white
    space has somewhere to stand.
    """
    text = report.work.version(version).text
    rows = sorted((row.spans[version], row.number) for row in report.collation.rows if version in row.spans)
    reaches: list[Span] = []
    for at, (span, _) in enumerate(rows):
        begin = 0 if at == 0 and not text[: span.start].strip() else span.start
        end = rows[at + 1][0].start if at + 1 < len(rows) else len(text)
        reaches.append(Span(begin, end if end > span.end and text[span.end : end].isspace() else span.end))
    by_row: list[list[Mark]] = [[] for _ in rows]
    starts = [reach.start for reach in reaches]
    for mark in _marks(report, version):
        for at in range(max(0, bisect_right(starts, mark.span.start) - 1), len(rows)):
            if reaches[at].start >= mark.span.end:
                break
            if reaches[at].touches(mark.span):
                by_row[at].append(mark)
    return {
        number: tuple(pieces(reach, marks)) for (_, number), reach, marks in zip(rows, reaches, by_row, strict=True)
    }


def pieces(reach: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut a stretch wherever a mark begins or ends; the pieces cover it whole, in order."""
    edges = {reach.start, reach.end}
    for mark in marks:
        edges.update(edge for edge in (mark.span.start, mark.span.end) if reach.start < edge < reach.end)
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        span = Span(start, end)
        yield Piece(span, tuple(mark for mark in marks if mark.span.touches(span)))


def _marks(report: Report, version: str) -> Iterable[Mark]:
    # Findings come worst first, and a finding's own place goes before any finding's evidence.
    for proof in (False, True):
        for index, finding in enumerate(report.findings):
            for place in finding.places[1:] if proof else finding.places[:1]:
                if place.version == version:
                    yield Mark(place.span, index, proof)
