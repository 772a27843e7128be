"""`hexapla diff` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compare.cli import app
from compare.values import InputError
from tests.test_report_diff import found, report


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(report(found("a", "xx"))), "utf-8")
    new.write_text(
        json.dumps(report(found("b", "yy", severity="major"), signature="hexapla:2|texts:a:1|checks:3:x")), "utf-8"
    )
    return str(old), str(new)


def test_it_counts_and_lists_and_warns_of_other_differences(files: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["diff", *files])
    assert done.exit_code == 0
    assert done.stdout.startswith("1 fixed, 1 new, 0 remaining, 0 decisions lost\nnew: TYP101 major · en row 1\n")
    assert done.stderr == "warning: the reports differ in more than their texts: hexapla: 1 became 2\n"


@pytest.mark.parametrize(("severity", "code"), [("critical", 0), ("major", 1), ("minor", 1)])
def test_it_fails_on_what_is_new_and_as_grave(files: tuple[str, str], severity: str, code: int) -> None:
    assert CliRunner().invoke(app, ["diff", *files, "--fail-on", severity]).exit_code == code
    assert CliRunner().invoke(app, ["diff", *reversed(files), "--fail-on", "major"]).exit_code == 0


def test_formats_for_programs(files: tuple[str, str]) -> None:
    written = CliRunner().invoke(app, ["diff", *files, "--format", "json"]).stdout
    assert json.loads(written)["counts"]["new"] == 1
    assert CliRunner().invoke(app, ["diff", *files, "--format", "tsv"]).stdout.splitlines()[1].startswith("new\tb\t")


@pytest.mark.parametrize("wrong", [("--format", "xml"), ("--fail-on", "awful")])
def test_misuse_is_refused(files: tuple[str, str], wrong: tuple[str, str]) -> None:
    assert isinstance(CliRunner().invoke(app, ["diff", *files, *wrong]).exception, InputError)
