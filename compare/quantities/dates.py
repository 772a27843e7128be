"""Find days of the month in Russian and English, and tell Old Style from New.

12 days apart in the 19th century, 13 in the 20th.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_EN = "january february march april may june july august september october november december".split()
_RU = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_PATTERNS = {
    "en": (
        rf"\b(?P<month>{'|'.join(_EN)})\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{'|'.join(_EN)})\b",
    ),
    "ru": (rf"\b(?P<day>\d{{1,2}})(?:-?го)?\s+(?P<month>{'|'.join(_RU)})(?:я|а)\b",),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month and where it stands."""

    month: int
    day: int
    start: int
    end: int


def days(text: str, lang: str) -> list[Day]:
    """List the days that a text names with figures, in order; impossible ones are left out."""
    months = {"en": _EN, "ru": _RU}.get(lang, [])
    found = []
    for pattern in _PATTERNS.get(lang, ()):
        for match in re.finditer(pattern, text, re.I):
            month, day = months.index(match["month"].lower()) + 1, int(match["day"])
            if 1 <= day <= 31:
                found.append(Day(month, day, match.start(), match.end()))
    return sorted(found, key=lambda d: d.start)


def styles(a: Day, b: Day) -> int:
    """Return 12 or 13 when the two days lie that far apart, as Old and New Style do, else 0."""
    try:
        apart = abs((date(1901, a.month, a.day) - date(1901, b.month, b.day)).days)
    except ValueError:
        return 0
    return next((n for n in (12, 13) if apart in (n, 365 - n)), 0)
