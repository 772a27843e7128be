"""TEI P5: an edition's text, or the texts of all its witnesses where it has an apparatus.

Of what an editor encoded twice, the correction of an error is read, but spelling and abbreviations as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from compare.read.columns import Columns, bounded
from compare.read.formats import Prose, Rows, either
from compare.read.markup import LANG, kind
from compare.read.package import tree
from compare.read.structure import Paragraph, Text, laid, page, paged
from compare.read.text import LIMIT, slurp
from compare.values import InputError, Kind

_ID = LANG.replace("lang", "id")
#: Elements within a paragraph or a line; any other begins and ends one.
_INLINE = frozenset(
    "abbr add am anchor app att c choice cit corr damage date del distinct emph ex expan foreign fw g gap gloss hi "
    "idno lb lem measure mentioned milestone name num orgName orig pb pc persName phr placeName ptr q quote rdg "
    "rdgGrp ref reg rs s said seg sic soCalled space subst supplied surplus term time title unclear w".split()
)
#: What is not read: running heads and page numbers, what the author struck out, what is encoded better beside it.
_NEVER = frozenset("teiHeader fw del figDesc witDetail facsimile standOff".split())
#: Bytes that the texts of all witnesses may have together.
_TOGETHER = 2 * LIMIT
_BLANK = re.compile(r"[ \t\r\n]+")
_KINDS: Mapping[str, Kind] = {"head": "heading", "titlePage": "title page", "lg": "verse"}


@either(".xml", ".tei")
def tei(path: Path) -> Prose | Rows:
    """Choose how a document is read. Raises InputError for XML that is no TEI."""
    return _WITNESSES if next(_root(path).iter("{*}app"), None) is not None else _TEXT


def _text(path: Path, lang: str = "") -> Text:
    """Read the text of an edition; notes stand numbered behind it."""
    found = list(_walk(_root(path), ""))
    return laid(path, [*(each for _, each in found if each.kind != "note"), *_numbered(found)])


def _numbered(found: list[tuple[int, Paragraph]]) -> Iterator[Paragraph]:
    """Give a note the number that it has in the edition, else its place."""
    for number, (_, note) in enumerate((each for each in found if each[1].kind == "note"), 1):
        label = note.label or str(number)
        yield replace(note, words=f"[{label}] {note.words.strip()}", label=label)


def _witnesses(path: Path) -> Columns:
    """Read the texts of the witnesses that an apparatus names, a paragraph or a line a row."""
    root = _root(path)
    named = [each.get(_ID) or "" for each in root.iter("{*}witness")]
    cited = [name for each in root.iter("{*}lem", "{*}rdg") for name in _cited(each)]
    witnesses = bounded(path, (name for name in [*named, *cited] if name))
    if not witnesses:
        raise InputError(path, "has an apparatus that names no witness")
    if len(witnesses) * path.stat().st_size > _TOGETHER:
        raise InputError(path, f"has {len(witnesses)} witnesses, whose texts are too long together")
    texts = [{(each.kind == "note", at): each.words.strip() for at, each in _walk(root, name)} for name in witnesses]
    rows = sorted({place for text in texts for place, words in text.items() if words})
    lang = next((stated for each in root.iter("{*}text", "{*}TEI") if (stated := each.get(LANG))), "")
    return Columns(
        witnesses,
        tuple(tuple(text.get(place, "") for text in texts) for place in rows),
        tuple(lang for _ in witnesses) if lang else (),
    )


_TEXT, _WITNESSES = Prose((), _text), Rows((), _witnesses)


def _root(path: Path) -> etree._Element:
    root = tree(path, slurp(path))
    if kind(root) not in ("TEI", "teiCorpus", "TEI.2"):
        raise InputError(path, f"is XML of a kind that is not read, <{kind(root)}>; save its words as .txt")
    return root


def _cited(reading: etree._Element) -> list[str]:
    return [name.lstrip("#") for name in (reading.get("wit") or "").split()]


def _walk(root: etree._Element, witness: str) -> Iterator[tuple[int, Paragraph]]:
    """Yield the paragraphs as a witness has them, each under a number that is the same for all witnesses."""
    left_out = _unread(root, witness)
    said: list[list[str]] = [[]]  # the text's words, above them those of notes that are open
    kinds: list[Kind] = ["prose"]
    notes = 0
    events: Iterator[Any] = etree.iterwalk(root, events=("start", "end"))
    for at, (event, element) in enumerate(events):
        name, begins, above = kind(element), event == "start", element.getparent()
        if begins and above in left_out:
            left_out.add(element)
        within = element not in left_out
        if name == "note":
            notes += 1 if begins else -1
            if begins and within:
                said.append([])
            elif within:
                yield at, Paragraph(_flowed(said.pop()), "note", (element.get("n") or "").strip())
        elif name in _INLINE:
            said[-1].append(_mark(element, name) if begins and within else "")
        elif notes:
            said[-1].append(" " if within else "")
        elif name == "l" and kinds[-1 if begins else -2] == "verse":
            said[-1].append("\0")
            kinds.append("verse") if begins else kinds.pop()
        else:
            yield at, paged(_flowed(said[-1]), kinds[-1])
            said[-1] = []
            kinds.append(_KINDS.get(name, kinds[-1])) if begins else kinds.pop()
        following, inside = (element.text, within) if begins else (element.tail, above not in left_out)
        said[-1].append((following or "") if inside else "")
    yield len(root), paged(_flowed(said[-1]), kinds[-1])


def _unread(root: etree._Element, witness: str) -> set[etree._Element]:
    """Return the elements that are not read: of those that say one thing in several ways all but one."""
    unread = set(root.iter(*(f"{{*}}{name}" for name in _NEVER)))
    for choice in root.iter("{*}choice"):
        worse = ("reg", "expan") if choice.find("{*}corr") is None else ("reg", "expan", "sic")
        unread.update(each for each in choice if kind(each) in worse)
    for app in root.iter("{*}app"):
        groups = [each for each in app.iter("{*}rdgGrp") if next(each.iterancestors("{*}app")) is app]
        within = [each for above in (app, *groups) for each in above]
        readings = [each for each in within if kind(each) in ("lem", "rdg")]
        agreed = next((each for each in readings if kind(each) == "lem"), None)
        read = next((each for each in readings if witness in _cited(each)), agreed)
        unread.update(each for each in within if each is not read and kind(each) != "rdgGrp")
    return unread


def _mark(element: etree._Element, name: str) -> str:
    """Return what stands in the text for an element that has no words."""
    if name == "lb":
        return "" if element.get("break") == "no" else " "
    return page(element.get("n") or "") if name == "pb" else ""


def _flowed(parts: list[str]) -> str:
    """Set running words: white space is one blank, `\\0` a line end."""
    lines = (_BLANK.sub(" ", line).strip(" ") for line in "".join(parts).split("\0"))
    return "\n".join(line for line in lines if line)
