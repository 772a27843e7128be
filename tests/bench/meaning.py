"""What the room of meaning is held to: DEMETR's perturbations, planted errors, clean pairs, speed.

No model has seen DEMETR, nor the books and chapters that errors are planted in here.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from compare.analysis import Analysis
from compare.meaning.detect.suspect_spans import Phrase
from compare.meaning.scoring import CellJudgement, models, probability
from compare.pipeline import judged
from compare.values import Configuration
from compare.wordalign.contextual import uncased_cell_states
from tests.bench import Figure
from tests.data import SHARED
from tests.planting.auroc import auroc
from tests.planting.collations import changes, collation, plant_in_turn, unseen_rows
from tests.planting.corpora import FORM_KINDS, Aligned, perturbed
from tests.planting.errors import Planted


def bench() -> Iterator[Figure]:
    """Measure the room; nothing without the development data."""
    if SHARED is None:
        return
    yield from _demetr()
    yield from _planted()
    yield from _clean()
    yield from _speed()


def _demetr() -> Iterator[Figure]:
    """Detection by kind through the report's risk; no model has seen a sentence or a perturbation of DEMETR."""
    documents = perturbed()
    kind = np.array([kind for lines in documents for kind, _ in lines])
    records = [record for lines in documents for _, record in lines]
    base = np.unique([record["source"] for record in records], return_inverse=True)[1]
    for source, reference, targets in (
        (True, True, (0.90, 0.72)),
        (True, False, (0.84, 0.52)),
        (False, True, (0.87, 0.60)),
    ):
        risks = []
        for lines in documents:
            rows = [
                Aligned(
                    "demetr", r["source"], {"mt": r["perturbed"], **({"human": r["reference"]} if reference else {})}
                )
                for _, r in lines
            ]
            report = judged(collation(rows, [None] * len(rows), source), Configuration())
            risks += [row["mt"] or 0.0 for row in report.risk]
        beside = " and ".join(x for x, use in (("source", source), ("reference", reference)) if use)
        peers = _peers(records) if reference else {}
        yield from _by_kind(f"DEMETR, {beside}", kind, base, np.array(risks), targets, peers)


def _peers(records: Sequence[Mapping[str, str]]) -> dict[str, np.ndarray]:
    """Score what sacrebleu and the plain cosine say against the reference, the higher the worse."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    from compare.encode import get

    measures = {"chrF++": CHRF(word_order=2), "BLEU": BLEU(effective_order=True), "TER": TER()}
    found = {
        which: np.array([measure.sentence_score(r["perturbed"], [r["reference"]]).score for r in records])
        for which, measure in measures.items()
    }
    ours, theirs = (
        get("use").encode(texts) for texts in ([r[field] for r in records] for field in ("perturbed", "reference"))
    )
    found["cosine to the reference"] = np.einsum("id,id->i", ours, theirs)
    return {which: values if which == "TER" else -values for which, values in found.items()}


def _severe(kind: np.ndarray) -> list[str]:
    return [k for k in sorted(set(kind)) if k.startswith(("critical", "major"))]


def _mean_auroc(kind: np.ndarray, scores: np.ndarray) -> float:
    """Average over the kinds that change the meaning."""
    return float(np.mean([auroc(scores[kind == k], scores[kind == "sound"]) for k in _severe(kind)]))


def _interval(
    measure: Callable[[np.ndarray, np.ndarray], float], kind: np.ndarray, base: np.ndarray, scores: np.ndarray
) -> tuple[float, float]:
    """Draw the sentences anew two hundred times; what nineteen in twenty draws lie between."""
    rng = np.random.default_rng(1)
    lines = {b: np.flatnonzero(base == b) for b in sorted(set(base))}
    drawn = []
    for _ in range(200):
        chosen = np.concatenate([lines[b] for b in rng.choice(list(lines), len(lines))])
        drawn.append(measure(kind[chosen], scores[chosen]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def limit_of(sound: Sequence[float]) -> float:
    """Return what at most one sound cell in twenty exceeds."""
    return float(np.quantile(sound, 0.95, method="higher"))


def _recall(kind: np.ndarray, scores: np.ndarray) -> float:
    limit = limit_of(scores[kind == "sound"])
    return float(np.mean([(scores[kind == k] > limit).mean() for k in _severe(kind)]))


def _by_kind(
    name: str,
    kind: np.ndarray,
    base: np.ndarray,
    held: np.ndarray,
    targets: tuple[float, float],
    peers: Mapping[str, np.ndarray],
) -> Iterator[Figure]:
    sound = held[kind == "sound"]
    yield Figure(
        f"{name}: mean AUROC",
        _mean_auroc(kind, held),
        targets[0],
        peers={which: _mean_auroc(kind, values) for which, values in peers.items()},
        interval=_interval(_mean_auroc, kind, base, held),
    )
    yield Figure(
        f"{name}: recall at 5 % false alarms",
        _recall(kind, held),
        targets[1],
        peers={which: _recall(kind, values) for which, values in peers.items()},
        interval=_interval(_recall, kind, base, held),
    )
    repeats = [auroc(held[kind == k], sound) for k in sorted(set(kind)) if "repeat" in k]
    yield Figure(f"{name}: repeats", float(np.mean(repeats)), 0.98)
    form = np.isin(kind, FORM_KINDS)
    yield Figure(f"{name}: alarms on form alone", float((held[form] > limit_of(sound)).mean()), 0.05, "lower")
    clean = {b: h for b, h, k in zip(base, held, kind, strict=True) if k == "sound"}
    severe = set(_severe(kind))
    pairs = [(h > clean[b]) + 0.5 * (h == clean[b]) for b, h, k in zip(base, held, kind, strict=True) if k in severe]
    yield Figure(f"{name}: paired accuracy", float(np.mean(pairs)), 0.97)


#: Every row is planted anew with each seed, so that one lucky draw decides little.
SEEDS = (6, 7, 8)


def _planted() -> Iterator[Figure]:
    """Errors planted into one of the versions of a row: found, blamed on the right version, and pointed at?"""
    listed = unseen_rows()
    trials = [(listed[a:b], plant_in_turn(listed, seed)[a:b]) for seed in SEEDS for a, b in _corpora(listed)]
    odds: list[tuple[float, bool]] = []
    highest: list[tuple[float, bool]] = []
    families: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for part, planted in trials:
        for i, cells in enumerate(_judged(part, planted, True)):
            families["source and versions"] += [(probability(cell), _at_fault(planted[i], v)) for v, cell in cells]
            odds += [(cell.odds, _at_fault(planted[i], v)) for v, cell in cells]
            if planted[i]:
                version, cell = max(cells, key=lambda pair: pair[1].odds)
                highest.append((cell.odds, _at_fault(planted[i], version)))
        for family, works, source in (
            # each version a work of its own
            ("source alone", [[replace(r, versions={v: r.versions[v]}) for r in part] for v in part[0].versions], True),
            ("versions alone", [part], False),
        ):
            for work in works:
                for each, cells in zip(planted, _judged(work, planted, source), strict=True):
                    families[family] += [(probability(cell), _at_fault(each, v)) for v, cell in cells]
    bad, good = ([o for o, faulty in odds if faulty == which] for which in (True, False))
    limit = limit_of(good)
    yield Figure("planted, source and versions: AUROC", auroc(bad, good), 0.92)
    yield Figure("planted, source and versions: recall at 5 %", float((np.array(bad) > limit).mean()), 0.6)
    named = [right for value, right in highest if value > limit]
    yield Figure("planted, source and versions: right version named", float(np.mean(named)), 0.9)
    for family, found in families.items():
        figure = f"planted, {family}: calibration error, one faulty in five"
        yield Figure(figure, _calibration(found), 0.05, "lower")
    yield from _spans(trials[:2])


def _corpora(listed: Sequence[Aligned]) -> list[tuple[int, int]]:
    """Cut rows where the corpus changes: a version is one translator's, and judged by what is usual with him."""
    names = [r.corpus.split("/")[0] for r in listed]
    cuts = [0, *(i for i in range(1, len(names)) if names[i] != names[i - 1]), len(names)]
    return list(pairwise(cuts))


def _at_fault(planted: tuple[str, Planted] | None, version: str) -> bool:
    return planted is not None and planted[0] == version


def _judged(
    listed: Sequence[Aligned], planted: Sequence[tuple[str, Planted] | None], source: bool
) -> Iterator[list[tuple[str, CellJudgement]]]:
    """Yield for each row the cells that could be judged."""
    changed = [
        (each[0], each[1].text) if each and each[0] in row.versions else None
        for each, row in zip(planted, listed, strict=True)
    ]
    judged = Analysis(collation(listed, changed, source)).judgements
    for i in range(len(listed)):
        yield [(version, cell) for version, cells in judged.items() if (cell := cells[i])]


def _calibration(chances: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins, faulty cells weighed to one in five."""
    faulty = sum(f for _, f in chances)
    weight = {True: 0.2 / max(faulty, 1), False: 0.8 / max(len(chances) - faulty, 1)}
    bins: dict[int, list[tuple[float, bool, float]]] = defaultdict(list)
    for p, f in chances:
        bins[min(9, int(10 * p))].append((p, f, weight[f]))
    return sum(abs(sum(w * (p - f) for p, f, w in group)) for group in bins.values())


def _spans(trials: Sequence[tuple[Sequence[Aligned], Sequence[tuple[str, Planted] | None]]]) -> Iterator[Figure]:
    touch, overlap = [], []
    for listed, planted in trials:
        made_of = collation(listed, changes(planted))
        best: dict[tuple[int, str], Phrase] = {}
        for phrase in Analysis(made_of).phrases:
            at = phrase.row, phrase.version
            if phrase.score >= 0.35 and (at not in best or phrase.score > best[at].score):
                best[at] = phrase
        for n, each in enumerate(planted, 1):
            if not each or not each[1].spans or not (said := best.get((n, each[0]))):
                continue
            start = made_of.rows[n - 1].spans[each[0]].start
            true = {start + i for a, b in each[1].spans for i in range(a, b)}
            marked = set(range(said.place.span.start, said.place.span.end))
            touch.append(bool(marked & true))
            overlap.append(2 * len(marked & true) / (len(marked) + len(true)))
    yield Figure("planted: the reported span touches the true one", float(np.mean(touch)), 0.8)
    yield Figure("planted: character F1 of the span", float(np.mean(overlap)), 0.6)


def _clean() -> Iterator[Figure]:
    """Two sound versions and the source: how often a finding of weight is raised."""
    from compare.checks import run, select

    pairs = [Aligned(r.corpus, r.source, dict(list(r.versions.items())[:2])) for r in unseen_rows()]
    made_of = collation(pairs, [None] * len(pairs))
    mine = [c for c in select(["SEM", "OMI", "NUM"]) if c.code[:4] != "SEM3"]
    heavy = [
        f for c, f in run(Analysis(made_of), mine) if f.score >= c.threshold and f.severity in ("critical", "major")
    ]
    yield Figure("sound pairs: findings of major severity in 100 rows", 100 * len(heavy) / len(pairs), 1.0, "lower")


def _speed() -> Iterator[Figure]:
    """Judge what is encoded already, and encode the words: seconds of one core, of which two have 120 in a minute."""
    listed = unseen_rows()
    small, large = (collation(part, [None] * len(part)) for part in (listed[:100], listed))
    models()
    cells = [sum(len(r.spans) for r in c.rows) for c in (small, large)]
    encoding, judging = [], []
    for analysis in (Analysis(small), Analysis(large)):
        start = time.process_time()
        uncased_cell_states(analysis.collation, analysis.vocabulary)
        encoded = time.process_time()
        analysis.judgements  # noqa: B018 - it encodes the words again, by stretches
        encoding.append(encoded - start)
        judging.append(time.process_time() - encoded - encoding[-1])
    for work, spent, limit in (
        ("encoding the words of", encoding, None),
        ("judging, once encoded,", judging, 120),
    ):
        rate = (spent[1] - spent[0]) / (cells[1] - cells[0]) * 40_000
        yield Figure(f"{work} 10,000 rows of four versions", rate, limit, "lower", unit="s of one core")
