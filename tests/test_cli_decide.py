"""`hexapla decide`: decisions from the shell, and what the next report says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compare.cli import app
from compare.values import InputError

TOML = '[[version]]\nid = "en"\nfile = "en.txt"\nlang = "en"\n'
TEXT = "The the dog slept on the mat. He had (no other home.\n\nShe saw the the cat there.\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work.toml").write_text(f'id = "w"\n{TOML}')
    (tmp_path / "en.txt").write_text(TEXT)
    return tmp_path


def run(*words: object) -> str:
    done = CliRunner().invoke(app, [*map(str, words), "--encoder", "none", "--quiet"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def findings(work: Path) -> list[tuple[str, str, str, str]]:
    run("report", work, "--out", work / "out", "--formats", "json")
    found = json.loads((work / "out" / "report.json").read_text())["findings"]
    return [(f["id"], f["check"], f["status"], f["reason"]) for f in found]


def test_by_code_by_words_and_by_id_many_at_once(work: Path) -> None:
    before = findings(work)
    assert {status for _, _, status, _ in before} == {"open"}
    assert len(before) > 2
    run("decide", work, "REP", before[-1][0], "dismissed", "--why", "as printed")
    for id, check, status, reason in findings(work):
        decided = check.startswith("REP") or id == before[-1][0]
        assert (status, reason) == (("dismissed", "as printed") if decided else ("open", ""))
    run("decide", work, before[-1][0], "open")
    assert {status for id, _, status, _ in findings(work) if id == before[-1][0]} == {"open"}


def test_what_names_nothing_is_refused(work: Path) -> None:
    for words, said in (
        (["nothing such", "fixed"], "no finding matches"),
        (["REP", "perhaps"], "is not one of"),
        (["fixed"], "names no finding"),
    ):
        with pytest.raises(InputError, match=said):
            run("decide", work, *words)
    assert not (work / "decisions.tsv").exists()


def test_a_decision_whose_words_are_gone_is_named(work: Path) -> None:
    run("decide", work, "REP", "dismissed", "--why", "style")
    (work / "en.txt").write_text(TEXT.replace("The the dog", "A dog"))
    said = run("report", work, "--out", work / "out", "--formats", "html,md,json")
    assert "1 decision no longer finds its words: REP" in said
    for name in ("report.html", "report.md", "report.json"):
        assert "1 decision no longer finds its words" in (work / "out" / name).read_text()
