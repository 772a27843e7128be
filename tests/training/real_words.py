"""Learn which words are misprints for others of like letters: `compare/artefacts/real_words.json`.

In rows of several versions a word that another version has too is exchanged for one of the dictionary that differs by a
letter or two. These are to be found; every other pair of like words is chance. A logistic regression; its bias is
lowered to how often such misprints stand in printed texts.

    python -m tests.training real_words
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

import compare
from compare.analysis import Analysis
from compare.meaning.detect.real_words import candidates
from compare.misprints import are_like, is_slip
from compare.words import in_dictionary, is_function, key, words
from tests.planting.corpora import Aligned
from tests.planting.corpora import work as rows_of
from tests.training.files import write_record

ARTEFACT = "real_words.json"
#: The works learned from, each with several versions; `nest` and `poor-folk` are held out. Rows of a work at most.
LEARNED, _ROWS = ("bible", "overcoat", "wmt22"), 900
#: Share of rows in which a word is exchanged.
_SHARE = 0.25
#: How much oftener a word is drawn that a slip makes.
_OF_SLIP = 40.0
#: Misprints in a thousand rows of printed versions, by those seen in two novels that are held out.
_NATURAL = 0.003
SEEDS = (7,)


@dataclass(frozen=True, slots=True)
class Example:
    """A word with one like it elsewhere, what the model reads of them, and whether it was put in."""

    work: str
    features: Mapping[str, float]
    wrong: bool


@cache
def _dictionary() -> Mapping[tuple[int, str], Sequence[str]]:
    """The words of all works by length and first letter or second: like words share one of them."""
    found = defaultdict(set)
    for name in LEARNED:
        for row in rows_of(name):
            for text in row.versions.values():
                for word in words(text):
                    if word.text.islower() and word.text.isalpha() and in_dictionary(key(word.text), "en"):
                        found[len(word.text), word.text[0]].add(key(word.text))
    return {place: sorted(forms) for place, forms in found.items()}


def like(word: str) -> list[str]:
    """List the known words that differ from one by a letter or two."""
    near = (w for (length, _), forms in sorted(_dictionary().items()) if abs(length - len(word)) < 3 for w in forms)
    return [w for w in near if are_like(word, w) and not is_function(w, "en")]


def planted(row: Aligned, rng: random.Random) -> tuple[dict[str, str], str, int] | None:
    """Exchange a word of one version that another has too: the cells, the version, which word; None where none fits."""
    version = rng.choice(sorted(row.versions))
    text = row.versions[version]
    others = {key(w.text) for v, t in row.versions.items() if v != version for w in words(t)}
    cut = list(enumerate(words(text)))
    rng.shuffle(cut)
    for at, word in cut:
        folded = key(word.text)
        if word.text.islower() and folded in others and not is_function(folded, "en") and (near := like(folded)):
            new = rng.choices(near, [_OF_SLIP if is_slip(folded, w) else 1.0 for w in near])[0]
            return {**row.versions, version: text[: word.start] + new + text[word.end :]}, version, at
    return None


def examples(name: str, rows: Sequence[Aligned]) -> Iterator[Example]:
    """Plant in a work's rows and read its candidates."""
    rng = random.Random(SEEDS[0])
    table, wrong = [], {}
    for i, row in enumerate(rows):
        cells: Mapping[str, str] = row.versions
        if rng.random() < _SHARE and (made := planted(row, rng)):
            cells, version, at = made
            wrong[i, version] = at
        table.append({"ru": row.source, **cells})
    analysis = Analysis(compare.collate(compare.from_rows(table, source="ru")))
    for i, version, at, _, features in candidates(analysis.words, analysis.renderings):
        yield Example(name, features, wrong.get((i, version)) == at)


def fit(found: Sequence[Example]) -> dict[str, Any]:
    """Fit a logistic regression, and lower its bias to the natural share."""
    names = list(found[0].features)
    values = np.array([[e.features[n] for n in names] for e in found])
    mean, spread = values.mean(0), values.std(0) + 1e-9
    wrong = np.array([e.wrong for e in found])
    model = LogisticRegression(max_iter=1000).fit((values - mean) / spread, wrong)
    slopes = model.coef_[0] / spread
    planted_share = _SHARE / _NATURAL
    return {
        "features": names,
        "weights": {n: round(float(w), 4) for n, w in zip(names, slopes, strict=True)},
        "bias": round(float(model.intercept_[0] - slopes @ mean - np.log(planted_share)), 4),
    }


def main() -> dict[str, float]:
    """Learn and write; return the average precision in each work when it is left out."""
    found: list[Example] = []
    for name in LEARNED:
        rows = rows_of(name)
        found += examples(name, random.Random(SEEDS[0]).sample(rows, min(len(rows), _ROWS)))
    write_record(ARTEFACT, fit(found))
    figures = {}
    for name in LEARNED:
        model = fit([e for e in found if e.work != name])
        here = [e for e in found if e.work == name]
        scores = [sum(w * e.features[n] for n, w in model["weights"].items()) for e in here]
        precision = average_precision_score([e.wrong for e in here], scores)
        figures[f"average precision, {name}"] = round(float(precision), 3)
    return figures


if __name__ == "__main__":
    print(main())
