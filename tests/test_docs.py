"""The documentation is true: it names every command, option and check, its Python runs, its checks are generated."""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import replace
from pathlib import Path
from textwrap import shorten

import pytest
import typer

import compare
from compare import artefacts, cli
from compare.analysis import Analysis
from compare.apparatus.classes import KINDS
from compare.calibration import judged
from compare.checks import Check, all_checks, run
from compare.values import SEVERITIES
from compare.write.md import escape
from compare.write.phrasing import FAMILIES
from tests import test_checks
from tests.bench import FIGURES, Figure
from tests.marks import gold

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


#: Where editors' marks of findings are kept, the last read first.
_MARKED = ("read.tsv", "findings.tsv")
_CATALOGUE = """\
# Checks

Generated from the checks' own docstrings by `pytest --update`. In an example ` | ` stands between versions and ` // `
between rows; `[[` and `]]` enclose what is reported. *Score* is the check's own measure: what reaches the threshold is
reported, with the probability that an editor would agree. *Read by an editor* counts
what was said of findings on published translations; *read as wrong* quotes false alarms among them, with the reason;
some have been mended since.
"""


def test_list_of_checks_is_generated(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    lines = [_CATALOGUE]
    for letters, family in FAMILIES.items():
        lines += [f"## {family.capitalize()}", ""]
        lines += [line for check in all_checks() if check.code.startswith(letters) for line in _entry(check, tmp_path)]
    page = "\n".join(lines)
    if request.config.getoption("--update"):
        CHECKS.write_text(page, encoding="utf-8")
    assert CHECKS.read_text(encoding="utf-8") == page


def _entry(check: Check, folder: Path) -> list[str]:
    """Lay out a check: what it reports, how grave that is, examples, and false alarms that editors met."""
    title, _, rest = inspect.cleandoc(check.doc).partition("\n")
    severities = ", ".join(_severities(check, folder))
    said = f"MQM: {check.mqm}. Severity: {severities}. Threshold: {check.threshold:g}."
    # An example goes on where a line is indented further than its dash; every part is a paragraph of its own.
    rest = re.sub(r"^( *)- (.*(?:\n\1 +(?!- ).*)*)", lambda m: f"- `{' '.join(m[2].split())}`", rest, flags=re.M)
    rest = re.sub(r"\n*^(Wrong|Fine):", r"\n\n**\1:**\n", rest, flags=re.M)
    rest = re.sub(r"\n*^(Score|Source):", r"\n\n**\1:**", rest, flags=re.M)
    alarms = {
        line["why"]: f"“{escape(shorten(line['quote'], 60, placeholder=' …'))}” ({escape(line['why'])})"
        for line in _read(check)
        if line["mark"] == "wrong"
    }
    return [
        f"### {check.code} {title.rstrip('.')}",
        "",
        f"{said} {judged(check.code)}".rstrip() + ("" if check.default else OFF.format(check.code)),
        "",
        *rest.strip().splitlines(),
        "",
        *([f"**Read as wrong:** {'; '.join(list(alarms.values())[:3])}.", ""] if alarms else []),
    ]


def _severities(check: Check, folder: Path) -> list[str]:
    """Return the severities that a check's source names, and those of what it found in its examples and for editors."""
    seen = inspect.getsource(inspect.getmodule(check.run) or compare).split('"')
    seen += [line["severity"] for line in _read(check)]
    for example in test_checks.examples(check, "Wrong"):
        collation = test_checks.collation(example)[0]
        work = replace(collation.work, rules=test_checks.rules(check, folder))
        seen += [finding.severity for _, finding in run(Analysis(replace(collation, work=work)), [check])]
    return [severity for severity in SEVERITIES if severity in seen]


def _read(check: Check) -> list[dict[str, str]]:
    """Return a check's findings that an editor marked."""
    return [line for table in _MARKED for line in gold(table) if line["check"] == check.code]


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
