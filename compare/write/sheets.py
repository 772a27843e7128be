"""Workbooks of plain tables: text stays text, whatever it looks like."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from compare.extras import need
from compare.write.archive import timeless
from compare.write.xml import legal

#: The most characters that a cell holds, and what stands at the end of a longer text.
_LONGEST, _CUT = 32_767, " […]"
#: What OOXML reads as the code of a character.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: How wide columns are, in characters: of words, and of others by their longest line.
_WIDE, _NARROW = 48, 9
#: The height of a line of text, and the most that a row may have, in points.
_LINE, _HIGHEST = 13.5, 409.0

Line = Mapping[str, object]


def workbook() -> Any:
    """Begin a workbook without sheets. Raises InputError where openpyxl is missing."""
    return need("openpyxl", "office").Workbook(write_only=True)


def sheet(
    book: Any, title: str, columns: Sequence[str], lines: Iterable[Line], fills: Mapping[str, str] | None = None
) -> None:
    """Add a sheet: a header that stays in view and can be filtered, a line for each mapping.

    `fills`: the colour, RRGGBB, of cells that hold exactly these words.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    lines = list(lines)
    made = book.create_sheet(title)
    made.freeze_panes = "B2"
    made.page_setup.orientation, made.page_setup.fitToHeight = "landscape", 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.auto_filter.ref = f"A1:{get_column_letter(max(len(columns), 1))}{len(lines) + 1}"
    widths = {}
    for number, column in enumerate(columns, start=1):
        longest = max((len(str(line.get(column, ""))) for line in lines), default=0)
        widths[column] = min(max(_NARROW, longest + 2, len(column) + 4), _WIDE)
        made.column_dimensions[get_column_letter(number)].width = widths[column]
    styles = _styles(made, fills or {})
    made.append([_cell(made, column, styles["\n"]) for column in columns])
    for number, line in enumerate(lines, start=2):
        made.row_dimensions[number].height = _height(line, widths)
        made.append([_cell(made, each, styles.get(str(each), styles[""])) for each in map(line.get, columns)])


def _height(line: Line, widths: Mapping[str, int]) -> float:
    """Return the height in points that a line takes when its cells are wrapped; not every program finds it itself."""
    texts = [(str(line[column]).splitlines(), width) for column, width in widths.items() if line.get(column)]
    most = max((sum(max(1, -(-len(part) // (width - 2))) for part in parts) for parts, width in texts), default=1)
    return min(max(most, 1) * _LINE, _HIGHEST)


def _styles(sheet: Any, fills: Mapping[str, str]) -> dict[str, Any]:
    """Return the looks of cells by their words: those to be filled, "" for all others, a line end for the header.

    A cell is given the look of another, because making it again for each cell takes most of the time.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    looks = {}
    for words in ("", "\n", *fills):
        cell = looks[words] = WriteOnlyCell(sheet)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if words in fills:
            cell.fill = PatternFill("solid", start_color=fills[words])
    looks["\n"].font = Font(bold=True)
    return looks


def save(book: Any) -> bytes:
    """Return the workbook's bytes, the same for the same tables."""
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _cell(sheet: Any, value: object, look: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None or isinstance(value, int | float):
        cell = WriteOnlyCell(sheet, value)
    else:
        text = _ESCAPE.sub("_x005F_", legal(str(value)))
        cell = WriteOnlyCell(sheet, text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT)
        cell.data_type = "s"  # a text that begins with "=" would be a formula
    cell._style = look._style
    return cell
