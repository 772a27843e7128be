"""The straight line from a work to its report: thresholds, order, ids, and which of two findings stays."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

import compare
from compare import calibration, decisions, pipeline, unread
from compare.analysis import Analysis
from compare.analysis.coverage import Coverage
from compare.analysis.inputs import made_of
from compare.checks import Check, all_checks
from compare.encode import get
from compare.signature import word_model
from compare.values import SEVERITIES, CheckRule, Collation, Configuration, Finding, InputError, Place, Rules, Span
from compare.wordalign.contextual import model

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


def test_findings_that_cross_a_page_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    long = compare.collate(compare.from_texts({"en": TEXT * 12}), encoder=compare.encode.get("none"))
    vague, exact = fake("SEM901", start=470, end=505, yields=("NAM",)), fake("NAM901", start=485, end=520)
    assert codes(long, monkeypatch, vague, exact) == ["NAM901"]
    assert codes(long, monkeypatch, fake("SEM901", start=501, end=520, yields=("NAM",)), exact) == ["NAM901"]


def test_what_is_chosen_by_code_is_all_that_runs() -> None:
    [off, *_] = [each.code for each in all_checks() if not each.default]
    rules = Rules(checks=(CheckRule(off, run=True),))
    work = dataclasses.replace(compare.from_texts({"en": TEXT}), rules=rules)

    def run(**chosen: list[str]) -> set[str]:
        configuration = Configuration(**{name: tuple(codes) for name, codes in chosen.items()})  # type: ignore[arg-type]
        return {each.code for each in pipeline._chosen(work, configuration)}

    assert run(select=["TYP104"]) == {"TYP104"}
    assert off in run()
    assert off not in run(ignore=[off])
    missing = dataclasses.replace(work, rules=Rules(checks=(CheckRule("XYZ", place="rules.toml: line 1"),)))
    with pytest.raises(InputError, match=r"rules\.toml: line 1: no check's code begins with 'XYZ'"):
        compare.report(missing, select=["TYP104"])


def test_a_rule_switches_a_check_off_and_on_again() -> None:
    def found(*runs: bool | None) -> set[str]:
        rules = Rules(checks=tuple(CheckRule("TYP104", run=run) for run in runs))
        work = dataclasses.replace(compare.from_texts({"en": TEXT}), rules=rules)
        return {finding.check for finding in compare.report(work, select=["TYP104"]).findings}

    assert found(None) == found(True) == found(False, True) == {"TYP104"}
    assert found(False) == set()


def test_only_what_was_asked_for_is_shown() -> None:
    made = compare.report(compare.from_texts({"en": TEXT, "en-b": TEXT}), select=["TYP"])
    assert not made.exhibits
    assert {risk for row in made.risk for risk in row.values()} == {None}
    assert "|thresholds:on" in made.signature
    assert "|thresholds:off" in compare.report(made.work, select=["TYP"], everything=True).signature
    assert set(compare.report(made.work, select=["REP"]).exhibits) == {"repeats"}
    assert set(compare.report(made.work, select=["NAM"]).exhibits) == {"names"}


def test_what_is_counted_is_a_versions_own_and_not_dismissed() -> None:
    work = compare.from_texts({"en": TEXT, "en-b": TEXT.replace("  ", " ")})
    first = compare.report(work, select=["TYP104"])
    assert first.scores["en"]["findings"] == {"critical": 0, "major": 0, "minor": 1, "neutral": 0}
    assert first.scores["en-b"]["findings"]["minor"] == 0
    assert first.scores["en"]["words"] == 17
    decision = {**decisions.lines(first.findings, work)[0], "verdict": "dismissed"}
    again = compare.report(dataclasses.replace(work, tables={"decisions": (decision,)}), select=["TYP104"])
    assert [finding.status for finding in again.findings] == ["dismissed"]
    assert again.scores["en"]["findings"]["minor"] == 0


def test_decisions_change_nothing_that_is_found_and_other_tables_do(collation: Collation) -> None:
    def depends(**tables: tuple[dict[str, str], ...]) -> object:
        work = dataclasses.replace(collation.work, tables=tables)
        return next(made_of(dataclasses.replace(collation, work=work)))

    line = ({"check": "TYP104"},)
    assert depends(decisions=line) == depends()
    assert depends(glossary=line) != depends()
    assert depends(names=line) != depends()


def test_the_worklist_follows_rows_that_were_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Analysis] = []
    made = compare.report(compare.from_texts({"en": TEXT, "en-b": TEXT}), select=["TYP"])
    monkeypatch.setattr(pipeline, "worklist", lambda analysis, findings: asked.append(analysis))
    mended = dataclasses.replace(made.collation, rows=made.collation.rows[:1])
    for report in (made, dataclasses.replace(made, collation=mended)):
        _ = report.worklist
    assert asked[0] is made.analysis
    assert asked[1].collation is mended
    assert asked[1].configuration == made.analysis.configuration


def test_a_report_has_its_variants_and_shows_no_more_of_its_analysis_than_its_collation() -> None:
    rows = [{"a": "The mill burned down.", "b": "The mill burnt down."}]
    made = compare.report(compare.from_rows(rows), encoder=get("none"), select=["TYP"])
    assert [[reading.text for reading in site.readings] for site in made.variants] == [["burned", "burnt"]]
    assert repr(made.analysis) not in repr(made)


def test_what_is_decided_is_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MOST", 3)
    work = compare.from_texts({"en": "The mill (burned. " * 9})
    decided = [{**line, "occurrence": ""} for line in decisions.lines(compare.report(work).findings, work)[:1]]
    table = tuple({**line, "verdict": "dismissed", "before": "", "after": ""} for line in decided)
    warnings = compare.report(dataclasses.replace(work, tables={"decisions": table}), select=["TYP102"]).collation
    assert [line for line in warnings.warnings if "cut" in line] == [
        "en: TYP102 found 9 that are decided, cut to the first 3"
    ]


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
    assert dear > 100 * cheap > 0


#: A check that takes long, one that takes hardly any time, and each time the check behind it.
_COMPARED = (("OMI102", "OMI103"), ("TYP101", "TYP102"))


def at(start: int, end: int, **fields: Any) -> Finding:
    place = Place(fields.pop("version", "en"), Span(start, end), fields.pop("quote", "Pasha"))
    given = {"check": "NAM901", "severity": "minor", "score": 0.5, "message": "", **fields}
    return Finding(places=(place, *given.pop("evidence", ())), **given)


def test_the_same_words_found_twice_have_two_ids_in_the_order_of_the_text(collation: Collation) -> None:
    [alone] = pipeline._numbered(collation, [at(11, 16)])
    first, second = pipeline._numbered(collation, [at(87, 92), at(11, 16)])
    assert [f.places[0].span.start for f in (first, second)] == [11, 87]
    assert first.id == alone.id != second.id
    assert first.id.startswith("NAM901-")
    others = [at(11, 16, check="NAM902"), at(11, 16, version="en-b"), at(11, 16, quote="Khan")]
    assert len({f.id for other in others for f in pipeline._numbered(collation, [other])} | {first.id}) == 4


def test_a_finding_without_a_row_has_that_of_its_first_place(collation: Collation) -> None:
    evidence = (Place("en", Span(85, 90), "Halil"),)
    found = pipeline._numbered(collation, [at(0, 4, evidence=evidence), at(85, 90), at(0, 4, row=9, message="z")])
    assert [f.row for f in found] == [1, 9, len(collation.rows)]


def test_the_worst_comes_first_then_the_likeliest_then_the_row() -> None:
    wrong = at(9, 12, severity="critical", score=0.1, row=7)
    likely, row_1, row_2 = (
        at(50, 60, score=0.9, row=5),
        at(40, 50, score=0.50001, row=1),
        at(1, 2, score=0.50004, row=2),
    )
    same_row = at(45, 50, score=0.50003, row=1)
    likelier = at(1, 2, score=0.5002, row=9)
    found = [row_2, same_row, row_1, likelier, likely, wrong]
    assert sorted(found, key=pipeline._rank) == [wrong, likely, likelier, row_1, same_row, row_2]


def test_the_share_of_the_shorter_words_that_two_findings_have_in_common() -> None:
    assert pipeline._overlap(Span(0, 10), Span(5, 40)) == pipeline._overlap(Span(5, 40), Span(0, 10)) == 0.5
    assert pipeline._overlap(Span(0, 10), Span(2, 4)) == 1
    assert pipeline._overlap(Span(0, 10), Span(10, 12)) == pipeline._overlap(Span(0, 10), Span(20, 30)) == 0


def test_a_finding_stands_on_every_page_that_it_touches() -> None:
    assert pipeline._pages(at(499, 1001)) == [("en", 0), ("en", 1), ("en", 2)]
    assert pipeline._pages(at(500, 510)) == [("en", 1)]
    assert pipeline._pages(at(490, 499)) == [("en", 0)]


@pytest.mark.parametrize(("start", "left"), [(5, {"NAM901"}), (6, {"NAM901", "SEM901"})])
def test_a_check_yields_where_half_of_the_words_are_the_others(
    collation: Collation, monkeypatch: pytest.MonkeyPatch, start: int, left: set[str]
) -> None:
    vague, exact = fake("SEM901", start=start, end=start + 10, yields=("NAM",)), fake("NAM901", start=0, end=10)
    assert set(codes(collation, monkeypatch, vague, exact)) == left


def test_a_check_does_not_yield_to_itself_nor_in_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = [fake("SEM901", yields=("SEM90", "NAM")), fake("NAM902")]
    ours, elsewhere = at(0, 9, check="SEM901"), at(0, 9, check="NAM902", version="en-b")
    assert pipeline._unrepeated([ours, at(1, 9, check="SEM901"), elsewhere], checks) == [
        ours,
        at(1, 9, check="SEM901"),
        elsewhere,
    ]
    assert pipeline._unrepeated([ours, at(0, 9, check="NAM902")], checks) == [at(0, 9, check="NAM902")]


def test_what_is_kept_of_a_check_is_counted_by_version_and_by_whether_it_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pipeline, "MOST", 2)
    opened = [at(n, n + 1, evidence=(Place(f"en-{n}", Span(0, 4), "Then"),)) for n in range(3)]
    others = [at(0, 1, check="NAM902"), at(0, 1, version="en-b"), *[at(n, n + 1, status="dismissed") for n in (5, 6)]]
    assert pipeline._most_pressing([*opened, *others]) == (
        [*opened[:2], *others],
        ["en: NAM901 found 3, cut to the first 2"],
    )


def test_a_thousand_findings_of_a_check_are_kept() -> None:
    found = [at(n, n + 1) for n in range(1001)]
    assert pipeline._most_pressing(found) == (found[:1000], ["en: NAM901 found 1,001, cut to the first 1,000"])
    assert pipeline._most_pressing(found[1:]) == (found[1:], [])


def test_a_finding_is_counted_for_the_version_that_it_is_in(collation: Collation) -> None:
    evidence = (Place("en-b", Span(0, 4), "Then"),)
    found = [at(0, 4, evidence=evidence), at(5, 9, severity="major"), at(5, 9, severity="major", status="dismissed")]
    scores = pipeline._scores(collation, {"en": Coverage(0.5, 0.25)}, found)
    assert scores == {
        "en": {
            "words": 17,
            "coverage": {"rows": 0.5, "words": 0.25},
            "findings": {"critical": 0, "major": 1, "minor": 1, "neutral": 0},
        }
    }
    assert "coverage" not in pipeline._scores(collation, {}, [])["en"]
    two = versions("en", "en")
    scores = pipeline._scores(two, {}, [at(0, 1, version="en-1")])
    assert [scores[version]["findings"]["minor"] for version in ("en-0", "en-1")] == [0, 1]


def test_a_part_of_the_work_is_reckoned_of_the_whole() -> None:
    said: list[tuple[str, float]] = []
    part = pipeline._part(lambda stage, done: said.append((stage, done)), 0.25, 0.75)
    assert part
    for done in (0, 0.5, 1):
        part("aligning", done)
    assert said == [("aligning", 0.25), ("aligning", 0.5), ("aligning", 0.75)]
    assert pipeline._part(None, 0, 1) is None


def test_a_finding_keeps_what_its_check_or_its_rule_says_of_it(
    collation: Collation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(check: Check, *rules: CheckRule) -> Finding:
        monkeypatch.setattr("compare.checks.all_checks", lambda: (check,))
        work = dataclasses.replace(collation.work, rules=Rules(checks=rules))
        [finding] = pipeline.check(dataclasses.replace(collation, work=work))
        return finding

    plain, graded = fake("NAM901"), CheckRule("NAM901", severity="critical")
    assert (found(plain).severity, found(plain).mqm) == ("minor", "accuracy")
    assert (found(plain, graded).severity, found(plain, graded).mqm) == ("critical", "accuracy")
    assert found(plain).score == calibration.probability("NAM901", "minor", 0.9)
    assert found(plain, graded).score == calibration.probability("NAM901", "critical", 0.9)
    at_threshold = fake("NAM901", 0.5)
    assert found(at_threshold).score == calibration.probability("NAM901", "minor", 0.5)
    own = dataclasses.replace(plain, run=lambda a: [dataclasses.replace(f, mqm="fluency") for f in plain.run(a)])
    assert found(own).mqm == "fluency"


def test_a_finding_is_no_graver_than_its_probability_bears_out_unless_a_rule_grades_it(
    collation: Collation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def severity(chance: float, own: str, *rules: CheckRule) -> str:
        check = fake("NAM901")
        graded = dataclasses.replace(check, run=lambda a: [dataclasses.replace(f, severity=own) for f in check.run(a)])
        monkeypatch.setattr("compare.checks.all_checks", lambda: (graded,))
        monkeypatch.setattr(calibration, "probability", lambda *_: chance)
        work = dataclasses.replace(collation.work, rules=Rules(checks=rules))
        return pipeline.check(dataclasses.replace(collation, work=work))[0].severity

    def graded(chance: float) -> list[str]:
        return [severity(chance, own) for own in ("critical", "major", "minor", "neutral")]

    assert graded(0.6) == ["critical", "major", "minor", "neutral"]
    assert graded(0.59) == graded(0.42) == ["minor", "minor", "minor", "neutral"]
    assert graded(0.41) == graded(0.01) == ["neutral"] * 4
    assert severity(0.1, "minor", CheckRule("NAM901", severity="critical")) == "critical"


def test_without_a_judgement_every_version_but_the_source_has_an_empty_one() -> None:
    rows = [{"ru": "Он ушёл.", "en": "He left."}] * 2
    collation = compare.collate(compare.from_rows(rows, source="ru"), encoder=compare.encode.get("none"))
    assert pipeline._unjudged(collation) == ({"en": None}, {"en": None})


def test_a_check_yields_by_the_place_that_it_blames() -> None:
    checks = [fake("SEM901", yields=("NAM",)), fake("NAM902")]
    evidence = (Place("en", Span(40, 50), "evidence"),)
    ours = at(0, 9, check="SEM901", evidence=evidence)
    elsewhere, there = at(40, 50, check="NAM902"), at(20, 29, check="NAM902", evidence=(Place("en", Span(0, 9), ""),))
    assert pipeline._unrepeated([ours, elsewhere, there], checks) == [ours, elsewhere, there]
    same = at(0, 9, check="NAM902", evidence=evidence)
    assert pipeline._unrepeated([ours, same], checks) == [same]


def versions(*langs: str, source: str = "") -> Collation:
    rows = [{f"{lang}-{n}": "X." for n, lang in enumerate(langs)}]
    collation = compare.collate(compare.from_rows(rows, source=f"{langs[0]}-0" if source else None), get("none"))
    named = [dataclasses.replace(v, lang=v.id[:2]) for v in collation.work.versions]
    return dataclasses.replace(collation, work=dataclasses.replace(collation.work, versions=tuple(named)))


def test_the_model_of_words_is_named_where_a_language_has_one_and_a_check_asks() -> None:
    reading, other = dataclasses.replace(fake("SEM901"), reads_words=True), fake("TYP901")
    english, latin = versions("en", "en"), versions("xx", "xx")
    assert word_model(english, [other, reading]) == model()
    assert word_model(english, [other]) == "none"
    assert word_model(latin, [reading]) == "none"


def test_a_source_that_cannot_be_read_is_said_to_decide_where_there_are_two_translations() -> None:
    checks = [fake(code) for code in ("OMI102", "SEM103", "NAM601")]

    def still(collation: Collation, index: int = 0) -> str:
        return unread._still(collation, collation.work.versions[index], checks)

    both = versions("de", "en", "en", source="de")
    assert still(both).startswith(", but where two translations differ it decides about ")
    assert "clauses" not in still(both)  # without vectors
    assert "names" in still(both)
    assert "names" not in unread._still(both, both.work.versions[0], checks[:2])
    assert still(both, 1) == ""  # a translation
    assert still(versions("de", "en", source="de")) == ""
    none = dataclasses.replace(both.work.versions[0], lang="xx")
    assert "denials" not in unread._still(both, none, checks)
    assert "denials" not in unread._still(both, both.work.versions[0], checks[2:])
    nearer = dataclasses.replace(both, encoder=get())
    assert "clauses" in unread._still(nearer, both.work.versions[0], checks)
    assert "clauses" not in unread._still(nearer, both.work.versions[0], checks[1:])


def test_the_curve_of_drift_has_the_changes_of_its_own_version() -> None:
    changes = [SimpleNamespace(row=row, version=version) for row, version in ((3, "b"), (5, "a"), (7, "b"))]
    curves = {"a": {"risk": [0.1]}, "b": {"risk": [0.2]}, "c": {"length": [0.3]}}
    made = SimpleNamespace(drift=SimpleNamespace(curves=curves, changes=changes))
    assert pipeline._exhibits(made, {"SEM"})["drift"] == {  # type: ignore[arg-type]
        "a": {"curve": [0.1], "changes": [5]},
        "b": {"curve": [0.2], "changes": [3, 7]},
    }


def test_what_checks_are_said_to_take_is_some_time_of_checks_that_exist() -> None:
    assert pipeline._COSTS.keys() <= {each.code for each in all_checks()}
    assert min(pipeline._COST, *pipeline._COSTS.values()) > 0


def test_progress_rises_from_nothing_to_all() -> None:
    shares: list[tuple[str, float]] = []
    texts = {"ru": "Мельница сгорела.\n\nВсе спали.", "en": "The mill burned.\n\nAll slept."}
    compare.report(
        compare.from_texts(texts),
        encoder=get("none"),
        select=["TYP"],
        progress=lambda stage, done: shares.append((stage, done)),
    )
    done = [share for _, share in shares]
    assert done == sorted(done)
    assert (done[0] >= 0, done[-1]) == (True, 1.0)
    assert next(share for stage, share in shares if stage.startswith("checking")) == pytest.approx(pipeline._COLLATING)
