"""How misprints change words, and misprints that make another word."""

from __future__ import annotations

import pytest

import compare
from compare.analysis import Analysis
from compare.checks.typ107_misprint import _spells
from compare.meaning.detect.real_words import real_words
from compare.misprints import are_like, is_slip, rescanned
from compare.names.translated import translated_names


@pytest.mark.parametrize(
    ("one", "two"),
    [("calm", "clam"), ("stopped", "topped"), ("rustling", "rusting"), ("fools", "tools"), ("understood", "undertook")],
)
def test_words_of_like_letters(one: str, two: str) -> None:
    assert are_like(one, two)
    assert are_like(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("calm", "calm"),
        ("humble", "humbly"),  # another ending
        ("audible", "inaudible"),  # another beginning
        ("calm", "coal"),  # two edits in a short word
        ("stopped", "shipper"),
    ],
)
def test_words_that_are_not_alike(one: str, two: str) -> None:
    assert not are_like(one, two)
    assert not are_like(two, one)


@pytest.mark.parametrize(
    ("one", "two", "slip"),
    [
        ("calm", "clam", True),  # letters exchanged
        ("stopped", "topped", True),  # one dropped
        ("stay", "slay", True),  # taken for one of like shape
        ("modern", "modem", True),  # two taken for one
        ("bent", "went", False),
        ("understood", "undertook", False),
    ],
)
def test_slips(one: str, two: str, slip: bool) -> None:
    assert is_slip(one, two) is slip


def test_every_place_of_a_letter_is_read_anew() -> None:
    assert {"rnornent", "momcnt", "mornent", "rnoment"} - set(rescanned("moment")) == {"rnornent"}


def found(rows: list[dict[str, str]]) -> list[tuple[str, str, bool]]:
    analysis = Analysis(compare.collate(compare.from_rows(rows, source="ru")))
    return [
        (each.version, analysis.words.cell(each.version, each.row_index).words[each.at].text, each.probability >= 0.2)
        for each in real_words(analysis.words, analysis.renderings)
    ]


def test_the_source_and_the_neighbours_tell_which_word_is_the_misprint() -> None:
    rows = [
        {
            "ru": "Старик был совершенно спокоен и молча смотрел на реку.",
            "a": "The old man was quite clam and looked silently at the river.",
            "b": "The old man was quite calm and looked silently at the river.",
        }
    ]
    assert found(rows) == [("a", "clam", True), ("b", "calm", False)]


@pytest.mark.parametrize(
    "other",
    [
        "The old man was quite calm and looked silently at the river.",  # the same word
        "The old man was quite calmly looking in silence at the river.",  # its kin
        "Quite Clam was the name of the old man who looked at the river.",  # a name
        "The old man was quite cqlm and looked silently at the river.",  # no word at all
    ],
)
def test_what_is_no_misprint_of_another_word(other: str) -> None:
    rows = [
        {
            "ru": "Старик был совершенно спокоен и молча смотрел на реку.",
            "a": other,
            "b": "The old man was quite calm and looked silently at the river.",
        }
    ]
    assert not any(likely for _, _, likely in found(rows))


def names(ru: str, **cells: str) -> list[tuple[str, str, str]]:
    analysis = Analysis(compare.collate(compare.from_rows([{"ru": ru, **cells}], source="ru")))
    return [
        (t.place.version, t.place.text, t.source.text)
        for t in translated_names(analysis.collation, analysis.names, analysis.renderings)
    ]


def test_a_name_that_was_translated() -> None:
    kept, translated = "Then Pevtsov spoke of pensions.", "Then singers spoke of pensions."
    assert names("Потом Певцов говорил о пенсиях.", a=translated, b=kept) == [("a", "singers", "Певцов")]
    # A capital that opens the sentence proves nothing by itself: one version is not enough.
    assert names("Певцов говорил о пенсиях.", a="Singers spoke of pensions.", b="Pevtsov spoke of pensions.") == []
    # More versions translate than keep.
    assert names("Потом Певцов говорил о пенсиях.", a=translated, b=kept, c=translated) == []
    # A version that has the name beside the word explains it.
    assert names("Потом Певцов говорил.", a="Then Pevtsov, the singer, spoke.", b="Then Pevtsov spoke.") == []


@pytest.mark.parametrize(("source", "spells"), [("Он надел кафтан.", True), ("Er trug den Kaftan.", False)])
def test_a_word_may_spell_one_of_a_russian_source_that_stands_in_its_row(source: str, spells: bool) -> None:
    rows = [{"ru": source, "a": "He wore a kaftan."}, {"a": "It was a kaftan."}]
    table = compare.collate(compare.from_rows(rows, source="ru"))
    assert [_spells(table, row, "kaftan", "captain") for row in table.rows] == [spells, False]
    alone = compare.collate(compare.from_rows([{"a": "He wore a kaftan."}]))
    assert not _spells(alone, alone.rows[0], "kaftan", "captain")
