"""Tables: TSV and CSV whose first line names the columns."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from compare.read import rows
from compare.read.columns import Columns
from compare.read.text import LIMIT, read
from compare.values import InputError

#: What parts the cells of a CSV file, commonest first.
_DELIMITERS = ",;\t|"

#: A cell that can only be a quoted one: what it quotes has quotes, and all of them are doubled.
_QUOTED = re.compile(r'"(?:[^"]|"")*""(?:[^"]|"")*"')

#: A quotation mark begins the cell, yet it is no quoted one.
_UNQUOTED = re.compile(r'"(?!(?:[^"]|"")*"$)')

Lines = list[tuple[int, list[str]]]


def lines(path: Path) -> Lines:
    """Read a TSV file: of every line that is not blank its number and its cells, the header first, all as long as it.

    Quotation marks are text unless the file can only mean them otherwise: cells that people type may begin with speech.
    """
    text = read(path)
    plain = [(number, line.split("\t")) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1)]
    cells = [cell for _, line in plain for cell in line]
    if any(map(_QUOTED.fullmatch, cells)) and not any(map(_UNQUOTED.match, cells)):
        return _even(path, _quoted(path, text, "\t"))
    try:
        return _even(path, plain)
    except InputError:
        if '\t"' in text or text.startswith('"'):  # a quoted cell may hold line ends
            return _even(path, _quoted(path, text, "\t"))
        raise


@rows(".tsv", ".tab")
def tsv(path: Path) -> Columns:
    """Read versions side by side, one column each, cells separated by tabs."""
    return _columns(path, lines(path))


@rows(".csv")
def comma(path: Path) -> Columns:
    """Read versions side by side, one column each, cells separated by commas or whatever separates the header."""
    text = read(path)
    header = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda mark: (header.count(mark), -_DELIMITERS.index(mark)))
    return _columns(path, _even(path, _quoted(path, text, delimiter)))


def _quoted(path: Path, text: str, delimiter: str) -> Lines:
    csv.field_size_limit(LIMIT)  # a cell may be a chapter
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    read: Lines = []
    number = 1
    try:
        for line in reader:
            read.append((number, line))
            number = reader.line_num + 1
    except csv.Error as trouble:
        raise InputError(path, f"line {number}: {trouble}") from None
    return read


def _even(path: Path, read: Lines) -> Lines:
    """Leave out blank lines and make all as long as the header."""
    kept = [(number, line) for number, line in read if any(cell.strip() for cell in line)]
    width = len(kept[0][1])
    for number, line in kept:
        if any(cell.strip() for cell in line[width:]):
            raise InputError(path, f"line {number} has {len(line)} columns, the header has {width}")
    return [(number, (line + [""] * width)[:width]) for number, line in kept]


def _columns(path: Path, read: Lines) -> Columns:
    number, header = read[0]
    headings = [heading.strip() for heading in header]
    for heading in headings:
        if headings.count(heading) > 1:
            raise InputError(path, f"line {number}: two columns are headed {heading!r}")
        if len(heading) > 80:
            raise InputError(path, f"line {number} must name the columns, and {heading[:30]!r}… is no name")
    return Columns(tuple(headings), tuple(tuple(line) for _, line in read[1:]))
