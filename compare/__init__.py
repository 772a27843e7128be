"""Hexapla: compare the versions of a translated text, and find what is wrong with them.

`load(path) -> Work`, `align(source, target, encoder=…) -> list[Bead]`, `collate(work) -> Collation`,
`check(collation) -> list[Finding]`, `report(work) -> Report`,
`variants(collation) -> Sites`. Each is imported at its first use.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from compare.alignment import align
    from compare.analysis import Analysis
    from compare.collation import collate
    from compare.pipeline import Report, check, report, variants
    from compare.read import from_files, from_rows, from_table, from_texts, load
    from compare.segment import sentences
    from compare.values import (
        Bead,
        Collation,
        Decision,
        Finding,
        InputError,
        Place,
        Reading,
        Row,
        Site,
        Sites,
        Span,
        Version,
        Work,
    )

__version__ = "0.2.0"

_HOME = {
    "Analysis": "analysis",
    "Report": "pipeline",
    "align": "alignment",
    "collate": "collation",
    "check": "pipeline",
    "report": "pipeline",
    "variants": "pipeline",
    "sentences": "segment",
    **dict.fromkeys(["load", "from_files", "from_rows", "from_table", "from_texts"], "read"),
    **dict.fromkeys(
        [
            "Bead",
            "Collation",
            "Decision",
            "Finding",
            "InputError",
            "Place",
            "Reading",
            "Row",
            "Site",
            "Sites",
            "Span",
            "Version",
            "Work",
        ],
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
    "Reading",
    "Report",
    "Row",
    "Site",
    "Sites",
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
    "variants",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'compare' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"compare.{_HOME[name]}"), name)
    globals()[name] = value
    return value


if "IPython" in sys.modules:  # in a notebook values show themselves
    importlib.import_module("compare.notebook.display").register()
