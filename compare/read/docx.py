"""Word documents (DOCX): their paragraphs, tables' too, then the notes at the foot and the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from compare.read import prose
from compare.read.markup import kind, namespace
from compare.read.package import laid, opened, part, tree

#: What is no text of its place: words deleted or moved away under tracked changes, and what older Words show instead.
_GONE = frozenset(("del", "moveFrom", "Fallback"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_NOTES = ("footnote", "endnote")


@prose(".docx", ".docm")
def docx(path: Path, lang: str = "") -> str:
    """Read a Word document as it would stand with all tracked changes accepted; comments, heads and feet are left out.

    A note is numbered as in its document and stands behind the text; Word's own lines above notes are none.
    """
    with opened(path) as archive:
        body = tree(path, part(path, archive, "word/document.xml"))
        found = list(_paragraphs(body))
        for notes in _NOTES:
            if f"word/{notes}s.xml" in archive.namelist():
                held = tree(path, part(path, archive, f"word/{notes}s.xml"))
                texts = {_get(note, "id"): " ".join(_paragraphs(note)) for note in held.iterchildren(f"{{*}}{notes}")}
                marks = [_get(mark, "id") for mark in body.iter(f"{{*}}{notes}Reference") if not _gone(mark)]
                found += [f"[{number}] {texts.get(id, '').strip()}" for number, id in enumerate(marks, 1)]
    return laid(path, found)


def _paragraphs(above: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph; where the mark between two was deleted, they are one."""
    text = ""
    for paragraph in above.iter("{*}p"):
        if not _gone(paragraph):
            text += "".join(_words(paragraph))
            if paragraph.find("{*}pPr/{*}rPr/{*}del") is None:
                yield text
                text = ""
    yield text


def _words(element: etree._Element) -> Iterator[str]:
    for child in element:
        name = kind(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in _GONE and name not in ("p", "pPr"):
            yield from _words(child)


def _gone(element: etree._Element) -> bool:
    return any(kind(above) in _GONE for above in element.iterancestors())


def _get(element: etree._Element, name: str) -> str:
    """Return an attribute of the element's own namespace."""
    return element.get(f"{{{namespace(element)}}}{name}") or ""
