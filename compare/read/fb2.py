"""FictionBook (FB2), the Russian e-book: titles, paragraphs and verses of its bodies, that of the notes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from compare.read.formats import prose
from compare.read.markup import kind as local
from compare.read.package import tree
from compare.read.structure import Paragraph, Text, laid
from compare.read.text import slurp
from compare.values import Kind

#: What the elements say of the words in them; the innermost word counts.
_KINDS: Mapping[str, Kind] = {"title": "heading", "subtitle": "heading", "stanza": "verse", "v": "verse"}


@prose(".fb2")
def fb2(path: Path, lang: str = "") -> Text:
    """Read a book without description and pictures; marks of notes are no text, the lines of a stanza one block."""
    root = tree(path, slurp(path))
    bodies = root.iterchildren("{*}body")
    return laid(path, (each for body in bodies for each in (_notes if body.get("name") else _blocks)(body)))


def _notes(body: etree._Element) -> Iterator[Paragraph]:
    """Yield the notes, each with its number, as a paragraph."""
    for note in body:
        title = note.find("{*}title")
        label = "" if title is None else " ".join("".join(map(str, title.itertext())).split()).strip("[]().")
        inside = [child for child in note if child is not title] if local(note) == "section" else [note]
        words = " ".join(each.words for each in _blocks(inside))
        yield Paragraph(f"[{label}] {words}" if label else words, "note", label)


def _blocks(above: Iterable[etree._Element], kind: Kind = "prose") -> Iterator[Paragraph]:
    for child in above:
        name = local(child)
        own = _KINDS.get(name, kind)
        if name == "stanza":
            yield Paragraph("\n".join("".join(_words(line)) for line in child), own)
        elif name in ("p", "v", "subtitle", "text-author", "date", "td", "th"):
            yield Paragraph("".join(_words(child)), own)
        else:
            yield from _blocks(child, own)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not (local(child) == "a" and child.get("type") == "note"):
            yield from _words(child)
        yield child.tail or ""
