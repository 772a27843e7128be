"""Names row by row: what a cell should have and lacks, and what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.lang import DEFAULT
from compare.names.agreement import differs, is_russian, renders, two_bearers
from compare.names.cells import EntriesOfRow, EntryWord, entries, entries_in, possessors
from compare.names.detect import Mention, NameWord, is_common, undrawn
from compare.names.exonyms import is_given_name, is_place
from compare.names.index import Entry, NameIndex
from compare.names.lemmas import is_known_name, is_of_person, is_only_name
from compare.names.missing import Missing, missing_from
from compare.names.own_names import Capitals, is_own
from compare.names.romanisation import plain, romanise, sound
from compare.names.similarity import score
from compare.names.unread import written
from compare.notes import in_note
from compare.values import Collation, Row
from compare.wordalign.unread_source import UnreadSource
from compare.words import count, divisions, in_dictionary, key, parses, words


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
        in_row = {id: entries_in(names, id, [row.number]) for id in row.spans}
        around = numbers[max(0, i - _ADJACENT) : i + _ADJACENT + 1]
        for version in translations:
            rivals = [id for id in translations if id in in_row and id != version]
            two = names.source not in in_row and len(rivals) == 1
            if version not in in_row or not (names.source in in_row or rivals) or (two and unread is None):
                continue
            reference = names.source if names.source in in_row else min(rivals)
            assert reference is not None
            if not in_row[reference] or _is_torn(collation, row, version, reference):
                continue
            missing = list(missing_from(collation, names, row, version, reference, in_row))
            if not missing:
                continue
            displaced = _displaced(names, version, reference, around)
            others = [id for id in in_row if id != version and not all(id in lack.alike for lack in missing)]
            strays = _strays(collation, names, row, version, reference, in_row, others, around)
            near = {id(e) for e, _ in entries_in(names, version, numbers[max(0, i - _NEARBY) : i + _NEARBY + 1])}
            for lack in missing:
                neighbours = _neighbours(names, version, row, lack.partners)
                fit = [
                    (e, w)
                    for e, w in strays
                    if (not lack.partners or w in neighbours)
                    and (lack.is_fixed or not is_own(capitals, row, e, version, reference))
                    and not any((id(e), id(x)) in pairs or _begin_alike(w.lemma, y.lemma) for x, y in lack.lost)
                ]
                if (strays or not lack.entirely) and not fit:
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
                    not _is_other(stray[1], lack, newcomer)
                    or _is_of_another_kind(stray, lack)
                    or _is_surname(names, version, row, stray[1], lack)
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


def _is_other(word: NameWord, lack: Missing, newcomer: bool) -> bool:
    """Tell whether what stands in a name's stead is another name, not a foreign spelling of it or another person.

    Somebody of the work stands in another's place only where the rest of the name stands next to him (Лизавета
    Николаевна, Nadezhda Nikolaevna); else a speaker is named for clearness, or the texts were cut apart otherwise. A
    surname may stand for a patronymic.
    """
    if all(_is_abbreviation(w.text) for _, w in lack.lost) and not _is_abbreviation(word.text):
        return False  # it may be written out: УрФО, the Ural Federal District
    patronymic = any("Patr" in parses(w.text)[0].tag for _, w in lack.lost)
    if not newcomer and (patronymic or not (lack.partners or all(is_place(w.lemma) for _, w in lack.lost))):
        return False
    if lack.agreeing:
        return True
    if _is_made_of_words(word.text):
        return False  # a nickname may be translated: Белопахая, Whitebreast; a person called by what he is
    return all(differs(word.lemma, w.lemma) for _, w in lack.lost)


def _is_of_another_kind(stray: EntryWord, lack: Missing) -> bool:
    """Tell whether one of two names is a place's and the other a person's: Rome stands for no Чичиков."""
    entry, word = stray
    lost = [w.lemma for _, w in lack.lost]
    if is_place(word.lemma) or is_place(entry.name):
        return not any(map(is_place, lost)) and all(map(is_of_person, lost))
    return all(map(is_place, lost)) and (is_given_name(word.lemma) or is_russian(entry.name))


def _is_abbreviation(word: str) -> bool:
    """Tell whether most letters of a word are capitals: УрФО, UN."""
    return 2 * sum(map(str.isupper, word)) > len(word) > 1


def _is_surname(names: NameIndex, version: str, row: Row, word: NameWord, lack: Missing) -> bool:
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


def _strays(
    collation: Collation,
    names: NameIndex,
    row: Row,
    version: str,
    reference: str,
    in_row: EntriesOfRow,
    others: Sequence[str],
    around: Sequence[int],
) -> list[EntryWord]:
    """List the names of a cell that no cell of the others, nor the reference's rows around it, accounts for."""
    answers = [each for id in others for each in in_row[id]] + entries_in(names, reference, around)
    elsewhere = [(e, form) for e, w in answers for form in (w.lemma, *possessors(w.lemma))]
    named = {w.text for _, w in in_row[reference]}
    mentioned = {key(w.text) for w in words(collation.cell(row, reference)) if len(w.text) > 3 and w.text not in named}
    return [
        (e, w)
        for e, w in in_row[version]
        if not (w.text.isupper() or _is_coined(w.text))
        and not in_note(collation, collation.place(version, w.span.start, w.span.end))
        and not any(e is x or (renders(w.lemma, form) and not two_bearers(w.lemma, x.name)) for x, form in elsewhere)
        and not any(renders(w.lemma, word) for word in mentioned)
    ]


#: Endings that make a word of the language out of another.
_SUFFIX = re.compile("(less|ness|like|ful|ing|ish|ly|ed)$")


def _is_coined(word: str) -> bool:
    """Tell whether a word with a capital is an ordinary one, newly formed or drawled: cloakless, wha-at; not Anna."""
    if is_given_name(word):
        return False
    return any(is_common(form) for form in (word, undrawn(word), _SUFFIX.sub("", word.replace("-", ""))))


#: Words that a cell must have for each of the reference's; where it has fewer, more than a name is lacking.
_TORN = 0.6


def _is_torn(collation: Collation, row: Row, version: str, reference: str) -> bool:
    """Tell whether a cell is a heading or a fragment compared with the reference's, or an editor's note."""
    if collation.cell(row, version).startswith("["):
        return True
    here, there = (count(collation.cell(row, id)) for id in (version, reference))
    return here < _TORN * there


def _begin_alike(word: str, name: str) -> bool:
    """Tell whether two names begin with the same sounds, as a name and its pet form do: Ada, Адочка."""
    if two_bearers(word, name):
        return False
    x, y = plain(word), plain(romanise(name, "BGN/PCGN"))
    one, other = sound(x), sound(y)
    shared = min(len(one), len(other), 2)
    return x[:1] == y[:1] and one[:shared] == other[:shared]


def _displaced(names: NameIndex, version: str, reference: str, rows: Sequence[int]) -> set[int]:
    """Return the names that a version has in rows where its reference lacks them: the alignment may be off by a row."""
    found: set[int] = set()
    for row in rows:
        found |= {id(e) for e, _ in entries_in(names, version, [row])} - {
            id(e) for e, _ in entries_in(names, reference, [row])
        }
    return found


def _partners(names: NameIndex) -> set[tuple[int, int]]:
    """Return the pairs of names that stand together somewhere, and so belong to one person."""
    pairs = set()
    for version, mentions in names.mentions.items():
        for mention in mentions:
            ids = [id(entry) for entry, _ in entries(names, version, mention)]
            pairs |= {pair for a, b in combinations(ids, 2) for pair in ((a, b), (b, a))}
    return pairs


def _neighbours(names: NameIndex, version: str, row: Row, partners: Sequence[Entry]) -> set[NameWord]:
    """The words of a cell's mentions that hold one of some names."""
    return {
        w
        for m in names.by_row.get((version, row.number), ())
        if any(names.entry(version, x) is e for x in m.words for e in partners)
        for w in m.words
    }


def _is_certainly_name(collation: Collation, reference: str, entry: Entry, word: NameWord) -> bool:
    """Tell whether a word is a name beyond doubt: by the dictionary, by its several spellings, or by its capital.

    A word that the dictionary lacks, or has as a name too, is one where its capital does not open a sentence.
    """
    if is_only_name(word.lemma) or len(entry.spellings) > 1:
        return True
    before = collation.work.version(reference).text[: word.span.start].rstrip(" \u00a0")
    opens = not before or before[-1] in '.!?…:\n"“„«(—–-'
    namely = is_known_name(word.text) or not any(r.is_known for r in parses(word.text))
    return not word.text.isascii() and not opens and namely
