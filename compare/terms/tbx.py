"""TBX, the exchange format of terminology (ISO 30042:2019, TBX-Basic): an index or a glossary written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from compare.messages import LANG
from compare.names.index import NameIndex
from compare.read.tbx import STANDINGS, Concept, Standing, read, to_glossary
from compare.terms.glossary import forms, lang_of
from compare.values import Work

__all__ = ["Concept", "of_glossary", "of_index", "read", "to_glossary", "write"]

_SPACE = "urn:iso:std:iso:30042:ed-2"
#: The default namespace; lxml names it by None, which its types do not know.
_DEFAULT: Any = {None: _SPACE}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def of_index(names: NameIndex, work: Work) -> list[Concept]:
    """Make a concept of every name: the proposed form is preferred, the other spellings are admitted."""
    langs = {version.id: version.lang for version in work.versions}
    concepts = []
    for entry in names.entries:
        terms: dict[tuple[str, str], Standing] = {}
        if names.source and entry.group.lemma:
            terms[langs[names.source], entry.name] = "preferred"
        for id, spellings in entry.spellings.items():
            if id != names.source:
                terms.setdefault((langs[id], entry.proposed), "preferred")
                for spelling in spellings:
                    terms.setdefault((langs[id], spelling.text), "admitted")
        concepts.append(Concept(tuple((lang, text, standing) for (lang, text), standing in terms.items()), entry.why))
    return concepts


def of_glossary(table: Iterable[Mapping[str, str]]) -> list[Concept]:
    """Make a concept of every line of a glossary (term, preferred, allowed, forbidden)."""
    concepts = []
    for line in table:
        terms: list[tuple[str, str, Standing]] = [(lang_of(line["term"]), line["term"], "preferred")]
        columns: tuple[tuple[str, Standing], ...] = (
            ("preferred", "preferred"),
            ("allowed", "admitted"),
            ("forbidden", "deprecated"),
        )
        for column, standing in columns:
            stated = [(lang_of(form), form, standing) for form in forms(line.get(column) or "")]
            terms += [term for term in stated if term not in terms]
        concepts.append(Concept(tuple(terms)))
    return concepts


def write(concepts: Iterable[Concept], title: str) -> bytes:
    """Write concepts as a TBX file; equal concepts give equal bytes."""
    names = {standing: name for name, standing in reversed(list(STANDINGS.items()))}
    root = etree.Element(f"{{{_SPACE}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: LANG}, nsmap=_DEFAULT)
    header = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(header, "titleStmt"), "title", title)
    _add(_add(header, "sourceDesc"), "p", "Hexapla")
    body = _add(_add(root, "text"), "body")
    for number, concept in enumerate(concepts, 1):
        entry = _add(body, "conceptEntry", id=f"c{number}")
        if concept.note:
            _add(entry, "note", concept.note)
        for lang in dict.fromkeys(lang for lang, _, _ in concept.terms):
            section = _add(entry, "langSec")
            section.set(_LANG, lang)
            for other, text, standing in concept.terms:
                if other == lang:
                    term = _add(section, "termSec")
                    _add(term, "term", text)
                    _add(term, "termNote", names[standing], type="administrativeStatus")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_SPACE}}}{name}", attributes)
    element.text = text
    return element
