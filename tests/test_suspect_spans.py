"""Phrases that say something else: which words stand in the place of what is lost, and how sure that is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import compare
from compare.analysis import Analysis
from compare.meaning.detect.pronouns import _is_linked_nearby
from compare.meaning.detect.suspect_spans import _has_content, _instead, _losses
from compare.meaning.scoring import CellJudgement, score
from compare.wordalign.aligned_words import AlignedWords

ROW = {
    "a": "We saw a drunken bishop there.",
    "b": "We saw a heavy sack there.",
    "c": "We saw a heavy sack there.",
    "ru": "Мы видели там тяжёлый мешок.",
}


def aligned(*versions: str) -> AlignedWords:
    return Analysis(compare.collate(compare.from_rows([{id: ROW[id] for id in versions}]))).words


def test_the_words_between_two_words_that_nothing_covers_stand_instead() -> None:
    words = aligned("a", "b")
    assert _instead(words, 0, "a", 1, 5) == (3, 5)
    assert _instead(words, 0, "a", 3, 5) == (4, 5)
    assert _instead(words, 0, "a", 1, 2) is None


def test_a_name_a_figure_or_a_function_word_is_no_content() -> None:
    rows = [{"a": "The old man gave Ivan 12 roubles.", "b": "Ivan Petrov came."}]
    words = Analysis(compare.collate(compare.from_rows(rows))).words
    has = [_has_content(words, 0, "a", at, at + 1) for at in range(7)]
    assert has == [False, True, True, True, False, False, True]
    assert _has_content(words, 0, "a", 3, 6)
    assert _has_content(words, 0, "b", 0, 1)  # it may have its capital from where it stands
    assert not _has_content(words, 0, "b", 0, 2)


@pytest.mark.parametrize(
    ("versions", "losing", "factor"),
    [
        ("ab", "b", 1.0),
        ("abc", "b", 0.6),  # c may lack what b alone has
        ("abc", "bc", None),  # two are surer than one
        (("a", "b", "ru"), "b", 0.6),
        (("a", "b", "ru"), ("ru",), 0.6),
    ],
)
def test_what_one_of_several_texts_has_may_be_its_own(
    versions: tuple[str, ...], losing: tuple[str, ...], factor: float | None
) -> None:
    words = aligned(*versions)
    judged = CellJudgement(0.0, "o", None, {})  # type: ignore[arg-type]
    row = words.collation.rows[0]
    lost = {id: [(3, 5, 1.0)] if id in losing else [] for id in versions if id != "a"}
    facing = {id: [0, 1, 2, -1, -1, 5] for id in lost}
    [phrase] = _losses(words, row, 0, "a", judged, lost, facing, set())
    alone = score(1.0, judged, "lost")
    wanted = 1 - (1 - alone) ** 2 if factor is None else factor * alone
    assert phrase.score == pytest.approx(wanted, abs=1e-4)
    assert phrase.place.text == "drunken bishop"


@pytest.mark.parametrize(
    ("at", "there", "linked"),
    [(4, 9, True), (3, 9, False), (12, 9, True), (13, 9, False), (6, 17, True), (6, 18, False)],
)
def test_pronouns_stand_in_the_same_place_where_words_near_them_are_linked(at: int, there: int, linked: bool) -> None:
    cover = SimpleNamespace(at=[9 if k == 8 else -1 for k in range(20)], share=[0.5] * 20)
    assert _is_linked_nearby(cover, at, there) is linked  # type: ignore[arg-type]
    assert not _is_linked_nearby(SimpleNamespace(at=cover.at, share=[0.4] * 20), at, there)  # type: ignore[arg-type]
    assert not _is_linked_nearby(None, at, there)
