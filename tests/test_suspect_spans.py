"""Phrases that say something else: which words stand in the place of what is lost, and how sure that is."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import compare
from compare.analysis import Analysis
from compare.meaning.detect.pronouns import _is_linked_nearby
from compare.meaning.detect.suspect_spans import Phrase, _facing, _gap, _has_content, _instead, _losses, _runs, phrases
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


def test_each_word_has_its_mutual_counterpart_or_none() -> None:
    rows = [{"a": "We saw it there.", "b": "We saw a heavy sack there."}]
    words = Analysis(compare.collate(compare.from_rows(rows))).words
    assert _facing(words, 0, "a", "b") == [0, 1, -1, 5]
    assert _facing(words, 0, "b", "a") == [0, 1, -1, -1, -1, 3]


@pytest.mark.parametrize(
    ("facing", "stretch", "gap"),
    [
        ([0, 1, -1, -1, 5], (2, 4), (1, 5)),
        ([-1, -1, 3], (0, 1), (2, 3)),  # nothing stands before
        ([3, -1, -1], (2, 3), (3, 4)),  # nothing stands after
        ([-1, -1], (0, 1), None),
        ([0, -1, 6], (1, 2), (0, 6)),
        ([0, -1, 7], (1, 2), (0, 1)),  # too far on to be the other side
        ([4, -1, 4], (1, 2), (4, 5)),
        ([4, -1, 2], (1, 2), (4, 5)),  # the order is another
    ],
)
def test_a_stretch_would_stand_between_the_counterparts_of_its_neighbours(
    facing: list[int], stretch: tuple[int, int], gap: tuple[int, int] | None
) -> None:
    assert _gap(facing, *stretch) == gap


def test_a_phrase_grows_about_its_likeliest_word() -> None:
    found = list(_runs(np.array([0.0, 1.0, 2.0, 1.0, -9.0, -6.0, -6.1])))
    assert found == [(1, 4, 2.0 + 2 * 0.35), (0, 1, 0.0), (5, 7, -6.0 + 0.35)]
    [(start, stop, odds)] = _runs(np.zeros(9))
    assert (start, stop, odds) == (0, 9, 4 * 0.35)  # more words than five are no surer
    assert list(_runs(np.array([0.0, -1.5, -1.4]))) == [(0, 1, 0.0), (1, 3, -1.4 + 0.35)]


SOUND, DOUBTFUL = [-9.0] * 6, [-9.0, -9.0, -9.0, 1.0, 1.0, -9.0]


def doubted(wrong: list[float], **lost: list[float]) -> tuple[CellJudgement, tuple[Phrase, ...]]:
    judged = CellJudgement(0.0, "o", np.array(wrong), {id: np.array(odds) for id, odds in lost.items()})
    return judged, phrases(aligned("a", *lost), {"a": [judged]})


def test_a_doubtful_phrase_stands_where_a_text_misses_something_and_surer_where_two_do() -> None:
    judged, [one] = doubted(DOUBTFUL, b=DOUBTFUL, c=SOUND)
    wrong, lost = (score(1.35, judged, which) for which in ("wrong", "lost"))
    assert (one.row, one.place.text, one.suggestion) == (1, "drunken bishop", "heavy sack")
    assert [(place.version, place.text) for place in one.evidence] == [("b", "heavy sack")]
    assert one.score == pytest.approx(wrong, abs=1e-4)
    _, [two] = doubted(DOUBTFUL, b=DOUBTFUL, c=DOUBTFUL)
    assert [place.version for place in two.evidence] == ["b", "c"]
    assert two.score == pytest.approx(1 - (1 - wrong) * (1 - lost), abs=1e-4)


def test_what_others_miss_is_a_phrase_though_no_word_is_doubtful_and_none_is_found_where_nothing_is_missing() -> None:
    judged, [phrase] = doubted(SOUND, b=DOUBTFUL, c=DOUBTFUL)
    assert phrase.place.text == "drunken bishop"
    assert phrase.score == pytest.approx(1 - (1 - score(1.35, judged, "lost")) ** 2, abs=1e-4)
    assert doubted(DOUBTFUL, b=SOUND, c=SOUND)[1] == ()
    assert doubted(DOUBTFUL, b=[-9.0, 1.0, -9.0, -9.0, -9.0, -9.0])[1] == ()  # it misses another thing, elsewhere
