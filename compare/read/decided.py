"""`decisions.tsv` as people leave it: headers pasted in again, blanks for tabs, line ends of any system."""

from __future__ import annotations

import re
from pathlib import Path

from compare.read.table import headed
from compare.read.text import read
from compare.values import InputError, Table

_LOOSE = re.compile(
    r"(?P<check>\S+)\s+(?:(?P<version>\S+)\s+)?(?P<quote>.*?)\s*\b(?P<verdict>open|accepted|dismissed|fixed)\b"
    r"(?:\s+(?P<reason>.*?))??(?:\s+(?P<occurrence>\d+|\*)(?:\s.*)?)?"
)


def table(path: Path) -> Table:
    """Read the lines of a table of decisions, a mapping each. Raises InputError for what is no such table."""
    header: list[str] = []
    found: list[dict[str, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", read(path)), start=1):
        if not line.strip():
            continue
        cells = _cells(line)
        if cells[0].lower() == "check" or not header:
            header = [cell.lower() for cell in cells]
            headed(path, number, header)
            if "check" not in header:
                raise InputError(path, f"line {number}: no column is headed 'check'")
            continue
        if "\t" not in line and len(cells) != len(header):
            cells, names = _loose(line, cells, header)
        else:
            names = header
        if any(cells[len(names) :]):
            raise InputError(path, f"line {number} has {len(cells)} columns, the header has {len(names)}")
        found.append(dict(zip(names, cells + [""] * (len(names) - len(cells)), strict=False)))
    return tuple(found)


def _cells(line: str) -> list[str]:
    """Part a line at tabs; where it has none, at two blanks or more, and a header at any."""
    if "\t" in line:
        return [_unquoted(cell.strip()) for cell in line.split("\t")]
    if line.split()[0].lower() == "check":
        return line.split()
    return [cell for cell in re.split(r"\s{2,}", line.strip()) if cell]


def _unquoted(cell: str) -> str:
    """Take away the quotation marks that a spreadsheet puts about a cell with such marks in it."""
    inner = re.fullmatch(r'"((?:[^"]|"")*""(?:[^"]|"")*)"', cell)
    return inner[1].replace('""', '"') if inner else cell


def _loose(line: str, cells: list[str], header: list[str]) -> tuple[list[str], list[str]]:
    """Read a line whose tabs became single blanks: the verdict parts the quoted words from the reason."""
    found = _LOOSE.fullmatch(line.strip())
    return (
        ([value or "" for value in found.groupdict().values()], list(found.groupdict())) if found else (cells, header)
    )
