"""A worklist that comes back filled: DOCX, XLSX, XLIFF, or a table, to the words that were written for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compare.extras import need
from compare.read.columns import Columns
from compare.read.docx import table_lines
from compare.read.markup import elements, kind, words
from compare.read.package import TOO_MUCH, sound
from compare.read.text import LIMIT
from compare.values import InputError

#: The columns of a worklist that is filled: the row's number, and the one that is empty when it goes out.
ROW, NEW = "row", "new translation"
_NUMBER = re.compile(r"\d{1,9}")
#: Rows of a sheet in the programs that write them, at most.
_ROWS = 2**20


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written for a row. `row`: its number when the list went out; `beside`: words of other columns there."""

    row: int
    text: str
    beside: Mapping[str, str]


def filled(path: Path) -> list[Filled]:
    """Read the rows for which something was written, in the file's order.

    Raises InputError for a file without the two columns, or in which nothing was written.
    """
    suffix = path.suffix.lower()
    if suffix in (".xlf", ".xliff", ".sdlxliff", ".mqxliff"):
        found = list(_of_units(path))
    else:
        lines = {".docx": table_lines, ".xlsx": _xlsx}.get(suffix, _table)(path)
        found = list(_of_lines(path, lines))
    if not any(each.text for each in found):
        raise InputError(path, f"nothing stands in the column “{NEW}”")
    return [each for each in found if each.text]


def _of_lines(path: Path, lines: Sequence[Sequence[str]]) -> Iterator[Filled]:
    heads = [at for at, line in enumerate(lines) if {ROW, NEW} <= {_folded(cell) for cell in line}]
    if not heads:
        raise InputError(path, f"has no table with the columns “{ROW}” and “{NEW}”, as hexapla worklist writes it")
    head = [_folded(cell) for cell in lines[heads[0]]]
    for line in lines[heads[0] + 1 :]:
        cells = dict(zip(head, line, strict=False))
        if _NUMBER.fullmatch(number := cells.pop(ROW, "").strip().removesuffix(".0")):
            yield Filled(int(number), cells.pop(NEW, "").strip(), cells)


def _of_units(path: Path) -> Iterator[Filled]:
    for unit in elements(path, "unit", "trans-unit"):
        number = unit.get("id", "").removeprefix("r")
        if not _NUMBER.fullmatch(number):
            raise InputError(path, f"line {unit.sourceline}: the unit {unit.get('id')!r} is not one of a worklist")
        sides = [child for child in unit.iter() if kind(child) in ("source", "target")]
        source, target = ("".join(words(s) for s in sides if kind(s) == side) for side in ("source", "target"))
        yield Filled(int(number), target.strip(), {"": source})


def _xlsx(path: Path) -> list[list[str]]:
    return [line for sheet in sheets(path) for line in sheet]


def sheets(path: Path) -> list[list[list[str]]]:
    """Read the cells of a workbook's sheets as words, by line. Needs the extra `[office]`."""
    openpyxl = need("openpyxl", "office")
    try:
        book = openpyxl.load_workbook(sound(path), read_only=True, data_only=True)
        return list(_cells(path, book))
    except InputError:
        raise
    except Exception as trouble:  # of whatever kind the library's parsers raise
        raise InputError(path, f"is not a workbook ({type(trouble).__name__})") from None


def _cells(path: Path, book: Any) -> Iterator[list[list[str]]]:
    """Yield the cells of each sheet, each line as far as it has words.

    What they are together is counted: many may share one long string, and one stray cell may stand in the last row of
    the last column.
    """
    size = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # else each line has as many cells as the widest
        lines = []
        for line in sheet.iter_rows(values_only=True):
            cells = ["" if cell is None else str(cell) for cell in line]
            while cells and not cells[-1].strip():
                cells.pop()
            lines.append(cells)
            size += len(line) + sum(map(len, cells))
            if size > LIMIT or len(lines) > _ROWS:
                raise InputError(path, TOO_MUCH)
        yield lines


def _table(path: Path) -> list[list[str]]:
    from compare.read.formats import Rows, by_suffix

    reader = by_suffix().get(path.suffix.lower())
    if not isinstance(reader, Rows):
        raise InputError(path, "is not a worklist; give the DOCX, XLSX, XLIFF or TSV that hexapla worklist wrote")
    read: Columns = reader.read(path)
    return [list(read.headings), *map(list, read.cells)]


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
