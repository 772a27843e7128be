"""Two reports set against each other: fixed, new, remaining, decisions lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compare.report_diff import COLUMNS, Difference, counts, difference, read, to_json, to_rows, to_text, to_tsv
from compare.values import InputError


def found(id: str, text: str = "some words", **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "check": "TYP101",
        "severity": "minor",
        "score": 0.9,
        "status": "open",
        "row": 1,
        "places": [{"version": "en", "start": 0, "end": len(text), "text": text}],
        "message": f"message of {id}",
    } | more


def report(*findings: dict[str, Any], signature: str = "hexapla:1|texts:a:1|checks:3:x") -> dict[str, Any]:
    return {"schema": "hexapla-report/1", "signature": signature, "findings": list(findings)}


def ids(listed: tuple[Any, ...]) -> list[str]:
    return [each["id"] for each in listed]


def test_what_one_report_alone_has_is_fixed_or_new() -> None:
    changes = difference(report(found("a", "xx"), found("b", "yy")), report(found("b", "yy"), found("c", "zz")))
    assert (ids(changes.fixed), ids(changes.new), ids(changes.remaining)) == (["a"], ["c"], ["b"])
    assert counts(changes) == {"fixed": 1, "new": 1, "remaining": 1, "decisions lost": 0}


def test_a_finding_on_words_edited_a_little_remains() -> None:
    changes = difference(
        report(found("a", "the old house by the lake")), report(found("b", "the old house at the lake"))
    )
    assert (ids(changes.fixed), ids(changes.new), ids(changes.remaining)) == ([], [], ["b"])


@pytest.mark.parametrize(
    "other",
    [
        {"check": "TYP102"},
        {"places": [{"version": "fr", "text": "the old house by the lake"}]},
        {"text": "quite other"},
    ],
)
def test_another_check_version_or_other_words_are_another_finding(other: dict[str, Any]) -> None:
    changes = difference(
        report(found("a", "the old house by the lake")),
        report(found("b", **{"text": "the old house by the lake"} | other)),
    )
    assert (ids(changes.fixed), ids(changes.new)) == (["a"], ["b"])


def test_each_finding_is_paired_once_and_with_its_likest() -> None:
    old = report(found("a", "one two three four"), found("b", "one two three five"))
    new = report(
        found("c", "one two three five!"), found("d", "one two three fours"), found("e", "one two three four?")
    )
    changes = difference(old, new)
    assert len(changes.remaining) == 2
    assert "c" in ids(changes.remaining)
    assert len(changes.new) == 1
    assert not changes.fixed


def test_how_alike_the_words_must_be() -> None:
    old = report(found("a", "aaaaaaaaaa"))
    assert ids(difference(old, report(found("b", "aaaaaaaabb"))).remaining) == ["b"]  # 16 of 20 letters stay
    assert ids(difference(old, report(found("b", "aaaaaaabbb"))).new) == ["b"]  # 14 of 20


def test_a_decision_is_lost_where_its_finding_is_open_again() -> None:
    old = report(found("a", status="dismissed"), found("b", "yy", status="accepted"), found("c", "zz"))
    new = report(found("a"), found("b", "yy", status="fixed"), found("c", "zz"))
    (pair,) = difference(old, new).lost
    assert (pair[0]["status"], pair[1]["status"], pair[1]["id"]) == ("dismissed", "open", "a")


def test_dismissed_findings_do_not_count() -> None:
    changes = difference(
        report(found("a", "xx", status="dismissed"), found("b", "yy")),
        report(found("c", "zz", status="dismissed"), found("b", "yy", status="dismissed")),
    )
    assert counts(changes) == {"fixed": 0, "new": 0, "remaining": 0, "decisions lost": 0}


def test_it_says_what_else_than_the_texts_differs() -> None:
    changes = difference(report(), report(signature="hexapla:2|texts:a:9|checks:3:x"))
    assert changes.otherwise == ("hexapla: 1 became 2",)
    assert difference(report(), report(signature="hexapla:1")).otherwise == ("checks: 3:x became none",)


@pytest.mark.parametrize(("severity", "fails"), [("critical", False), ("major", True), ("minor", True)])
def test_only_new_findings_of_the_severity_fail(severity: str, fails: bool) -> None:
    old = report(found("a", "xx", severity="critical"))
    changes = difference(old, report(found("a", "xx", severity="critical"), found("b", "yy", severity="major")))
    assert changes.at_least(severity) is fails
    assert not Difference((found("a", severity="critical"),), (), (), ()).at_least("neutral")


def test_what_is_written_says_the_same() -> None:
    old = report(found("a", "xx"), found("b", "yy", status="accepted"), found("d", "dd"))
    changes = difference(old, report(found("b", "yy"), found("c", "z\tz"), found("d", "dd")))
    rows = to_rows(changes)
    assert [(r["change"], r["id"]) for r in rows] == [
        ("new", "c"), ("decision lost", "b"), ("fixed", "a"), ("remaining", "b"), ("remaining", "d"),
    ]  # fmt: skip
    head, *lines = to_tsv(changes).splitlines()
    assert head.split("\t") == list(COLUMNS)
    assert [line.split("\t")[1] for line in lines] == [r["id"] for r in rows]
    assert lines[0].split("\t")[8] == "z z"
    assert json.loads(to_json(changes))["counts"] == counts(changes)
    assert to_text(changes).splitlines() == [
        "1 fixed, 1 new, 2 remaining, 1 decision lost",
        *("new: TYP101 minor · en row 1", "  message of c", "  “z z”"),
        *("decision lost: TYP101 minor · en row 1, was accepted", "  message of b", "  “yy”"),
        *("fixed: TYP101 minor · en row 1", "  message of a", "  “xx”"),
    ]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a report"),
        ('{"schema": "hexapla-report/2", "findings": []}', "is not a report"),
        ('{"schema": "hexapla-report/1"}', "has a finding without"),
        ('{"schema": "hexapla-report/1", "findings": [{"id": "a"}]}', "has a finding without"),
        (json.dumps(report(found("a", places=[]))), "has a finding without"),
        (json.dumps(report(found("a", severity="awful"))), "has a finding without"),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: str, trouble: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=trouble):
        read(file)


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.json: cannot be read \(No such file"):
        read(tmp_path / "nowhere.json")


def test_a_report_that_we_wrote_is_read(tmp_path: Path) -> None:
    from compare import write
    from tests.test_write import build

    file = tmp_path / "report.json"
    file.write_bytes(write.render(build({"en": "One two."}, [("en", 0, 3)]), "json"))
    again = read(file)
    assert counts(difference(again, again)) == {"fixed": 0, "new": 0, "remaining": 1, "decisions lost": 0}
