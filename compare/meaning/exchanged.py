"""Small words exchanged for their opposites: he for she, must for may, all for some; told by counts, class by class.

Two faithful versions have about as many words of such a class. Where one has a word more of the one class and a word
fewer of the other than every text beside it, the word was exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compare.meaning.coverage import Cover, coverage
from compare.meaning.wording import CLASSES, Cell, Forms, wording
from compare.values import Collation, Place

#: Pairs of classes of which the one is never a free rendering of the other.
PERSONS = (("he", "she"),)
OPPOSITES = (
    ("duty", "power"),
    ("future", "power"),
    ("future", "duty"),
    ("every", "few"),
    ("many", "few"),
    ("more", "less"),
)
#: Words that belong to both ends, or to neither for sure, and prove nothing.
_UNSURE = frozenset("any whole целый little long самый сам always всегда able can could shall need станет".split())
#: Beside these a word says less, more or the opposite of what it says alone.
_TURNED = frozenset("a not no n't quite не ни нет cannot than".split())
#: How near a word must stand to bear an exchange out.
_NEAR = 4
#: Dictionary forms that the classes lack.
_MORE = {"duty": frozenset(("должный",))}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word of a version, and for each text beside it the word that stands in its place; both by index."""

    row: int
    version: str
    at: int
    for_: Mapping[str, int]
    classes: tuple[str, str]
    """The class of the word, and that of those in its place."""


def exchanges(collation: Collation, pairs: Sequence[tuple[str, str]], source: bool) -> Iterator[Exchange]:
    """Find the words exchanged. `source`: whether the source has a voice."""
    made, cover = wording(collation), coverage(collation)
    for i in range(len(collation.rows)):
        cells = {
            v.id: cell
            for v in collation.work.versions
            if (cell := made.cells[v.id][i]) and (source or v.role != "source")
        }
        for version in cells:
            others = [t for t in cells if t != version]
            if collation.work.version(version).role == "source" or not others:
                continue
            for one, two in (*pairs, *((b, a) for a, b in pairs)):
                mine = _found(cells[version], made.forms, one, two)
                theirs = {t: _found(cells[t], made.forms, one, two) for t in others}
                # the source may say it by other means, of which it then shows none
                theirs = {t: x for t, x in theirs.items() if x or collation.work.version(t).role != "source"}
                if not theirs or any(
                    _count(mine, one) <= _count(x, one) or _count(mine, two) >= _count(x, two) for x in theirs.values()
                ):
                    continue
                for at in [k for k, name in mine if name == one]:
                    facing = {t: _facing(mine, x, at, one, two) for t, x in theirs.items()}
                    if all(k is not None and _parallel(cover[version, t][i], at, k) for t, k in facing.items()):
                        yield Exchange(i, version, at, {t: k for t, k in facing.items() if k is not None}, (one, two))
                        break


def places(collation: Collation, found: Exchange) -> tuple[Place, ...]:
    """Return the word exchanged, then what the other texts have in its place."""
    out = []
    for text, at in {found.version: found.at, **found.for_}.items():
        cell = wording(collation).cells[text][found.row]
        assert cell is not None
        start, word = collation.rows[found.row].spans[text].start, cell.words[at]
        out.append(collation.place(text, start + word.start, start + word.end))
    return tuple(out)


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
        if word in _UNSURE or base in _UNSURE or _TURNED & {*keys[max(k - 1, 0) : k], *keys[k + 1 : k + 2]}:
            continue
        for name in (one, two):
            if {word, base} & (CLASSES[name] | _MORE.get(name, frozenset())):
                out.append((k, name))
                break
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
