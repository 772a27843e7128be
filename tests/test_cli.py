"""The command line as a person meets it: what it prints, its exit codes, and what it says of wrong input."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import compare
from compare import cli
from compare.cli.report import echo_file
from compare.values import InputError

EN = "He left the old house on Monday. She stayed behind with 12 men. Nobody came to see them.\n"
OTHER = "On Monday he left the old house. She remained behind with 12 men. No one came to visit them.\n"
RU = "В понедельник он оставил старый дом. Она осталась с 12 людьми. Никто не пришёл их навестить.\n"


def hexapla(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in this process: what has been loaded once serves every test."""
    command = ["hexapla", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr("sys.argv", command)
        with pytest.raises(SystemExit) as left:
            cli.main()
    assert isinstance(left.value.code, int)
    return subprocess.CompletedProcess(command, left.value.code, out.getvalue(), err.getvalue())


def process(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a shell does."""
    command = [sys.executable, "-m", "compare.cli", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False, env=_environment(cwd)
    )


def _environment(cwd: Path) -> dict[str, str]:
    root = str(Path(compare.__file__).parents[1])
    return os.environ | {"PYTHONPATH": root, "PYTHONUTF8": "1", "HEXAPLA_CACHE": str(cwd / "cache")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a.txt", EN), ("b.txt", OTHER), ("ru.txt", RU)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit code 2, nothing on standard output, one line on standard error that holds the words."""
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    for word in words:
        assert word in line, line


def test_report_writes_what_is_asked_for(folder: Path) -> None:
    result = hexapla(
        "report", "a.txt", "b.txt", "--source", "ru.txt", "--out", "o", "--formats", "json,html", cwd=folder
    )
    assert result.returncode == 0, result.stderr
    assert sorted(p.name for p in (folder / "o").iterdir()) == ["report.html", "report.json"]
    report = json.loads((folder / "o" / "report.json").read_text(encoding="utf-8"))
    assert report["schema"] == "hexapla-report/1"
    assert [v["role"] for v in report["versions"]].count("source") == 1
    assert len(report["rows"]) == 3
    assert all(len(row["spans"]) == 3 for row in report["rows"])


def test_what_is_guessed_wrongly_can_be_stated(folder: Path) -> None:
    (folder / "ru.txt").write_bytes(RU.encode("mac-cyrillic"))
    stated = ("--encoding", "ru=mac-cyrillic", "--lang", "b=de")
    result = hexapla("report", "a.txt", "b.txt", "ru.txt", *stated, "--formats", "json", "--out", "o", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "b: its language is stated as de, but the text is en" in result.stderr
    report = json.loads((folder / "o" / "report.json").read_text(encoding="utf-8"))
    assert {version["id"]: version["lang"] for version in report["versions"]} == {"a": "en", "b": "de", "ru": "ru"}


def test_a_folder_of_texts_is_a_work(folder: Path) -> None:
    (folder / "texts").mkdir()
    for name in ("a.txt", "b.txt", "ru.txt"):
        (folder / name).rename(folder / "texts" / name)
    for arguments in ([], ["--source", "texts/ru.txt"]):
        result = hexapla("report", "texts/", *arguments, "--formats", "json", cwd=folder)
        assert result.returncode == 0, result.stderr
        report = json.loads((folder / "out" / "texts" / "report.json").read_text(encoding="utf-8"))
        assert [(v["id"], v["role"]) for v in report["versions"]] == [
            ("ru", "source"),
            ("a", "translation"),
            ("b", "translation"),
        ]


def test_fail_on(folder: Path) -> None:
    (folder / "bad.txt").write_text("He left  the the old house (and “never came back.\n", encoding="utf-8")
    fast = ["--encoder", "none", "--select", "TYP"]
    assert hexapla("report", "bad.txt", *fast, "--fail-on", "critical", cwd=folder).returncode == 0
    assert hexapla("report", "bad.txt", *fast, "--fail-on", "minor", cwd=folder).returncode == 1


def test_exit_codes_reach_the_shell(folder: Path) -> None:
    (folder / "bad.txt").write_text("He left  the old house (and “never came back.\n", encoding="utf-8")
    fast = ["--encoder", "none", "--select", "TYP104"]
    assert process("report", "bad.txt", *fast, "--fail-on", "minor", cwd=folder).returncode == 1
    refused(process("report", "missing.txt", *fast, cwd=folder), "missing.txt")


def test_aligned_table(folder: Path) -> None:
    table = "ru\ten-a\ten-b\n" + "".join(
        "\t".join(cells) + "\n"
        for cells in zip(*(text.strip().replace(". ", ".|").split("|") for text in (RU, EN, OTHER)), strict=True)
    )
    (folder / "t.tsv").write_text(table, encoding="utf-8")
    result = hexapla("report", "--rows", "t.tsv", "--source", "ru", "--formats", "json", "--out", "o", cwd=folder)
    assert result.returncode == 0, result.stderr
    report = json.loads((folder / "o" / "report.json").read_text(encoding="utf-8"))
    assert [set(row["spans"]) for row in report["rows"]] == [{"ru", "en-a", "en-b"}] * 3
    assert all(0 <= risk <= 1 for row in report["rows"] for risk in row["risk"].values() if risk is not None)


def test_align_lines(folder: Path) -> None:
    (folder / "x").write_text("The army left the town.\nIt rained all day.\n", encoding="utf-8")
    (folder / "y").write_text("Армия покинула город.\nВесь день шёл дождь.\n", encoding="utf-8")
    result = hexapla("align", "x", "y", "--lines", "--format", "tsv", cwd=folder)
    assert [line.split("\t")[:2] for line in result.stdout.splitlines()] == [["0", "0"], ["1", "1"]]
    assert all(0 <= float(line.split("\t")[2]) <= 1 for line in result.stdout.splitlines())


def test_names_score(folder: Path) -> None:
    (folder / "pairs.tsv").write_text("Халил\tKhalil\nХалил\tLegrand\n", encoding="utf-8")
    result = hexapla("names", "--score", "pairs.tsv", cwd=folder)
    (first, second) = (float(line.split("\t")[2]) for line in result.stdout.splitlines())
    assert first > 0.5 > second
    (folder / "pairs.tsv").write_text("Халил\tKhalil\n\nХалил\n", encoding="utf-8")
    refused(hexapla("names", "--score", "pairs.tsv", cwd=folder), "pairs.tsv", "line 3")


def test_names_and_show_and_worklist(folder: Path) -> None:
    for command in ("names", "show", "worklist"):
        result = hexapla(command, "a.txt", "b.txt", "--source", "ru.txt", "--quiet", cwd=folder)
        assert result.returncode == 0, (command, result.stderr)
        assert result.stderr == ""


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_russian_in_any_encoding(folder: Path, encoding: str) -> None:
    (folder / "ru.txt").write_bytes(RU.encode(encoding))
    result = hexapla("report", "a.txt", "--source", "ru.txt", "--formats", "json", "--out", "o", cwd=folder)
    assert result.returncode == 0, result.stderr
    report = json.loads((folder / "o" / "report.json").read_text(encoding="utf-8"))
    source = next(v for v in report["versions"] if v["role"] == "source")
    assert source["lang"] == "ru"
    assert source["segments"] == 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, ["missing.txt"]),
        ("empty.txt", b"", ["empty.txt"]),
        ("blank.txt", b" \n\n\t\n", ["blank.txt"]),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["picture.txt"]),
        ("binary.txt", bytes(range(256)) * 20, ["binary.txt"]),
        ("letter.docx", b"PK\x03\x04\x14\0\6\0\x08\0", ["letter.docx"]),
    ],
)
def test_unreadable_input(folder: Path, name: str, content: bytes | None, words: list[str]) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    refused(hexapla("report", "a.txt", name, "--out", "o", cwd=folder), *words)
    assert not (folder / "o").exists()


def test_unwritable_output(folder: Path) -> None:
    out = ["--quiet", "--select", "TYP", "--encoder", "none", "--out"]
    refused(hexapla("report", "a.txt", *out, "b.txt", cwd=folder), "b.txt")
    refused(hexapla("report", "a.txt", *out, "b.txt/o", cwd=folder), "b.txt")
    assert (folder / "b.txt").read_text(encoding="utf-8") == OTHER


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report"], ["folder"]),
        (["report", "a.txt", "--formats", "doc"], ["--formats", "docx", "html"]),
        (["report", "a.txt", "--fail-on", "grave"], ["--fail-on", "grave", "major"]),
        (["report", "a.txt", "--open", "--formats", "md"], ["--open", "html"]),
        (["report", "a.txt", "--out", "b.txt/o"], ["--out", "b.txt is a file"]),
        (["decide", "a.txt", "TYP", "accepted"], ["a.txt", "is not a work's folder"]),
        (["show", "a.txt", "--format", "xml"], ["--format", "xml", "tsv"]),
        (["report", "a.txt", "--select", "XYZ"], ["XYZ"]),
        (["report", "a.txt", "--rows", "t.tsv"], ["--rows"]),
        (["report", "a.txt", "--lang", "b=en"], ["'b' is not one of a"]),
        (["report", ".", "--lang", "a=en"], ["--lang", "work.toml"]),
        (["report", "a.txt", "--encoder", "bert"], ["bert"]),
        (["report", "a.txt", "--frobnicate"], ["--frobnicate"]),
        (["align", "a.txt"], ["two"]),
        (["align", "a.txt", "b.txt", "--format", "xml"], ["--format", "xml"]),
        (["names", "--score", "a.txt"], ["a.txt", "line 1"]),
        (["repeats", "a.txt"], ["two"]),
        (["checks", "XYZ"], ["XYZ"]),
        (["frobnicate"], ["frobnicate"]),
        ([], ["command"]),
    ],
)
def test_misuse(folder: Path, arguments: list[str], words: list[str]) -> None:
    refused(hexapla(*arguments, cwd=folder), *words)


def test_passages_that_works_share_are_listed(folder: Path) -> None:
    page = "The envoy from Kars read the treaty aloud before the frozen bridge, and nobody in the garrison applauded. "
    for name, text in (("one.txt", EN + page), ("two.txt", f"Rain fell all week. {page}")):
        (folder / name).write_text(text, encoding="utf-8")
    result = hexapla("repeats", "one.txt", "two.txt", cwd=folder)
    header, line = (row.split("\t") for row in result.stdout.splitlines())
    found = dict(zip(header, line, strict=True))
    assert (found["work-a"], found["work-b"], found["alike"]) == ("one.txt", "two.txt", "1.00")
    assert found["text-a"] == found["text-b"] == page.strip(" .")


def test_huge_line(folder: Path) -> None:
    (folder / "long.txt").write_text("word " * 30_000, encoding="utf-8")
    result = hexapla("report", "long.txt", "--select", "TYP", "--formats", "json", "--encoder", "none", cwd=folder)
    assert result.returncode in (0, 2), result.stderr[-300:]
    assert "Traceback" not in result.stderr


def test_checks_are_listed_and_explained(folder: Path) -> None:
    from compare.checks import all_checks

    listed = hexapla("checks", cwd=folder).stdout.splitlines()
    off = {True: "", False: " (off by default)"}
    assert listed == [f"{check.code}{off[check.default]}  {check.title}" for check in all_checks()]
    explained = hexapla("checks", "TYP101", cwd=folder).stdout
    assert "Wrong:" in explained
    assert "TYP102" not in explained


def test_help_needs_nothing_heavy(folder: Path) -> None:
    heavy = ["jinja2", "lxml", "numpy", "pymorphy3", "rich.console"]
    code = f"import sys, compare.cli; print([name for name in {heavy} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environment(folder)
    )
    assert result.stdout.strip() == "[]"


def test_version_names_the_encoder_and_the_models(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from compare import artefacts, encode

    first = hexapla("--version", cwd=folder).stdout.splitlines()
    assert [line.split()[0] for line in first] == ["hexapla", "encoder", "models"]
    assert first[0].split()[1] == compare.__version__
    assert first[1].split()[1] == encode.get("use").name
    monkeypatch.setattr(artefacts, "MANIFEST", "cells.json")
    assert hexapla("--version", cwd=folder).stdout.splitlines()[2] != first[2]


def test_the_end_of_a_report_says_what_was_found_where_it_lies_and_how_long_it_took(folder: Path) -> None:
    (folder / "b.txt").write_text("She stayed behind with with 12 men. Nobody came to see them.\n", encoding="utf-8")
    result = hexapla("report", "b.txt", "--select", "REP,TYP", "--formats", "md", "--out", "o", cwd=folder)
    assert result.stdout.splitlines() == ["1 minor", "repeats 1", "o/report.md"]
    *stages, alone, last = result.stderr.splitlines()
    assert stages.count("checking") == 1
    assert alone == "warning: b: is the only version, so nothing is compared; add another version or the source"
    assert re.fullmatch(r"done in \d+ s", last)
    quiet = hexapla("report", "b.txt", "--select", "REP", "--formats", "md", "--out", "o", "--quiet", cwd=folder)
    assert quiet.stderr == f"{alone}\n"


def test_a_desk_on_nothing_says_so_before_it_asks_for_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    for path, trouble in (("nosuch", "no such file or folder"), ("texts", "is not a work's folder")):
        with pytest.raises(InputError, match=trouble):
            CliRunner().invoke(cli.app, ["review", path], standalone_mode=False, catch_exceptions=False)


def test_in_a_terminal_a_written_file_is_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        patch.setenv("TERM", "xterm-256color")
        patch.delenv("NO_COLOR", raising=False)
        echo_file(tmp_path / "report.html")
    shown = capsys.readouterr().out
    assert (tmp_path / "report.html").as_uri() in shown
    assert str(tmp_path / "report.html") in shown


def test_rows_are_shown_plain_where_no_terminal_is(folder: Path) -> None:
    shown = hexapla("show", "a.txt", "b.txt", "--quiet", cwd=folder).stdout
    first = "row 1\n  a: He left the old house on Monday.\n  b: On Monday he left the old house.\n\n"
    assert shown.startswith(first)
    rows = hexapla("show", "a.txt", "b.txt", "--format", "tsv", "--quiet", cwd=folder).stdout.splitlines()
    assert rows[:2] == ["row\ta\tb", "1\tHe left the old house on Monday.\tOn Monday he left the old house."]
    columns = hexapla("show", "a.txt", "b.txt", "--format", "table", "--quiet", cwd=folder).stdout
    assert "│" in columns


def test_align_prints_the_words_beside_the_numbers(folder: Path) -> None:
    lines = hexapla("align", "ru.txt", "a.txt", "--text", cwd=folder).stdout.splitlines()
    assert lines[0].split("\t")[3:] == ["В понедельник он оставил старый дом.", "He left the old house on Monday."]
    beads = json.loads(hexapla("align", "ru.txt", "a.txt", "--text", "--format", "json", cwd=folder).stdout)
    assert beads[0][3:] == lines[0].split("\t")[3:]
    assert all(
        len(bead) == 3
        for bead in json.loads(hexapla("align", "ru.txt", "a.txt", "--format", "json", cwd=folder).stdout)
    )


@pytest.mark.parametrize("command", [["show"], ["names"], ["variants"], ["worklist"]])
def test_every_command_says_what_was_guessed(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("Он ушёл.\tHe left.\nОна осталась.\tShe stayed.\n", "utf-8")
    ran = hexapla(*command, "a.tsv", "--quiet", cwd=tmp_path)
    assert ran.stderr.count("warning: a.tsv: line 1 is text and names no column, so the columns are numbered") == 1
