"""The versions side by side.

Risk, what they lost and added, closeness, and BLEU, chrF and TER of each against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from compare.analysis.lexical_variety import Variety
from compare.meaning.risk import Risks
from compare.similarity import Similarity
from compare.values import Collation, Finding

#: Resamples of the paired bootstrap (Koehn 2004), and the seed that makes it give the same figures again.
SAMPLES, SEED = 1000, 12345


@dataclass(frozen=True, slots=True)
class Standing:
    """One version's line in the table; None where there is nothing to measure by."""

    version: str
    rows: int
    risk: float | None
    omissions: int
    additions: int
    source: float | None
    """Mean cosine to the source."""
    others: float | None
    """Mean cosine to the other translations."""
    eddy: float | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """A metric of one version against another as reference.

    `interval`: half of the score's 95 % interval. `p`: of being no other than the first version scored against the
    same reference; None for that first one.
    """

    version: str
    reference: str
    metric: str
    score: float
    interval: float | None
    p: float | None
    signature: str


def standings(
    collation: Collation,
    similarity: Similarity,
    risks: Risks,
    varieties: Sequence[Variety],
    findings: Iterable[Finding] = (),
) -> tuple[Standing, ...]:
    """Sum up every translation. `findings`: what the checks found; omissions and additions are counted from them."""
    import numpy as np

    listed = list(findings)
    source = collation.work.source
    judged = [v.id for v in collation.work.versions if v.role != "source"]
    near, eddies = similarity.cosine, varieties
    out = []
    for version in judged:
        mine = [f for f in listed if f.places[0].version == version and f.status != "dismissed"]
        own = [r[version] for r in risks if r.get(version) is not None]
        to_others = [near[version, o] for o in judged if o != version]
        eddy = [e.eddy[version] for e in eddies if version in e.eddy]
        out.append(
            Standing(
                version,
                sum(version in row.spans for row in collation.rows),
                _mean(np.array(own, float)),
                sum(f.mqm == "accuracy/omission" for f in mine),
                sum(f.mqm == "accuracy/addition" for f in mine),
                _mean(near[version, source.id]) if source else None,
                _mean(np.concatenate(to_others)) if to_others else None,
                _mean(np.array(eddy, float)),
            )
        )
    return tuple(out)


def _mean(values: Any) -> float | None:
    import numpy as np

    known = values[~np.isnan(values)]
    return round(float(known.mean()), 4) if len(known) else None


def overlaps(collation: Collation, samples: int = SAMPLES) -> tuple[Overlap, ...]:
    """Score every translation against every other with sacrebleu, on the rows that all of one language have.

    Intervals and p by paired bootstrap over rows. No such row gives none.
    """
    import os
    from collections import defaultdict

    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER
    from sacrebleu.significance import PairedTest

    columns: dict[str, list[str]] = defaultdict(list)
    for version in collation.work.versions:
        if version.role != "source":
            columns[version.lang].append(version.id)
    out: list[Overlap] = []
    os.environ.setdefault("SACREBLEU_SEED", str(SEED))
    for ids in columns.values():
        rows = [row for row in collation.rows if all(id in row.spans for id in ids)]
        texts = {id: [collation.cell(row, id).replace("\n", " ") for row in rows] for id in ids}
        if not rows or len(ids) < 2:
            continue
        for reference in ids:
            systems = [(id, texts[id]) for id in ids if id != reference]
            metrics = {
                "BLEU": BLEU(references=[texts[reference]]),
                "chrF": CHRF(references=[texts[reference]]),
                "TER": TER(references=[texts[reference]]),
            }
            test = PairedTest(systems, metrics, references=None, test_type="bs", n_samples=samples)  # type: ignore[arg-type]
            signatures, scores = test()
            for metric, signature in signatures.items():
                for (id, _), result in zip(systems, scores[metric], strict=True):
                    out.append(_overlap(id, reference, metric, result, str(signature)))
    return tuple(out)


def _overlap(id: str, reference: str, metric: str, result: Any, signature: str) -> Overlap:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(float(value), 4)

    return Overlap(
        id, reference, metric, round(float(result.score), 2), rounded(result.ci), rounded(result.p_value), signature
    )


def to_rows(values: Iterable[Standing] | Iterable[Overlap]) -> list[dict[str, Any]]:
    """List the lines of either table as mappings."""
    return [{name: getattr(value, name) for name in value.__slots__} for value in values]
