"""How misprints change words, and misprints that make another word."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import compare
from compare.analysis import Analysis
from compare.checks.typ107_misprint import _is_among_foreign, _parts, _right, _spells
from compare.meaning.detect import real_words as detect
from compare.meaning.detect.real_words import RealWord, real_words
from compare.misprints import are_like, is_slip, rescanned
from compare.names.translated import translated_names
from compare.words import words


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


def doubted(**cells: str) -> dict[tuple[str, str], RealWord]:
    """Find the words of one row that may be misprints, by version and word."""
    analysis = Analysis(compare.collate(compare.from_rows([cells], source="ru" if "ru" in cells else None)))
    every = real_words(analysis.words, analysis.renderings)
    return {(each.version, analysis.words.cell(each.version, 0).words[each.at].text): each for each in every}


def test_what_is_read_of_a_word_that_may_be_a_misprint() -> None:
    cells = {
        "a": "The old man was quite clam and looked silently at the river.",
        "b": "The old man was quite calm and looked silently at the river.",
        "c": "The old man was quite calm and gazed silently at the river.",
    }
    clam = doubted(ru="Старик был совершенно спокоен и молча смотрел на реку.", **cells)["a", "clam"]
    assert (clam.at, clam.right) == (5, {"b": 5, "c": 5})
    read = clam.features
    assert (read["holders"], read["slip"], read["two edits"], read["same part of speech"]) == (1.0, 1.0, 0.0, 0.0)
    assert 0.9 < read["agreements"] < read["agreement"] <= 1.0
    assert read["rendered"] == pytest.approx(math.log(1e-3), abs=0.1)  # nothing of the source is rendered so
    assert read["rendered"] < read["right rendered"] < 0
    assert read["fits"] < read["right fits"]
    assert 0.5 < clam.probability < 0.9
    alone = doubted(**cells)["a", "clam"].features
    assert alone["rendered"] == alone["right rendered"] == pytest.approx(math.log(0.01))
    one = doubted(**{**cells, "c": "A man sat."})["a", "clam"].features
    assert one["holders"] == 0.5
    assert one["agreements"] == one["agreement"] / 2


def test_a_word_two_edits_away_tells_only_where_two_versions_have_it() -> None:
    cells = {"a": "They understood the whole work.", "b": "They undertook the whole work."}
    assert doubted(**cells) == {}
    two = doubted(**cells, c="They undertook the work as well.")["a", "understood"]
    assert two.right == {"b": 1, "c": 1}
    assert two.features["two edits"] == 1.0


def test_the_words_of_content_near_a_place_tell_what_would_stand_there() -> None:
    forms = SimpleNamespace(vectors=np.eye(12)[:, :11])
    aligned: Any = SimpleNamespace(form=lambda version, i, at: at, forms=forms)
    content: Any = {v: [SimpleNamespace(at=at) for at in (0, 1, 4, 5, 9, 10)] for v in "ab"}
    near = detect._about(aligned, 0, [("a", 5)], content)
    assert near.argmax(axis=1).tolist() == [1, 4, 9]  # four words off, and not itself
    assert len(detect._about(aligned, 0, [("a", 5), ("b", 5)], content)) == 6
    assert len(detect._about(aligned, 0, [("a", 20)], content)) == 0
    assert detect._kin(aligned, 0, 4, [("a", 2), ("b", 2)], content) == 0.0  # the like words themselves apart
    assert detect._kin(aligned, 0, 4, [("a", 2), ("b", -1)], content) == 1.0
    assert detect._kin(aligned, 0, 4, [], content) == 0.0


@pytest.mark.parametrize(
    ("word", "may"),
    [("clam", True), ("cat", False), ("Clam", False), ("cl4m", False), ("never", False), ("zzqx", False)],
)
def test_only_a_longer_word_of_the_dictionary_may_be_a_misprint(word: str, may: bool) -> None:
    assert detect._may_be_misprint(word) is may


def test_kin_is_one_word_in_two_forms_or_spellings() -> None:
    assert detect._are_kin("calm", "calmness")
    assert detect._are_kin("grey", "gray")
    assert not detect._are_kin("calm", "clam")


@pytest.mark.parametrize(
    ("text", "others", "right"),
    [
        ("moming", "", "morning"),  # as a scan reads it
        ("garcen", "garden", "garden"),
        ("Garcen", "garden", "Garden"),
        ("garcen", "burden", None),
        ("garcen", "", None),
        ("Isend", "", "I send"),
        ("isfor", "is for", "is for"),
        ("Isfor", "is for", "Is for"),
        ("wordsmith", "word smith", None),  # a compound
        ("microfibre", "microfiber", None),  # another spelling
    ],
)
def test_what_a_misprint_stands_for(text: str, others: str, right: str | None) -> None:
    assert _right(text, "en", set(others.split())) == right


def test_words_run_together_are_cut_into_as_few_as_may_be() -> None:
    assert _parts("isfor", {"is", "for", "i", "s"}) == ["is", "for"]
    assert _parts("isfor", {"is", "or"}) == []
    assert _parts("", {"is"}) == []


def test_a_word_beside_another_that_no_dictionary_has_is_of_another_language() -> None:
    found = words("avezz the old moming the Zzqx came")
    assert [_is_among_foreign(found, n, "en") for n in range(7)] == [False, True, True, False, True, False, False]
