"""What a row's confidence and kind mean to the checks, and when a row is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import compare
import compare.encode
from compare import checks
from compare.analysis import Analysis
from compare.checks import ALIGNED, Check, omi101_row, run, select
from compare.values import Collation, Finding, Move
from compare.wordalign.neighbouring_rows import (
    is_aligned_otherwise,
    lengths_in_common,
    merged,
    share_in_neighbouring_rows,
)

NONE = compare.encode.get("none")


def collate(*rows: dict[str, str], confidence: float = 1.0) -> Collation:
    source = "ru" if any("ru" in row for row in rows) else None
    table = compare.collate(compare.from_rows(list(rows), source=source), encoder=NONE)
    return replace(table, rows=tuple(replace(row, confidence=confidence) for row in table.rows))


def codes(table: Collation, code: str) -> list[str]:
    def always(analysis: Analysis) -> Iterator[Finding]:
        span = analysis.collation.rows[0].spans["a"]
        yield Finding(code, "minor", 1.0, (analysis.collation.place("a", span.start, span.end),), "said", row=1)

    check = Check(code, "x", 0.5, always, "Title.")
    return [finding.check for _, finding in run(Analysis(table), [check])]


ROW = {"ru": "Он пришёл домой.", "a": "He came home."}


@pytest.mark.parametrize("code", ["SEM103", "NUM102", "NAM501", "OMI102", "TRM104"])
def test_what_other_versions_tell_needs_a_row_that_is_aligned(code: str) -> None:
    assert ALIGNED == 0.3
    assert codes(collate(ROW, confidence=0.3), code) == [code]
    assert codes(collate(ROW, confidence=0.29), code) == []


@pytest.mark.parametrize("code", ["TYP101", "REP102", "NAM101", "NAM401", "NUM101", "SEM301", "OMI101"])
def test_what_a_version_tells_by_itself_does_not(code: str) -> None:
    assert codes(collate(ROW, confidence=0.0), code) == [code]


@pytest.mark.parametrize(
    ("at", "without", "adrift"),
    [
        (2, "ao.a", True),
        *[(2, ".a.aa", True), (2, "a....aa", False), (2, ".a.a", False)],
        *[(2, "oo.o", True), (2, "o..oa", True), (2, "bb.bb", False), (2, "ab.a", False)],
        # at the ends of the text
        *[(0, ".aa", False), (1, "a.aa", True), (5, "...aa.a", True), (6, "....aa", False)],
    ],
)
def test_a_row_is_adrift_where_most_of_the_four_about_it_lack_the_version_or_have_it_alone(
    at: int, without: str, adrift: bool
) -> None:
    """`without`: for each row the version that it lacks; o: it lacks all others."""
    table = collate(*[ROW | {"b": ROW["a"]}] * 7)
    rows = [
        replace(row, spans={id: span for id, span in row.spans.items() if (id == "a" if lost == "o" else id != lost)})
        for row, lost in zip(table.rows, without.ljust(7, "."), strict=True)
    ]
    table = replace(table, rows=tuple(rows))
    assert checks._is_adrift(Analysis(table), rows[at], "a") == adrift


def test_no_row_of_a_text_by_itself_is_adrift() -> None:
    table = collate(*[{"a": ROW["a"]}] * 5)
    assert not checks._is_adrift(Analysis(table), table.rows[2], "a")


def test_a_finding_of_many_places_stands_where_one_of_them_is_aligned() -> None:
    table = collate(ROW, ROW, confidence=0.1)
    table = replace(table, rows=(table.rows[0], replace(table.rows[1], confidence=0.9)))

    def both(analysis: Analysis) -> Iterator[Finding]:
        spans = [row.spans["a"] for row in analysis.collation.rows]
        places = tuple(analysis.collation.place("a", span.start, span.end) for span in spans)
        yield Finding("NAM501", "major", 1.0, places, "said")

    assert len(list(run(Analysis(table), [Check("NAM501", "x", 0.5, both, "Title.")]))) == 1


@pytest.mark.parametrize(
    ("said", "beside", "judged"),
    [
        ("He came home.", "Nobody knew what the miller wanted.", True),
        ("The price of oats fell.", "Nobody knew what the miller wanted.", False),
        ("The price of oats fell.", "The price of oats fell.", False),  # it is the source that is asked
    ],
)
def test_two_cells_that_are_alike_may_be_judged_in_a_row_that_a_third_spoils(
    said: str, beside: str, judged: bool
) -> None:
    rows = [{**ROW, "a": said, "b": beside}]
    table = compare.collate(compare.from_rows(rows, source="ru"))
    table = replace(table, rows=tuple(replace(row, confidence=0.1) for row in table.rows))
    assert codes(table, "NUM102") == ["NUM102"] * judged


@pytest.mark.parametrize(("kind", "found"), [("note", 0), ("page number", 0), ("heading", 1), ("verse", 1)])
def test_apparatus_is_judged_by_its_letters_alone(kind: str, found: int) -> None:
    table = collate(ROW)
    table = replace(table, kinds={"ru": (kind,), "a": (kind,)})
    assert len(codes(table, "SEM103")) == found
    assert len(codes(table, "OMI101")) == found
    assert len(codes(table, "TYP101")) == 1


def test_the_kind_of_a_row_is_that_of_all_its_segments() -> None:
    table = replace(collate(ROW), kinds={"ru": ("note",), "a": ("prose",)})
    assert table.kind(table.rows[0]) == "prose"
    assert table.kind(table.rows[0], "ru") == "note"
    assert table.kind(table.rows[0], "b") == "prose"
    assert collate(ROW).only({"a"}).kind(collate(ROW).rows[0], "a") == "prose"


def lacking(table: Collation) -> list[tuple[str, int, float]]:
    found = [f for _, f in run(Analysis(table), select(["OMI101"]))]
    return [(f.places[0].version, f.row, f.score) for f in found]


FULL = [
    {"ru": "Старик молчал.", "a": "The old man was silent.", "b": "The old man said nothing."},
    {"ru": "Река замёрзла до самого моста.", "b": "The river was frozen as far as the bridge."},
    {"ru": "Потом запели птицы.", "a": "Then the birds began to sing.", "b": "Then birds sang."},
]


def test_a_passage_that_stands_elsewhere_is_no_loss_and_no_addition() -> None:
    rows = [{"ru": row["ru"], "a": row.get("a", "")} for row in FULL]
    there = {"a": "The river was frozen as far as the bridge."}
    table = collate(*rows, {"ru": "Стало темно.", "a": "It grew dark."}, there, {"ru": "Взошла луна.", "a": "It rose."})
    places = [
        table.place(id, span.start, span.end) for id, i in (("ru", 1), ("a", 4)) for span in [table.rows[i].spans[id]]
    ]

    def said(table: Collation, code: str) -> list[tuple[str, str, int]]:
        return [(f.severity, f.message, len(f.places)) for _, f in run(Analysis(table), select([code]))]

    lost = "nothing here corresponds to this passage of ru"
    assert said(table, "OMI101") == [("minor", lost, 2)]
    assert [(severity, message) for severity, message, _ in said(table, "OMI104")] == [
        ("neutral", "÷ nothing in ru corresponds to this sentence")
    ]
    for here, elsewhere in (places, places[::-1]):
        moved = replace(table, moves=(Move(here, elsewhere, 0.9),))
        assert said(moved, "OMI101") == [("neutral", f"{lost}, which stands in row 5", 3)]
        assert said(moved, "OMI104") == []
    tail = table.place("ru", places[0].span.end - 12, places[0].span.end)  # less than half of it
    assert said(replace(table, moves=(Move(tail, places[1], 0.9),)), "OMI101") == [("minor", lost, 2)]


def test_a_row_that_the_source_and_others_have_is_lacking() -> None:
    assert lacking(collate(*FULL)) == [("a", 2, 1.0)]
    assert lacking(collate(*FULL, confidence=0.4)) == [("a", 2, 0.4)]
    twice = [FULL[0], FULL[1], {"ru": "Мельник запер дверь на замок.", "b": "The miller locked the door."}, FULL[2]]
    assert lacking(collate(*twice, confidence=0.4)) == [("a", 2, 0.64)]
    alone = [{id: text for id, text in row.items() if id != "b" or n != 1} for n, row in enumerate(FULL)]
    assert lacking(collate(*alone)) == [("a", 2, 0.667), ("b", 2, 0.667)]


def test_what_the_source_lacks_is_no_omission() -> None:
    rows = [{id: text for id, text in row.items() if id != "ru" or n != 1} for n, row in enumerate(FULL)]
    assert lacking(collate(*rows)) == []
    assert [
        found[:2] for found in lacking(collate(*[{k: v for k, v in row.items() if k != "ru"} for row in rows]))
    ] == [("a", 2)]


#: Twelve rows of which every cell has twenty characters, and what they become where a cell is empty or longer.
_EVEN = [{"ru": "а" * 20, "a": "a" * 20} for _ in range(12)]


@pytest.mark.parametrize(
    ("changed", "otherwise"),
    [
        ({5: {"ru": "а" * 20}}, False),
        ({5: {"ru": "а" * 20}, 6: {"ru": "а" * 20, "a": "a" * 29}}, False),
        ({5: {"ru": "а" * 20}, 6: {"ru": "а" * 20, "a": "a" * 34}}, True),
        ({5: {"ru": "а" * 20}, 2: {"a": "a" * 20}}, True),
        ({5: {"ru": "а" * 20}, 1: {"a": "a" * 20}}, False),
        ({5: {"ru": "а" * 20}, 6: {"a": "a" * 20}, 8: {"ru": "а" * 90, "a": "a" * 20}}, True),
    ],
)
def test_rows_about_a_gap_that_are_as_long_as_if_nothing_were_missing_are_aligned_otherwise(
    changed: dict[int, dict[str, str]], otherwise: bool
) -> None:
    table = collate(*(changed.get(n, row) for n, row in enumerate(_EVEN)))
    assert is_aligned_otherwise(table, "a", "ru", 5, 6, lengths_in_common(table, "a", "ru")) is otherwise


def test_rows_that_were_aligned_crosswise_are_not_lacking() -> None:
    said = {"a": "The river was frozen as far as the bridge that stood there."}
    assert lacking(collate(*FULL, *FULL[2:] * 3)) == [("a", 2, 1.0)]
    crossed = collate(FULL[0], {"ru": FULL[1]["ru"]}, FULL[2], said, *FULL[2:] * 3)
    assert [(version, score) for version, _, score in lacking(crossed) if version == "a"] == [("a", 0.2)]


def test_a_line_of_dots_is_not_lacking() -> None:
    assert lacking(collate(FULL[0], {"ru": "…………………"}, FULL[2])) == []


def test_what_stands_in_the_next_row_is_not_lacking() -> None:
    beside = [FULL[0], FULL[1], {**FULL[2], "a": "The river was frozen to the bridge. Then the birds began to sing."}]
    assert share_in_neighbouring_rows(collate(*beside), "a", "ru", 1, 2) > 0.45
    assert share_in_neighbouring_rows(collate(*FULL), "a", "ru", 1, 2) < 0.3
    assert [score for _, _, score in lacking(collate(*beside))] == [0.2]


def test_rows_that_follow_one_another_can_be_taken_as_one() -> None:
    table = collate(*FULL)
    row = merged(table.rows[1:], ("ru", "a", "b"))
    assert table.cell(row, "ru").split("\n") == ["Река замёрзла до самого моста.", "Потом запели птицы."]
    assert row.spans["a"] == table.rows[2].spans["a"]
    assert row.segments["b"] == (1, 3)


def test_beside_a_gap_stand_the_nearest_words_or_marks() -> None:
    marks = [
        {"ru": "Он молчал.", "a": mark} if mark else {"ru": "Он молчал."} for mark in ("", "*", "", "**", "", "A.")
    ]
    table = collate(*marks)
    assert [omi101_row._gap(table, first, 1, "a").text for first in (0, 2)] == ["*", "*"]
    words = [{"ru": "Он молчал.", "a": text} if text else {"ru": "Он молчал."} for text in ("", "One two.", "", "A b.")]
    table = collate(*words)
    assert [omi101_row._gap(table, first, 1, "a").text for first in (0, 2)] == ["One", "two.\nA"]
