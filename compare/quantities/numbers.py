"""Quantities in Russian and English (figures, number words, ordinals, fractions, dozens), and how two sets compare."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from compare.words import key, lemma


def _words(text: str) -> list[str]:
    return text.split()


_EN_UNITS = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_ORDINALS = _words(
    """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"""
)
_RU_UNITS = _words(
    """ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать
    четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"""
)
_RU_TENS = _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_RU_ORDINALS = _words(
    """нулевой первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый
    двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый"""
)
_RU_TEN_ORDINALS = _words("двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый")
_RU_HUNDRED_ORDINALS = _words(
    "сотый двухсотый трехсотый четырехсотый пятисотый шестисотый семисотый восьмисотый девятисотый"
)


def _table(*groups: tuple[Sequence[str], int, int]) -> dict[str, int | Fraction]:
    """Number words: each group is (words, value of the first, step)."""
    return {word: start + i * step for words, start, step in groups for i, word in enumerate(words)}


#: Words that stand for a number by themselves, by language; Russian by lemma.
_CARDINALS: Mapping[str, Mapping[str, int | Fraction]] = {
    "en": _table((_EN_UNITS, 0, 1), (_EN_TENS, 20, 10))
    | {"fourty": 40}
    | {"threescore": 60, "fourscore": 80, "fivescore": 100, "sixscore": 120, "sevenscore": 140, "eightscore": 160},
    "ru": _table((_RU_UNITS, 0, 1), (_RU_TENS, 20, 10), (_RU_HUNDREDS, 100, 100))
    | {
        "двое": 2,
        "трое": 3,
        "четверо": 4,
        "пятеро": 5,
        "шестеро": 6,
        "семеро": 7,
        "восьмеро": 8,
        "девятеро": 9,
        "десятеро": 10,
    }
    | {"оба": 2, "полтораста": 150},
}
_ORDINALS: Mapping[str, Mapping[str, int | Fraction]] = {
    "en": _table((_EN_ORDINALS, 0, 1), ([w[:-1] + "ieth" for w in _EN_TENS], 20, 10)),
    "ru": _table((_RU_ORDINALS, 0, 1), (_RU_TEN_ORDINALS, 20, 10), (_RU_HUNDRED_ORDINALS, 100, 100))
    | {"тысячный": 1000},
}
#: Words that multiply what stands before them.
_SCALES: Mapping[str, Mapping[str, int | Fraction]] = {
    "en": {
        "hundred": 100,
        "hundredth": 100,
        "thousand": 1000,
        "thousandth": 1000,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
    }
    | {
        "myriad": 10**4,
        "myriads": 10**4,
        "hundreds": 100,
        "thousands": 1000,
        "millions": 10**6,
        "billions": 10**9,
        "score": 20,
        "dozen": 12,
    },
    "ru": {"тысяча": 1000, "тыс": 1000, "миллион": 10**6, "млн": 10**6, "миллиард": 10**9, "млрд": 10**9, "дюжина": 12}
    | {"сотня": 100, "десяток": 10, "триллион": 10**12, "трлн": 10**12},
}
#: What one may say without counting: present in one version and absent in another it proves little.
_LOOSE = frozenset(
    _words("""one two first second once zero half hundreds thousands millions billions score dozen dozens both
    один два двое первый второй оба ноль нулевой сотня десяток тысяча полтора""")
)
_MORE: Mapping[str, Mapping[str, int | Fraction]] = {
    "en": {
        "half": Fraction(1, 2),
        "once": 1,
        "twice": 2,
        "thrice": 3,
        "both": 2,
        "couple": 2,
        "pair": 2,
        "quarter": Fraction(1, 4),
    },
    "ru": {
        "половина": Fraction(1, 2),
        "полтора": Fraction(3, 2),
        "дважды": 2,
        "трижды": 3,
        "пара": 2,
        "четверть": Fraction(1, 4),
    },
}
_VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}

_FIGURE = r"\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(
    rf"(?P<mixed>\d+[ \u00a0-]\d+/\d+(?!\d))|(?P<slash>\d+/\d+(?!\d))|(?P<figure>{_FIGURE})(?P<vulgar>[½⅓⅔¼¾⅕⅛⅜⅝⅞])?"
    r"|(?P<bare>[½⅓⅔¼¾⅕⅛⅜⅝⅞])|(?P<roman>\b[IVXLC]{2,}\b|\b[VX]\b)|(?P<word>[^\W\d_]+)"
)
#: A whole number and a fraction run together, as "21/2"; 24/7 and 9/11 are no fractions.
RUN_TOGETHER = re.compile(r"(?<![\d/.,])(\d{1,3})([1-7])/([234568])(?![\d/])")
#: Words that only look like a number: «третьего дня» is the day before yesterday.
_NONE = re.compile(r"\bтретьего\s+дня\b", re.I)
#: An hour by its ordinal: «в десятом часу», «часу в десятом», «десятый час».
_HOUR = re.compile(r"\b\w+(?:ом|ый|ий|ой|го|му|ем)\s+час(?:а|у|ом|е)?\b|\bчас[ау]?\s+в\s+\w+ом\b", re.I)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states. `firm`: it is counted or dated, so a faithful version must have it somewhere."""

    value: Fraction
    start: int
    end: int
    firm: bool = True
    figures: bool = False
    hour: bool = False
    """Whether it counts hours begun, as Russian does: «в десятом часу» is after nine."""


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str  # figure, cardinal, ordinal, scale, more
    value: Fraction
    start: int
    end: int
    loose: bool


@functools.lru_cache(1 << 14)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """List the quantities of a text in order: `quantities("a loan of 2½ million", "en")[0].value == 2500000`."""
    idle = {m.start() for m in _NONE.finditer(text)}
    found = tuple(q for q in _join(list(_pieces(text, lang)), text, lang) if q.start not in idle)
    hours = {i for m in _HOUR.finditer(text) for i in range(m.start(), m.end())} if lang == "ru" else set()
    return tuple(replace(q, hour=True) if q.start in hours else q for q in found) if hours else found


def missing(here: Iterable[Quantity], there: Iterable[Quantity]) -> list[Quantity]:
    """Return the firm quantities of `here` for which `there` has no counterpart, each counted as often as it stands."""
    here, there = tuple(here), tuple(there)
    pool = list(there)
    absent: list[Quantity] = []
    # exact counterparts are taken first, so that a loose reading never steals one
    waiting: list[Quantity] = []
    for quantity in here:
        match = next((q for q in pool if q.value == quantity.value), None)
        if match is not None:
            pool.remove(match)
        else:
            waiting.append(quantity)
    told = {q.value for q in there}  # what the other text has too, only less often, is repeated here and not lost there
    for quantity in waiting:
        match = next((q for q in pool if _same(quantity, q)), None)
        if match is not None:
            pool.remove(match)
        elif quantity.firm and quantity.value not in told and not _composed(quantity.value, [q.value for q in pool]):
            absent.append(quantity)
    return absent


def _same(a: Quantity, b: Quantity) -> bool:
    """Say the same quantity in another manner: two-digit years, the afternoon's hours, hours begun."""
    less, more = sorted((a, b), key=lambda q: q.value)
    low, high = less.value, more.value
    if more.hour and high - low == 1:
        return True
    if 1000 <= high < 2100 and high.denominator == low.denominator == 1:
        return 10 <= low < 100 and high % 100 == low
    return 13 <= high <= 23 and low == high - 12


def _composed(value: Fraction, pool: list[Fraction]) -> bool:
    """Two or three numbers that together make one: "1 hour 30" for 1½, "two and a half" torn apart."""
    return any(a + b == value or a * b == value for i, a in enumerate(pool) for b in pool[i + 1 :])


def _pieces(text: str, lang: str) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
            continue  # the mark of a note
        if match["word"]:
            yield from _word(match["word"], start, end, lang)
        elif match["roman"]:
            if (roman := _from_roman(match["roman"])) is not None:
                yield _Piece(
                    "figure", Fraction(roman), start, end, match["roman"] in ("V", "X") or _heads(text, start, end)
                )
        elif match["figure"]:
            value = _from_figures(match["figure"])
            if match["vulgar"]:
                value += Fraction(*_VULGAR[match["vulgar"]])
            yield _Piece("figure", value, start, end, False)
        elif match["bare"]:
            yield _Piece("figure", Fraction(*_VULGAR[match["bare"]]), start, end, False)
        else:
            whole, _, part = re.sub(r"[\u00a0-]", " ", match.group()).rpartition(" ")
            above, below = (int(n) for n in part.split("/"))
            if below:
                yield _Piece("figure", Fraction(above, below) + (int(whole) if whole else 0), start, end, False)


def _heads(text: str, start: int, end: int) -> bool:
    """Tell whether a numeral stands alone on its line, as the number of a chapter does."""
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end:].partition("\n")[0]
    return line.strip(" .\r").casefold() in ("", "chapter", "глава", "part", "часть", "book", "книга")


def _word(word: str, start: int, end: int, lang: str) -> Iterator[_Piece]:
    if lang not in _CARDINALS:
        return
    form = key(word)
    form = _russian_number(form) if lang == "ru" else form
    tables: tuple[tuple[str, Mapping[str, Mapping[str, int | Fraction]]], ...] = (
        ("cardinal", _CARDINALS),
        ("ordinal", _ORDINALS),
        ("scale", _SCALES),
        ("more", _MORE),
    )
    for kind, table in tables:
        if form in table[lang]:
            yield _Piece(kind, Fraction(table[lang][form]), start, end, form in _LOOSE)
            return


@functools.lru_cache(1 << 14)
def _russian_number(form: str) -> str:
    """The lemma, with the forms that the dictionary splits from their numeral put back."""
    base = lemma(form, "ru")
    return {"тысячей": "тысяча", "одна": "один", "полторы": "полтора", "обе": "оба", "первое": "первый"}.get(base, base)


def _from_figures(figures: str) -> Fraction:
    """Read a figure with either thousands separator: a group of three after a comma or point is thousands."""
    plain = re.sub(r"[\u00a0\u202f ]", "", figures)
    if re.fullmatch(r"\d{1,3}(?:[,.]\d{3})+", plain):
        return Fraction(re.sub(r"[,.]", "", plain))
    whole, part = re.fullmatch(r"(.*?)(?:[.,](\d+))?", plain).groups()  # type: ignore[union-attr]
    return Fraction(re.sub(r"\D", "", whole) + ("." + part if part else ""))


def _from_roman(letters: str) -> int | None:
    total = 0
    for here, after in zip(letters, letters[1:] + " ", strict=True):
        value = _ROMAN[here]
        total += -value if _ROMAN.get(after, 0) > value else value
    return total if 0 < total < 400 and _to_roman(total) == letters else None


def _to_roman(value: int) -> str:
    out = ""
    for figure, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while value >= figure:
            out, value = out + letters, value - figure
    return out


def _join(pieces: list[_Piece], text: str, lang: str) -> Iterator[Quantity]:
    """Join pieces that stand side by side into one number: "three hundred and sixty five", «двадцать пять тысяч»."""
    index = 0
    while index < len(pieces):
        run, index = _run(pieces, index, text, lang)
        quantity = _value(run)
        if quantity is not None:
            yield quantity


def _run(pieces: list[_Piece], index: int, text: str, lang: str) -> tuple[list[_Piece], int]:
    run = [pieces[index]]
    low = Fraction(20) if text[: run[0].end].endswith("score") else _place(run[0])
    while (index := index + 1) < len(pieces):
        last, piece = run[-1], pieces[index]
        between = text[last.end : piece.start].strip(" -\u00a0‐‑").casefold()
        if last.kind == "scale" and last.value >= 1000 and piece.kind == "cardinal" and _grouped(pieces, index, text):
            between = between.removeprefix(",").strip()
        if between not in ("", "and", "and a", "and an", "и", "с", "a") or last.kind == "ordinal":
            break
        if piece.kind == "scale" and between == "":
            low = piece.value
        elif (
            piece.kind in ("cardinal", "ordinal")
            and run[0].kind != "figure"
            and piece.value < low
            and last.kind != "more"
        ):
            if between and (lang == "ru" or low < 10):
                break
            # "threescore and fifteen"
            low = Fraction(20) if text[: piece.end].endswith("score") else _place(piece)
        elif _inverted(run, piece, between) or (
            piece.kind == "more" and piece.value < 1 and last.kind != "more" and (between or lang == "ru")
        ):
            low = Fraction(0)
        elif piece.kind == "scale" and between in ("and a", "and an") and max(p.value for p in run) < piece.value:
            piece = replace(piece, kind="cardinal")  # "seven and twenty and a hundred"
        else:
            break
        run.append(piece)
    return run, index


def _grouped(pieces: list[_Piece], index: int, text: str) -> bool:
    """Tell whether hundreds or thousands begin here that a comma may part from the thousands before them."""
    after = pieces[index + 1 : index + 2]
    most = pieces[index - 1].value
    return any(
        p.kind == "scale" and p.value <= most and not text[pieces[index].end : p.start].strip(" -") for p in after
    )


def _inverted(run: list[_Piece], piece: _Piece, between: str) -> bool:
    """Tell "five-and-sixty" and "four and twenty": the unit stands first."""
    last = run[-1]
    return (
        (len(run) == 1 or run[-2].value >= 100)
        and between == "and"
        and last.kind == "cardinal"
        and last.value < 10
        and piece.kind in ("cardinal", "ordinal")
        and 20 <= piece.value < 100
    )


def _place(piece: _Piece) -> Fraction:
    """The place of a number word: only something smaller may follow it."""
    if piece.kind == "figure":
        return Fraction(1)
    return (
        Fraction(next((p for p in (1000, 100, 10) if piece.value >= p and (p > 10 or piece.value >= 20)), 1))
        if piece.value
        else Fraction(0)
    )


def _value(run: list[_Piece]) -> Quantity | None:
    total, group = Fraction(0), Fraction(0)
    for piece in run:
        if piece.kind != "scale":
            group += piece.value
        elif piece.value >= 1000:
            total, group = total + (group or 1) * piece.value, Fraction(0)
        else:
            group = (group or 1) * piece.value
    total += group
    firm = not all(p.loose or p.kind in ("more", "scale") for p in run)
    return Quantity(total, run[0].start, run[-1].end, firm, run[0].kind == "figure")
