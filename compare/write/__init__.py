"""Writers: one file a format, found by discovery, each from a Report to bytes and to nothing else.

A format is a module of this folder with `SUFFIX` (".html") and `write(report) -> bytes`, which is pure. Its name is the
suffix without the dot. A new format is a new module; nothing else is edited.

What a writer can show besides rows and findings comes in `Report.exhibits`, plain data by name. Those that have a
picture or a table of their own:

- `names`, `worklist`, and any other sequence of mappings: a table, one mapping a line, the first one's keys on top;
- `repeats`: for each version `{"size": s, "dots": [(x, y, length), …]}`, in any one unit: a dot plot;
- `drift`: for each version `{"curve": [number or None, …], "changes": [row, …]}`, one number a row: a curve.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from compare.files import replace
from compare.values import Report

Write = Callable[[Report], bytes]


@functools.cache
def _writers() -> Mapping[str, Write]:
    found: dict[str, Write] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "SUFFIX"):
            found[module.SUFFIX.removeprefix(".")] = module.write
    return dict(sorted(found.items()))


def formats() -> tuple[str, ...]:
    """Return the names of all formats, in alphabetical order."""
    return tuple(_writers())


def render(report: Report, format: str) -> bytes:
    """Write the report in a format, into memory. Raises ValueError for a format that there is not."""
    if format not in formats():
        raise ValueError(f"no format {format!r}; there are {', '.join(formats())}")
    return _writers()[format](report)


def save(report: Report, folder: str | Path, formats: Iterable[str] = ("html", "json", "md")) -> list[Path]:
    """Write `report.SUFFIX` into the folder, one file a format, and return their paths.

    Everything is rendered before anything is written, and each file appears whole or not at all. The folder is made
    when it is missing. Raises ValueError for an unknown format, OSError where the folder cannot be written.
    """
    rendered = {format: render(report, format) for format in formats}
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [replace(folder / f"report.{format}", content) for format, content in rendered.items()]
