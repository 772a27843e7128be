"""Hexapla: compare the versions of a translated text, and find what is wrong with them.

`load(path) -> Work`, `align(source, target, encoder=…) -> list[Bead]`, `collate(work) -> Collation`,
`check(collation) -> list[Finding]`, `report(work) -> Report`. Each is imported at its first use.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.alignment import align
    from compare.analysis import Analysis
    from compare.collation import collate
    from compare.pipeline import Report, check, report
    from compare.read import from_files, from_rows, from_table, from_texts, load
    from compare.segment import sentences
    from compare.values import Bead, Collation, Decision, Finding, InputError, Place, Row, Span, Version, Work

__version__ = "0.1.0"

_HOME = {
    "Analysis": "analysis",
    "Report": "pipeline",
    "align": "alignment",
    "collate": "collation",
    "check": "pipeline",
    "report": "pipeline",
    "sentences": "segment",
    **dict.fromkeys(["load", "from_files", "from_rows", "from_table", "from_texts"], "read"),
    **dict.fromkeys(
        ["Bead", "Collation", "Decision", "Finding", "InputError", "Place", "Row", "Span", "Version", "Work"],
        "values",
    ),
}

__all__ = [
    "Analysis",
    "Bead",
    "Collation",
    "Decision",
    "Finding",
    "InputError",
    "Place",
    "Report",
    "Row",
    "Span",
    "Version",
    "Work",
    "align",
    "check",
    "collate",
    "from_files",
    "from_rows",
    "from_table",
    "from_texts",
    "load",
    "report",
    "sentences",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'compare' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"compare.{_HOME[name]}"), name)
    globals()[name] = value
    return value


if "IPython" in sys.modules:  # in a notebook values show themselves
    importlib.import_module("compare.notebook.display").register()
