"""The findings as CSV that spreadsheets open by a double click: UTF-8 with its mark, CRLF, RFC 4180."""

from __future__ import annotations

import csv
import io

from compare.values import Report
from compare.write.findings_table import COLUMNS, lines

SUFFIX = ".csv"

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@")


def write(report: Report) -> bytes:
    """Write a header and a line for each finding; before what would be run as a formula stands an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines(report):
        writer.writerow([_safe(line[column]) for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _safe(value: str | int | float) -> str | int | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
