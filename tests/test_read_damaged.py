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


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("rtf", r"{\rtf1{\fonttbl{\f0\fcharset0" + "9" * 9_000 + "}} He left.}"),
        ("rtf", r"{\rtf1{\fonttbl" + r"{\f0\froman" * 9_000 + "}} He left.}"),
        ("rtf", r"{\rtf1{\fonttbl" + r"{\f0\fcharset0 " * 3_000 + "}} He left.}"),
        ("csv", ";".join(map(str, range(50_000)))),
        ("csv", ";" * 990 + "a\n" + "b\n" * 50_000),
        ("tmx", "<tmx><tu>" + "<tuv lang='en'><seg>a</seg></tuv>" * 9_000 + "</tu></tmx>"),
        ("xml", "<TEI><p><app>" + "<rdg wit='A'>a</rdg>" * 9_000 + "</app></p></TEI>"),
    ],
)
def test_what_is_much_alike_takes_time_in_proportion(tmp_path: Path, suffix: str, content: str) -> None:
    path = tmp_path / f"ferry.{suffix}"
    path.write_text(content, "utf-8")
    began = time.process_time()
    assert failure(path) == ""
    assert time.process_time() - began < 2
