"""TBX, the exchange format of terminology (ISO 30042:2019, TBX-Basic): index and glossary out, glossaries in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

from compare.names.catalogue import NameIndex
from compare.names.terms import lang_of
from compare.values import InputError, Work

Standing = Literal["preferred", "admitted", "deprecated"]

_SPACE = "urn:iso:std:iso:30042:ed-2"
#: The default namespace; lxml names it by None, which its types do not know.
_DEFAULT: Any = {None: _SPACE}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STANDINGS: Mapping[str, Standing] = {
    "preferredTerm-admn-sts": "preferred",
    "admittedTerm-admn-sts": "admitted",
    "deprecatedTerm-admn-sts": "deprecated",
    "supersededTerm-admn-sts": "deprecated",
}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, or a name, with its terms: language, words, standing."""

    terms: tuple[tuple[str, str, Standing], ...]
    note: str = ""


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
            forms = [form.strip() for form in (line.get(column) or "").split(";") if form.strip()]
            terms += [(lang_of(form), form, standing) for form in forms if (lang_of(form), form, standing) not in terms]
        concepts.append(Concept(tuple(terms)))
    return concepts


def to_glossary(concepts: Iterable[Concept], source: str = "ru") -> list[dict[str, str]]:
    """Make the lines of a glossary of concepts; `source`: the language whose term is the one to look for."""
    lines = []
    for concept in concepts:
        heads = [t for t in concept.terms if t[0].startswith(source)] or list(concept.terms)
        if not heads:
            continue
        head = heads[0]
        by_standing: defaultdict[Standing, list[str]] = defaultdict(list)
        for term in concept.terms:
            if term != head and (term[0] != head[0] or len({t[0] for t in concept.terms}) == 1):
                by_standing[term[2]].append(term[1])
        line = {"term": head[1], "preferred": by_standing["preferred"], "allowed": by_standing["admitted"]}
        lines.append(
            {k: v if isinstance(v, str) else "; ".join(v) for k, v in line.items()}
            | {"forbidden": "; ".join(by_standing["deprecated"])}
        )
    return lines


def write(concepts: Iterable[Concept], title: str) -> bytes:
    """Write concepts as a TBX file; equal concepts give equal bytes."""
    names = {standing: name for name, standing in reversed(list(_STANDINGS.items()))}
    root = etree.Element(f"{{{_SPACE}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, nsmap=_DEFAULT)
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


def read(data: bytes, file: str = "glossary.tbx") -> list[Concept]:
    """Read the concepts of a TBX file, or of a TBX 2 one (martif). Raises InputError for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(file, f"no well-formed XML: {error.msg}") from None
    if etree.QName(root).localname not in ("tbx", "martif"):
        raise InputError(file, f"no TBX: its root is {etree.QName(root).localname}")
    return [Concept(tuple(_terms(entry))) for entry in _below(root, "conceptEntry", "termEntry")]


def _terms(entry: etree._Element) -> Iterator[tuple[str, str, Standing]]:
    for section in _below(entry, "langSec", "langSet"):
        lang = (section.get(_LANG) or "en").split("-")[0].lower()
        for term in _below(section, "termSec", "tig", "ntig"):
            text = next((" ".join("".join(map(str, t.itertext())).split()) for t in _below(term, "term")), "")
            notes = [n.text or "" for n in _below(term, "termNote") if n.get("type") == "administrativeStatus"]
            if text:
                yield lang, text, _STANDINGS.get(notes[0].strip() if notes else "", "preferred")


def _below(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (e for e in root.iter() if isinstance(e.tag, str) and etree.QName(e).localname in names)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_SPACE}}}{name}", attributes)
    element.text = text
    return element
