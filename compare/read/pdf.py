"""PDF files with a text layer: lines put back into columns and paragraphs; heads and numbers of pages are no text.

A file of pictures without text is refused. What stands where is judged by the page's geometry alone, so that it holds
for any language that is written from left to right.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from compare.extras import need
from compare.read.formats import prose
from compare.read.structure import Paragraph, Text, laid
from compare.read.text import LIMIT, slurp, unlike
from compare.values import InputError, Kind

#: No book has more pages.
_PAGES = 5000
#: Letters a page has at least when it has a text layer, and the share of glyphs of a text that may lack a letter.
_LETTERS, _UNMAPPED = 10, 0.05
#: A line stands apart from the one above it from this many times the text's leading on; the pitch within paragraphs.
_APART = 1.3
#: Sizes of type, as shares of the text's: a note's at most, a heading's at least.
_SMALL, _LARGE = 0.93, 1.15
#: The width of a blank, in sizes of type.
_BLANK = 0.25
#: Indentation of a paragraph's first line, in sizes of type: at least, at most (what is further in is centred).
_INDENT, _CENTRED = 0.6, 5.0
#: Share of lines that end with a hyphen from which on words are divided there; hyphens of words themselves make 1 %.
_DIVIDES = 0.04
#: Pages on which the same words stand first or last until they are a running head.
_RECURS = 3

#: Filters that a stream may be packed with, one in another.
_NESTED = 4

_STREAM, _PICTURE = re.compile(rb"stream\r?\n"), re.compile(rb"/Subtype\s*/Image\b")
#: Bytes before a stream in which its dictionary says what it is.
_DICTIONARY = 400

_CID = re.compile(r"\(cid:\d+\)")
_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|стр\.|с\.)\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|из)\s*\d{1,4})?\W*", re.IGNORECASE
)
_NOTE = re.compile(r"\[?(\d{1,3}|\*{1,3}|[†‡§])[\].)]?\s*(?=\S)")
_RANGE = re.compile(r"\d[-–]$")
_DIVIDED = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: its box in points, y upwards, and the size of most of its letters."""

    words: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    """How wide its first word is."""
    marked: bool
    """Whether it begins with a raised figure or sign, as a note does."""


@prose(".pdf")
def pdf(path: Path, lang: str = "") -> Text:
    """Read a file's text. Needs the extra `[pdf]`. Raises InputError for a scan, a locked file, and what is no PDF."""
    pages = _pages(path, _bounded(path, slurp(path)))
    empty = [number for number, lines in enumerate(pages, 1) if sum(map(_letters, lines)) < _LETTERS]
    if len(empty) == len(pages):
        raise InputError(
            path, "has no text in it: it is a scan; put its pages through OCR (ocrmypdf), then give it again"
        )
    glyphs = "".join(line.words for lines in pages for line in lines)
    if glyphs.count("\ufffd") > _UNMAPPED * len(glyphs):
        raise InputError(
            path, "does not say which letters its glyphs are; put its pages through OCR, or save it as .docx"
        )
    kept, labels = _without_heads(pages)
    body, notes = _in_paragraphs(kept, labels)
    said = [f"no text on page {', '.join(map(str, empty))}; pictures are not read"] if empty else []
    return laid(path, [*body, *notes], said)


def _letters(line: Line) -> int:
    return sum(char.isalpha() for char in line.words)


def _bounded(path: Path, content: bytes) -> bytes:
    """Return a file's bytes; raises InputError where its packed streams, except pictures, are out of proportion."""
    unpacked = 0
    for found in _STREAM.finditer(content):
        if _PICTURE.search(content, max(0, found.start() - _DICTIONARY), found.start()):
            continue
        packed = content[found.end() : content.find(b"endstream", found.end())]
        for _ in range(_NESTED):
            inflate = zlib.decompressobj()
            try:
                packed = inflate.decompress(packed, LIMIT + 1)
            except zlib.error:
                break
            unpacked += len(packed)
            if unpacked > LIMIT:
                raise InputError(path, f"unpacks to more than {LIMIT // 2**20} MB")
    return content


def _pages(path: Path, content: bytes) -> list[list[Line]]:
    """Return the lines of each page."""
    high_level = need("pdfminer.high_level", "pdf")
    layout = need("pdfminer.layout", "pdf")
    errors = need("pdfminer.pdfdocument", "pdf")
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    settings = layout.LAParams(boxes_flow=None)
    found = []
    try:
        for page in high_level.extract_pages(io.BytesIO(content), laparams=settings, maxpages=_PAGES):
            found.append([line for box in page if isinstance(box, layout.LTTextBox) for line in _lines(layout, box)])
    except (errors.PDFPasswordIncorrect, errors.PDFEncryptionError):
        raise InputError(path, "is locked by a password; save it without one") from None
    except Exception as trouble:  # a damaged file makes the library fail in any way
        raise unlike(path, content, f"is not a complete PDF file ({type(trouble).__name__})") from None
    if not found:
        raise InputError(path, "is not a complete PDF file (it has no page)")
    return found


def _lines(layout: Any, box: Any) -> Iterator[Line]:
    for line in box:
        characters = [each for each in line if isinstance(each, layout.LTChar)]
        if characters:
            size = median(each.size for each in characters)
            base = median(each.y0 for each in characters)
            words, marked = "", False
            for each in line:
                raised = isinstance(each, layout.LTChar) and each.size < 0.8 * size and each.y0 > base + 0.2 * size
                mark = each.get_text()
                if raised and not mark.isalpha():  # the mark of a note, its own or that in the text
                    marked |= not words.strip()
                    words += "" if words.strip() and not marked else mark
                else:
                    words += mark
            words = " ".join(_CID.sub("\ufffd", words).split())
            if words:
                yield Line(words, line.x0, line.x1, base, size, _first_word(layout, line), marked)


def _first_word(layout: Any, line: Any) -> float:
    """Return the width of a line's first word."""
    end = line.x0
    for each in line:
        if not each.get_text().strip() and end > line.x0:
            break
        end = each.x1 if isinstance(each, layout.LTChar) and each.get_text().strip() else end
    return float(end - line.x0)


def _without_heads(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], list[str]]:
    """Leave out running heads and page numbers; return what is left of each page, and the pages' numbers."""
    edges = [[_row(lines, max), _row(lines, min)] if lines else [] for lines in pages]
    words = [[" ".join(line.words for line in row) for row in edge] for edge in edges]
    recurring = Counter(_folded(row) for edge in words for row in dict.fromkeys(edge))
    offsets = Counter(
        int(number[0]) - at
        for at, edge in enumerate(words)
        for row in dict.fromkeys(edge)
        if (number := re.search(r"(?<!\d)\d{1,4}(?!\d)", row))
        and (_NUMBER.fullmatch(row) or recurring[_folded(row)] >= 2)
    )
    kept, labels = [], []
    for at, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        label, gone = str(at + 1), []
        for row, text in zip(edge, words[at], strict=True):
            numbers = [number for number in re.findall(r"\d{1,4}", text) if offsets[int(number) - at] >= 2]
            alone = bool(_NUMBER.fullmatch(text)) and (bool(numbers) or (row == edge[-1] and len(lines) > len(row)))
            often = recurring[_folded(text)] >= min(_RECURS, max(len(pages), 2)) and len(lines) > len(row)
            if alone or often:
                gone += row
                label = numbers[0] if numbers else label
        kept.append([line for line in lines if line not in gone])
        labels.append(label)
    return kept, labels


def _row(lines: list[Line], outermost: Any) -> list[Line]:
    """Return the lines that stand highest, or lowest, beside each other."""
    edge = outermost(line.y for line in lines)
    return sorted((line for line in lines if abs(line.y - edge) < line.size / 2), key=lambda line: line.x0)


def _folded(words: str) -> str:
    return re.sub(r"\d+", "#", words.casefold())


def _in_order(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the columns of a page in the order in which they are read, each from above.

    What runs across a gutter between two columns parts the page into bands.
    """
    lines = sorted(lines, key=lambda line: (-line.y, line.x0))
    gutter = _gutter(lines)
    if gutter is None:
        return [lines] if lines else []
    columns: list[list[Line]] = []
    band: list[Line] = []
    for line in [*lines, None]:
        if line is None or line.x0 < gutter < line.x1:
            for side in ([each for each in band if each.x1 <= gutter], [each for each in band if each.x0 >= gutter]):
                columns += _in_order(side)
            band = []
            if line:
                columns.append([line])
        else:
            band.append(line)
    return columns


def _gutter(lines: Sequence[Line]) -> float | None:
    """Find where a page is divided into columns: a place that few lines cross, with lines side by side about it."""
    if len(lines) < 6:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best = None
    for x in sorted(
        {line.x0 - 1 for line in lines if left + (right - left) / 5 < line.x0 < right - (right - left) / 5}
    ):
        before = [line for line in lines if line.x1 <= x]
        after = [line for line in lines if line.x0 >= x]
        across = len(lines) - len(before) - len(after)
        beside = sum(any(abs(line.y - other.y) < line.size for other in after) for line in before)
        if min(len(before), len(after)) >= 3 and across <= len(lines) / 4 and beside >= len(after) / 2:
            best = min(best or (across, x), (across, x))
    return best[1] if best else None


@dataclass(slots=True)
class _Draft:
    """A paragraph that is being put together."""

    words: str
    kind: Kind
    pages: list[tuple[int, str]]
    last: Line
    right: float
    """Where its column ends."""


def _in_paragraphs(pages: Sequence[list[Line]], labels: Sequence[str]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Put lines together into paragraphs of the text, and notes."""
    lines = [line for page in pages for line in page]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    size = max(sizes, key=lambda each: (sizes[each], each))
    steps = [a.y - b.y for page in pages for column in _in_order(page) for a, b in pairwise(column) if _alike(a, b)]
    leading = (
        median(step for step in steps if 0 < step < 3 * size) if any(0 < s < 3 * size for s in steps) else 1.2 * size
    )
    own = _hyphens(lines)
    columns: list[tuple[str, list[Line]]] = []
    notes: list[Paragraph] = []
    for page, label in zip(pages, labels, strict=True):
        page, below = _notes_apart(page, size)
        notes += _notes(below, label, own)
        for column in _in_order(page):
            column, below = _notes_apart(column, size)
            notes += _notes(below, label, own)
            columns += [(label, column)] if column else []
    starts: Counter[int] = Counter()
    for _, column in columns:
        starts[_margin(column)] += len(column)
    edges = [_edge(column, starts, size) for _, column in columns]
    ends: dict[int, float] = {}  # of all columns that begin at one place, where the longest line ends
    for edge, (_, column) in zip(edges, columns, strict=True):
        ends[edge] = max(ends.get(edge, 0.0), *(line.x1 for line in column))
    drafts: list[_Draft] = []
    before = None
    for edge, (label, column) in zip(edges, columns, strict=True):
        for at, line in enumerate(column):
            above = column[at - 1] if at else None
            joint = _joint(drafts[-1] if drafts else None, above, line, edge, leading, size)
            if joint is None:
                drafts.append(_Draft("", _kind(line, size), [], line, ends[edge]))
            draft = drafts[-1]
            draft.words = _joined(draft.words, joint or "", line.words, own)
            if label != before:
                draft.pages.append((len(draft.words) - len(line.words), label))
            draft.last, draft.right, before = line, ends[edge], label
    return [Paragraph(each.words, each.kind, "", tuple(each.pages)) for each in drafts], notes


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.1 * max(a.size, b.size)


def _kind(line: Line, size: float) -> Kind:
    return "heading" if line.size >= _LARGE * size else "prose"


def _margin(column: Sequence[Line]) -> int:
    """Return where most lines of a column begin."""
    starts = Counter(round(line.x0) for line in column)
    return min(starts, key=lambda start: (-starts[start], start))


def _edge(column: Sequence[Line], starts: Counter[int], size: float) -> int:
    """Return where a column's lines begin, the first ones of paragraphs apart: a short column may have only these."""
    own = _margin(column)
    return max(
        (start for start in starts if 0 <= own - start <= _CENTRED * size), key=lambda start: (starts[start], start)
    )


def _joint(
    draft: _Draft | None, above: Line | None, line: Line, edge: float, leading: float, size: float
) -> str | None:
    """Say what stands between a paragraph and the next line: a blank, a line end, or None where it goes on no more."""
    if draft is None or not _alike(draft.last, line):
        return None
    last = draft.last
    room = draft.right - last.x1
    first = line.words.split()[0]
    lacking = line.first + _BLANK * size - room  # what the line's first word wanted to find room above
    indented = _INDENT * size <= line.x0 - edge <= _CENTRED * size
    if draft.kind == "heading":
        return None if above is None or above.y - line.y > _APART * leading * line.size / size else " "
    if above is None:  # a new column or page
        return None if (lacking < -size or indented) and not first[0].islower() else " "
    if above.y - line.y > _APART * leading * line.size / size or (
        indented and (lacking < 0 or line.x0 - last.x0 >= _INDENT * size / 2)
    ):
        return None
    return "\n" if lacking < 0 else " "


def _joined(words: str, joint: str, following: str, own: Hyphens) -> str:
    """Put a line after the words before it; a word that a hyphen divides is made whole, its own hyphen kept."""
    if not words:
        return following
    head, tail = _DIVIDED.search(words), re.match(r"[^\W\d_]+", following)
    if not head or not tail:
        return words + ("" if _RANGE.search(words) and following[0].isdigit() else joint) + following
    return (words if head[2] != "\u00ad" and own.keeps(head[1], tail[0]) else words[:-1]) + following


@dataclass(frozen=True, slots=True)
class Hyphens:
    """The words of a text, by which a hyphen at the end of a line is known as the word's own or the margin's."""

    within: frozenset[str]
    """Words as they stand within lines, in lower case."""
    divides: bool
    """Whether the text divides words at the ends of lines."""

    def keeps(self, head: str, tail: str) -> bool:
        """Tell whether a hyphen between two parts of a word is the word's own."""
        if f"{head}-{tail}".lower() in self.within:
            return True
        return (tail[0].isupper() or not self.divides) and f"{head}{tail}".lower() not in self.within


def _hyphens(lines: Sequence[Line]) -> Hyphens:
    ends = sum(bool(_DIVIDED.search(line.words)) for line in lines)
    words = (word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.words))
    return Hyphens(frozenset(words), ends >= _DIVIDES * len(lines))


def _notes_apart(page: list[Line], size: float) -> tuple[list[Line], list[Line]]:
    """Part a page from its notes: what a raised mark begins, or small type at its foot, the first line with a mark."""
    by_height = sorted(page, key=lambda line: -line.y)
    start = len(by_height)
    while start and by_height[start - 1].size <= _SMALL * size:
        start -= 1
    start = next((at for at, line in enumerate(by_height[:start]) if line.marked), start)
    while start < len(by_height) and not _NOTE.match(by_height[start].words):
        start += 1
    below = by_height[start:]
    return [line for line in page if line not in below], below


def _notes(lines: Sequence[Line], label: str, own: Hyphens) -> Iterator[Paragraph]:
    notes: list[tuple[str, str]] = []
    for line in lines:
        mark = _NOTE.match(line.words)
        if mark and (not notes or not mark[1].isdecimal() or _follows(mark[1], notes[-1][0])):
            notes.append((mark[1], line.words[mark.end() :]))
        else:
            notes[-1] = notes[-1][0], _joined(notes[-1][1], " ", line.words, own)
    for number, words in notes:
        yield Paragraph(f"[{number}] {words}", "note", number, ((0, label),))


def _follows(number: str, before: str) -> bool:
    """Tell whether a number may be the next note's: a year at a line's beginning is none."""
    return not before.isdecimal() or int(number) == int(before) + 1
