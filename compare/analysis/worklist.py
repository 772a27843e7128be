"""What to translate again, most urgent first, each job with all that the translator needs for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from compare.analysis import Analysis
from compare.files import table
from compare.values import Collation, Finding
from compare.words import words

#: What a finding of each severity weighs: MQM's usual penalties.
WEIGHTS = {"critical": 25.0, "major": 5.0, "minor": 1.0, "neutral": 0.0}
#: The least that an omission weighs of what its severity says, and the most, however many words are missing.
SHORT, LONG = 0.2, 5.0
#: Jobs of less weight are left to whoever reads the report: a single minor finding is no reason to translate again,
#: unless it says that a row is lacking.
LEAST, LACKING = 1.0, "OMI101"
#: The columns of the first jobs at a glance, and the characters that are quoted of each at most.
TOP, QUOTED = ("rows", "weight", "version", "check", "severity", "message", "words", "more"), 160


@dataclass(frozen=True, slots=True)
class Job:
    """Rows that belong together: one, or those that one omission or repeat covers.

    `weight`: the expected penalty, as `weigh` gives it for each finding, summed. `base`: the version to start from.
    `names`, `terms`: what to write, by the source's form.
    """

    row: int
    last_row: int
    weight: float
    cells: Mapping[str, str]
    base: str | None
    findings: tuple[Finding, ...]
    """The heaviest first."""
    names: Mapping[str, str]
    terms: Mapping[str, str]

    @property
    def rows(self) -> str:
        """The rows as people write them: `7` or `7–12`."""
        return str(self.row) if self.row == self.last_row else f"{self.row}–{self.last_row}"


@dataclass(frozen=True, slots=True)
class Worklist:
    """Jobs by falling weight. `versions`: the columns in the work's order."""

    title: str
    versions: tuple[str, ...]
    jobs: tuple[Job, ...]

    def to_rows(self) -> list[dict[str, Any]]:
        """List the jobs: one mapping a job."""
        return [
            {
                "rows": job.rows,
                "weight": job.weight,
                "base": job.base or "",
                **{v: " ".join(job.cells.get(v, "").split()) for v in self.versions},
                "findings": "; ".join(f"{f.check} {f.severity} {f.score:.2f}: {f.message}" for f in job.findings),
                "names": _paired(job.names),
                "terms": _paired(job.terms),
            }
            for job in self.jobs
        ]

    def to_tsv(self) -> str:
        """Write a header and a line a job."""
        head = ("rows", "weight", "base", *self.versions, "findings", "names", "terms")
        return table(head, self.to_rows())

    def top(self, count: int = 10) -> list[dict[str, Any]]:
        """List the first jobs by the finding of each that weighs most: one mapping a job, keys as `TOP`."""
        return [
            {
                "rows": job.rows,
                "weight": job.weight,
                "version": job.findings[0].places[0].version,
                "check": job.findings[0].check,
                "severity": job.findings[0].severity,
                "message": job.findings[0].message,
                "words": " ".join(job.findings[0].places[0].text.split())[:QUOTED],
                "more": len(job.findings) - 1,
            }
            for job in self.jobs[:count]
        ]

    def to_md(self) -> str:
        """Write a section a job."""
        out = [
            f"# Worklist: {self.title}",
            "",
            f"Passages to translate again, most urgent first: {len(self.jobs)}.",
            "",
        ]
        for job in self.jobs:
            out += [f"## Row{'s' * (job.row != job.last_row)} {job.rows} · weight {job.weight:g}", ""]
            for version in self.versions:
                if text := " ".join(job.cells.get(version, "").split()):
                    mark = " (start from here)" if version == job.base else ""
                    out.append(f"- **{version}**{mark}: {text}")
            out.append("")
            out += [f"- {f.check} {f.severity} {f.score:.2f}: {f.message}" for f in job.findings]
            for title, pairs in (("Names", job.names), ("Terms", job.terms)):
                if pairs:
                    out.append(f"- {title}: {_paired(pairs)}")
            out.append("")
        return "\n".join(out)


def worklist(analysis: Analysis, findings: Iterable[Finding]) -> Worklist:
    """List the jobs that the open or accepted findings make, from `LEAST` up."""
    collation = analysis.collation
    usual = _usual(collation)
    by_range = _gathered(
        (_covered(collation, finding), finding)
        for finding in findings
        if finding.status in ("open", "accepted") and WEIGHTS[finding.severity]
    )
    chosen = {each.row: each.version for each in analysis.base_versions}
    names, terms = _names(analysis), _terms(analysis)
    jobs = []
    for first, last, mine in by_range:
        weights = {id(finding): weigh(collation, finding, usual) for finding in mine}
        weight = round(sum(weights.values()), 1)
        if weight < LEAST and not any(finding.check == LACKING for finding in mine):
            continue
        mine.sort(key=lambda f: (-weights[id(f)], f.check, f.places[0].span))
        rows = collation.rows[first - 1 : last]
        cells = {
            v.id: "\n".join(collation.cell(row, v.id) for row in rows if v.id in row.spans)
            for v in collation.work.versions
        }
        bases = Counter(base for row in rows if (base := chosen.get(row.number)))
        jobs.append(
            Job(
                first,
                last,
                weight,
                {id: text for id, text in cells.items() if text},
                max(sorted(bases), key=lambda id: bases[id]) if bases else None,
                tuple(mine),
                {name: form for row in rows for name, form in names.get(row.number, {}).items()},
                {term: form for row in rows for term, form in terms.get(row.number, {}).items()},
            )
        )
    jobs.sort(key=lambda job: (-job.weight, job.row))
    return Worklist(collation.work.title, tuple(v.id for v in collation.work.versions), tuple(jobs))


def weigh(collation: Collation, finding: Finding, usual: float) -> float:
    """Return the expected penalty: the severity's weight times the probability that an editor agrees (the score).

    An omission counts by its share of the source, where a row of `usual` words is 1: a phrase weighs less than its
    severity says, and a chapter more, between `SHORT` and `LONG`.
    """
    weight = WEIGHTS[finding.severity] * finding.score
    if finding.mqm != "accuracy/omission" or len(finding.places) < 2:
        return weight
    missing = max(len(words(place.text)) for place in _evidence(collation, finding))
    return weight * min(max(missing / usual, SHORT), LONG)


def _usual(collation: Collation) -> float:
    """Return the words of a row, at the mean, of the source, or of the versions where there is none."""
    source = collation.work.source
    ids = [source.id] if source else [v.id for v in collation.work.versions]
    sizes = [len(words(collation.cell(row, id))) for row in collation.rows for id in ids if id in row.spans]
    return max(sum(sizes) / len(sizes), 1.0) if sizes else 1.0


def _evidence(collation: Collation, finding: Finding) -> list[Any]:
    """Return the places of what is missing: the source's, or where it has none, the other versions'."""
    source = collation.work.source
    quoted = [place for place in finding.places[1:] if source and place.version == source.id]
    return quoted or list(finding.places[1:])


def _covered(collation: Collation, finding: Finding) -> tuple[int, int]:
    """Return the first and the last row that a finding covers.

    Those of its first place, and of what is missing where it is an omission.
    """
    first = finding.row
    omission = finding.mqm == "accuracy/omission" and len(finding.places) > 1
    places = _evidence(collation, finding) if omission else [finding.places[0]]
    return first, max(first, *(collation.number_at(place.version, place.span.end - 1) for place in places))


def _gathered(found: Iterable[tuple[tuple[int, int], Finding]]) -> list[tuple[int, int, list[Finding]]]:
    """Gather findings whose rows overlap, in the order of the rows."""
    out: list[tuple[int, int, list[Finding]]] = []
    for (first, last), finding in sorted(found, key=lambda each: (*each[0], each[1].check, each[1].id)):
        if out and first <= out[-1][1]:
            start, stop, mine = out[-1]
            out[-1] = start, max(stop, last), [*mine, finding]
        else:
            out.append((first, last, [finding]))
    return out


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
