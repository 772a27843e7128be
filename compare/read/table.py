"""Tables: TSV and CSV. The first line names the columns; where it is text, they are numbered, and that is said."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from compare.read.columns import Columns, limit
from compare.read.formats import rows
from compare.read.text import LIMIT, read
from compare.values import InputError

#: What parts the cells of a CSV file, commonest first.
_DELIMITERS = ",;\t|"

#: A cell that can only be a quoted one: what it quotes has quotes, and all of them are doubled.
_QUOTED = re.compile(r'"(?:[^"]|"")*""(?:[^"]|"")*"')

#: A quotation mark begins the cell, yet it is no quoted one.
_UNQUOTED = re.compile(r'"(?!(?:[^"]|"")*"$)')

#: Excel's first line, which says what parts the cells.
_SEPARATOR = re.compile(r"\s*sep=([,;\t|])\r?\n", re.IGNORECASE)

#: How a sentence ends, which a name of a column does not.
_SENTENCE = re.compile(r"""\w{2}[.!?…]+["'»”’)\]]*$""")

#: Words from which on a heading that ends as a sentence is one, whatever stands beside it.
_LONG = 5

Lines = list[tuple[int, list[str]]]


def lines(path: Path) -> Lines:
    """Read a TSV file: of every line that is not blank its number and its cells, the header first, all as long as it.

    Quotation marks are text unless the file can only mean them otherwise: cells that people type may begin with speech.
    """
    text = read(path)
    plain = [(number, line.split("\t")) for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1)]
    cells = [cell for _, line in plain for cell in line]
    if any(map(_QUOTED.fullmatch, cells)) and not any(map(_UNQUOTED.match, cells)):
        return even(path, _quoted(path, text, "\t"))
    try:
        return even(path, plain)
    except InputError:
        if '\t"' in text or text.startswith('"'):  # a quoted cell may hold line ends
            return even(path, _quoted(path, text, "\t"))
        raise


@rows(".tsv", ".tab")
def tsv(path: Path) -> Columns:
    """Read versions side by side, one column each, cells separated by tabs."""
    return columns(path, lines(path))


@rows(".csv")
def comma(path: Path) -> Columns:
    """Read versions side by side, one column each, cells separated by commas or whatever separates the header."""
    text = read(path)
    stated = _SEPARATOR.match(text)
    text = text[stated.end() :] if stated else text
    header = text.lstrip().split("\n", 1)[0]
    likely = max(_DELIMITERS, key=lambda mark: (header.count(mark), -_DELIMITERS.index(mark)))
    delimiter = stated[1] if stated else likely
    return columns(path, even(path, _quoted(path, text, delimiter, first=2 if stated else 1)))


def _quoted(path: Path, text: str, delimiter: str, first: int = 1) -> Lines:
    csv.field_size_limit(LIMIT)  # a cell may be a chapter
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    read: Lines = []
    number = first
    try:
        for line in reader:
            read.append((number, line))
            number = reader.line_num + first
    except csv.Error as trouble:
        raise InputError(path, f"line {number}: its quotation marks do not pair ({trouble})") from None
    return read


def even(path: Path, read: Lines) -> Lines:
    """Leave out blank lines and make all as long as the header.

    Raises InputError for a line that is longer, and for more cells than a work has.
    """
    kept = [(number, line) for number, line in read if any(cell.strip() for cell in line)]
    width = len(kept[0][1])
    limit(path, width, len(kept))
    for number, line in kept:
        if any(cell.strip() for cell in line[width:]):
            raise InputError(path, f"line {number} has {len(line)} columns, the header has {width}")
    return [(number, (line + [""] * width)[:width]) for number, line in kept]


def headed(path: Path, number: int, headings: Sequence[str]) -> None:
    """Raise InputError for the header of a table, the line of that number, that has a blank heading or one twice."""
    for heading, count in Counter(headings).items():
        if not heading:
            raise InputError(path, f"line {number}: a column has no heading")
        if count > 1:
            raise InputError(path, f"line {number}: two columns are headed {heading!r}")


def columns(path: Path, read: Lines) -> Columns:
    """Make columns of lines whose first names them, or is text. Raises InputError for names that are none."""
    number, header = read[0]
    headings = [heading.strip() for heading in header]
    if headless(headings):
        said = f"{path}: line {number} is text and names no column, so the columns are numbered"
        return Columns(tuple(str(k + 1) for k in range(len(header))), _cells(read), warnings=(said,))
    for heading in headings:
        if headings.count(heading) > 1:
            raise InputError(path, f"line {number}: two columns are headed {heading!r}")
        if len(heading) > 80:
            raise InputError(path, f"line {number} must name the columns, and {heading[:30]!r}… is not a name")
    return Columns(tuple(headings), _cells(read[1:]))


def _cells(read: Lines) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line) for _, line in read)


def headless(headings: Sequence[str]) -> bool:
    """Tell whether a table's first line is text: all its words are sentences, or one cell is a long one.

    `headless(["Он ушёл.", "He left.", "0.87"])`, but not `["ru", "Garnett, rev. ed."]`.
    """
    worded = [heading for heading in headings if any(char.isalpha() for char in heading)]
    sentences = [heading for heading in worded if _SENTENCE.search(heading)]
    return len(worded) > 1 and (sentences == worded or any(len(each.split()) >= _LONG for each in sentences))
