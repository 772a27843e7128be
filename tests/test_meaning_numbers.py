"""Quantities in both languages."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.quantities.numbers import missing, quantities


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("a loan of 2½ million", "en", [2_500_000]),
        ("three hundred and threescore and five days", "en", [365]),
        ("seven hundred seventy and seven years", "en", [777]),
        ("10,000 people, 3.5 million; 2 1/2", "en", [10_000, 3_500_000, Fraction(5, 2)]),
        ("two and a half hours, two or three days", "en", [Fraction(5, 2), 2, 3]),
        ("nineteen or twenty; twenty-five; the VIII Congress", "en", [19, 20, 25, 8]),
        ("сорока двух тысяч пятисот человек", "ru", [42_500]),
        ("полтора миллиона, 10 тыс., 3,5 млн", "ru", [1_500_000, 10_000, 3_500_000]),
        ("в 1842-м году, двадцать пятого июня", "ru", [1842, 25]),
        ("два с половиной дня", "ru", [Fraction(5, 2)]),
        ("the Virgin's-tears[9] toss their tendrils", "en", []),
        ("five-and-sixty roubles, four and twenty blackbirds", "en", [65, 24]),
        ("a hundred and seven and twenty; seven and twenty and a hundred", "en", [127, 127]),
        ("a thousand seven hundred and threescore and fifteen", "en", [1775]),
        ("six hundred thousand, and three thousand, and five hundred and fifty", "en", [603_550]),
        ("a thousand, seven hundred and five and seventy", "en", [1775]),
        ("in a thousand, three of them", "en", [1000, 3]),
        ("sixscore thousand, twelve myriads", "en", [120_000, 120_000]),
        ("no numbers here", "en", []),
        ("Третьего дня", "ru", []),
    ],
)
def test_values(text: str, lang: str, values: list[Fraction | int]) -> None:
    assert [q.value for q in quantities(text, lang)] == values


@pytest.mark.parametrize(
    ("here", "there", "lost"),
    [
        ("fifty versts", "пятьдесят вёрст", []),
        ("fifty versts", "пятнадцать вёрст", [50]),
        ("in '42", "в 1842 году", []),
        ("at three in the afternoon", "в 15 часов", []),
        ("one of them", "кто-то из них", []),
        ("at nine", "часу в десятом", []),
        ("after nine", "шёл десятый час", []),
        ("at nine", "в десять часов", [9]),
        ("XXIII\nThe next morning", "На другое утро", []),
        ("the VIII Congress", "съезд", [8]),
        ("the 3rd and the 4th", "третьего числа", [4]),
    ],
)
def test_missing(here: str, there: str, lost: list[int]) -> None:
    assert [q.value for q in missing(quantities(here, "en"), quantities(there, "ru"))] == lost


@given(st.integers(0, 10**9))
def test_figures_read_back(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "\u00a0")):
        assert [q.value for q in quantities(text, "en")] == [number]


@given(st.text("abc 0123456789,./½ twohundredandпять", max_size=40))
def test_quantities_are_places_and_miss_nothing_of_their_own(text: str) -> None:
    for lang in ("en", "ru"):
        found = quantities(text, lang)
        assert all(0 <= q.start < q.end <= len(text) for q in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert missing(found, found) == []
