"""The versions side by side.

Risk, what they lost and added, closeness, and BLEU, chrF and TER of each against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compare.analysis.coverage import Coverage
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
    coverage: float | None
    """Share of the source's words that stand in rows which the version has (`compare.analysis.coverage`)."""
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
    coverage: Mapping[str, Coverage],
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
                coverage[version].words if version in coverage else None,
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
    from collections import defaultdict

    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    columns: dict[str, list[str]] = defaultdict(list)
    for version in collation.work.versions:
        if version.role != "source":
            columns[version.lang].append(version.id)
    out: list[Overlap] = []
    for ids in columns.values():
        rows = [row for row in collation.rows if all(id in row.spans for id in ids)]
        texts = {id: [collation.cell(row, id).replace("\n", " ") for row in rows] for id in ids}
        if not rows or len(ids) < 2:
            continue
        for reference in ids:
            systems = {id: texts[id] for id in ids if id != reference}
            for kind in (BLEU, CHRF, TER):
                out += _scored(kind(references=[texts[reference]]), systems, reference, samples)
    return tuple(out)


def _scored(metric: Any, systems: Mapping[str, list[str]], reference: str, samples: int) -> Iterator[Overlap]:
    """Score each system; all are judged by the same resamples, and each but the first is compared with the first.

    sacrebleu's own test takes its seed from the environment alone, which is the whole process's.
    """
    import numpy as np
    from sacrebleu.significance import estimate_ci

    rows = len(next(iter(systems.values())))
    draws = np.random.default_rng(SEED).choice(rows, size=(samples, rows))
    signature = metric.get_signature()
    signature.update("seed", SEED)
    signature.update("bs", samples)
    first: tuple[float, Any] | None = None
    for id, texts in systems.items():
        statistics = metric._extract_corpus_statistics(texts, None)
        score = metric._aggregate_and_compute(statistics)
        each = np.array(statistics, np.float32)
        drawn = np.array([metric._compute_score_from_stats(each[draw].sum(0)).score for draw in draws])
        _, interval = estimate_ci(drawn)
        p = None
        if first is None:
            first = score.score, drawn
        else:
            gaps = np.abs(drawn - first[1])
            further = int((gaps - gaps.mean() > abs(score.score - first[0])).sum())
            p = round((further + 1) / (samples + 1), 4)
        yield Overlap(id, reference, score.name, round(score.score, 2), round(float(interval), 4), p, str(signature))


def to_rows(values: Iterable[Standing] | Iterable[Overlap]) -> list[dict[str, Any]]:
    """List the lines of either table as mappings."""
    return [{name: getattr(value, name) for name in value.__slots__} for value in values]
