"""The report: what was asked for, what was found, and what an editor decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from compare.values.collation import Collation, Place
from compare.values.rules import Severity
from compare.values.texts import Work

Verdict = Literal["open", "accepted", "dismissed", "fixed"]

#: Called while long work runs, with a stage's name and how much of it is done, 0 to 1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a report was asked for. `select`, `ignore`: beginnings of check codes; none selected means all of them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    everything: bool = False
    """Also keep findings below a check's threshold."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. A check fills the first group; `run` fills the second."""

    check: str
    severity: Severity
    score: float
    """Probability, 0 to 1, that an editor would agree (`compare.calibration`); what a check gives ranks its own."""
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
