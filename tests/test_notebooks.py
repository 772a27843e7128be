"""Every notebook is sound, answered, small, and reads well. `make notebooks` runs them."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.data import SHARED

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
#: Lines on a screen.
SCREEN = 40
#: Characters of a notebook with all its answers.
LIMIT = 400_000

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == kind]


def code(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(path)]


def said(path: Path) -> str:
    outputs = [output for cell in cells(path) for output in cell["outputs"]]
    texts = [value for output in outputs for kind, value in output.get("data", {}).items() if kind.startswith("text/")]
    return "\n".join("".join(text) for text in [*texts, *(output.get("text", "") for output in outputs)])


def test_all_are_there() -> None:
    told = "00_tour 10_alignment 15_variants 20_repeats 30_names 40_drift 50_versions 60_retranslation 70_your_own_text"
    assert [path.stem for path in NOTEBOOKS] == told.split()


@each
def test_it_is_valid(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbformat.validate(nbformat.read(path, as_version=4))


@each
def test_it_was_answered_in_order_and_without_errors(path: Path) -> None:
    assert [cell["execution_count"] for cell in cells(path)] == list(range(1, len(cells(path)) + 1))
    outputs = [output for cell in cells(path) for output in cell["outputs"]]
    assert len(outputs) >= len(cells(path)) / 2
    assert not [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]


@each
def test_it_keeps_nothing_that_changes_from_run_to_run(path: Path) -> None:
    notebook = json.loads(path.read_text("utf-8"))
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert not [cell["metadata"] for cell in notebook["cells"] if cell["metadata"]]
    assert not re.search(r"\bat 0x[0-9a-f]+|/(?:home|tmp|work|root|Users)/", path.read_text("utf-8"))
    assert len(path.read_text("utf-8")) < LIMIT


@each
def test_prose_comes_before_every_few_boxes(path: Path) -> None:
    kinds = "".join(cell["cell_type"][0] for cell in json.loads(path.read_text("utf-8"))["cells"])
    assert kinds.startswith("m")
    assert "cc" + "c" not in kinds


@each
def test_no_function_longer_than_a_screen_and_none_defined_that_belongs_in_the_package(path: Path) -> None:
    for source in code(path):
        assert len(source.splitlines()) <= SCREEN
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


@each
def test_it_links_only_to_what_is_there(path: Path) -> None:
    prose = "\n".join("".join(cell["source"]) for cell in cells(path, "markdown"))
    for link in re.findall(r"\]\((?!http)([^)]+)\)", prose):
        assert (FOLDER / link).exists(), link


@pytest.mark.skipif(SHARED is None, reason="the development data is not on this machine")
def test_it_quotes_no_more_than_a_few_words_of_texts_that_are_not_ours() -> None:
    told = " ".join(re.findall(r"\w+", said(FOLDER / "50_versions.ipynb").lower()))
    for file in sorted((SHARED / "overcoat").glob("*.txt")):  # type: ignore[operator]
        words = re.findall(r"\w+", file.read_text("utf-8").lower())
        runs = (" ".join(words[at : at + 8]) for at in range(len(words) - 8))
        assert not any(run in told for run in runs), file.name


# What the notebooks promise, done: their boxes in another folder, with other files beside them


def answers(name: str) -> list[object]:
    """Run a notebook's boxes where one stands, and return what each ends in."""
    pytest.importorskip("anywidget")
    pytest.importorskip("matplotlib")
    pytest.importorskip("pandas")
    names: dict[str, object] = {}
    found = []
    for source in code(FOLDER / f"{name}.ipynb"):
        *body, last = ast.parse(source).body
        exec(compile(ast.Module([*body, *([] if isinstance(last, ast.Expr) else [last])], []), name, "exec"), names)
        found.append(
            eval(compile(ast.Expression(last.value), name, "eval"), names) if isinstance(last, ast.Expr) else None
        )
    return found


EN = "The keeper lit the lamp at six. He had not left the cape for 11 years. Nobody came.\n"
OTHER = "At six the keeper lit the lamp. For 12 years he had not left the cape. No one came.\n"
RU = "В шесть смотритель зажёг лампу. Он не покидал мыса 11 лет. Никто не пришёл.\n"


@pytest.mark.parametrize("original", [None, RU.replace("\n", "\r\n").encode("cp1251")])
def test_two_files_of_one_s_own_end_in_a_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], original: bytes | None
) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "my-texts"
    home.mkdir()
    (home / "First Draft.txt").write_text(EN, "utf-8")
    (home / "Вторая редакция.txt").write_text(OTHER, "utf-16")
    if original:
        (home / "ru.txt").write_bytes(original)
    work, report, *_ = answers("70_your_own_text")
    assert len(work.versions) == (3 if original else 2)  # type: ignore[attr-defined]
    assert [f.places[0].text for f in report.findings.of("NUM")] == ["12"]  # type: ignore[attr-defined]
    assert (tmp_path / "my-report" / "report.html").stat().st_size > 10_000
    assert "report.html" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_wrong_input_is_one_line_in_a_notebook(name: str, tmp_path: Path) -> None:
    shell = pytest.importorskip("IPython.core.interactiveshell").InteractiveShell()
    shown: list[str] = []
    shell._showtraceback = lambda kind, error, lines: shown.extend(lines)
    (tmp_path / "empty").mkdir()
    shell.run_cell(f"import compare; compare.load({str(tmp_path / name)!r})")
    [line] = shown
    assert line.startswith(f"{tmp_path / name}: ")
