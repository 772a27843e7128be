"""Machine translations that people have assessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from compare.collation import collate
from compare.read import from_texts
from compare.values import Collation, Span


def table(records: Sequence[dict[str, Any]]) -> Collation:
    """Set sentences and their machine translations side by side: row i is record i."""
    spans: list[dict[str, Span]] = [{} for _ in records]
    texts = {}
    for id, column in (("ru", "source"), ("en", "machine")):
        at = 0
        for span, record in zip(spans, records, strict=True):
            span[id] = Span(at, at + len(record[column]))
            at += len(record[column]) + 1
        texts[id] = "\n".join(record[column] for record in records)
    return collate(from_texts(texts, source="ru", rows=spans))


def assessments(records: Sequence[dict[str, Any]]) -> np.ndarray:
    """Return the standardised assessments."""
    return np.array([float(record["da_z"]) for record in records])
