"""XML from strangers: nothing outside the file is touched, nothing in it expands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from compare.read.columns import Columns, bounded
from compare.read.language import primary
from compare.read.text import slurp
from compare.values import InputError

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

#: Inline elements that stand for codes of the original format, in TMX 1.4, XLIFF 1.2 and XLIFF 2. Any other wraps text.
_CODES = frozenset("bpt ept it ph ut sub x bx ex sc ec sm em cp".split())

_LINE_BREAKS = frozenset(("lb", "xlf:lb"))

#: How Trados marks words that were deleted while changes were tracked, no longer text, and those added.
_DELETED = frozenset(("x-sdl-deleted", "x-sdl-feedback-deleted"))
CHANGES = _DELETED | {"x-sdl-added", "x-sdl-feedback-added"}

#: Bytes that are parsed at once.
_CHUNK = 32 * 2**10

Unit = dict[str, str]


def elements(path: Path, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of these names, whatever their namespace, each as soon as it has been read whole.

    Its children are forgotten when the next is asked for. Raises InputError for what is no XML or declares entities.
    """
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # tools leave an xml:id twice, which is nothing to us
    )
    content = io.BytesIO(slurp(path))
    try:
        while chunk := content.read(_CHUNK):
            parser.feed(chunk)
            yield from _read(path, parser)
        parser.close()
        yield from _read(path, parser)
    except etree.XMLSyntaxError as trouble:
        raise InputError(path, f"is not well-formed XML: {' '.join(trouble.msg.split())}") from None


def _read(path: Path, parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    """Yield the elements that the parser has read whole so far, and forget their children."""
    events: Iterator[Any] = parser.read_events()
    for _, element in events:
        refuse_entities(path, element)
        yield element
        element.clear(keep_tail=True)


def refuse_entities(path: Path, element: etree._Element) -> None:
    """Raise InputError for a document that declares entities."""
    grammar: Any = element.getroottree().docinfo.internalDTD
    if grammar is not None and any(True for _ in grammar.iterentities()):
        raise InputError(path, "declares entities, which may hide anything; save it without them")


def kind(element: etree._Element) -> str:
    """Return an element's name without its namespace; a prefix that nothing declares is part of the name."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """Return an element's namespace, "" for none."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def words(element: etree._Element) -> str:
    """Return the text of an element, its inline markup left out except the line breaks that it stands for.

    Tracked changes count as accepted: deleted words are none.
    """
    parts = [element.text or ""]
    for child in element:
        if child.get("mtype") in _DELETED:
            pass
        elif kind(child) not in _CODES:
            parts.append(words(child))
        elif not _LINE_BREAKS.isdisjoint((child.get("ctype"), child.get("type"), child.get("subType"))):
            parts.append("\n")
        parts.append(child.tail or "")
    return "".join(parts)


def columns(path: Path, units: list[Unit], source: str | None) -> Columns:
    """Lay units, each a text by language tag, into columns in the order in which the languages first come.

    Tags of one language that never meet in a unit, `ru` and `ru-RU`, are one column, as tools write now this, now that.
    """
    tags = bounded(path, (tag for unit in units for tag in unit), len(units))
    heading = {tag: tag for tag in tags}
    warnings = []
    for lang in dict.fromkeys(map(primary, tags)):
        alike = [tag for tag in tags if primary(tag) == lang]
        alone = [
            tag for tag in alike if not any(tag in unit and any(o in unit for o in alike if o != tag) for unit in units)
        ]
        if alone == alike and len(alike) > 1:
            heading |= dict.fromkeys(alike, lang)
        elif alone and len(alike) > 1:
            warnings.append(
                f"{path}: one language stands under the tags {', '.join(alike)}; each is taken for a version"
            )
    headings = tuple(dict.fromkeys(heading.values()))
    merged = [{heading[tag]: text for tag, text in unit.items()} for unit in units]
    return Columns(
        headings,
        tuple(tuple(unit.get(h, "") for h in headings) for unit in merged),
        headings,
        source and heading.get(source, source),
        tuple(warnings),
    )
