"""What a report and a shelf cost, by processor time, memory and room on disk: the figures that the documents name.

A figure is named "subject: measure"; the documents show some of the subjects as a table. All are of one core, and
neighbours on the machine change little.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from statistics import mean

from packaging.requirements import Requirement

import compare
from compare.words import count
from tests.bench import Figure, shelf
from tests.bench.memory import apart
from tests.data import SHARED

_ROOT = Path(__file__).parents[2]
#: Works of a shelf: what one more costs is told from few and many.
_FEW, _MANY = 20, 80


def bench() -> Iterator[Figure]:
    """Yield what the program, two works, and a shelf take."""
    assert SHARED is not None
    yield Figure("Hexapla: wheel", _packed() / 1e6, unit=" MB")
    yield Figure("Hexapla: with all that it needs", _needed("hexapla", set()) / 1e6, unit=" MB")
    yield from _report("«Шинель»", _ROOT / "texts" / "overcoat")
    yield from _report("«Дворянское гнездо»", SHARED / "nest")
    yield from _shelf()


def _packed() -> int:
    """Return how many bytes the package's files have as a wheel."""
    listed = subprocess.run(["git", "ls-files", "-z", "compare"], cwd=_ROOT, capture_output=True, text=True, check=True)
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in filter(None, listed.stdout.split("\0")):
            archive.write(_ROOT / name, name)
    return len(wheel.getvalue())


def _needed(name: str, known: set[str]) -> int:
    """Return how many bytes a package and what it depends on have, without what is known already."""
    if name in known:
        return 0
    known.add(name)
    installed = metadata.distribution(name)
    required = [Requirement(line) for line in installed.requires or ()]
    files = [Path(str(file.locate())) for file in installed.files or ()]
    return sum(file.stat().st_size for file in files if file.exists()) + sum(
        _needed(each.name, known) for each in required if each.marker is None or each.marker.evaluate({"extra": ""})
    )


def _report(subject: str, folder: Path) -> Iterator[Figure]:
    """Report on a work by the command, and once more."""
    texts = [version.text for version in compare.load(folder).versions if version.lang == "en"]
    yield Figure(f"{subject}: words of a version", mean(count(text) for text in texts))
    with tempfile.TemporaryDirectory() as out:
        environment = os.environ | {"HEXAPLA_CACHE": f"{out}/cache"}
        for measure in ("time", "again"):
            command = [sys.executable, "-m", "compare.cli", "report", str(folder), "--out", out, "--quiet"]
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(process.pid, 0)
            assert status == 0
            if measure == "time":
                rows = json.loads(Path(out, "report.json").read_text("utf-8"))["rows"]
                yield Figure(f"{subject}: rows", len(rows))
                yield Figure(f"{subject}: memory", used.ru_maxrss / 1e6, unit=" GB")
            yield Figure(f"{subject}: {measure}", used.ru_utime + used.ru_stime, unit=" s")


def _shelf() -> Iterator[Figure]:
    """Check small works, and find passages that made works share."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, many = (shelf.stock(folder / f"{number}", number) for number in (_FEW, _MANY))
        start, _ = apart(shelf.cost, few, folder / "out few")
        whole, memory = apart(shelf.cost, many, folder / "out many")
        sizes = {suffix: _size(folder / "out many", suffix) / _MANY for suffix in ("html", "json", "parquet")}
        words = mean(count(file.read_text("utf-8")) for file in many.iterdir())
    work = (whole - start) / (_MANY - _FEW)
    small, million, every = "a small work of four versions", "a million such works", sum(sizes.values())
    yield Figure(f"{small}: words in all", words)
    yield Figure(f"{small}: time", work, unit=" s")
    yield Figure(f"{small}: on disk", every / 1e3, unit=" KB")
    yield Figure(f"{small}: without HTML", (every - sizes["html"]) / 1e3, unit=" KB")
    yield Figure(f"{million}: time", work * 1e6 / 3600, unit=" h")
    yield Figure(f"{million}: on disk", every / 1e3, unit=" GB")
    yield Figure(f"{million}: without HTML", (every - sizes["html"]) / 1e3, unit=" GB")
    yield Figure("a worker: time", start - _FEW * work, unit=" s")
    yield Figure("a worker: memory", memory, unit=" GB")
    with tempfile.TemporaryDirectory() as name:
        found = {figure.name: figure.value for figure in shelf.passages(Path(name))}
    subject = "shared passages of a million sentences"
    yield Figure(f"{subject}: time", found["minutes of CPU for a million sentences"], unit=" min")


def _size(folder: Path, suffix: str) -> int:
    """Return how many bytes the reports and records of works have, by suffix."""
    return sum(file.stat().st_size for file in folder.glob(f"works/*/*.{suffix}"))
