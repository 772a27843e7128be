"""Learn the kinds and the weight of variants: `compare/artefacts/variants.json`.

Variants of four works were classed by a reader beside all texts (`variants.tsv`); `tests/gold/variants.tsv` is of others.
Where no rule classes two readings a softmax regression over their features does; a logistic regression over the kind
and the features, which reads planted errors as well, gives the probability that an editor wants to see a site.

    python -m tests.training.apparatus        leaves out each work in turn, tells what is found there, then writes
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import minimize

import compare
from compare.analysis import Analysis
from compare.apparatus import known, named
from compare.apparatus.classes import KINDS, Kind
from compare.apparatus.evidence import evidence
from compare.apparatus.features import Pair
from compare.apparatus.judgement import OPPOSED, linear, site_features, weigh
from compare.apparatus.language import language
from compare.apparatus.sites import Passage, grouped, passages
from tests.data import SHARED
from tests.training.files import write_record
from tests.variants import LEARNED, Spans, analysed, read, shared

ARTEFACT = "variants.json"
#: How strongly weights are held down: of kinds, of the weight.
RIDGE = {"opposed": 20.0, "wanted": 8.0}
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
    pairs: tuple[tuple[Mapping[Kind, float] | None, list[float]], ...]
    """How likely each kind is, None where that is to be learned, and the features."""


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
    begins = _alike(text, other)
    return begins, len(other) - _alike(text[begins:][::-1], other[begins:][::-1])


def _alike(one: str, two: str) -> int:
    """Count the characters with which both texts begin."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


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
        pair = Pair(passage, a, b)
        names = named(analysis.collation, analysis.names, passage.words, a, b)
        pairs.append(known(pair, language(passage.words.lang), held, names))
    return Example(work, kind, wanted, tuple(pairs))


def _passage(analysis: Analysis, found: Sequence[Passage], row: int, spans: Spans) -> Passage | None:
    """Return the passage of a row that has most of a variant's characters, if any has some."""
    starts = {id: span.start for id, span in analysis.collation.rows[row - 1].spans.items()}

    def common(passage: Passage) -> int:
        at = {id: passage.span(v) for v, id in enumerate(passage.words.versions)}
        return shared({id: (starts[id] + a, starts[id] + b) for id, (a, b) in at.items()}, spans)

    best = max(found, key=common, default=None)
    return best if best is not None and common(best) else None


def learn(rows: Sequence[Sequence[float]], classes: Sequence[int], count: int, ridge: float) -> dict[str, object]:
    """Fit a softmax regression over standardised features, a logistic one for two classes (class 1 is yes)."""
    x, y = np.array(rows, float), np.array(classes)
    means, scales = x.mean(0), x.std(0)
    scales[scales < 1e-9] = 1.0
    z = np.hstack([(x - means) / scales, np.ones((len(x), 1))])
    columns = 1 if count == 2 else count
    target = np.eye(count)[y]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(z.shape[1], columns)
        scores = np.hstack([np.zeros((len(z), 1)), z @ w]) if columns == 1 else z @ w
        scores -= scores.max(1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(1, keepdims=True)
        held = w.copy()
        held[-1] = 0
        gradient = z.T @ (p - target)[:, -columns:] + ridge * held
        return float(-np.log(p[np.arange(len(y)), y] + 1e-12).sum() + ridge / 2 * (held**2).sum()), gradient.ravel()

    w = minimize(loss, np.zeros(z.shape[1] * columns), jac=True, method="L-BFGS-B").x.reshape(z.shape[1], columns)
    return {
        "means": [round(float(v), 5) for v in means],
        "scales": [round(float(v), 5) for v in scales],
        "weights": [[round(float(v), 4) for v in w[:-1, c]] for c in range(columns)],
        "biases": [round(float(v), 4) for v in w[-1]],
    }


def _class(kind: Kind | None) -> Kind | None:
    """Say what a kind that no rule found is to the model: a form or a function word says about the same."""
    return "near" if kind in ("function word", "inflection", "spelling") else kind


def train(listed: Sequence[Example]) -> dict[str, dict[str, object]]:
    """Learn both models; kinds of what was read alone, since planted errors are not as frequent as real ones."""
    models = {}
    chosen = [
        (measured, OPPOSED.index(kind))
        for each in listed
        for kinds, measured in each.pairs
        if kinds is None and each.work != "demetr" and (kind := _class(each.kind)) in OPPOSED
    ]
    models["opposed"] = learn([m for m, _ in chosen], [n for _, n in chosen], len(OPPOSED), RIDGE["opposed"])
    rows = [site_features(*worst(each, models)) for each in listed]
    models["wanted"] = learn(rows, [int(each.wanted) for each in listed], 2, RIDGE["wanted"])
    return models


def worst(example: Example, models: Mapping[str, dict[str, object]]) -> tuple[Mapping[Kind, float], list[float]]:
    """Return how likely each kind is of the two readings that differ most, and their features."""
    found = []
    for stated, measured in example.pairs:
        kinds = stated or weigh(linear(models["opposed"]), measured)
        best = max(kinds, key=lambda kind: kinds[kind])
        found.append(((KINDS.index(best), kinds[best]), kinds, measured))
    _, kinds, measured = max(found, key=lambda each: each[0])
    return kinds, measured


def auroc(scores: Sequence[float], wanted: Sequence[bool]) -> float:
    """Return how often a wanted variant scores above another, 0 to 1 (Mann and Whitney 1947)."""
    yes = np.array([s for s, w in zip(scores, wanted, strict=True) if w])
    no = np.array([s for s, w in zip(scores, wanted, strict=True) if not w])
    above = (yes[:, None] > no[None, :]).mean() + (yes[:, None] == no[None, :]).mean() / 2
    return float(above)


def main() -> dict[str, float]:
    """Leave out each work in turn, then learn from all and write. Returns for each work the AUROC of the weight."""
    listed = [*examples(), *planted()]
    figures = {}
    for work in sorted({each.work for each in listed}):
        models = train([each for each in listed if each.work != work])
        here = [each for each in listed if each.work == work]
        scores = [linear(models["wanted"]).scores(site_features(*worst(each, models)))[0] for each in here]
        figures[f"{work}: AUROC"] = round(auroc(scores, [each.wanted for each in here]), 4)
    print(figures)
    write_record(ARTEFACT, train(listed))
    return figures


if __name__ == "__main__":
    main()
