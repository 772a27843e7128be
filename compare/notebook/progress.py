"""Shows how far long work is: in a notebook a line of HTML, in a terminal a bar, elsewhere a line for each stage."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from compare.values import Progress


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function to pass on as `progress`, and take the bar away at the end.

    with progress() as show:
        report = compare.report(work, progress=show)
    """
    if _in_notebook():
        with _notebook() as show:
            yield show
    elif sys.stderr.isatty():
        with _terminal() as show:
            yield show
    else:
        yield _lines()


def _in_notebook() -> bool:
    # Asking must not load IPython where nobody runs it.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return shell is not None and hasattr(shell, "kernel")


@contextmanager
def _notebook() -> Iterator[Progress]:
    from html import escape

    from IPython.display import DisplayHandle

    bar = DisplayHandle()
    bar.display({"text/html": ""}, raw=True)

    def show(stage: str, done: float) -> None:
        bar.update({"text/html": f"<progress max=1 value={done:.2f}></progress> {escape(stage)}"}, raw=True)

    try:
        yield show
    finally:
        bar.update({"text/html": ""}, raw=True)


def _lines() -> Progress:
    """Print each stage once, when it begins; the checks together are one."""
    last = ""

    def show(stage: str, _: float) -> None:
        nonlocal last
        stage = re.sub(r" [A-Z]{3}\d+$", "", stage)
        if stage != last:
            sys.stderr.write(f"{stage}\n")
            sys.stderr.flush()
        last = stage

    return show


@contextmanager
def _terminal() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=1.0)
        yield lambda stage, done: bars.update(task, description=stage, completed=done)
