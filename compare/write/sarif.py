"""For a forge that shows findings on lines: SARIF 2.1.0.

A text file's places are lines and columns of it; in a table, an archive or an office file only the file and the row are
named, as lines of the text are no lines of the file.
"""

from __future__ import annotations

import inspect
import json
from bisect import bisect_right
from pathlib import Path
from typing import Any
from urllib.parse import quote

from compare.checks import all_checks
from compare.values import Finding, Place, Report, Severity
from compare.write.phrasing import plain

SUFFIX = ".sarif"

_LEVELS: dict[Severity, str] = {"critical": "error", "major": "error", "minor": "warning", "neutral": "note"}
#: Files whose text is read as it stands.
_PLAIN = ("", ".txt", ".text")


def write(report: Report) -> bytes:
    """Write one run: the checks that found something as rules, each finding as a result, decisions as suppressions."""
    from compare import __version__

    codes = sorted({finding.check for finding in report.findings})
    lines = {version.id: _line_starts(version.text) for version in report.work.versions}
    run = {
        "tool": {"driver": {"name": "Hexapla", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, finding, codes.index(finding.check), lines) for finding in report.findings],
        "properties": {"signature": plain(report.signature)},
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _rule(code: str) -> dict[str, Any]:
    check = next((each for each in all_checks() if each.code == code), None)
    if check is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": check.title},
        "fullDescription": {"text": f"{check.title}."},
        "help": {"text": inspect.cleandoc(check.doc)},
        "properties": {"tags": [check.mqm]},
    }


def _result(report: Report, finding: Finding, rule: int, lines: dict[str, list[int]]) -> dict[str, Any]:
    first, *others = finding.places
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": plain(finding.message)},
        "locations": [_location(report, first, lines)],
        "partialFingerprints": {"hexapla/v1": plain(finding.id)},
        "rank": round(100 * finding.score, 2),
        "properties": {"severity": finding.severity, "mqm": finding.mqm, "row": finding.row, "status": finding.status},
    }
    if others:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": plain(f"{place.version}: {place.text}")}}
            | _location(report, place, lines)
            for number, place in enumerate(others, start=1)
        ]
    if finding.status == "dismissed":
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": plain(finding.reason)}]
    region = _region(report, first, lines)
    if finding.suggestion is not None and region:
        replacement = {"deletedRegion": region, "insertedContent": {"text": finding.suggestion}}
        file = {"artifactLocation": {"uri": _uri(report, first.version)}, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": "the words suggested"}, "artifactChanges": [file]}]
    return result


def _location(report: Report, place: Place, lines: dict[str, list[int]]) -> dict[str, Any]:
    row = report.collation.number_at(place.version, place.span.start)
    location: dict[str, Any] = {
        "logicalLocations": [{"name": plain(f"{place.version} row {row}"), "kind": "element"}],
    }
    if uri := _uri(report, place.version):
        location["physicalLocation"] = {"artifactLocation": {"uri": uri}}
        if region := _region(report, place, lines):
            location["physicalLocation"]["region"] = region | {"snippet": {"text": place.text}}
    return location


def _region(report: Report, place: Place, lines: dict[str, list[int]]) -> dict[str, int]:
    """Return lines and columns from 1, the end column behind the last character; nothing where the file has none."""
    file = report.work.version(place.version).file
    if not file or report.work.rows is not None or Path(file).suffix.lower() not in _PLAIN:
        return {}
    (line, column), (last, end) = (_at(lines[place.version], offset) for offset in (place.span.start, place.span.end))
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": end}


def _at(starts: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _line_starts(text: str) -> list[int]:
    return [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]


def _uri(report: Report, id: str) -> str:
    """Return where the version's file lies, from where the command was run; nothing where there is no file."""
    file = report.work.version(id).file
    if not file:
        return ""
    path = Path(plain(file)) if report.work.folder is None else report.work.folder / plain(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
