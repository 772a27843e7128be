"""The version to start from when a row is translated again: least expected loss (MBR: Kumar & Byrne 2004)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compare.analysis.lexical_variety import Variety
from compare.meaning.risk import Risks
from compare.similarity import Similarity
from compare.values import Collation


@dataclass(frozen=True, slots=True)
class Donor:
    """For a row the best version, None where no translation has it, and every version's gain, higher is better."""

    row: int
    version: str | None
    gains: Mapping[str, float]


def donors(
    collation: Collation, similarity: Similarity, risks: Risks, varieties: Sequence[Variety]
) -> tuple[Donor, ...]:
    """Choose the donor of every row.

    A version gains by its mean likeness to the others, as any of them might be the true one (half by sentence vector,
    half by shared words), by its likeness to the source, and loses its risk. Ties go to the version named first.
    """
    import numpy as np

    source = collation.work.source
    judged = [v.id for v in collation.work.versions if v.role != "source"]
    near, eddies = similarity.cosine, varieties
    out = []
    for i, row in enumerate(collation.rows):
        gains = {}
        for version in judged:
            if version not in row.spans:
                continue
            others = [float(near[version, o][i]) for o in judged if o != version and o in row.spans]
            gain = 0.0
            if others:
                gain += 0.5 * float(np.mean(others)) + 0.5 * (1 - eddies[i].eddy.get(version, 1.0))
            if source and source.id in row.spans:
                gain += float(near[version, source.id][i])
            gains[version] = round(gain - (risks[i].get(version) or 0.0), 4)
        best = max(gains, key=lambda v: gains[v]) if gains else None
        out.append(Donor(row.number, best, gains))
    return tuple(out)


def to_rows(chosen: tuple[Donor, ...]) -> list[dict[str, Any]]:
    """List the donors: one mapping a row."""
    return [{"row": d.row, "donor": d.version, **{f"gain {id}": g for id, g in d.gains.items()}} for d in chosen]
