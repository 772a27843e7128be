"""The collation: rows across all versions, each cell a span of its version, and what aligned them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from compare.values.texts import Kind, Span, Work

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")


class Encoder(Protocol):
    """What turns texts into vectors. `name` stands in the report's signature: it says model and version."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """Encode each text alone: (n, d), rows of unit length; (0, d) for no texts.

        A text's vector must not depend, to the last bit, on those encoded with it: reports are compared byte by byte.
        """
        ...


@dataclass(frozen=True, slots=True)
class Bead:
    """Source segments ↔ target segments (indices, ascending, either side may be empty); Gale & Church 1993."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float = 1.0
    """Probability, 0 to 1, that exactly this bead is right."""


@dataclass(frozen=True, slots=True)
class Row:
    """An aligned group across all versions.

    `segments` gives for each version that has the row the half-open range of its segments;
    `spans` what these cover in its text. A version without the row is in neither.
    """

    number: int
    segments: Mapping[str, tuple[int, int]]
    spans: Mapping[str, Span]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a version's text, with the words that stand there."""

    version: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """A passage that stands elsewhere in another version: the two places, and how alike they are (0 to 1)."""

    here: Place
    there: Place
    score: float


@dataclass(frozen=True, eq=False)
class Collation:
    """The rows in reading order; every segment of every version stands in exactly one row.

    Compared by identity. What is derived from it hangs on a `compare.analysis.Analysis`.
    """

    work: Work
    segments: Mapping[str, tuple[Span, ...]] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    vectors: Mapping[str, NDArray[np.float32]] = field(repr=False)
    """For each version (segments, d), rows of unit length, as `segments` stand; d = 0 with the encoder `none`."""
    encoder: Encoder = field(repr=False)
    moves: tuple[Move, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    kinds: Mapping[str, tuple[Kind, ...]] = field(default_factory=dict, repr=False)
    """For each version what each segment is, by its form; prose where nothing is said."""

    def kind(self, row: Row, version: str | None = None) -> Kind:
        """Return what a row is, or a version's cell in it: the kind of all its segments, prose where they differ."""
        ids = row.segments if version is None else [version] if version in row.segments else []
        found = {kind for id in ids for kind in self.kinds.get(id, ("prose",))[slice(*row.segments[id])]}
        return found.pop() if len(found) == 1 else "prose"

    def cell(self, row: Row, version: str) -> str:
        """Quote a cell; empty where the version lacks the row."""
        span = row.spans.get(version)
        return span.of(self.work.version(version).text) if span else ""

    def place(self, version: str, start: int, end: int) -> Place:
        """Make the place [start, end) of a version's text."""
        span = Span(start, end)
        return Place(version, span, span.of(self.work.version(version).text))

    def sentences(self, row: Row, version: str) -> tuple[Span, ...]:
        """Return where the sentences of a cell stand in it; none where the version lacks the row."""
        first, stop = row.segments.get(version, (0, 0))
        start = row.spans[version].start if stop > first else 0
        return tuple(Span(s.start - start, s.end - start) for s in self.segments.get(version, ())[first:stop])

    def place_in(self, row: Row, version: str, start: int = 0, end: int | None = None) -> Place:
        """Make the place of the characters [start, end) of a cell, counted from its beginning; of all of it by default.

        Raises KeyError where the version lacks the row.
        """
        cell = row.spans[version]
        return self.place(version, cell.start + start, cell.end if end is None else cell.start + end)

    def row_at(self, version: str, offset: int) -> Row | None:
        """Return the row whose cell in this version holds the character, or the nearest one below it, else above.

        None where the version has no cell at all.
        """
        rows = self._rows_of.get(version)
        return (
            rows[min(bisect_right(rows, offset, key=lambda row: row.spans[version].end), len(rows) - 1)]
            if rows
            else None
        )

    def number_at(self, version: str, offset: int) -> int:
        """Return the number of `row_at`, 0 where the version has no cell."""
        row = self.row_at(version, offset)
        return row.number if row else 0

    def only(self, ids: Collection[str]) -> Collation:
        """Return the collation without the other versions; its rows keep their numbers, and may be empty."""

        def kept(mapping: Mapping[str, T]) -> dict[str, T]:
            return {id: value for id, value in mapping.items() if id in ids}

        work = replace(self.work, versions=tuple(v for v in self.work.versions if v.id in ids))
        rows = tuple(replace(row, segments=kept(row.segments), spans=kept(row.spans)) for row in self.rows)
        moves = tuple(move for move in self.moves if {move.here.version, move.there.version} <= set(ids))
        return replace(
            self,
            work=work,
            segments=kept(self.segments),
            rows=rows,
            vectors=kept(self.vectors),
            moves=moves,
            kinds=kept(self.kinds),
        )

    @cached_property
    def _rows_of(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows that each version has, in the order of the text."""
        return {v.id: tuple(row for row in self.rows if v.id in row.spans) for v in self.work.versions}

    def to_frame(self, library: str = "pandas") -> Any:
        """Lay the rows out as a data frame; columns as `compare.frames.rows` says."""
        from compare import frames

        return frames.rows(self, library)
