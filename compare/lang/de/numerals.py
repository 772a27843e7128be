"""German numbers, which are written in one word up to a million."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from compare.lang.numerals import HALF, Numerals, phrases, series

_UNITS = """null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
    siebzehn achtzehn neunzehn""".split()
_TENS = "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_ENDINGS = ("e", "en", "er", "es", "em")


def _tens(number: int, last: bool = True) -> str:
    """Spell a number under 100; before another part of the word "eins" is "ein"."""
    if number < 20:
        return _UNITS[number] if last or number != 1 else "ein"
    unit, ten = number % 10, _TENS[number // 10 - 2]
    return f"{_tens(unit, last=False)}und{ten}" if unit else ten


def _spellings(number: int) -> Iterator[str]:
    """Yield how a number from 1 to 9999 is written; a year also by its hundreds."""
    if number < 100:
        yield _tens(number)
        return
    for size, word in ((100, "hundert"), (1000, "tausend")):
        head, rest = divmod(number, size)
        if 0 < head < (20 if size == 100 else 10) and not (size == 100 and head == 10):
            tails = list(_spellings(rest)) if rest else [""]
            for first in ("", "ein") if head == 1 else (_tens(head, last=False),):
                for tail in tails:
                    yield first + word + tail
                    if 0 < rest < 100:
                        yield f"{first}{word}und{tail}"


_CARDINALS = {spelling: number for number in range(1, 10_000) for spelling in _spellings(number)}
_STEMS = {"erst": 1, "dritt": 3, "siebent": 7, "siebt": 7, "acht": 8} | {
    spelling + ("t" if number % 100 < 20 and number % 100 else "st"): number
    for spelling, number in _CARDINALS.items()
    if number <= 100 and number not in (1, 3, 7, 8)
}

NUMERALS = Numerals(
    cardinals=_CARDINALS
    | {"null": 0, "zwo": 2, "zween": 2}
    | series("zweie dreie viere fünfe sechse", 2)
    | dict.fromkeys("ein eine einen einem einer eines".split(), 1),
    ordinals={stem + ending: number for stem, number in _STEMS.items() for ending in _ENDINGS},
    scales={"dutzend": 12, "schock": 60, "mandel": 15, "hunderte": 100, "tausende": 1000, "million": 10**6}
    | {"mio": 10**6, "milliarde": 10**9, "mrd": 10**9, "billion": 10**12},
    fractions={"halb": HALF, "hälfte": HALF, "viertel": Fraction(1, 4), "drittel": Fraction(1, 3)}
    | {"anderthalb": Fraction(3, 2), "eineinhalb": Fraction(3, 2), "dreiviertel": Fraction(3, 4)}
    | {"zweieinhalb": Fraction(5, 2), "dreieinhalb": Fraction(7, 2)},
    implied=dict.fromkeys("einmal erstens einst".split(), (1,))
    | dict.fromkeys("beide beiden beider zweimal doppelt paar zweitens zwilling zwillinge zweifach".split(), (2,))
    | dict.fromkeys("dreimal dreifach drittens trio".split(), (3,))
    | dict.fromkeys("viermal vierfach viertens".split(), (4,))
    | {"mittag": (12,), "mitternacht": (12, 0, 24)},
    decades=series("zwanziger dreissiger vierziger fünfziger sechziger siebziger achtziger neunziger", 20, 10),
    loose=frozenset(
        """
        ein eine einen einem einer eines eins null zwei zweite zweiten zweiter zweites zweitem erste ersten erster
        erstes erstem halb hälfte dutzend schock mandel hunderte tausende acht
    """.split()
    ),
    heads={
        "jährig": 1,
        "malig": 1,
        "stündig": 1,
        "tägig": 1,
        "wöchig": 1,
        "monatig": 1,
        "stöckig": 1,
        "fach": 1,
        "mal": 1,
    },
    head_units={"jährig": "jahr", "stündig": "stunde", "tägig": "tag", "wöchig": "woche", "monatig": "monat"},
    combining={spelling: number for spelling, number in _CARDINALS.items() if 1 < number < 101},
    joiners=frozenset(("und",)),
    fraction_joiners=frozenset(("und", "und ein", "und eine")),
    scale_joiners=frozenset(("ein", "eine")),
    denominator=r"tel$",
    months=tuple(
        r"""J(?:anuar|änner|an\.) Feb(?:ruar|r?\.) März Apr(?:il|\.) Mai Jun[io] Jul[iy] Aug(?:ust|\.) Sept?(?:ember|\.)
        Okt(?:ober|\.) Nov(?:ember|\.) Dez(?:ember|\.)""".split()
    ),
    day_before_month=r"(?:\.|te[nrsm]?)?\s+",
    day_after_month=r"\.?\s+(?:de[nrms]\s+)?",
    day_joiner=r"(?:\.|te[nrsm]?)?\s*(?:bis|und|oder|auf|zum)?\s*(?:zum\s+)?(?:de[nm]\s+)?",
    decade_suffix=r"-?er\b",
    ordinal_suffix=r"(?:te|ste)[nrsm]?\b|\.(?=\s+(?:jahrhundert|kapitel|band|buch|mal|klasse))",
    alternatives=r"(?:oder|bis)(?:\s+(?:vielleicht|gar|auch))?",
    clock=(("", "", -1, 0), ("", "nach", 1, 0), ("", "vor", -1, 0)),
    clock_minutes=(("", r"(?:minuten?\s+)?nach", 1, 0), ("", r"(?:minuten?\s+)?vor", -1, 0)),
    minutes_after=((r"uhr(?:\s+und)?", 1),),
    hour=r"uhr\b",
    percent=r"(?:%|prozent)",
    begun=r"(?:stunde|jahr|jahrzehnt)\b",
    labels=r"(?:kapitel|kap|buch|teil|band|bd|akt|aufzug|szene|auftritt|gesang|abschnitt|artikel|art|nr|nummer|abb|figur"
    r"|anhang|strophe|vers|psalm|klasse|punkt|absatz|§)",
    after_roman=r"(?:\.?\s*(?:jahrhundert|jh\b|kongress|dynastie|olympi\w+|korps))",
    pages=r"(?:s|seiten?|anmerkung|anm|fussnote|ebd|a\. a\. o)",
    idioms=phrases(r"""
        (?:in|ausser) acht
        acht (?:zu )?(?:geben|haben|nehmen|gab|gibt)
        unter vier augen
        auf allen vieren
        alle viere
        (?:fünf|ein viertel) gerade sein
        in (?:zwei|drei|ein paar) worten
        siebente?n? himmel
        dritter hand
        zweiter hand
        zum (?:ersten|zweiten|dritten) mal
        sieben sachen
        ein[s]? ums andere
        (?:tausend|hundert|tausendmal|hundertmal) (?:dank|mal)
        tausend und eine?
        null und nichtig
        mit eins
    """),
    units={
        "length": {"meile": 1609.34, "fuss": 0.3048, "zoll": 0.0254, "elle": 1.143, "yard": 0.9144, "werst": 1066.8}
        | {"kilometer": 1000.0, "km": 1000.0, "meter": 1.0, "zentimeter": 0.01, "cm": 0.01, "millimeter": 0.001},
        "weight": {"pfund": 0.4536, "unze": 0.02835, "kilogramm": 1.0, "kilo": 1.0, "kg": 1.0, "gramm": 0.001}
        | {"tonne": 1000.0, "pud": 16.3805},
        "area": {"hektar": 10_000.0},
        "money": {"rubel": 100.0, "kopeke": 1.0},
        "time": {"minute": 1.0, "stunde": 60.0, "tag": 1440.0, "woche": 10_080.0, "monat": 43_830.0, "jahr": 525_960.0}
        | {"jahrzehnt": 5_259_600.0, "jahrhundert": 52_596_000.0},
    },
)
