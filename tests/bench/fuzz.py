"""Damaged files of every format: each is read, or refused in one line, in time and memory in proportion.

`python -m tests.bench.fuzz 200000` damages every file so often, in an hour or two, and keeps the figures; the room
itself damages each a few hundred times. What made a reader fail is left beside the other temporary files, and its name
printed.
"""

from __future__ import annotations

import logging
import random
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from compare import read
from compare.read.filled import filled
from compare.values import InputError
from tests.bench import Figure, keep
from tests.bench.memory import peak
from tests.planting.damage import FILES, damaged

#: How often each file is damaged, CPU seconds that a damaged one may take, and MB that reading them all may hold.
_TIMES, _PATIENCE, _MEMORY = 300, 5.0, 1000


def failure(path: Path) -> str:
    """Read a text, a worklist that came back, or the work that a file is a part of; return how the reader failed.

    "" where it read the file or refused it in one line, and not too late.
    """
    began = time.process_time()
    try:
        if path.stem == "worklist":
            filled(path)
        else:
            read.load(path if path.stem == FILES.name else path.parent)
    except InputError as refused:
        if len(str(refused).splitlines()) > 1:
            return "refused in several lines"
    except Exception as trouble:
        return f"{type(trouble).__name__}: {trouble}"
    took = time.process_time() - began
    return f"took {took:.1f} s" if took > _PATIENCE else ""


def bench(times: int = _TIMES, seed: int = 1) -> Iterator[Figure]:
    """Damage every file so often, the smallest first, or until the keyboard interrupts."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    there, failed = Path(tempfile.mkdtemp(prefix="hexapla-fuzz-")), 0
    shutil.copytree(FILES, there, dirs_exist_ok=True)
    for path in sorted(there.iterdir(), key=lambda path: path.stat().st_size):
        whole, dice = path.read_bytes(), random.Random(f"{path.name} {seed}")
        count, slowest = 0, 0.0
        with suppress(KeyboardInterrupt):
            while count < times:
                path.write_bytes(damaged(whole, dice))
                began = time.process_time()
                trouble = failure(path)
                slowest = max(slowest, time.process_time() - began)
                count += 1
                if trouble:
                    failed += 1
                    kept = shutil.copy(path, there.with_name(f"{there.name}-{failed}-{path.name}"))
                    print(f"{kept}: {trouble[:200]}", flush=True)
        path.write_bytes(whole)
        yield Figure(f"{path.name}: times damaged", count)
        yield Figure(f"{path.name}: the slowest", slowest, _PATIENCE, "lower", unit=" s")
        if count < times:
            break
    shutil.rmtree(there)
    yield Figure("that a reader failed on", failed, 0, "lower")
    yield Figure("memory at most", peak() * 1000, _MEMORY, "lower", unit=" MB")


if __name__ == "__main__":
    measured = []
    for figure in bench(*map(int, sys.argv[1:])):
        print(f"{figure.name}: {figure.value:g}{figure.unit}", flush=True)
        measured.append(figure)
    keep("fuzz", (__doc__ or "").partition("\n")[0], measured)
