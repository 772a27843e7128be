"""Turkish numbers. Keys have no ı (`compare.lang.tr.words`)."""

from __future__ import annotations

from fractions import Fraction

from compare.lang.numerals import HALF, Numerals, phrases, series
from compare.lang.tr.words import folded

_ORDINALS = "birinci ikinci üçüncü dördüncü beşinci altinci yedinci sekizinci dokuzuncu onuncu"
_TENTH = "yirminci otuzuncu kirkinci ellinci altmişinci yetmişinci sekseninci doksaninci yüzüncü"

NUMERALS = Numerals(
    cardinals=series("sifir bir iki üç dört beş alti yedi sekiz dokuz on", 0)
    | series("yirmi otuz kirk elli altmiş yetmiş seksen doksan", 20, 10)
    | series("onbir oniki onüç ondört onbeş onalti onyedi onsekiz ondokuz", 11),
    ordinals=series(_ORDINALS, 1) | series(_TENTH, 20, 10),
    scales={"yüz": 100, "bin": 1000, "milyon": 10**6, "milyar": 10**9, "trilyon": 10**12, "düzine": 12},
    fractions={"yarim": HALF, "yari": HALF, "buçuk": HALF, "çeyrek": Fraction(1, 4)},
    implied={"öğle": (12,), "geceyarisi": (12, 0, 24), "çift": (2,)} | dict.fromkeys("ikisi ikiz".split(), (2,)),
    # ate, under it, face, mount, arm's, break: a word by itself may be another
    loose=folded("sıfır bir birinci iki ikinci yedi altı yüz bin elli kırk on yarım yarı buçuk düzine"),
    fraction_joiners=frozenset(("",)),
    months=tuple("ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık".split()),
    day_before_month=r"\.?\s+",
    day_after_month=r"(?:['’]?\w{0,4})?\s+",
    day_joiner=r"\s*(?:ile|ve|ya da|veya)?\s*",
    decade_suffix=r"['’]?(?:l[ıi]|lar|ler)\w*\b",
    ordinal_suffix=r"\.(?=\s+(?:yüzyıl|bölüm|cilt|kitap|sınıf))|['’]?(?:inci|nci|ıncı|ncı|uncu|ncu|üncü|ncü)\b",
    alternatives=r"(?:ya da|veya|yahut)(?:\s+\w+)?",
    hour=r"['’](?:te|ta|de|da)\b",
    percent=r"(?:%|yüzde)",
    labels=r"(?:bölüm|kısım|kitap|cilt|perde|sahne|madde|fasıl|no|numara|şekil|sınıf|paragraf|§)",
    after_roman=r"(?:\.?\s*(?:yüzyıl|asır|yy\b|hanedan|olimpiyat|kolordu))",
    pages=r"(?:s|sayfa|dipnot|not)",
    idioms=phrases(r"""
        üç beş
        beş on
        iki üç
        bir iki
        iki elim
        binbir
        bin bir
        yüz yüze
        dört gözle
        dört (?:bir yan|nala|dörtlük)
        yedi kat
        kırk yılda
        (?:yüz|bin) kere
    """),
    units={
        "length": {"mil": 1609.34, "kilometre": 1000.0, "km": 1000.0, "metre": 1.0, "santimetre": 0.01, "cm": 0.01}
        | {"verst": 1066.8, "fersah": 4828.0},
        "weight": {"kilo": 1.0, "kilogram": 1.0, "kg": 1.0, "gram": 0.001, "ton": 1000.0, "pud": 16.3805},
        "area": {"hektar": 10_000.0},
        "money": {"ruble": 100.0, "kopek": 1.0},
        "time": {"dakika": 1.0, "saat": 60.0, "gün": 1440.0, "hafta": 10_080.0, "ay": 43_830.0, "yil": 525_960.0}
        | {"sene": 525_960.0, "yüzyil": 52_596_000.0, "asir": 52_596_000.0},
    },
)
