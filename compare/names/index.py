"""The index of names: every name of a work with its spellings in every version, linked through what they come from."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from compare import records
from compare.lang import SOURCE
from compare.names.agreement import likeness
from compare.names.authority import Known, look_up
from compare.names.detect import Mention, NameWord, find, is_common
from compare.names.edit_model import letters
from compare.names.exonyms import is_given_name, settled_form
from compare.names.inflection import derived, ending_left, is_people, lands, oblique_spellings, peoples
from compare.names.lemmas import is_known_name
from compare.names.linking import Form, Group, Node, link
from compare.names.romanisation import fits, habitual, infer, plain, romanise, scheme_called
from compare.names.similarity import word_logit
from compare.values import Collation, Place, Span, Version
from compare.words import key as fold
from compare.words import parses


@dataclass(frozen=True, slots=True)
class Spelling:
    """A form in which a name stands in one version, and every place where it does, in reading order."""

    text: str
    key: str
    places: tuple[Place, ...]
    rows: tuple[int, ...]
    neighbours: frozenset[str] = frozenset()
    """The names and titles that stand next to it, folded."""
    schemes: tuple[str, ...] = ()
    """The romanisation schemes that it fits, if the Cyrillic is known."""

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Entry:
    """One name: its spellings by version, the most frequent first."""

    name: str
    """The Cyrillic lemma where it is known, else the proposed form."""
    kind: str
    spellings: Mapping[str, tuple[Spelling, ...]]
    proposed: str
    why: str
    group: Group
    known: Known | None = None
    settled: bool = False
    """Whether an editor has chosen the proposed form."""

    def probability(self, a: Node, b: Node) -> float:
        """Return how likely it is, 0 to 1, that two of its spellings are one name."""
        return 1 / (1 + math.exp(-min(self.group.odds(a, b), 30.0)))

    def two_bearers(self, a: Spelling, b: Spelling) -> bool:
        """Tell whether two forms of a given name may be two people's: other names stand next to them.

        A form of another language, Peter for Pyotr, need have no name next to it at all.
        """
        if not self.known or self.known.kind != "given":
            return False
        if any(x == y or word_logit(letters(x), letters(y)) > 0 for x in a.neighbours for y in b.neighbours):
            return False
        foreign = {form.casefold() for form in self.known.latin if not any(fits(x, form) for x in self.known.cyrillic)}
        return bool(a.neighbours and b.neighbours) or (
            habitual(a.key) != habitual(b.key) and bool({a.key, b.key} & foreign)
        )

    def main(self, version: str) -> Spelling | None:
        """Return the spelling that stands for the name in a version: the editor's, else the commonest."""
        here = self.spellings.get(version, ())
        whole = [
            s for s in here if not any(ending_left(o.key, s.key) or derived(o.key, s.key) for o in here if o is not s)
        ]
        return max(
            whole or here,
            key=lambda s: (self.settled and s.text == self.proposed, len(s), s.text == self.proposed),
            default=None,
        )


@dataclass(frozen=True, slots=True, repr=False)
class NameIndex:
    """All names of a work in alphabetical order, the mentions they were gathered from, each version's scheme."""

    entries: tuple[Entry, ...]
    mentions: Mapping[str, tuple[Mention, ...]]
    schemes: Mapping[str, str]
    homes: Mapping[Node, Entry]
    source: str | None = None
    by_row: Mapping[tuple[str, int], tuple[Mention, ...]] = field(default_factory=dict)
    """The mentions of a version's cell, by version and row."""

    def entry(self, version: str, word: NameWord) -> Entry | None:
        """Return the entry that a word of a mention belongs to."""
        return self.homes.get((version, word.lemma))

    @property
    def columns(self) -> list[str]:
        """Name the columns of `to_rows`."""
        return ["name", "kind", *self.mentions, "schemes", "places", "proposed", "why"]

    def to_frame(self, library: str = "pandas") -> Any:
        """Lay the index out as a data frame, one name a line.

        - `name`: its Cyrillic lemma where that is known, else the proposed form; `kind`: person, place, people …
        - one column for each version, by its id: the spellings, each with its count, separated by `; `
        - `schemes`: the romanisation schemes that the spellings fit; `places`: the rows, version by version
        - `proposed`: the form to print; `why`: the ground for it
        """
        from compare.frames import frame

        return frame(self.to_rows(), self.columns, library)

    def to_rows(self) -> list[dict[str, str]]:
        """Write the index as plain rows: name, kind, a column for each version, schemes, places, proposed, why.

        A table of the same columns named `names` in the work's folder is read back: its rows say which spellings are
        one name, its `proposed` column which form is right.
        """
        rows = []
        versions = list(self.mentions)
        for entry in self.entries:
            row = {"name": entry.name, "kind": entry.kind}
            for id in versions:
                row[id] = "; ".join(f"{s.text} ({len(s)})" for s in entry.spellings.get(id, ()))
            schemes = dict.fromkeys(x for spellings in entry.spellings.values() for s in spellings for x in s.schemes)
            row["schemes"] = "; ".join(schemes)
            row["places"] = "; ".join(
                f"{id}: {', '.join(str(n) for n in dict.fromkeys(r for s in spellings for r in s.rows))}"
                for id, spellings in entry.spellings.items()
            )
            row["proposed"], row["why"] = entry.proposed, entry.why
            rows.append(row)
        return rows


def index(collation: Collation) -> NameIndex:
    """Gather the names of all versions and link their spellings. No names give an empty index."""
    work = collation.work
    source = work.source.id if work.source and work.source.lang == SOURCE else None
    mentions = {v.id: tuple(mentions_of(v, collation.segments.get(v.id, ()))) for v in work.versions}
    forms, places = [], {}
    for version in work.versions:
        for form, found in _forms(collation, version, mentions[version.id]):
            forms.append(form)
            places[form.version, form.key] = tuple(
                collation.place(form.version, w.span.start, w.span.end) for w in found
            )
    by_node = {(f.version, f.key): f for f in forms}
    table = work.tables.get("names", ())
    chosen = [_nodes(row, by_node) for row in table]
    latin = [f for f in forms if f.version == source or work.version(f.version).lang != SOURCE]
    groups = _linked(latin, source, [nodes for nodes in chosen if nodes])
    schemes = {
        v.id: scheme_called(v.scheme) or infer(_pairs(groups, by_node, v.id, source))
        for v in work.versions
        if v.id != source
    }
    proposals = {
        node: row["proposed"] for row, nodes in zip(table, chosen, strict=True) for node in nodes if row.get("proposed")
    }
    entries = [_entry(g, by_node, places, [v.id for v in work.versions], source, schemes, proposals) for g in groups]
    entries = [entry for entry in entries if not _is_word(entry, source)]
    entries.sort(key=lambda e: (e.name.casefold(), e.name, e.proposed))
    homes = {node: entry for entry in entries for node in entry.group.nodes}
    by_row: defaultdict[tuple[str, int], list[Mention]] = defaultdict(list)
    for id, listed in mentions.items():
        for mention in listed:
            by_row[id, collation.number_at(id, mention.span.start)].append(mention)
    cells = {cell: tuple(listed) for cell, listed in by_row.items()}
    return NameIndex(tuple(entries), mentions, schemes, homes, source, cells)


def mentions_of(version: Version, segments: Sequence[Span]) -> Sequence[Mention]:
    """Find the names of a version, from the cache where it has not changed."""
    parts = version.text, segments, version.lang
    return records.kept("mentions", parts, lambda: find(*parts), (Mention, NameWord, Span))


def _linked(forms: Sequence[Form], source: str | None, chosen: Sequence[Sequence[Node]]) -> Sequence[Group]:
    """Group the forms, from the cache where they stand in the rows where they stood."""
    made_of = source, chosen, *((f.version, f.key, f.text, f.rows, sorted(f.neighbours)) for f in forms)
    return records.kept("linked names", made_of, lambda: link(forms, source, chosen), (Group,))


def right_form(names: NameIndex, entry: Entry, version: str) -> str | None:
    """Return how a version should write a name: as it does elsewhere, as other versions do, by its scheme.

    None where there is no source to go by.
    """
    mains = [entry.main(id) for id in (version, *sorted(names.mentions)) if id != names.source]
    lemma = entry.group.lemma
    for main in mains:
        if main and (not lemma or likeness(main.key, lemma) > 0):
            return main.text
    if not lemma or names.source is None:
        return None
    return settled_form(lemma) or romanise(lemma, names.schemes.get(version) or "modern English").capitalize()


def _is_word(entry: Entry, source: str | None) -> bool:
    """Tell whether an entry is a dictionary word with a capital (Volume, Правительство), not a name.

    Beside a source that has no name there (God, the Government) it is one however often it stands.
    """
    if entry.known or any(key in peoples() for _, key in entry.group.nodes):
        return False
    translated = [s for id, spelled in entry.spellings.items() if id != source for s in spelled]
    if not translated:
        best = parses(entry.group.lemma)[0] if entry.group.lemma else None
        return best is not None and best.is_known and not is_known_name(entry.group.lemma)
    return not entry.group.lemma and all(
        all(is_common(part) for part in s.text.split("-")) and ("-" in s.text or source is not None or len(s) <= 2)
        for s in translated
    )


def _forms(
    collation: Collation, version: Version, mentions: Iterable[Mention]
) -> Iterator[tuple[Form, list[NameWord]]]:
    lang = version.lang
    found: defaultdict[str, list[NameWord]] = defaultdict(list)
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.common and not (len(mention.words) == 1 and look_up(mention.words[0].text)) and lang != SOURCE:
            continue
        for word in mention.words:
            if len(word.text) < 3 or re.fullmatch(r"[IVXLCDM]+", word.text):
                continue
            known = look_up(word.text) or is_given_name(word.text)
            if lang != SOURCE and len(mention.words) > 1 and is_common(word.text, lang) and not known:
                continue
            found[word.lemma].append(word)
            neighbours[word.lemma] |= {w.lemma for w in mention.words if w is not word} | set(mention.titles)
    for key, words in found.items():
        written = Counter(w.text for w in words).most_common(1)[0][0]
        text = key if lang == SOURCE and not written.isupper() else written
        if text.islower() or (text.isupper() and len(text) > 5):
            text = "-".join(
                part if part in ("эль", "аль", "оглы") else part.capitalize() for part in text.lower().split("-")
            )
        rows = tuple(collation.number_at(version.id, w.span.start) for w in words)
        yield Form(version.id, key, text, rows, frozenset(neighbours[key])), words


def _nodes(row: Mapping[str, str], forms: Mapping[Node, Form]) -> list[Node]:
    """Read a row of an edited table back: the spellings that it lists, as far as the versions still have them.

    A row that lists none, written by hand, stands for its name wherever that is found.
    """
    nodes = []
    for id, cell in row.items():
        for text in (cell or "").split(";"):
            node = (id, fold(re.sub(r"\s*\(\d+\)\s*$", "", text).strip()))
            if node in forms:
                nodes.append(node)
    return nodes or [node for node in forms if node[1] == fold(row.get("name", "").strip())]


def _pairs(
    groups: Iterable[Group], forms: Mapping[Node, Form], id: str, source: str | None
) -> list[tuple[str, str, int]]:
    """Pair the lemma of each group with its spellings in a version, and how often each stands."""
    return [
        (group.lemma, forms[node].text, len(forms[node].rows))
        for group in groups
        if group.lemma
        for node in group.nodes
        if node[0] == id and not settled_in_english(group.lemma)
    ]


def settled_in_english(lemma: str) -> bool:
    """Tell whether English has its own form of a name, which no scheme makes: Moscow, Alexander, Trotsky."""
    return bool(look_up(lemma)) or lemma in lands() or lemma.isascii()


def _entry(
    group: Group,
    forms: Mapping[Node, Form],
    places: Mapping[Node, tuple[Place, ...]],
    versions: Sequence[str],
    source: str | None,
    schemes: Mapping[str, str],
    proposals: Mapping[Node, str],
) -> Entry:
    lemma = group.lemma
    spellings: dict[str, tuple[Spelling, ...]] = {}
    for id in versions:
        nodes = [node for node in group.nodes if node[0] == id]
        nodes.sort(key=lambda node: (-len(places[node]), places[node][0].span))
        if nodes:
            spellings[id] = tuple(
                Spelling(
                    forms[n].text,
                    n[1],
                    places[n],
                    forms[n].rows,
                    forms[n].neighbours,
                    fits(lemma, forms[n].text) if lemma and id != source else (),
                )
                for n in nodes
            )
    known = _known(group, forms, source)
    proposed, why, settled = _propose(spellings, source, lemma, known, schemes, proposals)
    return Entry(
        forms[source, lemma].text if source and lemma else proposed,
        _kind(group, known),
        spellings,
        proposed,
        why,
        group,
        known,
        settled,
    )


def _known(group: Group, forms: Mapping[Node, Form], source: str | None) -> Known | None:
    for text in [group.lemma, *(forms[n].key for n in group.nodes if n[0] != source)]:
        for entry in look_up(text) if text else ():
            return entry
    return None


def _kind(group: Group, known: Known | None) -> str:
    if known:
        return known.kind
    if any(is_people(key) for _, key in group.nodes):
        return "people"
    return "place" if any(key in peoples() for _, key in group.nodes) else "name"


def _propose(
    spellings: Mapping[str, tuple[Spelling, ...]],
    source: str | None,
    lemma: str,
    known: Known | None,
    schemes: Mapping[str, str],
    proposals: Mapping[Node, str],
) -> tuple[str, str, bool]:
    """Choose the form to print, and say why: the editor's, else the authority file's, else the commonest."""
    counted: Counter[str] = Counter()
    for id, spelled in spellings.items():
        for spelling in spelled:
            if proposed := proposals.get((id, spelling.key)):
                return proposed, "chosen by the editor", True
            if id != source:
                counted[spelling.text] += len(spelling)
    if not counted:
        scheme = next((s for s in schemes.values() if s), "modern English")
        return romanise(lemma, scheme).capitalize(), f"no version has it; so in the scheme {scheme}", False
    oblique = oblique_spellings(lemma) if lemma and not lemma.isascii() else frozenset[str]()
    whole = [
        t
        for t in counted
        if not any(ending_left(other, t) or derived(other, t) for other in counted if other != t)
        and plain(t) not in oblique
    ]
    fitting = {s.text for spelled in spellings.values() for s in spelled if s.schemes}
    order = sorted(whole or counted, key=lambda t: (-counted[t], t not in fitting, t))
    if known and known.kind != "given":
        listed = {look.casefold(): look for look in known.latin}
        listed_forms = sorted(
            (t for t in order if t.casefold() in listed), key=lambda t: (-counted[t], t != known.modern)
        )
        if listed_forms:
            best = listed_forms[0]
            return best, f"commonest of the listed forms; see {known.source}", False
        if len(known.modern.split()) == 1:
            return (
                (known.old[0] if known.old and known.kind == "place" else known.modern),
                f"the listed form; see {known.source}",
                False,
            )
    if any(
        schemes.get(id) in s.schemes
        for id, spelled in spellings.items()
        for s in spelled
        if s.text == order[0] and schemes.get(id)
    ):
        return order[0], "commonest, and fits the version’s scheme", False
    return order[0], "commonest", False
