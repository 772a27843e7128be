"""Learn which doubtful words have the wrong sense: `compare/artefacts/wrong_senses.json`.

In aligned rows of several works, most by people, a word that is known to render the source's is exchanged for another
of its kind: one that stands near it, one that renders a Russian word of like spelling, any word of the work, or the
Russian word in Latin letters. The doubts about these are to be found, all others are free translation. Sentences of a
machine whose words editors have marked (MLQE-PE) stand beside them. A logistic regression; each work is read with a
table of renderings that was learned from the others.

    python -m tests.training.wrong_senses      leaves out each work in turn, tells what is found there, then writes
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein

import compare
from compare.analysis import Analysis
from compare.meaning.detect.wrong_senses import doubts, freedom
from compare.names.romanisation import romanise
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.renderings import Renderings, content_words, english_lemma, share_of
from compare.words import is_function, words
from tests.planting import inflection
from tests.planting.corpora import WORKS, Aligned, mlqe, untokenized, work
from tests.training.files import write_record
from tests.training.renderings import held_out_tables

ARTEFACT = "wrong_senses.json"
#: Works that are held out for the editor's bench, and rows of each other work at most.
_HELD, _ROWS = ("poor-folk",), 900
#: Rows of news that the editor's bench reads, from 0.
_BENCH = range(300, 500)
#: How much of a word's renderings a word must be to be exchanged, the share of rows in which one is, and of each kind.
_ATTESTED, _SHARE = 0.05, 0.3
_KINDS = {"near": 0.35, "spelling": 0.3, "any": 0.25, "letters": 0.1}
_SEED = 7
#: What holds the weights down.
_RIDGE = 1e-3


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
            return romanise(russian)
        pool = self.by_pos[lexicon().pos(lemma)]
        if kind == "spelling":
            alike = [r for r in self.begun[russian[:3]] if r != russian and _alike(r, russian)]
            pool = [next(iter(self.known.counts(r)), "") for r in alike]
        fits = [w for w in rng.sample(pool, min(len(pool), 400)) if w and w.isalpha() and self._differs(russian, lemma, w)]
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
    table, wrong = [], {}
    for i, record in enumerate(mlqe("train")[:3000]):
        tokens, tags = record["machine_tokens"].split(), record["machine_tags"].split()[1::2]
        text = untokenized(record["machine_tokens"])
        bad: set[int] = set()
        at = iter(range(len(words(text))))
        joined = [w.text for w in words(text)]
        k = 0
        for token, tag in zip(tokens, tags, strict=True):
            if k < len(joined) and joined[k].startswith(token) or (k < len(joined) and token == joined[k]):
                if tag == "BAD":
                    bad.add(k)
                k += 1
        wrong[i] = bad
        table.append({"ru": record["source"], "mt": text})
    yield from _read("mlqe", table, known, lambda i, version, at: at in wrong[i])


def _read(name, table, known, is_wrong) -> Iterator[Example]:
    analysis = Analysis(compare.collate(compare.from_rows(table, source="ru")))
    aligned = analysis.words
    found = list(doubts(aligned, known))
    free = freedom(aligned, found)
    source = analysis.collation.work.source
    for doubt in found:
        signs = {**doubt.signs, "free": free[doubt.version]}
        word = aligned.cell(doubt.version, doubt.row_index).words[doubt.at].text
        said = aligned.cell(source.id, doubt.row_index).words[doubt.source].text
        yield Example(name, signs, is_wrong(doubt.row_index, doubt.version, doubt.at), f"{said} {word}")
