"""PDF files with a text layer: the lines of type on their pages.

A file of pictures without text is refused. `page_layout` and `reflow` put the lines back into a text.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from compare.extras import need
from compare.read.formats import prose
from compare.read.page_layout import Line, without_heads
from compare.read.reflow import reflowed
from compare.read.structure import Text, laid
from compare.read.text import LIMIT, slurp, unlike
from compare.values import InputError

#: No book has more pages.
_PAGES = 5000
#: Letters a page has at least when it has a text layer, and the share of glyphs of a text that may lack a letter.
_LETTERS, _UNMAPPED = 10, 0.05
#: Letters and figures that a page draws at most; a newspaper's has a third.
_DRAWN = 100_000
#: Filters that a stream may be packed with, one in another.
_NESTED = 4

_STREAM, _PICTURE = re.compile(rb"stream\r?\n"), re.compile(rb"/Subtype\s*/Image\b")
#: Bytes before a stream in which its dictionary says what it is.
_DICTIONARY = 400

_CID = re.compile(r"\(cid:\d+\)")


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
    kept, labels = without_heads(pages)
    body, notes = reflowed(kept, labels)
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
    """Return the lines of each page; those of its figures where nothing else is on it, as programs bind pages."""
    layout, document, page, interpreter, converter = (
        need(f"pdfminer.{name}", "pdf") for name in ("layout", "pdfdocument", "pdfpage", "pdfinterp", "converter")
    )
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    resources = interpreter.PDFResourceManager()
    device = converter.PDFPageAggregator(resources, laparams=layout.LAParams(boxes_flow=None, all_texts=True))
    drawn = [0]
    for name in ("render_char", "begin_figure"):
        setattr(device, name, _counted(path, drawn, getattr(device, name)))
    draw = interpreter.PDFPageInterpreter(resources, device)
    found = []
    try:
        for each in page.PDFPage.get_pages(io.BytesIO(content), maxpages=_PAGES):
            drawn[0] = 0
            draw.process_page(each)
            found.append([line for box in _boxes(layout, device.get_result()) for line in _lines(layout, box)])
    except InputError:
        raise
    except (document.PDFPasswordIncorrect, document.PDFEncryptionError):
        raise InputError(path, "is locked by a password; save it without one") from None
    except Exception as trouble:  # a damaged file makes the library fail in any way
        raise unlike(path, content, f"is not a complete PDF file ({type(trouble).__name__})") from None
    if not found:
        raise InputError(path, "is not a complete PDF file (it has no page)")
    return found


def _counted(path: Path, drawn: list[int], draw: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap what draws on a page: figures that hold others, each many times, would never come to an end."""

    def counted(*args: Any) -> Any:
        drawn[0] += 1
        if drawn[0] > _DRAWN:
            raise InputError(path, f"draws more than {_DRAWN:,} letters and figures on one page")
        return draw(*args)

    return counted


def _boxes(layout: Any, page: Any) -> list[Any]:
    boxes = [each for each in page if isinstance(each, layout.LTTextBox)]
    return boxes or [box for each in page if isinstance(each, layout.LTFigure) for box in _boxes(layout, each)]


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
