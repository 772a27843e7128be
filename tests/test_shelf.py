"""The shelf: many works checked, resumed and reduced; the same bytes whoever does it."""

from __future__ import annotations

import functools
import hashlib
import os
import platform
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from compare import misprints, shelf, words
from compare.cli import app
from compare.lang import language
from compare.shelf import execution, indexes, memory, partitions, record, storage, tables, works
from compare.threads import cores
from compare.values import InputError
from tests.bench.memory import apart

pytest.importorskip("pyarrow")

#: A page that two works share, with a word changed.
PAGE = (
    "The surveyor unrolled his stained canvas map across the ferryman's table. Seven villages along the marsh had "
    "refused to pay the autumn levy. Nobody in the garrison remembered who had promised them relief."
)
#: Sentences of their own for each work.
OWN = (
    "A heron stood beneath the broken jetty.",
    "Her grandmother counted silver buttons by candlelight.",
    "The printer lost two fonts and half a wall.",
    "Rain filled every barrel behind the smithy.",
)


def folder_of(at: Path, id: str, texts: dict[str, str], **known: dict[str, str]) -> None:
    """Write a work's folder; `known`: what its work.toml says of each version, by id with `_` for `-`."""
    (at / id).mkdir(parents=True)
    lines = [f'id = "{id}"']
    for version, text in texts.items():
        (at / id / f"{version}.txt").write_text(text, "utf-8")
        stated = {"id": version, "file": f"{version}.txt", **known.get(version.replace("-", "_"), {})}
        lines += ["", "[[version]]", *(f'{key} = "{value}"' for key, value in stated.items())]
    (at / id / "work.toml").write_text("\n".join(lines), "utf-8")


def stock(at: Path) -> Path:
    """Stock a shelf: works by two translators, a page shared, a table, a work that cannot be read."""
    who = {"first": "Anna Petit", "second": "Anna Petit", "third": "Bruno Gross", "fourth": "Bruno Gross"}
    names = {"first": "Tchernov", "second": "Tchernov", "third": "Chernov", "fourth": "Chernov"}
    for own, (id, translator) in zip(OWN, who.items(), strict=True):
        page = {"first": PAGE, "third": PAGE.replace("stained", "faded")}.get(id, "")
        text = f"{own} {names[id]} knew. {own[:-1]}, Colonel {names[id]}. {page}"
        known = {"translator": translator, "year": str(1900 + len(id))}
        folder_of(at, id, {"en-a": text.strip()}, en_a=known)
    (at / "more").mkdir()
    (at / "more" / "table.tsv").write_text("ru\ten\nДождь шёл.\tIt rained ( a lot.\n", "utf-8")
    (at / "broken.tmx").write_text("<tmx", "utf-8")
    return at


def run(at: Path, out: Path | str, client: Any = None, **options: Any) -> shelf.Shelf:
    settings = {"encoder": "none", "formats": ("json",), "select": ("TYP", "NAM")} | options
    return shelf.report(at, out, client=client or ThreadPoolExecutor(1), **settings)


def contents(out: Path) -> dict[str, str]:
    """Return every file under a folder with the digest of its bytes."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stock(tmp_path_factory.mktemp("shelf") / "texts")


@pytest.fixture(scope="module")
def made(stocked: Path) -> shelf.Shelf:
    return run(stocked, stocked.parent / "out")


# ---- works ----


def test_works_are_folders_tables_and_texts(tmp_path: Path) -> None:
    folder_of(tmp_path, "named", {"en": "One."})
    (tmp_path / "named" / "glossary.tsv").write_text("term\tpreferred\n", "utf-8")
    (tmp_path / "deep" / "plain").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "decisions.tsv"):
        (tmp_path / "deep" / "plain" / name).write_text("Two.", "utf-8")
    (tmp_path / "table.csv").write_text("en\nThree.\n", "utf-8")
    (tmp_path / "lone.txt").write_text("Four.", "utf-8")
    (tmp_path / "notes.md").write_text("Not a work.", "utf-8")
    (tmp_path / ".hidden.txt").write_text("Not a work.", "utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.txt").write_text("Not a work.", "utf-8")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path / "deep")
    found = works.find(str(tmp_path), leave=str(tmp_path / "out"))
    assert [each.id for each in found] == ["deep/plain", "lone.txt", "named", "table.csv"]
    assert found[0].size == 12


def test_one_folder_of_texts_is_one_work(tmp_path: Path) -> None:
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "a.txt").write_text("One.", "utf-8")
    assert [each.id for each in works.find(str(tmp_path / "only"))] == ["only"]


def test_folders_of_reports_keep_works_apart() -> None:
    assert record.folder("a/b").startswith("works/a-b-")
    assert record.folder("a/b") != record.folder("a-b")
    assert re.fullmatch(r"[\w./-]+", record.folder("../Ж & <b>"), re.ASCII)


@pytest.mark.parametrize("name", ["absent", "empty"])
def test_no_works_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=name):
        works.find(str(tmp_path / name))


# ---- the run ----


def test_every_work_has_a_report_and_a_row(made: shelf.Shelf, stocked: Path) -> None:
    lines = {line["work"]: line for line in made.table("works").to_pylist()}
    assert sorted(lines) == ["broken.tmx", "first", "fourth", "more/table.tsv", "second", "third"]
    assert "XML" in lines["broken.tmx"]["reason"]
    assert (made.works, made.failures, made.done) == (6, 1, 0)
    assert lines["more/table.tsv"]["minor"] == 2
    report = stocked.parent / "out" / lines["first"]["report"] / "report.json"
    assert '"hexapla-report/1"' in report.read_text("utf-8")


def test_tables_say_what_the_reports_say(made: shelf.Shelf) -> None:
    for name in ("works", *tables.OF_A_WORK, *tables.OF_THE_SHELF):
        assert made.table(name).schema == tables.schema(name), name
    rows = [line for line in made.table("rows").to_pylist() if line["work"] == "more/table.tsv"]
    assert [(line["row"], line["version"], line["text"]) for line in rows] == [
        (1, "ru", "Дождь шёл."),
        (1, "en", "It rained ( a lot."),
    ]
    found = {(line["work"], line["check"], line["words"], line["row"]) for line in made.table("findings").to_pylist()}
    assert ("more/table.tsv", "TYP102", "(", 1) in found


def test_shared_page_is_found_with_its_rows(made: shelf.Shelf) -> None:
    (line,) = made.table("shared").to_pylist()
    assert (line["work_a"], line["work_b"]) == ("first", "third")
    assert line["text_a"] == PAGE.rstrip(".")
    assert line["words"] == 32
    assert line["alike"] == pytest.approx(32 / 33, abs=1e-4)
    assert line["row_a"] == line["row_b"] == 4
    assert made.shared[0] == 1


def test_a_name_of_the_shelf_has_its_spellings_by_work_and_year(made: shelf.Shelf) -> None:
    lines = [line for line in made.table("names_index").to_pylist() if line["spelling"].endswith("ernov")]
    assert len({line["key"] for line in lines}) == 1
    assert {(line["work"], line["spelling"], line["year"]) for line in lines} == {
        ("first", "Tchernov", "1905"),
        ("fourth", "Chernov", "1906"),
        ("second", "Tchernov", "1906"),
        ("third", "Chernov", "1905"),
    }
    (shown,) = (line for line in made.names[1] if "ernov" in line["spellings"])
    assert shown["spellings"] == "Chernov (fourth 1906, third 1905); Tchernov (first 1905, second 1906)"


def test_spelling_of_a_translator_is_a_habit(made: shelf.Shelf) -> None:
    lines = {(line["translator"], line["what"], line["usual"], line["works"]) for line in made.habits}
    assert {("Anna Petit", "Tchernov", "Chernov", 2), ("Bruno Gross", "Chernov", "Tchernov", 2)} <= lines


def test_habits_of_many_translators_take_no_longer_by_the_square() -> None:
    lines = [
        {"translator": f"T{n % 20_000:05}", "work": f"W{n:05}", "spelling": "Moscow", "count": 1} for n in range(40_000)
    ]
    lines += [{**line, "spelling": "Moskva", "translator": "Other"} for line in lines[:2]]
    began = time.process_time()
    (habit,) = indexes._spelled(lines)
    assert time.process_time() - began < 5
    assert (habit["translator"], habit["what"], habit["usual"], habit["count"]) == ("Other", "Moskva", "Moscow", 2)


def test_second_run_does_nothing_anew_and_writes_the_same(stocked: Path, made: shelf.Shelf) -> None:
    out = stocked.parent / "out"
    before = contents(out)
    again = run(stocked, out)
    assert again.done == 5
    assert contents(out) == before
    assert not (out / partitions.PARTS).exists()


def test_what_a_killed_writer_left_is_no_part_of_a_table(tmp_path: Path) -> None:
    folder_of(tmp_path / "texts", "one", {"en": "A quiet day."})
    run(tmp_path / "texts", tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out" / "tables" / "works" / ".part-00000.parquet.x1").write_bytes(b"half")
    assert shelf.table(tmp_path / "out", "works").num_rows == 1
    run(tmp_path / "texts", tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_a_second_run_into_a_folder_waits(tmp_path: Path) -> None:
    folder_of(tmp_path / "texts", "one", {"en": "A quiet day."})
    with ThreadPoolExecutor(1) as other, storage.locked(str(tmp_path / "out")):
        waiting = other.submit(run, tmp_path / "texts", tmp_path / "out")
        with pytest.raises(TimeoutError):
            waiting.result(0.5)
        assert contents(tmp_path / "out") == {}
    assert waiting.result().works == 1


def test_what_has_changed_is_checked_again(tmp_path: Path) -> None:
    folder_of(tmp_path / "texts", "one", {"en": "A quiet day."})
    folder_of(tmp_path / "texts", "two", {"en": "A loud day."})
    run(tmp_path / "texts", tmp_path / "out")
    (tmp_path / "texts" / "two" / "en.txt").write_text("A loud ( day.", "utf-8")
    again = run(tmp_path / "texts", tmp_path / "out")
    assert (again.done, sum(again.findings.values())) == (1, 2)
    assert run(tmp_path / "texts", tmp_path / "out", select=("TYP",)).done == 0
    (record_file,) = (tmp_path / "out" / "works").glob("two-*/record.parquet")
    record_file.write_bytes(record_file.read_bytes()[:-40])  # torn
    assert run(tmp_path / "texts", tmp_path / "out", select=("TYP",)).done == 1


def test_dask_writes_the_same_bytes(stocked: Path, made: shelf.Shelf, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.Client(
        processes=False, n_workers=1, threads_per_worker=1, dashboard_address=":0", set_as_default=False
    ) as client:
        run(stocked, tmp_path / "out", client)
        by_address = run(stocked, tmp_path / "out", client.scheduler.address)
    assert by_address.done == 5
    assert contents(tmp_path / "out") == contents(stocked.parent / "out")


def test_an_object_store_holds_the_same(stocked: Path, made: shelf.Shelf) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.put(str(stocked), "/bucket/texts", recursive=True)
    run("memory://bucket/texts", "memory://bucket/out")  # type: ignore[arg-type]
    written = {
        path.removeprefix("/bucket/out/"): hashlib.sha256(memory.cat_file(path)).hexdigest()
        for path in memory.find("/bucket/out")
    }
    memory.rm("/bucket", recursive=True)
    assert written == contents(stocked.parent / "out")


def test_s3_holds_the_same(stocked: Path, made: shelf.Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0)
    s3 = pytest.importorskip("s3fs")
    server.start()
    try:
        host, port = server.get_host_and_port()
        given = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
        for name, value in {**given, "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}.items():
            monkeypatch.setenv(name, value)
        store = s3.S3FileSystem()
        store.mkdir("bucket")
        store.put(str(stocked), "bucket/texts", recursive=True)
        run("s3://bucket/texts", "s3://bucket/out")  # type: ignore[arg-type]
        again = run("s3://bucket/texts", "s3://bucket/out")  # type: ignore[arg-type]
        store.invalidate_cache()
        written = {
            path.removeprefix("bucket/out/"): hashlib.sha256(store.cat_file(path)).hexdigest()
            for path in store.find("bucket/out")
        }
    finally:
        server.stop()
    assert again.done == 5
    assert written == contents(stocked.parent / "out")


def test_a_fault_of_the_program_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(tmp_path / "texts", "one", {"en": "A quiet day."})
    folder_of(tmp_path / "texts", "two", {"en": "A loud day."})
    whole = record._checked

    def faulty(listed: works.Listed, *rest: Any) -> record.Summary:
        if listed.id == "one":
            raise KeyError("lost")
        return whole(listed, *rest)

    monkeypatch.setattr(record, "_checked", faulty)
    made = run(tmp_path / "texts", tmp_path / "out")
    assert [(each.work, each.reason) for each in made.failed] == [("one", "a fault of the program, KeyError: 'lost'")]
    monkeypatch.undo()
    assert run(tmp_path / "texts", tmp_path / "out").failures == 0


def test_page_links_reports_and_asks_for_nothing(stocked: Path, tmp_path: Path) -> None:
    made = run(stocked, tmp_path / "out", formats=("html",))
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert len(set(re.findall(r'"(works/[^"]+/report.html)"', page))) == 5
    assert "/report.html#row-4" in page
    for each in made.ranked:
        assert (tmp_path / "out" / each.report / "report.html").exists()
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


def test_a_killed_run_goes_on_and_leaves_no_process(stocked: Path, made: shelf.Shelf, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--workers", "1", "--encoder", "none", "--select", "TYP,NAM", "--formats", "json", "-q"]
    command = [sys.executable, "-m", "compare.cli", "shelf", str(stocked), "--out", str(out), *options]
    begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while not list(out.glob("works/*/record.parquet")):
        time.sleep(0.02)
    begun.kill()
    begun.wait()
    again = run(stocked, out)
    assert again.done >= 1
    assert contents(out) == contents(stocked.parent / "out")
    until = time.monotonic() + 20
    while is_there(begun.pid) and time.monotonic() < until:  # workers end soon after the process that started them
        time.sleep(0.02)
    assert not is_there(begun.pid)


def is_there(group: int) -> bool:
    """Tell whether any process of a group is running."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


# ---- execution ----


def double(number: int) -> int:
    return 2 * number


def die_of(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_bounded_number_of_tasks_is_under_way() -> None:
    taken = 0

    def tasks() -> Iterator[tuple[int]]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield (number,)

    pool = execution.Pool(lambda: ThreadPoolExecutor(1), 1)
    results = []
    for (task,), result in execution.run(pool, double, tasks()):
        assert taken - len(results) <= execution.AHEAD * pool.workers
        results.append((task, result))
    assert sorted(results) == [(number, 2 * number) for number in range(1000)]


def test_a_task_that_kills_its_worker_costs_only_itself() -> None:
    with execution.pool(1, None) as pool:
        results = dict(execution.run(pool, die_of, ((number,) for number in range(6))))
    assert [results[(number,)] for number in (0, 1, 2, 4, 5)] == [0, 1, 2, 4, 5]
    assert isinstance(results[(3,)], BaseException)


def test_nobody_at_the_scheduler_is_said_in_one_line() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(InputError, match="no Dask scheduler answers"), execution.pool(None, "nowhere://x"):
        pass


def test_a_worker_remembers_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    words.key("Мельница")
    memory.forget()
    assert words.key.cache_info().currsize > 0
    monkeypatch.setattr(memory, "MOST", 0)
    memory.forget()
    assert words.key.cache_info().currsize == 0
    assert language.cache_info().currsize > 0  # loaded once


def test_a_worker_forgets_first_what_it_remembers_the_most_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 0)
    memory.forget()
    monkeypatch.setattr(memory, "MOST", 12)
    for number in range(10):
        words.key(f"Слово{number}")
    for number in range(3):
        misprints.are_like("мельница", f"мельницы{number}")
    memory.forget()
    assert (words.key.cache_info().currsize, misprints.are_like.cache_info().currsize) == (0, 3)


def faults_of_an_array_made_again(keep_room: bool) -> int:
    """Count the pages that the system gives to a process that makes an array of 4 MB, frees it, and makes it again."""
    if keep_room:
        memory.keep_room()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(50):
        np.ones(1 << 20, np.float32)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another library's rooms")
def test_a_worker_that_dask_has_started_keeps_the_room_of_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")  # as Dask's nanny sets it
    given, kept = (apart(faults_of_an_array_made_again, keep) for keep in (False, True))
    assert kept < given / 10


def test_a_worker_keeps_to_one_core() -> None:
    assert apart(cores) == 1


# ---- storage ----


def test_addresses_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        storage.opened("nowhere://bucket")
    assert storage.read(str(tmp_path / "absent")) is None
    assert storage.names(str(tmp_path / "absent")) == []
    storage.write(str(tmp_path / "new" / "file"), b"x")
    assert storage.read(str(tmp_path / "new" / "file")) == b"x"
    assert storage.names(str(tmp_path)) == ["new"]


# ---- tables ----


@pytest.mark.parametrize("library", ["pyarrow", "pandas", "polars", "duckdb"])
def test_others_read_the_tables(made: shelf.Shelf, library: str) -> None:
    pytest.importorskip(library)
    files = f"{made.out}/tables/works/*.parquet"
    if library == "duckdb":
        import duckdb

        ids = [line[0] for line in duckdb.sql(f"SELECT work FROM '{files}' WHERE reason = ''").fetchall()]
    elif library == "polars":
        import polars

        ids = polars.read_parquet(files).filter(polars.col("reason") == "")["work"].to_list()
    elif library == "pandas":
        frame = made.table("works").to_pandas()
        ids = frame[frame["reason"] == ""]["work"].tolist()
    else:
        import pyarrow.parquet

        ids = (
            pyarrow.parquet.read_table(f"{made.out}/tables/works")
            .filter(pyarrow.compute.field("reason") == "")["work"]
            .to_pylist()
        )
    assert ids == ["first", "fourth", "more/table.tsv", "second", "third"]


def test_every_column_is_documented() -> None:
    said = dict(re.findall(r"^- `(\w+)`, ((?:.|\n  )+)", tables.__doc__ or "", re.M))
    assert set(said) == set(tables.COLUMNS)
    told = {
        name: {column.removesuffix("_b") + "_a" * column.endswith("_b") for column in columns}
        for name, columns in tables.COLUMNS.items()
    }
    assert [(name, column) for name in said for column in told[name] if f"`{column}`" not in said[name]] == []


def test_lone_surrogates_do_not_stop_a_record() -> None:
    line = {"work": "a", "title": "\ud800"}
    assert tables.table("works", [line])["title"].to_pylist() == ["?"]


# ---- the command ----


def test_command_on_two_processes_writes_the_same_bytes(stocked: Path, made: shelf.Shelf, tmp_path: Path) -> None:
    options = "--workers 2 --encoder none -q --select TYP,NAM --formats json"
    done = CliRunner().invoke(app, ["shelf", str(stocked), "--out", str(tmp_path / "o"), *options.split()])
    assert done.exit_code == 0, done.output
    assert "6 works (0 checked before)" in done.stdout
    assert "1 shared passage" in done.stdout
    assert "broken.tmx: is not well-formed XML" in done.stdout
    assert done.stdout.splitlines()[-1] == str(tmp_path / "o" / "index.html")
    assert contents(tmp_path / "o") == contents(stocked.parent / "out")


def test_the_guide_and_the_examples_run(stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads of this process stand for the workers: nothing here can be logged in to, and no cluster is at hand."""
    distributed = pytest.importorskip("distributed")
    guide = (Path(__file__).parents[1] / "docs" / "how-to" / "shelf.md").read_text("utf-8")
    group = typer.main.get_command(app)
    lines = re.findall(r"^ *hexapla (shelf .*)$", f"{group.commands['shelf'].epilog}\n{guide}", re.M)  # type: ignore[attr-defined]
    assert len(lines) >= 4
    shutil.copytree(stocked, tmp_path / "texts", ignore=shutil.ignore_patterns("third", "fourth", "more"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEXAPLA_ENCODER", "none")
    monkeypatch.setattr(execution, "processes", lambda _: execution.on(ThreadPoolExecutor(1)))
    threads = {"processes": False, "dashboard_address": ":0"}
    monkeypatch.setattr(distributed, "LocalCluster", functools.partial(distributed.LocalCluster, **threads))
    with distributed.Client(n_workers=1, threads_per_worker=1, set_as_default=False, **threads) as client:
        for line in lines:
            command = shlex.split(line.replace("tcp://first-host:8786", client.scheduler.address))
            done = CliRunner().invoke(app, [*command, "--quiet"])
            assert done.exit_code == 0, (line, done.output)
    names: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", guide, re.S):
        exec(compile(block, "shelf.md", "exec"), names)


@pytest.mark.parametrize(
    "options", [["--select", "XYZ"], ["--formats", "tablet"], ["--workers", "2", "--scheduler", "tcp://x:1"]]
)
def test_misuse_is_said_before_the_work(stocked: Path, tmp_path: Path, options: list[str]) -> None:
    done = CliRunner().invoke(app, ["shelf", str(stocked), "--out", str(tmp_path / "o"), *options])
    assert isinstance(done.exception, InputError)
    assert not (tmp_path / "o").exists()
