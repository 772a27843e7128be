"""Words and figures that make one number: two hundred and fifty-six, «полтора миллиона», 2½ million, 1914."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from compare.lang.numerals import HALF, Numerals
from compare.quantities import figures
from compare.quantities.labels import labelled, numbers_line
from compare.quantities.lexicon import entry, respelled
from compare.quantities.quantity import Kind, Quantity
from compare.quantities.text import Unmarked

#: A word; in Ukrainian with the apostrophe before a vowel: п'ять.
_LETTERS = r"[^\W\d_]+(?:(?<=[Ѐ-ӿ])['’ʼ](?=[ЄІЇЮЯєіїюя])[^\W\d_]+)?"
_TOKEN = re.compile(rf"(?=[^A-Za-zА-Яа-я])(?:{figures.FIGURE.pattern})|(?P<letters>{_LETTERS})", re.VERBOSE)
#: Between the parts of one number there is nothing but these and a joining word.
GAP = " -\t\n\r\u00a0\u2009\u202f"
#: Letters whose Roman numerals are seldom anything else.
_PLAIN_ROMAN = frozenset("IVX")
_ROMAN = frozenset("IVXLCDM")
#: What words of a kind are as quantities; of any other they are numbers.
_ROLES: Mapping[str, Kind] = {"decade": "decade", "hour": "hour", "implied": "implied", "ordinal": "ordinal"}
#: A run of more figures than this is no number that anybody counts or measures, and costs more the longer it is.
_LONGEST_FIGURE = 40


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or figure of a number."""

    kind: str
    readings: tuple[Fraction, ...]
    start: int
    end: int
    loose: bool
    role: Kind
    low: Fraction = Fraction(0)
    form: str = ""
    """As the language's tables spell it."""

    @property
    def value(self) -> Fraction:
        return self.readings[0]


def stated(clean: Unmarked, tables: Numerals, lang: str) -> Iterator[Quantity]:
    """Yield the numbers of a text in order, each by its own words and figures alone."""
    return (_value(run, tables) for run in _runs(list(_pieces(clean, tables, lang)), clean, tables))


def _pieces(clean: Unmarked, tables: Numerals, lang: str) -> Iterator[_Piece]:
    text = clean.text
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["letters"]:
            word = match["letters"]
            if (value := _roman(clean, start, end, tables)) is not None:
                yield _Piece("figure", (Fraction(value),), start, end, end - start == 1, "number")
            elif (known := entry(word, lang)) and not _syllable(text, start, end, tables, lang):
                role, form = _ROLES.get(known.kind, "number"), respelled(word, lang)
                yield _Piece(known.kind, known.readings, start, end, known.loose, role, known.low, form)
        elif end - start <= _LONGEST_FIGURE and text[start - 1 : end + 1] != f"[{match.group()}]":  # a note's
            for figure in sorted(figures.read(match), key=lambda figure: figure.start):
                kind = "fraction" if figure.fraction else "date" if figure.role in ("day", "month") else "figure"
                loose = figure.role in ("month", "label")
                yield _Piece(kind, figure.readings, figure.start, figure.end, loose, figure.role)


def _syllable(text: str, start: int, end: int, tables: Numerals, lang: str) -> bool:
    """Tell whether letters between hyphens only spell out a longer word: «сто-о-ой», «ари-сто-крат»."""
    before, after = re.search(r"([^\W\d_]+)-$", text[:start]), re.match(r"-([^\W\d_]+)", text[end:])
    if after and text[end : end + 3] == f"-{text[end - 1]}-":
        return True
    about = [m[1] for m in (before, after) if m]
    return len(about) == 2 and not any(w.lower() in tables.joiners or entry(w, lang) for w in about)


def _roman(clean: Unmarked, start: int, end: int, tables: Numerals) -> int | None:
    """Read a Roman numeral that stands where a number may: letters that may be an acronym need something about them."""
    word = re.sub(tables.roman_suffix, "", clean.text[start:end])
    letters = "".join(tables.roman_letters.get(letter, letter) for letter in word)
    if not _ROMAN.issuperset(letters.upper()):
        return None
    is_label = labelled(clean, start, tables)
    if is_label and len(letters) > 1 and letters.islower():
        letters = letters.upper()
    value = figures.roman(letters)
    if value is None:
        return None
    placed = is_label or numbers_line(clean, start, end) or re.match(rf"[-\s]+{tables.after_roman}", clean.lower[end:])
    if len(letters) > 1 and (set(letters) <= _PLAIN_ROMAN or len(letters) > 3):
        return value
    initial = clean.text[end : end + 1] == "."
    named = letters in ("V", "X") and not initial and re.search(r"[^\W\d_]{3,}\s$", clean.text[:start])
    return value if placed or named else None


def _runs(pieces: Sequence[_Piece], clean: Unmarked, tables: Numerals) -> Iterator[list[tuple[_Piece, str]]]:
    """Join pieces that make one number, each with the manner in which it joins: "add", "times", "over"."""
    index = 0
    while index < len(pieces):
        run = [(pieces[index], "add")]
        low = pieces[index].low
        while (index := index + 1) < len(pieces):
            between = clean.lower[run[-1][0].end : pieces[index].start].strip(GAP)
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
    if piece.kind == "scale":
        between = between.strip("—– ")  # "two, or say three—dozen"
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
            # «девять четвертей» of oats are nine measures
            return ("over", Fraction(0)) if last.value * piece.value < 1 else None
    if piece.kind not in ("cardinal", "ordinal") or last.kind == "fraction" or run[0][0].kind == "figure":
        return None
    if piece.form in tables.multiplying and adjacent and last.kind == "cardinal" and 1 < last.value < 10:
        return "times", piece.low
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
        p.kind == "scale" and p.value <= most and not clean.text[pieces[index].end : p.start].strip(GAP)
        for p in pieces[index + 1 : index + 2]
    )


def _inverted(last: _Piece, piece: _Piece) -> bool:
    """Tell "five-and-sixty" and "four and twenty": the unit stands first."""
    return last.kind == "cardinal" and 0 < last.value < 10 and 20 <= piece.value < 100


def _over(last: _Piece, piece: _Piece, clean: Unmarked, tables: Numerals) -> bool:
    """Tell "two fifths", «две пятых»: an ordinal that is a fraction."""
    if last.kind != "cardinal" or piece.kind != "ordinal" or not 0 < last.value < piece.value or piece.value < 3:
        return False
    parts = re.match(tables.parts, clean.lower[piece.end : piece.end + 12])
    return last.value == 1 or bool(parts or re.search(tables.denominator, clean.lower[piece.start : piece.end]))


def _value(run: Sequence[tuple[_Piece, str]], tables: Numerals) -> Quantity:
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
            part = HALF if len(run) > 1 and HALF in piece.readings else value
            group += part * (last.value if part < 1 and last.kind == "scale" else 1)  # "a million and a half"
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
    if first.form in tables.trailing_scales and len(run) > 1 and total < 2 * first.value:
        others.add(total)
        total = (total - first.value) * first.value
    counted = [p for p, _ in run if p.kind not in ("fraction", "scale")]
    few = any(p.kind == "scale" and p.value < 100 for p, _ in run)  # dozens may be counted by the ten
    firm = total != 1 and bool(counted) and not few and not (len(run) == 1 and first.loose)
    if last.value == 1 and total > 1000:
        others.add(total - 1)  # «из десяти тысяч одну»
    kind = first.role if len(run) == 1 else "ordinal" if last.kind == "ordinal" else "number"
    if len(run) == 1 and first.kind == "scale" and first.loose and total >= 100:
        kind = "implied"  # "thousands" may be ten of them
    figure = first.kind in ("figure", "date")
    return Quantity(total, first.start, last.end, firm, figure, kind, tuple(sorted(others - {total})))
