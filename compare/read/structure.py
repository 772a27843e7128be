"""What readers of documents give: paragraphs that may say what they are, laid out as one text with its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from compare.values import InputError, Kind, Part, Span

#: Said of a document whose author left changes tracked.
TRACKED = "its tracked changes are read as accepted"

#: What office programs call the styles that make a paragraph a heading.
HEADING_STYLE = re.compile(r"heading ?\d|title|subtitle", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document, its white space as the document shows it."""

    words: str
    kind: Kind = "prose"
    """What the document says that it is; prose where it says nothing."""
    label: str = ""
    """A note's number."""
    pages: tuple[tuple[int, str], ...] = ()
    """Where in `words` pages begin, rising, and their numbers."""


def page(number: str) -> str:
    """Mark in the words of a document, XML to be sure, where a page begins: XML has no form feed."""
    return f"\f{number}\f"


_PAGE = re.compile("\f([^\f]*)\f")


def paged(words: str, kind: Kind = "prose", label: str = "") -> Paragraph:
    """Make a paragraph of words in which `page` marks where pages begin."""
    pages, taken = [], 0
    for mark in _PAGE.finditer(words):
        pages.append((mark.start() - taken, mark[1]))
        taken += len(mark[0])
    return Paragraph(_PAGE.sub("", words), kind, label, tuple(pages))


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it was read, what its file says of its parts, and what its reader has to know of the reading."""

    words: str
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()


def laid(path: Path, paragraphs: Iterable[Paragraph], warnings: Iterable[str] = ()) -> Text:
    """Lay paragraphs, a blank line between them; blank ones are left out. Raises InputError where none has words."""
    laid: list[str] = []
    parts: list[Part] = []
    pages: list[tuple[int, str]] = []
    at = 0
    for paragraph in paragraphs:
        words = paragraph.words.strip()
        indent = len(paragraph.words) - len(paragraph.words.lstrip())
        pages += [(at + min(max(offset - indent, 0), len(words)), number) for offset, number in paragraph.pages]
        if words:
            if paragraph.kind != "prose":
                parts.append(Part(paragraph.kind, Span(at, at + len(words)), paragraph.label))
            laid.append(words)
            at += len(words) + 2
    text = "\n\n".join(laid) + "\n"
    if not any(char.isalnum() for char in text):
        raise InputError(path, "holds no words")
    edges = [*pages, (len(text), "")]
    parts += [Part("page", Span(start, end), number) for (start, number), (end, _) in pairwise(edges) if start < end]
    return Text(text, tuple(sorted(parts, key=lambda part: part.span)), tuple(warnings))
