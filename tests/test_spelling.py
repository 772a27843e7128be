"""Spelling by the dictionaries in tests/dictionaries, which conftest names in DICPATH."""

from __future__ import annotations

from pathlib import Path

import pytest

import compare
from compare import extras, spelling
from compare.encode import get
from compare.values import InputError

pytestmark = pytest.mark.usefixtures("own_scores")


def test_all_dictionaries_of_a_language_count() -> None:
    assert [path.name for path in spelling.dictionaries("en")] == ["en_GB", "en_US"]
    assert [path.name for path in spelling.dictionaries("ru")] == ["ru"]
    assert spelling.dictionaries("de") == ()


def test_folders_of_the_machine_where_none_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "de_AT.dic").write_text("1\nHaus\n", "utf-8")
    (tmp_path / "de_AT.aff").write_text("SET UTF-8\n", "utf-8")
    (tmp_path / "de_DE.dic").symlink_to(tmp_path / "de_AT.dic")
    (tmp_path / "de_DE.aff").symlink_to(tmp_path / "de_AT.aff")
    monkeypatch.delenv("DICPATH")
    monkeypatch.setattr(spelling, "_FOLDERS", (str(tmp_path / "none"), str(tmp_path)))
    assert [path.name for path in spelling.dictionaries("de")] == ["de_AT"]


def test_words_are_looked_up_with_their_endings() -> None:
    spelled = spelling.speller("en")
    assert spelled is not None
    assert [spelled(word) for word in ("houses", "colour", "color", "colors", "huose")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert spelling.speller("de") is None


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("huose", "house"),
        ("hose", "house"),
        ("houuse", "house"),
        ("hoise", "house"),
        ("hoouuse", None),
        ("mornin", "morning"),
        ("colr", None),
    ],
)
def test_the_only_word_that_is_a_slip_away(word: str, right: str | None) -> None:
    spelled = spelling.speller("en")
    assert spelled is not None
    assert spelling.nearest(word, "abcdefghijklmnopqrstuvwxyz", spelled) == right


def test_of_two_words_that_are_as_near_none_is_proposed() -> None:
    assert spelling.nearest("cat", "abc", {"bat", "caat"}.__contains__) is None


def test_findings_are_one_a_word_with_the_right_one() -> None:
    text = "The huose was cold. Huose and house. Gribble gribble; he saw gribble. He met Anfisa in the house."
    findings = compare.report(compare.from_texts({"en": text}), select=["TYP109"]).findings
    assert [(f.score, [p.text for p in f.places], f.suggestion) for f in findings] == [
        (0.7, ["huose", "Huose"], "house"),
        (0.5, ["Gribble", "gribble", "gribble"], None),
    ]


def test_it_is_silent_unasked_and_where_there_is_no_dictionary_which_is_said() -> None:
    work = compare.from_texts({"en": "The huose was cold."})
    assert not compare.report(work, select=["TYP"]).findings
    german = compare.from_texts({"de": "Das Hauus war kalt und leer, und er war nicht da."})
    report = compare.report(german, select=["TYP109"])
    assert not report.findings
    assert "de: there is no hunspell dictionary for de here; TYP109 is silent" in report.collation.warnings


def test_a_language_without_a_dictionary_keeps_no_other_from_being_read() -> None:
    work = compare.from_texts({"de": "Das Haus war kalt.", "en": "The hosue was cold."})
    findings = compare.report(work, select=["TYP109"], encoder=get("none")).findings
    assert [(f.places[0].version, f.places[0].text) for f in findings] == [("en", "hosue")]


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(module: str) -> None:
        raise ImportError(module)

    monkeypatch.setattr(extras.importlib, "import_module", absent)
    spelling._speller.cache_clear()
    with pytest.raises(InputError, match=r"spylls: is not installed; pip install 'hexapla\[spelling\]'"):
        spelling.speller("en")
