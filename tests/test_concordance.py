"""A word of the source wherever it stands, its renderings counted, and tables learned from works."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from compare.analysis import Analysis
from compare.cli import app
from compare.collation import collate
from compare.read import from_texts
from compare.values import InputError
from compare.wordalign.concordance import concordance, count, renderings
from compare.write.concordance import write

RU = "Старый дом стоял у реки.\n\nВечером Анна открыла окно старого дома.\n\nСобака спала."
ONE = "An old house stood by the river.\n\nIn the evening Anna opened a window of the old house.\n\nThe dog slept."
TWO = "An ancient house stood by the river.\n\nIn the evening Anna opened a window of the house.\n\nThe dog slept."


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return Analysis(collate(from_texts({"ru": RU, "one": ONE, "two": TWO}, source="ru")))


def test_a_word_is_found_in_all_its_forms_with_the_aligned_cells(analysis: Analysis) -> None:
    found = concordance(analysis.words, "старые")
    assert [(o.row, o.word) for o in found] == [(1, "Старый"), (2, "старого")]
    assert found[0].cells == {"one": ONE.split("\n\n")[0], "two": TWO.split("\n\n")[0]}
    assert found[0].renderings == {"one": "old", "two": "ancient"}
    assert found[1].renderings == {"one": "old"}
    assert (found[1].before, found[1].after) == ("Вечером Анна открыла окно", "дома.")
    assert renderings(found) == [("old", 2), ("ancient", 1)]
    assert concordance(analysis.words, "лошадь") == []


def test_a_work_without_a_source_has_no_concordance() -> None:
    alone = Analysis(collate(from_texts({"one": ONE, "two": TWO})))
    assert concordance(alone.words, "старый") == []
    assert not count(alone.words).pairs


def test_renderings_of_a_work_are_counted_without_names(analysis: Analysis) -> None:
    pairs = count(analysis.words).pairs
    assert pairs["старый", "old"] == 2
    assert pairs["старый", "ancient"] == 1
    assert pairs["собака", "dog"] == 2
    assert not [one for one, _ in pairs if one == "анна"]


def test_formats_of_a_concordance(analysis: Analysis) -> None:
    found = concordance(analysis.words, "старый")
    text = write(found, "txt")
    assert "Вечером Анна открыла окно [старого] дома." in text
    assert "    one (old): An old house stood by the river." in text
    assert "    two: In the evening Anna opened a window of the house." in text
    assert text.endswith("2 places; old 2, ancient 1\n")
    assert write(found[:1], "txt").endswith("1 place; ancient 1, old 1\n")
    assert write([], "txt") == "0 places\n"
    lines = [line.split("\t") for line in write(found, "tsv").splitlines()]
    assert lines[0] == ["work", "row", "before", "word", "after", "version", "rendering", "text"]
    assert [(line[1], line[3], line[5], line[6]) for line in lines[1:]] == [
        ("1", "Старый", "one", "old"),
        ("1", "Старый", "two", "ancient"),
        ("2", "старого", "one", "old"),
        ("2", "старого", "two", ""),
    ]
    record = json.loads(write(found, "json"))
    assert record["renderings"] == {"old": 2, "ancient": 1}
    assert [each["row"] for each in record["occurrences"]] == [1, 2]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    for name, text in (("ru", RU), ("one", ONE), ("two", TWO)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "work.toml").write_text(
        'id = "house"\n[[version]]\nid = "ru"\nfile = "ru.txt"\nlang = "ru"\nrole = "source"\n'
        '[[version]]\nid = "one"\nfile = "one.txt"\n[[version]]\nid = "two"\nfile = "two.txt"\n',
        "utf-8",
    )
    return folder


def test_the_commands(work: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    shown = run(app, ["concordance", "старый", str(work), "--format", "tsv", "--quiet"])
    assert shown.exit_code == 0
    assert shown.stdout.count("ancient house") == 1
    table = tmp_path / "renderings.tsv"
    assert run(app, ["learn", str(work), "--out", str(table), "--quiet"]).stdout.strip() == str(table)
    assert "старый\t3\t1\told:2:1, ancient:1:1\n" in table.read_text("utf-8")
    wrong = run(app, ["concordance", "старый", str(work), "--format", "xml"])
    assert isinstance(wrong.exception, InputError)
    (work / "ru.txt").unlink()
    (work / "work.toml").write_text('id = "house"\n[[version]]\nid = "one"\nfile = "one.txt"\n', "utf-8")
    unsourced = run(app, ["learn", str(work), "--out", str(table), "--quiet"])
    assert "no Russian source" in str(unsourced.exception)
    for command in ("concordance", "learn"):
        assert "Examples:" in run(app, [command, "--help"]).stdout
