"""The formats that can be read, found by discovery: each module of this folder that decorates a reader is one.

A reader is decorated with `@prose(".suffix")` when a file holds the text of one version, with `@rows(".suffix")` when
it holds several versions already aligned, and with `@either(".suffix")` where the file has to be looked into.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from compare.read.columns import Columns
from compare.read.structure import Text

ReadProse = Callable[[Path, str], Text]
ReadRows = Callable[[Path], Columns]


@dataclass(frozen=True, slots=True)
class Prose:
    """A format that holds one text. `read` takes the file and its declared language, or ""."""

    suffixes: tuple[str, ...]
    read: ReadProse


@dataclass(frozen=True, slots=True)
class Rows:
    """A format that holds several versions, aligned."""

    suffixes: tuple[str, ...]
    read: ReadRows


def prose(*suffixes: str) -> Callable[[ReadProse], Prose]:
    """Make a function the reader of texts whose files end so."""
    return lambda read: Prose(suffixes, read)


def rows(*suffixes: str) -> Callable[[ReadRows], Rows]:
    """Make a function the reader of aligned versions whose files end so."""
    return lambda read: Rows(suffixes, read)


@dataclass(frozen=True, slots=True)
class Either:
    """A format of which one file holds one text and another several versions: `choose` looks into the file."""

    suffixes: tuple[str, ...]
    choose: Callable[[Path], Prose | Rows]


def either(*suffixes: str) -> Callable[[Callable[[Path], Prose | Rows]], Either]:
    """Make a function the chooser of readers for files that end so."""
    return lambda choose: Either(suffixes, choose)


@functools.cache
def by_suffix() -> Mapping[str, Prose | Rows | Either]:
    """Import every module of this folder and return its readers by suffix."""
    found: dict[str, Prose | Rows | Either] = {}
    for info in pkgutil.iter_modules([str(Path(__file__).parent)]):
        for value in vars(importlib.import_module(f"{__package__}.{info.name}")).values():
            if isinstance(value, Prose | Rows | Either):
                for suffix in value.suffixes:
                    if found.setdefault(suffix, value) is not value:
                        raise ValueError(f"two readers claim {suffix}")
    return found


def reader_of(path: Path, usual: str) -> Prose | Rows:
    """Return the reader of a file; of one whose suffix nobody knows that of the suffix `usual`."""
    reader = by_suffix().get(path.suffix.lower()) or by_suffix()[usual]
    return reader.choose(path) if isinstance(reader, Either) else reader


def prose_suffixes() -> set[str]:
    """Return how the files end that hold one text each, XML perhaps not among them."""
    return {suffix for suffix, reader in by_suffix().items() if isinstance(reader, Prose)}


def row_suffixes() -> list[str]:
    """Return how the files end that hold several versions."""
    return [suffix for suffix, reader in by_suffix().items() if isinstance(reader, Rows)]
