"""Run the benchmark and print its table: `python -m tests.bench [--keep] [ROOM …]`, every room where none is named.

`--keep` writes each room's figures into `tests/bench/figures`, with date and commit; docs/measurements.md is made of
them.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys

from rich.console import Console
from rich.table import Table

from tests import bench
from tests.bench import Figure, keep
from tests.data import SHARED

#: Modules that measure for others.
SERVING = {"memory", "score"}


def main(arguments: list[str]) -> int:
    """Print the figures of every room, or of those named; 1 when one falls short, 2 when the data is not here.

    Raises SystemExit for an unknown room or option, and after help.
    """
    files = {info.name for info in pkgutil.iter_modules(bench.__path__) if not info.name.startswith("_")}
    known = sorted(files - SERVING)
    parser = argparse.ArgumentParser("python -m tests.bench", description="Measure and print the figures of rooms.")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"by default every room: {', '.join(known)}")
    parser.add_argument("--keep", action="store_true", help="keep the figures for docs/measurements.md")
    asked = parser.parse_args(arguments)
    if unknown := [room for room in asked.rooms if room not in known]:
        parser.error(f"no such room: {', '.join(unknown)}; there are {', '.join(known)}")
    console = Console()
    if SHARED is None:
        console.print("the development data is not on this machine; set HEXAPLA_DATA to its folder")
        return 2
    short = 0
    for room in asked.rooms or known:
        module = importlib.import_module(f"tests.bench.{room}")
        with console.status(f"measuring {room}"):
            figures = list(module.bench())
        short += sum(not figure.holds for figure in figures)
        console.print(table(room, figures))
        if asked.keep:
            keep(room, (module.__doc__ or "").partition("\n")[0], figures)
    return 1 if short else 0


def table(room: str, figures: list[Figure]) -> Table:
    """Lay out the figures of a room."""
    made = Table("figure", "ours", "target", "", "peers", title=room, title_justify="left")
    for figure in figures:
        sign = "≥" if figure.better == "higher" else "≤"
        target = "" if figure.target is None else f"{sign} {figure.target:g}{figure.unit}"
        peers = ", ".join(f"{name} {value:.4g}" for name, value in figure.peers.items())
        mark = "" if figure.target is None else "ok" if figure.holds else "SHORT"
        span = " ({:.3g} to {:.3g})".format(*figure.interval) if figure.interval else ""
        made.add_row(figure.name, f"{figure.value:.4g}{figure.unit}{span}", target, mark, peers)
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
