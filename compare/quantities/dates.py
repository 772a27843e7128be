"""Old Style and New: the Julian and the Gregorian calendar, 12 days apart in the 19th century and 13 in the 20th."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from compare.quantities.quantity import Quantity

_APART = (12, 13)


#: A month that stands farther from its day is quoted with another one.
_DISTANCE = 8


def days(found: Sequence[Quantity]) -> list[Quantity]:
    """Keep the days of which the text names the month, each with the month's name if it stands next to it."""
    out = []
    for before, day, after in zip((None, *found), found, (*found[1:], None), strict=False):
        if not day.month:
            continue
        if after and after.kind == "month" and after.start - day.end <= _DISTANCE:
            day = replace(day, end=after.end)
        elif before and before.kind == "month" and day.start - before.end <= _DISTANCE:
            day = replace(day, start=before.start)
        out.append(day)
    return out


def styles(a: Quantity, b: Quantity) -> int:
    """Return 12 or 13 when two days lie that far apart, as Old and New Style do, else 0."""
    found = [_days_between(one, two) for one in _dates(a) for two in _dates(b)]
    return next((n for n in _APART if n in found), 0)


def _dates(day: Quantity) -> list[date]:
    """The day in a year that has no leap day; an impossible one is none."""
    found = []
    for reading in day.readings:
        if reading.denominator == 1:  # 18/5 is no part of a day
            with suppress(ValueError):
                found.append(date(1901, day.month, int(reading)))
    return found


def _days_between(a: date, b: date) -> int:
    between = abs((a - b).days)
    return min(between, 365 - between)
