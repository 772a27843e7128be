"""The order in which people put files."""

from __future__ import annotations

import re
from pathlib import PurePath


def natural(path: PurePath) -> tuple[list[tuple[int, str]], str]:
    """Sort as a person does: numbers by their size, capitals as small letters."""
    parts = re.findall(r"[0-9]+|[^0-9]+", str(path).casefold())
    return [_number(part) if part.isdecimal() else (-1, part) for part in parts], str(path)


def _number(digits: str) -> tuple[int, str]:
    """Return what sorts as the number does, however long it is."""
    return len(digits.lstrip("0")), digits.lstrip("0")
