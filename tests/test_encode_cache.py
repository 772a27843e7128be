"""The cache gives back what was put in, whatever happens to its file."""

import sqlite3
import subprocess
import sys

import numpy as np
import pytest

from compare.encode import cache

TEXTS = [f"text {i}" for i in range(700)]


def make(texts):
    """Make a row of a text that anybody can make again."""
    return np.stack(
        [np.random.default_rng(len(t) * 1000 + sum(map(ord, t))).standard_normal(600, np.float32) for t in texts]
    )


class Counted:
    def __init__(self):
        self.made = []

    def __call__(self, texts):
        self.made += texts
        return make(texts)


def check(where, texts=TEXTS, name="x"):
    """Ask for rows, see that they are right, and return the texts that had to be computed."""
    compute = Counted()
    assert cache.through(name, texts, compute, where).tobytes() == make(texts).tobytes()
    return compute.made


def test_what_was_computed_is_kept(tmp_path):
    where = tmp_path / "deep" / "down"
    assert check(where) == TEXTS
    assert check(where) == []
    assert check(where, ["new", *TEXTS[::-3], "new"]) == ["new"]
    assert check(where, name="y") == TEXTS


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no database at all\n" * 5000,
        lambda data: data[: len(data) // 2],
        lambda data: data[: len(data) - 100],
        lambda data: b"\0" * 200 + data[200:],
        lambda data: data[:100] + b"\xff" * 30_000 + data[30_100:],
        lambda data: data[: len(data) // 2] + b"\xff" * 50_000 + data[len(data) // 2 + 50_000 :],
    ],
)
def test_a_damaged_file_costs_only_time(tmp_path, damage):
    check(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert check(tmp_path)
    check(tmp_path)
    assert check(tmp_path) == []


def test_a_damaged_row_is_made_anew(tmp_path):
    check(tmp_path)
    (file,) = tmp_path.iterdir()
    with sqlite3.connect(file) as base:
        ((row,),) = base.execute("SELECT row FROM rows WHERE rowid = 7")
        base.execute("UPDATE rows SET row = ? WHERE rowid = 7", (row[:-1] + bytes([row[-1] ^ 1]),))
    assert check(tmp_path) == [TEXTS[6]]
    assert check(tmp_path) == []


def test_a_stray_journal_costs_only_time(tmp_path):
    check(tmp_path)
    (file,) = tmp_path.iterdir()
    file.with_name(f"{file.name}-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\1" * 90_000)
    check(tmp_path)
    assert check(tmp_path) == []


def test_where_nothing_can_be_written_all_is_computed(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert check(tmp_path / "file" / "cache") == TEXTS
    assert check(tmp_path / "file" / "cache") == TEXTS
    (tmp_path / cache._FILE).mkdir()
    assert check(tmp_path) == TEXTS
    assert check(tmp_path) == TEXTS


def test_processes_share_the_file(tmp_path):
    code = (
        "import sys; from pathlib import Path; from tests.test_encode_cache import TEXTS, check\n"
        "check(Path(sys.argv[1]), TEXTS[int(sys.argv[2]) * 100 :])"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(i)]) for i in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    assert check(tmp_path) == []


def test_the_file_stays_within_its_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "LIMIT", 1_000_000)
    for start in range(0, 700, 50):
        check(tmp_path, TEXTS[start : start + 50])
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 1_500_000
    assert check(tmp_path, TEXTS[-50:]) == []
    assert check(tmp_path, TEXTS[:50]) == TEXTS[:50]


def test_the_folder_is_the_user_s_choice(tmp_path, monkeypatch):
    monkeypatch.setenv("HEXAPLA_CACHE", str(tmp_path))
    assert cache.folder() == tmp_path
    monkeypatch.setenv("HEXAPLA_CACHE", "")
    assert cache.folder() is None
    monkeypatch.delenv("HEXAPLA_CACHE")
    assert "hexapla" in str(cache.folder())


def test_a_file_that_another_process_makes_is_asked_for_again(tmp_path, monkeypatch):
    connect, refused = sqlite3.connect, iter([True, True])

    def busy(*arguments, **named):
        if next(refused, False):
            raise sqlite3.OperationalError("database is locked")
        return connect(*arguments, **named)

    monkeypatch.setattr(cache, "_PAUSE", 0)
    monkeypatch.setattr(cache.sqlite3, "connect", busy)
    check(tmp_path)
    assert check(tmp_path) == []


@pytest.mark.parametrize("named", [None, "~/kept"])
def test_a_user_without_a_home_has_no_cache(monkeypatch, named):
    pwd = pytest.importorskip("pwd")

    def nobody(_):
        raise KeyError("no such user")

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for variable in ("HOME", "XDG_CACHE_HOME", cache.VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    if named:
        monkeypatch.setenv(cache.VARIABLE, named)
    assert cache.folder() is None
