"""Small words exchanged for their opposites: he for she, must for may, is for was.

Persons are told by counts: two faithful versions have about as many of each. Where one has a word more of the one class
and a word fewer of the other than every text beside it, the word was exchanged. Marks of modality, quantity and tense
are told place by place: where all texts that have one in the place mean something else by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compare.meaning.detect.modality import Mark
from compare.values import Place
from compare.wordalign.aligned_words import AlignedWords, Cover, joint
from compare.wordalign.vocabulary import CLASSES, Cell, Forms

#: Classes of pronouns of which the one is never a free rendering of the other.
_PERSONS = (("he", "she"), ("she", "he"))
#: Beside these a word says less, more or the opposite of what it says alone.
_TURNED = frozenset("a not no n't quite не ни нет cannot than".split())
#: How near a word must stand to bear an exchange out.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word of a version, and for each text beside it that has one the word that stands in its place; by index."""

    row: int
    version: str
    at: int
    for_: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Person(Exchange):
    """A pronoun exchanged."""

    classes: tuple[str, str]
    """The class of the word, and that of those in its place."""


@dataclass(frozen=True, slots=True)
class Replaced(Exchange):
    """A mark exchanged."""

    mark: Mark
    by: Mapping[str, Mark]
    """The mark of each text that has one in the place."""
    linked: frozenset[str]
    """The texts in which that mark belongs to the same content word."""


def persons(aligned: AlignedWords) -> Iterator[Person]:
    """Find the pronouns exchanged, the versions being asked and not the source."""
    cover = aligned.covers
    for i in range(len(aligned.collation.rows)):
        cells = {
            v.id: cell
            for v in aligned.collation.work.versions
            if v.role != "source" and (cell := aligned.cells[v.id][i])
        }
        for version in cells:
            others = [t for t in cells if t != version]
            if not others:
                continue
            for one, two in _PERSONS:
                mine = _found(cells[version], aligned.forms, one, two)
                theirs = {t: _found(cells[t], aligned.forms, one, two) for t in others}
                if any(
                    _count(mine, one) <= _count(x, one) or _count(mine, two) >= _count(x, two) for x in theirs.values()
                ):
                    continue
                for at in [k for k, name in mine if name == one]:
                    facing = {t: _facing(mine, x, at, one, two) for t, x in theirs.items()}
                    if all(k is not None and _parallel(cover[version, t][i], at, k) for t, k in facing.items()):
                        yield Person(i, version, at, {t: k for t, k in facing.items() if k is not None}, (one, two))
                        break


#: How far from where a mark would stand another may stand in its place, and one that bears it out.
_BY, _BORNE = 1, 4
#: How surely the content words must be linked.
_SURE = 0.5
#: How often a version may have another mark before it may be its way.
_OFTEN = 5


def replaced(
    aligned: AlignedWords, read: Callable[[str, Cell, Forms], list[Mark]], habit: float = 1.0
) -> list[Replaced]:
    """Find the marks that all other texts which have one in the place replace.

    `habit`: in what share of such places a version may have another before it is its way and no fault.
    """
    found: list[tuple[Replaced, tuple[str, frozenset[str]]]] = []
    faced: Counter[tuple[str, frozenset[str]]] = Counter()
    for i, row in enumerate(aligned.collation.rows):
        cells = {v.id: cell for v in aligned.collation.work.versions if (cell := aligned.cells[v.id][i])}
        marks = {t: read(aligned.collation.cell(row, t), cell, aligned.forms) for t, cell in cells.items()}
        for version in (v for v in cells if aligned.collation.work.version(v).role != "source"):
            faces = {t: _faced(aligned, i, version, t, marks) for t in cells if t != version}
            for mark in marks[version]:
                facing = {t: faces[t][mark] for t in faces}
                by = {t: near for t, (near, _) in facing.items() if near}
                theirs = frozenset.intersection(*(m.senses for m in by.values())) if by else frozenset()
                if theirs:
                    faced[version, theirs] += 1
                if theirs and mark.plain and not any(borne for _, borne in facing.values()):
                    linked = frozenset(t for t, m in by.items() if _linked(aligned.covers[version, t][i], mark, m))
                    for_ = {t: m.at for t, m in by.items()}
                    found.append((Replaced(i, version, mark.at, for_, mark, by, linked), (version, theirs)))
    often = Counter(key for each, key in found if each.linked)
    return [each for each, key in found if often[key] <= max(_OFTEN, habit * faced[key])]


def weight(aligned: AlignedWords, found: Replaced, texts: Iterable[str]) -> int:
    """Weigh what speaks against a mark: two for a word of the source, one for a form of it or another translation."""
    of_source = {t: aligned.collation.work.version(t).role == "source" for t in texts}
    return sum(2 if source and found.by[t].plain else 1 for t, source in of_source.items())


def _faced(
    aligned: AlignedWords, i: int, version: str, text: str, marks: Mapping[str, Sequence[Mark]]
) -> dict[Mark, tuple[Mark | None, bool]]:
    """Choose for each mark the one of a text that stands in its place, and tell whether another there bears it out.

    Of the version's marks the nearest has it.
    """
    link, there = aligned.covers[version, text][i], aligned.cells[text][i]
    if link is None or there is None:
        return dict.fromkeys(marks[version], (None, False))
    far = {(m, n): _apart(m, n, link, len(there.words)) for m in marks[version] for n in marks[text]}
    least = {n: min(far[m, n] for m in marks[version]) for n in marks[text]} if marks[version] else {}
    out: dict[Mark, tuple[Mark | None, bool]] = {}
    for mark in marks[version]:
        borne = any(far[mark, n] <= _BORNE and n.senses & mark.senses for n in marks[text])
        near = [n for n in marks[text] if far[mark, n] == least[n] <= _BY]
        out[mark] = min(near, key=lambda n: (far[mark, n], n.at), default=None), borne
    return out


def _apart(mark: Mark, other: Mark, link: Cover, size: int) -> int:
    """Count the words between a mark and where another would stand, by the neighbours of this or its content word."""
    before, after = joint(link, mark.at, mark.at + 1, size)
    spots = {other.at, other.at if other.on is None else other.on}
    out = min(max(before - k, k - after, 0) for k in spots)
    if mark.on is not None and link.share[mark.on] >= _SURE:
        out = min(out, *(max(abs(k - link.at[mark.on]) - 1, 0) for k in spots))
    return out


def _linked(link: Cover | None, mark: Mark, other: Mark) -> bool:
    if link is None or mark.on is None or other.on is None:
        return False
    return link.at[mark.on] == other.on and link.share[mark.on] >= _SURE


def places(aligned: AlignedWords, found: Exchange) -> tuple[Place, ...]:
    """Return the word exchanged, then what the other texts have in its place."""
    words = {found.version: found.at, **found.for_}
    return tuple(aligned.place(text, found.row, at, at + 1) for text, at in words.items())


def alike(aligned: AlignedWords, found: Exchange, texts: Iterable[str]) -> float:
    """How far the version and texts agree about what was exchanged, 0 to 1."""
    return aligned.agreement(found.row, found.version, {t: (found.at, found.for_[t]) for t in texts})


def _parallel(cover: Cover | None, at: int, there: int) -> bool:
    """Tell whether a word near the one is covered by a word near the other."""
    near = range(max(at - _NEAR, 0), at + _NEAR + 1)
    return cover is not None and any(
        cover.at[k] >= 0 and cover.share[k] >= 0.5 and abs(cover.at[k] - there) <= 2 * _NEAR
        for k in near
        if k < len(cover.at)
    )


def _found(cell: Cell, forms: Forms, one: str, two: str) -> list[tuple[int, str]]:
    """The words of either class, in order."""
    out = []
    keys = [forms.keys[form] for form in cell.forms]
    for k, form in enumerate(cell.forms):
        word, base = forms.keys[form], forms.lemmas[form]
        if not _TURNED & {*keys[max(k - 1, 0) : k], *keys[k + 1 : k + 2]}:
            out += [(k, name) for name in (one, two) if {word, base} & CLASSES[name]][:1]
    return out


def _count(found: Sequence[tuple[int, str]], name: str) -> int:
    return sum(other == name for _, other in found)


def _facing(
    mine: Sequence[tuple[int, str]], theirs: Sequence[tuple[int, str]], at: int, one: str, two: str
) -> int | None:
    """The word of the other class that stands where this one does, the two orders laid side by side."""
    names = [name for _, name in mine], [name for _, name in theirs]
    for tag, a, b, c, d in SequenceMatcher(None, *names, autojunk=False).get_opcodes():
        if tag == "replace":
            for k in range(a, b):
                if mine[k][0] == at:
                    there = theirs[min(c + k - a, d - 1)]
                    return there[0] if there[1] == two else None
    return None
