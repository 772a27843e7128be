"""Time and memory of a report: the first, the second, one after a word is edited; by stage, and as the work grows.

Processor times are of all threads, in processes of their own, so that neighbours on the machine change little; what is
compared with encoding alone is encoded in the same run.
"""

from __future__ import annotations

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import compare
from compare.encode import get
from compare.segment import sentences
from compare.words import plain
from tests.bench import Figure
from tests.bench.memory import apart, peak
from tests.data import SHARED

#: What parts of the novel are measured for growth; the last one is the whole.
SHARES = (0.25, 0.5, 1.0)
#: The share of a run from which on a stage is listed.
_STAGE = 0.03


def bench() -> Iterator[Figure]:
    assert SHARED is not None
    yield Figure("import compare", _command("-c", "import compare"), 0.15, "lower", unit=" s")
    yield Figure("hexapla --help", _command("-m", "compare.cli", "--help"), 0.15, "lower", unit=" s")
    texts = Path(__file__).parents[2] / "texts" / "karabakh-1920"
    with tempfile.TemporaryDirectory() as made:
        there = Path(made)
        first, second = (apart(report, texts, there / "article")[0]["whole"] for _ in range(2))
        yield Figure("an article, first run", first, 6, "lower", unit=" s")
        yield Figure("an article, second run", second, 2, "lower", unit=" s")
        yield from novel(SHARED / "nest", there, SHARES)


def novel(folder: Path, there: Path, shares: tuple[float, ...]) -> Iterator[Figure]:
    """Measure parts of a work in a folder that may be written to; the last part also again, and edited."""
    took = []
    for share in shares:
        part = _part(folder, there / f"{share:g}", share)
        stages, held = apart(report, part, there / f"cache {share:g}")
        took.append(stages["whole"])
    alone = apart(encode, part)
    yield Figure("encoding alone", alone, unit=" s")
    yield Figure("a novel, first run, against encoding alone", took[-1] / alone, 3, "lower", unit=" ×")
    for stage, seconds in sorted(stages.items(), key=lambda each: -each[1]):
        if stage != "whole" and seconds > _STAGE * took[-1]:
            yield Figure(f"of this from “{stage}” on", seconds / took[-1])
    yield Figure("a novel, first run, memory at most", held * 1000, 900, "lower", unit=" MB")
    growth = math.log(took[-1] / took[0]) / math.log(shares[-1] / shares[0]) if len(took) > 1 else math.nan
    yield Figure("exponent of growth", growth, 1.1, "lower")
    one, two = (waited(there / f"{shares[0]:g}", there / f"cores {n}", n) for n in (1, 2))
    yield Figure("two cores against one, by the clock", two / one, 0.7, "lower", unit=" ×")
    cache = there / f"cache {shares[-1]:g}"
    yield Figure("again, as against encoding", apart(report, part, cache)[0]["whole"] / alone, 0.6, "lower", unit=" ×")
    edited = min(file for file in part.glob("en-*.txt"))
    text = edited.read_text("utf-8")
    middle = text.index(" the ", len(text) // 2)
    edited.write_text(f"{text[:middle]} this {text[middle + 5 :]}", "utf-8")
    yield Figure("after a word is edited", apart(report, part, cache)[0]["whole"], 3, "lower", unit=" s")


def report(folder: Path, cache: Path) -> tuple[dict[str, float], float]:
    """Report on a work: seconds from each word of progress on, and GB held at most. To be run `apart`."""
    os.environ["HEXAPLA_CACHE"] = str(cache)
    begun = last = time.process_time()
    running = "reading"
    stages: defaultdict[str, float] = defaultdict(float)

    def tell(stage: str, _: float) -> None:
        nonlocal last, running
        now = time.process_time()
        stages[running] += now - last
        running, last = stage, now

    compare.report(compare.load(folder), progress=tell)
    stages["whole"] = time.process_time() - begun
    return dict(stages), peak()


def waited(folder: Path, cache: Path, cores: int) -> float:
    """Report on a work on so many cores, as a user would; seconds by the clock. Wants a machine that does no more."""
    some = sorted(os.sched_getaffinity(0))[:cores]
    program = f"import os, compare; os.sched_setaffinity(0, {some}); compare.report(compare.load({str(folder)!r}))"
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, "HEXAPLA_CACHE": str(cache)})
    return time.monotonic() - begun


def encode(folder: Path) -> float:
    """Encode every sentence of a work once, without a cache; seconds of processor time. To be run `apart`."""
    os.environ["HEXAPLA_CACHE"] = ""
    work = compare.load(folder)
    texts = [[plain(s.of(v.text)) for s in sentences(v.text, v.lang)] for v in work.versions]
    encoder, begun = get(), time.process_time()
    for some in texts:
        encoder.encode(some)
    return time.process_time() - begun


def _part(folder: Path, to: Path, share: float) -> Path:
    """Copy the beginning of each version, to the end of a paragraph."""
    to.mkdir()
    for file in folder.glob("*.txt"):
        text = file.read_text("utf-8")
        stop = text.rfind("\n\n", 0, int(len(text) * share)) if share < 1 else len(text)
        (to / file.name).write_text(text[:stop], "utf-8")
    return to


def _command(*arguments: str) -> float:
    """Return the processor time of a second run of Python, in seconds: the first one may have to compile."""
    took = 0.0
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took
