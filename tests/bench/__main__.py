"""Run the benchmark and print its table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from rich.console import Console
from rich.table import Table

from tests import bench
from tests.data import SHARED


def main(rooms: list[str]) -> int:
    """Print the figures of every room, or of those named; 1 when one falls short, 2 when the data is not here."""
    console = Console()
    if SHARED is None:
        console.print("the development data is not on this machine; set HEXAPLA_DATA to its folder")
        return 2
    short = 0
    files = {info.name for info in pkgutil.iter_modules(bench.__path__) if not info.name.startswith("_")}
    known = sorted(files - {"memory", "score"})  # which measure for others
    for room in rooms or known:
        table = Table("figure", "ours", "target", "", "peers", title=room, title_justify="left")
        with console.status(f"measuring {room}"):
            for figure in importlib.import_module(f"tests.bench.{room}").bench():
                short += not figure.holds
                sign = "≥" if figure.better == "higher" else "≤"
                target = "" if figure.target is None else f"{sign} {figure.target:g}{figure.unit}"
                peers = ", ".join(f"{name} {value:.4g}" for name, value in figure.peers.items())
                mark = "" if figure.target is None else "ok" if figure.holds else "SHORT"
                span = " ({:.3g} to {:.3g})".format(*figure.interval) if figure.interval else ""
                table.add_row(figure.name, f"{figure.value:.4g}{figure.unit}{span}", target, mark, peers)
        console.print(table)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
