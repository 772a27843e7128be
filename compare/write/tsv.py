"""The findings as a table, one a line, for `cut` and `sort`."""

from __future__ import annotations

from compare.files import table
from compare.values import Report
from compare.write.findings_table import lines

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
    return table(COLUMNS, ({**line, "score": f"{line['score']:.4f}"} for line in lines(report))).encode()
