"""What a word says of a number, by the tables of its language: by its form, its lemma, or its parts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from compare.lang import language
from compare.lang.numerals import HALF, Number, Numerals
from compare.words import key, readings

Kind = Literal["cardinal", "ordinal", "scale", "doubtful scale", "fraction", "decade", "implied", "hour"]

#: Compound words that count less than this are often said otherwise: four-cornered, square.
_COUNTED = 5
#: Letters of first members that are hardly anything else.
_CLEAR = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A number word: the numbers that it may stand for, the likeliest first.

    `loose`: one may say it without counting. `low`: only a smaller number may follow and be added.
    """

    kind: Kind
    readings: tuple[Fraction, ...]
    loose: bool
    low: Fraction = Fraction(0)
    unit: str = ""
    """The unit of measure that is in the word itself: «семнадцатилетний»."""

    @property
    def value(self) -> Fraction:
        return self.readings[0]


@functools.lru_cache(1 << 17)
def entry(word: str, lang: str) -> Entry | None:
    """Look a word up: `entry("двухсот", "ru").value == 200`; None for a word that is no number.

    A language without tables has none.
    """
    tables = language(lang).numerals
    if tables is None:
        return None
    form = respelled(word, lang)
    listed = (_listed(each, tables, form in tables.loose) for each in (form, *_likely(form, lang)))
    if found := next(filter(None, listed), None):
        return found
    if any(readings(form, lang)[0] in units for units in tables.units.values()):
        return None  # «столетие»
    return _compound(form, tables) or _halved(form, tables, lang)


def respelled(word: str, lang: str) -> str:
    """Return the key of a word as the language's tables spell it: «двѣнадцать», «осьмой»."""
    pack = language(lang)
    form = pack.modern(key(word)) if pack.modern else key(word)
    for old, new in pack.numerals.respelling if pack.numerals else ():
        form = re.sub(old, new, form)
    return form


def _likely(form: str, lang: str) -> Iterator[str]:
    """A word is a number if its likeliest reading is: «три» is no imperative, but «семью» is a family."""
    yield readings(form, lang)[0]


def _listed(form: str, tables: Numerals, loose: bool) -> Entry | None:
    loose = loose or form in tables.loose
    listed: tuple[tuple[Kind, dict[str, Number]], ...] = (
        ("cardinal", tables.cardinals),  # type: ignore[assignment]
        ("ordinal", tables.ordinals),
        ("scale", tables.scales),
        ("doubtful scale", tables.doubtful_scales),
        ("decade", tables.decades),
    )
    for kind, table in listed:
        if form in table:
            value = Fraction(table[form])
            return Entry(kind, (value,), loose or value == 1, Fraction(tables.followed_under.get(form, _low(value))))
    if form in tables.fractions:
        return Entry("fraction", (Fraction(tables.fractions[form]),), True)
    if form in tables.implied:
        return Entry("implied", tuple(map(Fraction, tables.implied[form])), True)
    return None


def _low(value: Fraction) -> Fraction:
    """The place of a number: what may follow is smaller; twenty-five, but not fifteen-five."""
    return Fraction(next((place for place in (1000, 100, 10) if value >= max(place, 20)), 1 if value else 0))


def _compound(form: str, tables: Numerals) -> Entry | None:
    """Read a word whose first members are a number: «семнадцатилетний», "threescore"."""
    total, rest = Fraction(0), form
    members = ""
    while first := max((p for p in tables.combining if rest.startswith(p)), key=len, default=None):
        total += tables.combining[first]
        members, rest = members + first, rest.removeprefix(first)
    head = max((h for h in tables.heads if rest.startswith(h)), key=len, default=None)
    if head is None and not (len(members) >= _CLEAR and re.match(tables.compound_ending, rest)):
        return None
    if not total:
        return None
    factor = Fraction(tables.heads[head]) if head else Fraction(1)
    value = total * factor
    low = factor if factor in (20, 1000) else Fraction(0)
    loose = value < _COUNTED or value.denominator > 1
    return Entry("cardinal", (value,), loose, low, tables.head_units.get(head or "", ""))


def _halved(form: str, tables: Numerals, lang: str) -> Entry | None:
    """Read half of a scale or of a begun hour: «полдюжины», «полпятого»."""
    if not tables.half or not form.startswith(tables.half):
        return None
    rest = entry(form.removeprefix(tables.half), lang)
    if rest is None:
        return None
    if rest.kind == "scale" or rest.value >= 100:
        return Entry("cardinal", (rest.value * HALF,), False)
    if rest.kind == "ordinal" and rest.value <= 12:
        return Entry("hour", (rest.value - HALF,), False)
    return None
