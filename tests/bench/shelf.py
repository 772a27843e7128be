"""The shelf: what processes and Dask gain, whether time and memory stay flat, and shared passages at scale.

`HEXAPLA_SHELF_WORKS` (100 unless said) and `HEXAPLA_SHELF_SENTENCES` (100,000) set the sizes; the figures of the guide
are of 1,000 and 1,000,000.
"""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compare import shelf
from compare.shelf import execution, groups, partitions, record, sharing, storage, tables
from compare.shelf.works import Listed
from tests.bench import Figure
from tests.bench.memory import apart, peak
from tests.data import SHARED

WORKS = int(os.environ.get("HEXAPLA_SHELF_WORKS", "100"))
SENTENCES = int(os.environ.get("HEXAPLA_SHELF_SENTENCES", "100000"))
#: Verses of a work, sentences of a synthetic one, and of a planted passage; the share of its words that are changed.
VERSES, LONG, PLANTED, CHANGED = 5, 500, 3, 0.1
SEED = 18


def bench() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        yield from _processes(folder)
    yield from _many_tasks()
    with tempfile.TemporaryDirectory() as place:
        yield from passages(Path(place))


# ---- works ----


def stock(folder: Path, number: int) -> Path:
    """Make works of some verses each out of chapters of the Bible, in Russian and English versions."""
    assert SHARED is not None
    folder.mkdir(parents=True)
    made = 0
    for path in sorted([*(SHARED / "bible").glob("*.tsv"), *(SHARED / "bible-more").glob("*.tsv")]):
        head, *lines = path.read_text("utf-8").splitlines()
        for at in range(0, len(lines) - VERSES, VERSES):
            (folder / f"{path.stem}-{at:05}.tsv").write_text("\n".join([head, *lines[at : at + VERSES], ""]), "utf-8")
            made += 1
            if made == number:
                return folder
    return folder


def _processes(folder: Path) -> Iterator[Figure]:
    from dask.distributed import Client, LocalCluster

    texts = stock(folder / "texts", WORKS)
    few = stock(folder / "few", max(WORKS // 10, 10))
    walls = {}
    for name, client, workers in (("warm", None, 1), ("two", None, 2), ("one", None, 1)):
        walls[name] = _wall(texts if name != "warm" else few, folder / name, client, workers)
    _fresh(folder / "dask")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        walls["dask"] = _wall(texts, folder / "dask", client, None)
    yield Figure("two processes against one", walls["one"] / walls["two"], 1.7, unit="×")
    yield Figure(
        "LocalCluster of two against two processes, time", walls["dask"] / walls["two"], 1.15, "lower", unit="×"
    )
    small, large = (apart(cost, where, folder / f"cost-{where.name}") for where in (few, texts))
    yield Figure("CPU seconds a work", large[0] / WORKS)
    per_work = (large[0] - small[0]) / (WORKS - max(WORKS // 10, 10)) / (small[0] / max(WORKS // 10, 10))
    yield Figure("CPU of a further work against the first ones'", per_work, 1.1, "lower", unit="×")
    yield Figure("memory of a worker, GB", large[1])
    yield Figure("memory of a worker against a tenth of the works", large[1] / small[1], 1.2, "lower", unit="×")


def _fresh(out: Path) -> None:
    """Give a run, and the workers that it starts, a cache of its own: another run's would answer for it."""
    os.environ["HEXAPLA_CACHE"] = str(out.with_name(f"{out.name} cache"))


def _wall(texts: Path, out: Path, client: Any, workers: int | None) -> float:
    _fresh(out)
    began = time.perf_counter()
    shelf.report(texts, out, client=client, workers=workers)
    took = time.perf_counter() - began
    shutil.rmtree(out)
    return took


def cost(texts: Path, out: Path) -> tuple[float, float]:
    """Return the CPU seconds of a run on one process, and the memory that its worker came to, in GB."""
    _fresh(out)
    shelf.report(texts, out, workers=1)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime + own.ru_utime + own.ru_stime, used.ru_maxrss / 1e6


# ---- the graph ----


def nothing(number: int) -> int:
    """Do what a tiny work does at least."""
    return number


def _many_tasks(number: int = 100_000) -> Iterator[Figure]:
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        pool = execution.on(client)
        most, before, began = 0, peak(), time.perf_counter()
        for done, _ in enumerate(execution.run(pool, nothing, ((n,) for n in range(number)))):
            if done % 100 == 0:
                most = max(most, len(cluster.scheduler.tasks))
        yield Figure("tasks that the scheduler holds, of 100,000", most, 100, "lower")
        yield Figure("client memory that 100,000 tasks take, GB", peak() - before, 0.2, "lower")
        yield Figure("milliseconds a task", 1000 * (time.perf_counter() - began) / number)


# ---- shared passages ----


def _sentences(number: int, chance: random.Random) -> Iterator[list[str]]:
    """Make sentences by the pairs of words of the Bible in English: like text, with its formulas, and all different."""
    assert SHARED is not None
    follow: dict[str, list[str]] = defaultdict(list)
    for path in sorted((SHARED / "bible").glob("*.tsv")):
        head, *lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        for line in lines:
            words = line[head.index("en-asv")].split()
            for one, other in itertools.pairwise(words):
                follow[one].append(other)
    begins = sorted(follow)
    word = chance.choice(begins)
    for _ in range(number):
        made = []
        for _ in range(chance.randint(12, 28)):
            made.append(word.strip(".,;:"))
            word = chance.choice(follow.get(word) or begins)
        yield made


def passages(folder: Path) -> Iterator[Figure]:
    chance = random.Random(SEED)
    source = _sentences(SENTENCES, chance)
    works = [list(itertools.islice(source, LONG)) for _ in range(SENTENCES // LONG)]
    rare = sorted({word for work in works[:3] for sentence in work for word in sentence})
    planted = []
    for _ in range(max(200, SENTENCES // 1000)):
        one, other = chance.sample(range(len(works)), 2)
        begin, at = chance.randrange(LONG - PLANTED), chance.randrange(LONG)
        copy = [
            [chance.choice(rare) if chance.random() < CHANGED else word for word in sentence]
            for sentence in works[one][begin : begin + PLANTED]
        ]
        works[other][at:at] = copy
        planted.append((one, works[one][begin + 1], other, copy[1]))
    order = record.Order(str(folder))
    listed = [Listed(f"{number:06}", "", 1 << 16) for number in range(len(works))]
    spans: list[dict[int, tuple[int, int]]] = []
    for each, work in zip(listed, works, strict=True):
        text, where, lines = "", {}, []
        for sentence in work:
            where[id(sentence)] = (len(text), len(text) + len(" ".join(sentence)))
            lines.append((where[id(sentence)], " ".join(sentence)))
            text += lines[-1][1] + ". "
        spans.append(where)
        _keep(order, each, text, lines)
    ends = [
        (listed[one].id, spans[one][id(first)], listed[other].id, spans[other][id(second)])
        for one, first, other, second in planted
    ]
    del works
    began = time.perf_counter()
    cpu, memory, found = apart(_reduce, order, listed)
    took = time.perf_counter() - began
    recall = sum(_is_found(each, found) for each in ends) / len(ends)
    million = 1_000_000 / SENTENCES
    yield Figure("planted passages found", recall, 0.98)
    yield Figure("minutes of CPU for a million sentences", cpu / 60 * million, 10, "lower", peers=_datasketch(folder))
    yield Figure("minutes by the clock, this run", took / 60)
    yield Figure("memory, GB", memory, 3.0, "lower")
    yield Figure("passages found for each planted", len(found) / len(ends))


def _keep(order: record.Order, listed: Listed, text: str, lines: list[tuple[tuple[int, int], str]]) -> None:
    rows = [
        {"row": number, "version": "en", "start": start, "end": end, "text": words, "confidence": 1.0}
        for number, ((start, end), words) in enumerate(lines, start=1)
    ]
    version = {"version": "en", "lang": "en", "role": "translation", "title": "", "translator": "", "year": ""}
    made = {"versions": [{**version, "words": len(text.split()), "text": text}], "rows": rows}
    content = tables.to_record("x", record._line(listed, reason="", signature="", warnings=[]), made)
    storage.write(storage.join(record.address(order, listed.id), record.NAME), content)


def _reduce(order: record.Order, listed: list[Listed]) -> tuple[float, float, list[dict[str, Any]]]:
    """Run the stages in this process; return CPU seconds, GB at most, and the passages."""
    began = time.process_time()
    parts = partitions.number_of(listed)
    for number, (first, group) in enumerate(groups.groups(listed)):
        groups.gather(number, first, group, order, parts)
    for part in range(parts):
        sharing.link(part, order, parts)
    for part in range(parts):
        sharing.share(part, order)
    took, memory = time.process_time() - began, peak()
    return took, memory, shelf.table(order.out, "shared").to_pylist()


def _is_found(planted: tuple[Any, ...], found: list[dict[str, Any]]) -> bool:
    """Tell whether a passage covers the middle of a planted one in both works."""
    one, first, other, second = planted
    (a, here), (b, there) = sorted([(one, first), (other, second)])
    at = bisect_right(found, (a, b), key=lambda line: (line["work_a"], line["work_b"]))
    sides = (line for line in reversed(found[:at]) if line["work_a"] == a and line["work_b"] == b)
    return any(
        line["start_a"] < here[1]
        and here[0] < line["end_a"]
        and line["start_b"] < there[1]
        and there[0] < line["end_b"]
        for line in sides
    )


def _datasketch(folder: Path, number: int = 5000) -> dict[str, float]:
    """Return the minutes of CPU that datasketch's MinHash and LSH take for as many sentences, by a sample."""
    from datasketch import MinHash, MinHashLSH

    began = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for at, sentence in enumerate(_sentences(number, random.Random(SEED))):
        made = MinHash(num_perm=128)
        made.update_batch([" ".join(sentence[i : i + 3]).encode() for i in range(len(sentence) - 2)])
        index.query(made)
        index.insert(str(at), made)
    return {"datasketch": (time.process_time() - began) / number * 1_000_000 / 60}
