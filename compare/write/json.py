"""report.json: the fields that others script against, schema `hexapla-report/1`, one line an entry.

Fields, their order and the digits of numbers are fixed, so that the same report gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from compare.values import Finding, Place, Report, Row, Version
from compare.write.phrasing import cited, warnings

SUFFIX = ".json"
SCHEMA = "hexapla-report/1"

#: Decimal places that numbers keep.
_DIGITS = 4


def schema() -> dict[str, Any]:
    """Return the JSON Schema that every report.json obeys."""
    text = files("compare.write").joinpath("assets/hexapla-report-1.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def write(report: Report) -> bytes:
    """Write the report as UTF-8 JSON; a number that is none (NaN, infinite) becomes null."""
    fields = [
        ("schema", SCHEMA),
        ("signature", report.signature),
        ("work", {"id": report.work.id, "title": report.work.title, "note": report.work.note}),
        ("versions", [_version(report, version) for version in report.work.versions]),
        ("rows", [_row(report, at, row) for at, row in enumerate(report.collation.rows)]),
        ("findings", [_finding(report, finding) for finding in report.findings]),
        ("scores", report.scores),
        (
            "moves",
            [
                {"here": _place(report, m.here), "there": _place(report, m.there), "score": m.score}
                for m in report.collation.moves
            ],
        ),
        ("warnings", warnings(report)),
        ("exhibits", report.exhibits),
    ]
    lines = ",\n".join(f" {_line(name)}: {_block(value)}" for name, value in fields)
    # The escape that Python writes for half a surrogate pair is JSON's own.
    return f"{{\n{lines}\n}}\n".encode("utf-8", "backslashreplace")


def _version(report: Report, version: Version) -> dict[str, Any]:
    return {
        "id": version.id,
        "lang": version.lang,
        "role": version.role,
        "file": version.file,
        "characters": len(version.text),
        "segments": len(report.collation.segments.get(version.id, ())),
        "sha256": hashlib.sha256(version.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "title": version.title,
        "translator": version.translator,
        "year": version.year,
        "origin": version.origin,
        "licence": version.licence,
        "status": version.status,
        "note": version.note,
        **({"attested": [[span.start, span.end] for span in version.attested]} if version.attested else {}),
    }


def _row(report: Report, at: int, row: Row) -> dict[str, Any]:
    risk = report.risk[at] if at < len(report.risk) else {}
    spans = {version.id: row.spans.get(version.id) for version in report.work.versions}
    return {
        "row": row.number,
        "spans": {id: [span.start, span.end] if span else None for id, span in spans.items()},
        "texts": {id: report.collation.cell(row, id) if span else None for id, span in spans.items()},
        "risk": {v.id: risk.get(v.id) for v in report.work.versions if v.role == "translation"},
        "confidence": row.confidence,
    }


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "check": finding.check,
        "mqm": finding.mqm,
        "severity": finding.severity,
        "score": finding.score,
        "row": finding.row,
        "status": finding.status,
        "places": [_place(report, place) for place in finding.places],
        "message": finding.message,
        "suggestion": finding.suggestion,
        "reason": finding.reason,
    }


def _place(report: Report, place: Place) -> dict[str, Any]:
    stated = {"version": place.version, "start": place.span.start, "end": place.span.end, "text": place.text}
    where = cited(report, place)
    return stated | ({"cited": where} if where else {})


def _block(value: Any) -> str:
    """Put each entry of a list, or of a mapping of lists and mappings, on a line of its own."""
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        return "[\n" + ",\n".join(f"  {_line(item)}" for item in value) + "\n ]"
    if isinstance(value, Mapping) and any(isinstance(item, Mapping) for item in value.values()):
        return "{\n" + ",\n".join(f"  {_line(str(key))}: {_line(item)}" for key, item in value.items()) + "\n }"
    return _line(value)


def _line(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    """Reduce a value to what JSON knows. NumPy's numbers have `item`."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return round(value, _DIGITS) + 0.0 if math.isfinite(value) else None  # never -0.0
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):
        return _plain(value.item())
    raise TypeError(f"not plain data: {value!r}")
