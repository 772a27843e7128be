"""The benchmark's command: what it says of wrong words, what it keeps, and which room falls short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import bench
from tests.bench import Figure, __main__, names

FIGURES = (
    Figure("right", 0.5, 0.6, peers={"rival": 0.4}, interval=(0.4, 0.6)),
    Figure("time", 2, 3, "lower", unit=" s"),
)


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the room of names measure two figures at once, and nothing be written into the repository."""

    def measured() -> Iterator[Figure]:
        yield from FIGURES

    monkeypatch.setattr(names, "bench", measured)
    monkeypatch.setattr(__main__, "SHARED", tmp_path)
    monkeypatch.setattr(bench, "FIGURES", tmp_path / "figures")


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["names", "nowhere"], 2), (["--nothing"], 2)])
def test_help_and_wrong_words_list_the_rooms(words: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        __main__.main(words)
    assert left.value.code == code
    said = capsys.readouterr()
    if code:
        assert ("no such room: nowhere; there are alignment, " in said.err) == ("nowhere" in words)
    else:
        assert "by default every room: alignment, " in said.out


def test_a_room_that_falls_short_is_marked_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["--keep", "names"]) == 1
    short, met = (line for line in capsys.readouterr().out.splitlines() if "≥" in line or "≤" in line)
    assert "0.5 (0.4 to 0.6)" in short
    assert "SHORT" in short
    assert "rival 0.4" in short
    assert "ok" in met
    kept = json.loads((tmp_path / "figures" / "names.json").read_text("utf-8"))
    assert [Figure(**each).name for each in kept["figures"]] == ["right", "time"]


def test_without_the_data_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(__main__, "SHARED", None)
    assert __main__.main([]) == 2


def test_every_module_measures_or_serves_others() -> None:
    files = {path.stem for path in Path(bench.__file__).parent.glob("[a-z]*.py")}
    measuring = {
        name for name in files if "\ndef bench(" in (Path(bench.__file__).parent / f"{name}.py").read_text("utf-8")
    }
    assert files - measuring == __main__.SERVING
