"""Figures of the names room."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rapidfuzz.distance import JaroWinkler, Levenshtein

from compare.analysis import Analysis
from compare.names.romanisation import SCHEMES, romanise
from tests.bench import Figure
from tests.data import SHARED
from tests.planting.auroc import auroc
from tests.planting.name_pairs import Names, Pairs, cyrillic_pairs, latin_pairs, load, split


def bench() -> Iterator[Figure]:
    """Measure linking and telling apart on the test part of the names."""
    from compare.names import score

    everything = load()
    _, test = split(everything)

    def judge(pairs: tuple[Pairs, Pairs], by: Callable[[str, str], float]) -> float:
        return auroc(*([by(a, b) for a, b in side] for side in pairs))

    for label, pool in (("", None), (", look-alikes from all names", everything)):
        pairs = latin_pairs(test, pool)
        peers = {
            "Jaro–Winkler": judge(pairs, JaroWinkler.similarity),
            "Levenshtein": judge(pairs, Levenshtein.normalized_similarity),
            **({"Metaphone": judge(pairs, by_sound)} if (by_sound := metaphone()) else {}),
        }
        yield Figure(f"Latin against Latin, AUROC{label}", judge(pairs, score), 0.92, peers=peers)
        pairs = cyrillic_pairs(test, pool)
        bgn = judge(pairs, lambda c, s: Levenshtein.normalized_similarity(romanise(c, "BGN/PCGN"), s))
        yield Figure(
            f"Cyrillic against Latin, AUROC{label}", judge(pairs, score), 0.97, peers={"Levenshtein after BGN": bgn}
        )
    yield Figure("Latin to its Cyrillic among 1,000, recall at 1", recall(test, score), 0.90)
    yield Figure("100,000 names clustered", clustering(everything), 60, "lower", unit=" s")
    yield Figure("nest, several spellings inside a version: precision", nest_precision(), 0.9)
    for kind, said in (("critical_id9_ne_replaced", "replaced"), ("critical_id25_ne_removed", "removed")):
        for beside in (False, True):
            told, alarms = demetr(kind, beside)
            where = "beside the source and another version" if beside else "beside the source alone"
            yield Figure(f"DEMETR, a name {said}, found {where}", told)
            yield Figure(f"unperturbed ones blamed, {where}", alarms, better="lower")


def metaphone() -> Callable[[str, str], float] | None:
    """Return a measure of how alike two names sound to an English ear, where jellyfish is here to code them."""
    try:
        from jellyfish import metaphone as code
    except ImportError:
        return None
    return lambda a, b: Levenshtein.normalized_similarity(code(a), code(b))


def recall(names: Names, by: Callable[[str, str], float], queries: int = 200, distractors: int = 1000) -> float:
    """Return the share of spellings whose own Cyrillic form scores above every one of 1,000 other names."""
    rng = random.Random(7)
    asked = rng.sample([(s, c) for c, group in sorted(names.items()) for s in group], queries)
    hits = 0
    for spelling, own in asked:
        others = [c for c in rng.sample(sorted(names), distractors + 20) if spelling not in names[c]][:distractors]
        best = by(own, spelling)
        hits += all(by(c, spelling) < best for c in others)
    return hits / queries


def clustering(names: Names, size: int = 100_000) -> float:
    """Return the seconds of one core that it takes to cluster so many names: the spellings, and romanised Cyrillic."""
    from compare.names.clustering import cluster

    pool = {s for group in names.values() for s in group}
    for scheme in SCHEMES:
        pool |= {romanise(cyrillic, scheme) for cyrillic in names}
    pool |= {romanise(cyrillic + "ов", scheme) for cyrillic in names for scheme in ("BGN/PCGN", "German")}
    drawn = random.Random(1).sample(sorted(pool), size)
    start = time.process_time()
    cluster(drawn)
    return time.process_time() - start


def demetr(kind: str, beside: bool) -> tuple[float, float]:
    """Return the share of perturbed translations in which a finding of names tells more than in the unperturbed one.

    Then the share of unperturbed ones with such a finding. `beside`: the human translation is there, too.
    """
    import compare
    from compare.checks import run, select
    from compare.encode import get

    assert SHARED is not None
    lines = (SHARED / "demetr-ru-dev.jsonl").read_text("utf-8").splitlines()
    items = [item for item in map(json.loads, lines) if item["kind"] == kind]
    items = [item for item in items if item["machine"].strip() != item["perturbed"].strip()]

    def blamed(field: str) -> list[set[str]]:
        rows = [
            {"ru": item["source"], "en": item[field]} | ({"en-b": item["reference"]} if beside else {})
            for item in items
        ]
        table = compare.collate(compare.from_rows(rows, source="ru"), encoder=get("none"))
        found: list[set[str]] = [set() for _ in items]
        for check, finding in run(Analysis(table), select(["NAM"])):
            place = finding.places[0]
            if finding.score >= check.threshold and finding.severity != "neutral" and place.version == "en":
                found[table.number_at("en", place.span.start) - 1].add(finding.message)
        return found

    perturbed, machine = blamed("perturbed"), blamed("machine")
    told = sum(bool(ours - theirs) for ours, theirs in zip(perturbed, machine, strict=True))
    return told / len(items), sum(map(bool, machine)) / len(items)


def nest_precision() -> float:
    """Return the share of the findings of NAM101 in the versions of `nest` that the gold list calls right.

    A finding that the list lacks counts as wrong until somebody has read it.
    """
    import compare
    from compare.checks import run, select

    assert SHARED is not None
    ids = ["ru", "en-garnett", "en-ralston", "en-hapgood"]
    texts = {id: (SHARED / "nest" / f"{id}.txt").read_text("utf-8") for id in ids}
    table = compare.collate(compare.from_texts(texts, source="ru"))
    lines = (Path(__file__).parents[1] / "gold" / "names-nest.tsv").read_text("utf-8").splitlines()[1:]
    right = {tuple(line.split("\t")[:2]) for line in lines if line.split("\t")[3] == "yes"}
    found = [f.places[0] for check, f in run(Analysis(table), select(["NAM101"])) if f.score >= check.threshold]
    return sum((place.version, place.text) in right for place in found) / len(found)
