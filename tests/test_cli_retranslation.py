"""`hexapla worklist` to a file, and `hexapla retranslated` from it, as a person meets them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from compare import read
from compare.cli import app
from compare.values import InputError

TABLE = [
    ("ru", "en"),
    ("Он вошёл в дом в 1894 году с 30 людьми и 15 собаками.", "He entered the house in 1849 with 12 men and 13 dogs."),
    ("Она осталась.", "She stayed."),
]


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "work.tsv"
    path.write_text("".join("\t".join(line) + "\n" for line in TABLE), "utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def invoke(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, arguments), "--encoder", "none", "-q"])
    if isinstance(done.exception, InputError):
        raise done.exception
    return done.exit_code, done.stdout


def test_out_and_back(table: Path) -> None:
    code, said = invoke("worklist", "--rows", table, "--format", "xlsx")
    assert (code, said) == (0, "out/work/worklist.xlsx\n")
    book = load_workbook("out/work/worklist.xlsx")
    heads = [cell.value for cell in book.active[1]]
    assert book.active.cell(2, 1).value == 1
    book.active.cell(2, heads.index("new translation") + 1).value = "He entered the house in 1894 with 12 men."
    book.save("back.xlsx")
    code, said = invoke("retranslated", "--rows", table, "--filled", "back.xlsx", "--id", "en-2", "--fail-on", "minor")
    lines = said.splitlines()
    assert lines[0].startswith("en: translated again 1 of 2 rows; findings there: ")
    assert lines[-1] == "out/work/en-2/en-2.txt"
    assert Path(lines[-1]).read_text("utf-8") == "He entered the house in 1894 with 12 men.\nShe stayed."
    report = json.loads(Path("out/work/en-2/report.json").read_text("utf-8"))
    assert [version["id"] for version in report["versions"]] == ["ru", "en-2"]
    assert report["rows"][0]["texts"]["en-2"] == "He entered the house in 1894 with 12 men."
    found = [f for f in report["findings"] if f["places"][0]["version"] == "en-2" and f["row"] == 1]
    assert lines[0].endswith(str(len(found)))
    assert found
    assert code == 1
    assert [line.split(" · ")[1].split()[0] for line in lines if line.startswith("row 1")] == [
        f["check"] for f in found
    ]


def test_a_row_that_is_gone_is_warned_of(table: Path) -> None:
    with Path("back.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["row", "ru", "new translation"], ["1", "Чужое.", "x"], ["2", "Она осталась.", "She did."]]
        )
    done = CliRunner().invoke(
        app, ["retranslated", "--rows", str(table), "--filled", "back.csv", "-q", "--encoder", "none"]
    )
    assert done.exit_code == 0
    assert "warning: back.csv: row 1 is not found" in done.stderr
    assert Path("out/work/retranslated/retranslated.txt").read_text("utf-8").endswith("She did.")


def test_nothing_found_is_refused(table: Path) -> None:
    Path("back.csv").write_text("row,ru,new translation\n1,Чужое.,x\n", "utf-8")
    with pytest.raises(InputError, match="none of its rows is found"):
        invoke("retranslated", "--rows", table, "--filled", "back.csv")
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("wrong", "trouble"),
    [
        (("--format", "pdf"), "not one of md, tsv, docx, xlsx, xliff"),
        ((), "name the worklist"),
        (("--filled", "x.csv", "--id", "../x"), "is not an id"),
        (("--filled", "x.csv", "--formats", "pdf"), "'pdf' is not one of"),
        (("--filled", "x.csv", "--fail-on", "awful"), "'awful' is not one of"),
    ],
)
def test_misuse_is_refused(table: Path, wrong: tuple[str, ...], trouble: str) -> None:
    command = "worklist" if "--format" in wrong else "retranslated"
    with pytest.raises(InputError, match=trouble):
        invoke(command, "--rows", table, *wrong)


PAGES = {
    "ru": "Он вошёл в дом в 1894 году с 30 людьми и 15 собаками.\n\nВсё это было в Москве, в 1895 году.",
    "en": "He entered the house in 1894 with 30 men and 15 dogs.\n\nAll this was in Moscow, in 1895.",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work = tmp_path / "a work"
    work.mkdir()
    monkeypatch.chdir(tmp_path)
    for id, text in PAGES.items():
        (work / f"{id}.txt").write_text(text, "utf-8")
    (work / "work.toml").write_text(
        'id = "w"\n[[version]]\nid = "ru"\nfile = "ru.txt"\nrole = "source"\n'
        '[[version]]\nid = "en"\nfile = "en.txt"\ntitle = "A \\"title\\""\ntranslator = "Ü\\u007f"',
        "utf-8",
    )
    Path("back.csv").write_text(f'row,ru,new translation\n1,"{PAGES["ru"].splitlines()[0]}",He went in.\n', "utf-8")
    return work


def test_a_new_version_is_kept_in_the_work(folder: Path) -> None:
    code, said = invoke("retranslated", folder, "--filled", "back.csv", "--keep", "--id", "en-2")
    assert code == 0
    assert str(folder / "en-2.txt") in said.splitlines()
    kept = read.load(folder)
    assert [version.id for version in kept.versions] == ["ru", "en", "en-2"]
    new = kept.version("en-2")
    assert new.text.split("\n\n") == ["He went in.", *PAGES["en"].split("\n\n")[1:]]
    assert (new.title, new.translator) == ('A "title", rows translated again', "Ü\x7f")
    assert (new.status, new.role, new.lang, new.file) == ("revised", "translation", "en", "en-2.txt")


def test_nothing_in_the_work_is_overwritten(folder: Path) -> None:
    (folder / "en-2.txt").write_text("mine", "utf-8")
    before = (folder / "work.toml").read_bytes()
    with pytest.raises(InputError, match=r"en-2\.txt: already exists"):
        invoke("retranslated", folder, "--filled", "back.csv", "--keep", "--id", "en-2")
    assert (folder / "en-2.txt").read_text("utf-8") == "mine"
    assert (folder / "work.toml").read_bytes() == before
    assert not Path("out").exists()


def test_only_a_folder_keeps_a_version(folder: Path, table: Path) -> None:
    with pytest.raises(InputError, match="goes with a work's folder"):
        invoke("retranslated", "--rows", table, "--filled", "back.csv", "--keep")
    (folder / "work.toml").unlink()
    with pytest.raises(InputError, match=r"has no work\.toml"):
        invoke("retranslated", folder, "--filled", "back.csv", "--keep")


def test_the_base_must_be_a_translation(table: Path) -> None:
    Path("back.csv").write_text("row,ru,new translation\n2,Она осталась.,x\n", "utf-8")
    with pytest.raises(InputError, match="'ru' is not one of en"):
        invoke("retranslated", "--rows", table, "--filled", "back.csv", "--base", "ru")
