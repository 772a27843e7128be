"""What goes wrong inside is one line, a file of details and exit code 3; 1 means findings."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from compare import cli, read


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, trouble: BaseException | None) -> int:
    def fails(*_: object, **__: object) -> None:
        assert trouble is not None
        raise trouble

    if trouble is not None:
        monkeypatch.setattr(read, "from_table", fails)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(sys, "argv", ["hexapla", "report", "--rows", "rows.tsv"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("trouble", [KeyError("s_level"), RecursionError("too\ndeep"), ValueError("x" * 1000)])
def test_a_fault_is_one_line_and_its_details_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], trouble: Exception
) -> None:
    assert run(monkeypatch, tmp_path, trouble) == 3
    out, err = capsys.readouterr()
    (file,) = tmp_path.glob("hexapla-*.log")
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"hexapla: a fault of the program, {type(trouble).__name__}")
    assert err.endswith(f"{file}\n")
    written = file.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "rows.tsv" in written
    assert str(trouble) in written


def test_details_that_cannot_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, tmp_path / "lacking", KeyError("x")) == 3
    assert "could not be written" in capsys.readouterr().err


def test_interrupted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, tmp_path, KeyboardInterrupt()) == 130
    assert "Traceback" not in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
