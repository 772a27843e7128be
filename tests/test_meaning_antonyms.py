"""Words that stand where other versions have their opposites."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

import compare
from compare.analysis import Analysis
from compare.checks import select, sem110_antonym
from compare.meaning.detect.antonyms import OppositeWord, _linked
from compare.wordalign.aligned_words import ALIKE

#: Three versions of which the first is held against the others.
_PAUSE = {"b": "He spoke after a long pause.", "c": "He spoke, after a long pause."}


def found(**row: str) -> list[tuple[str, str, str]]:
    [check] = select(["SEM110"])
    made = compare.collate(compare.from_rows([row], source="ru" if "ru" in row else None))
    return [(f.places[0].version, f.places[0].text, f.severity) for f in check.run(Analysis(made))]


def test_the_opposite_of_two_versions_is_a_note_without_the_source() -> None:
    assert found(a="He spoke after a short pause.", **_PAUSE) == [("a", "short", "neutral")]


@pytest.mark.parametrize(("confidence", "severity"), [(1.0, "major"), (0.1, "neutral")])
def test_in_a_row_that_is_badly_aligned_it_is_a_note(confidence: float, severity: str) -> None:
    [check] = select(["SEM110"])
    row = {"a": "He spoke after a short pause.", **_PAUSE, "ru": "Он заговорил после долгого молчания."}
    made = compare.collate(compare.from_rows([row, {"ru": "Да.", "a": "Yes."}], source="ru"))
    rows = tuple(replace(each, confidence=confidence) for each in made.rows)
    assert [f.severity for f in check.run(Analysis(replace(made, rows=rows)))] == [severity]


def test_the_source_makes_it_major() -> None:
    ru = "Он заговорил после долгого молчания."
    assert found(a="He spoke after a short pause.", **_PAUSE, ru=ru) == [("a", "short", "major")]
    assert found(a="He spoke after a short pause.", b=_PAUSE["b"], ru=ru) == [("a", "short", "major")]


def test_whom_the_source_agrees_with_is_not_blamed() -> None:
    assert found(a="He spoke after a short pause.", b=_PAUSE["b"], ru="Он заговорил после короткого молчания.") == [
        ("b", "long", "major")
    ]


def test_words_that_only_look_opposed_are_not() -> None:
    assert not found(
        a="In his stead came his brother.", b="Instead of him his brother came.", ru="Вместо него пришёл брат."
    )


@pytest.mark.parametrize(
    "a",
    [
        "He spoke after a pause that was not short.",
        "He spoke after a long pause, and his words were short.",
        "He spoke after no short pause.",
        "He spoke after a pause.",
    ],
)
def test_what_is_denied_or_said_besides_is_no_opposite(a: str) -> None:
    assert not found(a=a, **_PAUSE)


def test_another_side_of_the_same_is_no_opposite() -> None:
    assert not found(a="Let us go to the garden now.", b="Come to the garden now.", c="Let us come to the garden now.")


def test_down_is_from_above() -> None:
    assert not found(
        a="She came downstairs to dinner.",
        b="She came from upstairs to dinner.",
        c="She came from upstairs for dinner.",
    )


def test_two_versions_alone_are_not_judged() -> None:
    assert not found(a="He spoke after a short pause.", b="He spoke after a long pause.")


def test_what_the_source_says_is_looked_for_elsewhere_in_the_version() -> None:
    ru = "После обеда он хотел уйти, но его удержали."
    assert not found(
        a="After dinner he would have gone, but they made him stay.",
        b="After dinner he meant to leave, but they detained him.",
        ru=ru,
    )


@pytest.mark.parametrize("a", ["hardly audible", "almost audible"])
def test_a_word_that_is_nearly_said_is_no_opposite(a: str) -> None:
    assert not found(
        a=f"His voice was {a} there.", b="His voice was inaudible there.", ru="Голос его был не слышен там."
    )


def test_at_last_is_not_the_last() -> None:
    assert not found(
        a="He is the first to come.", b="He comes at last.", c="At last he comes.", ru="Наконец он пришёл."
    )


def test_a_source_that_bears_nobody_out_silences() -> None:
    ru = "Ветер дул на него из всех переулков."
    assert not found(
        a="The wind blew on him out of all the narrow streets.",
        b="The wind blew on him out of all the wide streets.",
        c="The wind blew on him out of all the wide streets.",
        ru=ru,
    )


def test_what_the_source_denies_may_be_affirmed_by_the_opposite() -> None:
    a, b = "Now everybody there is rich.", "Now there is not a single soul in all that town who is poor."
    assert not found(a=a, b=b, ru="Теперь там никто не бедный.")


@pytest.mark.parametrize(("alike", "count"), [(ALIKE, 1), (ALIKE - 0.01, 0)])
def test_without_the_source_the_words_about_must_agree(
    alike: float, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Analysis(compare.collate(compare.from_rows([{"a": "A short pause.", **_PAUSE}])))
    opposite = OppositeWord(0, "a", 1, {"b": 4, "c": 4}, alike, None)
    monkeypatch.setattr(sem110_antonym, "opposite_words", lambda *_: [opposite])
    assert len(list(sem110_antonym._antonyms(made))) == count


@pytest.mark.parametrize(("k", "found"), [(0, [5]), (1, [7]), (2, []), (3, [])])
def test_words_of_two_versions_are_linked_by_their_word_of_the_source(k: int, found: list[int]) -> None:
    at = {("a", "b"): [-1] * 4, ("a", "ru"): [1, 0, -1, 2], ("ru", "b"): [7, 5, -1]}
    covers = {texts: [SimpleNamespace(at=places)] for texts, places in at.items()}
    collation = SimpleNamespace(work=SimpleNamespace(source=SimpleNamespace(id="ru")))
    aligned: Any = SimpleNamespace(covers=covers, collation=collation)
    assert list(_linked(aligned, 0, "a", k, "b")) == found
