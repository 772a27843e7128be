"""English numbers. Measures as the Weights and Measures Act of 1878 fixed them; Russian ones as English spells them."""

from __future__ import annotations

from fractions import Fraction

from compare.lang.numerals import HALF, Numerals, phrases, series

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen"""
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = series(_UNITS, 0)
_VERST, _SAZHEN, _ARSHIN, _VERSHOK, _POOD, _DESYATINA = 1066.8, 2.1336, 0.7112, 0.04445, 16.3805, 10925.4


def _spelled(size: float, words: str) -> dict[str, float]:
    return dict.fromkeys(words.split(), size)


NUMERALS = Numerals(
    cardinals=_SMALL | series(_TENS, 20, 10) | {"fourty": 40, "nil": 0, "twain": 2},
    ordinals=series(_ORDINALS, 0) | series(_TENS.replace("ty", "tieth"), 20, 10) | {"hundredth": 100},
    scales={"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "thousandth": 1000, "myriad": 10_000}
    | {"million": 10**6, "mln": 10**6, "mn": 10**6, "mio": 10**6, "millionth": 10**6, "milliard": 10**9}
    | {"billion": 10**9, "bn": 10**9, "bln": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12},
    doubtful_scales={"m": 10**6, "b": 10**9, "t": 10**12, "thou": 1000, "k": 1000},
    fractions={"half": HALF, "halves": HALF, "quarter": Fraction(1, 4)},
    implied={
        "once": (1,),
        "twice": (2,),
        "thrice": (3,),
        "both": (2,),
        "couple": (2,),
        "pair": (2,),
        "double": (2,),
        "twofold": (2,),
    }
    | {"treble": (3,), "triple": (3,), "trio": (3,), "quadruple": (4,), "quartet": (4,), "quintet": (5,)}
    | {"twin": (2,), "triplet": (3,), "noon": (12,), "midday": (12,), "noonday": (12,), "noontide": (12,)}
    | {"midnight": (12, 0, 24), "fortnight": (14, 2), "fortnightly": (14, 2), "sennight": (7,), "twelvemonth": (12,)}
    | {"quatorze": (14,), "quinze": (15,)}  # kings of France
    | {"dime": (10,), "tuppence": (2,), "teens": (13, 19)}
    | {"firstly": (1,), "secondly": (2,), "thirdly": (3,), "fourthly": (4,), "fifthly": (5,), "singly": (1,)}
    | {"sixthly": (6,), "seventhly": (7,), "eighthly": (8,), "ninthly": (9,), "tenthly": (10,)}
    | {"solo": (1,), "duo": (2,), "duet": (2,), "bicycle": (2,), "quadruped": (4,), "tithe": (10,)}
    | {"triangle": (3,), "triangular": (3,), "quadrangle": (4,), "semester": (2,), "jubilee": (50,)}
    | {f"{word}{coin}": (n,) for word, n in _SMALL.items() for coin in ("pence", "pences", "penny") if n > 1},
    decades=series("twenties thirties forties fifties sixties seventies eighties nineties", 20, 10),
    indefinite=frozenset("few several some".split()),
    loose=frozenset(
        """zero nil one two first second twain half halves hundreds thousands millions billions score scores dozen
        dozens myriad myriads""".split()
    ),
    combining=_SMALL | series(_TENS, 20, 10) | {"hundred": 100, "thousand": 1000},
    heads={"fold": 1, "some": 1, "score": 20, "storied": 1, "storey": 1},
    joiners=frozenset(("and",)),
    fraction_joiners=frozenset(("and", "and a", "and one", "and an")),
    scale_joiners=frozenset(("a", "of a", "an")),
    denominator=r"(?:s|half)$",
    parts=r"[\s-]+(?:parts?|deals?)\b",
    years_by_pairs=True,
    months=tuple(
        r"""Jan(?:uary|\.) Feb(?:ruary|\.) Mar(?:ch|\.) Apr(?:il|\.) May June? July? Aug(?:ust|\.)
        Sept?(?:ember|\.) Oct(?:ober|\.) Nov(?:ember|\.) Dec(?:ember|\.)""".split()
    ),
    day_before_month=r"(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?",
    day_after_month=r"\.?\s+(?:the\s+)?",
    day_joiner=r"(?:st|nd|rd|th)?\s*(?:to|and|or|till|until)?\s*(?:the\s+)?",
    decade_suffix=r"['’]?s\b",
    ordinal_suffix=r"(?:st|nd|rd|th|d)\b",
    alternatives=r"(?:or|to|and)(?:\s+(?:perhaps|maybe|even))?",
    clock=(("", "past|after", 1, 0), ("", "to|before", -1, 0)),
    clock_minutes=(("", r"past|minutes?\s+(?:past|after)", 1, 0), ("", r"minutes?\s+(?:to|before)", -1, 0)),
    hour=r"(?:o['’]?\s?clock|[ap]\.?\s?m\b|hours\b|in the (?:morning|afternoon|evening)|at night)",
    percent=r"(?:%|per\s?cent|percent)",
    begun=r"(?:hour|year|decade)\b",
    labels=r"(?:chapters?|chap|ch|books?|parts?|volumes?|vols?|acts?|scenes?|cantos?|sections?|sect?|articles?|arts?"
    r"|no|nos|numbers?|fig|plate|letter|appendix|stanza|verse|psalm|class|form|grade|type|item|paragraph|par|clause|§)",
    after_roman=r"(?:century|centuries|congress|dynasty|olympi\w+|corps|century's)",
    pages=r"(?:pp?|pages?|note|notes|footnote|ibid|op\. cit)",
    idioms=phrases(r"""
        at sixes and sevens
        six of one\b.{1,20}\bthe other
        nine times out of ten
        ten to one
        on all fours
        four[- ]in[- ]hand
        in (?:two|three) words
        seventh heaven
        second to none
        dressed up to the nines
        two by two
        twos and threes
        an?(?:other|d a)? (?:third|fourth|fifth|sixth)(?! of\b)
        (?:twice two|two and two)(?: \w+)? four
        third (?:person|party|parties)
        third[- ]rate
        third degree
        sixth sense
        four (?:corners|winds|quarters|hands)
        five fingers
        eleventh hour
        forty winks
        seven[- ]league
        one or two
        a (?:hundred|thousand) (?:pardons|apologies|thanks)
        (?:hundred|thousand|million) and one
        (?:ten |twenty |hundred |a )?(?:twenty|hundred|thousand|million) times
        one in a (?:hundred|thousand|million)
    """),
    currencies=frozenset(
        "pound dollar euro franc mark lira yen yuan crown guilder cent shilling penny pence guinea sovereign".split()
    ),
    units={
        "length": _spelled(_VERST, "verst werst viorst")
        | _spelled(_SAZHEN, "sazhen sagene sajen sazhene")
        | _spelled(_ARSHIN, "arshin arsheen archine arshine")
        | _spelled(_VERSHOK, "vershok vershock verchok")
        | {"fathom": 1.8288, "mile": 1609.34, "league": 4828.0, "yard": 0.9144, "foot": 0.3048, "feet": 0.3048}
        | {"inch": 0.0254, "furlong": 201.17, "ell": 1.143, "cubit": 0.4572, "stadium": 185.0}
        | _spelled(1000.0, "kilometre kilometer km")
        | _spelled(1.0, "metre meter")
        | _spelled(0.01, "centimetre centimeter cm")
        | _spelled(0.001, "millimetre millimeter mm"),
        "weight": _spelled(_POOD, "pood pud poud pouds")
        | {"pound": 0.4536, "lb": 0.4536, "stone": 6.3503, "hundredweight": 50.802, "cwt": 50.802, "ounce": 0.02835}
        | {"gram": 0.001, "gramme": 0.001, "ton": 1016.0, "tonne": 1000.0}
        | _spelled(1.0, "kilogram kilogramme kilo kg"),
        "area": _spelled(_DESYATINA, "desyatina desyatin desiatina desiatin desyatine dessiatina dessiatin dessiatine")
        | {"acre": 4046.9, "hectare": 10_000.0},
        "money": _spelled(100.0, "rouble ruble rubl")
        | _spelled(1.0, "kopeck kopek copeck copec kopeika kopeck's")
        | {"grivennik": 10.0, "poltinnik": 50.0, "pyatak": 5.0, "altyn": 3.0},
        "time": {"minute": 1.0, "hour": 60.0, "day": 1440.0, "week": 10_080.0, "fortnight": 20_160.0}
        | {"month": 43_830.0, "year": 525_960.0, "twelvemonth": 525_960.0, "decade": 5_259_600.0}
        | {"century": 52_596_000.0},
    },
)
