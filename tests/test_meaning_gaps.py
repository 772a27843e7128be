"""Words covered, phrases lost and added, what is denied, exchanged and measured."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.analysis import Analysis
from compare.checks import run, select
from compare.values import Collation
from compare.wordalign.aligned_words import expected_gap, rising

ROW = {
    "a": "He gave the old letter to his mother and left the house at once.",
    "b": "The old letter he gave to his mother, and at once left the house.",
    "ru": "Он отдал старое письмо матери и тотчас вышел из дома.",
}


def made(**row: str) -> Collation:
    return compare.collate(compare.from_rows([row]))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=10, unique_by=lambda p: p[0]).map(sorted))
def test_rising_links_rise(pairs: list[tuple[int, int]]) -> None:
    kept = rising(pairs)
    assert set(kept) <= set(pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(kept))
    assert bool(kept) == bool(pairs)


def test_each_word_covers_one_and_the_two_sides_agree() -> None:
    every = Analysis(made(**ROW)).words.covers
    for (a, b), covers in every.items():
        [here], [there] = covers, every[b, a]
        assert here is not None
        assert there is not None
        taken = [k for k in here.at if k >= 0]
        assert len(taken) == len(set(taken))
        assert all(there.at[j] == i for i, j in enumerate(here.at) if j >= 0)
        assert all(0 <= share <= 1 for share in here.share)


def test_a_stretch_stands_between_the_words_that_are_covered() -> None:
    aligned = Analysis(made(a="He took the letter.", b="He took with trembling hands the letter.")).words
    [cover], [cell] = aligned.covers["b", "a"], aligned.cells["a"]
    assert cover is not None
    assert cell is not None
    assert expected_gap(cover, 2, 5, len(cell.words)) == (1, 3)


def found(code: str, **row: str) -> list[tuple[str, str]]:
    [check] = select([code])
    return [
        (f.places[0].version, f.places[0].text) for f in check.run(Analysis(made(**row))) if f.score >= check.threshold
    ]


def test_the_gender_of_things_has_no_voice() -> None:
    assert not found("SEM107", a="It lay there.", b="He lay there.", ru="Он лежал там.")
    assert not found("SEM107", a="Anna came, and her dog.", b="She came, and her dog.", ru="Анна пришла с собакой.")
    assert found("SEM107", a="She came.", b="He came.", c="He came.") == [("a", "She")]


def test_a_land_may_be_a_woman_in_english_of_another_age() -> None:
    [check] = select(["SEM107"])
    for spoken, severity in (("thou hast known what cometh", "neutral"), ("you have known what comes", "major")):
        rows = [{"a": "She came.", "b": "He came.", "c": "He came."}, {"a": spoken, "b": spoken, "c": spoken}]
        (finding,) = check.run(Analysis(compare.collate(compare.from_rows(rows))))
        assert (finding.places[0].text, finding.severity) == ("She", severity)


def test_a_pronoun_is_not_told_where_the_source_cannot_be_asked() -> None:
    came = {"a": "She came.", "b": "He came.", "c": "He came."}
    rows = [{"ru": "Было холодно.", **dict.fromkeys("abc", "It was cold.")}, came]
    [check] = select(["SEM107"])
    for table, told in ((rows, False), ([rows[0], {"ru": "Он пришёл.", **came}], True)):
        analysis = Analysis(compare.collate(compare.from_rows(table, source="ru")))
        assert any(f.score >= check.threshold for f in check.run(analysis)) == told


def test_a_row_lacking_lies_in_the_version_that_lacks_it() -> None:
    rows = [{"a": "He came home.", "b": "He came home."}, {"b": "Nobody waited for him there at all."}]
    rows += [{"a": "So he went to bed.", "b": "So he went to bed."}]
    [finding] = [f for _, f in run(Analysis(compare.collate(compare.from_rows(rows))), select(["OMI101"]))]
    assert [p.version for p in finding.places] == ["a", "b"]
    assert finding.places[0].text == "home.\nSo"
    assert finding.places[1].text == "Nobody waited for him there at all."
