"""Names row by row: what a cell should have and lacks, and what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.lang import DEFAULT
from compare.names.agreement import differs, has_known_forms, is_russian, renders
from compare.names.authority import fold
from compare.names.detect import Mention, NameWord, bare, is_common, is_known_name
from compare.names.exonyms import bearers, english_forms, is_given_name, is_place, two_places
from compare.names.index import Entry, NameIndex
from compare.names.inflection import is_people
from compare.names.own_names import Capitals, is_own
from compare.names.romanisation import plain, romanise, sound
from compare.names.similarity import score
from compare.names.unread import written
from compare.notes import in_note
from compare.values import Collation, Row
from compare.wordalign.unread_source import UnreadSource
from compare.words import divisions, in_dictionary, key, parses, words

_NAMELY = {"Name", "Surn", "Patr", "Geox"}


@dataclass(frozen=True, slots=True)
class Absence:
    """A name that a version's cell lacks though the reference, the source or else another version, has it in the row.

    `word`: the reference's name. `instead`: a name in the cell that the others lack and that stands in its place, if
    there is one. `agreeing`: how many other translations of the row have the name; `rivals`: how many there are.
    `is_name`: whether it is a name beyond doubt. `is_newcomer`: whether no other version has `instead` anywhere; else a
    name of the work stands in another's place. `nearby`: whether the version has the name in a row close by.
    """

    row: Row
    version: str
    entry: Entry
    reference: str
    mention: Mention
    word: NameWord
    instead: NameWord | None
    agreeing: int
    rivals: int
    is_name: bool
    is_newcomer: bool
    nearby: bool


#: Rows before and after in which a name that a version has keeps the reader informed of who or what is meant; and those
#: in which it may stand because the texts were cut apart otherwise.
_NEARBY, _ADJACENT = 12, 1
#: Letters that the parts of a compound name have at least.
_PART = 3
#: Rows aligned with less confidence say nothing of names.
_ALIGNED = 0.3


def absences(collation: Collation, names: NameIndex, unread: UnreadSource | None = None) -> Iterator[Absence]:
    """Find the names that cells lack, in reading order.

    `unread`: the source, where the names are not linked with its own; between two versions it judges by its letters.
    """
    capitals = Capitals(collation)
    translations = [v.id for v in collation.work.versions if v.id != names.source]
    pairs = _partners(names)
    numbers = [row.number for row in collation.rows]
    for i, row in enumerate(collation.rows):
        if row.confidence < _ALIGNED:
            continue
        held = {id: _words(names, id, [row.number]) for id in row.spans}
        around = numbers[max(0, i - _ADJACENT) : i + _ADJACENT + 1]
        for version in translations:
            rivals = [id for id in translations if id in held and id != version]
            two = names.source not in held and len(rivals) == 1
            if version not in held or not (names.source in held or rivals) or (two and unread is None):
                continue
            reference = names.source if names.source in held else min(rivals)
            assert reference is not None
            if _is_torn(collation, row, version, reference):
                continue
            missing = list(_missing(collation, names, row, version, reference, held))
            if not missing:
                continue
            displaced = _displaced(names, version, reference, around)
            others = [id for id in held if id != version and not all(id in lack.alike for lack in missing)]
            strays = _strays(collation, names, row, version, reference, held, others, around)
            near = {id(e) for e, _ in _words(names, version, numbers[max(0, i - _NEARBY) : i + _NEARBY + 1])}
            for lack in missing:
                neighbours = _neighbours(names, version, row, lack.partners)
                fit = [
                    (e, w)
                    for e, w in strays
                    if (not lack.partners or w in neighbours)
                    and (lack.is_fixed or not is_own(capitals, row, e, version, reference))
                    and not any((id(e), id(x)) in pairs or _begin_alike(w.lemma, y.lemma) for x, y in lack.lost)
                ]
                if (strays or not lack.whole) and not fit:
                    continue  # another of the same person's names, or a part of his name is enough
                if not fit and any(id(e) in displaced for e, _ in lack.lost):
                    continue  # the texts were cut apart otherwise
                entry, word = lack.lost[0]
                stray = max(fit, key=lambda s: score(word.lemma, s[1].lemma)) if fit else None
                if stray:
                    strays.remove(stray)
                if two and unread and not (stray and written(unread, i, word.text) > written(unread, i, stray[1].text)):
                    continue
                newcomer = stray is not None and set(stray[0].spellings) == {version}
                if stray and (
                    not _is_other(stray[1], lack, newcomer) or _is_surname(names, version, row, stray[1], lack)
                ):
                    continue
                if not stray and not lack.is_required:
                    continue
                if not stray and any(form[:3] == plain(romanise(word.lemma, "BGN/PCGN"))[:3] for form in lack.capitals):
                    continue  # a compound may be taken apart: Литфонд, the Literary Fund
                yield Absence(
                    row,
                    version,
                    entry,
                    reference,
                    lack.mention,
                    word,
                    stray[1] if stray else None,
                    lack.agreeing,
                    len(rivals),
                    any(_is_certainly_name(collation, reference, e, w) for e, w in lack.lost),
                    newcomer,
                    any(id(e) in near for e, _ in lack.lost),
                )


def _is_other(word: NameWord, lack: _Lack, newcomer: bool) -> bool:
    """Tell whether what stands in a name's stead is another name, not a foreign spelling of it or another person.

    Somebody of the work stands in another's place only where the rest of the name stands next to him (Лизавета
    Николаевна, Nadezhda Nikolaevna); else a speaker is named for clearness, or the texts were cut apart otherwise. A
    surname may stand for a patronymic.
    """
    patronymic = any("Patr" in parses(w.text)[0].tag for _, w in lack.lost)
    if not newcomer and (patronymic or not (lack.partners or all(is_place(w.lemma) for _, w in lack.lost))):
        return False
    if lack.agreeing:
        return True
    if _is_made_of_words(word.text) and not any(is_known_name(w.lemma) for _, w in lack.lost):
        return False  # a nickname may be translated: Белопахая, Whitebreast
    return all(differs(word.lemma, w.lemma) for _, w in lack.lost)


def _is_surname(names: NameIndex, version: str, row: Row, word: NameWord, lack: _Lack) -> bool:
    """Tell whether a person is called by title and surname where the reference has a patronymic.

    Марья Дмитриевна, Madame Kalitine: English has no patronymics, and a version may do without.
    """
    titled = any(m.titles and word in m.words for m in names.by_row.get((version, row.number), ()))
    return titled and any("Patr" in parses(entry.name)[0].tag for entry, _ in lack.lost)


def _is_made_of_words(name: str) -> bool:
    """Tell whether an English name is an ordinary word, or two written as one, and no name of the dictionary."""
    return is_common(name) or (
        not in_dictionary(name, DEFAULT)
        and any(is_common(one) and is_common(two) for one, two in divisions(key(name), _PART, _PART))
    )


#: A name with the word that stands for it in a cell, and those of each version's cell of a row.
_Held = tuple[Entry, NameWord]
_Row = Mapping[str, Sequence[_Held]]


@dataclass(frozen=True, slots=True)
class _Lack:
    """A mention of the reference that a cell lacks, or a part of it."""

    mention: Mention
    lost: Sequence[_Held]
    whole: bool
    """Whether all of it is lacking."""
    partners: Sequence[Entry]
    """The parts that the cell has, if the others are lacking only where something else stands next to these."""
    agreeing: int
    """How many other translations have it."""
    alike: Sequence[str]
    """The other translations that lack it too, where some have it."""
    capitals: Sequence[str]
    """The words of the cell that have a capital, folded."""
    is_fixed: bool
    """Whether its English forms are known, so that a version has none of its own: a Russian surname, a place."""
    is_required: bool
    """Whether a version that has nothing in its place lacks it: one that it renders elsewhere, and no address."""


class _Cell:
    """What a cell has of names."""

    def __init__(self, text: str, held: Sequence[_Held]) -> None:
        self._entries = {id(entry) for entry, _ in held}
        capitals = [bare(w.text) for w in words(text) if w.text[0].isupper()]
        # Beth-millo is the house of Millo
        self.capitals = [key(part) for name in capitals for part in {name, *name.split("-")} if part]
        self._said = f" {' '.join(fold(w.text) for w in words(text))}"

    def has(self, entry: Entry, word: NameWord) -> bool:
        """Tell whether it has a name of the reference: linked with it, like it, or in its settled English form."""
        return (
            id(entry) in self._entries
            or any(renders(form, name) for form in self.capitals for name in _written(word))
            or any(f" {form}" in self._said for form in english_forms(word.lemma))
        )


def _missing(
    collation: Collation, names: NameIndex, row: Row, version: str, reference: str, held: _Row
) -> Iterator[_Lack]:
    """Find the reference's mentions that a cell lacks.

    A surname is lacking though the given name stands there: perhaps it is another person's.
    """
    cell = _Cell(collation.cell(row, version), held[version])
    rivals = {id: _Cell(collation.cell(row, id), held[id]) for id in held if id not in (version, names.source)}
    for mention in names.by_row.get((reference, row.number), ()):
        expected = [(e, w) for e, w in _entries(names, reference, mention) if not _is_translated(e, w)]
        lost = [(e, w) for e, w in expected if not cell.has(e, w)]
        if not lost:
            continue
        kept = [e for e, _ in expected if all(e is not x for x, _ in lost)]
        surname = lost[-1] == expected[-1] and "Patr" not in parses(lost[-1][1].text)[0].tag
        alike = [id for id, other in rivals.items() if not any(other.has(e, w) for e, w in lost)]
        agreeing = len(rivals) - len(alike)
        fixed = any(has_known_forms(w.lemma) for _, w in lost)
        known = _known_here(names, version, reference, lost)
        named = known or any(is_russian(w.lemma) or is_place(w.lemma) for _, w in lost)
        required = named and not _is_address(collation, reference, mention)
        if (names.source in held or agreeing == len(rivals)) and (fixed or known):
            partners = [] if surname else kept
            shared = alike if agreeing else []
            yield _Lack(mention, lost, not kept, partners, agreeing, shared, cell.capitals, fixed, required)


def _is_address(collation: Collation, reference: str, mention: Mention) -> bool:
    """Tell whether somebody is addressed: his name stands between commas, or between one and the sentence's end."""
    text = collation.work.version(reference).text
    before, after = text[: mention.span.start].rstrip()[-1:], text[mention.span.end :].lstrip()[:1]
    return after in ",!?.…" and before in ',!?.…—–-«“"'


def _strays(
    collation: Collation,
    names: NameIndex,
    row: Row,
    version: str,
    reference: str,
    held: _Row,
    others: Sequence[str],
    around: Sequence[int],
) -> list[_Held]:
    """List the names of a cell that no cell of the others, nor the reference's rows around it, accounts for."""
    answers = [each for id in others for each in held[id]] + _words(names, reference, around)
    elsewhere = [(e, form) for e, w in answers for form in (w.lemma, *_possessors(w.lemma))]
    named = {w.text for _, w in held[reference]}
    mentioned = {key(w.text) for w in words(collation.cell(row, reference)) if len(w.text) > 3 and w.text not in named}
    return [
        (e, w)
        for e, w in held[version]
        if not (w.text.isupper() or _is_coined(w.text))
        and not in_note(collation, collation.place(version, w.span.start, w.span.end))
        and not any(e is x or renders(w.lemma, lemma) for x, lemma in elsewhere)
        and not any(renders(w.lemma, word) for word in mentioned)
    ]


#: Endings that make a word of the language out of another.
_SUFFIX = re.compile("(less|ness|like|ful|ing|ish|ly|ed)$")


def _is_coined(word: str) -> bool:
    """Tell whether a word with a capital is an ordinary one, newly formed or drawled: cloakless, wha-at; not Anna."""
    if is_given_name(word):
        return False
    joined = word.replace("-", "")
    return any(is_common(form) for form in (word, re.sub(r"(.)\1+", r"\1", joined), _SUFFIX.sub("", joined)))


def _written(word: NameWord) -> set[str]:
    """Return the forms of a Russian name that an English one may write: as it stands, its lemma, whose it is."""
    if is_place(word.lemma):
        return {word.lemma}
    return {word.lemma, key(word.text), *_possessors(word.lemma)}


def _possessors(lemma: str) -> set[str]:
    """Return the names of which a Russian word may be the possessive: Моисеев, Лизин."""
    if not lemma.endswith(("ов", "ев", "ин", "ын")):
        return set()
    return {lemma[:-2] + end for end in ("", "й", "ь", "а", "я", "ий")}


#: Words that a cell must have for each of the reference's; where it has fewer, more than a name is lacking.
_TORN = 0.6


def _is_torn(collation: Collation, row: Row, version: str, reference: str) -> bool:
    """Tell whether a cell is a heading or a fragment compared with the reference's, or an editor's note."""
    if collation.cell(row, version).startswith("["):
        return True
    here, there = (len(words(collation.cell(row, id))) for id in (version, reference))
    return here < _TORN * there


def _begin_alike(word: str, name: str) -> bool:
    """Tell whether two names begin with the same sounds, as a name and its pet form do: Ada, Адочка."""
    if two_places(word, name):
        return False
    x, y = plain(word), plain(romanise(name, "BGN/PCGN"))
    one, other = sound(x), sound(y)
    shared = min(len(one), len(other), 2)
    return x[:1] == y[:1] and one[:shared] == other[:shared]


def _entries(names: NameIndex, version: str, mention: Mention) -> list[tuple[Entry, NameWord]]:
    found = ((names.entry(version, word), word) for word in mention.words)
    return [(entry, word) for entry, word in found if entry and not is_people(word.lemma)]


def _words(names: NameIndex, version: str, rows: Sequence[int]) -> list[tuple[Entry, NameWord]]:
    """Return the entries of some cells of a version, each with the first word that stands for it."""
    found: dict[int, tuple[Entry, NameWord]] = {}
    for row in rows:
        for mention in names.by_row.get((version, row), ()):
            for entry, word in _entries(names, version, mention):
                found.setdefault(id(entry), (entry, word))
    return list(found.values())


def _displaced(names: NameIndex, version: str, reference: str, rows: Sequence[int]) -> set[int]:
    """Return the names that a version has in rows where its reference lacks them: the alignment may be off by a row."""
    found: set[int] = set()
    for row in rows:
        found |= {id(e) for e, _ in _words(names, version, [row])} - {id(e) for e, _ in _words(names, reference, [row])}
    return found


def _partners(names: NameIndex) -> set[tuple[int, int]]:
    """Return the pairs of names that stand together somewhere, and so belong to one person."""
    pairs = set()
    for version, mentions in names.mentions.items():
        for mention in mentions:
            held = [id(entry) for entry, _ in _entries(names, version, mention)]
            pairs |= {pair for a, b in combinations(held, 2) for pair in ((a, b), (b, a))}
    return pairs


def _known_here(names: NameIndex, version: str, reference: str, expected: list[tuple[Entry, NameWord]]) -> bool:
    """Tell whether a version renders a name at all; one that is met in three rows and never linked is not known."""
    return any(
        version in e.spellings or len({row for s in e.spellings.get(reference, ()) for row in s.rows}) < 3
        for e, _ in expected
    ) and not all(_is_possessive(names, reference, w) for _, w in expected)


def _neighbours(names: NameIndex, version: str, row: Row, partners: Sequence[Entry]) -> set[NameWord]:
    """The words of a cell's mentions that hold one of some names."""
    return {
        w
        for m in names.by_row.get((version, row.number), ())
        if any(names.entry(version, x) is e for x in m.words for e in partners)
        for w in m.words
    }


def _is_possessive(names: NameIndex, reference: str, word: NameWord) -> bool:
    """Tell whether a Russian word is the possessive of a name that the reference has, or that is settled in English."""
    return any((reference, name) in names.homes or bearers(name) for name in _possessors(word.lemma))


def _is_translated(entry: Entry, word: NameWord) -> bool:
    """Tell whether English forms a name of its own instead of romanising it: ОАЭ, Римский, Минобороны."""
    if word.text.isupper():
        return True
    if word.text.isascii() or len(entry.spellings) > 1:
        return False
    best = parses(word.text)[0]
    adjective = "ADJF" in best.tag and best.is_known and "Surn" not in best.tag and "Geox" not in best.tag
    return "Orgn" in best.tag or adjective


def _is_certainly_name(collation: Collation, reference: str, entry: Entry, word: NameWord) -> bool:
    """Tell whether a word is a name beyond doubt: by the dictionary, by its several spellings, or by its capital.

    A word that the dictionary lacks, or has as a name too, is one where its capital does not open a sentence.
    """
    if _is_only_name(word.lemma) or len(entry.spellings) > 1:
        return True
    before = collation.work.version(reference).text[: word.span.start].rstrip(" \u00a0")
    opens = not before or before[-1] in '.!?…:\n"“„«(—–-'
    known = [r for r in parses(word.text) if r.is_known]
    namely = any(tag in r.tag for r in known for tag in _NAMELY)
    return not word.text.isascii() and not opens and (namely or not known)


def _is_only_name(word: str) -> bool:
    """Tell whether a Russian word is a name in the dictionary and nothing else (not восток, роман)."""
    return is_known_name(word) and all(
        _NAMELY & set(str(r.tag).replace(" ", ",").split(",")) for r in parses(word) if r.is_known
    )
