"""The version to start from when a row is translated again: least expected loss (MBR: Kumar & Byrne 2004)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compare.analysis.lexical_variety import Variety
from compare.meaning.risk import Risks
from compare.similarity import Similarity
from compare.values import Collation


@dataclass(frozen=True, slots=True)
class BaseVersion:
    """For a row the best version, None where no translation has it, and every version's gain, higher is better."""

    row: int
    version: str | None
    gains: Mapping[str, float]


def base_versions(
    collation: Collation, similarity: Similarity, risks: Risks, varieties: Sequence[Variety]
) -> tuple[BaseVersion, ...]:
    """Choose for every row the version to start from.

    A version gains by its mean likeness to the others, as any of them might be the true one (half by sentence vector,
    half by shared words), by its likeness to the source, and loses its risk. Ties go to the first by id.
    """
    import numpy as np

    source = collation.work.source
    judged = sorted(v.id for v in collation.work.versions if v.role != "source")
    near = similarity.cosine
    out = []
    for i, row in enumerate(collation.rows):
        gains = {}
        for version in judged:
            if version not in row.spans:
                continue
            others = [float(near[version, o][i]) for o in judged if o != version and o in row.spans]
            gain = 0.0
            if others:
                gain += 0.5 * float(np.mean(others)) + 0.5 * (1 - varieties[i].eddy.get(version, 1.0))
            if source and source.id in row.spans:
                gain += float(near[version, source.id][i])
            gains[version] = round(gain - (risks[i].get(version) or 0.0), 4)
        best = max(gains, key=lambda v: gains[v]) if gains else None
        out.append(BaseVersion(row.number, best, gains))
    return tuple(out)


def to_rows(chosen: Iterable[BaseVersion]) -> list[dict[str, Any]]:
    """List the choices: one mapping a row."""
    return [{"row": b.row, "base": b.version, **{f"gain {id}": g for id, g in b.gains.items()}} for b in chosen]
