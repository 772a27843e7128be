"""Learn the kinds and the weight of variants: `compare/artefacts/variants.json`.

Variants of six works were classed by two readers beside all texts (`variants.tsv`; none stands in a row of
`tests/gold/variants.tsv`). Where no rule classes two readings a softmax regression over their features does. Whether a
single word of a revision means something else has been learned from words that were replaced in one of two near
relations, and is held as likely beforehand as the readers found it. A logistic regression over the kind and the
features gives the probability that an editor wants to see a site (`wanted`). Of a version and its revision another does
(`marked`): of 5,000 machine translations that were marked, 0 to 100, and then corrected by other people, a linear
regression explains each mark by the sum of the features of its corrections (the sites of a text are a bag of which the
mark is known: Ray and Page 2001), which gives each site the marks that it costs.

    python -m tests.training.apparatus        leaves out each work in turn, tells what is found there, then writes
"""

from __future__ import annotations

import csv
import math
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, cast

import numpy as np
from scipy.optimize import minimize

import compare
from compare.analysis import Analysis
from compare.apparatus import known, named
from compare.apparatus.classes import Kind
from compare.apparatus.evidence import evidence_of
from compare.apparatus.features import NAMES, Pair
from compare.apparatus.judgement import (
    SITE_NAMES,
    WEIGHED,
    blended,
    is_revised,
    is_single,
    linear,
    pooled,
    site_features,
    weigh,
)
from compare.apparatus.language import language
from compare.apparatus.sites import Passage, grouped, passages
from compare.wordalign.embeddings import lexicon
from compare.words import is_function, lemma, words
from tests.data import SHARED
from tests.planting.auroc import auroc
from tests.training.files import write_record
from tests.variants import LEARNED, Spans, analysed, read, shared

ARTEFACT = "variants.json"
#: How strongly weights are held down: of kinds, of the weight.
RIDGE = {"kinds": 40.0, "single": 4.0, "wanted": 30.0, "cost": 1000.0, "marked": 1.0}
SEEDS = (4,)
#: Where words are replaced: books, and rows of each.
BOOKS, ROWS = ("Isaiah", "Proverbs", "Ezekiel", "Romans", "Deuteronomy"), 120
#: Translations that were marked and corrected, and how many of them are learned from.
MARKED, CORRECTED = "mlqe-ru-en/train.tsv", 5000
#: What variants with replaced words count as a work.
REPLACED = "replaced"
#: What a kind counts that a reader would let pass, all such kinds together; what he said first counts the rest.
LET_PASS = 0.3


#: What is stored of each model, by its name.
Models = Mapping[str, dict[str, Any]]
#: Of each two readings of a variant the kind that a rule states, None where that is to be learned, and the features.
Pairs = tuple[tuple[Kind | None, list[float]], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A variant: its work, what a reader called it, and for each two of its readings the rule's kind and features."""

    work: str
    kind: Kind | None
    """None where nobody has said."""
    wanted: bool
    pairs: Pairs
    also: tuple[Kind, ...] = ()
    """Other kinds that the reader would have let pass."""


def examples() -> Iterator[Example]:
    """Measure the variants of the list as they are found now."""
    for analysis, listed in analysed(read(LEARNED)):
        by_row = _passages(analysis)
        for label, row, spans in listed:
            passage = _passage(analysis, by_row.get(row, []), row, spans)
            if passage is not None:
                work, kind = label.work.partition("/")[0], cast("Kind", label.kind)
                found = _example(analysis, passage, work, kind, label.wanted)
                yield replace(found, also=cast("tuple[Kind, ...]", label.also))


def replaced() -> Iterator[Example]:
    """Yield variants of two near relations, in one of which words were replaced by others of their part of speech.

    With their source, and again without.
    """
    assert SHARED is not None
    rng = random.Random(*SEEDS)
    rows = []
    for book in BOOKS:
        with (SHARED / "bible-more" / f"{book}.tsv").open(encoding="utf-8") as lines:
            read_ = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        rows += [{"ru": r["ru-synodal"], "en-a": r["en-asv"], "en-b": r["en-akjv"]} for r in rng.sample(read_, ROWS)]
    pool = [w.text for row in rows for w in words(row["en-a"]) if _replaceable(w.text)]
    by_pos: dict[str, list[str]] = {}
    for word in pool:
        by_pos.setdefault(lexicon().pos(lemma(word, "en")), []).append(word)
    at = []
    for row in rows:
        fit = [w for w in words(row["en-b"]) if _replaceable(w.text)]
        chosen = rng.choice(fit) if fit else None
        others = (
            [w for w in by_pos.get(lexicon().pos(lemma(chosen.text, "en")), []) if w != chosen.text] if chosen else []
        )
        if chosen is None or not others:
            at.append((-1, -1))
            continue
        new = rng.choice(others)
        row["en-b"] = row["en-b"][: chosen.start] + new + row["en-b"][chosen.end :]
        at.append((chosen.start, chosen.start + len(new)))
    for source in ("ru", None):
        table = [row if source else {k: v for k, v in row.items() if k != "ru"} for row in rows]
        analysis = Analysis(compare.collate(compare.from_rows(table, source=source)))
        for number, found in _passages(analysis).items():
            for passage in found:
                start, end = passage.span(passage.words.versions.index("en-b"))
                a, b = at[number - 1]
                hit = start < b and a < end
                yield _example(analysis, passage, REPLACED, "meaning" if hit else None, hit)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A machine translation: its features of all sites between it and its correction, and the marks that it lost."""

    sites: tuple[Pairs, ...]
    words: int
    lost: float
    """Of 100."""


def corrected(but: Collection[int]) -> list[Corrected]:
    """Measure machine translations beside their corrections. `but`: lines that a reader has classed, from 1."""
    assert SHARED is not None
    with (SHARED / MARKED).open(encoding="utf-8") as lines:
        read_ = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    fit = [r for n, r in enumerate(read_, 1) if n not in but and r["source"].strip() and r["postedit"].strip()]
    chosen = random.Random(*SEEDS).sample(fit, CORRECTED)
    table = [{"ru": r["source"], "en-a": _joined(r["machine_tokens"]), "en-b": _joined(r["postedit"])} for r in chosen]
    analysis = Analysis(compare.collate(compare.from_rows(table, source="ru")))
    found = _passages(analysis)
    return [
        Corrected(
            tuple(_example(analysis, each, MARKED, None, False).pairs for each in found.get(number, ())),
            len(row["en-a"].split()),
            100 - float(r["da_mean"]),
        )
        for number, (row, r) in enumerate(zip(table, chosen, strict=True), 1)
    ]


def _joined(tokens: str) -> str:
    """Write tokens as a text: without spaces before marks and within contractions."""
    return re.sub(r" (?=[.,;:!?)\]]|'\w)|(?<=[(\[]) ", "", re.sub(r" ?n ?'t\b", "n't", tokens))


def _replaceable(word: str) -> bool:
    return word.islower() and not is_function(word, "en") and lexicon().pos(lemma(word, "en")) in "nvar"


def _passages(analysis: Analysis) -> dict[int, list[Passage]]:
    """List the passages of each row, from 1."""
    by_row: dict[int, list[Passage]] = {}
    for columns in analysis.columns:
        by_row.setdefault(columns.row_index + 1, []).extend(passages(columns))
    return by_row


def _example(analysis: Analysis, passage: Passage, work: str, kind: Kind | None, wanted: bool) -> Example:
    groups = [group[0] for group in grouped(passage).values()]
    held = evidence_of(analysis.collation, analysis.words, analysis.renderings, passage.words)(passage)
    names, pairs = named(analysis.collation, analysis.names, passage.words), []
    for a, b in combinations(groups, 2):
        pair = Pair(passage, a, b)
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


def learn(rows: Sequence[Sequence[float]], wanted: Sequence[Sequence[float]], ridge: float) -> dict[str, Any]:
    """Fit a softmax regression over standardised features, a logistic one for two classes (the second is yes).

    `wanted`: how far each class is right, (n, classes), rows adding up to 1.
    """
    x, target = np.array(rows, float), np.array(wanted, float)
    means, scales = x.mean(0), x.std(0)
    scales[scales < 1e-9] = 1.0
    z = np.hstack([(x - means) / scales, np.ones((len(x), 1))])
    columns = 1 if target.shape[1] == 2 else target.shape[1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(z.shape[1], columns)
        scores = np.hstack([np.zeros((len(z), 1)), z @ w]) if columns == 1 else z @ w
        scores -= scores.max(1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(1, keepdims=True)
        held = w.copy()
        held[-1] = 0
        gradient = z.T @ (p - target)[:, -columns:] + ridge * held
        return float(-(target * np.log(p + 1e-12)).sum() + ridge / 2 * (held**2).sum()), gradient.ravel()

    w = minimize(loss, np.zeros(z.shape[1] * columns), jac=True, method="L-BFGS-B").x.reshape(z.shape[1], columns)
    return {
        "means": [round(float(v), 5) for v in means],
        "scales": [round(float(v), 5) for v in scales],
        "weights": [[round(float(v), 4) for v in w[:-1, c]] for c in range(columns)],
        "biases": [round(float(v), 4) for v in w[-1]],
    }


#: What kinds that a rule has to find are to the model, where none has.
_CLASSES: Mapping[Kind, Kind] = {
    **dict.fromkeys(("punctuation", "capitals", "spelling", "inflection"), "function word"),
    "transliteration": "synonym",
    "addition": "omission",
    **dict.fromkeys(("number", "name", "negation"), "meaning"),
}


def train(listed: Sequence[Example], marked: Sequence[Corrected]) -> dict[str, dict[str, Any]]:
    """Learn the models: of what was read, of single words that were replaced, and of what was marked and corrected."""
    models: dict[str, dict[str, Any]] = {}
    read_ = [each for each in listed if each.work != REPLACED]
    chosen = [(m, _target(each)) for each in read_ for kind, m in each.pairs if kind is None]
    models["kinds"] = learn([m for m, _ in chosen], [target for _, target in chosen], RIDGE["kinds"])
    single = [
        (m, each.kind == "meaning")
        for each in listed
        for kind, m in each.pairs
        if kind is None and each.work == REPLACED and is_single(m)
    ]
    models["single"] = learn([m for m, _ in single], _certain([n for _, n in single]), RIDGE["single"])
    usual = [target[WEIGHED.index("meaning")] for m, target in chosen if is_revised(m)]
    models["single"]["biases"][0] += _odds(float(np.mean(usual))) - _odds(float(np.mean([n for _, n in single])))
    rows = [site_features(*judged(each.pairs, models)) for each in read_]
    wanted = [each.wanted for each in read_]
    models["wanted"] = learn(rows, _certain(wanted), RIDGE["wanted"])
    models["marked"] = _scaled(costs(marked, models), rows, wanted)
    return models


def _target(each: Example) -> list[float]:
    """Say how far each of WEIGHED is right of a variant: what the reader said, and what he would let pass."""
    passing = [kind for kind in map(_class, each.also) if kind in WEIGHED]
    target = dict.fromkeys(WEIGHED, 0.0)
    target[_class(each.kind)] += 1 - LET_PASS if passing else 1.0
    for kind in passing:
        target[kind] += LET_PASS / len(passing)
    return list(target.values())


def _class(kind: Kind | None) -> Kind:
    assert kind is not None
    return _CLASSES.get(kind, kind)


def _certain(yes: Sequence[bool]) -> list[list[float]]:
    return [[1.0 - each, float(each)] for each in yes]


def costs(marked: Sequence[Corrected], models: Models) -> np.ndarray:
    """Learn what each feature of a site costs in marks, of a sentence of one word.

    A ridge regression on the sums over the sites of a sentence, by the root of its length.
    """
    width = len(SITE_NAMES) + 1
    rows, lost = np.zeros((len(marked), width)), np.array([each.lost for each in marked])
    for row, each in zip(rows, marked, strict=True):
        for pairs in each.sites:
            row += [*site_features(*judged(pairs, models)), 1.0]
        row /= math.sqrt(max(each.words, 1))
    scales = rows.std(0)
    scales[scales < 1e-9] = 1.0
    z = (rows - rows.mean(0)) / scales
    w = np.linalg.solve(z.T @ z + RIDGE["cost"] * np.eye(width), z.T @ (lost - lost.mean())) / scales
    return np.asarray(w[:-1])


def _scaled(cost: np.ndarray, rows: Sequence[Sequence[float]], wanted: Sequence[bool]) -> dict[str, Any]:
    """Turn costs into log-odds that an editor wants to see a site."""
    model = learn([[float(cost @ row)] for row in rows], _certain(wanted), RIDGE["marked"])
    slope = model["weights"][0][0] / model["scales"][0]
    return {
        "means": [0.0] * len(cost),
        "scales": [1.0] * len(cost),
        "weights": [[round(float(slope * each), 4) for each in cost]],
        "biases": [round(model["biases"][0] - slope * model["means"][0], 4)],
    }


def _odds(share: float) -> float:
    return math.log(share / (1 - share))


def judged(pairs: Pairs, models: Models) -> tuple[Mapping[Kind, float], Sequence[float]]:
    """Return how likely each kind is of a variant, and the features of the two readings that differ most."""
    kinds, single = linear(models["kinds"]), linear(models["single"])
    return pooled([({kind: 1.0} if kind else weigh(kinds, single, measured), measured) for kind, measured in pairs])


def main() -> dict[str, float]:
    """Leave out each work in turn, then learn from all and write. Returns for each work the AUROC of the weight."""
    listed = [*examples(), *replaced()]
    marked = corrected({each.line for each in read(LEARNED) if each.work == MARKED})
    figures = {}
    for work in sorted({each.work for each in listed} - {REPLACED}):
        models = train([each for each in listed if each.work != work], marked)
        here = [each for each in listed if each.work == work]
        scores = [(_weight(models, *judged(each.pairs, models)), each.wanted) for each in here]
        yes, no = ([score for score, wanted in scores if wanted is each] for each in (True, False))
        figures[f"{work}: AUROC"] = round(auroc(yes, no), 4)
    print(figures)
    write_record(ARTEFACT, train(listed, marked))
    return figures


def _weight(models: Models, kinds: Mapping[Kind, float], measured: Sequence[float]) -> float:
    (read_,), (marked,) = (linear(models[n]).scores(site_features(kinds, measured)) for n in ("wanted", "marked"))
    return blended(measured[NAMES.index("row in common")], read_, marked)


if __name__ == "__main__":
    main()
