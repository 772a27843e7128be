"""Names row by row: what a cell should have and lacks, and what stands there instead."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.names.detect import Mention, NameWord, bare, is_common, is_known_name
from compare.names.index import Entry, NameIndex
from compare.names.inflection import is_people, lands, peoples
from compare.names.linking import likeness
from compare.names.romanisation import plain, romanise, sound
from compare.names.similarity import score
from compare.notes import in_note
from compare.values import Collation, Row
from compare.words import key, lemma, parses, words

#: Log odds above which a word of the cell is taken to render the name, so that it is not missing.
_MAY_BE = -1.5
_NAMELY = {"Name", "Surn", "Patr", "Geox"}


@dataclass(frozen=True, slots=True)
class Absence:
    """A name that a version's cell lacks though the source, or the other versions, have it in the same row.

    `instead`: a name in the cell that the others lack and that stands in its stead, if there is one. `others`: how many
    other translations of the row have the name, and how many there are. `sure`: whether it is a name beyond doubt.
    `stranger`: whether no other version has `instead` anywhere; else a person of the work is named in another's place.
    """

    row: Row
    version: str
    entry: Entry
    witness: str
    mention: Mention
    instead: NameWord | None
    others: tuple[int, int]
    sure: bool
    stranger: bool


def absences(collation: Collation, names: NameIndex) -> Iterator[Absence]:
    """Find the names that cells lack, in reading order."""
    capitals = _Capitals(collation)
    translations = [v.id for v in collation.work.versions if v.id != names.source]
    bearers = _bearers(names)
    numbers = [row.number for row in collation.rows]
    for at, row in enumerate(collation.rows):
        held = {id: _words(names, id, [row.number]) for id in row.spans}
        around = numbers[max(0, at - 1) : at + 2]
        for version in translations:
            rivals = [id for id in translations if id in held and id != version]
            if version not in held or (names.source not in held and len(rivals) < 2):
                continue
            witness = names.source if names.source in held else rivals[0]
            assert witness is not None
            if _is_torn(collation, row, version, witness):
                continue
            missing = list(_missing(collation, names, row, version, witness, held))
            if not missing:
                continue
            strayed = _strayed(names, version, witness, around)
            strays = _strays(collation, capitals, names, row, version, witness, held, around)
            for lack in missing:
                beside = _beside(names, version, row, lack.partners)
                fit = [
                    (e, w)
                    for e, w in strays
                    if (not lack.partners or w in beside)
                    and not any((id(e), id(x)) in bearers or _begin_alike(w.lemma, y.lemma) for x, y in lack.lost)
                ]
                if (strays or not lack.whole) and not fit:
                    continue  # another of the same person's names, or a part of his name is enough
                if not fit and any(id(e) in strayed for e, _ in lack.lost):
                    continue  # the texts were cut apart otherwise
                entry, word = lack.lost[0]
                stray = max(fit, key=lambda s: score(word.lemma, s[1].lemma)) if fit else None
                if stray:
                    strays.remove(stray)
                yield Absence(
                    row,
                    version,
                    entry,
                    witness,
                    lack.mention,
                    stray[1] if stray else None,
                    (lack.having, len(rivals)),
                    any(_is_surely_name(collation, witness, e, w) for e, w in lack.lost),
                    stray is not None and set(stray[0].spellings) == {version},
                )


#: A name with the word that stands for it in a cell, and those of each version's cell of a row.
_Held = tuple[Entry, NameWord]
_Row = Mapping[str, Sequence[_Held]]


@dataclass(frozen=True, slots=True)
class _Lack:
    """A mention of the witness that a cell lacks, or a part of it."""

    mention: Mention
    lost: Sequence[_Held]
    whole: bool
    """Whether all of it is lacking."""
    partners: Sequence[Entry]
    """The parts that the cell has, if the others are lacking only where something else stands beside these."""
    having: int
    """How many other translations have it."""


def _missing(
    collation: Collation, names: NameIndex, row: Row, version: str, witness: str, held: _Row
) -> Iterator[_Lack]:
    """Find the witness's mentions that a cell lacks.

    A surname is lacking though the given name stands there: perhaps it is another person's.
    """
    here = {id(e) for e, _ in held[version]}
    capitals = [bare(w.text) for w in words(collation.cell(row, version)) if w.text[0].isupper()]
    # Beth-millo is the house of Millo
    cell = [key(part) for name in capitals for part in {name, *name.split("-")} if part]
    rivals = [id for id in held if id not in (version, names.source)]
    for mention in names.by_row.get((witness, row.number), ()):
        expected = [(e, w) for e, w in _entries(names, witness, mention) if not _made_anew(e, w)]
        lost = [(e, w) for e, w in expected if id(e) not in here and not any(renders(c, w.lemma) for c in cell)]
        if not lost:
            continue
        kept = [e for e, _ in expected if all(e is not x for x, _ in lost)]
        surname = lost[-1] == expected[-1] and "Patr" not in parses(lost[-1][1].text)[0].tag
        having = sum(any(e in [x for x, _ in held[id]] for e, _ in lost) for id in rivals)
        if (names.source in held or having == len(rivals)) and _known_here(names, version, witness, lost):
            yield _Lack(mention, lost, not kept, [] if surname else kept, having)


def _strays(
    collation: Collation,
    capitals: _Capitals,
    names: NameIndex,
    row: Row,
    version: str,
    witness: str,
    held: _Row,
    around: Sequence[int],
) -> list[_Held]:
    """List the names of a cell that nothing in the row, nor in the witness's rows around it, answers to."""
    elsewhere = [(e, w.lemma) for id in held if id != version for e, w in held[id]]
    elsewhere += [(e, w.lemma) for e, w in _words(names, witness, around)]
    said = {key(w.text) for w in words(collation.cell(row, witness)) if len(w.text) > 3}
    return [
        (e, w)
        for e, w in held[version]
        if not (is_common(w.text) or _is_own(capitals, row, e, version, witness))
        and not in_note(collation, collation.place(version, w.span.start, w.span.end))
        and not any(e is x or renders(w.lemma, lemma) for x, lemma in elsewhere)
        and not any(renders(w.lemma, word) for word in said)
    ]


#: Words that a cell must have for each of the witness's; where it has fewer, more than a name is lacking.
_TORN = 0.6


def _is_torn(collation: Collation, row: Row, version: str, witness: str) -> bool:
    """Tell whether a cell is a heading or a fragment beside the witness's, or an editor's note."""
    if collation.cell(row, version).startswith("["):
        return True
    here, there = (len(words(collation.cell(row, id))) for id in (version, witness))
    return here < _TORN * there


def _begin_alike(word: str, name: str) -> bool:
    """Tell whether two names begin with the same sounds, as a name and its pet form do: Ada, Адочка."""
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


def _strayed(names: NameIndex, version: str, witness: str, rows: Sequence[int]) -> set[int]:
    """Return the names that a version has in rows where its witness lacks them: the alignment may be off by a row."""
    found: set[int] = set()
    for row in rows:
        found |= {id(e) for e, _ in _words(names, version, [row])} - {id(e) for e, _ in _words(names, witness, [row])}
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


#: Rows in which a version has a name that its witness never has: perhaps its own name for somebody, and beyond doubt.
_OWN, _SURELY_OWN = 3, 10
#: In what share of a name's rows a word of the witness stands that it renders, and how much oftener than elsewhere.
_USUAL, _OFTENER = 0.6, 2


def _is_own(capitals: _Capitals, row: Row, entry: Entry, version: str, witness: str) -> bool:
    """Tell whether a version has its own word for what its witness calls otherwise: Jehovah for Господь.

    What stands in the witness in most other rows of such a name must stand there in this row, too; but God is called by
    so many names that this cannot be asked of Jehovah.
    """
    rows = {number for s in entry.spellings.get(version, ()) for number in s.rows} - {row.number}
    if witness in entry.spellings or len(rows) + 1 < _OWN:
        return False
    if len(rows) >= _SURELY_OWN:
        return True
    said = capitals.rows[witness]
    counts = Counter(word for number in rows for word in said[number - 1])
    every = capitals.counts[witness]
    usual = {
        word
        for word, count in counts.items()
        if count >= _USUAL * len(rows) and count / len(rows) >= _OFTENER * every[word] / len(said)
    }
    return not usual or bool(usual & said[row.number - 1])


class _Capitals:
    """The dictionary forms of the words with a capital, version by version."""

    def __init__(self, collation: Collation) -> None:
        self._collation = collation

    @functools.cached_property
    def rows(self) -> Mapping[str, list[frozenset[str]]]:
        """The forms of each row."""
        return {
            v.id: [
                frozenset(lemma(w.text, v.lang) for w in words(self._collation.cell(row, v.id)) if w.text[0].isupper())
                for row in self._collation.rows
            ]
            for v in self._collation.work.versions
        }

    @functools.cached_property
    def counts(self) -> Mapping[str, Counter[str]]:
        """In how many rows each form stands."""
        return {id: Counter(word for row in rows for word in row) for id, rows in self.rows.items()}


def _beside(names: NameIndex, version: str, row: Row, partners: Sequence[Entry]) -> set[NameWord]:
    """The words of a cell's mentions that hold one of some names."""
    return {
        w
        for m in names.by_row.get((version, row.number), ())
        if any(names.entry(version, x) is e for x in m.words for e in partners)
        for w in m.words
    }


def _is_possessive(names: NameIndex, witness: str, word: NameWord) -> bool:
    """Tell whether a Russian word is another name's possessive: Моисеев, Лизин."""
    ending = next((e for e in ("ов", "ев", "ин", "ын") if word.lemma.endswith(e)), None)
    stem = word.lemma[:-2]
    return ending is not None and any((witness, stem + end) in names.homes for end in ("", "й", "ь", "а", "я", "ий"))


def _made_anew(entry: Entry, word: NameWord) -> bool:
    """Tell whether English makes a name anew instead of romanising it: ОАЭ, Римский, Минобороны."""
    if word.text.isupper():
        return True
    if word.text.isascii() or len(entry.spellings) > 1:
        return False
    best = parses(word.text)[0]
    adjective = "ADJF" in best.tag and best.is_known and "Surn" not in best.tag and "Geox" not in best.tag
    return "Orgn" in best.tag or adjective


def _is_surely_name(collation: Collation, witness: str, entry: Entry, word: NameWord) -> bool:
    """Tell whether a word is a name beyond doubt: by the dictionary, by its several spellings, or by its capital.

    A word that the dictionary lacks, or has as a name too, is one where its capital does not open a sentence.
    """
    if _is_only_name(word.lemma) or len(entry.spellings) > 1:
        return True
    before = collation.work.version(witness).text[: word.span.start].rstrip(" \u00a0")
    opens = not before or before[-1] in '.!?…:\n"“„«(—–-'
    known = [r for r in parses(word.text) if r.is_known]
    namely = any(tag in r.tag for r in known for tag in _NAMELY)
    return not word.text.isascii() and not opens and (namely or not known)


def _is_only_name(word: str) -> bool:
    """Tell whether a Russian word is a name in the dictionary and nothing else (not восток, роман)."""
    return is_known_name(word) and all(
        _NAMELY & set(str(r.tag).replace(" ", ",").split(",")) for r in parses(word) if r.is_known
    )


#: Consonants that stand for one another where a name has come by way of Greek, or of another script: Reuben, Рувим.
_KIN = str.maketrans("bpvdtszSJckghmn", "PPPTTSSSSSKKKNN")


def _skeleton(name: str) -> str:
    """Return the consonants of a plain name by where in the mouth they are made (after Soundex)."""
    return sound(name.replace("th", "t").replace("j", "y").rstrip("h")).translate(_KIN)


@functools.lru_cache(1 << 16)
def renders(word: str, name: str) -> bool:
    """Tell whether a folded English word may well stand for a name: like it, short for it, or its people."""
    land = lands().get(name) or peoples().get(name)
    if land is not None and peoples().get(plain(word)) == land:
        return True
    x, y = plain(word), plain(romanise(name, "BGN/PCGN"))
    shared = next((i for i, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))
    same = len(sound(x)) > 1 and (
        sound(x) == sound(y) or _skeleton(x) in (_skeleton(y), _skeleton(y.replace("f", "t")))  # Tamar, Фамарь
    )
    return same or likeness(word, name) > _MAY_BE or shared >= 4 or (shared == 3 and min(len(x), len(y)) <= 6)
