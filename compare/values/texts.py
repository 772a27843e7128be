"""The texts: a work, its versions, and the parts and spans of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from compare.values.rules import Rules

#: What a block is, as its file says or by its form (`compare.alignment.kinds`).
Kind = Literal[
    "prose",
    "heading",
    "verse",
    "note",
    "page number",
    "running head",
    "contents",
    "title page",
    "licence",
    "signature",
]
Role = Literal["source", "translation"]
Status = Literal["published", "revised", "reconstruction", "original"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open, non-empty range of characters. Raises ValueError when empty or negative."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Quote the span: `Span(0, 2).of("Oka") == "Ok"`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Part:
    """What a file says of a stretch of its text: what kind of block it is, or on which page it stands."""

    kind: Kind | Literal["page"]
    span: Span
    label: str = ""
    """The number of a page or a note."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a work. `id` is short and names the column everywhere; `lang` is ISO 639-1 ("en", "ru")."""

    id: str
    text: str = field(repr=False)
    lang: str
    role: Role = "translation"
    title: str = ""
    translator: str = ""
    year: str = ""
    origin: str = ""
    licence: str = ""
    status: Status = "published"
    file: str = ""
    scheme: str = ""
    """Romanisation scheme that the version declares for its names; empty: to be inferred."""
    note: str = ""
    """What every report that shows this version must say of it."""
    parts: tuple[Part, ...] = field(default=(), repr=False)
    """What its file says of parts of the text, as they begin; pages may run across other parts."""
    attested: tuple[Span, ...] = ()
    """The words of a reconstruction that a printed source vouches for, in reading order; the rest is conjecture."""


#: A table that came with the work (`glossary`, `names`, `decisions`, `alignment`): a mapping a line, keyed by header.
Table = tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One text in all its versions, in the order of the columns."""

    id: str
    title: str
    versions: tuple[Version, ...]
    folder: Path | None = None
    tables: Mapping[str, Table] = field(default_factory=dict, repr=False)
    rows: tuple[Mapping[str, Span], ...] | None = field(default=None, repr=False)
    """Rows that came aligned (`--rows`, TMX, XLIFF): a span for each version that has the row. They pass untouched."""
    note: str = ""
    """What every report on this work must say of it."""
    warnings: tuple[str, ...] = ()
    rules: Rules = field(default_factory=Rules, repr=False)

    def version(self, id: str) -> Version:
        """Return the version of that id; raises KeyError."""
        for version in self.versions:
            if version.id == id:
                return version
        raise KeyError(id)

    @property
    def source(self) -> Version | None:
        """The version that the others translate, or None; of several, an original and an intermediate, the first."""
        return next((v for v in self.versions if v.role == "source"), None)
