"""Numbers in figures: Arabic with any separators, fractions, dates and hours; Roman."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Role = Literal["number", "day", "month", "hour", "label"]

#: One letter that is a fraction: ½, ⅔, ⅐.
_VULGAR = "[¼-¾⅐-⅞]"
#: What parts thousands: comma, point, any narrow or fixed space, apostrophe, middle dot.
_GROUP = r"[,. \u00a0\u2007\u2009\u202f'’·]"
#: A written number, whatever its form; the order decides. In "16 100x185" a size stands behind another number.
FIGURE = re.compile(
    rf"""(?P<phone>\+\d(?:[-. \u00a0()]{{0,2}}\d){{8,14}})(?!\d)
    |(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?!\d)
    |(?P<date>\d{{1,2}}(?P<mark>[./-])(?:\d{{1,2}}|[IVX]{{1,4}})(?P=mark)(?:\d{{4}}|\d{{2}}))(?![\d.])
    |(?P<chain>\d+(?:\.\d+){{2,}})(?<!\.\d{{3}})(?!\d)
    |(?P<years>1\d{{3}}\s?/\s?\d{{2,4}}|20\d{{2}}\s?/\s?\d{{2,4}})(?!\d)
    |(?P<hour>\d{{1,2}}:[0-5]\d)(?!\d)
    |(?P<mixed>\d+[ \u00a0-]\d+/\d+)(?!\d)|(?P<slash>\d+/\d+)(?!\d)
    |(?P<indian>\d{{1,2}}(?:,\d{{2}})+,\d{{3}})(?!\d)
    |(?P<grouped>\d{{1,3}}(?P<group>{_GROUP})\d{{3}}(?:(?P=group)\d{{3}})*(?![\d%])
        (?!(?<=[ ]\d{{3}})[xх×*]\d)(?:[.,]\d+)?)(?P<half>{_VULGAR})?
    |(?P<plain>\d+(?:[.,]\d+)?)(?P<vulgar>{_VULGAR})?
    |(?P<bare>{_VULGAR})""",
    re.VERBOSE,
)
#: What may be a whole number and a fraction run together, as "21/2"; 24/7 and 9/11 are no fractions.
_RUN_TOGETHER = re.compile(r"(?<![\d/.,])(\d{1,3})([1-7])/([234568])(?![\d/])")

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_TEXT = re.compile(
    r"(?P<M>M{0,3})(?P<C>CM|CD|D?C{0,3})(?P<X>XC|XL|L?X{0,3})(?P<I>IX|IV|V?I{0,3})",
)


@dataclass(frozen=True, slots=True)
class RunTogether:
    """A whole number and a fraction between which no space stands: "21/2"; and where."""

    whole: int
    part: Fraction
    start: int
    end: int

    @property
    def mixed(self) -> Fraction:
        """What is meant: 2½."""
        return self.whole + self.part

    @property
    def improper(self) -> Fraction:
        """What is written: 21 halves."""
        return Fraction(10 * self.whole + self.part.numerator, self.part.denominator)


def run_together(text: str) -> Iterator[RunTogether]:
    """Yield whole numbers and fractions that may have run together."""
    for match in _RUN_TOGETHER.finditer(text):
        whole, above, below = map(int, match.groups())
        if whole and above < below and Fraction(above, below).denominator == below:
            yield RunTogether(whole, Fraction(above, below), *match.span())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in figures: what it may stand for, the likeliest first, and the half-open range of its characters."""

    readings: tuple[Fraction, ...]
    start: int
    end: int
    role: Role = "number"
    fraction: bool = False
    """Whether it is a fraction sign alone: ½."""


def read(match: re.Match[str]) -> Iterator[Figure]:
    """Yield the numbers of a match of `FIGURE`; a date in figures has three, a pair of years two."""
    start, end = match.span()
    text = match.group()
    if match["phone"]:
        yield Figure((Fraction(re.sub(r"\D", "", text)),), start, end, "label")
    elif match["iso"]:
        yield from _date(text, start, [(8, 10), (5, 7), (0, 4)])
    elif match["date"]:
        cuts = [m.span() for m in re.finditer(r"\w+", text)]
        yield from _date(text, start, cuts)
    elif match["chain"]:
        yield Figure((Fraction(text.split(".")[0]),), start, end, "label")
    elif match["years"]:
        yield from _years(text, start)
    elif match["hour"]:
        hour, minute = map(int, text.split(":"))
        yield Figure((hour + Fraction(minute, 60), Fraction(hour), Fraction(minute)), start, end, "hour")
    elif match["mixed"] or match["slash"]:
        if readings := _slashed(re.sub(r"[\u00a0-]", " ", text)):
            yield Figure(readings, start, end)
    elif match["bare"]:
        yield Figure((_fraction(text),), start, end, fraction=True)
    else:
        figures = match["indian"] or match["grouped"] or match["plain"]
        sign = match["half"] or match["vulgar"]
        part = _fraction(sign) if sign else Fraction(0)
        yield Figure(tuple(n + part for n in _numbers(figures, bool(match["plain"]))), start, end)


def _fraction(letter: str) -> Fraction:
    """Return what a letter is worth: `_fraction("⅔") == Fraction(2, 3)`."""
    return Fraction(unicodedata.normalize("NFKC", letter).replace("\N{FRACTION SLASH}", "/"))


def _numbers(figures: str, plain: bool) -> tuple[Fraction, ...]:
    """Read one number. Of three figures after a comma or point it is thousands, or else a decimal fraction.

    Two figures after a point may be minutes or a month: «в 10.30», «12.06».
    """
    if plain:
        whole, mark, part = re.fullmatch(r"(\d+)([.,]?)(\d*)", figures).groups()  # type: ignore[union-attr]
        if not mark:
            return (Fraction(whole),)
        found = [Fraction(f"{whole}.{part}")]
        if len(part) == 2 and int(whole) <= 24 and int(part) < 60:
            found.append(int(whole) + Fraction(int(part), 60))
        if len(part) == 2 and 1 <= int(part) <= 12 and 1 <= int(whole) <= 31:
            found.append(Fraction(whole))
        return tuple(found)
    one = re.fullmatch(r"(\d{1,3})[,.](\d{3})", figures)
    if one:
        return Fraction(one[1] + one[2]), Fraction(f"{one[1]}.{one[2]}")
    marks = re.sub(r"\d", "", figures)
    decimal = re.fullmatch(r"(.*)[.,](\d+)", figures) if marks[-1] in ".," and marks[-1] != marks[0] else None
    whole, part = (decimal[1], "." + decimal[2]) if decimal else (figures, "")
    return (Fraction(re.sub(r"\D", "", whole) + part),)


def _slashed(text: str) -> tuple[Fraction, ...]:
    """Read a fraction, or two numbers that a slash parts: "2 1/2", "5/18"."""
    whole, _, part = text.rpartition(" ")
    above, below = map(int, part.split("/"))
    if not below:
        return (Fraction(above), Fraction(0))
    if whole:
        return (int(whole) + Fraction(above, below),)
    return (Fraction(above, below), Fraction(above), Fraction(below))


def _years(text: str, start: int) -> Iterator[Figure]:
    one, two = re.finditer(r"\d+", text)
    first = int(one.group())
    yield Figure((Fraction(first),), start, start + one.end())
    yield Figure((Fraction(expanded(first, two.group())),), start + two.start(), start + two.end())


def expanded(first: int, last: str) -> int:
    """Write the end of a range in full: `expanded(1914, "18") == 1918`, `expanded(1999, "00") == 2000`."""
    base = int("1" + "0" * len(last))
    whole = first - first % base + int(last)
    return whole if whole >= first else whole + base


def _date(text: str, base: int, cuts: list[tuple[int, int]]) -> Iterator[Figure]:
    """Read a date: the place of its day, month and year; which of two numbers is the month, it may not say."""
    day, month, year = (text[a:b] for a, b in cuts)
    where = [(base + a, base + b) for a, b in cuts]
    one, two = Fraction(day), Fraction(roman(month) or int(month))
    if two > 12:  # the American order
        one, two = two, one
    either = one <= 12 and two <= 12 and one != two
    yield Figure((one, two) if either else (one,), *where[0], "day")
    yield Figure((two, one) if either else (two,), *where[1], "month")
    full = int(year) if len(year) == 4 else 1900 + int(year)
    yield Figure((Fraction(full), Fraction(int(year))), *where[2])


def roman(letters: str) -> int | None:
    """Read a Roman numeral: `roman("XIX") == 19`; None for what is none, as IIX."""
    if not letters or not _ROMAN_TEXT.fullmatch(letters):
        return None
    values = [_ROMAN[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
