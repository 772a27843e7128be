"""Tables: TSV and CSV whose first line names the columns."""

from __future__ import annotations

from pathlib import Path

from compare.read import rows
from compare.read.columns import Columns
from compare.read.text import read as read_text
from compare.values import InputError


def lines(path: Path) -> list[list[str]]:
    """Read the cells of a table line by line, the header first, every line as long as it."""
    parts = read_text(path).replace("\r\n", "\n").split("\n")
    table = [line.split("\t") for line in parts]
    width = len(table[0])
    for number, line in enumerate(table, 1):
        if len(line) > width:
            raise InputError(path, f"line {number} has {len(line)} columns, the header {width}")
    return [line + [""] * (width - len(line)) for line in table]


@rows(".tsv", ".tab")
def read(path: Path) -> Columns:
    """Read versions side by side, one column each."""
    header, *body = lines(path)
    return Columns(tuple(header), tuple(tuple(line) for line in body))
