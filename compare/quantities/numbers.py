"""Quantities of a text in any language that has tables (`compare.lang.numerals`): figures, words, and both together."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from compare.lang import language
from compare.lang.numerals import HALF, Numerals
from compare.quantities import figures
from compare.quantities.lexicon import entry, respelled
from compare.quantities.text import Unmarked, unmarked

#: A `day` or `month` of a date, an `hour` of the clock, a `decade`, the number of a part of a book (`label`), what a
#: word only implies (`implied`).
Kind = Literal["number", "ordinal", "day", "month", "hour", "decade", "label", "implied"]

#: A word; in Ukrainian with the apostrophe before a vowel: п'ять.
_LETTERS = r"[^\W\d_]+(?:(?<=[Ѐ-ӿ])['’ʼ](?=[ЄІЇЮЯєіїюя])[^\W\d_]+)?"
_TOKEN = re.compile(rf"(?=[^A-Za-zА-Яа-я])(?:{figures.FIGURE.pattern})|(?P<letters>{_LETTERS})", re.VERBOSE)
#: Between the parts of one number there is nothing but these and a joining word.
_GAP = " -\t\n\r\u00a0\u2009\u202f"
_DASH = r"\s*[-–—‒−/]\s*"
#: Before a figure that is a part of a code, "G7", or the mark of a note, "merchant30", "early.3", "there,’4".
_CODED = re.compile(r"(?:&#|(?<![^\W\d_])[^\W\d_]{1,3}|[^\W\d_]{5}|[^\W\d_][.,;:!?”\"’')]{1,3})$")
#: Brackets about the mark of a note: "his confessions,{21}", "[3]".
_NOTE = re.compile(r"\{\d+\}|\[\d+\]")
#: What the first of two numbers may leave to the second: "two or three hundred".
_SCALES = (10**9, 10**6, 1000, 100)
#: Letters whose Roman numerals are seldom anything else.
_PLAIN_ROMAN = frozenset("IVX")
_ROMAN = frozenset("IVXLCDM")
#: A run of more figures than this is no number that anybody counts or measures, and costs more the longer it is.
_LONGEST_FIGURE = 40
#: No number that is stated is as great; "million million million …" goes on for ever.
_TOO_GREAT = 10**60


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states, and the half-open range of characters where it does.

    `firm`: it is counted, dated or measured, so that a faithful version has it too. `others`: what else it may mean.
    `month` (1 to 12, 0 unknown): of a day.
    """

    value: Fraction
    start: int
    end: int
    firm: bool = True
    figures: bool = False
    kind: Kind = "number"
    others: tuple[Fraction, ...] = ()
    month: int = 0

    @property
    def readings(self) -> tuple[Fraction, ...]:
        """All that it may mean, the likeliest first."""
        return (self.value, *self.others)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or figure of a number."""

    kind: str
    readings: tuple[Fraction, ...]
    start: int
    end: int
    loose: bool
    low: Fraction
    role: Kind = "number"
    trailing: bool = False
    """Whether it is a scale that multiplies what follows."""

    @property
    def value(self) -> Fraction:
        return self.readings[0]


@functools.lru_cache(1 << 14)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """List the quantities of a text in order: `quantities("a loan of 2½ million", "en")[0].value == 2500000`.

    None in a language that has no tables.
    """
    tables = language(lang).numerals
    if tables is None:
        return ()
    clean = unmarked(text)
    stated = (_value(run) for run in _runs(list(_pieces(clean, tables, lang)), clean, tables))
    found: Sequence[Quantity] = [quantity for quantity in stated if max(quantity.readings) < _TOO_GREAT]
    for step in (_halves, _endings, _hours, _days, _ranges, _alternatives, _unfirm):
        found = list(step(found, clean, tables))
    origin = clean.origin
    return tuple(replace(q, start=origin[q.start], end=origin[q.end - 1] + 1) for q in found)


# ---- pieces ----


def _pieces(clean: Unmarked, tables: Numerals, lang: str) -> Iterator[_Piece]:
    text = clean.text
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["letters"]:
            word = match["letters"]
            if (value := _roman(clean, start, end, tables)) is not None:
                role: Kind = "label" if _labelled(clean, start, tables) else "number"
                loose = role == "label" or end - start == 1
                yield _Piece("figure", (Fraction(value),), start, end, loose, Fraction(0), role)
            elif (known := entry(word, lang)) and not _syllable(text, start, end, tables, lang):
                role = {"decade": "decade", "implied": "implied", "hour": "hour", "ordinal": "ordinal"}.get(
                    known.kind, "number"
                )  # type: ignore[assignment]
                trailing = respelled(word, lang) in tables.trailing_scales
                yield _Piece(known.kind, known.readings, start, end, known.loose, known.low, role, trailing)
        elif end - start <= _LONGEST_FIGURE and (
            text[start - 1 : start] != "[" or text[end : end + 1] != "]"
        ):  # a note's
            for figure in sorted(figures.read(match), key=lambda figure: figure.start):
                kind = "fraction" if figure.fraction else "date" if figure.role in ("day", "month") else "figure"
                loose = figure.role in ("month", "label")
                yield _Piece(kind, figure.readings, figure.start, figure.end, loose, Fraction(1), figure.role)


def _syllable(text: str, start: int, end: int, tables: Numerals, lang: str) -> bool:
    """Tell whether letters between hyphens only spell out a longer word: «сто-о-ой», «ари-сто-крат»."""
    before, after = re.search(r"([^\W\d_]+)-$", text[:start]), re.match(r"-([^\W\d_]+)", text[end:])
    if after and text[end : end + 3] == f"-{text[end - 1]}-":
        return True
    about = [m[1] for m in (before, after) if m]
    return len(about) == 2 and not any(w.lower() in tables.joiners or entry(w, lang) for w in about)


def _roman(clean: Unmarked, start: int, end: int, tables: Numerals) -> int | None:
    """Read a Roman numeral that stands where a number may: letters that may be an acronym need something about them."""
    word = clean.text[start:end]
    letters = "".join(tables.roman_letters.get(letter, letter) for letter in word)
    if not _ROMAN.issuperset(letters.upper()):
        return None
    labelled = _labelled(clean, start, tables)
    if labelled and len(letters) > 1 and letters.islower():
        letters = letters.upper()
    value = figures.roman(letters)
    if value is None:
        return None
    placed = labelled or _numbers_line(clean, start, end) or re.match(rf"[-\s]+{tables.after_roman}", clean.lower[end:])
    if len(letters) > 1 and (set(letters) <= _PLAIN_ROMAN or len(letters) > 3):
        return value
    initial = clean.text[end : end + 1] == "."
    named = letters in ("V", "X") and not initial and re.search(r"[^\W\d_]{3,}\s$", clean.text[:start])
    return value if placed or named else None


def _labelled(clean: Unmarked, start: int, tables: Numerals) -> bool:
    before = clean.lower[max(0, start - 24) : start]
    return bool(re.search(rf"(?:\b|(?<=\W)|^)(?:{tables.labels}|{tables.pages})\.?\s*$", before))


def _titled(clean: Unmarked, start: int) -> bool:
    """Tell whether the word before begins with a capital: Part Three, «Часть третья»."""
    return bool(re.search(r"(?<!\w)[^\W\d_a-zа-я]\w*\.?\s*$", clean.text[max(0, start - 24) : start]))


def _numbers_line(clean: Unmarked, start: int, end: int) -> bool:
    """Tell whether a number stands alone on its line, or before a stop at its beginning, as that of a chapter does."""
    text = clean.text
    before = text[text.rfind("\n", 0, start) + 1 : start]
    after = text[end:].partition("\n")[0]
    return not before.strip(" -–—*#(\r") and bool(re.match(r"\s*(?:[.)\]:]|[-–—*\s]*$)", after))


# ---- runs ----


def _runs(pieces: Sequence[_Piece], clean: Unmarked, tables: Numerals) -> Iterator[list[tuple[_Piece, str]]]:
    """Join pieces that make one number, each with the manner in which it joins: "add", "times", "over"."""
    index = 0
    while index < len(pieces):
        run = [(pieces[index], "add")]
        low = pieces[index].low
        while (index := index + 1) < len(pieces):
            between = clean.lower[run[-1][0].end : pieces[index].start].strip(_GAP)
            joined = _joined(run, low, between, pieces, index, clean, tables)
            if joined is None:
                break
            run.append((pieces[index], joined[0]))
            low = joined[1]
        if run[0][0].kind != "doubtful scale":
            yield run


def _joined(
    run: Sequence[tuple[_Piece, str]],
    low: Fraction,
    between: str,
    pieces: Sequence[_Piece],
    index: int,
    clean: Unmarked,
    tables: Numerals,
) -> tuple[str, Fraction] | None:
    """Say how a piece joins a run, and what place is free after it; None where a new number begins."""
    last, piece = run[-1][0], pieces[index]
    if last.kind in ("ordinal", "date", "implied", "decade", "hour") or piece.kind in ("date", "decade", "hour"):
        return None
    if last.kind == "scale" and last.value >= 1000 and piece.kind == "cardinal" and _grouped(pieces, index, clean):
        between = between.removeprefix(",").strip()
    adjacent, joiner = between == "", between in tables.joiners
    if piece.kind == "doubtful scale":
        close = clean.text[last.end : piece.start] in ("", " ", "\u00a0")
        return ("times", Fraction(0)) if close and last.kind == "figure" else None
    if piece.kind == "scale":
        if adjacent or (last.kind == "fraction" and between in tables.scale_joiners):
            return "times", piece.value
        if between.partition(" ")[0] in tables.joiners and max(p.value for p, _ in run) < piece.value:
            return "add", piece.value  # "seven and twenty and a hundred"
        return None
    half = piece.kind == "fraction" or HALF in piece.readings
    if half and last.kind != "fraction":
        if between.replace("-", " ") in tables.fraction_joiners:  # two-and-a-half
            return "add", Fraction(0)
        if adjacent and piece.kind == "fraction" and (last.kind == "cardinal" or piece.role != "number"):
            return "over", Fraction(0)
    if piece.kind not in ("cardinal", "ordinal") or last.kind == "fraction" or run[0][0].kind == "figure":
        return None
    if piece.value < low and (adjacent or (joiner and low >= 10)):
        return "add" if adjacent else "and", piece.low
    if adjacent and _over(last, piece, clean, tables):
        return "over", Fraction(0)
    if joiner and (len(run) == 1 or run[-2][0].value >= 100) and _inverted(last, piece):
        return "add", Fraction(0)
    if adjacent and tables.years_by_pairs and len(run) == 1 and 11 <= last.value < 21 and 10 <= piece.value < 100:
        return "pair", piece.low
    return None


def _grouped(pieces: Sequence[_Piece], index: int, clean: Unmarked) -> bool:
    """Tell whether hundreds or thousands begin here that a comma may part from the thousands before them."""
    most = pieces[index - 1].value
    return any(
        p.kind == "scale" and p.value <= most and not clean.text[pieces[index].end : p.start].strip(_GAP)
        for p in pieces[index + 1 : index + 2]
    )


def _inverted(last: _Piece, piece: _Piece) -> bool:
    """Tell "five-and-sixty" and "four and twenty": the unit stands first."""
    return last.kind == "cardinal" and 0 < last.value < 10 and 20 <= piece.value < 100


def _over(last: _Piece, piece: _Piece, clean: Unmarked, tables: Numerals) -> bool:
    """Tell "two fifths", «две пятых»: an ordinal that is a fraction."""
    if last.kind != "cardinal" or piece.kind != "ordinal" or not 0 < last.value < piece.value or piece.value < 3:
        return False
    return last.value == 1 or bool(re.search(tables.denominator, clean.lower[piece.start : piece.end]))


def _value(run: Sequence[tuple[_Piece, str]]) -> Quantity:
    total, group = Fraction(0), Fraction(0)
    others: set[Fraction] = set()
    first = last = run[0][0]
    joined = "add"
    for piece, manner in run:
        value = piece.value
        if manner == "over":
            others.add(1 / value if piece.kind == "fraction" else value)
            group *= value if piece.kind == "fraction" else 1 / value
        elif manner == "pair":
            group = group * 100 + value
        elif manner in ("add", "and") and piece.kind != "scale":
            group += HALF if len(run) > 1 and HALF in piece.readings else value
        elif value >= 1000 and total and not group:
            total *= value  # a thousand thousand
        elif value >= 1000:
            others |= {total + group} if piece.kind == "doubtful scale" else set()
            total, group = total + (group or 1) * value, Fraction(0)
        elif manner == "add" and group:
            group += value
        else:
            # "two hundred and three score", "fifty and two hundred"
            part = group % 100 if value < 100 < group else last.value if joined == "and" and value == 100 else group
            group += (part or 1) * value - part
        last, joined = piece, manner
    total += group
    if len(run) == 1:
        others.update(first.readings[1:])
    if run[0][0].trailing and len(run) > 1 and total < 2 * run[0][0].value:
        others.add(total)
        total = (total - run[0][0].value) * run[0][0].value
    counted = [p for p, _ in run if p.kind not in ("fraction", "scale")]
    few = any(p.kind == "scale" and p.value < 100 for p, _ in run)  # dozens may be counted by the ten
    firm = total != 1 and bool(counted) and not few and not (len(run) == 1 and first.loose)
    if last.value == 1 and total > 1000:
        others.add(total - 1)  # «из десяти тысяч одну»
    kind = first.role if len(run) == 1 else "ordinal" if last.kind == "ordinal" else "number"
    figure = first.kind in ("figure", "date")
    return Quantity(total, first.start, last.end, firm, figure, kind, tuple(sorted(others - {total})))


# ---- what stands about a number ----


def _halves(found: Sequence[Quantity], clean: Unmarked, tables: Numerals) -> Iterator[Quantity]:
    """Join "three hours and a half"; "an hour and a half" may be one and a half."""
    joiners = "|".join(sorted(map(re.escape, tables.fraction_joiners), key=len, reverse=True)) or "(?!)"
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


def _hour(minutes: Quantity, hour: Quantity, clean: Unmarked, tables: Numerals) -> Quantity | None:
    between = clean.lower[minutes.end : hour.start].strip(_GAP)
    part = minutes.value if minutes.value < 1 else minutes.value / 60
    if not (0 < part < 1 and hour.value.denominator == 1 and 1 <= hour.value <= 24):
        return None
    for before, joiner, sign, shift in tables.clock if minutes.value < 1 else tables.clock_minutes:
        if not re.fullmatch(joiner, between) or not re.search(before, clean.lower[: minutes.start]):
            continue
        if shift and hour.kind not in ("ordinal", "hour"):
            continue
        value = hour.value + shift + sign * part
        return replace(hour, value=value, start=minutes.start, firm=True, kind="hour", others=(hour.value,))
    return None


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
        while bound and (k := bound[-1] + (1 if bound[-1] == after else -1)) in range(len(out)):
            one, two = sorted((k, bound[-1]))
            gap = clean.lower[out[one].end : out[two].start]
            if not (_dayish(out[k]) and not out[k].month and re.fullmatch(rf"[-–—/(,)\s]*{tables.day_joiner}", gap)):
                break
            if k == after or len(gap) > 12:
                break
            bound.append(k)
            after = k if bound[0] == after else after
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
    return re.compile("|".join(rf"(?P<m{n}>\b(?:{e})(?!\w))" for n, e in enumerate(either, 1)) or "(?!)")


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
    for quantity in found:
        loose = quantity.start in idle
        if loose:
            quantity = replace(quantity, kind="implied")
        if quantity.figures:
            bare = not clean.text[quantity.end - 1].isalpha() or clean.text[quantity.end - 1].isupper()
            loose |= bare and _apart(clean, quantity.start, quantity.end)
            loose |= bool(_NOTE.fullmatch(clean.text[max(0, quantity.start - 1) : quantity.end + 1]))
            loose |= bool(_CODED.search(clean.text[max(0, quantity.start - 5) : quantity.start]))
            loose |= quantity.value.denominator == 1 and clean.text[quantity.start] == "0"  # a code, a scanner's slip
        if _labelled(clean, quantity.start, tables) and (quantity.figures or _titled(clean, quantity.start)):
            quantity, loose = replace(quantity, kind="label"), True
        yield replace(quantity, firm=False) if loose and quantity.kind != "day" else quantity


def _apart(clean: Unmarked, start: int, end: int) -> bool:
    """Tell whether a figure stands outside the sentences: a page's or chapter's number, an enumerator, a colophon."""
    before, after = clean.text[max(0, start - 8) : start], clean.text[end : end + 8]
    dashed = re.search(r"(?:^|\s)[-–—]\s+$", before) and re.match(r"\s+[-–—](?:\s|$)", after)
    alone = re.search(r"(?:^|[.!?…»”\"]|\n)\s*$", before) and re.match(r"[.\])]*\s*(?:$|\n)", after)
    listed = re.search(r"(?:^|\n|[:;.]\s*\(?)\s*\(?$", before) and re.match(r"[.)]\s", after)
    return bool(dashed or alone or listed) or _numbers_line(clean, start, end)
