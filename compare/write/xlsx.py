"""The report as a workbook: findings, rows, names, scores, each a sheet to filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from compare.values import SEVERITIES, Report
from compare.write import sheets
from compare.write.findings_table import COLUMNS, lines
from compare.write.phrasing import caution, warnings

SUFFIX = ".xlsx"
NEEDS = ("openpyxl", "office")

#: Pale enough to read black words on.
FILLS = {"critical": "F4C7C3", "major": "FCE0C2", "minor": "FFF4C4", "neutral": "E8EDF2"}

_OF_VERSIONS = (
    *("version", "language", "role", "status", "title", "translator", "year", "note", "characters", "words"),
    *("has of the rows", "has of the words", *SEVERITIES),
)


def write(report: Report) -> bytes:
    """Write the workbook. Raises InputError where openpyxl is missing."""
    book = sheets.workbook()
    ids = [version.id for version in report.work.versions]
    judged = [version.id for version in report.work.versions if version.role == "translation"]
    sheets.sheet(book, "Findings", COLUMNS, lines(report), FILLS)
    columns = ("row", "confidence", *ids, *(f"risk of {id}" for id in judged))
    sheets.sheet(book, "Rows", columns, _rows(report, ids, judged))
    names = report.exhibits.get("names") or ()
    sheets.sheet(book, "Names", tuple(map(str, names[0])) if names else ("name",), [_flat(line) for line in names])
    sheets.sheet(book, "Scores", _OF_VERSIONS, _versions(report))
    notes = [*([report.work.note] if report.work.note else []), *warnings(report), report.signature]
    sheets.sheet(
        book, "About", ("what must be said of this report",), [{"what must be said of this report": s} for s in notes]
    )
    return sheets.save(book)


def _rows(report: Report, ids: list[str], judged: list[str]) -> Iterator[dict[str, object]]:
    for at, row in enumerate(report.collation.rows):
        risk = report.risk[at] if at < len(report.risk) else {}
        yield {
            "row": row.number,
            "confidence": _number(row.confidence),
            **{id: report.collation.cell(row, id) or None for id in ids},
            **{f"risk of {id}": _number(risk.get(id)) for id in judged},
        }


def _versions(report: Report) -> Iterator[dict[str, object]]:
    for version in report.work.versions:
        scores: Mapping[str, Any] = report.scores.get(version.id, {})
        coverage, found = scores.get("coverage", {}), scores.get("findings", {})
        yield {
            "version": version.id,
            "language": version.lang,
            "role": version.role,
            "status": version.status,
            "title": version.title,
            "translator": version.translator,
            "year": version.year,
            "note": caution(version),
            "characters": len(version.text),
            "words": scores.get("words"),
            "has of the rows": _number(coverage.get("rows")),
            "has of the words": _number(coverage.get("words")),
            **{severity: found.get(severity) for severity in SEVERITIES},
        }


def _flat(line: Mapping[str, Any]) -> dict[str, object]:
    """Put lists and mappings into words, as a cell holds one value."""
    return {str(key): value if isinstance(value, int | float | None) else _text(value) for key, value in line.items()}


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
    return ", ".join(map(_text, value)) if isinstance(value, list | tuple) else str(value)


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else round(float(value), 4)
