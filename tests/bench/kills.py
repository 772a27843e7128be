"""What is left where the process is killed: report, decide, review and shelf, ended by SIGKILL at many instants.

An instant is an operation on files: what could leave something half done. `HEXAPLA_KILLS` (50 unless said) are spread
over each command's operations. Afterwards every file has its old bytes or its new ones, and a second run ends as one
that nothing disturbed.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from tests.bench import Figure

KILLS = int(os.environ.get("HEXAPLA_KILLS", "50"))
TEXTS = {
    "ru": "Мельница сгорела.\n\nНикто не сказал, кто её поджёг.\n\nАнна Петрова написала об этом 12 мая.\n",
    "en": "The mill burned down.\n\nNobody said who lit it it.\n\nAnna Petrova wrote of it on 12 May.\n",
    "en-b": "The mill burnt.\n\nSomebody said who had lit it.\n\nAnn Petrov wrote about it on 13 May (of course.\n",
}
#: The work's folder, and where reports and the shelf go.
WORK, OUT = "texts/mill", "out"
#: Folders whose files are scaffolding, and no promise is made of them.
_PASSING = {"cache", "parts"}

Act = Callable[[], object]
Files = dict[str, bytes]


class Here(Executor):
    """Do each task at once, in the process that is to be killed."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return the future of a task that is done."""
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def report() -> None:
    """Write a report in several formats by the command."""
    _command("report", WORK, "--out", OUT, "--formats", "html,json,md,csv")


def decide() -> None:
    """Write a decision by the command."""
    _command("decide", WORK, "NUM", "dismissed", "--why", "so printed")


def _command(*arguments: str) -> None:
    from compare.cli import app

    app([*arguments, "--encoder", "none", "--quiet"], standalone_mode=False)


def review() -> None:
    """Decide at the desk."""
    from compare import encode
    from compare.review import Desk

    desk = Desk(Path(WORK), encode.get("none"), background=False)
    desk.decide([desk.report.findings[0].id], "accepted")


def shelf() -> None:
    """Check a shelf of one work."""
    from compare import shelf

    shelf.report("texts", OUT, client=Here(), encoder="none", formats=("json",))


ACTS: dict[str, Act] = {"report": report, "decide": decide, "review": review, "shelf": shelf}


def stock(folder: Path) -> None:
    """Lay a work of three versions into an empty folder."""
    home = folder / WORK
    home.mkdir(parents=True)
    for name, text in TEXTS.items():
        (home / f"{name}.txt").write_text(text, "utf-8")
    versions = "".join(
        f'[[version]]\nid = "{name}"\nfile = "{name}.txt"\nlang = "{name[:2]}"\n'
        + ('role = "source"\n' if name == "ru" else "")
        for name in TEXTS
    )
    (home / "work.toml").write_text(f'id = "mill"\n{versions}', "utf-8")


def left(folder: Path) -> Files:
    """Return the files in a folder, without those that have no name yet and those of passing folders."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and not _PASSING & set(path.relative_to(folder).parts)
    }


def run(act: Act, folder: Path, instant: int = 0) -> tuple[int, int]:
    """Do something in a process of its own, killed at that operation on files, if any; return its status and how many.

    The process is a fork, so that what was imported and loaded need not be again.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.chdir(folder)
        os.environ["HEXAPLA_CACHE"] = str(folder / "cache")
        seen = 0

        def count(event: str, _: object) -> None:
            nonlocal seen
            seen += event == "open" or event.partition(".")[0] in ("os", "sqlite3", "tempfile", "shutil")
            if instant and seen == instant:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                act()
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(3)
        os.write(writing, str(seen).encode())
        os._exit(0)
    os.close(writing)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(reading) as pipe:
        return status, int(pipe.read() or 0)


def warm(act: Act, folder: Path) -> None:
    """Do something once in this process, so that its forks find loaded what it needs; nothing is kept in a cache."""
    stock(folder)
    os.environ["HEXAPLA_CACHE"] = ""
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        act()


def damage(act: Act, kills: int) -> tuple[int, list[str]]:
    """Kill something at so many instants; return how often it was killed, and what was found amiss."""
    with tempfile.TemporaryDirectory() as place:
        warm(act, Path(place, "warm"))
        whole = Path(place, "whole")
        stock(whole)
        before = left(whole)
        status, operations = run(act, whole)
        after = left(whole)
        assert status == 0
        assert after != before
        killed, amiss = 0, []
        for instant in sorted({1 + operations * (2 * at + 1) // (2 * kills) for at in range(kills)}):
            folder = Path(place, str(instant))
            stock(folder)
            killed += run(act, folder, instant)[0] == -signal.SIGKILL
            found = left(folder)
            torn = [name for name, data in found.items() if data not in (before.get(name), after.get(name))]
            lost = sorted(before.keys() - found.keys())
            status, _ = run(act, folder)
            unlike = [] if status or left(folder) == after else ["the next run differs"]
            amiss += [
                f"{instant}: {name}" for name in [*torn, *lost, *unlike, *([f"status {status}"] if status else [])]
            ]
            shutil.rmtree(folder)
    return killed, amiss


def bench() -> Iterator[Figure]:
    """Kill every command."""
    for name, act in ACTS.items():
        killed, amiss = damage(act, KILLS)
        for each in amiss:
            print(f"{name} {each}", file=sys.stderr)
        yield Figure(f"{name}: times killed", killed)
        yield Figure(f"{name}: files torn or lost, next runs that differ", len(amiss), 0, "lower")
