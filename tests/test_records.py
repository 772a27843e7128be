"""What was computed is found again where nothing has changed, and nowhere else."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import compare
from compare import analysis, pipeline, records, write
from compare.analysis import Analysis
from compare.analysis.by_rows import Question, finding
from compare.collation import collate
from compare.encode import cache, get
from compare.records import digest, kept, kept_by_rows, recording, remembering
from compare.remembered import remembered
from compare.values import Place, Span
from compare.wordalign import aligned_words

GOLDEN = Path(__file__).parent / "golden"

TEXTS = {
    "ru": "Он сел. Она ушла домой. Никто не знал Иванова. Было 12 лошадей.",
    "a": "He sat down down. She went home. Nobody knew Ivanov. There were 12 horses.",
    "b": "He sat down. She did not go home. No one knew Ivanof. There were 13 horses.",
}


@dataclass(frozen=True, slots=True)
class Pair:
    one: object
    two: object


@dataclass(frozen=True, slots=True)
class Numbered:
    row: int
    place: Place


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Record into a folder of the test."""
    monkeypatch.setattr(records, "recording", recording)
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))


def never():
    raise AssertionError("computed though it was kept")


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        -0.1,
        1e-300,
        "a\ud800\0б",
        (),
        [],
        {},
        (1, [2, ("x",)], {3: {"four": 5.0}}),
        Pair((1,), Pair([2], "3")),
        (Fraction(5, 2), Fraction(10**40)),
    ],
)
def test_a_value_comes_back_as_it_was(value):
    assert kept("x", ["made of"], lambda: value, [Pair]) == value
    again = kept("x", ["made of"], never, [Pair])
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    "array", [np.arange(6, dtype=np.float32).reshape(2, 3), np.array([True, False]), np.zeros((0, 4))]
)
def test_an_array_comes_back_as_it_was(array):
    kept("x", [], lambda: [array, array.dtype.type(1)])
    again, one = kept("x", [], never)
    assert (again.dtype, again.shape, again.tobytes()) == (array.dtype, array.shape, array.tobytes())
    assert one == 1


@pytest.mark.parametrize("other", [["b"], ["a", ""], [b"a"], [("a",)], [["a"]], [Pair("a", 1)], [np.array([1])], []])
def test_what_is_made_of_something_else_is_computed(other):
    kept("x", ["a"], lambda: 1)
    assert kept("x", other, lambda: 2) == 2
    assert kept("y", ["a"], lambda: 3) == 3
    assert kept("x", ["a"], never) == 1


def test_where_parts_begin_matters():
    assert len({digest(parts) for parts in (["ab", "c"], ["a", "bc"], ["abc"], [("ab", "c")])}) == 4
    assert digest([np.zeros((2, 1))]) != digest([np.zeros((1, 2))])
    assert digest([np.zeros(2, np.float32)]) != digest([np.zeros(1, np.float64)])


def test_another_program_computes_anew(monkeypatch):
    kept("x", [], lambda: 1)
    monkeypatch.setattr(records, "_program", lambda: b"another")
    assert kept("x", [], lambda: 2) == 2


def test_the_program_is_its_files_and_what_is_installed(monkeypatch, tmp_path):
    before = records._program.__wrapped__()
    assert records._program.__wrapped__() == before
    (tmp_path / "dictionary-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert records._program.__wrapped__() != before
    monkeypatch.undo()
    (tmp_path / "one.py").write_text("1")
    monkeypatch.setattr(records, "__file__", str(tmp_path / "records.py"))
    other = records._program.__wrapped__()
    assert other != before
    (tmp_path / "one.py").write_text("10")
    assert records._program.__wrapped__() != other


@pytest.mark.parametrize(
    "data", [b"", b"no zlib", *map(records.zlib.compress, (b"{", b'{"Gone":[1]}', b'{"Pair":[1]}', b"{}"))]
)
def test_a_record_that_cannot_be_read_is_computed(data, monkeypatch):
    monkeypatch.setattr(cache, "load", lambda _, keys: dict.fromkeys(keys, data))
    assert kept("x", [], lambda: 2, [Pair]) == 2


def test_no_cache_keeps_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("HEXAPLA_CACHE", "")
    kept("x", [], lambda: 1)
    assert kept("x", [], lambda: 2) == 2
    assert not list(tmp_path.iterdir())


def test_a_report_is_the_same_from_its_record(monkeypatch):
    work = compare.from_texts(TEXTS, source="ru")
    first = pipeline.report(work)
    assert first.findings
    monkeypatch.setattr(pipeline, "run_checks", lambda _: never())
    monkeypatch.setattr("compare.collation._align", lambda *_: never())
    told = []
    second = pipeline.report(work, progress=lambda *stage: told.append(stage))
    assert told[-1] == ("checking", 1.0)
    for field in ("signature", "findings", "risk", "scores", "exhibits"):
        assert getattr(second, field) == getattr(first, field), field
    assert second.collation.rows == first.collation.rows
    assert second.collation.moves == first.collation.moves
    for name in ("html", "json", "md"):
        assert write.render(second, name) == write.render(first, name)


@pytest.mark.parametrize(
    "changed",
    [
        lambda work: replace(work, tables={"glossary": ({"source": "лошадь", "target": "mare"},)}),
        lambda work: replace(work, versions=work.versions[:2]),
        lambda work: replace(work, versions=(*work.versions[:2], replace(work.versions[2], text="He sat down."))),
    ],
)
def test_a_changed_work_is_checked_anew(changed):
    work = compare.from_texts(TEXTS, source="ru")
    pipeline.report(work, select=["TYP"])
    fresh = pipeline.report(changed(work), select=["TYP"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEXAPLA_CACHE", "")
        assert write.render(pipeline.report(changed(work), select=["TYP"]), "json") == write.render(fresh, "json")


def test_an_edited_work_is_the_same_bytes_with_what_was_kept_of_the_old_one(monkeypatch):
    header, *lines = (GOLDEN / "names-of-a-work.tsv").read_text("utf-8").splitlines()
    rows = [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines[:12]]
    pipeline.report(compare.from_rows(rows, "ru"), everything=True)
    edited = {id: cell if id == "ru" else f"{cell} He he said no." for id, cell in rows[len(rows) // 2].items()}
    work = compare.from_rows([*rows[: len(rows) // 2], edited, *rows[len(rows) // 2 + 1 :]], "ru")
    with_cache = write.render(pipeline.report(work, everything=True), "json")
    monkeypatch.setenv("HEXAPLA_CACHE", "")
    assert write.render(pipeline.report(work, everything=True), "json") == with_cache
    # a long work is read some rows at a time also where nothing is kept
    monkeypatch.setattr(analysis, "_FEW", 0)
    monkeypatch.setattr(records, "_UNKEPT", 1)
    assert write.render(pipeline.report(work, everything=True), "json") == with_cache


def test_decisions_are_applied_to_what_was_kept():
    work = compare.from_texts(TEXTS, source="ru")
    first = pipeline.report(work, select=["REP"])
    word = next(f for f in first.findings if f.check == "REP101")
    decided = {
        "check": "REP101",
        "version": word.places[0].version,
        "quote": word.places[0].text,
        "verdict": "dismissed",
    }
    second = pipeline.report(replace(work, tables={"decisions": (decided,)}), select=["REP"])
    assert [f.status for f in second.findings if f.id == word.id] == ["dismissed"]


def test_another_dictionary_of_the_machine_checks_anew(tmp_path, monkeypatch):
    work = compare.from_texts({"a": "She went home.", "b": "She went home."})
    pipeline.report(work, select=["TYP"])
    (tmp_path / "en.dic").write_text("1\nShe\n")
    (tmp_path / "en.aff").write_text("SET UTF-8\n")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    monkeypatch.setattr(pipeline, "run_checks", lambda _: never())
    with pytest.raises(AssertionError, match="computed"):
        pipeline.report(work, select=["TYP"])


ROWS = [f"He counted {n} horses near the river." for n in range(400)]


def made(texts, version="a"):
    return collate(compare.from_rows([{version: text} for text in texts]), encoder=get("none"))


def stretches_computed(rows, what="each"):
    """Say which rows are computed, each as its own text."""
    computed: list[str] = []

    def compute(stretches):
        for stretch in stretches:
            computed.extend(rows[stretch])
            yield rows[stretch]

    collation = made(rows)
    assert kept_by_rows(what, collation, compute) == rows
    return sorted(computed, key=rows.index)


def test_a_changed_row_computes_only_its_stretch():
    assert stretches_computed(ROWS) == ROWS
    assert stretches_computed(ROWS) == []
    edited = [*ROWS[:200], "He counted none.", *ROWS[201:]]
    computed = stretches_computed(edited)
    assert edited[200] in computed
    assert len(computed) <= 2 * 24


def test_alike_stretches_are_computed_once():
    assert 0 < len(stretches_computed(["He counted them."] * 400)) < 2 * 24


def test_rows_more_or_less_leave_those_far_away_as_they_were():
    stretches_computed(ROWS)
    for other in (ROWS[:7] + ROWS[8:], [*ROWS[:7], "He came.", *ROWS[7:]]):
        assert ROWS[-1] not in stretches_computed(other)


def test_rows_of_another_kind_or_made_of_something_else_are_computed():
    stretches_computed(ROWS[:3])
    assert stretches_computed(ROWS[:3], "other") == ROWS[:3]
    one, two = made(["He came."]), made(["He came."], "b")
    for collation, made_of in ((one, ()), (two, ()), (one, ["more"])):
        assert kept_by_rows("x", collation, lambda _, said=made_of: [[said]], made_of=made_of) == [made_of]


def found(rows, reach=0):
    """Find the first number of each row; also say in which rows it was looked for, and how many of these there were."""
    seen = []

    def find(some):
        seen.extend(some.collation.cell(row, "a") for row in some.collation.rows)
        for row in some.collation.rows:
            if number := re.search(r"\d+", some.collation.cell(row, "a")):
                yield Numbered(row.number, some.collation.place_in(row, "a", *number.span()))

    analysis = Analysis(made(rows))
    for each in analysis.found(finding("numbers", find, (Numbered, Place, Span), reach=reach)):
        text = analysis.collation.work.version("a").text
        assert each.place.text == each.place.span.of(text) == re.search(r"\d+", rows[each.row - 1])[0]
    return seen


@pytest.mark.parametrize("reach", [0, 2])
def test_what_is_found_in_a_row_is_found_again_where_it_then_stands(reach):
    assert {*found(ROWS, reach)} == {*ROWS}
    assert found(ROWS, reach) == []
    edited = ["Before all.", *ROWS[:200], "He counted 7,000 of them.", *ROWS[201:]]
    seen = found(edited, reach)
    assert edited[201] in seen
    assert len(seen) <= 5 * 24


def test_a_row_is_found_again_only_between_the_rows_within_reach():
    found(ROWS, 1)
    end = records.stretch(made(ROWS), 0).stop
    edited = [*ROWS[:end], "He counted none.", *ROWS[end + 1 :]]
    assert ROWS[end - 1] in found(edited, 1)


def test_links_of_words_are_kept_as_they_were_made(monkeypatch):
    collation = collate(compare.from_texts(TEXTS, source="ru"))
    made = Analysis(collation).words.covers
    monkeypatch.setattr(aligned_words, "pair", lambda *_: never())
    assert Analysis(collation).words.covers == made
    assert any(cover and max(cover.at) > 0 for covers in made.values() for cover in covers)


def test_how_many_rows_have_been_answered_is_told():
    rows = [{"a": f"He counted {i} geese.", "b": f"{i} geese he counted."} for i in range(800)]
    told: list[float] = []
    analysis = Analysis(collate(compare.from_rows(rows), encoder=get("none")))
    length = Question("length", lambda some: [len(some.collation.cell(row, "a")) for row in some.collation.rows])
    analysis.expect(progress=told.append)
    assert analysis.said(length) == [len(row["a"]) for row in rows]
    assert len(told) > 3
    assert told == sorted(told)
    assert (0 < told[0] < 0.5, told[-1]) == (True, 1.0)


def test_what_functions_said_of_words_is_kept_with_a_work():
    asked = []

    def longer(one: str, other: str) -> bool:
        asked.append((one, other))
        return len(one) > len(other)

    pairs = [("a", "bb"), ("сад", ""), ("a", "bb")]
    for _ in range(2):
        with remembering("a work"):
            function = remembered(longer)  # as if its file were imported now, in another process
            assert [function(*pair) for pair in pairs] == [False, True, False]
    assert asked == pairs[:2]
    function = remembered(longer)
    function("a", "bb")
    with remembering("another"):
        assert function("a", "bb") is False
    assert asked == [*pairs[:2], ("a", "bb")]
