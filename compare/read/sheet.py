"""Workbooks (XLSX): versions side by side on the first sheet that has words, read as a table."""

from __future__ import annotations

from pathlib import Path

from compare.read.columns import Columns
from compare.read.filled import sheets
from compare.read.formats import rows
from compare.read.table import columns, even
from compare.values import InputError


@rows(".xlsx", ".xlsm")
def xlsx(path: Path) -> Columns:
    """Read a workbook; a cell's value, not its formula. Needs the extra `[office]`."""
    for sheet in sheets(path):
        if any(char.isalpha() for line in sheet for cell in line for char in cell):
            return columns(path, even(path, list(enumerate(sheet, 1))))
    raise InputError(path, "holds no words")
