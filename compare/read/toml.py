"""TOML files, which people write by hand: `work.toml`, `rules.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from compare.read.text import slurp
from compare.values import InputError


def toml(path: Path) -> tuple[str, dict[str, Any]]:
    """Read a file; return its text and what it states. Raises InputError for what is no TOML."""
    content = slurp(path)
    try:
        text = content.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputError(path, "is not UTF-8") from None
    except (ValueError, RecursionError) as trouble:  # also of an integer too long, and of brackets nested too deep
        raise InputError(path, f"is not TOML: {trouble}") from None
