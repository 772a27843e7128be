"""The documentation is true: it names every command, option and check, its Python runs, its checks are generated."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer

import compare
from compare import artefacts, cli
from compare.apparatus.classes import KINDS
from tests.bench import FIGURES, Figure
from tests.test_checks import CHECKS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


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


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.stem
)
def test_commands_stand_in_blocks_which_are_run(page: Path) -> None:
    assert not re.search(r"^ {4}hexapla ", page.read_text("utf-8"), re.M)


def test_the_guide_to_the_apparatus_names_every_kind() -> None:
    assert ", ".join(KINDS) in (ROOT / "docs" / "how-to" / "apparatus.md").read_text("utf-8")


def test_every_page_is_in_the_site_s_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if f": {page}\n" not in contents] == []


def test_links_lead_somewhere() -> None:
    written = [page for page in (ROOT / "docs").rglob("*.md") if page.stem not in ("works", "checks")]
    named = re.findall(r"`((?:compare|tests)/[\w/.-]+)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    assert [path for path in named if "xx" not in path and not (ROOT / path).exists()] == []
    for page in [ROOT / "README.md", ROOT / "texts" / "README.md", CHECKS, *written]:
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def _risks() -> str:
    """Lay out how well the risk of a cell ranks errors, from the models' manifest."""
    figures = artefacts.manifest()["cells.json"]["figures"]
    settings = {"so": "source and other versions", "s": "source alone", "o": "other versions alone"}
    works = dict.fromkeys(name.partition(",")[0] for name in figures if name.endswith(", so: AUROC"))
    lines = [f"| work | {' | '.join(settings.values())} |", "|---|---|---|---|"]
    lines += [
        f"| {work} | " + " | ".join(f"{figures[f'{work}, {setting}: AUROC']:.2f}" for setting in settings) + " |"
        for work in works
    ]
    return "\n".join([*lines, ""])


def test_measured_figures_are_the_manifest_s(request: pytest.FixtureRequest) -> None:
    marks = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    wanted = marks.sub(lambda match: match[1] + _risks() + match[2], page)
    assert _risks() in wanted
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


#: A table of some subjects of a room of the benchmark: `<!-- costs: one, another -->`, whose figures are named
#: "subject: measure".
_KEPT = re.compile(r"(<!-- (\w+): (.+) -->\n)(?:\|.*\n)*(<!-- /\2 -->)")


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))], ids=lambda p: p.stem
)
def test_figures_of_the_documents_are_those_that_the_benchmark_kept(page: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text("utf-8")
    made = _KEPT.sub(lambda match: match[1] + _subjects(match[2], match[3].split(", ")) + match[4], text)
    if request.config.getoption("--update"):
        page.write_text(made, encoding="utf-8")
    assert page.read_text("utf-8") == made


def _subjects(room: str, subjects: list[str]) -> str:
    """Lay out kept figures, a line for each subject and a column for each measure."""
    kept = [Figure(**each) for each in json.loads((FIGURES / f"{room}.json").read_text("utf-8"))["figures"]]
    cells = {tuple(figure.name.split(": ")): _rounded(figure) for figure in kept if ": " in figure.name}
    measures = dict.fromkeys(measure for subject, measure in cells if subject in subjects)
    lines = [f"| | {' | '.join(measures)} |", "|---|" + "--:|" * len(measures)]
    for subject in subjects:
        lines.append(f"| {subject} | " + " | ".join(cells.get((subject, measure), "") for measure in measures) + " |")
    return "\n".join([*lines, ""])


def _rounded(figure: Figure) -> str:
    """Write a count in full, and what was measured in two digits."""
    if not figure.unit:
        return f"{figure.value:,.0f}"
    return f"{float(f'{figure.value:.2g}'):,g}{figure.unit}"


_HEAD = """\
# Measurements

Generated from what `make bench` kept in `tests/bench/figures`; none is typed by hand. Each room says the day and the
commit that it was measured on. *Target*: what the program is held to; **no**: what falls short of it. *Peers*: other
programs on the same data.

## Risk

How well the risk of a cell ranks errors of meaning, on works that the model had not seen: the area under the ROC curve
(0.5 is chance, 1 is perfect).

"""


def test_measurements_are_those_that_the_benchmark_kept(request: pytest.FixtureRequest) -> None:
    lines = [_HEAD + _risks()]
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
    value = f"{figure.value:,.0f}" if figure.value >= 10_000 else f"{figure.value:.4g}"
    return f"| {figure.name} | {value}{figure.unit} | {target} | {met} | {peers} |"


def test_nothing_is_written_in_words_that_are_not_to_be_used() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Words\n")[1].split("\n## ")[0]
    turns = re.compile(rf"\b(?:{'|'.join(re.findall(r'`([^`]+)`', section))})\b", re.I)
    documents = [page for page in ROOT.glob("*.md") if page.name not in ("CONTRIBUTING.md", "CHANGELOG.md")]
    code = [file for file in (ROOT / "compare").rglob("*.py") if "lang" not in file.parts]
    pages = [file for suffix in ("html", "js") for file in (ROOT / "compare" / "write" / "assets").rglob(f"*.{suffix}")]
    guides = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "texts").rglob("*.md"), *(ROOT / "notebooks").glob("*.ipynb")]
    assert turns.search("This is told in one line.")
    assert [
        f"{file.relative_to(ROOT)}: {found[0]}"
        for file in [*documents, *guides, CHECKS, *pages, *code]
        for found in turns.finditer(_prose(file))
    ] == []


def _prose(file: Path) -> str:
    """Return what a file says: all of it, or of a notebook the prose between its boxes."""
    text = file.read_text("utf-8")
    if file.suffix != ".ipynb":
        return text
    return "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown")
