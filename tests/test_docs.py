"""The documentation is true: it names every command, option and check, its Python runs, its checks are generated."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import pytest
import typer

import compare
from compare import artefacts, cli
from compare.apparatus.classes import KINDS
from compare.calibration import judged
from compare.checks import all_checks
from tests.bench import FIGURES, Figure

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OFF = " **Off by default:** run where `--select` names {}."
CHECKS = ROOT / "compare" / "checks" / "README.md"


def commands() -> list[tuple[str, list[str]]]:
    """Return every command with its options."""
    group = typer.main.get_command(cli.app)
    return [
        (name, [option for parameter in command.params for option in parameter.opts if option.startswith("--")])
        for name, command in group.commands.items()  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(("name", "options"), commands())
def test_readme_names_every_command_and_option(name: str, options: list[str]) -> None:
    assert f"hexapla {name}" in README
    for option in options:
        assert re.search(rf"`{option}\b", README), f"{name} {option}"


def test_readme_names_no_option_that_is_not_there() -> None:
    known = {option for _, options in commands() for option in options} | {
        "--version",
        "--help",
        "--install-completion",
        "--show-completion",
    }
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known


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
    name: str, block: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(block, name, "exec"), names)
    assert capsys.readouterr().out or names.keys() & {"shouting", "wiki"}


def test_the_guide_to_the_apparatus_names_every_kind() -> None:
    assert ", ".join(KINDS) in (ROOT / "docs" / "how-to" / "apparatus.md").read_text("utf-8")


def test_every_page_is_in_the_site_s_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if f": {page}\n" not in contents] == []


def test_links_lead_somewhere() -> None:
    written = [page for page in (ROOT / "docs").rglob("*.md") if page.stem not in ("works", "checks")]
    for page in [ROOT / "README.md", ROOT / "texts" / "README.md", CHECKS, *written]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_list_of_checks_is_generated(request: pytest.FixtureRequest) -> None:
    lines = ["# Checks", "", "Generated from the checks' own docstrings by `pytest --update`.", ""]
    for check in all_checks():
        title, _, rest = inspect.cleandoc(check.doc).partition("\n")
        lines += [
            f"## {check.code} {title.rstrip('.')}",
            "",
            f"MQM: {check.mqm}. Reported from an own score of {check.threshold:g}. {judged(check.code)}".rstrip()
            + ("" if check.default else OFF.format(check.code)),
            "",
        ]
        # An example goes on where a line is indented further than its dash; every part is a paragraph of its own.
        rest = re.sub(r"^( *)- (.*(?:\n\1 +(?!- ).*)*)", lambda m: f"- `{' '.join(m[2].split())}`", rest, flags=re.M)
        rest = re.sub(r"\n*^(Wrong|Fine|Score|Source):", r"\n\n**\1:**", rest, flags=re.M)
        lines += [*rest.strip().splitlines(), ""]
    page = "\n".join(lines)
    if request.config.getoption("--update"):
        CHECKS.write_text(page, encoding="utf-8")
    assert CHECKS.read_text(encoding="utf-8") == page


def test_measured_figures_are_the_manifest_s(request: pytest.FixtureRequest) -> None:
    figures = artefacts.manifest()["cells.json"]["figures"]
    settings = {"so": "source and other versions", "s": "source alone", "o": "other versions alone"}
    works = dict.fromkeys(name.partition(",")[0] for name in figures if name.endswith(", so: AUROC"))
    lines = [f"| work | {' | '.join(settings.values())} |", "|---|---|---|---|"]
    lines += [
        f"| {work} | " + " | ".join(f"{figures[f'{work}, {setting}: AUROC']:.2f}" for setting in settings) + " |"
        for work in works
    ]
    marks = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = marks.sub(lambda match: match[1] + "\n".join([*lines, ""]) + match[2], page)
    assert lines[2] in wanted
    if request.config.getoption("--update"):
        (ROOT / "README.md").write_text(wanted, encoding="utf-8")
        page = wanted
    assert page == wanted


def test_the_version_is_the_changelog_s_newest_release_and_the_one_that_is_cited() -> None:
    releases = re.findall(r"^## (\S+) · (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    citation = dict(re.findall(r"^(version|date-released): (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.M))
    assert releases[0] == (compare.__version__, citation["date-released"])
    assert citation["version"] == compare.__version__
    assert [date for _, date in releases] == sorted((date for _, date in releases), reverse=True)


_HEAD = """\
# Measurements

Generated from what `make bench` kept in `tests/bench/figures`; none is typed by hand. Each room says the day and the
commit that it was measured on. *Target*: what the program is held to; **no**: what falls short of it. *Peers*: other
programs on the same data. How well the risk of a cell ranks errors is in the
[README](../README.md#what-is-measured).
"""


def test_measurements_are_those_that_the_benchmark_kept(request: pytest.FixtureRequest) -> None:
    lines = [_HEAD]
    for path in sorted(FIGURES.glob("*.json")):
        room = json.loads(path.read_text("utf-8"))
        lines += [
            f"## {path.stem.capitalize()}",
            "",
            room["title"],
            "",
            f"{room['date']}, commit {room['commit']}.",
            "",
        ]
        lines += ["| figure | ours | target | met | peers |", "|---|--:|--:|---|---|"]
        lines += [_measured(Figure(**each)) for each in room["figures"]] + [""]
    text = "\n".join(lines)
    page = ROOT / "docs" / "measurements.md"
    if request.config.getoption("--update"):
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text


def _measured(figure: Figure) -> str:
    target = (
        "" if figure.target is None else f"{'≥' if figure.better == 'higher' else '≤'} {figure.target:g}{figure.unit}"
    )
    met = "" if figure.target is None else "yes" if figure.holds else "**no**"
    peers = ", ".join(f"{name} {value:.4g}" for name, value in figure.peers.items())
    return f"| {figure.name} | {figure.value:.4g}{figure.unit} | {target} | {met} | {peers} |"


def test_nothing_is_written_in_words_that_are_not_to_be_used() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Words\n")[1].split("\n## ")[0]
    turns = re.compile(rf"\b(?:{'|'.join(re.findall(r'`([^`]+)`', section))})\b", re.I)
    documents = [page for page in ROOT.glob("*.md") if page.name not in ("CONTRIBUTING.md", "CHANGELOG.md")]
    code = [file for file in (ROOT / "compare").rglob("*.py") if "lang" not in file.parts]
    written = [*documents, *(ROOT / "docs").rglob("*.md"), ROOT / "texts" / "README.md", CHECKS, *code]
    assert turns.search("This is told in one line.")
    assert [
        f"{file.relative_to(ROOT)}: {found[0]}" for file in written for found in turns.finditer(file.read_text("utf-8"))
    ] == []
