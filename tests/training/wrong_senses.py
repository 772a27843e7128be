"""Learn which doubtful words have the wrong sense: `compare/artefacts/wrong_senses.json`.

In aligned rows of several works, most by people, a word that is known to render the source's is exchanged for another
of its kind: one that stands near it, one that renders a Russian word of like spelling, any word of the work, or the
Russian word in Latin letters. The doubts about these are to be found, all others are free translation. Sentences of a
machine whose words editors have marked (MLQE-PE) stand beside them. A logistic regression. Renderings that a single
work has taught are left out of the table, so that no work is read with what it alone says.

    python -m tests.training.wrong_senses      leaves out each work in turn, tells what is found there, then writes
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein
from sklearn.linear_model import LogisticRegression

import compare
from compare.analysis import Analysis
from compare.meaning.detect.wrong_senses import doubts, freedom
from compare.names.romanisation import romanise
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.renderings import Renderings, Table, content_words, english_lemma, load, share_of
from compare.words import is_function, plain, words
from tests.planting import inflection
from tests.planting.corpora import WORKS, Aligned, mlqe, untokenized, work
from tests.training.files import write_record

ARTEFACT = "wrong_senses.json"
#: Works that are held out for the editor's bench, and rows of each other work at most.
_HELD, _ROWS = ("poor-folk",), 600
#: Rows of news that the editor's bench reads, from 0.
_BENCH = range(300, 500)
#: How much of a word's renderings a word must be to be exchanged, the share of rows in which one is, and of each kind.
_ATTESTED, _SHARE = 0.05, 0.3
_KINDS = {"near": 0.35, "spelling": 0.3, "any": 0.25, "letters": 0.1}
_SEED = 7
#: Sentences of MLQE-PE that are read.
_MARKED = 2000


@dataclass(frozen=True, slots=True)
class Example:
    """A doubt, what the model reads of it, and whether the word is wrong."""

    work: str
    signs: Mapping[str, float]
    wrong: bool
    text: str


class Words:
    """Words to exchange others for: those of a work by part of speech, and Russian lemmas by their beginnings."""

    def __init__(self, rows: Sequence[Aligned], known: Renderings) -> None:
        self.known = known
        self.by_pos: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            for text in row.versions.values():
                for word in words(text):
                    if word.text.islower() and not is_function(word.text, "en"):
                        lemma = english_lemma(word.text)
                        self.by_pos[lexicon().pos(lemma)].append(lemma)
        self.begun: dict[str, list[str]] = defaultdict(list)
        for table in known.tables:
            for russian in sorted(table.lines):
                self.begun[russian[:3]].append(russian)

    def other(self, kind: str, russian: str, lemma: str, rng: random.Random) -> str | None:
        """Return another lemma in place of one that renders a Russian word; None where none is found."""
        if kind == "letters":
            return plain(romanise(russian, "BGN/PCGN")).lower()
        pool = self.by_pos[lexicon().pos(lemma)]
        if kind == "spelling":
            alike = [r for r in self.begun[russian[:3]] if r != russian and _alike(r, russian)]
            pool = [next(iter(self.known.counts(r)), "") for r in alike]
        drawn = rng.sample(pool, min(len(pool), 400))
        fits = [w for w in drawn if w.isalpha() and self._differs(russian, lemma, w)]
        if kind == "near" and fits:
            near = (lexicon().vectors(fits, "en") @ lexicon().vectors([lemma], "en").T)[:, 0]
            fits = [w for w, n in zip(fits, near, strict=True) if 0.25 <= n <= 0.6]
        return rng.choice(fits) if fits else None

    def _differs(self, russian: str, lemma: str, other: str) -> bool:
        kin = relation(lemma, other) in ("s", "h", "w")
        return other != lemma and not kin and share_of(self.known.entry(russian), other) < 0.005


def _alike(one: str, two: str) -> bool:
    return DamerauLevenshtein.normalized_similarity(one, two) >= 0.6


def planted(row: Aligned, pool: Words, rng: random.Random) -> tuple[dict[str, str], str, int] | None:
    """Exchange a word of one version: the cells, the version and which of its words; None where none is known."""
    version = rng.choice(sorted(row.versions))
    text = row.versions[version]
    source, target = content_words(row.source, "ru"), content_words(text, "en")
    if not source or not target:
        return None
    shares = pool.known.shares(source, target)
    pairs = [(s, t) for s, t in zip(*np.nonzero(shares >= _ATTESTED), strict=True) if not target[t].name]
    rng.shuffle(pairs)
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    for s, t in pairs:
        word = words(text)[target[t].at]
        other = pool.other(kind, source[s].lemma, target[t].lemma, rng)
        if other and word.text.islower():
            new = inflection.like(word.text, target[t].lemma, other)
            cells = {**row.versions, version: text[: word.start] + new + text[word.end :]}
            return cells, version, target[t].at
    return None


def examples(name: str, rows: Sequence[Aligned], known: Renderings) -> Iterator[Example]:
    """Plant in a work's rows and read its doubts."""
    rng = random.Random(_SEED)
    pool = Words(rows, known)
    table, wrong = [], {}
    for i, row in enumerate(rows):
        cells: Mapping[str, str] = row.versions
        if rng.random() < _SHARE and (made := planted(row, pool, rng)):
            cells, wrong_in, at = made
            wrong[i, wrong_in] = at
        table.append({"ru": row.source, **cells})
    yield from _read(name, table, known, lambda i, version, at: wrong.get((i, version)) == at)


def marked(known: Renderings) -> Iterator[Example]:
    """Read the doubts about a machine's sentences whose words editors have marked."""
    table, wrong = [], []
    for record in mlqe("train")[:_MARKED]:
        text = untokenized(record["machine_tokens"])
        # tags of gaps stand between those of words
        tags = zip(record["machine_tokens"].split(), record["machine_tags"].split()[1::2], strict=True)
        found = [next((tag for token, tag in tags if token.startswith(word.text)), "OK") for word in words(text)]
        wrong.append({at for at, tag in enumerate(found) if tag == "BAD"})
        table.append({"ru": record["source"], "mt": text})
    yield from _read("mlqe", table, known, lambda i, version, at: at in wrong[i])


def _read(
    name: str, table: Sequence[Mapping[str, str]], known: Renderings, is_wrong: Callable[[int, str, int], bool]
) -> Iterator[Example]:
    aligned = Analysis(compare.collate(compare.from_rows(table, source="ru"))).words
    found = list(doubts(aligned, known))
    free = freedom(aligned, found)
    for doubt in found:
        word = aligned.cell(doubt.version, doubt.row_index).words[doubt.at].text
        said = aligned.cell("ru", doubt.row_index).words[doubt.source].text
        signs = {**doubt.signs, "free": free[doubt.version]}
        yield Example(name, signs, is_wrong(doubt.row_index, doubt.version, doubt.at), f"{said} {word}")


def fit(found: Sequence[Example]) -> dict[str, Any]:
    """Fit a logistic regression, the works weighed alike."""
    names = list(found[0].signs)
    values = np.array([[e.signs[n] for n in names] for e in found])
    counts = Counter(e.work for e in found)
    weight = [1 / counts[e.work] for e in found]
    mean, spread = values.mean(0), values.std(0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=1000)
    scale = len(found) / len(counts)
    model.fit((values - mean) / spread, [e.wrong for e in found], sample_weight=np.array(weight) * scale)
    slopes = model.coef_[0] / spread
    return {
        "features": names,
        "weights": {n: round(float(w), 4) for n, w in zip(names, slopes, strict=True)},
        "bias": round(float(model.intercept_[0] - slopes @ mean), 4),
    }


def log_odds(model: Mapping[str, Any], example: Example) -> float:
    """Return what a model says of an example."""
    return float(model["bias"] + sum(w * example.signs[n] for n, w in model["weights"].items()))


def report(found: Sequence[Example]) -> Iterator[str]:
    """Leave out each work in turn; say how the doubts of each are ranked."""
    for name in sorted({e.work for e in found}):
        here = [e for e in found if e.work == name]
        model = fit([e for e in found if e.work != name])
        ranked = sorted(here, key=lambda e: -log_odds(model, e))
        wrong = sum(e.wrong for e in here)
        hits = np.cumsum([e.wrong for e in ranked])
        precise = [(hits[k] / (k + 1), hits[k] / wrong) for k in range(len(ranked)) if ranked[k].wrong]
        at = {f: f"{max((r for p, r in precise if p >= f), default=0):.2f}" for f in (0.9, 0.8, 0.6)}
        average = np.mean([p for p, _ in precise])
        yield f"{name}: {len(here)} doubts, {wrong} wrong; average precision {average:.2f}; recall at {at}"


def shared(known: Renderings) -> Renderings:
    """Leave out of a table what a single work has taught."""
    lines = {}
    for table in known.tables:
        for russian, rest in table.lines.items():
            places, works, listed = rest.split("\t")
            kept = [part for part in listed.split(", ") if not part.endswith(":1")]
            if kept:
                lines[russian] = "\t".join((places, works, ", ".join(kept)))
    return Renderings((Table(lines),))


def main() -> None:
    """Learn, tell what is found in each work when it is left out, write."""
    known = shared(load())
    found: list[Example] = []
    for name in WORKS:
        if name == "mlqe":
            found += marked(known)
        elif name not in _HELD:
            rows = [row for i, row in enumerate(work(name)) if name != "wmt22" or i not in _BENCH]
            found += examples(name, random.Random(_SEED).sample(rows, min(len(rows), _ROWS)), known)
    for line in report(found):
        print(line)
    write_record(ARTEFACT, fit(found))


if __name__ == "__main__":
    main()
