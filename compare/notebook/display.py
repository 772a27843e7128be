"""How values look in a notebook: small, escaped HTML, readable without its style."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.analysis.worklist import Worklist
from compare.names.index import NameIndex
from compare.values import SEVERITIES, Bead, Collation, Finding, Findings, Report, Row, Version, Work
from compare.write.differences import differences
from compare.write.highlights import Piece, cells
from compare.write.markup import shown
from compare.write.phrasing import FAMILIES, caution, count, family
from compare.write.templates import environment

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

#: How much is shown: rows of a collation, findings of a list, characters of a cell and of a message.
_ROWS, _FINDINGS, _CELL, _MESSAGE = 5, 10, 180, 220


@dataclass(frozen=True, slots=True)
class Passage:
    """Some rows of a collation with all their words; of a report also what was found in them, marked."""

    collation: Collation
    rows: tuple[Row, ...]
    report: Report | None = None


def passage(of: Collation | Report, first: int, last: int | None = None) -> Passage:
    """Show the rows from number `first` to number `last` (the first alone when None) side by side."""
    report, collation = (of, of.collation) if isinstance(of, Report) else (None, of)
    rows = tuple(row for row in collation.rows if first <= row.number <= (first if last is None else last))
    return Passage(collation, rows, report)


def html(value: object) -> str:
    """Return the value as one HTML element."""
    return str(_templates().get_template("shown.html").render(kind=type(value).__name__, **_facts(value)))


def register() -> None:
    """Let the shell that runs, if there is one, show our values by `html`."""
    from IPython.core.getipython import get_ipython

    if shell := get_ipython():
        formatter = shell.display_formatter.formatters["text/html"]
        for kind in _facts.registry:
            if kind is not object:
                formatter.for_type(kind, html)


@functools.singledispatch
def _facts(value: object) -> dict[str, Any]:
    """Gather what the template shows of a value."""
    raise TypeError(f"cannot show a {type(value).__name__}")


@functools.cache
def _templates() -> Environment:
    return environment("compare.notebook", shown=shown, number=lambda value: f"{value:,}")


@_facts.register
def _(version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "byline": byline(version),
        "note": caution(version),
        "opening": cut(version.text, 2 * _CELL),
    }


@_facts.register
def _(work: Work) -> dict[str, Any]:
    lines = [(version, byline(version), caution(version)) for version in work.versions]
    return {"work": work, "lines": lines, "warnings": work.warnings}


@_facts.register
def _(bead: Bead) -> dict[str, Any]:
    return {"bead": bead, "source": _listed(bead.source), "target": _listed(bead.target)}


@_facts.register
def _(row: Row) -> dict[str, Any]:
    return {"row": row, "lines": [(id, _range(*segments), row.spans[id]) for id, segments in row.segments.items()]}


@_facts.register
def _(collation: Collation) -> dict[str, Any]:
    first = collation.rows[:_ROWS]
    lines = [(row, [shown(cut(collation.cell(row, v.id), _CELL)) for v in collation.work.versions]) for row in first]
    return _table(collation, lines) | {"more": len(collation.rows) - len(first)}


@_facts.register
def _(passage: Passage) -> dict[str, Any]:
    collation, report = passage.collation, passage.report
    versions = collation.work.versions
    if report is None:
        lines = [(row, [shown(collation.cell(row, v.id)) for v in versions]) for row in passage.rows]
    else:
        laid = {v.id: cells(report, v.id) for v in versions}
        lines = [
            (row, [_marked(v.text, v.id, laid[v.id].get(row.number, ()), report.findings) for v in versions])
            for row in passage.rows
        ]
    return _table(collation, lines) | {"more": 0}


@_facts.register
def _(finding: Finding) -> dict[str, Any]:
    change = differences(finding.places[0].text, finding.suggestion) if finding.suggestion is not None else ()
    return {"finding": finding, "words": _words, "change": change}


@_facts.register
def _(findings: Findings) -> dict[str, Any]:
    return {
        "findings": findings[:_FINDINGS],
        "counts": _counts(findings),
        "more": max(0, len(findings) - _FINDINGS),
        "words": _words,
        "said": lambda finding: cut(finding.message, _MESSAGE),
    }


@_facts.register
def _(report: Report) -> dict[str, Any]:
    found = Counter((f.places[0].version, family(f.check)) for f in report.findings if f.status != "dismissed")
    families = [code for code in FAMILIES if any(code == other for _, other in found)]
    return _facts(Findings(report.findings[:5])) | {
        "report": report,
        "counts": _counts(report.findings),
        "families": [(code, FAMILIES[code]) for code in families],
        "lines": [(v, byline(v), [found[v.id, code] for code in families]) for v in report.work.versions],
        "warnings": report.collation.warnings,
        "more": max(0, len(report.findings) - 5),
    }


@_facts.register
def _(index: NameIndex) -> dict[str, Any]:
    columns = ["name", *index.mentions, "proposed"]
    return _listing(columns, [[row[column] for column in columns] for row in index.to_rows()])


@_facts.register
def _(todo: Worklist) -> dict[str, Any]:
    lines = [
        [job.rows, f"{job.weight:g}", job.base or "", "; ".join(f"{f.check} {f.message}" for f in job.findings)]
        for job in todo.jobs
    ]
    return _listing(["rows", "weight", "base", "findings"], lines)


def _listing(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> dict[str, Any]:
    short = [[cut(cell, _CELL) for cell in line] for line in lines[:_FINDINGS]]
    return {"columns": columns, "lines": short, "more": max(0, len(lines) - _FINDINGS)}


def byline(version: Version) -> str:
    """Name who made a version and when, as far as it is known."""
    return ", ".join(part for part in (version.translator, version.year) if part)


def cut(text: str, limit: int) -> str:
    """Put a text on one line of at most about `limit` characters, cut after a word."""
    line = _line(text)
    return line if len(line) <= limit else re.sub(r"\s*\S*\Z", "", line[:limit]) + " …"


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> str:
    return cut(text, _CELL) if text.strip() else "␣" * len(text)


def _listed(segments: Iterable[int]) -> str:
    return ", ".join(map(str, segments)) or "none"


def _range(start: int, stop: int) -> str:
    return f"{start + 1}" if stop == start + 1 else f"{start + 1}–{stop}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _counts(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    return [(severity, number) for severity, number in count(findings).items() if number]


def _table(collation: Collation, lines: Sequence[tuple[Row, Sequence[Markup]]]) -> dict[str, Any]:
    return {"collation": collation, "versions": collation.work.versions, "lines": lines}


def _marked(text: str, version: str, pieces: Iterable[Piece], findings: Sequence[Finding]) -> Markup:
    """Write a cell; what findings concern is marked, the evidence for a finding of the same version underlined."""
    from markupsafe import Markup

    return Markup("").join(_mark(piece, shown(piece.span.of(text)), version, findings) for piece in pieces)


def _mark(piece: Piece, words: Markup, version: str, findings: Sequence[Finding]) -> Markup:
    from markupsafe import Markup

    own = [findings[mark.finding] for mark in piece.marks if not mark.proof]
    if own:
        worst = min(own, key=lambda finding: SEVERITIES.index(finding.severity))
        return Markup('<mark title="{}">{}</mark>').format(f"{worst.check}: {worst.message}", words)
    if any(findings[mark.finding].places[0].version == version for mark in piece.marks):
        return Markup("<u>{}</u>").format(words)
    return words
