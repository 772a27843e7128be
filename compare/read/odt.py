"""OpenDocument texts (ODT): their headings and paragraphs, tables' too, then the notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from compare.read.formats import prose
from compare.read.markup import kind, namespace
from compare.read.package import opened, part, tree
from compare.read.structure import TRACKED, Paragraph, Text, laid

_PARAGRAPHS = ("p", "h")
#: What holds paragraphs that are no text of their place.
_GONE = frozenset(("tracked-changes", "annotation"))
_CHARACTERS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


@prose(".odt")
def odt(path: Path, lang: str = "") -> Text:
    """Read a text with all tracked changes accepted; comments are left out, notes stand numbered behind the text."""
    with opened(path) as archive:
        body = tree(path, part(path, archive, "content.xml"))
    text = [
        Paragraph("".join(_words(each)), "heading" if kind(each) == "h" else "prose")
        for each in _paragraphs(body)
        if _within(each, "note") is None
    ]
    notes = [
        " ".join("".join(_words(paragraph)) for paragraph in _paragraphs(note))
        for note in body.iter("{*}note")
        if not any(_within(note, gone) is not None for gone in _GONE)
    ]
    numbered = [Paragraph(f"[{number}] {note}", "note", str(number)) for number, note in enumerate(notes, 1)]
    changed = next(body.iter("{*}changed-region"), None) is not None
    return laid(path, text + numbered, [TRACKED] if changed else [])


def _paragraphs(above: etree._Element) -> Iterator[etree._Element]:
    for paragraph in above.iter(*(f"{{*}}{name}" for name in _PARAGRAPHS)):
        if not any(_within(paragraph, gone) is not None for gone in _GONE):
            yield paragraph


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = kind(child)
        if name == "s":
            count = child.get(f"{{{namespace(child)}}}c") or "1"
            yield " " * (int(count) if count.isdecimal() and len(count) < 4 else 1)
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in _GONE and name not in ("note", *_PARAGRAPHS):
            yield from _words(child)
        yield child.tail or ""


def _within(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterancestors(f"{{*}}{name}"), None)
