"""The straight line from a work to its report: thresholds, order, ids, and which of two findings stays."""

from __future__ import annotations

import dataclasses

import pytest

import compare
from compare import pipeline
from compare.analysis import Analysis
from compare.checks import Check, all_checks
from compare.values import SEVERITIES, Collation, Finding

TEXT = "Then Halil Pasha spoke. Khalil Pasha left  the town. Khalil never came back, and Halil Pasha stayed."


@pytest.fixture(scope="module")
def collation() -> Collation:
    return compare.collate(compare.from_texts({"en": TEXT}))


def fake(code: str, score: float = 0.9, start: int = 5, end: int = 10, yields: tuple[str, ...] = ()) -> Check:
    def run(analysis: Analysis) -> list[Finding]:
        return [Finding(code, "minor", score, (analysis.collation.place("en", start, end),), code)]

    return Check(code, "accuracy", 0.5, run, code, yields)


def codes(collation: Collation, monkeypatch: pytest.MonkeyPatch, *checks: Check, everything: bool = False) -> list[str]:
    monkeypatch.setattr("compare.checks.all_checks", lambda: checks)
    return [f.check for f in pipeline.check(collation, everything=everything)]


def test_thresholds_cut_unless_everything_is_asked_for(collation: Collation, monkeypatch: pytest.MonkeyPatch) -> None:
    low, high = fake("AAA101", 0.4), fake("BBB101", 0.6)
    assert codes(collation, monkeypatch, low, high) == ["BBB101"]
    assert codes(collation, monkeypatch, low, high, everything=True) == ["BBB101", "AAA101"]


def test_one_fault_one_finding(collation: Collation, monkeypatch: pytest.MonkeyPatch) -> None:
    vague, exact = fake("SEM901", yields=("NAM",)), fake("NAM901", start=4)
    assert codes(collation, monkeypatch, vague, exact) == ["NAM901"]
    whole_row = fake("SEM902", start=0, end=60, yields=("NAM",))
    assert codes(collation, monkeypatch, whole_row, exact) == ["NAM901"]


def test_a_finding_elsewhere_takes_nothing_away(collation: Collation, monkeypatch: pytest.MonkeyPatch) -> None:
    vague = fake("SEM901", start=0, end=40, yields=("NAM",))
    assert set(codes(collation, monkeypatch, vague, fake("NAM901", start=60, end=90))) == {"NAM901", "SEM901"}


def test_yields_name_checks_that_are_there() -> None:
    known = [each.code for each in all_checks()]
    for each in all_checks():
        for prefix in each.yields:
            assert any(code.startswith(prefix) for code in known), f"{each.code} yields to {prefix}"
            assert not each.code.startswith(prefix), f"{each.code} yields to itself"


def test_report_is_ordered_numbered_and_the_same_again() -> None:
    first, second = (compare.report(compare.from_texts({"en": TEXT})) for _ in range(2))
    assert [dataclasses.asdict(f) for f in first.findings] == [dataclasses.asdict(f) for f in second.findings]
    assert first.signature == second.signature
    ids = [f.id for f in first.findings]
    assert len(set(ids)) == len(ids)
    ranks = [SEVERITIES.index(f.severity) for f in first.findings]
    assert ranks == sorted(ranks)
    assert all(f.row == 0 or 1 <= f.row <= len(first.collation.rows) for f in first.findings)
    assert all(f.mqm for f in first.findings)


def test_ids_outlive_edits_elsewhere() -> None:
    before = {f.id for f in compare.report(compare.from_texts({"en": TEXT})).findings if f.check == "TYP104"}
    after = {f.id for f in compare.report(compare.from_texts({"en": "It rained. " + TEXT})).findings}
    assert before
    assert before <= after


def test_progress_rises_through_all_stages_to_the_end() -> None:
    told: list[tuple[str, float]] = []
    rows = [{"ru": "Он ушёл в 1842 году.", "a": "He left in 1842.", "b": "He left in 1824."}] * 3
    compare.report(compare.from_rows(rows, "ru"), progress=lambda *stage: told.append(stage))
    done = [round(share, 9) for _, share in told]
    assert done == sorted(done)
    assert (done[0] > 0, done[-1]) == (True, 1.0)
    assert list(dict.fromkeys(stage.split()[0] for stage, _ in told)) == ["encoding", "aligning", "checking"]
    first = dict(reversed(told))
    dear, cheap = (first[f"checking {after}"] - first[f"checking {code}"] for code, after in _COMPARED)
    assert dear > 10 * cheap > 0


#: A check that takes long, one that takes hardly any time, and each time the check behind it.
_COMPARED = (("OMI102", "OMI103"), ("TYP101", "TYP102"))
