"""One scale of scores: how likely an editor is to agree, by check, severity and the check's own score."""

from __future__ import annotations

import pytest

import compare
from compare import calibration
from compare.checks import Check, all_checks
from compare.values import SEVERITIES
from tests.training.calibration import Marked, fit, held_out


def test_a_probability_for_every_check_severity_and_score_that_rises_with_the_score() -> None:
    for code in (check.code for check in all_checks()):
        for severity in SEVERITIES:
            chances = [calibration.probability(code, severity, score) for score in (0.0, 0.3, 0.5, 0.9, 1.0)]
            assert 0 < chances[0] < chances[1] < chances[2] < chances[3] < chances[4] < 1
    assert calibration.probability("REP101", "minor", 1.0) == calibration.probability("REP101", "minor", 0.999)


def test_a_check_that_nobody_read_is_taken_for_one_of_its_family() -> None:
    unread = [calibration.probability(code, "minor", 0.7) for code in ("OMI998", "OMI999")]
    assert unread[0] == unread[1]
    assert unread[0] != calibration.probability("XYZ999", "minor", 0.7)


def test_what_an_editor_agreed_with_stands_before_what_he_did_not() -> None:
    assert calibration.probability("OMI101", "major", 0.8) > calibration.probability("OMI103", "major", 0.8)
    assert calibration.probability("TRM102", "minor", 0.8) > calibration.probability("SEM301", "minor", 0.8)
    assert calibration.probability("NAM201", "neutral", 0.8) < 0.5


def test_how_many_were_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "_model", lambda: {"marks": {"REP101": [2, 1, 4]}})
    said = "Read by an editor: 7 findings, 2 right, 1 arguable, 4 wrong."
    assert calibration.judged("REP101") == said
    assert calibration.judged("REP102") == ""


def test_a_report_gives_the_probability_and_cuts_by_the_checks_own_score(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(analysis: compare.analysis.Analysis) -> list[compare.values.Finding]:
        place = analysis.collation.place("en", 0, 3)
        return [compare.values.Finding("OMI103", "major", score, (place,), "words") for score in (0.4, 0.6)]

    monkeypatch.setattr("compare.checks.all_checks", lambda: (Check("OMI103", "accuracy", 0.5, run, "Words."),))
    made = compare.collate(compare.from_texts({"en": "She came home."}), encoder=compare.encode.get("none"))
    assert [f.score for f in compare.check(made)] == [calibration.probability("OMI103", "major", 0.6)]
    assert [f.score for f in compare.check(made, everything=True)] == [
        calibration.probability("OMI103", "major", score) for score in (0.6, 0.4)
    ]


SAMPLE: list[Marked] = [
    *[("one", "REP101", "minor", 0.8, "right")] * 9,
    *[("one", "REP101", "minor", 0.8, "wrong")] * 1,
    *[("two", "NAM101", "minor", 0.8, "arguable")] * 10,
    *[("two", "SEM103", "major", 0.8, "right")] * 1,
    *[("one", "SEM104", "major", 0.8, "wrong")] * 10,
]


def test_marks_teach_a_check_its_share_and_few_marks_teach_little() -> None:
    weights = fit(SAMPLE)

    def chance(check: str, severity: compare.values.Severity) -> float:
        known = calibration.features(check, severity, 0.8)
        odds = sum(weights.get(name, 0.0) * value for name, value in known.items())
        return float(1 / (1 + 2.718281828**-odds))

    assert chance("REP101", "minor") == pytest.approx(0.85, abs=0.05)
    assert chance("NAM101", "minor") == pytest.approx(0.5, abs=0.08)
    assert chance("SEM104", "major") == pytest.approx(0.1, abs=0.08)
    assert chance("SEM104", "major") < chance("SEM103", "major") < 0.5
    assert weights["score"] > 0


def test_a_work_is_judged_by_the_others() -> None:
    measured = held_out([*SAMPLE, *[("three", *line[1:]) for line in SAMPLE]])
    assert measured["calibrated: log-loss"] < measured["own: log-loss"]
    kinds = ("log-loss", "Brier score")
    assert set(measured) == {f"{whose}: {kind}" for whose in ("own", "calibrated") for kind in kinds}
