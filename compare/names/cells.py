"""Names row by row: what a cell should have and lacks, and what stands there instead."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from compare.names.catalogue import Entry, NameIndex, index
from compare.names.find import Mention, NameWord, bare, is_common, is_known_name
from compare.names.inflection import is_people, lands, peoples
from compare.names.likeness import score
from compare.names.link import likeness
from compare.names.romanise import plain, romanise
from compare.once import once
from compare.values import Collation, Row
from compare.words import key, parses, words

#: Log odds above which a word of the cell is taken to render the name, so that it is not missing.
_MAY_BE = -1.5
_NAMELY = {"Name", "Surn", "Patr", "Geox"}


@dataclass(frozen=True, slots=True)
class Absence:
    """A name that a version's cell lacks though the source, or the other versions, have it in the same row.

    `instead`: a name in the cell that the others lack and that stands in its stead, if there is one. `others`: how many
    other translations of the row have the name, and how many there are. `sure`: whether it is a name beyond doubt.
    """

    row: Row
    version: str
    entry: Entry
    witness: str
    mention: Mention
    instead: NameWord | None
    others: tuple[int, int]
    sure: bool


@once
def absences(collation: Collation) -> list[Absence]:
    """Find the names that cells lack, in reading order."""
    return list(_absences(collation, index(collation)))


def _absences(collation: Collation, names: NameIndex) -> Iterator[Absence]:
    translations = [v.id for v in collation.work.versions if v.id != names.source]
    bearers = _bearers(names)
    numbers = [row.number for row in collation.rows]
    for at, row in enumerate(collation.rows):
        held = {id: _words(names, id, [row.number]) for id in row.spans}
        for version in translations:
            rivals = [id for id in translations if id in held and id != version]
            if version not in held or (names.source not in held and len(rivals) < 2):
                continue
            here = {id(e) for e, _ in held[version]}
            near = _strayed(
                names,
                version,
                witness := names.source if names.source in held else rivals[0],
                numbers[max(0, at - 1) : at + 2],
            )
            cell = [key(bare(w.text)) for w in words(collation.cell(row, version)) if w.text[0].isupper()]
            missing = []
            for mention in names.by_row.get((witness or "", row.number), ()):
                expected = [(e, w) for e, w in _entries(names, witness or "", mention) if not _made_anew(w)]
                if not expected or any(
                    id(e) in here | near or any(renders(c, w.lemma) for c in cell) for e, w in expected
                ):
                    continue
                having = sum(any(e in [x for x, _ in held[id]] for e, _ in expected) for id in rivals)
                attested = names.source in held or having == len(rivals)
                if attested and _known_here(names, version, witness or "", expected):
                    missing.append((mention, expected, having))
            if not missing:
                continue
            elsewhere = [(e, w.lemma) for id in held if id != version for e, w in held[id]]
            strays = [
                (e, w)
                for e, w in held[version]
                if not is_common(w.text) and not any(e is x or renders(w.lemma, lemma) for x, lemma in elsewhere)
            ]
            for mention, expected, having in missing:
                fit = [(e, w) for e, w in strays if not any((id(e), id(x)) in bearers for x, _ in expected)]
                if strays and not fit:
                    continue  # another of the same person's names
                stray = max(fit, key=lambda s: score(expected[0][1].lemma, s[1].lemma)) if fit else None
                if stray:
                    strays.remove(stray)
                sure = any(_is_only_name(w.lemma) or len(e.spellings) > 1 for e, w in expected)
                instead = stray[1] if stray else None
                yield Absence(
                    row, version, expected[0][0], witness or "", mention, instead, (having, len(rivals)), sure
                )


def _entries(names: NameIndex, version: str, mention: Mention) -> list[tuple[Entry, NameWord]]:
    found = ((names.entry(version, word), word) for word in mention.words)
    return [(entry, word) for entry, word in found if entry and not is_people(word.lemma)]


def _words(names: NameIndex, version: str, rows: list[int]) -> list[tuple[Entry, NameWord]]:
    """Return the entries of some cells of a version, each with the first word that stands for it."""
    found: dict[int, tuple[Entry, NameWord]] = {}
    for row in rows:
        for mention in names.by_row.get((version, row), ()):
            for entry, word in _entries(names, version, mention):
                found.setdefault(id(entry), (entry, word))
    return list(found.values())


def _strayed(names: NameIndex, version: str, witness: str | None, rows: list[int]) -> set[int]:
    """Return the names that a version has in rows where its witness lacks them: the alignment may be off by a row."""
    found: set[int] = set()
    for row in rows:
        found |= {id(e) for e, _ in _words(names, version, [row])} - {
            id(e) for e, _ in _words(names, witness or "", [row])
        }
    return found


def _bearers(names: NameIndex) -> set[tuple[int, int]]:
    """Return the pairs of names that stand together somewhere, and so are borne by one person."""
    pairs = set()
    for version, mentions in names.mentions.items():
        for mention in mentions:
            held = [id(entry) for entry, _ in _entries(names, version, mention)]
            pairs |= {pair for a, b in combinations(held, 2) for pair in ((a, b), (b, a))}
    return pairs


def _known_here(names: NameIndex, version: str, witness: str, expected: list[tuple[Entry, NameWord]]) -> bool:
    """Tell whether a version renders a name at all; one that is met in three rows and never linked is not known."""
    return any(
        version in e.spellings or len({row for s in e.spellings.get(witness, ()) for row in s.rows}) < 3
        for e, _ in expected
    ) and not all(_is_possessive(names, witness, w) for _, w in expected)


def _is_possessive(names: NameIndex, witness: str, word: NameWord) -> bool:
    """Tell whether a Russian word is another name's possessive: Моисеев, Лизин."""
    ending = next((e for e in ("ов", "ев", "ин", "ын") if word.lemma.endswith(e)), None)
    stem = word.lemma[:-2]
    return ending is not None and any((witness, stem + end) in names.homes for end in ("", "й", "ь", "а", "я", "ий"))


def _made_anew(word: NameWord) -> bool:
    """Tell whether English makes a name anew instead of romanising it: ОАЭ, Римский, Минобороны."""
    if word.text.isupper():
        return True
    if word.text.isascii():
        return False
    best = parses(word.text)[0]
    return "Orgn" in best.tag or ("ADJF" in best.tag and "Surn" not in best.tag and "Geox" not in best.tag)


def _is_only_name(word: str) -> bool:
    """Tell whether a Russian word is a name in the dictionary and nothing else (not восток, роман)."""
    return is_known_name(word) and all(
        _NAMELY & set(str(r.tag).replace(" ", ",").split(",")) for r in parses(word) if r.is_known
    )


@functools.lru_cache(1 << 16)
def renders(word: str, name: str) -> bool:
    """Tell whether a folded English word may well stand for a name: like it, short for it, or its people."""
    land = lands().get(name) or peoples().get(name)
    if land is not None and peoples().get(plain(word)) == land:
        return True
    x, y = plain(word), plain(romanise(name, "BGN/PCGN"))
    shared = next((i for i, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))
    return likeness(word, name) > _MAY_BE or shared >= 4 or (shared == 3 and min(len(x), len(y)) <= 6)
