"""One long work: what a report of four versions takes as the work grows, and what its page weighs.

`HEXAPLA_SCALE_VERSES` ("500 1000" unless said) names the sizes: verses of the Bible as plain text, a paragraph each,
from one book to the next. Every size is read, encoded, aligned, checked and written without a cache, in a process of
its own; times are of the processor.
"""

from __future__ import annotations

import itertools
import math
import os
import tempfile
import time
from collections.abc import Iterator

import compare
from tests.bench import Figure
from tests.bench.memory import apart, peak
from tests.data import SHARED

VERSES = [int(size) for size in os.environ.get("HEXAPLA_SCALE_VERSES", "500 1000").split()]
#: The versions that every book has, and the columns that they stand in.
_VERSIONS = {"ru": "ru-synodal", "en-asv": "en-asv", "en-bbe": "en-bbe", "en-ylt": "en-ylt"}


def bench() -> Iterator[Figure]:
    """Yield what each size takes, and how fast that grows."""
    taken = []
    for size in VERSES:
        with tempfile.TemporaryDirectory() as folder:
            rows, seconds, writing, memory, page = apart(report, size, folder)
        taken.append((rows, seconds, memory))
        subject = f"{size:,} verses"
        yield Figure(f"{subject}: rows", rows)
        yield Figure(f"{subject}: time", seconds, unit=" s")
        yield Figure(f"{subject}: of it writing", writing, unit=" s")
        yield Figure(f"{subject}: memory at most", memory, 3, "lower", unit=" GB")
        yield Figure(f"{subject}: HTML", page, 30, "lower", unit=" MB")
    (rows, seconds, memory), (more, longer, larger) = taken[0], taken[-1]
    if more > rows:
        yield Figure("exponent of time", math.log(longer / seconds) / math.log(more / rows), 1.1, "lower")
        yield Figure("MB of memory for a thousand rows more", (larger - memory) / (more - rows) * 1e6)


def report(size: int, folder: str) -> tuple[int, float, float, float, float]:
    """Report on so many verses: rows, seconds, seconds of writing, GB, MB of the page. To be run `apart`."""
    os.environ["HEXAPLA_CACHE"] = ""
    work = compare.from_texts(texts(size))
    begun = time.process_time()
    made = compare.report(work)
    checked = time.process_time()
    files = made.write(folder)
    done = time.process_time()
    page = sum(file.stat().st_size for file in files if file.suffix == ".html")
    return len(made.collation.rows), done - begun, done - checked, peak(), page / 1e6


def texts(size: int) -> dict[str, str]:
    """Return the first verses of the Bible's books, those there are, in four versions."""
    verses = list(itertools.islice(_verses(), size))
    return {version: "\n\n".join(verse[column] for verse in verses) for version, column in _VERSIONS.items()}


def _verses() -> Iterator[dict[str, str]]:
    assert SHARED is not None
    for path in sorted([*(SHARED / "bible").glob("*.tsv"), *(SHARED / "bible-more").glob("*.tsv")]):
        head, *lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        yield from (dict(zip(head, line, strict=True)) for line in lines)
