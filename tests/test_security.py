"""What SECURITY.md promises, and no other test keeps."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import compare
from compare import encode, files, shelf
from compare.cli import main
from compare.review import Desk
from tests.bench import kills
from tests.test_cli import hexapla

Process = subprocess.Popen[bytes]
PACKAGE = Path(compare.__file__).parent
#: A module that Python imports before the program: no socket connects after it.
REFUSE = "import socket\ndef refuse(*_): raise OSError('no network here')\nsocket.socket.connect = refuse\n"
TEXTS = {
    "ru.txt": "Мельница сгорела.\n\nНикто не сказал, кто её поджёг.\n\nАнна Петрова написала об этом 12 мая.\n",
    "en.txt": "The mill burned down.\n\nNobody said who lit it it.\n\nAnna Petrova wrote of it on 12 May.\n",
    "en-b.txt": "The mill burnt.\n\nSomebody said who had lit it.\n\nAnn Petrov wrote about it on 13 May (of course.\n",
}
FORMATS = ("html", "json", "md", "csv")


#: A shell that is root in a world of its own, where it may mount what it likes, and where there is no network.
APART = ("unshare", "--user", "--map-root-user", "--mount", "--net")
#: What is wrong with home and cache: neither is there, the cache is a file, its disk is full, home may not be written.
AILING = """
import os, sys
from compare.cli import main

def report(out, **where):
    os.environ.update(where)
    sys.argv = ["hexapla", *ARGUMENTS, "--out", f"../out/{out}"]
    try:
        main()
    except SystemExit as left:
        assert not left.code

report("lacking", HOME="/no", HEXAPLA_CACHE="/no/cache")
report("file", HEXAPLA_CACHE=f"{sys.path[0]}/sitecustomize.py")
report("full", HEXAPLA_CACHE=os.environ["FULL"])
del os.environ["HEXAPLA_CACHE"]
report("sealed", HOME=os.environ["SEALED"])
"""
ARGUMENTS = [*"report en.txt en-b.txt --source ru.txt --quiet --formats".split(), ",".join(FORMATS)]


def laid(folder: Path) -> Path:
    """Lay the texts into a folder `mill`, which the page is named by, with a module that refuses the network."""
    folder = folder / "mill"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "refusing").mkdir()
    (folder / "refusing" / "sitecustomize.py").write_text(REFUSE)
    return folder


def started(folder: Path, command: Sequence[str], first: Sequence[str] = (), **environment: str) -> Process:
    """Begin a Python program where the texts lie, with nothing of this process's home and cache."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("HOME", "HEXAPLA_CACHE", "XDG_CACHE_HOME")
    }
    return subprocess.Popen(
        [*first, sys.executable, *command],
        cwd=folder,
        env={**kept, "PYTHONPATH": f"{folder / 'refusing'}{os.pathsep}{PACKAGE.parent}", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def stocked(folder: Path) -> kills.Files:
    """Lay out a work that somebody has decided about, and return its files."""
    kills.stock(folder)
    (folder / "texts" / "mill" / "decisions.tsv").write_text(
        "check\tversion\tquote\tverdict\nTYP\ten\tmill\taccepted\n"
    )
    return kills.left(folder)


def room_for(files: int) -> Callable[[int], None]:
    """Return an `os.fsync` of a disk that is full after so many files."""
    sync, found = os.fsync, count()

    def full(handle: int) -> None:
        if next(found) >= files:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    return full


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return what a report without a cache writes in this process."""
    folder = laid(tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEXAPLA_CACHE", "")
        assert hexapla(*ARGUMENTS, "--out", "../out", cwd=folder).returncode == 0
    found = written(folder.parent / "out")
    assert sorted(found) == sorted(f"report.{format}" for format in FORMATS)
    return found


def done(runs: Sequence[Process]) -> None:
    assert [(run.wait(120), run.stderr and run.stderr.read()[:300]) for run in runs] == [(0, b"")] * len(runs)


def test_the_same_bytes_from_two_runs_at_once_elsewhere_on_one_core_and_without_home(
    tmp_path: Path, whole: dict[str, bytes]
) -> None:
    folder, shared = laid(tmp_path), {"HEXAPLA_CACHE": str(tmp_path / "shared")}
    elsewhere = {"PYTHONHASHSEED": "77", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    core = ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))] if shutil.which("taskset") else []
    command = ["-m", "compare.cli", *ARGUMENTS, "--out"]
    done(
        [
            started(folder, [*command, "../one"], PYTHONHASHSEED="1", **shared),
            started(folder, [*command, "../one"], core, **elsewhere, **shared),
        ]
    )
    assert written(tmp_path / "one") == whole


def test_the_same_bytes_without_network_whatever_ails_home_and_cache(tmp_path: Path, whole: dict[str, bytes]) -> None:
    if not shutil.which("unshare") or subprocess.run([*APART, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    folder, full, sealed = laid(tmp_path), tmp_path / "full", tmp_path / "sealed"
    full.mkdir(), sealed.mkdir()
    mounts = 'mount -t tmpfs -o size=40k none "$FULL" && mount -t tmpfs -o ro none "$SEALED" && exec "$@"'
    code = AILING.replace("ARGUMENTS", repr(ARGUMENTS))
    done([started(folder, ["-c", code], [*APART, "sh", "-c", mounts, "-"], FULL=str(full), SEALED=str(sealed))])
    for out in ("lacking", "file", "full", "sealed"):
        assert written(tmp_path / "out" / out) == whole, out


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_what_is_killed_leaves_old_or_new_files_and_the_next_run_is_whole() -> None:
    code = (
        "from tests.bench import kills\n"
        "for name, act in kills.ACTS.items(): print(name, *kills.damage(act, 1), flush=True)"
    )
    where = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, env=where, capture_output=True, text=True, timeout=200
    )
    assert done.stdout.splitlines() == [f"{name} 1 []" for name in ("report", "decide", "review", "shelf")], done.stderr


@pytest.mark.parametrize("step", ["fsync", "fdopen"])
def test_a_full_disk_leaves_all_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    room = getattr(os, step)

    def full(*given: object) -> object:
        if len(list(tmp_path.iterdir())) > 3:  # two files of old, and one that found room
            raise OSError(errno.ENOSPC, "No space left on device")
        return room(*given)

    old = {tmp_path / "a.txt": b"old", tmp_path / "b.txt": b"old too"}
    files.replace_all(old)
    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match=r"No space .*'.*b\.txt'"):
        files.replace_all(dict.fromkeys(old, b"new"))
    assert written(tmp_path) == {"a.txt": b"old", "b.txt": b"old too"}


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("report texts/mill --select REP --out out", "out/report.html"),
        ("decide texts/mill NUM dismissed --why so", "texts/mill/decisions.tsv"),
    ],
)
def test_a_full_disk_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any, command: str, named: str
) -> None:
    before = stocked(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", room_for(0))
    monkeypatch.setattr(sys, "argv", ["hexapla", *command.split(), "--encoder", "none", "--quiet"])
    with pytest.raises(SystemExit, match="2"):
        main()
    printed, said = capfd.readouterr()
    assert printed == ""
    assert [line for line in said.splitlines() if not line.startswith("warning: ")] == [
        f"hexapla: {named}: No space left on device"
    ]
    assert kills.left(tmp_path) == before


@pytest.mark.parametrize("room", [0, 3])
def test_a_shelf_goes_on_where_the_disk_was_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    def checked() -> None:
        shelf.report("texts", "out", client=kills.Here(), encoder="none", select=["REP"], formats=("json",))

    before = stocked(tmp_path)
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", room_for(room))
        with pytest.raises(OSError, match=r"No space left on device: '.*/out/"):
            checked()
    found = kills.left(tmp_path)
    assert len(found) == len(before) + max(room - 1, 0)  # the first is of the parts that every run makes anew
    assert {name: found[name] for name in before} == before
    checked()
    whole = kills.left(tmp_path)
    shutil.rmtree("out")
    checked()
    assert whole == kills.left(tmp_path)


def test_what_the_desk_cannot_save_it_has_not_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kills.stock(tmp_path)
    monkeypatch.setenv("HEXAPLA_CACHE", "")
    desk = Desk(tmp_path / "texts" / "mill", encode.get("none"), background=False)
    finding, before = desk.report.findings[0], desk.state()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", room_for(0))
        with pytest.raises(OSError, match="No space"):
            desk.decide([finding.id], "accepted")
    assert (desk.state(), desk.report.findings[0].status) == (before, "open")
    desk.decide([finding.id], "accepted")
    assert next(f.status for f in desk.report.findings if f.id == finding.id) == "accepted"


def test_nothing_that_is_read_is_run() -> None:
    found = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            call = node.func if isinstance(node, ast.Call) else None
            names += [f"{call.id}()"] if isinstance(call, ast.Name) else []
            if {"pickle", "marshal", "shelve", "dill", "joblib", "eval()", "exec()", "compile()"} & set(names):
                found.append(f"{file.name}:{node.lineno}")  # type: ignore[attr-defined]
            loads = isinstance(call, ast.Attribute) and call.attr == "load" and ast.unparse(call) == "np.load"
            if loads and not any(k.arg == "allow_pickle" and ast.unparse(k.value) == "False" for k in node.keywords):  # type: ignore[attr-defined]
                found.append(f"{file.name}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


@pytest.mark.parametrize("page", sorted(PACKAGE.rglob("assets/**/*.html")), ids=lambda page: page.name)
def test_no_page_may_ask_for_anything(page: Path) -> None:
    assets = PACKAGE / "write" / "assets"
    include = re.compile(r'\{% include "([\w.]+)" %\}')
    html = include.sub(lambda found: (assets / found[1]).read_text("utf-8"), page.read_text("utf-8"))
    assert not re.search(r"<(?:script|img|link|iframe)[^>]*(?:src|href)=[\"']?(?:https?:)?//", html)
    whole = "<!doctype html>" in html.lower() or "<head>" in html
    forbids = re.search(r"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';", html)
    assert (forbids is not None) == whole
