"""TBX, the exchange format of terminology (ISO 30042:2019, TBX-Basic, and TBX 2), as a glossary."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree

from compare.lang import DEFAULT, SOURCE
from compare.read.markup import LANG, kind
from compare.read.package import tree
from compare.values import InputError

Standing = Literal["preferred", "admitted", "deprecated"]

#: How far a term may be used, by its administrative status.
STANDINGS: Mapping[str, Standing] = {
    "preferredTerm-admn-sts": "preferred",
    "admittedTerm-admn-sts": "admitted",
    "deprecatedTerm-admn-sts": "deprecated",
    "supersededTerm-admn-sts": "deprecated",
}
#: Words that other tools write for the same, letters alone.
_STATUSES: Mapping[str, Standing] = {
    **dict.fromkeys("preferred recommended approved standardized standardised legal mandatory".split(), "preferred"),
    **dict.fromkeys("admitted allowed permitted accepted acceptable".split(), "admitted"),
    **dict.fromkeys(
        """deprecated superseded forbidden obsolete prohibited notrecommended rejected banned invalid outdated archaic
        donotuse avoid negative blacklisted""".split(),
        "deprecated",
    ),
}


def _standing(status: str) -> Standing:
    """Return the standing that a status gives a term; none is *preferred*, one that is not known only *admitted*."""
    letters = re.sub("[^a-z]", "", status.casefold())
    plain = letters.removesuffix("admnsts").removesuffix("term")
    return _STATUSES.get(plain, "admitted") if letters else "preferred"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept, or a name, with its terms: language, words, standing."""

    terms: tuple[tuple[str, str, Standing], ...]
    note: str = ""


def read(data: bytes, file: str = "glossary.tbx") -> list[Concept]:
    """Read the concepts of a TBX file, or of a TBX 2 one (martif). Raises InputError for anything else.

    An empty file has none: the shell makes one before it runs `hexapla names WORK --format tbx > WORK/glossary.tbx`.
    """
    if not data.strip():
        return []
    root = tree(Path(file), data)
    if kind(root) not in ("tbx", "martif"):
        raise InputError(file, f"not TBX: its root is {kind(root)}")
    return [Concept(tuple(_terms(entry))) for entry in _below(root, "conceptEntry", "termEntry")]


def _terms(entry: etree._Element) -> Iterator[tuple[str, str, Standing]]:
    for section in _below(entry, "langSec", "langSet"):
        lang = (section.get(LANG) or DEFAULT).split("-")[0].lower()
        for term in _below(section, "termSec", "tig", "ntig"):
            text = next((" ".join("".join(map(str, t.itertext())).split()) for t in _below(term, "term")), "")
            notes = [n.text or "" for n in _below(term, "termNote") if n.get("type") == "administrativeStatus"]
            if text:
                yield lang, text, _standing(notes[0] if notes else "")


def _below(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (e for e in root.iter() if isinstance(e.tag, str) and kind(e) in names)


def to_glossary(concepts: Iterable[Concept], source: str = SOURCE) -> list[dict[str, str]]:
    """Make the lines of a glossary of concepts; `source`: the language whose term is the one to look for."""
    lines = []
    for concept in concepts:
        heads = [t for t in concept.terms if t[0].startswith(source)] or list(concept.terms)
        if not heads:
            continue
        head = heads[0]
        by_standing: defaultdict[Standing, list[str]] = defaultdict(list)
        one = len({term[0] for term in concept.terms}) == 1  # language
        for term in concept.terms:
            if term != head and (one or term[0] != head[0]):
                by_standing[term[2]].append(term[1])
        line = {"term": head[1], "preferred": by_standing["preferred"], "allowed": by_standing["admitted"]}
        lines.append(
            {k: v if isinstance(v, str) else "; ".join(v) for k, v in line.items()}
            | {"forbidden": "; ".join(by_standing["deprecated"])}
        )
    return lines
