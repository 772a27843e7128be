"""The probability that a cell carries an error of meaning."""

from __future__ import annotations

from collections.abc import Mapping

from compare.meaning.likeness import likeness
from compare.once import once
from compare.values import Collation


@once
def risk(collation: Collation) -> tuple[Mapping[str, float | None], ...]:
    """Return for each row a mapping version -> probability, 0 to 1; None where there is no cell or nothing to hold it against.

    The source is never judged.
    """
    import numpy as np

    ids = [v.id for v in collation.work.versions]
    judged = [v.id for v in collation.work.versions if v.role != "source"]
    pairs = likeness(collation).cosine
    out: list[Mapping[str, float | None]] = []
    for i, row in enumerate(collation.rows):
        cells: dict[str, float | None] = {}
        for version in judged:
            near = [
                float(pairs[version, other][i])
                for other in ids
                if other != version and other in row.spans and version in row.spans
            ]
            cells[version] = 1 / (1 + float(np.exp(14 * (max(near) - 0.35)))) if near else None
        out.append(cells)
    return tuple(out)
