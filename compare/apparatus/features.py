"""What is measured of two readings that no rule classes, for the models of `judgement`."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from compare.apparatus.classes import Language, best_likeness
from compare.apparatus.evidence import Evidence
from compare.apparatus.language import vector
from compare.apparatus.sites import Passage
from compare.apparatus.tokens import Token
from compare.wordalign.embeddings import lexicon, relation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: What the models read, in their order.
NAMES = (
    "words alike",
    "worst word",
    "whole alike",
    "synonyms",
    "antonyms",
    "same source word",
    "words of the fewer",
    "words of the more",
    "share in common",
    "rarest word",
    "elsewhere",
    "alike elsewhere",
    "source known",
    "closest to the source",
    "farthest from the source",
    "in the version at all",
    "row in common",
    "denial",
    "articles",
    "auxiliaries",
    "pronouns",
    "particles",
    "words changed",
    "forms changed",
    "one side alone",
)


#: What a feature says that counts one word.
ONE_WORD = math.log1p(1)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readings of a passage, by the places of a version of each."""

    passage: Passage
    one: int
    two: int
    content: tuple[list[Token], list[Token]] = field(init=False, repr=False, compare=False)
    """The words of content of each reading."""
    differing: tuple[list[Token], list[Token]] = field(init=False, repr=False, compare=False)
    """Those of them that the other reading lacks, by their lemmas."""

    def __post_init__(self) -> None:
        a, b = ([t for t in self.passage.reading(v) if not t.mark and not t.function] for v in (self.one, self.two))
        object.__setattr__(self, "content", (a, b))
        object.__setattr__(self, "differing", (_without(a, b), _without(b, a)))


def _without(words: Sequence[Token], others: Sequence[Token], by: Literal["lemma", "key"] = "lemma") -> list[Token]:
    """Return the words that others lack, each of them taken once."""
    name = operator.attrgetter(by)
    left = [name(t) for t in others]
    out = []
    for word in words:
        if name(word) in left:
            left.remove(name(word))
        else:
            out.append(word)
    return out


def features(pair: Pair, language: Language, evidence: Evidence, denied: bool) -> list[float]:
    """Measure two readings; one number for each of NAMES. `denied`: whether one version denies something more."""
    (a, b), extra = pair.content, pair.differing
    best = best_likeness(*extra, language)
    related = [relation(x.lemma, y.lemma) for x in extra[0] for y in extra[1]]
    closeness = [evidence.closeness(v) for v in (pair.one, pair.two)]
    known = [c for c in closeness if c is not None]
    present = [share for v in (pair.one, pair.two) if (share := evidence.present(v)) is not None]
    moved, put_otherwise = elsewhere(pair, language)
    fewer, more = sorted((len(extra[0]), len(extra[1])))
    measured = {
        "words alike": sum(best) / len(best) if best else 0.0,
        "worst word": min(best, default=0.0),
        "whole alike": _whole(*extra, lang=pair.passage.words.lang),
        "synonyms": sum(r in ("s", "h", "w") for r in related) / max(fewer, 1),
        "antonyms": float("a" in related),
        "same source word": evidence.shared(pair.one, pair.two),
        "words of the fewer": math.log1p(fewer),
        "words of the more": math.log1p(more),
        "share in common": 2 * (len(a) - len(extra[0])) / max(len(a) + len(b), 1),
        "rarest word": min(
            max((lexicon().rarity(t.lemma, pair.passage.words.lang) for t in side), default=0.0) for side in extra
        ),
        "elsewhere": moved,
        "alike elsewhere": put_otherwise,
        "source known": float(bool(known)),
        "closest to the source": max(known, default=0.0),
        "farthest from the source": min(known, default=0.0),
        "in the version at all": min(present, default=0.0),
        "row in common": pair.passage.words.in_common(pair.one, pair.two),
        "denial": float(denied),
        **_changed(pair, language),
    }
    return [measured[name] for name in NAMES]


def _changed(pair: Pair, language: Language) -> Mapping[str, float]:
    """Measure how many words only one reading has, and of what sort: logarithms of one more than their number."""
    one, two = sides = [[t for t in pair.passage.reading(v) if not t.mark] for v in (pair.one, pair.two)]
    changed = _without(one, two, "key") + _without(two, one, "key")
    small = [t.key for t in changed if t.function]
    sorts = {"articles": language.articles, "auxiliaries": language.auxiliaries, "pronouns": language.pronouns}
    counts = {name: sum(key in sort for key in small) for name, sort in sorts.items()}
    counts["particles"] = len(small) - sum(counts.values())
    counts["words changed"] = len(changed)
    counts["forms changed"] = len(changed) - len(small) - sum(map(len, pair.differing))
    return {**{name: math.log1p(max(n, 0)) for name, n in counts.items()}, "one side alone": float(not all(sides))}


def denied(pair: Pair, language: Language) -> bool:
    """Tell whether one of two versions denies something more, at the place and in the row: no denial that moved."""
    words = pair.passage.words
    here = [_denials(pair.passage.reading(v), language) for v in (pair.one, pair.two)]
    if here[0] == here[1]:
        return False
    whole = [_denials(words.tokens[v], language) for v in (pair.one, pair.two)]
    return whole[0] != whole[1]


def _denials(tokens: Sequence[Token], language: Language) -> int:
    """Tell whether the denials are an odd number: 1, else 0."""
    negations = language.negations
    return sum(t.key in negations or t.key.endswith("n't") for t in tokens) % 2


def _whole(one: Sequence[Token], two: Sequence[Token], lang: str) -> float:
    """Compare the sums of the words' vectors, rare words weighing more: -1 to 1."""
    if not one or not two:
        return 0.0
    a, b = (_direction(tuple(t.lemma for t in side), lang) for side in (one, two))
    return float(a @ b)


@functools.lru_cache(1 << 14)
def _direction(lemmas: tuple[str, ...], lang: str) -> Floats:
    """Return the unit vector of the sum of words, (d,)."""
    import numpy as np

    weights = np.array([1 + lexicon().rarity(lemma, lang) for lemma in lemmas])
    total = weights @ np.stack([vector(lemma, lang) for lemma in lemmas])
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9))


def elsewhere(pair: Pair, language: Language) -> tuple[float, float]:
    """Say how far the other version has elsewhere in the row, where that differs as well, what one reading alone has.

    The share of its words, and how alike on the mean they are to the most alike there, both 0 to 1.
    """
    found = []
    for (version, other), extra in zip(((pair.one, pair.two), (pair.two, pair.one)), pair.differing, strict=True):
        if extra:
            own = pair.passage.words.own(other, version)
            spare = {lemma for column, lemma in own if not pair.passage.start <= column < pair.passage.stop}
            for lemma in (t.lemma for t in extra):
                alike = (language.alike(lemma, other_lemma) for other_lemma in spare)
                found.append(1.0 if lemma in spare else max(alike, default=0.0))
    total = max(len(found), 1)
    return sum(each == 1.0 for each in found) / total, max(sum(found) / total, 0.0)
