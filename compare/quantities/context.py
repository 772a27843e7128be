"""What stands about a number: the half, the hour, the month, the other end of a range, and whether it counts at all."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from compare.lang.numerals import HALF, NEVER, Numerals
from compare.quantities import figures
from compare.quantities.labels import labelled, outside_sentences, titled
from compare.quantities.number_words import GAP
from compare.quantities.quantity import FEW, Quantity
from compare.quantities.text import Unmarked

_DASH = r"\s*[-–—‒−/]\s*"
#: Before a figure that is a part of a code, "G7", or the mark of a note, "merchant30", "early.3", "in…4", "there,’5".
_CODED = re.compile(r"(?:&#|(?<![^\W\d_])[^\W\d_]{1,3}|[^\W\d_]{5}|[^\W\d_][.,;:!?…”\"’')]{1,3})$")
#: Brackets about the mark of a note: "his confessions,{21}".
_NOTE = re.compile(r"\{\d+\}")
#: What the first of two numbers may leave to the second: "two or three hundred".
_SCALES = (10**9, 10**6, 1000, 100)
#: Characters between two days of one month, at most.
_APART = 12


def in_context(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> list[Quantity]:
    """Read numbers, in the order of the text, by what stands before, between and after them."""
    for step in (_halves, _endings, _hours, _days, _ranges, _alternatives, _unfirm):
        found = list(step(found, clean, tables))
    return list(found)


def _halves(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Join "three hours and a half"; "an hour and a half" may be one and a half."""
    joiners = "|".join(tables.fraction_joiners) or NEVER
    out: list[Quantity] = []
    for quantity in found:
        if HALF in quantity.readings or (quantity.value < 1 and not quantity.figures):
            part = HALF if HALF in quantity.readings else quantity.value
            before = clean.lower[out[-1].end if out else 0 : quantity.start]
            if out and re.fullmatch(rf"\s+[^\W\d_]+\s+(?:{joiners})\s+", before) and out[-1].value >= 1:
                whole = out.pop()
                quantity = replace(
                    whole, value=whole.value + part, end=quantity.end, others=(*whole.others, whole.value)
                )
            elif re.search(rf"\s(?:{joiners})\s+$", before):
                quantity = replace(quantity, others=(*quantity.others, 1 + part))
        out.append(quantity)
    yield from out


def _endings(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Read what is fixed to a figure, and what follows a number: decades, ordinals, shares, hours, what has begun."""
    for quantity in found:
        after = clean.lower[quantity.end : quantity.end + 24]
        before = clean.lower[max(0, quantity.start - 24) : quantity.start]
        if quantity.figures and quantity.kind == "number":
            if suffix := re.match(tables.decade_suffix, after):
                if quantity.value % 10 == 0 and quantity.value >= 20:
                    quantity = replace(quantity, kind="decade", end=quantity.end + suffix.end())
            elif re.match(tables.ordinal_suffix, after):
                quantity = replace(quantity, kind="ordinal")
        if re.match(rf"\s*{tables.percent}", after):
            quantity = replace(quantity, others=(*quantity.others, quantity.value / 100))
        if quantity.kind == "number" and re.match(rf"\s*{tables.hour}", after):
            quantity = replace(quantity, kind="hour")
        if quantity.kind == "ordinal" and (
            re.match(rf"(?:{tables.ordinal_suffix})?\s+{tables.begun}", after) or re.search(tables.begun_before, before)
        ):
            quantity = replace(quantity, others=(*quantity.others, quantity.value - 1), kind="hour", firm=False)
        yield quantity


def _hours(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Join minutes and an hour: "half past four", «без десяти пять»."""
    out: list[Quantity] = []
    for quantity in found:
        joined = _hour(out[-1], quantity, clean, tables) if out else None
        if joined:
            out.pop()
        out.append(joined or quantity)
    yield from out


def _hour(one: Quantity, two: Quantity, clean: Unmarked, tables: Numerals) -> Quantity | None:
    """Return the time of the day that two numbers side by side make, in either order."""
    between = clean.lower[one.end : two.start].strip(GAP)

    def time(hour: Quantity, minutes: Quantity, shift: int, sign: int) -> Quantity | None:
        part = minutes.value if minutes.value < 1 else minutes.value / 60
        if not (0 < part < 1 and hour.value.denominator == 1 and 1 <= hour.value <= 24):
            return None
        value = hour.value + shift + sign * part
        return replace(hour, value=value, start=one.start, end=two.end, firm=True, kind="hour", others=(hour.value,))

    for before, joiner, sign, shift in tables.clock if one.value < 1 else tables.clock_minutes:
        if not re.fullmatch(joiner, between) or not re.search(before, clean.lower[: one.start]):
            continue
        if shift and two.kind not in ("ordinal", "hour"):
            continue
        return time(two, one, shift, sign)
    signs = (sign for joiner, sign in tables.minutes_after if re.fullmatch(joiner, between))
    return next((time(one, two, 0, sign) for sign in signs), None)


def _days(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Say of days which month they are of; a month next to a day or year is a quantity too."""
    out = list(found)
    months = []
    for number, start, end in _months(clean, tables):
        before = next((k for k in reversed(range(len(out))) if out[k].end <= start), None)
        after = next((k for k in range(len(out)) if out[k].start >= end), None)
        bound: list[int] = []
        if before is not None and re.fullmatch(
            rf"(?:{tables.day_before_month}|[)\s]+)", clean.lower[out[before].end : start]
        ):
            bound = [before]
        elif after is not None and re.fullmatch(tables.day_after_month, clean.lower[end : out[after].start]):
            bound = [after]
        bound = [k for k in bound if _dayish(out[k])]
        step = 1 if bound == [after] else -1
        while bound and (k := bound[-1] + step) in range(len(out)):
            one, two = sorted((k, bound[-1]))
            gap = clean.lower[out[one].end : out[two].start]
            if not (_dayish(out[k]) and not out[k].month and re.fullmatch(rf"[-–—/(,)\s]*{tables.day_joiner}", gap)):
                break
            if len(gap) > _APART:
                break
            bound.append(k)
        for k in bound:
            day, *others = sorted(out[k].readings, key=lambda n: n.denominator > 1)
            out[k] = replace(out[k], value=day, others=tuple(others), kind="day", month=number, firm=True)
        dated = bound or (after is not None and _year(out[after], clean.lower[end : out[after].start]))
        if dated:
            months.append(Quantity(Fraction(number), start, end, False, False, "month"))
    yield from sorted((*out, *months), key=lambda q: q.start)


@functools.cache
def _month_pattern(months: tuple[str, ...]) -> re.Pattern[str]:
    either = [f"{m}|{m.upper()}" if m[0].isupper() else f"(?i:{m})" for m in months]
    return re.compile("|".join(rf"(?P<m{n}>\b(?:{e})(?!\w))" for n, e in enumerate(either, 1)) or NEVER)


def _months(clean: Unmarked, tables: Numerals) -> Iterator[tuple[int, int, int]]:
    for match in _month_pattern(tuple(tables.months)).finditer(clean.text):
        yield int(str(match.lastgroup)[1:]), match.start(), match.end()


def _dayish(quantity: Quantity) -> bool:
    counted = quantity.figures or quantity.kind in ("ordinal", "day")
    return counted and any(1 <= n <= 31 and n.denominator == 1 for n in quantity.readings)


def _year(quantity: Quantity, gap: str) -> bool:
    return 1000 <= quantity.value < 2100 and not gap.strip(" ,.")


def _ranges(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Read the shortened end of a range in full: 1914–18."""
    last: Quantity | None = None
    for quantity in found:
        numbers = last and last.kind == quantity.kind == "number"
        if (
            last
            and numbers
            and quantity.value < last.value
            and re.fullmatch(_DASH, clean.text[last.end : quantity.start])
        ):
            digits = clean.text[quantity.start : quantity.end]
            if digits.isdigit() and last.value.denominator == 1 and len(digits) < len(str(last.value)):
                whole = Fraction(figures.expanded(int(last.value), digits))
                quantity = replace(quantity, value=whole, others=(*quantity.others, quantity.value))
        last = quantity
        yield quantity


def _alternatives(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Two small numbers in a row, "two or three", only say that there are few; of "two or three hundred" either is."""
    found = list(found)
    near: set[int] = set()
    for k in range(len(found) - 1):
        a, b = found[k], found[k + 1]
        between = clean.lower[a.end : b.start]
        few = 0 < b.value - a.value <= 2 and b.value <= 10 and a.kind == b.kind == "number"
        if not re.fullmatch(rf"[-–—\s,]*(?:{tables.alternatives})?[-–—\s,]*", between):
            continue
        if few and not a.figures and not b.figures:
            near |= {k, k + 1}
        scale = next((s for s in _SCALES if b.value % s == 0 and a.value < b.value / s), None)
        if scale:
            found[k] = a = replace(a, others=(*a.others, a.value * scale))
        if a.value < 10 < b.value < 100:  # "seven- or eight-and-twenty"
            found[k] = replace(a, others=(*a.others, b.value - b.value % 10 + a.value))
        if b.value < 10 < a.value < 100:  # «двадцать семь или восемь»
            found[k + 1] = replace(b, others=(*b.others, a.value - a.value % 10 + b.value))
    for k, quantity in enumerate(found):
        yield replace(quantity, firm=False) if k in near else quantity


def _unfirm(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Set apart what counts nothing: idioms, the numbers of pages, notes and lists, colophons, codes."""
    idle = {i for m in re.finditer(tables.idioms, clean.lower) for i in range(*m.span())} if found else set()
    for k, quantity in enumerate(found):
        loose = quantity.start in idle
        if loose:
            quantity = replace(quantity, kind="implied")
        if quantity.figures:
            bare = not clean.text[quantity.end - 1].isalpha() or clean.text[quantity.end - 1].isupper()
            loose |= bare and outside_sentences(clean, quantity.start, quantity.end)
            loose |= bool(_NOTE.fullmatch(clean.text[max(0, quantity.start - 1) : quantity.end + 1]))
            loose |= bool(_CODED.search(clean.text[max(0, quantity.start - 5) : quantity.start]))
            loose |= quantity.value.denominator == 1 and clean.text[quantity.start] == "0"  # a code, a scanner's slip
        if labelled(clean, quantity.start, tables) and (quantity.figures or titled(clean, quantity.start)):
            quantity, loose = replace(quantity, kind="label"), True
        small = not quantity.figures and quantity.kind == "number" and quantity.value <= FEW
        loose |= small and _is_counted_first(clean, found[k - 1].end if k else 0, quantity, tables)
        yield replace(quantity, firm=False) if loose and quantity.kind != "day" else quantity


def _is_counted_first(clean: Unmarked, last: int, quantity: Quantity, tables: Numerals) -> bool:
    """Tell whether what a number counts stands before it, not behind: «человека три», some three people.

    `last`: where the number before it ends, which counts what follows itself.
    """
    before, after = clean.lower[last : quantity.start], clean.lower[quantity.end : quantity.end + 24]
    counted = re.search(rf"{tables.counted_first}$", before)
    own = last and counted and not before[: counted.start()].strip()
    return bool(counted) and not own and not re.match(rf"\s+{tables.counted_first}", f"{after} ")
