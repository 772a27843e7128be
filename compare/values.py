"""The values that cross the pipeline, and nothing that computes.

Every value is frozen: a change makes a new one (`dataclasses.replace`). Offsets are half-open ranges of code
points of a version's text exactly as it was read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
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
Severity = Literal["critical", "major", "minor", "neutral"]
Verdict = Literal["open", "accepted", "dismissed", "fixed"]

#: Called while long work runs, with a stage's name and how much of it is done, 0 to 1.
Progress = Callable[[str, float], None]

#: MQM's severities, worst first.
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "neutral")


class InputError(ValueError):
    """What a person gave cannot be used: `file` names it, `trouble` says in one line what is wrong."""

    def __init__(self, file: object, trouble: str) -> None:
        super().__init__(f"{file}: {trouble}")
        self.file, self.trouble = str(file), trouble

    def _render_traceback_(self) -> list[str]:
        """Show the line alone in a notebook: what stands before it there speaks to programmers."""
        return [str(self)]


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
class Configuration:
    """What a report was asked for. `select`, `ignore`: beginnings of check codes; none selected means all of them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    everything: bool = False
    """Keep also what lies under a check's threshold."""


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
class WordRule:
    """Words and phrases, by lemma, that are not to stand in some versions: all translations, where none is named."""

    forbidden: tuple[str, ...] = ()
    preferred: str = ""
    reason: str = ""
    severity: Severity = "minor"
    lang: str = ""
    versions: tuple[str, ...] = ()
    source: str = ""
    """Only in rows whose source has it; empty: in any."""
    place: str = field(default="", repr=False)
    """Where the rule stands: file and line."""


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A regular expression that is not to stand in some versions, or one that is, where the source has another."""

    find: str = ""
    missing: str = ""
    source: str = ""
    message: str = ""
    case: bool = False
    """Whether capitals matter."""
    severity: Severity = "minor"
    lang: str = ""
    versions: tuple[str, ...] = ()
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CheckRule:
    """Whether checks whose code begins so run, and how grave what they find is; None and empty: as they are."""

    code: str = ""
    run: bool | None = None
    severity: Severity | Literal[""] = ""
    versions: tuple[str, ...] = ()
    place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rules:
    """A work's own rules (`compare.rules`)."""

    words: tuple[WordRule, ...] = ()
    patterns: tuple[PatternRule, ...] = ()
    checks: tuple[CheckRule, ...] = ()


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

    def row_at(self, version: str, offset: int) -> Row | None:
        """Return the row whose cell in this version holds the character, or the nearest one below it, else above.

        None where the version has no cell at all.
        """
        rows = self._held.get(version)
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
    def _held(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows that each version has, in the order of the text."""
        return {v.id: tuple(row for row in self.rows if v.id in row.spans) for v in self.work.versions}

    def to_frame(self, library: str = "pandas") -> Any:
        """Lay the rows out as a data frame; columns as `compare.frames.rows` says."""
        from compare import frames

        return frames.rows(self, library)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. A check fills the first group; `run` fills the second."""

    check: str
    severity: Severity
    score: float
    """Probability, 0 to 1, that an editor would agree (`compare.agreement`); what a check gives ranks its own."""
    places: tuple[Place, ...]
    """First the one to look at, then the evidence."""
    message: str
    suggestion: str | None = None
    """The words that should stand in the first place, or None."""

    id: str = ""
    mqm: str = ""
    row: int = 0
    status: Verdict = "open"
    reason: str = ""


class Findings(tuple[Finding, ...]):
    """Findings, worst first."""

    __slots__ = ()

    def of(self, *codes: str) -> Findings:
        """Keep those whose check begins with one of the codes: `findings.of("REP", "NAM1")`."""
        return Findings(finding for finding in self if finding.check.startswith(codes))

    def to_frame(self, library: str = "pandas") -> Any:
        """Lay the findings out as a data frame; columns as `compare.frames.findings` says."""
        from compare import frames

        return frames.findings(self, library)


@dataclass(frozen=True, slots=True)
class Reading:
    """What some versions have at a variant site: the first one's words, and where each has them in its text.

    `spans`: half-open ranges of characters; of a version that has nothing there the empty range where it would stand.
    `closeness`: to the source's words at that place, 0 to 1; None where there are none. `supported`: whether the source
    supports it rather than another; None where it does not say: no words of its own, or all readings near it, or none.
    """

    versions: tuple[str, ...]
    text: str
    spans: Mapping[str, tuple[int, int]] = field(repr=False)
    closeness: float | None = None
    supported: bool | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a row where the versions of a language differ. `row` and `number`, within the row, count from 1."""

    row: int
    number: int
    kind: str
    """One of `compare.apparatus.classes.KINDS`: the gravest of what its readings are to one another."""
    score: float
    """How much an editor would want to see it, 0 to 1, comparable across sites of a work and of works."""
    readings: tuple[Reading, ...]
    source: tuple[Place, ...] = ()
    """The source's words at that place."""
    counterpart: int | None = None
    """The number of the site with which it changed places, for the kind `order`."""
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    """The words of the first version about the site."""

    def __repr__(self) -> str:
        shown = " | ".join(f"{', '.join(r.versions)}: {r.text or '—'}" for r in self.readings)
        return f"Site({self.row}.{self.number} {self.kind} {self.score:.2f}: {self.before}[{shown}]{self.after})"


class Sites(tuple[Site, ...]):
    """Variant sites in reading order."""

    __slots__ = ()

    def of(self, *kinds: str) -> Sites:
        """Keep the sites of these kinds."""
        return Sites(site for site in self if site.kind in kinds)

    def by_weight(self) -> Sites:
        """Put first what an editor would most want to see; of a row each further site counts half as much."""
        earlier: Counter[int] = Counter()
        found = []
        for site in sorted(self, key=lambda site: (-site.score, site.row, site.number)):
            found.append((site.score * 0.5 ** earlier[site.row], site))
            earlier[site.row] += 1
        return Sites(site for _, site in sorted(found, key=lambda each: -each[0]))

    def to_frame(self, library: str = "pandas") -> Any:
        """Lay the sites out as a data frame, a line a reading; columns as `compare.frames.sites` says."""
        from compare import frames

        return frames.sites(self, library)


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's word on a finding, keyed by the check and the quoted words so that it outlives edits elsewhere."""

    check: str
    version: str
    quote: str
    verdict: Verdict
    reason: str = ""
    occurrence: int = 0
    """Which of several findings on the same words, from 1 on; 0: all of them."""
    before: str = ""
    after: str = ""
    """The words beside the quoted ones; both empty: they do not matter."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a writer may show."""

    signature: str
    collation: Collation
    findings: Findings = field(repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    stale: tuple[Decision, ...] = field(default=(), repr=False)
    """Those of the decisions whose words are gone."""
    risk: tuple[Mapping[str, float | None], ...] = field(default=(), repr=False)
    """For each row and version the probability that the cell carries an error of meaning; None: nothing to judge by."""
    scores: Mapping[str, Any] = field(default_factory=dict, repr=False)
    exhibits: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """Plain data for the pictures and tables of a writer: `names`, `repeats`, `drift`, `worklist` …"""

    @property
    def work(self) -> Work:
        return self.collation.work
