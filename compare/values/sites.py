"""Variant sites: the places where versions of one language differ, with their readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from compare.values.collation import Place


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
    """One of `compare.apparatus.classes.KINDS`: the most serious of what its readings are to one another."""
    score: float
    """How much an editor would want to see it, 0 to 1, comparable across sites of a work and of works.

    By its words; of a report's sites what checks found there counts as well.
    """
    readings: tuple[Reading, ...]
    source: tuple[Place, ...] = ()
    """The source's words at that place."""
    counterpart: int | None = None
    """The number of the site with which it changed places, for the kind `order`."""
    findings: tuple[str, ...] = ()
    """The ids of the findings that blame a version for its reading."""
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)
    """The words of the first version about the site."""

    @property
    def checks(self) -> tuple[str, ...]:
        """The codes of the checks that found something there, each once."""
        return tuple(dict.fromkeys(id.partition("-")[0] for id in self.findings))

    def __repr__(self) -> str:
        shown = " | ".join(f"{', '.join(r.versions)}: {r.text or '—'}" for r in self.readings)
        return f"Site({self.row}.{self.number} {self.kind} {self.score:.2f}: {self.before}[{shown}]{self.after})"


#: The score from which on an editor more likely wants to see a site than not.
_EVEN = 0.5


class Sites(tuple[Site, ...]):
    """Variant sites in reading order."""

    __slots__ = ()

    def of(self, *kinds: str) -> Sites:
        """Keep the sites of these kinds."""
        return Sites(site for site in self if site.kind in kinds)

    def by_weight(self) -> Sites:
        """Put first what an editor would most want to see.

        Of a row each further site counts half as much, for what is put in other words differs in many places; not one
        that an editor wants to see more likely than not.
        """
        earlier: Counter[int] = Counter()
        found = []
        for site in sorted(self, key=lambda site: (-site.score, site.row, site.number)):
            doubtful = site.score < _EVEN
            found.append((site.score * 0.5 ** earlier[site.row] if doubtful else site.score, site))
            earlier[site.row] += doubtful
        return Sites(site for _, site in sorted(found, key=lambda each: -each[0]))

    def to_frame(self, library: str = "pandas") -> Any:
        """Lay the sites out as a data frame, a line a reading; columns as `compare.frames.sites` says."""
        from compare import frames

        return frames.sites(self, library)
