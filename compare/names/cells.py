"""What the cells of a row have of names, and whether a cell has a name of the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compare.lang import DEFAULT
from compare.names.agreement import renders
from compare.names.authority import fold
from compare.names.detect import Mention, NameWord, bare
from compare.names.exonyms import english_forms, is_place
from compare.names.index import Entry, NameIndex
from compare.names.inflection import is_people
from compare.words import is_function, key, words

#: A name with the word that stands for it in a cell, and those of each version's cell of a row.
EntryWord = tuple[Entry, NameWord]


EntriesOfRow = Mapping[str, Sequence[EntryWord]]


class Cell:
    """What a cell has of names."""

    def __init__(self, text: str, found: Sequence[EntryWord]) -> None:
        self._entries = {id(entry) for entry, _ in found}
        capitals = [bare(w.text) for w in words(text) if w.text[0].isupper()]
        # Beth-millo is the house of Millo
        parts = dict.fromkeys(key(part) for name in capitals for part in (name, *name.split("-")) if part)
        self.capitals = [part for part in parts if len(part) == 1 or not is_function(part, DEFAULT)]
        self._text = f" {' '.join(fold(w.text) for w in words(text))}"

    def has(self, entry: Entry, word: NameWord) -> bool:
        """Tell whether it has a name of the reference: linked with it, like it, or in its settled English form."""
        return (
            id(entry) in self._entries
            or any(renders(form, name) for form in self.capitals for name in _written(word))
            or any(f" {form}" in self._text for form in english_forms(word.lemma))
        )


def entries(names: NameIndex, version: str, mention: Mention) -> list[EntryWord]:
    """Return the words of a mention that the index has an entry for, peoples left out."""
    found = ((names.entry(version, word), word) for word in mention.words)
    return [(entry, word) for entry, word in found if entry and not is_people(word.lemma)]


def entries_in(names: NameIndex, version: str, rows: Sequence[int]) -> list[EntryWord]:
    """Return the entries of some cells of a version, each with the first word that stands for it."""
    found: dict[int, EntryWord] = {}
    for row in rows:
        for mention in names.by_row.get((version, row), ()):
            for entry, word in entries(names, version, mention):
                found.setdefault(id(entry), (entry, word))
    return list(found.values())


def _written(word: NameWord) -> set[str]:
    """Return the forms of a Russian name that an English one may write: as it stands, its lemma, whose it is."""
    if is_place(word.lemma):
        return {word.lemma}
    return {word.lemma, key(word.text), *possessors(word.lemma)}


def possessors(lemma: str) -> set[str]:
    """Return the names of which a Russian word may be the possessive: Моисеев, Лизин."""
    if not lemma.endswith(("ов", "ев", "ин", "ын")):
        return set()
    return {lemma[:-2] + end for end in ("", "й", "ь", "а", "я", "ий")}
