"""Bilingual formats: which versions get a file, and which text each is set against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compare.values import Finding, Report, Version


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of two versions. `original` and `translation` are empty where a version lacks it."""

    row: int
    original: str
    translation: str
    findings: tuple[Finding, ...]
    """Those on the translation's words, neither dismissed nor fixed."""


def translations(report: Report) -> list[str]:
    """Return the ids of the versions that get a file each: the translations, or all versions where there is none."""
    return [v.id for v in report.work.versions if v.role == "translation"] or [v.id for v in report.work.versions]


def original(report: Report, id: str) -> Version:
    """Return what a version is set against: the source, else the first of the other versions, else itself."""
    others = [v for v in report.work.versions if v.id != id]
    return next((v for v in others if v.role == "source"), others[0] if others else report.work.version(id))


def pairs(report: Report, id: str) -> Iterator[Pair]:
    """Yield the rows that a version or its original has; a version alone is its own original, without translation."""
    collation, against = report.collation, original(report, id)
    found = by_row(report, id)
    for row in collation.rows:
        ours = collation.cell(row, id) if against.id != id else ""
        theirs = collation.cell(row, against.id)
        if ours or theirs:
            yield Pair(row.number, theirs, ours, found.get(row.number, ()))


def by_row(report: Report, id: str) -> dict[int, tuple[Finding, ...]]:
    """Return the findings on a version's words that are open or accepted, by row, in the report's order."""
    found: dict[int, tuple[Finding, ...]] = {}
    for finding in report.findings:
        if finding.places[0].version == id and finding.status in ("open", "accepted"):
            found[finding.row] = (*found.get(finding.row, ()), finding)
    return found
