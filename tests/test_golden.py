"""The tiny work, from its folder to every format; `pytest --update` writes the golden files anew.

The txt is the one to read. Decimals may differ a little from machine to machine, and nothing else may.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compare import load, report, write
from compare.values import Report

GOLDEN = Path(__file__).parent / "golden"

_DECIMAL = re.compile(r"\d+\.\d+")


@pytest.fixture(scope="module")
def tiny() -> Report:
    return report(load(GOLDEN / "tiny"))


@pytest.mark.parametrize("format", ["txt", "json", "html"])
def test_the_tiny_work_gives_the_golden_report(tiny: Report, format: str, update: bool) -> None:
    golden = GOLDEN / f"tiny.{format}"
    written = write.render(tiny, format).decode()
    if update:
        golden.write_bytes(written.encode())
    expected = golden.read_bytes().decode()
    told = f"{golden.name} differs; if it should, run `pytest {Path(__file__).name} --update` and read the difference"
    assert _DECIMAL.sub("0.0", written) == _DECIMAL.sub("0.0", expected), told
    decimals = [[float(number) for number in _DECIMAL.findall(text)] for text in (written, expected)]
    assert decimals[0] == pytest.approx(decimals[1], abs=0.02), told
