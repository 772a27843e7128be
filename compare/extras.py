"""Libraries of the extras: imported where they are needed, and named where they are missing."""

from __future__ import annotations

import importlib
from typing import Any

from compare.values import InputError


def need(module: str, extra: str) -> Any:
    """Import a module that comes with an extra. Raises InputError with the command that installs it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise InputError(module.split(".")[0], f"is not installed; pip install 'hexapla[{extra}]'") from None
