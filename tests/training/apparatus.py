"""Learn the kinds and the weight of variants: `compare/artefacts/variants.json`.

Variants of four works were classed by a reader beside all texts (`variants.tsv`); the works of `tests/gold/variants.tsv`
are none of them. Where no rule classes two readings a softmax regression over their features does, one for readings
that each have words of their own and one for a reading that alone has some; a logistic regression over the kind and
the features gives the probability that an editor wants to see a site.

    python -m tests.training.apparatus        leaves out each work in turn, tells what is found there, then writes
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from os.path import commonprefix
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

import compare
from compare.analysis import Analysis
from compare.apparatus import named
from compare.apparatus.classes import KINDS, SLIGHT, Kind, by_rule
from compare.apparatus.evidence import evidence
from compare.apparatus.features import NAMES, Pair, features
from compare.apparatus.judgement import ONE_SIDED, OPPOSED, linear, site_features, weigh
from compare.apparatus.language import language
from compare.apparatus.sites import Passage, grouped, passages
from tests.data import SHARED
from tests.variants import LEARNED, Spans, analysed, read, shared

ARTEFACT = Path(__file__).parents[2] / "compare" / "artefacts" / "variants.json"
#: How strongly weights are held down: of kinds, of the weight.
RIDGE = {"opposed": 6.0, "one-sided": 6.0, "wanted": 6.0}
#: How far rare kinds count as much as common ones.
_BALANCE = 0.5
#: The errors of DEMETR that an editor wants to see, and what they are as variants.
PLANTED: Mapping[str, Kind] = {
    "critical_id7_antonym": "meaning",
    "critical_id9_ne_replaced": "meaning",
    "critical_id10_numbers_replaced": "number",
    "critical_id8_negation": "negation",
    "critical_id6_addition": "addition",
    "critical_id21_adj_adv_removed": "omission",
    "critical_id22_verb_removed": "omission",
    "critical_id23_noun_removed": "omission",
    "critical_id24_subj_removed": "omission",
    "critical_id25_ne_removed": "omission",
    "major_id5_pp_removed": "omission",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A variant: its work, what a reader called it, and for each two of its readings the rule's kind and features."""

    work: str
    kind: Kind | None
    """None where nobody has said."""
    wanted: bool
    pairs: tuple[tuple[Kind | None, bool, list[float]], ...]
    """The kind by rule or None, whether each reading has words of its own, and the features."""


def examples() -> Iterator[Example]:
    """Measure the variants of the list as they are found now."""
    for analysis, listed in analysed(read(LEARNED)):
        by_row = _passages(analysis)
        for label, row, spans in listed:
            passage = _passage(analysis, by_row.get(row, []), row, spans)
            if passage is not None:
                yield _example(analysis, passage, label.work.partition("/")[0], label.kind, label.wanted)


def planted() -> Iterator[Example]:
    """Yield the variants of references and of machine translations with one error planted (Karpinska et al. 2022)."""
    assert SHARED is not None
    with (SHARED / "demetr-ru-dev.jsonl").open(encoding="utf-8") as lines:
        items = [item for item in map(json.loads, lines) if item["kind"] in PLANTED]
    rows = [{"ru": i["source"], "en-a": i["reference"], "en-b": i["perturbed"]} for i in items]
    analysis = Analysis(compare.collate(compare.from_rows(rows, source="ru")))
    for row, found in _passages(analysis).items():
        changed = _changed(items[row - 1]["machine"], items[row - 1]["perturbed"])
        for passage in found:
            start, end = passage.span(passage.words.versions.index("en-b"))
            hit = changed[0] <= end and start <= changed[1]
            yield _example(analysis, passage, "demetr", PLANTED[items[row - 1]["kind"]] if hit else None, hit)


def _changed(text: str, other: str) -> tuple[int, int]:
    """Return what range of the second text is not that of the first: all between what begins and what ends alike."""
    begins = len(commonprefix([text, other]))
    ends = len(commonprefix([text[begins:][::-1], other[begins:][::-1]]))
    return begins, len(other) - ends


def _passages(analysis: Analysis) -> dict[int, list[Passage]]:
    """List the passages of each row, from 1."""
    by_row: dict[int, list[Passage]] = {}
    for words in analysis.columns:
        by_row.setdefault(words.row_index + 1, []).extend(passages(words))
    return by_row


def _example(analysis: Analysis, passage: Passage, work: str, kind: str | None, wanted: bool) -> Example:
    groups = [group[0] for group in grouped(passage).values()]
    held = evidence(analysis.collation, analysis.words, analysis.renderings, passage)
    pairs = []
    for a, b in combinations(groups, 2):
        pair, lang = Pair(passage, a, b), language(passage.words.lang)
        names = named(analysis.collation, analysis.names, passage.words, a, b)
        rule = by_rule(passage.reading(a), passage.reading(b), lang, names)
        measured = [0.0] * len(NAMES) if rule in SLIGHT else features(pair, lang, held)
        pairs.append((rule, all(pair.differing), measured))
    return Example(work, kind, wanted, tuple(pairs))


def _passage(analysis: Analysis, found: Sequence[Passage], row: int, spans: Spans) -> Passage | None:
    """Return the passage of a row that has most of a variant's characters, if any has some."""
    starts = {id: span.start for id, span in analysis.collation.rows[row - 1].spans.items()}

    def common(passage: Passage) -> int:
        at = {id: passage.span(v) for v, id in enumerate(passage.words.versions)}
        return shared({id: (starts[id] + a, starts[id] + b) for id, (a, b) in at.items()}, spans)

    best = max(found, key=common, default=None)
    return best if best is not None and common(best) else None


def learn(
    rows: Sequence[Sequence[float]], classes: Sequence[int], count: int, ridge: float, balance: float = 0.0
) -> dict[str, object]:
    """Fit a softmax regression over standardised features, a logistic one for two classes (class 1 is yes).

    `balance`: 0 takes classes as often as they come, 1 all of them as equally often.
    """
    x, y = np.array(rows, float), np.array(classes)
    means, scales = x.mean(0), x.std(0)
    scales[scales < 1e-9] = 1.0
    z = np.hstack([(x - means) / scales, np.ones((len(x), 1))])
    columns = 1 if count == 2 else count
    target = np.eye(count)[y]
    share = np.bincount(y, minlength=count).clip(1) ** -balance
    weight = share[y] / share[y].mean()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(z.shape[1], columns)
        scores = np.hstack([np.zeros((len(z), 1)), z @ w]) if columns == 1 else z @ w
        scores -= scores.max(1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(1, keepdims=True)
        held = w.copy()
        held[-1] = 0
        gradient = z.T @ (weight[:, None] * (p - target))[:, -columns:] + ridge * held
        return float(-(weight * np.log(p[np.arange(len(y)), y] + 1e-12)).sum() + ridge / 2 * (held**2).sum()), gradient.ravel()

    w = minimize(loss, np.zeros(z.shape[1] * columns), jac=True, method="L-BFGS-B").x.reshape(z.shape[1], columns)
    return {
        "means": [round(float(v), 5) for v in means],
        "scales": [round(float(v), 5) for v in scales],
        "weights": [[round(float(v), 4) for v in w[:-1, c]] for c in range(columns)],
        "biases": [round(float(v), 4) for v in w[-1]],
    }


def _class(kind: Kind, kinds: Sequence[Kind]) -> int | None:
    """Number a kind among those of a model; an addition is told from an omission elsewhere."""
    kind = "omission" if kind == "addition" else kind
    if kind not in kinds:
        kind = "meaning" if kind == "omission" else "near" if kind in ("synonym", "function word", "inflection") else kind
    return kinds.index(kind) if kind in kinds else None


def train(listed: Sequence[Example]) -> dict[str, dict[str, object]]:
    """Learn all three models; kinds of what was read alone, since planted errors are not as frequent as real ones."""
    models = {}
    for name, kinds, opposed in (("opposed", OPPOSED, True), ("one-sided", ONE_SIDED, False)):
        chosen = [
            (measured, number)
            for each in listed
            for rule, both, measured in each.pairs
            if each.kind and each.work != "demetr" and rule is None and both == opposed and (number := _class(each.kind, kinds)) is not None
        ]
        models[name] = learn([m for m, _ in chosen], [n for _, n in chosen], len(kinds), RIDGE[name], _BALANCE)
    rows = [site_features(*worst(each, models)) for each in listed]
    models["wanted"] = learn(rows, [int(each.wanted) for each in listed], 2, RIDGE["wanted"])
    return models


def worst(example: Example, models: Mapping[str, dict[str, object]]) -> tuple[Mapping[Kind, float], list[float]]:
    """Return how likely each kind is of the two readings that differ most, and their features."""
    found = []
    for rule, both, measured in example.pairs:
        name = "opposed" if both else "one-sided"
        kinds = {rule: 1.0} if rule else weigh(linear(models[name]), OPPOSED if both else ONE_SIDED, measured)
        best = max(kinds, key=lambda kind: kinds[kind])
        found.append(((KINDS.index(best), kinds[best]), kinds, measured))
    _, kinds, measured = max(found, key=lambda each: each[0])
    return kinds, measured
