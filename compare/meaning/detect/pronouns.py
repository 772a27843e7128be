"""Pronouns exchanged: he for she.

Found by counts: two faithful versions have about as many of each. Where one has a word more of the one class and a word
fewer of the other than every text beside it, the word was exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compare.values import Place
from compare.wordalign.aligned_words import AlignedWords, Cover
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

    row_index: int
    version: str
    at: int
    for_: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ExchangedPronoun(Exchange):
    """A pronoun exchanged."""

    classes: tuple[str, str]
    """The class of the word, and that of those in its place."""


def exchanged_pronouns(aligned: AlignedWords) -> Iterator[ExchangedPronoun]:
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
                mine = _pronouns(cells[version], aligned.forms, one, two)
                theirs = {t: _pronouns(cells[t], aligned.forms, one, two) for t in others}
                if any(
                    _count(mine, one) <= _count(x, one) or _count(mine, two) >= _count(x, two) for x in theirs.values()
                ):
                    continue
                for at in [k for k, name in mine if name == one]:
                    facing = {t: _counterpart(mine, x, at, one, two) for t, x in theirs.items()}
                    if all(k is not None and _is_linked_nearby(cover[version, t][i], at, k) for t, k in facing.items()):
                        yield ExchangedPronoun(
                            i, version, at, {t: k for t, k in facing.items() if k is not None}, (one, two)
                        )
                        break


def places(aligned: AlignedWords, found: Exchange) -> tuple[Place, ...]:
    """Return the word exchanged, then what the other texts have in its place."""
    words = {found.version: found.at, **found.for_}
    return tuple(aligned.place(text, found.row_index, at, at + 1) for text, at in words.items())


def agreement(aligned: AlignedWords, found: Exchange, texts: Iterable[str]) -> float:
    """How far the version and texts agree about what was exchanged, 0 to 1."""
    return aligned.agreement(found.row_index, found.version, {t: (found.at, found.for_[t]) for t in texts})


def _is_linked_nearby(cover: Cover | None, at: int, there: int) -> bool:
    """Tell whether a word near the one is covered by a word near the other."""
    near = range(max(at - _NEAR, 0), at + _NEAR + 1)
    return cover is not None and any(
        cover.at[k] >= 0 and cover.share[k] >= 0.5 and abs(cover.at[k] - there) <= 2 * _NEAR
        for k in near
        if k < len(cover.at)
    )


def _pronouns(cell: Cell, forms: Forms, one: str, two: str) -> list[tuple[int, str]]:
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


def _counterpart(
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
