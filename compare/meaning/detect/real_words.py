"""Misprints that make another word: "clam" for "calm", "the rusting of her dress" for "rustling".

A dictionary knows both words (Kukich 1992, real-word errors). Another version tells: in the same place it has a word
that differs by a letter, or two versions have one that differs by two, and the source and the words about the place
bear that one out and not the other. A logistic model weighs it, learned from words of similar letters put in on purpose
(`tests/training/real_words.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import OSA

from compare import artefacts
from compare.lang import DEFAULT, language
from compare.misprints import are_like, is_slip
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.embeddings import relation
from compare.wordalign.rendered_cells import RenderedCell, rendered_cell, translations
from compare.wordalign.renderings import ContentWord, Renderings, family
from compare.words import in_dictionary, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Letters that a word has at least.
_LEAST = 4
#: How many words about a place tell what would stand there.
_ABOUT = 4
#: The log of a probability of rendering where the source has nothing in the row.
_UNKNOWN, _LEAST_SHARE = math.log(0.01), 1e-3


@dataclass(frozen=True, slots=True)
class RealWord:
    """A word of a version that may be a misprint for one that other versions have. Words are given by index."""

    row_index: int
    version: str
    at: int
    right: Mapping[str, int]
    """For each other version that has the like word: which of its words it is."""
    features: Mapping[str, float]
    """What the model reads."""
    probability: float
    """That it is a misprint, 0 to 1."""


def real_words(aligned: AlignedWords, known: Renderings) -> Iterator[RealWord]:
    """Find the words that may be misprints for others, in reading order, whatever their probability."""
    return (RealWord(*found, _probability(found[-1])) for found in candidates(aligned, known))


def candidates(
    aligned: AlignedWords, known: Renderings
) -> Iterator[tuple[int, str, int, dict[str, int], dict[str, float]]]:
    """Find words with a word of similar letters in another version: row, version, word, those words, features."""
    versions = [v.id for v in aligned.collation.work.versions if v.lang == DEFAULT and v.role != "source"]
    judged = set(translations(aligned.collation))
    for i in range(len(aligned.collation.rows)):
        content = {v: aligned.content[v][i] for v in versions if aligned.content[v][i]}
        if len(content) < 2:
            continue
        own = {v: {key(w.text) for w in aligned.cell(v, i).words} for v in content}
        lemmas = {v: {w.lemma for w in words} for v, words in content.items()}
        asked = judged and aligned.content[aligned.source][i]
        rendered = {v: rendered_cell(aligned, known, v, i) for v in content if asked and v in judged}
        for version, words in content.items():
            others = [v for v in content if v != version]
            for n, word in enumerate(words):
                text = aligned.cell(version, i).words[word.at].text
                if word.name or not _may_be_misprint(text) or any(key(text) in own[v] for v in others):
                    continue
                like = {
                    v: m
                    for v in others
                    for m, other in enumerate(content[v])
                    if other.lemma not in lemmas[version]
                    and _may_be_misprint(there := aligned.cell(v, i).words[other.at].text)
                    and are_like(key(text), key(there))
                    and not _are_kin(word.lemma, other.lemma)
                }
                if len(like) == 1:
                    like = {
                        v: m for v, m in like.items() if _edits(aligned, i, (version, word), (v, content[v][m])) == 1
                    }
                if like:
                    features = _features(aligned, i, version, n, like, content, rendered)
                    yield i, version, word.at, {v: content[v][m].at for v, m in like.items()}, features


def _may_be_misprint(text: str) -> bool:
    """Tell whether a word is one of the dictionary in small letters; denials are another room's."""
    negation = language(DEFAULT).negation
    if len(text) < _LEAST or not (text.isalpha() and text.islower()) or (negation and text in negation.counted):
        return False
    return in_dictionary(key(text), DEFAULT)


def _edits(aligned: AlignedWords, i: int, *words: tuple[str, ContentWord]) -> int:
    """Count the edits between two versions' words."""
    one, two = (key(aligned.cell(version, i).words[word.at].text) for version, word in words)
    return OSA.distance(one, two)


@lru_cache(1 << 16)
def _are_kin(one: str, two: str) -> bool:
    one_spelling = language(DEFAULT).one_spelling or str
    alike = family(one) == family(two) or one_spelling(one) == one_spelling(two)
    return alike or relation(one, two) in ("s", "h", "w")


def _features(
    aligned: AlignedWords,
    i: int,
    version: str,
    n: int,
    like: Mapping[str, int],
    content: Mapping[str, Sequence[ContentWord]],
    rendered: Mapping[str, RenderedCell],
) -> dict[str, float]:
    """Tell how well either word stands in its place: by the source and by its neighbours."""
    word = content[version][n]
    best = max(like, key=lambda v: (aligned.agreement(i, version, {v: (word.at, content[v][like[v]].at)}), v))
    other = content[best][like[best]]
    here, there = key(aligned.cell(version, i).words[word.at].text), key(aligned.cell(best, i).words[other.at].text)
    agree = [aligned.agreement(i, version, {v: (word.at, content[v][m].at)}) for v, m in like.items()]
    forms = aligned.forms
    mine, theirs = aligned.form(version, i, word.at), aligned.form(best, i, other.at)
    about = _about(aligned, i, [(version, word.at), (best, other.at)], content)
    fits = [float((about @ forms.vectors[form]).mean()) if len(about) else 0.0 for form in (mine, theirs)]
    log_shares = [
        math.log(_LEAST_SHARE + float(rendered[v].known[:, k].max())) if v in rendered else _UNKNOWN
        for v, k in ((version, n), (best, like[best]))
    ]
    return {
        "agreement": max(agree),
        "agreements": sum(agree) / (len(content) - 1),
        "holders": len(like) / (len(content) - 1),
        "rendered": log_shares[0],
        "right rendered": log_shares[1],
        "fits": fits[0],
        "right fits": fits[1],
        "kin": _kin(aligned, i, mine, [(v, like.get(v, -1)) for v in content if v != version], content),
        "same part of speech": float(forms.pos[mine] == forms.pos[theirs]),
        "two edits": float(OSA.distance(here, there) > 1),
        "slip": float(is_slip(here, there)),
    }


def _kin(
    aligned: AlignedWords,
    i: int,
    form: int,
    others: Sequence[tuple[str, int]],
    content: Mapping[str, Sequence[ContentWord]],
) -> float:
    """Return how near the nearest word of the other versions lies, -1 to 1, the like words apart."""
    forms = [aligned.form(v, i, w.at) for v, m in others for k, w in enumerate(content[v]) if k != m]
    vectors = aligned.forms.vectors
    return float((vectors[forms] @ vectors[form]).max()) if forms else 0.0


def _about(
    aligned: AlignedWords, i: int, places: Sequence[tuple[str, int]], content: Mapping[str, Sequence[ContentWord]]
) -> Floats:
    """Return the vectors of the words of content about the places, (n, d)."""
    forms = [
        aligned.form(version, i, word.at)
        for version, at in places
        for word in content[version]
        if 0 < abs(word.at - at) <= _ABOUT
    ]
    vectors: Floats = aligned.forms.vectors[forms]
    return vectors


@cache
def _model() -> Mapping[str, Any]:
    model: Mapping[str, Any] = artefacts.record("real_words.json")
    return model


def _probability(features: Mapping[str, float]) -> float:
    model = _model()
    odds = model["bias"] + sum(weight * features[name] for name, weight in model["weights"].items())
    return float(1 / (1 + math.exp(-odds)))
