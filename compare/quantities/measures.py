"""Find measures in Russian and English, a number with its unit, and tell whether two say the same amount.

The old Russian measures as the decree of 1899 fixed them, the English ones as the Weights and Measures Act of 1878 did.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compare.quantities.numbers import Quantity, quantities
from compare.words import Word, key, lemma, words

_UNITS: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "length": {
        "ru": {"верста": 1066.8, "сажень": 2.1336, "аршин": 0.7112, "вершок": 0.04445, "фут": 0.3048, "дюйм": 0.0254}
        | {"километр": 1000, "метр": 1, "сантиметр": 0.01, "ярд": 0.9144},
        "en": {"verst": 1066.8, "werst": 1066.8, "sazhen": 2.1336, "sagene": 2.1336, "fathom": 1.8288, "arshin": 0.7112}
        | {"arsheen": 0.7112, "archine": 0.7112, "vershok": 0.04445, "mile": 1609.34, "league": 4828, "yard": 0.9144}
        | {"foot": 0.3048, "feet": 0.3048, "inch": 0.0254, "furlong": 201.17, "kilometre": 1000, "kilometer": 1000}
        | {"metre": 1, "meter": 1, "centimetre": 0.01, "centimeter": 0.01},
    },
    "weight": {
        "ru": {"пуд": 16.3805, "фунт": 0.40951, "золотник": 0.004266, "лот": 0.0128, "килограмм": 1, "грамм": 0.001},
        "en": {"pood": 16.3805, "pud": 16.3805, "poud": 16.3805, "pound": 0.4536, "lb": 0.4536, "stone": 6.3503}
        | {"hundredweight": 50.802, "cwt": 50.802, "ounce": 0.02835, "kilogram": 1, "kilogramme": 1, "kilo": 1},
    },
    "area": {
        "ru": {"десятина": 10925.4, "гектар": 10000},
        "en": {"desyatina": 10925.4, "desyatin": 10925.4, "desiatina": 10925.4, "desiatin": 10925.4, "acre": 4046.9}
        | {"dessiatina": 10925.4, "dessiatin": 10925.4, "dessiatine": 10925.4, "desyatine": 10925.4, "hectare": 10000},
    },
    "money": {
        "ru": {
            "рубль": 100,
            "копейка": 1,
            "полтинник": 50,
            "двугривенный": 20,
            "гривенник": 10,
            "пятак": 5,
            "алтын": 3,
        },
        "en": {"rouble": 100, "ruble": 100, "kopeck": 1, "kopek": 1, "copeck": 1, "copec": 1, "kopeika": 1},
    },
    "time": {
        "ru": {"минута": 1, "час": 60, "полчаса": 30, "сутки": 1440, "день": 1440, "неделя": 10080, "месяц": 43830}
        | {"год": 525960, "лето": 525960, "полгода": 262980, "век": 52596000, "столетие": 52596000},
        "en": {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "fortnight": 20160, "month": 43830, "year": 525960}
        | {"decade": 5259600, "century": 52596000, "twelvemonth": 525960},
    },
}
#: By how much a sound conversion may be rounded: "forty miles" for fifty versts.
_ROUND = {"length": 1.3, "weight": 1.3, "area": 1.3, "money": 1.001, "time": 1.15}


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


@functools.lru_cache(1 << 14)
def measures(text: str, lang: str) -> tuple[Measure, ...]:
    """List the measures of a text in order: `measures("forty miles off", "en")[0].size == 64373.6`."""
    counted = quantities(text, lang)
    found = []
    for word in words(text):
        unit = _unit(word, lang)
        if unit is None:
            continue
        dimension, name, size = unit
        number = _number(text, word, counted, lang)
        start = min(word.start, number.start) if number else word.start
        end = max(word.end, number.end) if number else word.end
        value = float(number.value) if number else 1.0
        found.append(Measure(dimension, name, value * size, number, start, end))
    return tuple(found)


def _unit(word: Word, lang: str) -> tuple[str, str, float] | None:
    for dimension, by_lang in _UNITS.items():
        table = by_lang.get(lang, {})
        base = lemma(word.text, lang)
        name = next((n for n in (base, key(word.text), key(word.text).removesuffix("s")) if n in table), None)
        if name:
            return dimension, name, table[name]
    return None


def _number(text: str, word: Word, counted: Iterable[Quantity], lang: str) -> Quantity | None:
    """The number of a unit: just before it, or in Russian just after, which makes it a round one."""
    for quantity in counted:
        between = text[quantity.end : word.start] if quantity.end <= word.start else None
        if between is not None and re.fullmatch(r"[\s\u00a0-]*(?:(?:of\s+)?an?\s+|\w+\s+)?", between):
            return quantity
        after = text[word.end : quantity.start] if quantity.start >= word.end else None
        if lang == "ru" and after is not None and re.fullmatch(r"\s+(?:[знпс]а\s+|в\s+)?", after):
            return quantity
    return None


def agree(a: Measure, b: Measure) -> bool:
    """Tell whether two measures say the same amount, in one unit or by a sound conversion."""
    if a.dimension != b.dimension:
        return False
    low, high = sorted((a.size, b.size))
    exact = _same_unit(a, b)
    return high <= low * (1.001 if exact else _ROUND[a.dimension])


def _same_unit(a: Measure, b: Measure) -> bool:
    sizes = [
        a.size / float(a.number.value) if a.number else a.size,
        b.size / float(b.number.value) if b.number else b.size,
    ]
    return a.number is not None and b.number is not None and abs(sizes[0] - sizes[1]) < 0.01 * sizes[0]


def converted(a: Measure, b: Measure) -> bool:
    """Tell whether two measures of one dimension are told in units of different size."""
    return a.dimension == b.dimension and not _same_unit(a, b)
