"""Exonyms: names whose English form is settled and does not follow the letters of the Russian (Литва is Lithuania)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from compare.names.authority import authority, fold
from compare.names.gazetteer import one_town
from compare.names.inflection import lands, peoples
from compare.names.romanisation import SCHEMES, plain, romanise
from compare.words import key


@dataclass(frozen=True, slots=True)
class Bearer:
    """What has a settled name: `kind` (place, figure, given), its forms in Russian, small, and in English, folded."""

    kind: str
    russian: tuple[str, ...]
    english: tuple[str, ...]
    shown: str
    """The English form as it is printed."""


@functools.cache
def _all() -> tuple[Bearer, ...]:
    """Read the table; the places and given names of the authority file are added to its own."""
    lines = files("compare.names").joinpath("exonyms.tsv").read_text("utf-8").splitlines()
    _, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    listed = [(kind, russian.split("; "), english.split("; ")) for kind, russian, english in rows]
    listed += [(known.kind, [*known.cyrillic], [*known.latin]) for known in authority() if known.kind != "person"]
    return tuple(
        Bearer(kind, tuple(map(str.lower, russian)), tuple(map(fold, english)), english[0])
        for kind, russian, english in listed
    )


@functools.cache
def _bearers() -> Mapping[str, frozenset[Bearer]]:
    """Map each folded form to what has it."""
    found: defaultdict[str, set[Bearer]] = defaultdict(set)
    for bearer in _all():
        for form in (*bearer.russian, *bearer.english):
            found[fold(form)].add(bearer)
    return {form: frozenset(bearers) for form, bearers in found.items()}


def bearers(name: str) -> frozenset[Bearer]:
    """Return what has a name, in either language; nothing for a name that the tables lack."""
    return _bearers().get(fold(name), frozenset())


def english_forms(name: str) -> frozenset[str]:
    """Return the folded English forms of a name: `english_forms("Литва") == {"lithuania", "litva"}`."""
    return frozenset(form for bearer in bearers(name) for form in bearer.english)


def settled_form(name: str) -> str | None:
    """Return the English form of a place, if it has one to print: `settled_form("литва") == "Lithuania"`."""
    forms = {each.shown for each in bearers(name) if each.kind == "place"}
    return min(forms) if len(forms) == 1 else None


def is_place(name: str) -> bool:
    """Tell whether a name is listed as that of a place."""
    return any(each.kind == "place" for each in bearers(name))


def one_bearer(a: str, b: str) -> bool:
    """Tell whether two forms are names of one place or figure: Литва, Lithuania. Given names have many bearers."""
    return any(each.kind != "given" for each in bearers(a) & bearers(b)) or one_town(a, b)


def two_places(a: str, b: str) -> bool:
    """Tell whether two names are those of places, and of no place both: Литва, Latvia.

    Lands and their peoples count as one: Турция, Turks.
    """
    ones, others = ({each for each in bearers(name) if each.kind == "place"} for name in (a, b))
    if not ones or not others or ones & others or one_town(a, b):
        return False
    mine, theirs = (lands().get(key(name)) or peoples().get(fold(name)) for name in (a, b))
    return mine is None or mine != theirs


@functools.cache
def _given_names() -> Mapping[str, frozenset[Bearer]]:
    """Map each given name, small, in Russian or in Latin letters by some scheme, to what it is listed under."""
    found: defaultdict[str, set[Bearer]] = defaultdict(set)
    for bearer in _all():
        if bearer.kind == "given":
            for form in (*bearer.russian, *bearer.english, *_romanised(bearer.russian)):
                found[form].add(bearer)
    return {form: frozenset(bearers) for form, bearers in found.items()}


def _romanised(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(plain(romanise(form, scheme)) for form in forms for scheme in SCHEMES)


def is_given_name(word: str) -> bool:
    """Tell whether a Latin word writes a Russian given name or its pet form in some scheme: Semen, Yuri."""
    return plain(word) in _given_names()


def two_given_names(a: str, b: str) -> bool:
    """Tell whether two words are full given names, in either script, and by no listing of one person: Yulia, Илья."""
    ones, others = _bearers_in_full(a), _bearers_in_full(b)
    return bool(ones and others and not ones & others)


@functools.lru_cache(1 << 16)
def _bearers_in_full(name: str) -> frozenset[Bearer]:
    """Return all that may bear a given name; nothing for one that is only a pet form, for these have many bearers."""
    form = plain(name)
    found = _given_names().get(form, frozenset())
    full = any(form in (each.russian[0], *each.english, *_romanised(each.russian[:1])) for each in found)
    return found if full else frozenset()
