"""What is found in a row by its own texts alone, kept for rows that have not changed.

Where nearly all is kept, only the few stretches of rows that have changed are analysed, each by itself: an edited word
costs no more than its neighbourhood, and what the whole work's analysis would hold is not even read from the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from compare import records
from compare.values import Collation, Place, Row, Span

if TYPE_CHECKING:
    from typing import Self

    from compare.wordalign.renderings import Renderings
    from compare.wordalign.unread_source import UnreadSource


class Analysed(Protocol):
    """What this room asks of a `compare.analysis.Analysis`."""

    @property
    def collation(self) -> Collation: ...

    @property
    def renderings(self) -> Renderings: ...

    @property
    def unread_source(self) -> UnreadSource | None: ...

    def part(self, rows: slice, /) -> Self: ...


A = TypeVar("A", bound=Analysed)
T = TypeVar("T")

#: So many stretches that lack something are analysed each by itself; more of them, and the work as a whole is.
_FEW = 8


def said_by_rows(
    analysis: A,
    what: str,
    say: Callable[[A], Sequence[T]],
    kinds: Iterable[type] = (),
    reach: int = 0,
) -> Sequence[T]:
    """Return what `say` says of each row of an analysis, from the cache where that is kept.

    What it says of a row depends on nothing but the texts of this row, those of `reach` rows on either side, and the
    renderings. `what`, `kinds`: as `compare.records.kept_by_rows` takes them.
    """
    if not records.recording() or analysis.unread_source:  # whose texts are not among those that a record is found by
        return say(analysis)
    collation = analysis.collation
    made_of = [analysis.renderings.own, collation.encoder.name]
    few = records.lacking(what, collation, made_of, reach) <= _FEW
    whole: list[Sequence[T]] = []

    def some(stretches: Sequence[slice]) -> Iterator[Sequence[T]]:
        if not few and not whole:
            whole.append(say(analysis))
        for rows in stretches:
            if few:
                about = slice(max(rows.start - reach, 0), rows.stop + reach)
                before = rows.start - about.start
                yield say(analysis.part(about))[before : before + rows.stop - rows.start]
            else:
                yield whole[0][rows]

    return records.kept_by_rows(what, collation, some, kinds, made_of, reach)


def found_by_rows(
    analysis: A,
    what: str,
    find: Callable[[A], Iterable[T]],
    kinds: Iterable[type] = (),
    reach: int = 0,
) -> tuple[T, ...]:
    """Return what `find` finds, row by row; each has its `row`, counted from 1, and places in this row alone.

    The arguments are those of `said_by_rows`.
    """

    def say(some: A) -> list[tuple[T, ...]]:
        found: list[list[T]] = [[] for _ in some.collation.rows]
        for each in find(some):
            row = some.collation.rows[each.row - 1]  # type: ignore[attr-defined]
            found[row.number - 1].append(_moved(each, row, -1))
        return [tuple(row) for row in found]

    said = said_by_rows(analysis, what, say, kinds, reach)
    return tuple(
        _moved(each, row, 1) for row, found in zip(analysis.collation.rows, said, strict=True) for each in found
    )


def part_of(collation: Collation, rows: slice) -> Collation:
    """Return a collation of some rows alone, counted from 1; the texts, and where the cells stand in them, stay."""
    kept = (replace(row, number=number) for number, row in enumerate(collation.rows[rows], start=1))
    return replace(collation, rows=tuple(kept))


def _moved(value: Any, row: Row, sign: int) -> Any:
    """Count places, and the row, from where a row stands in the work (1), or from the row (-1)."""
    if isinstance(value, Place):
        by = sign * row.spans[value.version].start
        return replace(value, span=Span(value.span.start + by, value.span.end + by))
    if isinstance(value, tuple):
        return tuple(_moved(each, row, sign) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        moved = {each.name: _moved(getattr(value, each.name), row, sign) for each in fields(value)}
        return replace(value, **{**moved, "row": moved["row"] + sign * row.number} if "row" in moved else moved)
    return value
