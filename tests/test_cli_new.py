"""`hexapla new`, and a table's source by its column."""

import shutil
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from compare import cli, read
from compare.cli.inputs import read_work
from compare.values import InputError

TEXTS = {
    "ru.txt": "Он ушёл и не вернулся.\n",
    "b.txt": "He left and did not come back.\n",
    "c.txt": "He went away for good.\n",
    "d.txt": "He left and did not come back.\n",
    "ru.md": "Он ушёл.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEXAPLA_ENCODER", "none")
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def new(folder: Path, *arguments: str) -> str:
    given = [str(folder / each) if each.endswith((".txt", ".md")) else each for each in arguments]
    result = CliRunner().invoke(cli.app, ["new", str(folder / "Lady"), *given], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.output


def test_new(folder: Path) -> None:
    said = new(folder, "b.txt", "ru.txt", "--lang", "b=de")
    assert "b: b.txt, 31 characters, de (stated), translation (guessed)" in said
    assert "ru: ru.txt, 23 characters, ru (guessed), source (guessed: the only text in ru)" in said
    assert "its language is stated as de, but the text is en" in said
    stated = tomllib.loads((folder / "Lady" / "work.toml").read_text(encoding="utf-8"))
    assert (stated["id"], stated["title"]) == ("lady", "Lady")
    assert stated["version"][0] == {"id": "b", "file": "b.txt", "lang": "de", "role": "translation"}
    assert read.load(folder / "Lady").version("ru").text == TEXTS["ru.txt"]


def test_new_takes_the_source_that_is_named(folder: Path) -> None:
    new(folder, "b.txt", "c.txt", "--source", "c.txt")
    assert read.load(folder / "Lady").source == read.load(folder / "Lady").version("c")


def test_new_reads_in_the_encoding_that_is_stated(folder: Path) -> None:
    (folder / "ru.txt").write_bytes(TEXTS["ru.txt"].encode("koi8-r"))
    new(folder, "b.txt", "ru.txt", "--encoding", "ru=koi8-r", "--yes")
    made = read.load(folder / "Lady")
    assert made.version("ru").text == TEXTS["ru.txt"]
    assert made.warnings == ()
    assert 'encoding = "koi8-r"' in (folder / "Lady" / "work.toml").read_text(encoding="utf-8")


def test_new_guesses_titles_and_years(folder: Path) -> None:
    (folder / "print-1920.md").write_text("# The *Old* House\n\nHe left.\n", encoding="utf-8")
    said = new(folder, "ru.txt", "print-1920.md")
    assert "translation (guessed), title 'The Old House' (guessed), year '1920' (guessed)" in said
    made = read.load(folder / "Lady").version("print-1920")
    assert (made.title, made.year) == ("The Old House", "1920")


def test_new_asks_in_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: (_ for _ in ()).throw(typer.Abort()))
    monkeypatch.setattr("compare.cli.new.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    with pytest.raises(typer.Abort):
        new(folder, "b.txt", "ru.txt")
    assert not (folder / "Lady").exists()
    new(folder, "b.txt", "ru.txt", "--yes")
    assert (folder / "Lady").exists()


@pytest.mark.parametrize(
    ("arguments", "trouble"),
    [
        (("b.txt", "--encoding", "x=cp1251"), "'x' is not one of b"),
        (("ru.txt", "--encoding", "ru=ascii"), "is not in ascii: byte 0 cannot be"),
        (("ru.txt", "--encoding", "ru=morse"), "'morse' is not an encoding"),
        (("ru.md", "--encoding", "ru=cp1251"), "is not plain text"),
        (("b.txt", "b.txt"), "b.txt: is given twice"),
        (("b.txt", "d.txt"), "d.txt: is the same text as .*b.txt"),
        (("b.txt", "--lang", "x=en"), "'x' is not one of b"),
        (("b.txt", "--lang", "b=english"), "is not a code of ISO 639-1"),
        (("b.txt", "--lang", "b"), "is not a code of ISO 639-1"),
        (("none.txt",), "no such file"),
    ],
)
def test_new_refuses(folder: Path, arguments: tuple[str, ...], trouble: str) -> None:
    with pytest.raises(InputError, match=trouble):
        new(folder, *arguments)
    assert not (folder / "Lady").exists()


def test_new_writes_nothing_over(folder: Path) -> None:
    (folder / "Lady").mkdir()
    (folder / "Lady" / "b.txt").write_text("Another.", encoding="utf-8")
    with pytest.raises(InputError, match="is another file"):
        new(folder, "b.txt", "c.txt")
    assert not (folder / "Lady" / "c.txt").exists()
    new(folder, "c.txt")
    with pytest.raises(InputError, match="already exists; edit it"):
        new(folder, "c.txt")


def test_files_of_one_name(folder: Path) -> None:
    (folder / "x").mkdir()
    (folder / "x" / "b.txt").write_text("Others.", encoding="utf-8")
    with pytest.raises(InputError, match="have the same name"):
        new(folder, "b.txt", "x/b.txt")


def test_a_table_names_its_source_by_column(folder: Path) -> None:
    (folder / "t.tsv").write_text("en-a\ten-b\nHe left.\tHe went.\n", encoding="utf-8")
    work = read_work([folder / "t.tsv"], "en-b", None)
    assert work.source == work.version("en-b")
    with pytest.raises(InputError, match="has no column 'ru'"):
        read_work([folder / "t.tsv"], "ru", None)


def test_what_versions_have_in_common_is_mentioned() -> None:
    one = read.from_texts({"a": "He left.", "b": "He  left.\n", "c": "He went."})
    assert one.warnings == ("a and b are one and the same text",)
    two = read.from_texts({"ru": "Он ушёл.", "ru-b": "Он вышел.", "en": "He left."})
    assert two.source is None
    assert two.warnings == ("ru, ru-b are all in ru: none is taken for the source; name it by --source",)
    assert not read.from_texts({"ru": "Он ушёл.", "ru-b": "Он вышел."}).warnings
    assert not read.from_texts({"ru": "Он ушёл.", "ru-b": "Он вышел.", "en": "He left."}, source="ru").warnings


def test_versions_that_are_one_text_but_for_a_few_words() -> None:
    words = [f"word{k}" for k in range(200)]
    near = [*words[10:], *words[:7], "he", "left"]
    far = [*words[:190], *"he left the old house and went away".split()]
    work = read.from_texts({"a": " ".join(words), "b": " ".join(near), "c": " ".join(far)})
    assert work.warnings == ("a and b are one text except for 3 of 200 words",)


def test_a_text_of_the_source_language_among_the_translations() -> None:
    texts = {"a": "He left and did not come back.", "b": "He went and was gone.", "ru": "Он ушёл."}
    (line,) = read.from_texts(texts, source="a").warnings
    assert line.startswith("ru: is alone in ru, but counts as a translation")
    assert not read.from_texts(texts, source="ru").warnings
    assert not read.from_texts({"a": texts["a"], "ru": texts["ru"]}, source="a").warnings
    assert not read.from_texts({**texts, "de": "Er ging und kam nicht wieder."}, source="a").warnings


def test_a_text_in_another_language_than_its_name_says(folder: Path) -> None:
    (folder / "en-x.txt").write_text("Он ушёл и не вернулся.\n", encoding="utf-8")
    assert "en-x: is taken for ru, by its words, though its name begins with en" in new(folder, "b.txt", "en-x.txt")
    shutil.rmtree(folder / "Lady")
    assert "though its name" not in new(folder, "b.txt", "en-x.txt", "--lang", "en-x=ru")


def test_a_version_that_is_another_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said before the work is made, as the report would say it."""
    monkeypatch.delenv("HEXAPLA_ENCODER")
    home = Path(__file__).parent.parent / "texts"
    files = {"ours": "karabakh-1920/en-2020", "theirs": "karabakh-1920/en-revised", "strange": "overcoat/en-field"}
    texts = {name: (home / f"{file}.txt").read_text("utf-8")[:4000] for name, file in files.items()}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    said = new(folder, *(f"{name}.txt" for name in texts))
    assert "strange: less than half of it clearly corresponds to any other version; is it the same work?" in said
    assert "s: less than half" not in said
