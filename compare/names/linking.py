"""Linking: which spellings are one name, by likeness, by standing in the same rows, and by what is known.

With a source every spelling seeks its Cyrillic lemma among those of its rows. Without one, spellings of different
versions are linked through the rows that they share, and those of one version by likeness and neighbours alone.
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz.distance import OSA, Levenshtein

from compare.names.agreement import differs, has_known_forms, likeness, two_bearers
from compare.names.authority import look_up, one_name
from compare.names.edit_model import letters
from compare.names.exonyms import one_bearer
from compare.names.inflection import ending_left, is_people, peoples, related
from compare.names.romanisation import habitual, plain, romanise, sound
from compare.names.similarity import word_logit

#: Log odds that are added to the likeness of two spellings of one version: most look-alikes in a book are two names.
_PRIOR = -3.0
#: What is added where they have the same neighbours, one is rare, they share a row, or they alternate through the text.
_NEIGHBOURS, _RARE, _TOGETHER, _INTERLEAVED = 1.5, 0.5, -2.5, -2.0
#: Likeness, in log odds, of a frequent name and a rare spelling one slip of the pen away; of a name with a case ending.
_SLIP, _ENDING = 3.5, 5.0
#: The same for two spellings that differ in habits of romanisation alone.
_HABIT = 5.0
#: Consonants that a reader of type or handwriting takes for each other.
_LOOK_ALIKE = tuple(map(set, "nu hb ct rn nv lt fs gq sz".split()))
#: Least likeness of a spelling and a lemma or spelling of the same rows, whatever their neighbours.
_LEAST = -5.0
#: What an editor has joined outweighs every likeness; a spelling shared, and a known identity, come next.
_CERTAIN = 12.0

#: A version's id and a folded spelling; the source's spellings are its lemmas.
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling in one version: the rows where it stands (one for each occurrence), and its neighbours.

    These are the other words and the titles of the names that it is part of.
    """

    version: str
    key: str
    text: str
    rows: tuple[int, ...]
    neighbours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """Spellings of one name, the source's lemma if known, and the ties (log odds, node, node) that made it one."""

    lemma: str
    nodes: tuple[Node, ...]
    ties: tuple[tuple[float, Node, Node], ...]

    def odds(self, a: Node, b: Node) -> float:
        """Return the log odds that two of the spellings are one name: the weakest tie between them."""
        reached, edge = {a: math.inf}, [a]
        while edge:
            node = edge.pop()
            for odds, x, y in self.ties:
                for here, there in ((x, y), (y, x)):
                    if here == node and there not in reached:
                        reached[there] = min(reached[node], odds)
                        edge.append(there)
        return reached.get(b, -math.inf)


def link(forms: Sequence[Form], source: str | None, chosen: Iterable[Sequence[Node]] = ()) -> list[Group]:
    """Group the forms; each stands in exactly one group. `chosen`: an editor's groups, which stay separate."""
    home = _Homes({(f.version, f.key): f for f in forms}, source)
    for nodes in chosen:
        home.settle(nodes)
    edges = [*_to_source(forms, source), *_across(forms, source), *_known(forms, source), *_inside(forms, source)]
    for odds, a, b in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        home.join(a, b, odds)
    for odds, a, b in [*_anywhere(forms), *_left_over(forms, home)]:
        home.join(a, b, odds)
    return home.groups()


class _Homes:
    """Disjoint groups that refuse to hold two lemmas, a spelling of another name, or two that an editor separated."""

    def __init__(self, forms: Mapping[Node, Form], source: str | None) -> None:
        self._parent = {node: node for node in forms}
        self._ties: dict[Node, list[tuple[float, Node, Node]]] = {node: [] for node in forms}
        self._lemmas = {node: {node[1]} if node[0] == source else set() for node in forms}
        self._spellings = {node: set() if node[0] == source else {node[1]} for node in forms}
        self._settled: set[Node] = set()

    def root(self, node: Node) -> Node:
        while self._parent[node] != node:
            node = self._parent[node]
        return node

    def has(self, node: Node, version: str) -> bool:
        """Tell whether the group of a node holds a spelling of a version."""
        root = self.root(node)
        return any(other[0] == version and self.root(other) == root for other in self._parent)

    def settle(self, nodes: Sequence[Node]) -> None:
        """Make one group of the nodes, whatever they are; it joins no other group that is settled."""
        for node in nodes:
            x, y = sorted((self.root(nodes[0]), self.root(node)))
            self._unite(x, y, (_CERTAIN, nodes[0], node))
        self._settled.add(self.root(nodes[0]))

    def join(self, a: Node, b: Node, odds: float) -> None:
        """Make one group of those of two nodes, unless they refuse."""
        x, y = sorted((self.root(a), self.root(b)))
        lemmas = self._lemmas[x] | self._lemmas[y]
        refused = {x, y} <= self._settled or (len(lemmas) > 1 and not _one_entry(lemmas))
        if x != y and not refused and not self._contradicts(x, y, lemmas):
            self._unite(x, y, (odds, a, b))

    def _contradicts(self, x: Node, y: Node, lemmas: Iterable[str]) -> bool:
        """Tell whether a spelling of the two groups is another name than the source's, which has a form that fits.

        A Russian surname has, and what the tables list; any other name if a spelling of the groups writes it. What none
        of them writes may have the settled form of another language: Rehoboam, Ровоам.
        """
        spellings = self._spellings[x] | self._spellings[y]
        return any(
            two_bearers(spelling, lemma)
            or (differs(spelling, lemma) and (has_known_forms(lemma) or any(likeness(s, lemma) > 0 for s in spellings)))
            for lemma in lemmas
            for spelling in sorted(spellings)
        )

    def _unite(self, x: Node, y: Node, tie: tuple[float, Node, Node]) -> None:
        if x == y:
            return
        self._parent[y] = x
        if y in self._settled:
            self._settled.add(x)
        self._lemmas[x] = self._lemmas[x] | self._lemmas[y]
        self._spellings[x] = self._spellings[x] | self._spellings[y]
        self._ties[x] += [*self._ties[y], tie]

    def groups(self) -> list[Group]:
        members: defaultdict[Node, list[Node]] = defaultdict(list)
        for node in sorted(self._parent):
            members[self.root(node)].append(node)
        return [
            Group(min(self._lemmas[root], default=""), tuple(nodes), tuple(self._ties[root]))
            for root, nodes in members.items()
        ]


def _one_entry(names: Iterable[str]) -> bool:
    entries = [{entry for entry in look_up(name) if entry.kind != "given"} for name in names]
    return bool(set.intersection(*entries))


def _two_entries(a: str, b: str) -> bool:
    """Tell whether the authority file has both names, and apart: Anna, Arina."""
    return bool(look_up(a)) and bool(look_up(b)) and not one_name(a, b)


def _shared(a: Form, b: Form, rows_of: Mapping[Node, frozenset[int]], total: int) -> float:
    """Return the log odds that the rows two forms share suggest one name: pointwise mutual information, shrunk."""
    here, there = rows_of[a.version, a.key], rows_of[b.version, b.key]
    both = len(here & there)
    if not both:
        return -math.inf
    expected = len(here) * len(there) / total
    missed = len(here) - both
    return 2.0 * math.log((both + 0.5) / (expected + 0.5)) * both / (both + 1) - 1.5 * missed / (both + missed)


def _best_matches(ones: Sequence[Form], others: Sequence[Form], total: int) -> Iterator[tuple[float, Node, Node]]:
    """Pair each form with the form of the other version that fits best in likeness and rows."""
    rows_of = {(f.version, f.key): frozenset(f.rows) for f in (*ones, *others)}
    by_row: defaultdict[int, list[Form]] = defaultdict(list)
    for other in others:
        for row in sorted(set(other.rows)):
            by_row[row].append(other)
    for form in ones:
        met = Counter(o.key for row in sorted(set(form.rows)) for o in by_row[row])
        best: tuple[float, str] | None = None
        for other in dict.fromkeys(o for row in sorted(set(form.rows)) for o in by_row[row]):
            # Only those met often, or in a single row, are worth computing.
            if met[other.key] * 4 < max(met.values()) and met[other.key] < 3:
                continue
            if not _resemble(form.key, other.key):
                continue
            alike = likeness(form.key, other.key)
            value = alike + _shared(form, other, rows_of, total)
            if alike > _LEAST and value > 0 and (best is None or value > best[0]):
                best = value, other.key
        best = best or _inseparable(form, by_row, met)
        if best:
            yield best[0], (form.version, form.key), (others[0].version, best[1])


def _inseparable(form: Form, by_row: Mapping[int, Sequence[Form]], met: Counter[str]) -> tuple[float, str] | None:
    """Return the one name that a form unlike any other always meets, and that nearly always meets it: Joshua, Иисус."""
    rows = set(form.rows)
    always = [key for key, rows_met in met.items() if rows_met >= 4 and rows_met >= 0.75 * len(rows)]
    if len(always) != 1 or is_people(form.key) or form.key in peoples():
        return None
    everywhere = {row for row, others in by_row.items() if any(o.key == always[0] for o in others)}
    return (1.0, always[0]) if len(rows & everywhere) >= 0.75 * len(everywhere) else None


@functools.lru_cache(1 << 18)
def _resemble(a: str, b: str) -> bool:
    """Tell quickly whether two names could be one at all."""
    x, y = (plain(romanise(name, "BGN/PCGN")) for name in (a, b))
    return (
        Levenshtein.normalized_similarity(x, y) >= 0.35
        or bool(look_up(a) and one_name(a, b))
        or a in peoples()
        or one_bearer(a, b)
    )


def _by_version(forms: Iterable[Form]) -> dict[str, list[Form]]:
    found: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        found[form.version].append(form)
    return dict(found)


def _total(forms: Iterable[Form]) -> int:
    return max((row for f in forms for row in f.rows), default=1)


def _to_source(forms: Sequence[Form], source: str | None) -> Iterator[tuple[float, Node, Node]]:
    versions = _by_version(forms)
    for id, ones in versions.items():
        if source in versions and id != source:
            yield from _best_matches(ones, versions[source], _total(forms))


def _across(forms: Sequence[Form], source: str | None) -> Iterator[tuple[float, Node, Node]]:
    """Link the translations to each other: the same spelling anywhere, else the best match in the rows they share."""
    versions = {id: ones for id, ones in _by_version(forms).items() if id != source}
    total = _total(forms)
    for a, b in combinations(sorted(versions), 2):
        there = {f.key for f in versions[b]}
        for form in versions[a]:
            if form.key in there:
                yield _CERTAIN - 1, (a, form.key), (b, form.key)
        ones = [f for f in versions[a] if f.key not in there]
        here = {f.key for f in versions[a]}
        others = [f for f in versions[b] if f.key not in here]
        if others:
            for value, one, other in _best_matches(ones, others, total):
                if not related(one[1], other[1]):
                    yield value - 1, one, other


def _known(forms: Sequence[Form], source: str | None) -> Iterator[tuple[float, Node, Node]]:
    """Link what one entry of the authority file lists; given names, which are many people's, are left to likeness."""
    by_entry: defaultdict[int, list[Node]] = defaultdict(list)
    for form in forms:
        for entry in look_up(form.key):
            if entry.kind != "given":
                by_entry[id(entry)].append((form.version, form.key))
    for nodes in by_entry.values():
        for a, b in combinations(nodes, 2):
            yield _CERTAIN - 2, a, b


def _anywhere(forms: Sequence[Form]) -> Iterator[tuple[float, Node, Node]]:
    """Link spellings of different versions with the same consonants that are most alike, though they share no row."""
    blocks: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        blocks[sound(romanise(form.key, "BGN/PCGN"))].append(form)
    for block in blocks.values():
        for a, b in combinations(block, 2):
            if (
                a.version != b.version
                and a.key != b.key
                and not related(romanise(a.key, "BGN/PCGN"), romanise(b.key, "BGN/PCGN"))
            ):
                odds = likeness(a.key, b.key) + _PRIOR
                if odds > 0:
                    yield odds, (a.version, a.key), (b.version, b.key)


def _left_over(forms: Sequence[Form], home: _Homes) -> list[tuple[float, Node, Node]]:
    """Link what is left over: in two versions' cells of a row one name each that the other lacks, and these look alike.

    So a misreading (Kirinshkin for Kirushkin), which no model of romanisation explains, still finds its name.
    """
    by_row: defaultdict[int, defaultdict[str, dict[Node, Form]]] = defaultdict(lambda: defaultdict(dict))
    for form in forms:
        for row in form.rows:
            by_row[row][form.version][form.version, form.key] = form
    ties: dict[tuple[Node, Node], float] = {}
    for row in sorted(by_row):
        for a, b in combinations(sorted(by_row[row]), 2):
            here, there = by_row[row][a], by_row[row][b]
            roots = {home.root(n) for n in here}, {home.root(n) for n in there}
            ones = [n for n in here if home.root(n) not in roots[1] and not home.has(n, b)]
            others = [n for n in there if home.root(n) not in roots[0] and not home.has(n, a)]
            if len(ones) != 1 or len(others) != 1:
                continue
            [one], [other] = ones, others
            x, y = (plain(romanise(key, "BGN/PCGN")) for _, key in (one, other))
            rare = max(len(here[one].rows), len(there[other].rows)) <= 3
            alike = Levenshtein.normalized_similarity(x, y)
            if rare and alike >= 0.6 and x[0] == y[0] and not related(x, y) and not _two_entries(one[1], other[1]):
                ties[one, other] = 10 * (alike - 0.5)
    return sorted(((odds, a, b) for (a, b), odds in ties.items()), key=lambda tie: (-tie[0], tie[1], tie[2]))


def _inside(forms: Sequence[Form], source: str | None) -> Iterator[tuple[float, Node, Node]]:
    """Link the spellings of one version that are alike enough to need no other evidence."""
    for id, ones in _by_version(forms).items():
        if id != source:
            for a, b in candidates(ones):
                odds = inside_odds(a, b)
                if odds > 0:
                    yield odds, (id, a.key), (id, b.key)


def candidates(forms: Sequence[Form]) -> list[tuple[Form, Form]]:
    """Pair forms that share a stretch of consonants or letters; the rest cannot be one name."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        heard, seen = sound(form.key), plain(form.key)
        for block in {heard[:2], "-" + heard[1:3], "^" + seen[:3], seen[-3:] + "$"}:
            blocks[block].append(i)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    return [(forms[i], forms[j]) for i, j in sorted(pairs)]


def inside_odds(a: Form, b: Form) -> float:
    """Return the log odds that two spellings of one version are one name."""
    x, y = plain(a.key), plain(b.key)
    if is_people(a.key) or is_people(b.key) or min(len(x), len(y)) < 3:
        return -math.inf
    if ending_left(a.key, b.key) or ending_left(b.key, a.key):
        return _ENDING + (_NEIGHBOURS if a.neighbours & b.neighbours else -_NEIGHBOURS - 2)
    if related(a.key, b.key) or _one_more(x, y) or _one_more(y, x):
        return -math.inf
    if _two_entries(a.key, b.key):
        return -math.inf
    odds = word_logit(letters(a.key), letters(b.key)) + _PRIOR
    if habitual(a.key) == habitual(b.key) and min(len(x), len(y)) > 3:
        odds = max(odds, _HABIT + _PRIOR)
    many, few = max(len(a.rows), len(b.rows)), min(len(a.rows), len(b.rows))
    if min(len(x), len(y)) <= 3 or x in peoples() or y in peoples():
        odds -= 2
    if few <= 2 and many >= 5 * few and _is_slip(x, y):
        odds = max(odds, _SLIP + _PRIOR)
    if a.neighbours & b.neighbours:
        odds += _NEIGHBOURS
    if few <= 3:
        odds += _RARE
    elif few >= 5 and _interleaved(a.rows, b.rows):
        odds += _INTERLEAVED
    if set(a.rows) & set(b.rows):
        odds += _TOGETHER
    return odds


def _one_more(x: str, y: str) -> bool:
    """Tell whether a name is another with one more letter, unless that doubles the last: Mari, Marin; not Lem, Lemm."""
    return x == y[:-1] and y[-1:] != x[-1:]


def _is_slip(x: str, y: str) -> bool:
    """Tell whether two long names are one slip of pen or press apart, between the first letter and the ending.

    A consonant for another makes another name (Hezron, Hebron) unless the two look alike.
    """
    if min(len(x), len(y)) < 6 or x[0] != y[0] or x[-2:] != y[-2:] or OSA.distance(x, y) != 1:
        return False
    changed = {c for a, b in zip(x, y, strict=False) if a != b for c in (a, b)} if len(x) == len(y) else set()
    return len(changed) != 2 or bool(changed & set("aeiouy")) or sorted(x) == sorted(y) or changed in _LOOK_ALIKE


def _interleaved(a: Sequence[int], b: Sequence[int]) -> bool:
    """Tell whether two names alternate through the text, as two people do and one person's spellings seldom."""
    order = [which for _, which in sorted([*((row, 0) for row in a), *((row, 1) for row in b)])]
    changes = sum(x != y for x, y in pairwise(order))
    return changes > 0.5 * 2 * len(a) * len(b) / (len(a) + len(b))
