"""Web pages (HTML): the article and not what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree, html

from compare.read.article import HEADINGS, article, trim
from compare.read.formats import prose
from compare.read.structure import Paragraph, Text, laid, page, paged
from compare.read.text import slurp
from compare.values import InputError, Kind

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub "
    "sup time tt u var wbr".split()
)
#: What elements of books say of themselves (EPUB Structural Semantics Vocabulary, DPUB-ARIA).
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("footnote", "endnote", "rearnote", "footnote-item"), "note"),
    "toc": "contents",
    "titlepage": "title page",
}
_MARKS = frozenset("noteref backlink footnote-ref footnote-back footnote-backref".split())
_CHARSET = re.compile(rb"""<\?xml[^>]*encoding=["']([\w-]+)|<meta[^>]*charset=["']?\s*([\w-]+)""", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n]+")
#: What browsers do not show and XML does not know; a form feed is white space.
_UNFIT = dict.fromkeys({*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {9, 10, 13}) | {12: " "}
_PAGED = re.compile(r" (\f[^\f]*\f) ")


@prose(".html", ".htm", ".xhtml")
def webpage(path: Path, lang: str = "") -> Text:
    """Read a saved page: its article if it marks one, else its main part, else what holds nearly all of its prose."""
    root = _parsed(path, slurp(path))
    left = trim(root)
    said = f"{len(left.split())} words around its text were left out, beginning “{' '.join(left.split()[:8])}”"
    return laid(path, _paragraphs(root), [said] if left else [])


def paragraphs(path: Path, content: bytes) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page of a book, white space as a browser shows it.

    Raises InputError for what is no page.
    """
    return _paragraphs(_parsed(path, content))


def _parsed(path: Path, content: bytes) -> Any:
    try:
        whole = html.document_fromstring(_decoded(path, content))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as trouble:
        raise InputError(path, f"is not a web page ({trouble})") from None
    for note in whole.iter("aside"):
        note.tag = "div" if _kind(note) == "note" else "aside"  # so do books, while pages put there what is no article
    return article(whole)


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs of a part of a page.

    Headings and notes are known by their elements and by what the standards of electronic books (EPUB's `epub:type`,
    DPUB-ARIA's roles) and pandoc call them; what carries a note within the text is left out.
    """
    numbers = {}
    marks: list[Any] = [each for each in root.iter("a", "sup") if _refers(each)]
    for mark in marks:
        link = mark if mark.tag == "a" else mark[0]
        numbers[(link.get("href") or "").partition("#")[2]] = "".join(map(str, mark.itertext())).strip(" [](){}.")
        mark.drop_tree()
    said: list[str] = []
    kinds: list[tuple[Kind, str]] = [("prose", "")]
    events: Iterator[Any] = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if element.tag == "br":
            said += ["\0"] if event == "start" else []
        elif (begun := _page(element)) is not None:
            said.append(page(begun) if event == "start" else element.tail or "")
            continue
        elif element.tag not in _INLINE:
            if event == "end" or _flowed(said).strip() != f"[{kinds[-1][1]}]":  # a note's number stays with its words
                yield paged(_flowed(said), *kinds[-1])
                said = []
            if event == "end":
                kinds.pop()
            elif (kind := _kind(element)) == "note" and (number := numbers.get(element.get("id") or "", "")):
                kinds.append((kind, number))
                said = [f"[{number}] "]
            else:
                kinds.append((kind, "") if kind else kinds[-1])
        following = element.text if event == "start" else element.tail if element is not root else ""
        said.append(following or "")
    yield paged(_flowed(said), *kinds[-1])


def _types(element: etree._Element) -> set[str]:
    """Return the names by which an element says what it is, without the prefix of the standard."""
    stated = " ".join(element.get(name) or "" for name in ("epub:type", "role", "class"))
    return {each.removeprefix("doc-") for each in stated.split()}


def _kind(element: etree._Element) -> Kind | None:
    """Return what an element says its words are."""
    if element.tag in HEADINGS:
        return "heading"
    return next((kind for name, kind in _KINDS.items() if name in _types(element)), None)


def _refers(element: etree._Element) -> bool:
    """Tell whether an element is the mark that leads to a note, or back from it."""
    if element.tag == "sup":
        return len(element) == 1 and element[0].tag == "a" and (element[0].get("href") or "").startswith("#")
    return not _MARKS.isdisjoint(_types(element))


def _page(element: etree._Element) -> str | None:
    """Return the number of the page that begins here, None where none does."""
    if "pagebreak" not in _types(element):
        return None
    stated = element.get("aria-label") or element.get("title") or "".join(map(str, element.itertext()))
    return stated.strip().strip(".")


def _flowed(parts: list[str]) -> str:
    """Set running text as a browser does: white space is one blank, `\\0` a line end; a page's mark takes no room."""
    lines = (_PAGED.sub(r" \1", _BLANK.sub(" ", line)) for line in "".join(parts).split("\0"))
    return "\n".join(line.strip(" ") for line in lines)


def _decoded(path: Path, content: bytes) -> str:
    """Decode a page by its mark or by what it states, else as UTF-8."""
    stated = _CHARSET.search(content[:4096])
    name = (stated[1] or stated[2]).decode() if stated else "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16"
    name = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") or name.lower() == "utf-8" else name
    try:
        text = content.decode(name)
    except (LookupError, UnicodeError):
        raise InputError(path, f"is not in the encoding {name}; save it as UTF-8") from None
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).translate(_UNFIT)
