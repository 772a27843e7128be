"""Damaged files: read, or refused in one line; `tests/bench/fuzz.py` does the same for hours."""

import random
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
