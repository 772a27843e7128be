"""What SECURITY.md promises, and no other test keeps."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import compare
from compare import files
from compare.cli import main

PACKAGE = Path(compare.__file__).parent
#: A module that Python imports before the program: no socket connects after it.
REFUSE = "import socket\ndef refuse(*_): raise OSError('no network here')\nsocket.socket.connect = refuse\n"
TEXTS = {
    "ru.txt": "Мельница сгорела.\n\nНикто не сказал, кто её поджёг.\n\nАнна Петрова написала об этом 12 мая.\n",
    "en.txt": "The mill burned down.\n\nNobody said who lit it it.\n\nAnna Petrova wrote of it on 12 May.\n",
    "en-b.txt": "The mill burnt.\n\nSomebody said who had lit it.\n\nAnn Petrov wrote about it on 13 May (of course.\n",
}
FORMATS = ("html", "json", "md", "csv")


#: A shell that is root in a world of its own, where it may mount what it likes.
APART = ("unshare", "--user", "--map-root-user", "--mount")


def mounting(options: str, folder: Path) -> list[str]:
    """Return what a command begins with to see a file system of its own in a folder."""
    folder.mkdir(exist_ok=True)
    return [*APART, "sh", "-c", f'mount -t tmpfs -o {options} none "$0" && exec "$@"', str(folder)]


def started(folder: Path, out: str, first: Sequence[str] = (), **environment: str) -> subprocess.Popen[bytes]:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "refusing").mkdir(exist_ok=True)
    (folder / "refusing" / "sitecustomize.py").write_text(REFUSE)
    paths = os.pathsep.join([str(folder / "refusing"), str(PACKAGE.parent)])
    command = [sys.executable, "-m", "compare.cli", "report", "en.txt", "en-b.txt", "--source", "ru.txt", "--quiet"]
    kept = {
        name: value for name, value in os.environ.items() if name not in ("HOME", "HEXAPLA_CACHE", "XDG_CACHE_HOME")
    }
    return subprocess.Popen(
        [*first, *command, "--out", out, "--formats", ",".join(FORMATS)],
        cwd=folder,
        env={**kept, "PYTHONPATH": paths, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}


def test_the_same_bytes_without_home_cache_and_network(tmp_path: Path) -> None:
    barred = tmp_path / "no folder"
    barred.write_text("")
    runs = [
        started(tmp_path, "one", PYTHONHASHSEED="1", HEXAPLA_CACHE="", LC_ALL="C.UTF-8", TZ="UTC"),
        started(
            tmp_path, "two", PYTHONHASHSEED="77", HEXAPLA_CACHE=str(barred), LC_ALL="C", TZ="Asia/Tokyo", HOME="/no"
        ),
    ]
    assert [(run.wait(120), run.stderr and run.stderr.read()[:300]) for run in runs] == [(0, b""), (0, b"")]
    one, two = (written(tmp_path / out) for out in ("one", "two"))
    assert sorted(one) == sorted(f"report.{format}" for format in FORMATS)
    assert one == two


def test_the_same_bytes_whatever_ails_home_and_cache_and_from_two_runs_at_once(tmp_path: Path) -> None:
    if not shutil.which("unshare") or subprocess.run([*APART, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    full, home, shared = tmp_path / "full", tmp_path / "home", {"HEXAPLA_CACHE": str(tmp_path / "shared")}
    runs = [
        started(tmp_path, "one", ["env", "-u", "HOME"], **shared),
        started(tmp_path, "one", ["env", "-u", "HOME"], **shared),
        started(tmp_path, "two", mounting("size=40k", full), HEXAPLA_CACHE=str(full)),
        started(tmp_path, "three", mounting("ro", home), HOME=str(home)),
    ]
    assert [(run.wait(120), run.stderr and run.stderr.read()[:300]) for run in runs] == [(0, b"")] * len(runs)
    one, two, three = (written(tmp_path / out) for out in ("one", "two", "three"))
    assert sorted(one) == sorted(f"report.{format}" for format in FORMATS)
    assert one == two == three


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_what_is_killed_leaves_old_or_new_files_and_the_next_run_is_whole() -> None:
    code = (
        "from tests.bench import kills\n"
        "for name, act in kills.ACTS.items(): print(name, *kills.damage(act, 2), flush=True)"
    )
    where = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, env=where, capture_output=True, text=True, timeout=200
    )
    assert done.stdout.splitlines() == [f"{name} 2 []" for name in ("report", "decide", "review", "shelf")], done.stderr


def test_a_report_is_made_where_there_is_no_network(tmp_path: Path) -> None:
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody leave its network")
    for name, said in (("a", "Nobody said who lit it it."), ("b", "No one said who lit it.")):
        (tmp_path / f"{name}.txt").write_text(f"{said}\n", "utf-8")
    command = [sys.executable, "-m", "compare.cli", "report", "a.txt", "b.txt", "--quiet", "--out", "out"]
    where = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "HEXAPLA_CACHE": ""}
    done = subprocess.run([*alone, *command], cwd=tmp_path, env=where, capture_output=True, text=True, timeout=200)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "report.html").exists()


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


def test_a_full_disk_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "en.txt").write_text("Nobody said who lit it it.\n", "utf-8")
    monkeypatch.setattr(os, "fsync", full)
    out = tmp_path / "out"
    command = ["hexapla", "report", str(tmp_path / "en.txt"), "--quiet", "--select", "REP", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capfd.readouterr() == ("", f"hexapla: {out / 'report.html'}: No space left on device\n")
    assert written(out) == {}


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
            loads = isinstance(call, ast.Attribute) and ast.unparse(call) == "np.load"
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
