"""What a version has lost or added: runs without a counterpart, what they are judged by, and what is said of them."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import compare
from compare.analysis import Analysis
from compare.checks import select
from compare.meaning.detect.coverage import Coverage
from compare.meaning.detect.omission_candidates import Candidate, candidates, segments
from compare.meaning.detect.omission_features import Measures
from compare.meaning.detect.omissions import Omission, omissions, rankers
from compare.values import Collation

PLAIN = {
    "a": "He gave the old letter to his mother and left the house at once.",
    "b": "The old letter he gave to his mother, and at once left the house.",
    "ru": "Он отдал старое письмо матери и тотчас вышел из дома.",
}


def made(*rows: dict[str, str]) -> Collation:
    return compare.collate(compare.from_rows(list(rows)))


def analysed(*rows: dict[str, str]) -> Analysis:
    return Analysis(made(*rows))


def found(*rows: dict[str, str]) -> list[tuple[str, str, str]]:
    """List kind, version and the words lost or added of what is reported."""
    return [
        (o.kind, o.version, (o.evidence or (o.place,))[0].text) for o in analysed(*rows).omissions if o.score >= 0.5
    ]


def measured(*rows: dict[str, str], kind: str, version: str) -> dict[str, float]:
    """Return the features of the weightiest candidate of a kind in a version."""
    analysis = analysed(*rows)
    coverage = Coverage(analysis.words, analysis.renderings)
    listed = [c for c in candidates(coverage, analysis.row_readings) if (c.kind, c.version) == (kind, version)]
    best = max(listed, key=lambda c: c.runs[0].mass)
    return Measures(coverage, analysis.row_readings).features(best)


@given(st.lists(st.integers(-5, 5), max_size=12))
def test_segments_are_the_best_there_are(scores: list[int]) -> None:
    listed = segments(scores)
    assert all(sum(scores[a:b]) == total > 0 for a, b, total in listed)
    assert all(b <= c for (_, b, _), (c, _, _) in pairwise(listed))
    spans = [(a, b) for a in range(len(scores)) for b in range(a + 1, len(scores) + 1)]
    best = max((sum(scores[a:b]) for a, b in spans), default=0)
    assert max((total for *_, total in listed), default=0) == max(best, 0)
    # no segment can be made better by letting go of one of its ends
    for a, b, _ in listed:
        assert all(sum(scores[a:k]) > 0 and sum(scores[k:b]) > 0 for k in range(a + 1, b))


# ---- what is found ----

CLAUSE = {
    "ru": "Он отдал ей письмо, вышел из комнаты и запер за собою дверь на ключ.",
    "b": "He gave her the letter, went out of the room and locked the door behind him.",
    "a": "He gave her the letter and locked the door behind him.",
}


def test_sound_versions_have_neither_lost_nor_added() -> None:
    assert found(PLAIN) == []


def test_a_clause_that_a_version_lacks() -> None:
    [(kind, version, words)] = found(CLAUSE)
    assert (kind, version) == ("lost", "a")
    assert "went out of the room" in words


def test_what_the_source_has_is_never_added_but_lost_by_the_others() -> None:
    row = {"ru": "Она подошла и села рядом.", "a": "She came up and sat down beside her.", "b": "She came up."}
    assert [each[:2] for each in found(row)] == [("lost", "b")]
    # the same words are an addition where the source lacks them
    row = {**PLAIN, "a": "He gave the old letter with the broken seal to his mother and left the house at once."}
    assert [each[:2] for each in found({**row, "c": PLAIN["b"]})] == [("added", "a")]


def test_what_the_source_lacks_is_never_lost() -> None:
    row = {"ru": "Она села у окна.", "a": "She sat down at the window, proud as a queen of old.", "b": "She sat down."}
    assert ("lost", "b", "proud as a queen of old") not in found(row)
    assert all("queen" not in words or kind == "added" for kind, _, words in found(row))


def test_a_clause_that_stands_elsewhere_in_the_cell_is_not_lost() -> None:
    moved = "Out of the room he went, having given her the letter, and locked the door behind him."
    assert found({**CLAUSE, "a": moved}) == []


def test_what_stands_in_the_next_row_is_not_lost() -> None:
    rows = {"ru": "Он отдал ей письмо и вышел из комнаты.", "a": "He gave her the letter."}
    here = {"ru": "Потом он запер дверь.", "a": "Then he went out of the room and locked the door."}
    elsewhere = {"ru": "Потом он запер дверь.", "a": "Then he locked the door."}
    assert found(rows, here) == []
    near = measured(rows, here, kind="lost", version="a")
    far = measured(rows, elsewhere, kind="lost", version="a")
    assert near["elsewhere_free"] > 0.4 > far["elsewhere_free"]
    assert near["elsewhere"] > 0.8 > far["elsewhere"]
    assert near["room"] == pytest.approx(far["room"], abs=0.5)
    assert far["room_near"] > 0.5 > near["room_near"]


def test_who_speaks_need_not_be_said() -> None:
    assert found({"ru": "— Пойдём, — сказал Иван.", "a": "“Let us go.”", "b": "“Let us go,” said Ivan."}) == []


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("РСФСР признала договор.", "The Russian Socialist Federative Soviet Republic recognised the treaty."),
        ("НКИД ответил на ноту.", "The People's Commissariat for Foreign Affairs answered the note."),
        ("Наркоминдел ответил на ноту.", "The People's Commissar for Foreign Affairs answered the note."),
    ],
)
def test_an_abbreviation_written_out_adds_nothing(russian: str, english: str) -> None:
    listed = analysed({"ru": russian, "en": english}).omissions
    assert not [o for o in listed if o.kind == "added"]


def test_rows_that_are_hardly_aligned_say_nothing() -> None:
    analysis = analysed(CLAUSE)
    [row] = analysis.collation.rows
    for confidence, count in ((0.29, 0), (0.3, 1)):
        collation = dataclasses.replace(analysis.collation, rows=(dataclasses.replace(row, confidence=confidence),))
        aligned = dataclasses.replace(analysis.words, collation=collation)
        assert len(omissions(aligned, analysis.renderings, analysis.row_readings)) == count
