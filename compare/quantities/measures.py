"""Measures, a number with its unit, and whether two say the same amount."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from compare.lang import language
from compare.lang.numerals import NEVER, Numerals
from compare.quantities.lexicon import entry, respelled
from compare.quantities.numbers import quantities
from compare.quantities.quantity import Quantity
from compare.quantities.text import unmarked
from compare.records import kept_by_cells
from compare.values import Collation, Version
from compare.words import Word, readings

#: By how much a sound conversion may be rounded: "forty miles" for fifty versts.
_ROUND = {"length": 1.3, "weight": 1.3, "area": 1.3, "money": 1.001, "time": 1.15}
#: In one unit nothing is rounded.
_EXACT = 1.001
#: How near a number without its unit is to a sound conversion of the other.
_NEAR = 1.25
#: Between the parts of one measure there is no more than "and".
_DISTANCE = 6
#: Parts of "forty-mile" are words here.
_WORD = re.compile(r"[^\W\d_]+")
#: Dimension, lemma, size with the number that stands in the word, that number: 25 in «двадцатипятирублевая».
_Unit = tuple[str, str, float, float]
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


def measures_of(
    collation: Collation, counted: Mapping[str, Sequence[Sequence[Quantity]]]
) -> Mapping[str, tuple[tuple[Measure, ...], ...]]:
    """List the measures of every version's cells, row by row, from the cache for rows that have not changed.

    `counted`: as `compare.quantities.numbers.quantities_of` lists them.
    """

    def say(version: Version, i: int) -> tuple[Measure, ...]:
        return measures(collation.cell(collation.rows[i], version.id), version.lang, counted[version.id][i])

    return kept_by_cells("measures", collation, say, (Measure, Quantity))


def measures(text: str, lang: str, counted: Sequence[Quantity] | None = None) -> tuple[Measure, ...]:
    """List the measures of a text in order: `measures("forty miles off", "en")[0].size == 64373.6`.

    `counted`: its quantities, where they are known.
    """
    tables = language(lang).numerals
    if tables is None:
        return ()
    counted = quantities(text, lang) if counted is None else counted
    clean = unmarked(text)
    found = []
    for match in _WORD.finditer(clean.text):
        word = Word(match.group(), clean.origin[match.start()], clean.origin[match.end() - 1] + 1)
        if unit := _unit(word.text, lang):
            numbers = _numbers(text, word, counted, tables)
            shared = any(_within(word, number) for number in numbers)
            found += [_measure(text, word, unit, number, shared, tables) for number in numbers or (None,)]
    return (*found, *_sums(found))


def _measure(text: str, word: Word, unit: _Unit, number: Quantity | None, shared: bool, tables: Numerals) -> Measure:
    """Make a measure of a unit and a number; `shared`: the number in the unit's word is one of those given with it."""
    dimension, name, size, held = unit
    start = min(word.start, number.start) if number else word.start
    end = max(word.end, number.end) if number else word.end
    if number and (number.start, number.end) != (word.start, word.end):
        size *= float(number.value) / (held if shared else 1)
    after, more = tables.heights.get(name, (NEVER, 0.0))
    if re.match(after, text[end:].lower()):
        size += more
    return Measure(dimension, name, size, number, start, end)


def _sums(found: Sequence[Measure]) -> Iterator[Measure]:
    """Add up a measure and a smaller one next to it: "two roubles fifty kopecks"."""
    for a, b in pairwise(found):
        small = a.dimension == b.dimension and b.unit_size < a.unit_size and b.number
        if small and 0 <= b.start - a.end <= _DISTANCE:
            yield Measure(b.dimension, b.unit, a.size + b.size, b.number, a.start, b.end)


@functools.lru_cache(1 << 16)
def _unit(word: str, lang: str) -> _Unit | None:
    """Return the dimension of a unit, its lemma and its size; of a number and unit in one word, the whole size."""
    tables = language(lang).numerals
    if tables is None:
        return None
    form = respelled(word, lang)
    names = (*readings(form, lang), form, form.removesuffix("s"))
    for dimension, units in tables.units.items():
        name = next((n for n in names if n in units), None)
        if name:
            return dimension, name, float(units[name]), 1
    if (number := entry(word, lang)) and number.unit and (whole := _unit(number.unit, lang)):
        return whole[0], whole[1], whole[2] * float(number.value), float(number.value)
    if tables.half and form.startswith(tables.half) and (whole := _unit(form.removeprefix(tables.half), lang)):
        return whole[0], whole[1], whole[2] / 2, 0.5
    return None


def _numbers(text: str, word: Word, counted: Sequence[Quantity], tables: Numerals) -> list[Quantity]:
    """The number of a unit, and those that are given with it: "two or three miles"."""
    at = next((k for k, q in enumerate(counted) if _counts(text, word, q, tables)), None)
    if at is None:
        return []
    found = [_with_half(text, word, counted[at], tables)]
    for other in (at - 1, at + 1):
        if 0 <= other < len(counted) and "implied" not in (
            counted[at].kind,
            counted[other].kind,
        ):  # no coin counts coins
            one, two = sorted((counted[at], counted[other]), key=lambda q: q.start)
            between = text[one.end : two.start]
            if between.strip() and re.fullmatch(rf"[-–—\s,]*(?:{tables.alternatives})?[-–—\s,]*", between):
                found.append(counted[other])
    return found


def _counts(text: str, word: Word, quantity: Quantity, tables: Numerals) -> bool:
    """Tell whether a number counts a unit: it stands before it, in some languages after it, around it or in it."""
    if quantity.kind in ("label", "month"):
        return False
    if _within(word, quantity):
        return True
    if quantity.end <= word.start:
        return bool(_BETWEEN.fullmatch(text[quantity.end : word.start]))
    between = _after_unit(text, word, quantity)
    return bool(re.fullmatch(tables.number_after_unit, between)) or _is_half(quantity, between, tables)


def _within(word: Word, quantity: Quantity) -> bool:
    """Tell whether a unit stands in its number: "three versts and a half", «сто двадцатипятирублевая»."""
    return quantity.start <= word.start and word.end <= quantity.end


def _after_unit(text: str, word: Word, quantity: Quantity) -> str:
    return text[word.start : quantity.start].lower().replace("ё", "е")


def _is_half(quantity: Quantity, between: str, tables: Numerals) -> bool:
    joiners = "|".join(tables.fraction_joiners) or NEVER
    return quantity.value < 1 and bool(re.fullmatch(rf"\w+\s+(?:{joiners})\s+", between))


def _with_half(text: str, word: Word, quantity: Quantity, tables: Numerals) -> Quantity:
    """Read "a rouble and a half" as one and a half."""
    after = quantity.start >= word.end and _is_half(quantity, _after_unit(text, word, quantity), tables)
    return replace(quantity, value=1 + quantity.value) if after else quantity


def agree(a: Measure, b: Measure) -> bool:
    """Tell whether two measures say the same amount, in one unit or by a sound conversion."""
    if a.dimension != b.dimension:
        return False
    low, high = sorted((a.size, b.size))
    return high <= low * (_ROUND[a.dimension] if converted(a, b) else _EXACT)


def in_currency(text: str, quantity: Quantity, lang: str) -> bool | None:
    """Tell whether the word behind a number is money of which nobody knows how much of another it was worth.

    None in a language of which no such words are known.
    """
    tables = language(lang).numerals
    if tables is None or not tables.currencies:
        return None
    behind = _WORD.search(text, quantity.end)
    if behind is None or not _BETWEEN.fullmatch(text[quantity.end : behind.start()]):
        return False
    return any(form in tables.currencies for form in (*readings(behind.group(), lang), behind.group().lower()))


def converted(a: Measure, b: Measure) -> bool:
    """Tell whether two measures of one dimension are given in units of different size."""
    same = a.number and b.number and abs(a.unit_size - b.unit_size) < 0.01 * a.unit_size
    return a.dimension == b.dimension and not same


def measures_with(quantity: Quantity, among: Sequence[Measure]) -> Iterator[Measure]:
    """Yield the measures whose number a quantity is."""
    return (m for m in among if m.number and (m.number.start, m.number.end) == (quantity.start, quantity.end))


def converted_soundly(quantity: Quantity, mine: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Tell whether the other text gives a number's measure as much in another unit: it is no other number's pair."""
    return any(
        converted(measure, m) and m.unit_size != measure.unit_size and agree(measure, m)
        for measure in measures_with(quantity, mine)
        for m in theirs
        if m.number
    )


def converted_by(mine: Quantity, theirs: Quantity, ratios: Iterable[float]) -> bool:
    """Tell whether a number is the other in converted units that it leaves out: "for six" of dessiatines, "fifteen".

    `ratios`: how much greater the units of the one text are than those of the other, or the other way round.
    """
    if not (mine.value > 0 and theirs.value > 0 and mine.kind == theirs.kind == "number"):
        return False
    times = float(mine.value / theirs.value)
    return any(1 / _NEAR < times / ratio < _NEAR for ratio in (*ratios, *(1 / r for r in ratios)))
