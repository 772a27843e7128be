"""Learn which doubtful words have the wrong sense: `compare/artefacts/wrong_senses.json`.

In aligned rows of several works, most by people, a word that is known to render the source's is exchanged for another
of its kind: one that renders a Russian word of like spelling, any word of the work, or the Russian word in Latin
letters. No near neighbours: what lies between a synonym and an error is not learned from words exchanged by chance. The
doubts about these are to be found, all others are free translation. A logistic regression. Renderings that a single
work has taught are left out of the table, so that no work is read with what it alone says.

What follows from a version's manner is learned from doubts that were read (`tests/gold/editor/doubts.tsv`): words
exchanged by chance tell how doubts are ranked, not how often those of a master or of a poor machine are wrong.

    python -m tests.training wrong_senses
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

import compare
from compare.analysis import Analysis
from compare.meaning.detect.unexpected_words import read_rows, unexpected_words
from compare.meaning.detect.wrong_senses import faithful, log_odds, with_version_traits
from compare.names.romanisation import romanise
from compare.read import from_texts
from compare.values import Work
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.renderings import Renderings, Table, content_words, english_lemma, load, share_of
from compare.words import is_function, plain, words
from tests.data import SHARED
from tests.planting import inflection
from tests.planting.corpora import WORKS, Aligned
from tests.planting.corpora import work as rows_of
from tests.training.files import write_record

ARTEFACT = "wrong_senses.json"
GOLD = Path(__file__).parents[1] / "gold" / "editor"
#: Works that are not read: the editor's bench reads the one, the other's sentences stand alone. Rows of a work at most.
_HELD, _ROWS = ("poor-folk", "mlqe"), 600
#: Rows of news that the editor's bench reads, from 0.
_BENCH = range(300, 500)
#: How much of a word's renderings a word must be to be exchanged, the share of rows in which one is, and of each kind.
_ATTESTED, _SHARE = 0.05, 0.3
_KINDS = {"spelling": 0.45, "any": 0.45, "letters": 0.1}
#: What was read of tables: rows counted from 1, and the versions that stood side by side, none for all; and of stories:
#: from which to which share of each text, and likewise.
_TABLES: dict[tuple[str, int, int], tuple[str, ...]] = {
    ("wmt22", 501, 700): ("ref-A", "ALMAnaCH-Inria", "Online-G", "SRPOL"),
    ("wmt22", 851, 1000): (),
    ("wmt22", 1001, 1150): ("Online-Y", "HuaweiTSC"),
    ("wmt22", 601, 700): ("ref-A", "Online-W"),
    ("wmt22", 701, 800): ("Online-G", "SRPOL"),
    ("wmt22", 1151, 1250): ("ref-A", "ALMAnaCH-Inria"),
    ("wmt22", 1251, 1350): ("Lan-Bridge", "Online-A", "ref-A"),
    ("bible-more/Galatians", 1, 149): ("asv", "bbe"),
    ("bible-more/James", 1, 108): ("ylt", "drc"),
    ("bible-more/Ecclesiastes", 1, 150): ("akjv", "rotherham"),
    ("bible-more/Micah", 1, 105): ("asv", "bbe", "drc"),
}
_STORIES: dict[tuple[str, float, float], tuple[str, ...]] = {
    ("overcoat", 0.0, 1.0): (),
    ("nest", 0.3, 0.42): (),
    ("overcoat", 0.0, 0.5): ("en-field", "en-pg1197"),
    ("nest", 0.8, 0.88): ("en-garnett", "en-hapgood"),
    ("nest", 0.88, 0.95): (),
    ("novels/poor-folk", 0.40, 0.52): (),
}
#: How much a read doubt may weigh that was seldom drawn, and how strongly the weights of manner are held down.
_HEAVIEST, _HELD_DOWN = 8.0, 1.0
#: How many errors missed a false alarm weighs.
_FALSE_ALARM = 1.5
SEEDS = (7,)


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
    rng = random.Random(SEEDS[0])
    pool = Words(rows, known)
    table, wrong = [], {}
    for i, row in enumerate(rows):
        cells: Mapping[str, str] = row.versions
        if rng.random() < _SHARE and (made := planted(row, pool, rng)):
            cells, wrong_in, at = made
            wrong[i, wrong_in] = at
        table.append({"ru": row.source, **cells})
    yield from _read(name, table, known, lambda i, version, at: wrong.get((i, version)) == at)


def _read(
    name: str, table: Sequence[Mapping[str, str]], known: Renderings, is_wrong: Callable[[int, str, int], bool]
) -> Iterator[Example]:
    aligned = Analysis(compare.collate(compare.from_rows(table, source="ru"))).words
    found = list(unexpected_words(aligned, known))
    for doubt in found:
        word = aligned.cell(doubt.version, doubt.row_index).words[doubt.at].text
        said = aligned.cell("ru", doubt.row_index).words[doubt.source].text
        yield Example(name, doubt.features, is_wrong(doubt.row_index, doubt.version, doubt.at), f"{said} {word}")


def by_work(found: Sequence[Example]) -> list[float]:
    """Return weights under which all works weigh alike, 1 in the mean."""
    counts = Counter(e.work for e in found)
    return [len(found) / len(counts) / counts[e.work] for e in found]


def fit(found: Sequence[Example], weight: Sequence[float], strength: float = 1.0) -> dict[str, Any]:
    """Fit a logistic regression; the smaller its `strength` (C), the more its weights are held down."""
    names = list(found[0].signs)
    values = np.array([[e.signs[n] for n in names] for e in found])
    mean, spread = values.mean(0), values.std(0) + 1e-9
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit((values - mean) / spread, [e.wrong for e in found], sample_weight=np.array(weight))
    slopes = model.coef_[0] / spread
    return {
        "features": names,
        "weights": {n: round(float(w), 4) for n, w in zip(names, slopes, strict=True)},
        "bias": round(float(model.intercept_[0] - slopes @ mean), 4),
        "prior": round(float(np.average([e.wrong for e in found], weights=weight)), 4),
    }


def read_works() -> Iterator[tuple[str, str, Work]]:
    """Give the works whose doubts were read: the name, the part, the texts."""
    assert SHARED is not None
    for (name, first, last), versions in _TABLES.items():
        table = _table(SHARED / name)[first - 1 : last]
        named = versions or [v for v in table[0] if v != "ru"]
        rows = [{"ru": row["ru"], **{v.lower(): row[v] for v in named}} for row in table]
        yield name, f"{first}-{last}", compare.from_rows(rows, source="ru")
    for (name, start, end), versions in _STORIES.items():
        texts = {path.stem: path.read_text("utf-8") for path in sorted((SHARED / name).glob("*.txt"))}
        named = [v for v in texts if not versions or v in ("ru", *versions)]
        parts = {v: texts[v][int(len(texts[v]) * start) : int(len(texts[v]) * end)] for v in named}
        yield name, f"{start:g}-{end:g}", from_texts(parts, source="ru")


def _table(path: Path) -> list[dict[str, str]]:
    """Read a work's table, whose columns are named by version alone: the folder's `rows.tsv`, or the file."""
    file_name = path / "rows.tsv" if path.is_dir() else path.with_suffix(".tsv")
    with file_name.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{name.removeprefix("en-").removesuffix("-synodal"): cell for name, cell in row.items()} for row in rows]


def judged(known: Renderings, model: Mapping[str, Any]) -> Iterator[tuple[Example, float]]:
    """Give the doubts that an editor has marked, what is read of them, and how many each stands for."""
    marks = {}
    with (GOLD / "doubts.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            key = tuple(line[name] for name in ("work", "part", "version", "row", "source", "word"))
            weight = min(1 / float(line["p"]), _HEAVIEST)
            marks[key] = (True, weight) if line["mark"] == "wrong" else (False, _FALSE_ALARM * weight)
    for name, part, work in read_works():
        analysis = Analysis(compare.collate(work))
        words = analysis.words
        for doubt, signs in with_version_traits(
            faithful(words.collation, read_rows(words, known, analysis.judgements)), model
        ):
            said = words.cell("ru", doubt.row_index).words[doubt.source].text
            word = words.cell(doubt.version, doubt.row_index).words[doubt.at].text
            key = name, part, doubt.version, str(doubt.row_index + 1), said, word
            if mark := marks.pop(key, None):
                wrong, stands_for = mark
                yield Example(f"{name} {part}", signs, wrong, f"{doubt.version}: {said} {word}"), stands_for


def held_out(found: Sequence[Example]) -> dict[str, float]:
    """Leave out each work in turn; return how well its doubts are ranked: the average precision."""
    out = {}
    for name in sorted({e.work for e in found}):
        others = [e for e in found if e.work != name]
        model = fit(others, by_work(others))
        here = [e for e in found if e.work == name]
        scores = [log_odds(e.signs, model) for e in here]
        out[f"average precision, {name}"] = round(float(average_precision_score([e.wrong for e in here], scores)), 3)
    return out


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


def main() -> dict[str, float]:
    """Learn and write; return what is found in each work when it is left out."""
    known = shared(load())
    found: list[Example] = []
    for name in WORKS:
        if name not in _HELD:
            rows = [row for i, row in enumerate(rows_of(name)) if name != "wmt22" or i not in _BENCH]
            found += examples(name, random.Random(SEEDS[0]).sample(rows, min(len(rows), _ROWS)), known)
    model = fit(found, by_work(found))
    marked, stand_for = zip(*judged(load(), model), strict=True)  # with the table that found them
    write_record(ARTEFACT, {**model, "versions": fit(marked, stand_for, _HELD_DOWN)})
    return held_out(found)


if __name__ == "__main__":
    print(main())
