"""Word documents (DOCX): their paragraphs, tables' too, then the notes at the foot and the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from lxml import etree

from compare.read.formats import prose
from compare.read.markup import kind, namespace
from compare.read.package import opened, part, tree
from compare.read.structure import HEADING_STYLE, TRACKED, Paragraph, Text, laid, page, paged
from compare.values import Kind

#: What does not count as text: words deleted or moved away under tracked changes, and what older Words show instead.
_GONE = frozenset(("del", "moveFrom", "Fallback"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_BREAK = "lastRenderedPageBreak"
_NOTES = ("footnote", "endnote")

#: What marks words that came or went while changes were tracked.
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


@prose(".docx", ".docm")
def docx(path: Path, lang: str = "") -> Text:
    """Read a Word document as it would stand with all tracked changes accepted; comments, heads and feet are left out.

    A note is numbered as in its document and stands behind the text; Word's own lines above notes are none. Pages
    are those that Word last showed.
    """
    with opened(path) as archive:
        parts = {
            name: tree(path, part(path, archive, f"word/{name}.xml"))
            for name in ("document", "styles", *(f"{notes}s" for notes in _NOTES))
            if name == "document" or f"word/{name}.xml" in archive.namelist()
        }
    body = parts["document"]
    found = [paged(*each) for each in _paragraphs(body, _headings(parts.get("styles")))]
    for notes in _NOTES:
        if (above := parts.get(f"{notes}s")) is not None:
            texts = {
                _get(note, "id"): " ".join(paged(words).words for words, _ in _paragraphs(note))
                for note in above.iterchildren(f"{{*}}{notes}")
            }
            marks = dict.fromkeys(_get(mark, "id") for mark in body.iter(f"{{*}}{notes}Reference") if not _gone(mark))
            found += [
                Paragraph(f"[{number}] {texts.get(id, '').strip()}", "note", str(number))
                for number, id in enumerate(marks, 1)
            ]
    tracked = next(body.iter(*(f"{{*}}{change}" for change in _CHANGES)), None) is not None
    return laid(path, found, [TRACKED] if tracked else [])


def table_lines(path: Path) -> list[list[str]]:
    """Read the words of a document's tables, row by row, with all tracked changes accepted.

    A cell that spans several columns stands in each. Raises InputError for no Word document.
    """
    with opened(path) as archive:
        body = tree(path, part(path, archive, "word/document.xml"))
    rows = [row for row in body.iter("{*}tr") if row.find("{*}trPr/{*}del") is None]
    return [[cell for each in row.iterchildren("{*}tc") for cell in [_cell(each)] * _span(each)] for row in rows]


def _cell(cell: etree._Element) -> str:
    return "\n".join(paged(words).words for words, _ in _paragraphs(cell)).strip()


def _span(cell: etree._Element) -> int:
    span = cell.find("{*}tcPr/{*}gridSpan")
    stated = "" if span is None else _get(span, "val")
    return int(stated) if re.fullmatch("[1-9][0-9]?", stated) else 1


def _headings(styles: etree._Element | None) -> frozenset[str]:
    """Return the ids of the styles that make a paragraph a heading; Word names its own in English everywhere."""
    found = [] if styles is None else styles.iterchildren("{*}style")
    return frozenset(
        _get(style, "styleId")
        for style in found
        if (name := style.find("{*}name")) is not None and HEADING_STYLE.fullmatch(_get(name, "val"))
    )


def _paragraphs(above: etree._Element, headings: frozenset[str] = frozenset()) -> Iterator[tuple[str, Kind]]:
    """Yield the text of each paragraph and what it is; where the mark between two was deleted, they are one."""
    text = ""
    numbers = count(2)
    if next(above.iter(f"{{*}}{_BREAK}"), None) is not None:
        text = page("1")
    for paragraph in above.iter("{*}p"):
        if not _gone(paragraph):
            text += "".join(_words(paragraph, numbers))
            if paragraph.find("{*}pPr/{*}rPr/{*}del") is None:
                style = paragraph.find("{*}pPr/{*}pStyle")
                yield text, "heading" if style is not None and _get(style, "val") in headings else "prose"
                text = ""
    yield text, "prose"


def _words(element: etree._Element, numbers: Iterator[int]) -> Iterator[str]:
    for child in element:
        name = kind(child)
        if name == "t":
            yield child.text or ""
        elif name == _BREAK:
            yield page(str(next(numbers)))
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in _GONE and name not in ("p", "pPr"):
            yield from _words(child, numbers)


def _gone(element: etree._Element) -> bool:
    return any(kind(above) in _GONE for above in element.iterancestors())


def _get(element: etree._Element, name: str) -> str:
    """Return an attribute of the element's own namespace."""
    return element.get(f"{{{namespace(element)}}}{name}") or ""
