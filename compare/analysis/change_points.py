"""How a version's closeness runs along the document, and where it changes for good.

That a version drifts little does not make it good: a literal machine translation drifts least.

Change points: PELT (Killick, Fearnhead & Eckley 2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.meaning.risk import Risks
from compare.similarity import Similarity
from compare.values import Collation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Rows that a stretch must have to count as one.
SHORTEST = 20
#: Rows over which the curve is smoothed.
SMOOTH = 11


@dataclass(frozen=True, slots=True)
class Change:
    """A row from which on a version behaves otherwise: the mean of each measure before it and from it on."""

    version: str
    row: int
    before: Mapping[str, float]
    after: Mapping[str, float]
    strength: float
    """How far the stretches on both sides lie apart, in standard deviations of the measure that moved most."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Curves by version and measure, one value a row (None where there is no cell); changes in reading order."""

    curves: Mapping[str, Mapping[str, tuple[float | None, ...]]]
    changes: tuple[Change, ...]

    def to_rows(self) -> list[dict[str, Any]]:
        """List the smoothed curves: one mapping a row and version."""
        return [
            {"row": i + 1, "version": version, **{name: curve[i] for name, curve in measures.items()}}
            for version, measures in self.curves.items()
            for i in range(len(next(iter(measures.values()), ())))
        ]


def drift(collation: Collation, similarity: Similarity, risks: Risks) -> Drift:
    """Measure each translation along the document: closeness to the source and to the others, length, and risk.

    Closeness and length are taken against what the other versions do at the same row, so that a hard chapter, which is
    hard for all, is no change of any one.
    """
    import numpy as np

    measured = _measures(collation, similarity, risks)
    curves: dict[str, Mapping[str, tuple[float | None, ...]]] = {}
    changes: list[Change] = []
    for version, measures in measured.items():
        curves[version] = {name: _smooth(values) for name, values in measures.items()}
        filled = (
            np.nonzero(np.all([~np.isnan(v) for v in measures.values()], axis=0))[0] if measures else np.zeros(0, int)
        )
        if len(filled) < 2 * SHORTEST:
            continue
        table = np.stack([_ranked(v[filled]) for v in measures.values()], axis=1)
        cuts = [0, *_cuts(table), len(filled)]
        for a, b, c in zip(cuts, cuts[1:], cuts[2:], strict=False):
            means = [
                {name: round(float(v[filled[s]].mean()), 4) for name, v in measures.items()}
                for s in (slice(a, b), slice(b, c))
            ]
            strength = float(np.abs(table[a:b].mean(0) - table[b:c].mean(0)).max())
            changes.append(Change(version, collation.rows[filled[b]].number, means[0], means[1], round(strength, 3)))
    return Drift(curves, tuple(sorted(changes, key=lambda c: (c.row, c.version))))


def _measures(collation: Collation, similarity: Similarity, risks: Risks) -> dict[str, dict[str, Floats]]:
    import numpy as np

    source = collation.work.source
    judged = [v.id for v in collation.work.versions if v.role != "source"]
    near = similarity.cosine
    lengths = {
        v.id: np.array([np.log(len(row.spans[v.id])) if v.id in row.spans else np.nan for row in collation.rows])
        for v in collation.work.versions
    }
    raw: dict[str, dict[str, Floats]] = {}
    for version in judged:
        others = [o for o in judged if o != version]
        raw[version] = {}
        if source:
            raw[version]["source"] = near[version, source.id].astype(float)
        if others:
            raw[version]["others"] = _mean([near[version, o].astype(float) for o in others])
        compared = [*([source.id] if source else []), *others]
        if compared:
            raw[version]["length"] = lengths[version] - _mean([lengths[o] for o in compared])
        raw[version]["risk"] = np.array([np.nan if r.get(version) is None else r[version] for r in risks], float)
    if len(judged) > 1 and source:
        level = _mean([raw[v]["source"] for v in judged])
        for version in judged:
            raw[version]["source"] = raw[version]["source"] - level
    return {v: {k: x for k, x in m.items() if not np.isnan(x).all()} for v, m in raw.items()}


def _mean(columns: list[Floats]) -> Floats:
    import numpy as np

    table = np.stack(columns)
    known = ~np.isnan(table)
    out: Floats = np.where(known.any(0), np.where(known, table, 0).sum(0) / np.maximum(known.sum(0), 1), np.nan)
    return out


def _smooth(values: Floats) -> tuple[float | None, ...]:
    """Average over the rows around, leaving out what is missing."""
    import numpy as np

    known = ~np.isnan(values)
    window = np.ones(min(SMOOTH, len(values)))
    total = np.convolve(np.where(known, values, 0), window, "same")
    count = np.convolve(known.astype(float), window, "same")
    return tuple(round(float(t / c), 4) if k and c else None for t, c, k in zip(total, count, known, strict=True))


def _ranked(values: Floats) -> Floats:
    """Replace values by the normal scores of their ranks: a single wild row then moves no boundary."""
    from statistics import NormalDist

    import numpy as np

    order = np.argsort(np.argsort(values, kind="stable"), kind="stable")
    normal = NormalDist()
    return np.array([normal.inv_cdf((r + 0.5) / len(values)) for r in order])


def _cuts(table: Floats) -> list[int]:
    """Cut (n, d) into stretches of one mean each: least squares with a price for every cut, solved exactly by PELT."""
    import numpy as np

    n, d = table.shape
    total = np.vstack([np.zeros(d), np.cumsum(table, axis=0)])
    square = np.concatenate([[0.0], np.cumsum((table**2).sum(1))])
    # neighbouring rows are alike, so a cut costs more than BIC asks of independent ones
    price = 3.0 * (d + 1) * np.log(n)
    best = np.full(n + 1, np.inf)
    best[0] = -price
    last = np.zeros(n + 1, int)
    starts = np.array([0])
    for end in range(SHORTEST, n + 1):
        size = end - starts
        sums = total[end] - total[starts]
        cost = square[end] - square[starts] - np.einsum("ij,ij->i", sums, sums) / size
        value = best[starts] + cost + price
        pick = int(value.argmin())
        best[end], last[end] = value[pick], starts[pick]
        kept = best[starts] + cost <= best[end]
        fresh = end - SHORTEST + 1
        starts = starts[kept]
        if fresh >= SHORTEST and np.isfinite(best[fresh]):
            starts = np.append(starts, fresh)
    cuts = []
    end = n
    while end > 0:
        end = int(last[end])
        cuts.append(end)
    return sorted(c for c in cuts if c)
