"""Every example that `--help` or a page of the documentation gives runs, on a short work in place of the long one."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import typer

from compare import cli, records
from compare.records import recording
from tests.test_cli import EN, OTHER, RU, hexapla

ROOT = Path(__file__).parents[1]
WORK = ROOT / "texts" / "karabakh-1920"
GROUP = typer.main.get_command(cli.app)
#: The paragraphs of the work that stand for all of it: its head, and a short one with numbers and names.
KEPT = (2, 3, 12)


def examples() -> list[str]:
    """Return the commands under "Examples:" of every command's help; a shelf's are run where shelves are tested."""
    helps = [command.epilog or "" for name, command in GROUP.commands.items() if name != "shelf"]  # type: ignore[attr-defined]
    return [line for text in helps for line in re.findall(r"^  (hexapla .*)$", text, re.M)]


def blocks() -> list[str]:
    """Return the commands that the pages show; a shelf's and those of models are run where shelves and models are."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    shells = [
        code for page in pages for code in re.findall(r"```(?:sh|console)\n(.*?)```", page.read_text("utf-8"), re.S)
    ]
    lines = [line.partition("   #")[0].strip() for code in shells for line in code.splitlines()]
    here = {line for line in lines if re.match(r"hexapla (?!shelf|.* --encoder st:)", line)}
    return sorted(here - set(examples()))


@pytest.fixture(scope="module", autouse=True)
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what was computed: the examples ask much of the same work."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "recording", recording)
        patch.setenv("HEXAPLA_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def desk(here: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the examples name: texts, a work cut short, reports, a worklist that came back."""
    folder = tmp_path_factory.mktemp("desk")
    for name, text in (("first.txt", EN), ("second.txt", OTHER), ("russian.txt", RU)):
        (folder / name).write_text(text, encoding="utf-8")
    work = shutil.copytree(WORK, folder / "texts" / "karabakh-1920", ignore=shutil.ignore_patterns("*.png", "notes.md"))
    for text in work.glob("*.txt"):
        paragraphs = re.split(r"\n\s*\n", text.read_text("utf-8").strip())
        text.write_text("\n\n".join(paragraphs[number] for number in KEPT) + "\n", encoding="utf-8")
    (folder / "texts" / "other").mkdir()
    shutil.copy(folder / "first.txt", folder / "texts" / "other")
    stated = (work / "work.toml").read_text("utf-8")
    (work / "work.toml").write_text(re.sub(r"attested = \[.*?\]\n", "", stated, flags=re.S), encoding="utf-8")
    formats = ("--formats", "html,json,tmx")
    for name in ("before", "karabakh-1920"):
        assert hexapla("report", "texts/karabakh-1920", "--out", f"out/{name}", *formats, cwd=folder).returncode == 0
    rules = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "how-to" / "rules.md").read_text("utf-8"), re.S)
    assert rules is not None
    (folder / "rules.toml").write_text(rules[1], encoding="utf-8")
    (folder / "pairs.tsv").write_text("Lavretsky\tLavretski\nLavretsky\tPanshin\n", encoding="utf-8")
    (folder / "table.tsv").write_text("ru\ten\nПошёл дождь.\tIt began to rain.\n", encoding="utf-8")
    (folder / "page.html").write_text(f"<p>{EN}</p>", encoding="utf-8")
    russian = docx.Document()
    russian.add_paragraph(RU)
    russian.save(str(folder / "russian.docx"))
    shutil.copytree(folder, folder / "my-texts", ignore=lambda _, names: {*names} - {"first.txt", "second.txt"})
    shutil.copy(next((folder / "out" / "before").glob("*.tmx")), folder / "memory.tmx")
    listed = hexapla("worklist", work, "--format", "docx", "--out", "to-translate.docx", cwd=folder)
    assert listed.returncode == 0, listed.stderr
    filled = docx.Document(str(folder / "to-translate.docx"))
    header, first, *_ = filled.tables[0].rows
    column = [cell.text for cell in header.cells].index("new translation")
    first.cells[column].text = "Relations were strained, and then they improved."
    filled.save(str(folder / "to-translate.docx"))
    return folder


def test_every_command_has_two_examples_and_its_exit_codes() -> None:
    for name, command in GROUP.commands.items():  # type: ignore[attr-defined]
        assert (command.epilog or "").count(f"  hexapla {name}") >= 2, name
        assert "2  misuse or unreadable input" in command.epilog
        fails = any("--fail-on" in parameter.opts for parameter in command.params)
        assert ("1  findings at or above --fail-on" in command.epilog) == fails, name


def test_help_names_no_type_of_python_s() -> None:
    for command in GROUP.commands.values():  # type: ignore[attr-defined]
        help = command.get_help(typer.Context(command))
        assert not re.search(r"<(list|path|str|int)", help), help


@pytest.mark.parametrize("line", examples() + blocks())
def test_example_runs(line: str, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda _, sockets: [each.close() for each in sockets])
    monkeypatch.setattr("webbrowser.open", opened.append)
    folder = shutil.copytree(desk, tmp_path / "desk")
    _, *arguments = shlex.split(line)
    named = [str(each) for word in arguments for each in (sorted(folder.glob(word)) if "*" in word else [word])]
    result = hexapla(*named, cwd=folder)
    assert result.returncode in ({0, 1} if "--fail-on" in arguments else {0}), result.stderr
    assert bool(opened) == ("--open" in arguments or (arguments[0] == "review" and "--no-browser" not in arguments))


#: The pages whose Python is run; a shelf's needs a cluster, and is run where shelves are tested.
PAGES = [ROOT / "README.md", *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.stem != "shelf")]


@pytest.mark.parametrize(
    ("name", "block"),
    [
        (page.name, block)
        for page in PAGES
        for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)
    ],
)
def test_python_of_the_documents_runs(
    name: str, block: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    names: dict[str, object] = {}
    exec(compile(block, name, "exec"), names)
    assert capsys.readouterr().out or names.keys() & {"shouting", "wiki"}
