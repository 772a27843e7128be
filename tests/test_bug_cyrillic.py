"""Letters of other Cyrillic alphabets, old letters and look-alikes: nothing in names may recurse, loop or raise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.names import index, score
from compare.names.romanisation import CYRILLIC, SCHEMES, fits, habitual, romanise, russian, sound
from compare.names.similarity import word_logit

CHARACTERS = "".join(re.findall(f"[{CYRILLIC}]", "".join(map(chr, range(0x110000)))))
LOOK_ALIKES = "aeopcxyAEOPCXYİıϲο"
WORD = st.text(st.sampled_from(CHARACTERS + LOOK_ALIKES), max_size=8)


def test_no_scheme_leaves_a_cyrillic_letter() -> None:
    assert len(CHARACTERS) > 500
    for scheme in SCHEMES:
        left = [c for c in CHARACTERS if set(CHARACTERS) & set(romanise(c, scheme))]
        assert not left, scheme


@given(WORD, WORD)
@settings(max_examples=150)
def test_any_cyrillic_words_are_compared(a: str, b: str) -> None:
    assert 0 <= score(a, b) <= 1
    assert score(a, b) == pytest.approx(score(b, a))
    assert word_logit(a, b) == pytest.approx(word_logit(b, a))
    assert russian(russian(a)) == russian(a)
    for scheme in SCHEMES:
        assert not set(CHARACTERS) & set(romanise(a, scheme))
    sound(a), habitual(b), fits(a, "Fedor")  # that they return at all is what is asked


@pytest.mark.parametrize(
    ("written", "respelt"),
    [
        ("Ѳедоръ", "Федоръ"),
        ("Сѣверный", "Северный"),
        ("Мѵро", "Миро"),
        ("Їжак", "Ижак"),
        ("Ґалаґан", "Галаган"),
        ("Љубица", "Льубица"),
        ("Ђорђе", "Джордже"),
        ("Қазақ", "Казак"),
        ("Өскемен", "Оскемен"),
        ("Ёлкин-Щербачёв", "Ёлкин-Щербачёв"),
        ("а҃", "а"),
        ("London", "London"),
    ],
)
def test_other_letters_in_russian_ones(written: str, respelt: str) -> None:
    assert russian(written) == respelt


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("Ѳедоръ", "Fedor"), ("Щедрін", "Shchedrin"), ("Қазақ", "Kazak"), ("Київ", "Kyiv"), ("Әуезов", "Auezov")],
)
def test_names_in_other_letters_are_known(cyrillic: str, latin: str) -> None:
    assert score(cyrillic, latin) > 0.8
    assert score(cyrillic, latin) > score(cyrillic, "Petrov")


def test_what_no_letter_is_left_of_is_like_nothing() -> None:
    assert score("ԃԃ", "ԅԅ") < 0.01
    assert score("ԃԃ", "Fedor") < 0.01


def test_names_of_a_text_in_other_letters() -> None:
    rows = [
        {"ru": "Тогда Їжак-Ґалаґан и Ѳедоръ пошли.", "en": "Then Yizhak-Galagan and Fedor went."},
        {"ru": "И Әуезов видел Їжак и Ѳедор.", "en": "And Auezov saw Yizhak and Fedor."},
        {"ru": "Ѳедоръ и Сaмсон молчали.", "en": "Fedor and Samson were silent."},
    ]
    assert index(compare.collate(compare.from_rows(rows, source="ru"))).to_rows() is not None
