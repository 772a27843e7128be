"""Writers: one file a format, found by discovery, each from a Report to bytes and to nothing else.

A format is a module of this folder with `SUFFIX` (".html") and a pure function: `write(report) -> bytes`, or
`write_version(report, id) -> bytes` where a file holds one translation. Its name is the module's. `NEEDS`, where there
is one, names the library and its extra that it needs. A new format is a new module; nothing else is edited.

What a writer can show besides rows and findings comes in `Report.exhibits`, plain data by name. Those that have a
picture or a table of their own:

- `names`, `worklist`, and any other sequence of mappings: a table, one mapping a line, the first one's keys on top;
- `repeats`, for each version `{"size": s, "dots": [(x, y, length), …]}`, in any one unit: a dot plot;
- `drift`, for each version `{"curve": [number or None, …], "changes": [row, …]}`, one number a row: a curve.

A format's file bears its name. The others:

- `page`, `templates`, `page_limits`, `packing`: what the page is made of, how much it shows, and what it compresses
- `highlights`, `markup`: findings within the text of a cell, as pieces and as HTML
- `phrasing`: what all writers say alike; `differences`: word differences of two short texts
- `pictures`: pictures and tables as SVG; `variant_list`: the variants as the page lists them
- `apparatus`, `concordance`, `names_index`: these lists in their formats
- `to_translate`: the worklist for a translator
- `shelf`: the page of a shelf
- `findings_table`, `sheets`, `documents`, `archive`: tables, workbooks, Word documents, the ZIP archives they are
- `pairs`: bilingual formats: which text each version is set against; `xml`: XML written the same each time
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

from compare.extras import need
from compare.files import replace_all
from compare.values import Report
from compare.write.markup import anchor
from compare.write.pairs import translations


@functools.cache
def _writers() -> Mapping[str, ModuleType]:
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    found = {module.__name__.rpartition(".")[2]: module for module in modules if hasattr(module, "SUFFIX")}
    return dict(sorted(found.items()))


def formats() -> tuple[str, ...]:
    """Return the names of all formats, in alphabetical order."""
    return tuple(_writers())


def ready(formats: Iterable[str]) -> None:
    """Raise as `render` would for one of these formats, before the work on the report begins."""
    for format in formats:
        if format not in _writers():
            raise ValueError(f"no format {format!r}; there are {', '.join(_writers())}")
        if needs := getattr(_writers()[format], "NEEDS", None):
            need(*needs)


def render(report: Report, format: str, version: str | None = None) -> bytes:
    """Write the report in a format, into memory.

    `version`: the translation, for a format that holds one; else its first. Raises ValueError for a format that there
    is not, InputError for one whose library is not installed.
    """
    ready([format])
    writer = _writers()[format]
    content: bytes
    if hasattr(writer, "write"):
        content = writer.write(report)
    else:
        content = writer.write_version(report, version or translations(report)[0])
    return content


def files(report: Report, format: str) -> dict[str, bytes]:
    """Write the report in a format, into memory: the content of each file by its name.

    A format that holds one translation gives a file for each, `report.en-2020.docx`; any other is one, `report.html`.
    Raises as `render` does.
    """
    ready([format])
    suffix = _writers()[format].SUFFIX
    if hasattr(_writers()[format], "write"):
        return {f"report{suffix}": render(report, format)}
    return {f"report.{anchor(id)}{suffix}": render(report, format, id) for id in translations(report)}


def save(report: Report, folder: str | Path, formats: Iterable[str] = ("html", "json", "md")) -> list[Path]:
    """Write the report into the folder, in each of the formats, and return the files' paths.

    Everything is rendered before anything is written, and the files appear whole, all or none. The folder is made when
    it is missing. Raises as `render` does, and OSError where the folder cannot be written.
    """
    rendered = {name: content for format in formats for name, content in files(report, format).items()}
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return replace_all({folder / name: content for name, content in rendered.items()})
