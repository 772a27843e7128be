"""Another process may compute what the models say; the report is the same bytes, and nothing of it is left."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

import compare
from compare import ahead, records
from compare.analysis import Analysis
from compare.analysis.by_rows import unanswered
from compare.analysis.questions import ALL, RISK
from compare.checks import all_checks
from compare.collation import collate
from compare.records import recording
from compare.values import Collation

ROWS = [
    {"ru": f"В доме было {n} окон.\nОн молчал.", "a": f"The house had {n} windows. He was silent.", "b": cell}
    for n, cell in enumerate(["There were windows in the house.", "", "He said nothing \ud800 at all."] * 12)
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record into a folder of the test."""
    monkeypatch.setattr(records, "recording", recording)
    monkeypatch.setattr(records, "_from_first", False)
    monkeypatch.setattr(records, "_sharing", False)
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))


@pytest.fixture(scope="module")
def collation() -> Collation:
    return collate(compare.from_rows(ROWS, "ru"))


def test_what_the_other_process_keeps_this_one_finds(
    collation: Collation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asking = [check for check in all_checks() if check.asks]
    questions = [*ALL, *(each for check in asking for each in check.asks if not each.of_vectors)]
    assert len(questions) > len(ALL)
    whole = Analysis(collation)
    monkeypatch.setenv("HEXAPLA_CACHE", "")
    expected = [repr(list(whole.said(each))) for each in questions]
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))
    ahead._compute(*ahead._read(ahead._written(collation, [check.code for check in asking])))

    def never(*_: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(Analysis, "part", never)
    again = Analysis(collation)
    assert [repr(again.said(each)) for each in questions] == expected


@pytest.mark.parametrize(("cores", "least", "share"), [(2, 1, 0), (1, 1, 1), (2, 100, 1)])
def test_another_core_is_used_where_it_pays(
    collation: Collation, monkeypatch: pytest.MonkeyPatch, cores: int, least: int, share: int
) -> None:
    monkeypatch.setattr(ahead, "cores", lambda: cores)
    monkeypatch.setattr(ahead, "_LEAST", least)
    analysis = Analysis(collation)
    left = share * unanswered(analysis, RISK)
    assert unanswered(analysis, RISK) > 0
    with ahead.ahead(analysis):
        limit = time.monotonic() + 60
        while unanswered(analysis, RISK) > left and time.monotonic() < limit:
            time.sleep(0.1)
    assert unanswered(analysis, RISK) == left


@pytest.mark.parametrize(
    ("kept", "share"),
    [([False] * 40, 8), ([False] * 30 + [True], 7), ([False] * 3 + [True], 1), ([True] * 5 + [False], 5), ([True], 1)],
)
def test_the_nearer_another_process_the_fewer_stretches_at_a_time(kept: list[bool], share: int) -> None:
    assert records._share(kept) == share


def test_what_two_processes_divide_neither_computes_twice(
    collation: Collation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_TOGETHER", 1)
    computed: list[slice] = []

    def say(stretches: Sequence[slice]) -> list[list[int]]:
        computed.extend(stretches)
        return [list(range(rows.start, rows.stop)) for rows in stretches]

    with records.sharing():
        one = records.steps("halves", collation, say, divided=True)
        next(one)
        first = len(computed)
        two = records.steps("halves", collation, say, divided=True)
        rows = [value for steps in (two, one) for value in _ended(steps)]
    assert rows == [*range(len(collation.rows))] * 2
    assert first < len(computed) == len(set(map(str, computed)))


def _ended(steps: Generator[float, None, list[int]]) -> list[int]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_without_a_cache_nothing_is_lacking(collation: Collation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEXAPLA_CACHE", "")
    assert unanswered(Analysis(collation), RISK) == 0
