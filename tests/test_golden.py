"""The tiny work, from its folder to every format, and a table in which every check has a fault to find.

`pytest --update` writes the golden files again. Read the txt. Decimals may differ a little from machine to
machine, and nothing else may.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from compare import collate, load, pipeline, report, write
from compare.analysis import Analysis
from compare.checks import all_checks
from compare.encode import get
from compare.files import table
from compare.read import from_table, from_texts
from compare.values import Finding, PatternRule, Report, Rules, WordRule
from tests import measures

GOLDEN = Path(__file__).parent / "golden"

_DECIMAL = re.compile(r"\d+\.\d+")


@pytest.fixture(scope="module")
def tiny() -> Report:
    return report(load(GOLDEN / "tiny"))


@pytest.mark.parametrize("format", ["txt", "json", "html"])
def test_the_tiny_work_gives_the_golden_report(tiny: Report, format: str, update: bool) -> None:
    golden = GOLDEN / f"tiny.{format}"
    written = write.render(tiny, format).decode()
    if update:
        golden.write_bytes(written.encode())
    expected = golden.read_bytes().decode()
    _same(written, expected, golden.name)


def _same(written: str, expected: str, name: str) -> None:
    """Hold what was written against what is expected; decimals may differ a little."""
    advice = f"{name} differs; if it should, run `pytest {Path(__file__).name} --update` and read the difference"
    assert _DECIMAL.sub("0.0", written) == _DECIMAL.sub("0.0", expected), advice
    decimals = [[float(number) for number in _DECIMAL.findall(text)] for text in (written, expected)]
    assert decimals[0] == pytest.approx(decimals[1], abs=0.02), advice


@pytest.fixture(scope="module")
def faults() -> pipeline.Report:
    """Nearly every row of `faults.tsv` has one fault, in one version."""
    glossary = ({"term": "магазин", "preferred": "shop", "allowed": "", "forbidden": "magazine"},)
    rules = Rules((WordRule(("mushroom",)),), (PatternRule(r"\bforest\b"),))
    return report(replace(from_table(GOLDEN / "faults.tsv", source="ru"), tables={"glossary": glossary}, rules=rules))


def test_every_check_that_runs_by_default_finds_its_fault(faults: pipeline.Report, update: bool) -> None:
    """What is found in `faults.tsv` is in `found.tsv`."""
    findings = faults.findings
    assert {finding.check for finding in findings} == {check.code for check in all_checks() if check.default}
    columns = ("row", "check", "severity", "version", "words", "score", "evidence", "message")
    lines = sorted(
        (*_said(finding), finding.places[0].text, f"{finding.score:.2f}", _evidence(finding), finding.message)
        for finding in findings
    )
    written = table(columns, [dict(zip(columns, map(str, line), strict=True)) for line in lines])
    golden = GOLDEN / "found.tsv"
    if update:
        golden.write_text(written, "utf-8")
    _same(written, golden.read_text("utf-8"), "found.tsv")


@pytest.mark.parametrize("room", ["meaning", "checks"])
def test_what_is_measured_of_the_faults_stays(faults: pipeline.Report, room: str, update: bool) -> None:
    _stay(room, getattr(measures, room)(faults.analysis), update)


def test_what_is_measured_of_names_stays(update: bool) -> None:
    work = from_table(GOLDEN / "names-of-a-work.tsv", source="ru")
    analysis = Analysis(collate(work, encoder=get("none")))
    _stay("names", [*measures.names(analysis), *measures.findings(analysis, "NAM", "TYP", "TRM")], update)


def test_what_the_rules_of_numbers_terms_and_type_find_stays(update: bool) -> None:
    work = from_table(GOLDEN / "sundry-of-a-work.tsv", source="ru")
    _stay("sundry", measures.findings(Analysis(collate(work)), "NUM", "NAM", "TYP", "TRM"), update)


def test_what_is_measured_of_repeats_stays(update: bool) -> None:
    work = from_table(GOLDEN / "repeats-of-a-work.tsv", source="ru")
    analysis = Analysis(collate(work))
    _stay("repeats", [*measures.repeats(analysis), *measures.findings(analysis, "REP")], update)


def test_what_is_measured_between_two_texts_stays(update: bool) -> None:
    """A chapter stands elsewhere, sentences are lost, made one or cut in two, and a page is bound in twice."""
    _, *lines = (GOLDEN / "names-of-a-work.tsv").read_text("utf-8").splitlines()
    source, first, second, _ = map(list, zip(*(line.split("\t") for line in lines), strict=True))
    target = [*second[20:23], *second[:5], f"{second[5]} {second[6]}", *second[8:12], *second[12].split(". ", 1)]
    target = [*target, "Nobody in the town remembered it.", *second[13:20], *second[17:20], *second[23:]]
    texts = {"ru": "\n\n".join(source), "en": "\n\n".join(first), "en-b": "\n\n".join(target)}
    collation = collate(from_texts(texts, source="ru"))
    near, plain = (measures.alignment(source, target, encoder) for encoder in (get(), get("none")))
    named = [(f"none {name}", values) for name, values in plain]
    _stay("alignment", [*near, *named, *measures.rows(collation)], update)


def _stay(room: str, measured: Iterable[measures.Measured], update: bool) -> None:
    """Hold what a room measures against its golden file."""
    golden, columns = GOLDEN / f"{room}.tsv", ("measure", "known", "mean", "later")
    written = list(measures.lines(measured))
    if update:
        golden.write_text(table(columns, written), "utf-8")
    expected = list(csv.DictReader(golden.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [line["measure"] for line in written] == [line["measure"] for line in expected]
    changed = {
        f"{one['measure']}: {name}"
        for one, two in zip(written, expected, strict=True)
        for name in columns[1:]
        if float(one[name]) != pytest.approx(float(two[name]), rel=5e-4, abs=5e-4)
    }
    assert not changed, (
        f"if they should change, run `pytest {Path(__file__).name} --update` and train again what reads them"
    )


def _said(finding: Finding) -> tuple[int, str, str, str]:
    return finding.row, finding.check, finding.severity, finding.places[0].version


def _evidence(finding: Finding) -> str:
    return "; ".join(f"{place.version}:{place.span.start} {place.text}" for place in finding.places[1:])
