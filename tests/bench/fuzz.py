"""Damaged files of every format: each is read, or refused in one line, in time and memory in proportion.

`python -m tests.bench.fuzz 300` gives every format 300 CPU seconds; the room itself gives each a few. What made a
reader fail is written beside the other temporary files, and its name printed.
"""

from __future__ import annotations

import logging
import random
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from compare import read
from compare.values import InputError
from tests.bench import Figure
from tests.planting.damage import damaged, whole

#: CPU seconds for each format, and CPU seconds that a damaged file may take.
_SECONDS, _PATIENCE = 5.0, 5.0


def failure(path: Path) -> str:
    """Read a file; return how the reader failed, "" where it read it or refused it in one line."""
    try:
        read.load(path)
    except InputError as refused:
        return "" if len(str(refused).splitlines()) == 1 else "refused in several lines"
    except Exception as trouble:
        return f"{type(trouble).__name__}: {trouble}"
    return ""


def bench(seconds: float = _SECONDS) -> Iterator[Figure]:
    """Damage files of every format for so many CPU seconds each."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    count, failed, slowest = 0, 0, 0.0
    folder = Path(tempfile.mkdtemp(prefix="hexapla-fuzz-"))
    for suffix, data in sorted(whole().items()):
        dice, began = random.Random(17), time.process_time()
        while time.process_time() - began < seconds:
            path = folder / f"damaged{suffix}"
            path.write_bytes(damaged(data, dice))
            start = time.process_time()
            trouble = failure(path)
            slowest = max(slowest, time.process_time() - start)
            count += 1
            if trouble:
                failed += 1
                kept = path.rename(folder / f"failed-{failed}{suffix}")
                print(f"{kept}: {trouble[:200]}")
    yield Figure(f"damaged files of {len(whole())} formats", count)
    yield Figure("that a reader failed on", failed, 0, "lower")
    yield Figure("seconds for the slowest", slowest, _PATIENCE, "lower")
    yield Figure("MB at the most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1024, "lower")


if __name__ == "__main__":
    for figure in bench(float(sys.argv[1]) if sys.argv[1:] else _SECONDS):
        print(f"{figure.name}: {figure.value:g}")
