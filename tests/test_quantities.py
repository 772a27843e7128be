"""Numbers of both languages: what a text states, and what two texts state alike."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.lang import language
from compare.quantities.comparison import differences, missing, same
from compare.quantities.dates import days, styles
from compare.quantities.figures import expanded, roman, run_together
from compare.quantities.lexicon import entry
from compare.quantities.measures import _is_half, agree, converted, measures
from compare.quantities.measures import _unit as measure
from compare.quantities.numbers import quantities
from compare.quantities.quantity import Quantity
from compare.quantities.text import unmarked

F = Fraction


def values(text: str, lang: str) -> list[Fraction]:
    return [q.value for q in quantities(text, lang) if q.kind != "month"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a loan of 2½ million", [2_500_000]),
        ("on the twentieth five men came", [20, 5]),
        ("five on the 7th", [5, 7]),
        ("half past thirty", [F(1, 2), 30]),
        ("at a quarter past forty", [F(1, 4), 40]),
        ("three hundred and threescore and five days", [365]),
        ("seven hundred seventy and seven years", [777]),
        ("10,000 people, 3.5 million; 2 1/2", [10_000, 3_500_000, F(5, 2)]),
        ("two and a half hours, two or three days", [F(5, 2), 2, 3]),
        ("two-and-a-half roubles", [F(5, 2)]),
        ("nineteen or twenty; twenty-five", [19, 20, 25]),
        ("five-and-sixty roubles, four and twenty blackbirds", [65, 24]),
        ("one-and-twenty, nine-and-ninety, five and ten, ten and twenty", [21, 99, 5, 10, 10, 20]),
        ("a hundred and seven and twenty; seven and twenty and a hundred", [127, 127]),
        ("a thousand seven hundred and threescore and fifteen", [1775]),
        ("six hundred thousand, and three thousand, and five hundred and fifty", [603_550]),
        ("a thousand, seven hundred and five and seventy", [1775]),
        ("two hundred and three score and thirteen; two dozen; twenty-five hundred", [273, 24, 2500]),
        ("a thousand thousand; two thousand million", [10**6, 2 * 10**9]),
        ("two\u2014or better say three\u2014dozen; three\u2014a hundred", [2, 36, 3, 100]),
        ("fifty and two hundred; twenty and two thousand", [250, 22_000]),
        ("in a thousand, three of them", [1000, 3]),
        ("sixscore thousand, twelve myriads", [120_000, 120_000]),
        ("half a dozen eggs, half-a-million souls", [6, 500_000]),
        ("a quarter of a million, a million and a half", [250_000, 1_500_000]),
        ("three roubles and one kopeck, three hours and a quarter", [3, 1, F(13, 4)]),
        ("nineteen ten, twenty twenty, eleven ninety; ten forty", [1910, 2020, 1190, 10, 40]),
        ("zero thirds, two fives, a dozen hundredths", [0, 3, 2, 5, 12, 100]),
        ("three a hundred, half the million, a hundred dozen", [3, 100, F(1, 2), 10**6, 1200]),
        ("twenty and five men; ten minutes past twenty-five", [25, 10, 25]),
        ("ten minutes past zero, ten minutes past twenty-four", [10, 0, F(145, 6)]),
        ("two thirds and three quarters, one fifth, nine tenths", [F(2, 3), F(3, 4), F(1, 5), F(9, 10)]),
        ("four versts and a half", [F(9, 2)]),
        ("the thirty-first, the hundredth, the forty-second", [31, 100, 42]),
        ("in nineteen forty-one, in eighteen twelve", [1941, 1812]),
        ("four mln, 2 bn, $1.2 trillion, 5k", [4_000_000, 2 * 10**9, F(12, 10) * 10**12, 5000]),
        ("a gain of 4m", [4_000_000]),
        ("twofold, tenfold, a hundredfold", [2, 10, 100]),
        ("seventeen-year-old, three-storied, forty-foot", [17, 3, 40]),
        ("no numbers here, nor in anyone, someone, often, weight, attend", []),
        ("zero degrees", [0]),
    ],
)
def test_english_words(text: str, expected: list[Fraction | int]) -> None:
    assert values(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("сорока двух тысяч пятисот человек, сто двадцать", [42_500, 120]),
        ("полтора миллиона, 10 тыс., 3,5 млн", [1_500_000, 10_000, 3_500_000]),
        ("в 1842-м году, двадцать пятого июня", [1842, 25]),
        ("два с половиной дня, три с четвертью", [F(5, 2), F(13, 4)]),
        ("двести одиннадцать, девятьсот девяносто девять", [211, 999]),
        ("тысяч пять, тысяч двадцать пять, сотен семь", [5000, 25_000, 700]),
        ("тысяча двадцать пять", [1025]),
        ("пять тысяч двадцать", [5020]),
        ("две трети, три пятых, одна десятая", [F(2, 3), F(3, 5), F(1, 10)]),
        ("полдюжины, полсотни, полмиллиона", [6, 50, 500_000]),
        ("полтораста рублей, полста", [150, 50]),
        ("двое, троих, четверыми, семеро", [2, 3, 4, 7]),
        ("семнадцатилетний, трехэтажный, пятирублевый", [17, 3, 5]),
        ("двадцатипятилетняя, стопятидесятирублевый, двухсотлетие", [25, 150, 200]),
        ("двадцатитысячный отряд, полуторачасовой", [20_000, F(3, 2)]),
        ("осьмь, осемь, осьмнадцать, осьмнадцатый, осьмого, осьмидесяти", [8, 8, 18, 18, 8, 80]),
        ("двадесять, дванадесять", [20, 12]),
        ("стадвадцатипятирублевая, трехколейный, девятиглавый, полуторный", [125, 3, 9]),
        ("тысячи три, мильон, мильонов пять", [3000, 10**6, 5 * 10**6]),
        ("Сто-о-ой! Ари-сто-крат, столетия", []),
        ("двѣнадцать, тысячъ, милліоновъ, пятьдесятъ, третьяго, третій", [12, 1000, 10**6, 50, 3, 3]),
        ("семинар, столица, сторож, пятиться, трепет, двуличный, сорочка", []),
        ("в сорок втором, сто первый, двухсотый", [42, 101, 200]),
        ("гривенник, двугривенный, пятак, четвертак, червонец", [10, 20, 5, 25, 10]),
        ("тридцать два рубля с полтиною", [F(65, 2)]),
        ("двадцать четыре с полтиной", [F(49, 2)]),
        ("двести тысячонок", [200_000]),
        ("алтынным гвоздем, четверней", [3, 4]),
    ],
)
def test_russian_words(text: str, expected: list[Fraction | int]) -> None:
    assert values(text, "ru") == expected


@pytest.mark.parametrize("gap", [",", ".", " ", "\u00a0", "\u2007", "\u2009", "\u202f", "'", "’", "·"])
def test_thousands_may_be_separated_by(gap: str) -> None:
    assert values(f"about {gap.join(('12', '500'))} men", "en") == [12_500]
    assert values(f"{gap.join(('1', '250', '000'))} men", "en") == [1_250_000]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,50,000 rupees", [1_250_000]),
        ("12\u2060500 men", [12_500]),
        ("1.250,75 and 1,250.75", [F(125_075, 100), F(125_075, 100)]),
        ("3,5 and 3.5", [F(7, 2), F(7, 2)]),
        ("in 1921 200 men", [1921, 200]),
        ("Combi 16 100x185 cm, 16 100 men, 16,100x2 cm", [16, 100, 185, 16_100, 16_100, 2]),
        ("3½, ½, 21½", [F(7, 2), F(1, 2), F(43, 2)]),
        ("4¼, ⅔, 1,200⅐", [F(17, 4), F(2, 3), 1200 + F(1, 7)]),
        ("2-1/2", [F(5, 2)]),
        ("2019/20, 2019–20, 2019/2020, 2016 / 17", [2019, 2020] * 3 + [2016, 2017]),
        ("1999/00", [1999, 2000]),
        ("1914–18, 1914-1918", [1914, 1918] * 2),
        ("250–60 pages, from 3 to 5", [250, 260, 3, 5]),
        ("10:30", [F(21, 2)]),
        ("1920s, 1920's", [1920, 1920]),
        ("the year 1921; 75%", [1921, 75]),
        ("0/0", [0]),
        ("20–9.5, 250½–60", [20, F(19, 2), F(501, 2), 60]),
        ("as he said [3] at 4 and [5 men]", [4, 5]),
    ],
)
def test_figures(text: str, expected: list[Fraction | int]) -> None:
    assert values(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.250", {1250, F(5, 4)}),
        ("21/2", {F(21, 2), 21, 2}),
        ("12.06", {F(1206, 100), F(121, 10), 12}),
        ("1.05", {F(105, 100), F(13, 12), 1}),
        ("0.05", {F(5, 100), F(5, 60)}),
        ("31.12", {F(3112, 100), 31}),
        ("5.13", {F(513, 100), 5 + F(13, 60)}),
        ("32.12", {F(3212, 100)}),
        ("24.59", {F(2459, 100), 24 + F(59, 60)}),
        ("24.60", {F(2460, 100)}),
        ("25.30", {F(2530, 100)}),
        ("50 per cent", {50, F(1, 2)}),
        ("4m", {4_000_000, 4}),
        ("6000K", {6_000_000, 6000}),
        ("a fortnight", {14, 2}),
        ("a thousand and one", {1001, 1000}),
        ("nine hundred and one", {901}),
        ("three quarters", {F(3, 4), 4}),
        ("two fifths", {F(2, 5), 5}),
    ],
)
def test_what_else_a_number_may_mean(text: str, readings: set[Fraction]) -> None:
    [quantity] = quantities(text, "en")
    assert set(quantity.readings) == readings


@pytest.mark.parametrize("scale", [100, 1000, 10**6, 10**9])
def test_the_first_of_two_may_leave_its_scale_to_the_second(scale: int) -> None:
    word = {100: "hundred", 1000: "thousand", 10**6: "million", 10**9: "billion"}[scale]
    first, second = quantities(f"two or three {word}", "en")
    assert (set(first.readings), set(second.readings)) == ({2, 2 * scale}, {3 * scale})


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("seven- or eight-and-twenty", {7, 27}, {28}),
        ("ten or twenty-eight", {10}, {28}),
        ("twenty-seven or eight", {27}, {8, 28}),
        ("twenty-eight or nine", {28}, {9, 29}),
        ("twenty-seven or ten", {27}, {10}),
        ("a hundred and seven or eight", {107}, {8}),
    ],
)
def test_one_of_two_may_have_the_tens_of_the_other(text: str, first: set[int], second: set[int]) -> None:
    assert [set(quantity.readings) for quantity in quantities(text, "en")] == [first, second]


def test_what_a_whole_number_and_a_fraction_run_together_mean() -> None:
    found = list(run_together("21/2, 24/7, 9/11, 12/4, 14/3, 01/2 and 103/4 of it"))
    assert [(each.mixed, each.improper, each.start, each.end) for each in found] == [
        (F(5, 2), F(21, 2), 0, 4),
        (F(43, 4), F(103, 4), 39, 44),
    ]


@pytest.mark.parametrize(
    ("letters", "value"),
    [("XIX", 19), ("I", 1), ("MCMXLIV", 1944), ("CD", 400), ("IIX", None), ("LCD", None), ("VV", None), ("", None)],
)
def test_roman(letters: str, value: int | None) -> None:
    assert roman(letters) == value


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("the XIX century and Louis XVI", "en", [19, 16]),
        ("the VIII Congress", "en", [8]),
        ("Chapter I. The Beginning", "en", [1]),
        ("Vol. I, p. 5", "en", [1, 5]),
        ("chap. iv", "en", [4]),
        ("I. To call a congress.", "en", [1]),
        ("XL\nThe next day", "en", [40]),
        ("Psalm CX", "en", [110]),
        ("The CC took a decision; a CD, an MD and a DC motor; LXX", "en", []),
        ("I came, and I saw. Nicholas V. Gogol", "en", []),
        ("Malcolm X spoke", "en", [10]),
        ("ХIХ век, ХХ век", "ru", [19, 20]),
        ("XX-го века", "ru", [20]),
        ("Глава I", "ru", [1]),
        ("ЦК и СС, М. Горький", "ru", []),
        ("MDCCCXII", "en", [1812]),
    ],
)
def test_roman_in_a_text(text: str, lang: str, expected: list[int]) -> None:
    assert values(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("at half past four", "en", F(9, 2)),
        ("a quarter to five", "en", F(19, 4)),
        ("ten minutes past six", "en", F(37, 6)),
        ("twenty minutes to one", "en", F(2, 3)),
        ("в половине пятого", "ru", F(9, 2)),
        ("четверть пятого", "ru", F(17, 4)),
        ("twenty past eleven", "en", F(34, 3)),
        ("без четверти пять", "ru", F(19, 4)),
        ("без десяти минут пять", "ru", F(29, 6)),
        ("десять минут седьмого", "ru", F(37, 6)),
        ("в полпятого", "ru", F(9, 2)),
    ],
)
def test_hours(text: str, lang: str, expected: Fraction) -> None:
    [quantity] = quantities(text, lang)
    assert (quantity.value, quantity.kind, quantity.firm) == (expected, "hour", True)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("one of them, the first and the second, two or three, eight or ten", "en"),
        ("dozens, hundreds, a thousand", "en"),
        ("at sixes and sevens; on all fours; in seventh heaven; a thousand thanks", "en"),
        ("noon, midnight, a fortnight, twice, thrice, a pair, sixpence", "en"),
        ("- 347 -", "en"),
        ("The end. 1899", "en"),
        ("see p. 25, note 3, chapter 7", "en"),
        ("3. He came.\n4) He left.", "en"),
        ("a g7 summit, the G20, B52", "en"),
        ("he went 011 his way", "en"),
        ("один из них, двое, пара, оба, первый", "ru"),
        ("семи пядей во лбу, у семи нянек, в три погибели, двумя-тремя словами", "ru"),
        ("третьего дня, на седьмом небе, со всех четырех сторон", "ru"),
        ("полдень, полночь, втроём, вчетверо, гривенник, двугривенный", "ru"),
        ("на стр. 25, глава 7, § 3", "ru"),
        ("часу в десятом, шёл десятый час, третий уже час, в начале девятого, Семой час давно", "ru"),
        ("во-вторых, в-третьих; иные, третьи; тот, другой, третий; сто миллионов раз", "ru"),
        ("Часть третья\nНачало", "ru"),
        ("сказать при другом-третьем", "ru"),
        ("в H&#244;tel de Paris", "ru"),
        ("в своей исповеди,{21} и даже умышленно", "ru"),
        ("in his confessions,{21} and even", "en"),
        ("Part Three begins", "en"),
        ("Malcolm X spoke", "en"),
        ("He came early.3 She left.", "en"),
        ("He was a merchant4 there.", "en"),
        ("‘There,’5 he said.", "en"),
    ],
)
def test_what_a_faithful_version_need_not_have(text: str, lang: str) -> None:
    found = quantities(text, lang)
    assert found
    assert not any(q.firm for q in found)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("three men, 2 women, the fourth day, 15%", "en"),
        ("three or seven men, eleven or twelve of them, in the year II of the Republic", "en"),
        ("in 1842, five hundred roubles, on the 3rd, Euro360", "en"),
        ("1 May, the second of June", "en"),
        ("три дня, 2 года, в четвертый раз, шестнадцатилетний", "ru"),
        ("три часа дня и двадцать минут", "ru"),
        ("первого мая", "ru"),
    ],
)
def test_what_a_faithful_version_has(text: str, lang: str) -> None:
    for quantity in quantities(text, lang):
        assert quantity.firm == (quantity.kind != "month")


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("12 June 1920, June 12th, the twelfth of June", "en", [(6, 12)] * 3),
        ("In May 40 men came; May I? I may go 3 times.", "en", []),
        ("the night of November 6th to 7th", "en", [(11, 6), (11, 7)]),
        ("5 (18) May, 5/18 May", "en", [(5, 5), (5, 18), (5, 5)]),
        ("25 октября (7 ноября)", "ru", [(10, 25), (11, 7)]),
        ("с 24 на 25 октября", "ru", [(10, 24), (10, 25)]),
        ("Июля 6-го. В июне", "ru", [(7, 6)]),
        ("двадцать пятого октября", "ru", [(10, 25)]),
        ("45 мая", "ru", []),
        ("5½ May", "en", []),
        ("May 5, 6, 7 and 8; 5, 6, 7 and 8 May", "en", [(5, 5), (5, 6), (5, 7), (5, 8)] * 2),
        (f"5,{' ' * 11}6 May", "en", [(5, 5), (5, 6)]),
        (f"5,{' ' * 12}6 May", "en", [(5, 6)]),
    ],
)
def test_days_have_months(text: str, lang: str, expected: list[tuple[int, int]]) -> None:
    assert [(q.month, q.value) for q in days(quantities(text, lang))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1921-10-16", [("16", "day", {16}), ("10", "month", {10}), ("1921", "number", {1921})]),
        ("16.03.1921", [("16", "day", {16}), ("03", "month", {3}), ("1921", "number", {1921})]),
        ("3/16/1921", [("3", "day", {16}), ("16", "month", {3}), ("1921", "number", {1921})]),
        ("3/4/21", [("3", "day", {3, 4}), ("4", "month", {4, 3}), ("21", "number", {1921, 21})]),
        ("5/5/1921", [("5", "day", {5}), ("5", "month", {5}), ("1921", "number", {1921})]),
        ("16.XI.1921", [("16", "day", {16}), ("XI", "month", {11}), ("1921", "number", {1921})]),
    ],
)
def test_dates_in_figures(text: str, expected: list[tuple[str, str, set[int]]]) -> None:
    found = sorted(quantities(f"on {text} at", "en"), key=lambda q: ["day", "month", "number"].index(q.kind))
    assert [(f"on {text} at"[q.start : q.end], q.kind, set(q.readings)) for q in found] == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("three men, the third man, 3rd", ["number", "ordinal", "ordinal"]),
        ("the 1920s, twenties", ["decade", "decade"]),
        ("at 3 o'clock, at 10:30, 5 p.m.", ["hour", "hour", "hour"]),
        ("Chapter 3, noon", ["label", "implied"]),
        ("1925s of it, 10s", ["number", "number"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [q.kind for q in quantities(text, "en")] == kinds


def test_a_day_is_quoted_with_its_month() -> None:
    text = "On 3 March they met, and on April 5 they left."
    assert [text[q.start : q.end] for q in days(quantities(text, "en"))] == ["3 March", "April 5"]


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ("25 октября", "7 November", 13),
        ("18 февраля", "3 March", 13),
        ("25 декабря", "6 January", 12),
        ("1 мая", "12 May", 0),
        ("30 февраля", "12 March", 0),
        ("5/18 мая", "18 May", 13),
        ("30/17 февраля", "2 March", 13),
        ("18/5 мая", "15 May", 0),
    ],
)
def test_old_and_new_style(one: str, two: str, apart: int) -> None:
    assert styles(days(quantities(one, "ru"))[0], days(quantities(two, "en"))[0]) == apart


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("fifty versts", "пятьдесят вёрст"),
        ("in '42", "в 1842 году"),
        ("at three o'clock in the afternoon", "в 15 часов"),
        ("at three", "в 15 ч."),
        ("one of them", "кто-то из них"),
        ("at nine", "часу в десятом"),
        ("after nine", "шёл десятый час"),
        ("twenty past eleven", "часу в двенадцатом"),
        ("at half past nine", "шёл десятый час"),
        ("past twenty-seven", "пошёл двадцать осьмой год"),
        ("XXIII\nThe next morning", "На другое утро"),
        ("the twenties", "1920-е годы"),
        ("in the 1860s", "в шестидесятых годах"),
        ("the nineteenth century", "XIX век"),
        ("two or three hundred paces", "двести – триста шагов"),
        ("ten to twenty thousand", "десять-двадцать тысяч"),
        ("seven- or eight-and-twenty", "двадцать семь или двадцать восемь"),
        ("twenty-seven or twenty-eight", "двадцать семь или восемь"),
        ("one out of ten thousand", "из десяти тысяч одну"),
        ("nine tenths", "девятью десятыми"),
        ("two dozen stones", "два десятка камней"),
        ("sixty states", "в шести десятках государств"),
        ("ten minutes to six", "без десяти минут в шесть часов"),
        ("a dozen pages", "десять страниц"),
        ("half past seven", "в половине осьмого"),
        ("the three of us", "мы втроём"),
        ("there were three of us", "нас было трое"),
        ("at twelve", "в полночь"),
        ("a hundred and fifty", "полтораста"),
        ("ten kopecks", "гривенник"),
        ("fifteen", "пятиалтынный"),
        ("one hour and thirty minutes", "полтора часа"),
        ("in '10", "в 1910 году"),
        ("in '99", "в 1999 году"),
        ("4 mln", "4 млн"),
        ("a third of them", "треть"),
        ("the third part", "треть"),
        ("half", "50%"),
        ("16 March 1921", "16.03.1921"),
        ("3/16/1921", "16.03.1921"),
        ("1921-03-16", "16 марта 1921 года"),
        ("16.III.1921", "16 марта 1921 года"),
        ("12 June", "12.06"),
        ("5 (18) May", "5/18 мая"),
        ("10.30 and", "10:30 и"),
        ("thirty soldiers", "три\u0301дцать солдат"),
        ("thirty soldiers", "три\u00adдцать солдат"),
        ("thirty soldiers", "три\u200bдцать солдат"),
        ("the G7", "Большая семёрка"),
        ("three hundred and three", "триста три"),
        ("the quartet", "четверо"),
        ("2.5 million", "2 500 000"),
        ("nineteen hundred", "1900"),
    ],
)
def test_these_say_the_same(here: str, there: str) -> None:
    one, two = quantities(here, "en"), quantities(there, "ru")
    assert not missing(one, two)
    assert not missing(two, one)


@pytest.mark.parametrize(
    ("here", "there", "added", "lost"),
    [
        ("fifty versts", "пятнадцать вёрст", [50], [15]),
        ("at nine", "в десять часов", [9], [10]),
        ("the VIII Congress", "съезд", [8], []),
        ("2,700 roubles", "2750 рублей", [2700], [2750]),
        ("on 7 July", "6 июля", [7], [6]),
        ("in 1824", "в 1842 году", [1824], [1842]),
        ("12.06 metres", "12.07 метра", [F(1206, 100)], [F(1207, 100)]),
        ("four million men", "4 тыс. человек", [4_000_000], [4000]),
        ("forty men", "1842 человека", [40], [1842]),
        ("forty-two men", "942 человека", [42], [942]),
        ("at six", "в 15 часов", [6], [15]),
        ("three men", "15 человек", [3], [15]),
    ],
)
def test_these_do_not(here: str, there: str, added: list[Fraction], lost: list[Fraction]) -> None:
    one, two = differences(quantities(here, "en"), quantities(there, "ru"))
    assert [q.value for q in one if q.firm] == added
    assert [q.value for q in two if q.firm] == lost


@pytest.mark.parametrize(("hour", "begun"), [(8, False), (9, True), (10, True), (11, False)])
def test_of_an_hour_that_has_begun_less_than_one_is_over(hour: int, begun: bool) -> None:
    [here], [there] = quantities(f"at {hour}", "en"), quantities("шёл десятый час", "ru")
    assert same(here, there) == same(there, here) == begun


@pytest.mark.parametrize(
    ("low", "high", "round_"), [(9, 10, False), (10, 12, True), (40, 50, True), (40, 51, False), (100, 125, True)]
)
def test_a_round_number_may_stand_for_one_near_it(low: int, high: int, round_: bool) -> None:
    for firm in (False, True):
        one, two = Quantity(F(low), 0, 1, firm=firm), Quantity(F(high), 0, 1)
        assert same(one, two) == same(two, one) == (round_ and not firm)


def test_too_great_a_number_is_none() -> None:
    assert [values(" ".join(["million"] * often), "en") for often in (9, 10)] == [[10**54], []]


@pytest.mark.parametrize(("year", "dated"), [(999, False), (1000, True), (2099, True), (2100, False)])
def test_a_month_is_one_beside_a_year(year: int, dated: bool) -> None:
    assert [q.kind for q in quantities(f"in June {year}", "en")] == ["month"] * dated + ["number"]


def test_what_may_follow_a_number_word_is_smaller() -> None:
    found = [entry(word, "en") for word in ("zero", "one", "fifteen", "twenty", "ninety", "hundred", "thousand")]
    assert [each.low for each in found if each] == [0, 1, 1, 10, 10, 100, 1000]
    found = [entry(word, "en") for word in ("tenfold", "twoscore")]
    assert [each.low for each in found if each] == [0, 20]


@pytest.mark.parametrize(("spaces", "kind"), [(17, "label"), (18, "number")])
def test_what_is_numbered_is_said_near_its_number(spaces: int, kind: str) -> None:
    [quantity] = quantities(f"in chapter{' ' * spaces}7 of it", "en")
    assert quantity.kind == kind


@pytest.mark.parametrize(
    ("word", "value"),
    [("пол", F(1, 2)), ("полк", None), ("полсто", 50), ("полпятого", F(9, 2)), ("полтринадцатого", None)],
)
def test_half_of_a_number_word(word: str, value: Fraction | None) -> None:
    found = entry(word, "ru")
    assert (found.value if found else None) == value


def test_a_comma_parts_thousands_from_hundreds_that_follow_at_once() -> None:
    assert values("a thousand, seven hundred men", "en") == [1700]
    assert values("a thousand, seven, hundred men", "en") == [1000, 7, 100]
    assert values("a thousand, seven and a hundred men", "en") == [1000, 107]
    assert values("a thousand, seven million men", "en") == [1000, 7_000_000]
    assert values("a thousand, seven ten hundred", "en") == [1000, 7, 1000]


def test_a_month_is_no_number() -> None:
    one, two = differences(quantities("6 June", "en"), quantities("6 июля", "ru"))
    assert [(q.kind, q.value) for q in (*one, *two)] == [("month", 6), ("month", 7)]


def test_what_is_only_repeated_is_not_lost() -> None:
    assert differences(quantities("five and five", "en"), quantities("пять", "ru")) == ((), ())


def test_numbers_far_apart_make_no_sum() -> None:
    near = quantities("three dogs and ten cats", "en")
    far = quantities("three dogs of the very best breed came and ten cats", "en")
    whole = quantities("тринадцать", "ru")
    assert not missing(whole, near)
    assert [q.value for q in missing(whole, far)] == [13]
    assert [bool(missing(whole, quantities(f"three {'x' * n} ten", "en"))) for n in (22, 23)] == [False, True]


def test_the_years_of_a_season_have_their_own_places() -> None:
    text = "Here 2019/20"
    assert [text[q.start : q.end] for q in quantities(text, "en")] == ["2019", "20"]


def test_places_are_those_of_the_text_as_read() -> None:
    text = "Пришло три\u0301дцать пять солдат."
    [quantity] = quantities(text, "ru")
    assert text[quantity.start : quantity.end] == "три\u0301дцать пять"


def test_decomposed_letters_are_whole() -> None:
    assert unmarked("cafe\u0301 e\u0308 u\u0308").text == "cafe ë ü"
    assert unmarked("кот к\u0308").text == "кот к"  # no letter is made of these
    assert values("четве\u0308ртый третии\u0306", "ru") == [4, 3]


def test_a_language_without_tables_has_no_numbers() -> None:
    assert quantities("42 hommes", "xx") == ()
    assert measures("42 km", "xx") == ()
    assert entry("quarante", "xx") is None


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("thirty miles", "пятьдесят вёрст", True),
        ("fifty miles", "пятьдесят вёрст", False),
        ("fifty versts", "пятьдесят вёрст", True),
        ("fifty versts", "вёрст пятьдесят", True),
        ("fifteen versts", "вёрст за пятьдесят", False),
        ("twenty-six stone", "десять пудов", True),
        ("half a century", "пятьдесят лет", True),
        ("twenty-four hours", "сутки", True),
        ("two hundred and seventy acres", "сто десятин", True),
        ("twenty kopecks", "двадцать рублей", False),
        ("forty miles", "сорок фунтов", False),
        ("half a rouble", "полтинник", True),
        ("twenty kopecks", "двугривенничек", True),
        ("seven feet", "саженный", True),
        ("three roubles", "три копейки", False),
        ("two hundred and fifty feet", "тридцать пять сажен", True),
        ("six feet", "десяти вершков росту", True),
        ("six feet", "десяти вершков длины", False),
        ("fifty years", "полвека", True),
        ("four-mile walk", "шести верст", True),
        ("eighteen-months-old", "полуторагодовой", True),
        ("two centuries", "двухсотлетний", True),
        ("six feet", "вершков десяти росту", True),
        ("two or perhaps three miles", "версты три с половиной", True),
        ("six weeks", "месяца полтора", True),
        ("sixty pounds", "пуда в полтора", True),
        ("twenty-four hours", "суточной", True),
        ("sixteen inches", "вершков в восемь", True),
        ("thirty-two and a half roubles", "тридцать два рубля с полтиною", True),
    ],
)
def test_measures_agree_by_amount(one: str, two: str, same: bool) -> None:
    a, b = measures(one, "en")[0], measures(two, "ru")[0]
    assert agree(a, b) is agree(b, a) is same


def test_a_unit_is_counted_by_all_the_numbers_that_are_given_with_it() -> None:
    for text, numbers in (("вёрст пять или шесть", [5, 6]), ("пять или шесть вёрст", [6, 5])):
        assert [measure.number.value for measure in measures(text, "ru") if measure.number] == numbers


@pytest.mark.parametrize(
    ("text", "lang", "size"),
    [
        ("рубль пятьдесят копеек", "ru", 150),
        ("a rouble and a half", "en", 150),
        ("two roubles and twenty kopecks", "en", 220),
        ("рубль пятьдесят", "ru", 100),
        ("рублей пятьдесят", "ru", 5000),
        ("four ten-rouble notes", "en", 1000),
        ("сто двадцатипятирублевая", "ru", 12500),
        ("стодвадцатипятирублевая", "ru", 12500),
        ("пять двадцатипятирублевых", "ru", 12500),
        ("три рубля с половиной", "ru", 350),
    ],
)
def test_the_parts_of_a_measure_are_added(text: str, lang: str, size: float) -> None:
    assert measures(text, lang)[-1].size == pytest.approx(size)


@pytest.mark.parametrize(
    ("value", "between", "half"),
    [(F(1, 2), "rouble and a ", True), (F(1), "rouble and a ", False), (F(1, 2), "rouble, then ", False)],
)
def test_a_part_of_one_joined_to_a_unit_counts_it(value: Fraction, between: str, half: bool) -> None:
    tables = language("en").numerals
    assert tables
    assert _is_half(Quantity(value, 0, 1), between, tables) == half


@pytest.mark.parametrize(("word", "unit"), [("полверсты", ("length", "верста")), ("полпуда", ("weight", "пуд"))])
def test_half_a_unit_is_of_the_unit(word: str, unit: tuple[str, str]) -> None:
    found = measure(word, "ru")
    assert found is not None
    assert (found[:2], found[2] * 2) == (unit, measure(unit[1], "ru")[2])  # type: ignore[index]


def test_units_of_one_size_are_not_converted() -> None:
    [verst], [mile] = measures("three versts", "en"), measures("three miles", "en")
    assert not converted(verst, measures("пять вёрст", "ru")[0])
    assert converted(verst, mile)
    assert mile.unit_size == pytest.approx(1609.34)


def test_expanded_ends_follow_their_beginning() -> None:
    assert [expanded(1914, "18"), expanded(1999, "00"), expanded(123, "5")] == [1918, 2000, 125]


@given(st.integers(0, 10**9))
def test_figures_read_back(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", "\u00a0")):
        assert values(text, "en") == [number]


@given(st.integers(1, 3999))
def test_roman_reads_back(number: int) -> None:
    letters = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    ):
        letters += sign * (number // value)
        number %= value
    assert roman(letters) == sum(
        {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[a]
        * (-1 if "IVXLCDM".index(a) < "IVXLCDM".index(b) else 1)
        for a, b in zip(letters, letters[1:] + "I", strict=True)
    )


@given(st.text("abc 0123456789,./½:-–IVX\u0301\n[]twohundredandпятьдесят", max_size=40))
def test_quantities_are_places_and_miss_nothing_of_their_own(text: str) -> None:
    for lang in ("en", "ru"):
        found = quantities(text, lang)
        assert all(0 <= q.start < q.end <= len(text) for q in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert missing(found, found) == []


def test_a_quantity_lists_all_that_it_may_mean() -> None:
    assert Quantity(F(3), 0, 1, others=(F(4),)).readings == (3, 4)


def test_a_coin_counts_no_coins() -> None:
    sizes = [m.size for m in measures("вот полтинничек, двугривенничек, да двадцать копеек", "ru")]
    assert sizes == [50.0, 20.0, 20.0]
