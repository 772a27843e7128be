"""The documentation is true: it names every command, option and check, its Python runs, its checks are generated."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
import typer

from compare import artefacts, cli
from compare.agreement import judged
from compare.checks import all_checks

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


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_readme_python_runs(block: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "texts" / "README.md", CHECKS]:
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
