"""How characters are written changes nothing that is found: accents apart, soft hyphens, blanks, line ends."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.wordalign.contextual import uncased
from compare.words import count, forms, is_blank, plain, words

TINY = Path(__file__).parent / "golden" / "tiny"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(TINY.glob("*.txt"))}
SIGNS = st.text(st.sampled_from("abBéЖж1 \n\r-—–’'¬\u00ad\u200b\u0301.,;!?“\u2011\ufb01\u00a0\u2009…\t"), max_size=20)


def found(texts: dict[str, str]) -> Counter[tuple[str, str, str]]:
    """Count the findings, their words without what is not seen."""
    report = compare.report(compare.from_texts(texts, source="ru"))
    shown = (
        (f.check, f.places[0].version, unicodedata.normalize("NFKC", plain(f.places[0].text))) for f in report.findings
    )
    return Counter((check, version, " ".join(text.split())) for check, version, text in shown)


def sown(mark: str, share: float) -> Callable[[str], str]:
    """Put a mark between letters, in words of six or more."""
    dice = random.Random(2)
    return lambda text: re.sub(
        r"(?<=[^\W\d_]{3})(?=[^\W\d_]{3})", lambda _: mark if dice.random() < share else "", text
    )


def spaced(text: str) -> str:
    blanks = random.Random(3)
    return re.sub(r"(?<=\S) (?=\S)", lambda _: blanks.choice(" \u00a0\u2009\u202f"), text).replace("\n", "\r")


def composed_of_parts(text: str) -> str:
    return unicodedata.normalize("NFD", text.replace("fi", "\ufb01").replace("fl", "\ufb02"))


@pytest.fixture(scope="module")
def sound() -> Counter[tuple[str, str, str]]:
    return found(TEXTS)


@pytest.mark.parametrize(
    "written",
    [composed_of_parts, spaced, lambda text: sown("-\n", 0.03)(sown("\u00ad", 0.1)(sown("\u200b", 0.1)(text)))],
)
def test_findings_are_the_same(written: Callable[[str], str], sound: Counter[tuple[str, str, str]]) -> None:
    assert found({id: written(text) for id, text in TEXTS.items()}) == sound


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("It was sound; Fol\u00adlowing the struggle, it was happy.", "TYP106", "Following"),
        (
            "The Great\u202fNational Assembly met. The Grand National\u00a0Assembly wrote. "
            "The Grand\u2009National Assembly left.",
            "TRM101",
            "Great National Assembly",
        ),
        ("He came to All\u00a0Russia. The All-Russia Congress met.", "TRM102", "All-Russia"),
    ],
)
def test_what_is_not_seen_hides_nothing(text: str, code: str, words: str) -> None:
    assert [place for check, _, place in found({"en": text, "ru": "Он."}) if check == code] == [words]


@pytest.mark.parametrize(
    ("gap", "blank"),
    [
        (" ", True),
        ("\u202f", True),
        ("  ", True),
        ("\r\n", True),
        ("\n\n", False),
        ("\r\r", False),
        ("", False),
        ("- ", False),
    ],
)
def test_a_blank_is_of_any_kind_but_no_empty_line(gap: str, blank: bool) -> None:
    assert is_blank(gap) is blank


def test_a_word_may_be_divided_twice() -> None:
    assert plain("gov-\nern-\nment") == "government"


@given(SIGNS)
def test_a_text_in_small_letters_has_as_many_words(text: str) -> None:
    assert len(words(uncased(text))) == len(words(text))
    assert len(words(uncased("He came—and went."))) == 4


@given(SIGNS)
def test_the_forms_of_a_text_are_those_of_its_words(text: str) -> None:
    assert forms(text) == [word.text for word in words(text)]
    assert count(text) == len(words(text))
