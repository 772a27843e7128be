"""How a language says numbers: tables that `compare.quantities` reads, one `NUMERALS` in each `compare/lang/xx/`.

Words are keys or lemmas (`compare.words.key`, `lemma`); a form that the dictionary takes for another word may stand
with its lemma. Patterns are regular expressions on lower-case text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Number = int | Fraction
Numbers = Mapping[str, Number]

HALF = Fraction(1, 2)
_NONE: frozenset[str] = frozenset()
#: Matches nothing.
NEVER = r"(?!)"


def series(words: str, first: int, step: int = 1) -> dict[str, int]:
    """Number the words of a list: `series("ten eleven", 10) == {"ten": 10, "eleven": 11}`."""
    return {word: first + i * step for i, word in enumerate(words.split())}


def phrases(lines: str) -> str:
    """Join patterns, one a line, into one that finds any of them as whole words."""
    return rf"\b(?:{'|'.join(line.strip() for line in lines.splitlines() if line.strip())})\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """The number words of a language and what stands about numbers in it; a table that is empty is not needed."""

    cardinals: Numbers
    ordinals: Numbers = field(default_factory=dict)
    scales: Numbers = field(default_factory=dict)
    """They multiply what stands before them: thousand, dozen."""
    followed_under: Numbers = field(default_factory=dict)
    """Cardinals, and under what a number is added that follows them, where their own place does not say it:
    «soixante-douze»."""
    multiplying: frozenset[str] = _NONE
    """Cardinals and ordinals that multiply a unit before them: «quatre-vingts»."""
    trailing_scales: frozenset[str] = _NONE
    """Forms of scales that, said first, multiply a number that follows: «тысяч пять»."""
    doubtful_scales: Numbers = field(default_factory=dict)
    """Scales after a figure that may be something else: m, a million or a metre."""
    fractions: Numbers = field(default_factory=dict)
    implied: Mapping[str, tuple[Number, ...]] = field(default_factory=dict)
    """What words imply that need not be translated by a number: noon, fortnight, гривенник."""
    decades: Numbers = field(default_factory=dict)
    """Words for ten years of life or of a century: twenties."""
    indefinite: frozenset[str] = _NONE
    """Words that say of a small number that it is one: several, few."""
    loose: frozenset[str] = _NONE
    """Words that one may say without counting: one, first, dozens."""

    combining: Numbers = field(default_factory=dict)
    """First members of compound words: «семнадцати-»."""
    heads: Numbers = field(default_factory=dict)
    """Beginnings of their last members, and what these multiply by: «-летний» 1, «-тысячный» 1000."""
    head_units: Mapping[str, str] = field(default_factory=dict)
    """Units of measure in such last members: «-летний» counts years."""
    compound_ending: str = NEVER
    """Ending of a last member whatever it is, after a first member of four letters or more: «трёхколейный»."""
    half: str = ""
    """First member that halves a scale or an ordinal hour: «полдюжины», «полпятого»."""

    joiners: frozenset[str] = _NONE
    """Between hundreds and what follows, and between units and tens: "five and twenty"."""
    fraction_joiners: frozenset[str] = _NONE
    """Between a number and a fraction: "two and a half"."""
    scale_joiners: frozenset[str] = _NONE
    """Between a fraction and a scale: "half a million"."""
    denominator: str = NEVER
    """How an ordinal ends that is a fraction after a cardinal: "fifths"."""
    parts: str = NEVER
    """What follows an ordinal that is a fraction: "three tenth parts"."""
    years_by_pairs: bool = False
    """Whether two numbers in a row may be a year: "nineteen forty-one"."""

    months: Sequence[str] = ()
    """Twelve patterns of their names."""
    day_before_month: str = NEVER
    day_after_month: str = NEVER
    """What may stand between a day and its month."""
    day_joiner: str = NEVER
    """Between two days of one month, apart from marks: "6th to 7th"."""
    decade_suffix: str = NEVER
    """After a figure: "1920s"."""
    ordinal_suffix: str = NEVER
    """After a figure: "6th"."""
    alternatives: str = NEVER
    """Between two numbers of which either may be meant: "two or three"."""
    clock: Sequence[tuple[str, str, int, int]] = ()
    """A half or quarter and an hour: what stands before and between, whether it is added or taken away, and what is
    added to the hour: "half past five" is ("", "past", 1, 0); «половина пятого» is ("", "", 1, -1)."""
    clock_minutes: Sequence[tuple[str, str, int, int]] = ()
    """The same for whole minutes: "ten minutes to five" is ("", "minutes to", -1, 0)."""
    minutes_after: Sequence[tuple[str, int]] = ()
    """Between an hour and minutes that follow it, and 1 where they are added: «cinq heures moins dix» has -1."""
    hour: str = NEVER
    """After a number that is an hour of the day: "o'clock"."""
    percent: str = NEVER
    begun: str = NEVER
    """After an ordinal that counts what has begun: «пятый час» is after four."""
    begun_before: str = NEVER
    """Before such an ordinal: «часу в пятом»."""

    labels: str = NEVER
    """Before the number of a part of a book or list, Arabic or Roman: "chapter"."""
    after_roman: str = NEVER
    """After a Roman numeral: "century"."""
    roman_suffix: str = NEVER
    """What makes a Roman numeral an ordinal: «XIXe»."""
    roman_letters: Mapping[str, str] = field(default_factory=dict)
    """Letters of its own script that are written for Roman ones."""
    pages: str = NEVER
    """Before the number of a page or note."""
    idioms: str = NEVER
    """Phrases whose number words count nothing."""
    respelling: Sequence[tuple[str, str]] = ()
    """From older spellings to the tables'."""
    number_after_unit: str = NEVER
    """A unit, and what may stand between it and a round number that follows: «вёрст за пятьдесят»."""
    counted_first: str = NEVER
    """What is counted, where it stands before its number, which then is only near: «человека три»."""
    heights: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    """Units that, before such a word, leave a part of the height unsaid: «восьми вершков росту» has two arshins more.
    """
    units: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Units of measure by dimension, in metres, kilograms, square metres, minutes or the least coin."""
    currencies: frozenset[str] = _NONE
    """Money of other countries, whose worth changes: what a translator makes of roubles."""
