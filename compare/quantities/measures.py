"""Measures, a number with its unit, and whether two say the same amount."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from compare.lang import language
from compare.lang.numerals import Numerals
from compare.quantities.lexicon import respelled
from compare.quantities.numbers import Quantity, quantities
from compare.words import Word, readings, words

#: By how much a sound conversion may be rounded: "forty miles" for fifty versts.
_ROUND = {"length": 1.3, "weight": 1.3, "area": 1.3, "money": 1.001, "time": 1.15}
#: In one unit nothing is rounded.
_EXACT = 1.001
#: Between the parts of one measure there is no more than "and".
_BESIDE = 6
#: Between a number and its unit: "forty of the best miles" is none, "half a mile", "forty long miles" are.
_BETWEEN = re.compile(r"[\s\u00a0-]*(?:(?:of\s+)?an?\s+|\w+\s+)?")


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount: its dimension, the unit's lemma, its size in the dimension's own unit, and the number in it.

    `number` is None where "a" or nothing stands for one.
    """

    dimension: str
    unit: str
    size: float
    number: Quantity | None
    start: int
    end: int

    @property
    def unit_size(self) -> float:
        """The size of the unit; of a number and unit in one word, the whole."""
        return self.size / float(self.number.value) if self.number and self.number.value else self.size


def measures(text: str, lang: str, counted: Sequence[Quantity] | None = None) -> tuple[Measure, ...]:
    """List the measures of a text in order: `measures("forty miles off", "en")[0].size == 64373.6`.

    `counted`: its quantities, where they are known.
    """
    tables = language(lang).numerals
    if tables is None:
        return ()
    found = []
    counted = quantities(text, lang) if counted is None else counted
    for word in words(text):
        unit = _unit(word.text, lang)
        if unit is None:
            continue
        dimension, name, size = unit
        number = _number(text, word, counted, tables)
        start = min(word.start, number.start) if number else word.start
        end = max(word.end, number.end) if number else word.end
        value = float(number.value) if number and (number.start, number.end) != (word.start, word.end) else 1.0
        after, more = tables.heights.get(name, ("(?!)", 0.0))
        more = more if re.match(after, text[word.end :].lower()) else 0.0
        found.append(Measure(dimension, name, value * size + more, number, start, end))
    return (*found, *_sums(found))


def _sums(found: Sequence[Measure]) -> Iterator[Measure]:
    """Add up a measure and a smaller one beside it: "two roubles fifty kopecks"."""
    for a, b in pairwise(found):
        small = a.dimension == b.dimension and b.unit_size < a.unit_size and b.number
        if small and 0 <= b.start - a.end <= _BESIDE:
            yield Measure(b.dimension, b.unit, a.size + b.size, b.number, a.start, b.end)


@functools.lru_cache(1 << 16)
def _unit(word: str, lang: str) -> tuple[str, str, float] | None:
    tables = language(lang).numerals
    if tables is None:
        return None
    form = respelled(word, tables)
    names = (*readings(form, lang), form, form.removesuffix("s"))
    for dimension, units in tables.units.items():
        name = next((n for n in names if n in units), None)
        if name:
            return dimension, name, float(units[name])
    if tables.half and form.startswith(tables.half) and (whole := _unit(form.removeprefix(tables.half), lang)):
        return whole[0], whole[1], whole[2] / 2
    return None


def _number(text: str, word: Word, counted: Iterable[Quantity], tables: Numerals) -> Quantity | None:
    """The number of a unit: just before it, or in some languages just after, or in the word itself."""
    for quantity in counted:
        if quantity.kind in ("label", "month"):
            continue
        if (quantity.start, quantity.end) == (word.start, word.end):
            return quantity
        if quantity.start < word.start and word.end < quantity.end:  # "three versts and a half"
            return quantity
        if quantity.end <= word.start and _BETWEEN.fullmatch(text[quantity.end : word.start]):
            return quantity
        if quantity.start >= word.end:
            between = text[word.start : quantity.start].lower().replace("ё", "е")
            if quantity.value < 1 and re.fullmatch(rf"\w+\s+(?:{'|'.join(tables.fraction_joiners)})\s+", between):
                return replace(quantity, value=1 + quantity.value)  # "a rouble and a half"
            if re.fullmatch(tables.number_after_unit, between):
                return quantity
    return None


def agree(a: Measure, b: Measure) -> bool:
    """Tell whether two measures say the same amount, in one unit or by a sound conversion."""
    if a.dimension != b.dimension:
        return False
    low, high = sorted((a.size, b.size))
    return high <= low * (_ROUND[a.dimension] if converted(a, b) else _EXACT)


def converted(a: Measure, b: Measure) -> bool:
    """Tell whether two measures of one dimension are told in units of different size."""
    same = a.number and b.number and abs(a.unit_size - b.unit_size) < 0.01 * a.unit_size
    return a.dimension == b.dimension and not same
