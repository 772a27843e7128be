"""Damaged files: read, or refused in one line; `tests/bench/fuzz.py` does the same for hours."""

import random
import time
from pathlib import Path

import pytest

from tests.bench.fuzz import failure
from tests.planting.damage import damaged, whole

#: How many files of a format, fewer of those that take long to open; some 2,000 together.
_MANY, _FEWER = 190, {".pdf": 5} | dict.fromkeys((".docx", ".odt", ".epub", ".html", ".fb2", ".rtf", ".txt"), 40)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("suffix", sorted(whole()))
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path: Path, suffix: str) -> None:
    dice, data, path = random.Random(suffix), whole()[suffix], tmp_path / f"a{suffix}"
    for _ in range(_FEWER.get(suffix, _MANY)):
        path.write_bytes(damaged(data, dice))
        assert failure(path) == ""


@pytest.mark.parametrize("table", [r"{\f0\fcharset0" + "9" * 9_000, r"{\f0\froman" * 9_000, r"{\f0\fcharset0 " * 3_000])
def test_a_font_table_that_is_none_costs_no_time(tmp_path: Path, table: str) -> None:
    pytest.importorskip("striprtf")
    path = tmp_path / "a.rtf"
    path.write_text(rf"{{\rtf1{{\fonttbl{table}}} He left.}}", "ascii")
    began = time.process_time()
    assert failure(path) == ""
    assert time.process_time() - began < 2
