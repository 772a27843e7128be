"""Damaged files: read, or refused in one line; `tests/bench/fuzz.py` does the same for hours."""

import random
import shutil
import time
from pathlib import Path

import pytest

from tests.bench.fuzz import failure
from tests.planting.damage import FILES, damaged

#: How often each file is damaged, some 2,000 times together.
_TIMES = 90


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path: Path, name: str) -> None:
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True)
    dice, data, path = random.Random(name), (FILES / name).read_bytes(), tmp_path / name
    for _ in range(_TIMES):
        path.write_bytes(damaged(data, dice))
        assert failure(path) == ""


@pytest.mark.parametrize("table", [r"{\f0\fcharset0" + "9" * 9_000, r"{\f0\froman" * 9_000, r"{\f0\fcharset0 " * 3_000])
def test_a_font_table_that_is_none_costs_no_time(tmp_path: Path, table: str) -> None:
    pytest.importorskip("striprtf")
    path = tmp_path / "ferry.rtf"
    path.write_text(rf"{{\rtf1{{\fonttbl{table}}} He left.}}", "ascii")
    began = time.process_time()
    assert failure(path) == ""
    assert time.process_time() - began < 2
