"""The index of names: every name of a work with its spellings in every version, linked through what they come from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compare.names.find import Mention, NameWord, find
from compare.names.link import inflects, variants
from compare.once import once
from compare.values import Collation, Place


@dataclass(frozen=True, slots=True)
class Spelling:
    """A form in which a name stands in one version, and every place where it does, in reading order."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name: its spellings by version, the most frequent first."""

    name: str
    """The Cyrillic lemma where it is known, else the most frequent spelling."""
    spellings: Mapping[str, tuple[Spelling, ...]]
    proposed: str
    why: str


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names of a work, in alphabetical order, and the mentions that they were gathered from."""

    entries: tuple[Entry, ...]
    mentions: Mapping[str, tuple[Mention, ...]]


@once
def index(collation: Collation) -> NameIndex:
    """Gather the names of all versions and link their spellings. No names give an empty index."""
    mentions = {
        version.id: tuple(find(version.text, collation.segments.get(version.id, ()), version.lang))
        for version in collation.work.versions
    }
    entries: list[Entry] = []
    for version in collation.work.versions:
        if version.lang == "ru":
            continue
        places: dict[str, list[NameWord]] = defaultdict(list)
        for word in _words(mentions[version.id]):
            places[word.lemma].append(word)
        forms = {low: Counter(w.text for w in found).most_common(1)[0][0] for low, found in places.items()}
        for group in variants(forms, {low: len(found) for low, found in places.items()}):
            spellings = tuple(
                Spelling(forms[low], tuple(collation.place(version.id, w.span.start, w.span.end) for w in places[low]))
                for low in sorted(group, key=lambda low: (-len(places[low]), low))
            )
            head = next((s.text for s in spellings if not inflects(s.text, group)), spellings[0].text)
            entries.append(Entry(head, {version.id: spellings}, head, "the most frequent spelling"))
    return NameIndex(tuple(sorted(entries, key=lambda e: (e.name.casefold(), e.name))), mentions)


def _words(mentions: Iterable[Mention]) -> Iterable[NameWord]:
    return (word for mention in mentions if not mention.common for word in mention.words if len(word.text) > 2)
