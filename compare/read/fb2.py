"""FictionBook (FB2), the Russian e-book: titles, paragraphs and verses of its bodies, that of the notes last."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from compare.read import prose
from compare.read.markup import kind
from compare.read.package import laid, tree
from compare.read.text import slurp


@prose(".fb2")
def fb2(path: Path, lang: str = "") -> str:
    """Read a book without description and pictures; marks of notes are no text, the lines of a stanza one block."""
    root = tree(path, slurp(path))
    return laid(path, (words for body in root.iterchildren("{*}body") for words in _blocks(body)))


def _blocks(above: etree._Element) -> Iterator[str]:
    for child in above:
        if kind(child) == "stanza":
            yield "\n".join("".join(_words(line)) for line in child)
        elif kind(child) in ("p", "v", "subtitle", "text-author", "date"):
            yield "".join(_words(child))
        else:
            yield from _blocks(child)


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not (kind(child) == "a" and child.get("type") == "note"):
            yield from _words(child)
        yield child.tail or ""
