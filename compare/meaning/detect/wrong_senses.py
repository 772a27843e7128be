"""Words that stand where the source says something else: velvet became drunken, grew up was born.

The source is asked word by word of content. Where nothing in the version is known to render a word
(`compare.wordalign.renderings`), and the word that stands in its place renders nothing else, the two are a doubt. A
logistic model weighs it: how near the word lies to what is known to render the source's word, whether the other
versions have such a rendering, whether one of them has the word itself, how freely the row is translated. Where nothing
stands in its place, the word is lost, which `omissions` judges.

The model is learned from words exchanged on purpose among words that translators chose
(`tests/training/wrong_senses.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.values import Collation
from compare.wordalign.aligned_words import AlignedWords, rising
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.renderings import ContentWord, Renderings, family, guess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: The languages that are judged, source and version: those of the table of renderings.
SOURCE, VERSION = "ru", "en"
#: Probability of a rendering below which a word is not known to render another.
KNOWN = 0.03
#: How hard words that stand at different ends of their cells are pulled apart, and what a word without a link is worth.
_PULL, _NULL = 4.0, 2e-3
#: Probability of a link from which two words anchor their neighbours.
_ANCHOR = 0.3
#: For how many places of its renderings the likeness of vectors speaks (`Renderings.probability`).
_PRIOR = 2.0
#: How many words from where it should stand a word may stand.
_REACH = 5.0
#: How many words away a word as like as can be may stand to be chosen before one that is nothing like.
_LIKE = 3.0
#: How many renderings, the weightiest, tell what a word means.
_TOP = 8
#: How many of the source's words before and behind are asked for their renderings, which frame the place, and how far
#: these may stand.
_ABOUT, _FRAME = 2, 5
#: Share of the source's words rendered as they are known to be, from which on a version may be judged word by word.
#: Translations of news and treaties have 0.75 to 0.85, faithful ones of novels 0.7 to 0.75, free ones below 0.6.
_FAITHFUL = 0.65
#: Share of a row's words rendered so, below which the passage as a whole says something else.
_SAME = 1 / 3
#: Share of doubts that are wrong in a version of which nothing is known, for how many doubts that counts, and how often
#: the estimate is made anew.
_SHARE, _STRENGTH, _ROUNDS = 0.02, 30, 60


@dataclass(frozen=True, slots=True)
class WrongSense:
    """A word that renders another than the source's. Words are given by their index in the cell."""

    row_index: int
    version: str
    at: int
    source: int
    lemma: str
    source_lemma: str
    renderings: Mapping[str, int]
    """For each other version that renders the source's word by what is known to: which word does."""
    wanted: tuple[str, ...]
    """Lemmas that are known to render the source's word, the commonest first."""
    signs: Mapping[str, float]
    """What the model reads."""
    probability: float
    """That an editor would call the word wrong, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """The words of content of a version's cell, (n,), and how they match the source's, (source, n)."""

    words: Sequence[ContentWord]
    vectors: Floats
    size: int
    known: Floats
    expected: Floats
    """(source,) where in the cell a word should stand, in words."""


def judged(collation: Collation) -> bool:
    """Tell whether the work has a source, and a version, whose renderings are known."""
    source = collation.work.source
    return source is not None and source.lang == SOURCE and bool(_versions(collation))


def _versions(collation: Collation) -> list[str]:
    return [v.id for v in collation.work.versions if v.role != "source" and v.lang == VERSION]


def wrong_senses(aligned: AlignedWords, known: Renderings) -> tuple[WrongSense, ...]:
    """Find the doubtful words of all versions, in reading order, whatever their probability.

    How often a doubtful word is wrong differs from version to version: hardly ever in a good translation, one time in
    five in a poor machine's. Each version's share is estimated from its own doubts, by expectation and maximisation
    (Saerens, Latinne and Decaestecker 2002), and the probabilities follow it. Versions that translate freely are not
    judged word by word.
    """
    rendered: dict[str, list[bool]] = {version: [] for version in _versions(aligned.collation)}
    found = list(doubts(aligned, known, rendered))
    out: list[WrongSense] = []
    for version, known_ones in rendered.items():
        here = [d for d in found if d.version == version and d.signs["rendered"] >= _SAME]
        if here and sum(known_ones) / len(known_ones) >= _FAITHFUL:
            odds = [log_odds(doubt.signs) for doubt in here]
            out += [replace(d, probability=p) for d, p in zip(here, _probabilities(odds), strict=True)]
    return tuple(sorted(out, key=lambda d: (d.row_index, d.version, d.at)))


def log_odds(signs: Mapping[str, float]) -> float:
    """Return the model's log-odds that a doubtful word is wrong, where as many are as in its training."""
    model = _model()
    return float(model["bias"] + sum(weight * signs[name] for name, weight in model["weights"].items()))


def _probabilities(log_odds: Sequence[float]) -> list[float]:
    """Turn the log-odds of one version's doubts into probabilities by the share of wrong ones among them."""
    import numpy as np

    odds = np.exp(np.array(log_odds))
    trained = _model()["prior"]
    share = trained
    for _ in range(_ROUNDS):
        ratio = share * (1 - trained) / (trained * (1 - share))
        probability = odds * ratio / (1 + odds * ratio)
        share = (probability.sum() + _STRENGTH * _SHARE) / (len(odds) + _STRENGTH)
    return [float(p) for p in probability]


def faithfulness(aligned: AlignedWords, known: Renderings, version: str) -> float:
    """Return the share of the source's words that a version renders as they are known to be, 0 to 1."""
    rendered: dict[str, list[bool]] = {version: []}
    list(doubts(aligned, known, rendered))
    return sum(rendered[version]) / max(len(rendered[version]), 1)


@cache
def _model() -> Mapping[str, Any]:
    model: Mapping[str, Any] = artefacts.record("wrong_senses.json")
    return model


def doubts(
    aligned: AlignedWords, known: Renderings, rendered: Mapping[str, list[bool]] | None = None
) -> Iterator[WrongSense]:
    """Find the words that are not known to render what they stand for, with what the model reads.

    `rendered`: takes for each of its versions whether each word of the source is rendered as it is known to be.
    """
    if not judged(aligned.collation):
        return
    source = aligned.collation.work.source
    assert source is not None
    versions = _versions(aligned.collation)
    for i in range(len(aligned.collation.rows)):
        words = aligned.content[source.id][i]
        if not words:
            continue
        vectors = _vectors(aligned, source.id, i)
        size = len(aligned.cell(source.id, i).words)
        cells = {v: _cell(aligned, v, i, words, vectors, size, known) for v in versions if aligned.content[v][i]}
        for version, cell in cells.items():
            if rendered is not None and version in rendered:
                rendered[version].extend((cell.known.max(1) >= KNOWN).tolist())
            others = {v: c for v, c in cells.items() if v != version}
            for s, w in _facing(words, vectors, cell):
                yield _doubt(aligned, known, i, version, (words, vectors), cell, others, s, w)


def _vectors(aligned: AlignedWords, version: str, i: int) -> Floats:
    cell = aligned.cell(version, i)
    return aligned.forms.vectors[cell.forms[[w.at for w in aligned.content[version][i]]]]


def _cell(
    aligned: AlignedWords,
    version: str,
    i: int,
    source: Sequence[ContentWord],
    vectors: Floats,
    size: int,
    known: Renderings,
) -> _Cell:
    """Match the words of a cell with the source's, by how they are known to render one another and by order."""
    import numpy as np

    words, mine = aligned.content[version][i], _vectors(aligned, version, i)
    weights = np.array([known.entry(w.lemma).weight for w in source], np.float32)[:, None]
    probability = known.shares(source, words) + guess(vectors @ mine.T) * _PRIOR / (weights + _PRIOR)
    here = np.array([w.position for w in source], np.float32)[:, None]
    there = np.array([w.position for w in words], np.float32)[None, :]
    pulled = probability * np.exp(-_PULL * np.abs(here - there))
    odds = pulled**2 / ((pulled.sum(1, keepdims=True) + _NULL) * (pulled.sum(0, keepdims=True) + _NULL))
    linked = np.nonzero((odds >= _ANCHOR) & (probability >= KNOWN))
    pairs = sorted({(source[s].at, words[w].at) for s, w in zip(*linked, strict=True)})
    length = len(aligned.cell(version, i).words)
    ours, theirs = zip((-1, -1), *rising(pairs), (size, length), strict=True)
    expected = np.interp([w.at for w in source], ours, theirs).astype(np.float32)
    return _Cell(words, mine, length, probability, expected)


def _facing(source: Sequence[ContentWord], vectors: Floats, cell: _Cell) -> list[tuple[int, int]]:
    """Pair the words that nothing is known to render with those that are known to render nothing, by place."""
    unrendered = [s for s, w in enumerate(source) if cell.known[s].max() < KNOWN and not w.name]
    free = [
        w
        for w, word in enumerate(cell.words)
        if cell.known[:, w].max() < KNOWN and not word.name and "-" not in word.lemma
    ]
    pairs = []
    for s in unrendered:
        for w in free:
            apart = abs(cell.words[w].at - float(cell.expected[s]))
            if apart <= _REACH:
                pairs.append((apart - _LIKE * float(vectors[s] @ cell.vectors[w]), s, w))
    taken: dict[int, int] = {}
    for _, s, w in sorted(pairs):
        if s not in taken and w not in taken.values():
            taken[s] = w
    return sorted(taken.items())


def _doubt(
    aligned: AlignedWords,
    known: Renderings,
    i: int,
    version: str,
    source: tuple[Sequence[ContentWord], Floats],
    cell: _Cell,
    others: Mapping[str, _Cell],
    s: int,
    w: int,
) -> WrongSense:
    words, vectors = source
    word, said = cell.words[w], words[s]
    entry = known.entry(said.lemma)
    wanted = tuple(lemma for lemma in list(entry.renderings)[:_TOP] if not lemma.startswith("not "))
    rendered = {v: int(c.known[s].argmax()) for v, c in others.items() if c.known[s].max() >= KNOWN}
    theirs = [others[v].words[at].lemma for v, at in rendered.items()]
    mine = aligned.cell(version, i).forms[word.at]
    faced = aligned.cell(_source(aligned), i).forms[said.at]
    forms = aligned.forms
    related = any(relation(word.lemma, lemma) in ("s", "h", "w") for lemma in (*wanted, *theirs))
    shared = any(family(word.lemma) == family(each.lemma) for c in others.values() for each in c.words)
    about = [k for k in range(max(s - _ABOUT, 0), min(s + _ABOUT + 1, len(words))) if k != s]
    framed = [
        abs(cell.words[int(cell.known[k].argmax())].at - word.at) <= _FRAME
        for k in about
        if cell.known[k].max() >= KNOWN
    ]
    signs = {
        "nearest": float((_lemma_vectors(wanted) @ cell.vectors[w]).max()) if wanted else 0.0,
        "others": len(rendered) / len(others) if others else 0.0,
        "alone": float(not others),
        "sibling": max((float((c.vectors @ cell.vectors[w]).max()) for c in others.values()), default=0.0),
        "shared": float(shared),
        "related": float(related),
        "cosine": float(vectors[s] @ cell.vectors[w]),
        "places": math.log1p(entry.places),
        "apart": abs(word.at - float(cell.expected[s])),
        "about": sum(cell.known[k].max() >= KNOWN for k in about) / len(about) if about else 0.5,
        "framed": sum(framed) / len(about) if about else 0.5,
        "rendered": float((cell.known.max(1) >= KNOWN).mean()),
        "unknown": float(forms.unknown[mine]),
        "pos": float(forms.pos[mine] == forms.pos[faced]),
        "explained": math.log(0.001 + float(cell.known[:, w].max())),
        "first": 1.0 if not entry.renderings else next(iter(entry.renderings.values())).weight / entry.weight,
    }
    at = {v: others[v].words[k].at for v, k in rendered.items()}
    return WrongSense(i, version, word.at, said.at, word.lemma, said.lemma, at, wanted, signs, 0.0)


def _source(aligned: AlignedWords) -> str:
    source = aligned.collation.work.source
    assert source is not None
    return source.id


@lru_cache(1 << 14)
def _lemma_vectors(lemmas: tuple[str, ...]) -> Floats:
    return lexicon().vectors(list(lemmas), "en")
