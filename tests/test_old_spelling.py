"""Russian as it was spelled before 1918 compares with that of today; its text is shown as it stands."""

from __future__ import annotations

import pytest

import compare
from compare import words
from compare.lang import language

OLD = [
    ("Въ домѣ было двѣнадцать комнатъ.", "There were twelve rooms in the house."),
    ("Пришло тридцать пять тысячъ солдатъ.", "Thirty-five thousand soldiers came."),
    ("Изъ трехъ домовъ остался одинъ.", "Of three houses one was left."),
    ("Вошелъ генералъ Дроздовъ и разсказалъ о третьей арміи.", "General Drozdov came in and told of the third army."),
    (
        "Миѳологія его занимала, а добраго совѣта онъ не слушалъ.",
        "Mythology engaged him, but he heeded no good advice.",
    ),
]


def test_a_source_in_old_spelling_gives_no_false_finding() -> None:
    rows = [{"ru": old, "en": english} for old, english in OLD]
    assert compare.report(compare.from_rows(rows, source="ru")).findings == ()


def test_a_wrong_number_is_found_against_old_spelling_which_is_quoted_as_it_stands() -> None:
    rows = [{"ru": OLD[0][0], "en": "There were fifteen rooms in the house."}]
    [finding] = compare.report(compare.from_rows(rows, source="ru"), select=["NUM102"]).findings
    assert [p.text for p in finding.places] == ["fifteen", "двѣнадцать"]


def test_vectors_of_old_spelling_are_those_of_today() -> None:
    texts = [OLD[0][0], words.modern(OLD[0][0], "ru")]
    old, new = (compare.collate(compare.from_texts({"ru": text})).vectors["ru"] for text in texts)
    assert (old == new).all()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("двѣнадцать", "двенадцать"),
        ("милліоновъ", "миллионов"),
        ("добраго", "доброго"),
        ("хорошаго", "хорошего"),
        ("третьяго", "третьего"),
        ("синяго", "синего"),
        ("новыя", "новые"),
        ("синія", "синие"),
        ("Россія", "россия"),
        ("онѣ", "они"),
        ("ея", "ее"),
        ("безполезный", "бесполезный"),
        ("разсказъ", "рассказ"),
        ("съѣздъ", "съезд"),
        ("объясненіе", "объяснение"),
        ("мѵро", "миро"),
        ("Чикаго", "чикаго"),
        ("Яго", "яго"),
        ("подъезд", "подъезд"),
        ("разкрыжовникъ", "разкрыжовник"),
        ("дом", "дом"),
    ],
)
def test_words_spelled_as_today(old: str, new: str) -> None:
    modern = language("ru").modern
    assert modern is not None
    assert modern(words.key(old)) == new


@pytest.mark.parametrize(
    ("text", "lang", "new"),
    [
        ("Въ ДОМѢ былъ Ѳедоръ; изъ-за него — 12 лѣтъ.", "ru", "В ДОМЕ был Федор; из-за него — 12 лет."),
        ("Ёж и подъезд, Чикаго.", "ru", "Ёж и подъезд, Чикаго."),
        ("Він був у лісі.", "uk", "Він був у лісі."),
        ("The ѣ and the ъ.", "en", "The ѣ and the ъ."),
    ],
)
def test_texts_spelled_as_today(text: str, lang: str, new: str) -> None:
    assert words.modern(text, lang) == new


@pytest.mark.parametrize(
    ("word", "old", "new"),
    [
        ("лѣсъ", True, False),
        ("лес", False, True),
        ("третій", True, False),
        ("третий", False, True),
        ("домъ", True, False),
        ("съезд", False, True),
        ("мы", False, False),
        ("объяснить", False, False),
    ],
)
def test_which_spelling_a_word_shows(word: str, old: bool, new: bool) -> None:
    pack = language("ru")
    assert pack.spelled_old is not None
    assert pack.spelled_new is not None
    assert (pack.spelled_old(word), pack.spelled_new(word)) == (old, new)


def test_lemmas_and_function_words_of_old_spelling() -> None:
    assert words.lemma("лѣсовъ", "ru") == "лес"
    assert words.is_function("изъ", "ru")
    assert words.is_function("онъ", "ru")
    assert not words.is_function("лѣсъ", "ru")
