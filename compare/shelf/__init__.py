"""The shelf: every work under a folder checked as one alone is, and what only many works together show.

The straight line: list the works, check each (`record`), lay their records out as tables (`groups`), reduce these by
way of files cut into `partitions` to what works share (`sharing`) and to `indexes`, write the page. Tasks run on
processes or on a Dask cluster (`execution`); all that is made lies in one folder, here or in a store (`storage`):

    index.html                              the page
    works/<work>/report.html, report.json   each work's report
    works/<work>/record.parquet             each work's record, by which a second run knows that it is done
    tables/<table>/part-00000.parquet       the tables (`compare.shelf.tables`)

- `works`: which folders and files are works
- `record`: the task of one work; `memory`: what a worker remembers from one to the next
- `tables`: the columns of each table; `groups`: the records of some works as their part of each table
- `passages`: passages that works share, by fingerprints; `sharing`: these fingerprints linked and judged
- `indexes`: names and terms over all works
- `partitions`: files between the stages
- `execution`: processes of this machine or a cluster
- `storage`: files by address, here or in a store
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from compare.extras import need
from compare.shelf import execution, groups, indexes, partitions, record, sharing, storage, tables, works
from compare.shelf.record import Order, Summary
from compare.values import SEVERITIES, InputError, Progress

#: Works that the page lists, those first that need the most.
LISTED = 2000


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a run came to. `ranked`: the works that need the most, `LISTED` at most; the rest is in the tables."""

    out: str
    works: int
    done: int
    """Works whose record was there already."""
    rows: int
    words: int
    findings: dict[str, int]
    """By severity, dismissed ones left out."""
    ranked: tuple[Summary, ...] = field(repr=False)
    failed: tuple[Summary, ...] = field(repr=False)
    """Works that could not be checked, each with its reason; `LISTED` at most."""
    failures: int
    shared: tuple[int, list[dict[str, Any]]] = field(repr=False)
    """How many passages works share, and the longest; so for names and terms, those of the most spellings."""
    names: tuple[int, list[dict[str, Any]]] = field(repr=False)
    terms: tuple[int, list[dict[str, Any]]] = field(repr=False)
    habits: tuple[dict[str, Any], ...] = field(repr=False)

    def table(self, name: str) -> Any:
        """Read one of the tables whole, as pyarrow has it; `.to_pandas()` makes a frame. Raises KeyError."""
        return table(self.out, name)


def report(
    folder: str | Path,
    out: str | Path,
    *,
    workers: int | None = None,
    client: Any = None,
    encoder: str = "use",
    allow_download: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    everything: bool = False,
    formats: Sequence[str] = ("html", "json"),
    progress: Progress | None = None,
) -> Shelf:
    """Check every work under a folder and write the shelf's page, reports and tables.

    `folder`, `out`: folders of this machine or addresses that fsspec knows (`s3://bucket/shelf`). `workers`: processes,
    as many as there are cores unless said. `client`: instead of processes a `dask.distributed` Client, the address of a
    scheduler, or an executor of `concurrent.futures`; its workers must see `folder` and `out`. A work whose texts,
    tables and checks are those of its record is not checked again. The bytes written do not depend on the workers.

    Raises InputError for what cannot be used, ValueError for a check or format that there is not, OSError where `out`
    cannot be written.
    """
    from compare import checks, encode, write
    from compare.write import shelf as page

    need("pyarrow", storage.EXTRA)
    if workers is not None and workers < 1:
        raise InputError("workers", f"{workers} is fewer than one")
    order = Order(str(out), encoder, allow_download, tuple(select), tuple(ignore), everything, tuple(formats))
    checks.select(order.select, order.ignore)
    write.ready(order.formats)
    encode.get(encoder, allow_download=allow_download)
    listed = works.find(str(folder), leave=str(out))
    with storage.locked(order.out):
        storage.write(
            storage.join(order.out, partitions.PARTS, "made-again.txt"), b"Every run makes this folder's files again.\n"
        )
        with execution.pool(workers, client) as pool:
            summaries = _Summaries()
            # the largest first, so that no worker is left with a novel when the others are done
            tasks = ((each, order) for each in sorted(listed, key=lambda each: (-each.size, each.id)))
            for done, ((work, _), result) in enumerate(execution.run(pool, record.check, tasks), start=1):
                if isinstance(result, BaseException):
                    result = record.failed(work, order, _reason(result))
                summaries.add(result)
                if progress:
                    progress("checking works", done / len(listed))
            reduced = _reduce(pool, order, listed, progress)
        storage.remove(storage.join(order.out, partitions.PARTS))
        title = storage.opened(str(folder))[1].rstrip("/").rpartition("/")[2] or str(folder)
        made = summaries.shelf(order.out, **reduced)
        storage.write(storage.join(order.out, "index.html"), page.write(asdict(made), title, "html" in order.formats))
        return made


def table(out: str | Path, name: str) -> Any:
    """Read one of a shelf's tables whole, as pyarrow has it. Raises KeyError for no table."""
    pa = need("pyarrow", storage.EXTRA)
    schema, folder = tables.schema(name), storage.join(str(out), partitions.TABLES, name)
    parts = [tables.read(storage.read(storage.join(folder, each))) for each in storage.names(folder)]
    return pa.concat_tables([schema.empty_table(), *parts])


def _reason(error: BaseException) -> str:
    """Say in one line why a work's task came to nothing: its worker died, or what it wrote could not be kept."""
    if isinstance(error, OSError):
        raise error
    name = type(error).__name__
    return f"the worker died, for want of memory or by a signal ({name})" if not str(error) else f"{name}: {error}"


class _Summaries:
    """What the client keeps of the works: sums, and the few that the page lists."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.heaviest: list[tuple[float, str, Summary]] = []
        self.failed: list[Summary] = []

    def add(self, one: Summary) -> None:
        self.count.update(works=1, done=one.done, failures=bool(one.reason), rows=one.rows, words=one.words)
        self.count.update({severity: getattr(one, severity) for severity in SEVERITIES})
        if one.reason:
            self.failed.append(one)
        else:
            self.heaviest.append((-one.weight, one.work, one))
        if len(self.heaviest) > 2 * LISTED:
            self.heaviest = heapq.nsmallest(LISTED, self.heaviest, key=lambda each: each[:2])
        if len(self.failed) > 2 * LISTED:
            self.failed = heapq.nsmallest(LISTED, self.failed, key=lambda each: each.work)

    def shelf(self, out: str, **reduced: Any) -> Shelf:
        return Shelf(
            out=out,
            works=self.count["works"],
            done=self.count["done"],
            rows=self.count["rows"],
            words=self.count["words"],
            failures=self.count["failures"],
            findings={severity: self.count[severity] for severity in SEVERITIES},
            ranked=tuple(each for *_, each in sorted(self.heaviest, key=lambda each: each[:2])[:LISTED]),
            failed=tuple(sorted(self.failed, key=lambda each: each.work)[:LISTED]),
            **reduced,
        )


def _reduce(
    pool: execution.Pool, order: Order, listed: Sequence[works.Listed], progress: Progress | None
) -> dict[str, Any]:
    """Run the reductions, stage after stage, and return what the page shows of them."""
    cut, parts = groups.groups(listed), partitions.number_of(listed)

    def stage(name: str, function: Any, tasks: Iterable[tuple[Any, ...]], count: int) -> list[Any]:
        results: dict[Any, Any] = {}
        for done, (task, result) in enumerate(execution.run(pool, function, tasks), start=1):
            if isinstance(result, BaseException):
                raise result
            results[task[0]] = result
            if progress:
                progress(name, done / count)
        return [results[number] for number in sorted(results)]

    def each(name: str, function: Any, *arguments: Any) -> list[Any]:
        return stage(name, function, ((part, *arguments) for part in range(parts)), parts)

    storage.remove(storage.join(order.out, partitions.PARTS))
    words, checks = 0, Counter[str]()
    tasks = ((number, first, group, order, parts) for number, (first, group) in enumerate(cut))
    for some, found in stage("laying out tables", groups.gather, tasks, len(cut)):
        words += some
        checks.update(found)
    each("comparing works", sharing.link, order, parts)
    shared = each("shared passages", sharing.share, order)
    each("names", indexes.name, order, parts)
    names = each("index of names", indexes.index, order, "names")
    terms = each("index of terms", indexes.index, order, "terms")
    habits = each("translators", indexes.translate, order, parts, (words, dict(checks)))
    _leave(order, {name: len(cut) for name in ("works", *tables.OF_A_WORK)} | {"habits": 2 * parts}, parts)
    return {
        "shared": _linked(_summed(shared, lambda line: line["words"])),
        "names": _summed(names, lambda line: line["forms"] * line["works"]),
        "terms": _summed(terms, lambda line: line["forms"] * line["works"]),
        "habits": tuple(
            partitions.ranked(
                [line for found in (*habits, *(shown for _, _, shown in names)) for line in found],
                lambda line: line["works"] * (line["kind"] == "check") + line["works"],
            )
        ),
    }


def _linked(shared: tuple[int, list[dict[str, Any]]]) -> tuple[int, list[dict[str, Any]]]:
    """Add to each shared passage the folders of both works' reports."""
    number, lines = shared
    folders = [{f"report_{side}": record.folder(line[f"work_{side}"]) for side in "ab"} for line in lines]
    return number, [{**line, **both} for line, both in zip(lines, folders, strict=True)]


def _summed(found: Sequence[tuple[Any, ...]], weight: Any) -> tuple[int, list[dict[str, Any]]]:
    return sum(each[0] for each in found), partitions.ranked([line for each in found for line in each[1]], weight)


def _leave(order: Order, counts: dict[str, int], parts: int) -> None:
    """Remove from the tables' folders what an earlier run has left: on more works, or killed while it wrote."""
    for name in (*counts, *(each for each in tables.OF_THE_SHELF if each not in counts)):
        folder = storage.join(order.out, partitions.TABLES, name)
        mine = {partitions.file_name(number) for number in range(counts.get(name, parts))}
        for file in storage.names(folder, unfinished=True):
            if file not in mine:
                storage.remove(storage.join(folder, file))
