"""JSON Lines: each line an object, a row; each key whose values are words a version."""

from __future__ import annotations

import json
from pathlib import Path

from compare.read.columns import Columns, bounded
from compare.read.formats import rows
from compare.read.text import read
from compare.values import InputError


@rows(".jsonl", ".ndjson")
def jsonl(path: Path) -> Columns:
    """Read versions side by side; `{"translation": {"ru": …, "en": …}}`, as data sets have it, is opened.

    Raises InputError for a line that is no object.
    """
    units = []
    for number, line in enumerate(read(path).split("\n"), 1):
        if line.strip():
            try:
                unit = json.loads(line)
            except (ValueError, RecursionError):
                raise InputError(path, f"line {number} is not JSON") from None
            if not isinstance(unit, dict):
                raise InputError(path, f"line {number} is not an object with a key for each version")
            units.append(_flat(unit))
    headings = bounded(path, (key for unit in units for key in unit), len(units))
    return Columns(headings, tuple(tuple(unit.get(key, "") for key in headings) for unit in units))


def _flat(unit: dict[str, object]) -> dict[str, str]:
    """Keep the words, those of the objects within too; numbers, truth values and lists are no text."""
    found: dict[str, str] = {}
    for key, value in unit.items():
        if isinstance(value, str):
            found[key] = value
        elif isinstance(value, dict):
            found |= {inner: words for inner, words in value.items() if isinstance(words, str)}
    return found
