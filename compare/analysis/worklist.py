"""The rows to translate again, the most pressing first, each with all that the translator wants beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from compare.analysis import Analysis
from compare.files import table
from compare.values import Finding
from compare.words import words

#: What a finding of each severity weighs: MQM's usual penalties.
WEIGHTS = {"critical": 25.0, "major": 5.0, "minor": 1.0, "neutral": 0.0}


@dataclass(frozen=True, slots=True)
class Job:
    """One row. `weight`: severity × score of its open findings, summed, × its words.

    `names`, `terms`: what to write, by the source's form.
    """

    row: int
    weight: float
    cells: Mapping[str, str]
    donor: str | None
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worklist:
    """Jobs by falling weight. `versions`: the columns in the work's order."""

    title: str
    versions: tuple[str, ...]
    jobs: tuple[Job, ...]

    def to_rows(self) -> list[dict[str, Any]]:
        """List the jobs: one mapping a row."""
        return [
            {
                "row": job.row,
                "weight": job.weight,
                "donor": job.donor or "",
                **{v: " ".join(job.cells.get(v, "").split()) for v in self.versions},
                "findings": "; ".join(f"{f.check} {f.severity} {f.score:.2f}: {f.message}" for f in job.findings),
                "names": _paired(job.names),
                "terms": _paired(job.terms),
            }
            for job in self.jobs
        ]

    def to_tsv(self) -> str:
        """Write a header and a line a job."""
        head = ("row", "weight", "donor", *self.versions, "findings", "names", "terms")
        return table(head, self.to_rows())

    def to_md(self) -> str:
        """Write a section a job."""
        out = [
            f"# Worklist: {self.title}",
            "",
            f"Rows to translate again, the most pressing first: {len(self.jobs)}.",
            "",
        ]
        for job in self.jobs:
            out += [f"## Row {job.row} · weight {job.weight:g}", ""]
            for version in self.versions:
                if text := " ".join(job.cells.get(version, "").split()):
                    mark = " (start from here)" if version == job.donor else ""
                    out.append(f"- **{version}**{mark}: {text}")
            out.append("")
            out += [f"- {f.check} {f.severity} {f.score:.2f}: {f.message}" for f in job.findings]
            for title, pairs in (("Names", job.names), ("Terms", job.terms)):
                if pairs:
                    out.append(f"- {title}: {_paired(pairs)}")
            out.append("")
        return "\n".join(out)


def worklist(analysis: Analysis, findings: Iterable[Finding]) -> Worklist:
    """List the rows that have open or accepted findings of weight."""
    collation = analysis.collation
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.status in ("open", "accepted") and WEIGHTS[finding.severity]:
            found[finding.row].append(finding)
    chosen = {d.row: d.version for d in analysis.donors}
    names, terms = _names(analysis), _terms(analysis)
    jobs = []
    for row in collation.rows:
        if not (mine := found.get(row.number)):
            continue
        cells = {v.id: collation.cell(row, v.id) for v in collation.work.versions if v.id in row.spans}
        length = max((len(words(text)) for text in cells.values()), default=0)
        weight = round(sum(WEIGHTS[f.severity] * f.score for f in mine) * length, 1)
        mine.sort(key=lambda f: (-WEIGHTS[f.severity] * f.score, f.check, f.places[0].span))
        jobs.append(
            Job(
                row.number,
                weight,
                cells,
                chosen.get(row.number),
                tuple(mine),
                names.get(row.number, {}),
                terms.get(row.number, {}),
            )
        )
    jobs.sort(key=lambda job: (-job.weight, job.row))
    return Worklist(collation.work.title, tuple(v.id for v in collation.work.versions), tuple(jobs))


def _paired(forms: Mapping[str, str]) -> str:
    """Write what stands for what; a form that stands for itself is written once."""
    return "; ".join(a if a == b else f"{a} = {b}" for a, b in forms.items())


def _names(analysis: Analysis) -> dict[int, dict[str, str]]:
    """Map each row to the names that stand in it and the spelling proposed for each."""
    out: dict[int, dict[str, str]] = defaultdict(dict)
    for entry in analysis.names.entries:
        for spellings in entry.spellings.values():
            for spelling in spellings:
                for row in spelling.rows:
                    out[row][entry.name] = entry.proposed
    return out


def _terms(analysis: Analysis) -> dict[int, dict[str, str]]:
    """Map each row to the terms of the work's glossary that stand in it, in any form, and the rendering preferred."""
    from compare.terms.glossary import occurrences

    out: dict[int, dict[str, str]] = defaultdict(dict)
    for term in analysis.glossary:
        for version in analysis.collation.work.versions if term.preferred else ():
            for _, row in occurrences(analysis.collation, analysis.lemmas, version.id, term.term):
                out[row.number][term.term] = "; ".join(term.preferred)
    return out
