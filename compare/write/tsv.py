"""The findings as a table, one a line: for a spreadsheet, or for `cut` and `sort`."""

from __future__ import annotations

from compare.values import Report
from compare.write.phrasing import plain

SUFFIX = ".tsv"

COLUMNS = (
    "id",
    "check",
    "severity",
    "score",
    "status",
    "row",
    "version",
    "start",
    "end",
    "text",
    "message",
    "suggestion",
)


def write(report: Report) -> bytes:
    """Write a header and a line for each finding; tabs and line ends inside a field become spaces."""
    lines: list[tuple[object, ...]] = [COLUMNS]
    for finding in report.findings:
        first = finding.places[0]
        lines.append(
            (
                finding.id,
                finding.check,
                finding.severity,
                f"{finding.score:.4f}",
                finding.status,
                finding.row,
                first.version,
                first.span.start,
                first.span.end,
                first.text,
                finding.message,
                finding.suggestion or "",
            )
        )
    return "".join("\t".join(plain(str(field)) for field in line) + "\n" for line in lines).encode()
