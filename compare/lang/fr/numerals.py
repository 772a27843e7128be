"""French numbers, with the old measures; twenty counts on to ninety-nine: quatre-vingt-dix-neuf."""

from __future__ import annotations

from fractions import Fraction

from compare.lang.numerals import HALF, Numerals, phrases, series

_UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ORDINALS = """
    deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième
    treizième quatorzième quinzième seizième"""

NUMERALS = Numerals(
    cardinals=series(_UNITS, 0)
    | series("vingt trente quarante cinquante soixante septante octante nonante", 20, 10)
    | {"une": 1, "vingts": 20, "huitante": 80},
    ordinals=series(_ORDINALS, 2)
    | series("vingtième trentième quarantième cinquantième soixantième septantième octantième nonantième", 20, 10)
    | {"premier": 1, "première": 1, "unième": 1, "second": 2, "seconde": 2, "centième": 100, "millième": 1000},
    followed_under={"dix": 10, "soixante": 20, "vingt": 20, "vingts": 20},
    multiplying=frozenset("vingt vingts vingtième".split()),
    scales={"cent": 100, "cents": 100, "mille": 1000, "mil": 1000, "millier": 1000, "million": 10**6, "milliard": 10**9}
    | {"dizaine": 10, "douzaine": 12, "vingtaine": 20, "centaine": 100},
    fractions={"demi": HALF, "demie": HALF, "moitié": HALF, "quart": Fraction(1, 4), "tiers": Fraction(1, 3)},
    implied={"midi": (12,), "minuit": (12, 0, 24), "quinzaine": (15, 14, 2), "trentaine": (30,), "semestre": (6, 2)}
    | dict.fromkeys("deuxièmement paire couple double jumeau jumeaux jumelle jumelles duo".split(), (2,))
    | dict.fromkeys("troisièmement triple trio".split(), (3,))
    | dict.fromkeys("quatrièmement quadruple quatuor trimestre".split(), (4,)),
    # an article, a pronoun; new, a person, a second of time: a word by itself may be another
    loose=frozenset(
        """zéro un une deux premier première second seconde deuxième neuf quart tiers demi demie moitié dizaine douzaine
        vingtaine centaine millier""".split()
    ),
    joiners=frozenset(("et",)),
    fraction_joiners=frozenset(("et", "et un", "et le")),
    scale_joiners=frozenset("de d'un d'une".split()),
    denominator=r"ièmes?$",
    months=tuple(
        r"janv(?:ier|\.) févr?(?:ier|\.) mars avr(?:il|\.) mai juin juil(?:let|l?\.) août sept(?:embre|\.) "
        r"oct(?:obre|\.) nov(?:embre|\.) déc(?:embre|\.)".split()
    ),
    day_before_month=r"(?:er)?\s+(?:jours?\s+)?(?:d[eu]\s+(?:mois\s+d[e']\s*)?|d')?",
    day_after_month=r"\.?\s+(?:le\s+)?",
    day_joiner=r"(?:er)?\s*(?:au|et|ou|à)?\s*(?:le\s+)?",
    ordinal_suffix=r"(?:ers?|[èe]res?|nd|nde|i?[èe]mes?|es?)\b",
    alternatives=r"(?:ou|à|et)(?:\s+(?:même|peut-être))?",
    minutes_after=((r"(?:heures?|h)\s+moins(?:\s+le)?", -1), (r"(?:heures?|h)(?:\s+et)?", 1)),
    hour=r"(?:heures?|h)\b(?!\s+(?:durant|plus tard|après))",
    percent=r"(?:%|pour\s?cent)",
    labels=r"(?:chapitres?|chap|ch|livres?|parties?|tomes?|t|volumes?|vol|actes?|scènes?|chants?|sections?|articles?|art|no"
    r"|n°|numéros?|fig|figure|planche|lettre|strophe|vers|psaume|classe|paragraphe|point|§)",
    roman_suffix=r"(?:er?|[èe]me)$",
    after_roman=r"(?:siècles?|congrès|dynastie|olympi\w+|corps)",
    pages=r"(?:pp?|pages?|notes?|ibid|op\. cit)",
    idioms=phrases(r"""
        tout(?:es)? (?:les |deux )?deux
        d'un à l'autre
        un à un
        deux à deux
        quatre à quatre
        à quatre pattes
        m[ei]t?t?\w* en quatre
        aux quatre (?:coins|vents)
        (?:entre|à) quatre yeux
        septième ciel
        tiré à quatre épingles
        trente-six chandelles
        (?:en|dire) deux mots
        de deux choses l'une
        (?:mille|cent) fois
        mille (?:pardons|excuses|mercis)
        mille et une?
        sixième sens
        tierce personne
    """),
    units={
        "length": {"lieue": 4000.0, "toise": 1.949, "pied": 0.3248, "pouce": 0.02707, "aune": 1.188, "verste": 1066.8}
        | {"mille": 1609.34, "kilomètre": 1000.0, "km": 1000.0, "mètre": 1.0, "centimètre": 0.01, "cm": 0.01}
        | {"millimètre": 0.001},
        "weight": {"once": 0.0306, "kilogramme": 1.0, "kilo": 1.0, "kg": 1.0, "gramme": 0.001, "tonne": 1000.0}
        | {"quintal": 100.0, "poud": 16.3805},
        "area": {"hectare": 10_000.0, "arpent": 3419.0},
        "money": {"rouble": 100.0, "kopeck": 1.0},
        "time": {"minute": 1.0, "heure": 60.0, "jour": 1440.0, "semaine": 10_080.0, "quinzaine": 20_160.0}
        | {"mois": 43_830.0, "an": 525_960.0, "année": 525_960.0, "décennie": 5_259_600.0, "siècle": 52_596_000.0},
    },
)
