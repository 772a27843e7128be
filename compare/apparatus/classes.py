"""What kind of variant two readings are: marks, letters, forms, order, or another meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from compare.apparatus.likeness import spelling
from compare.apparatus.tokens import Token
from compare.wordalign.embeddings import relation

#: The kinds, the slightest first: of a site with several pairs of readings the last is said.
Kind = Literal[
    "punctuation",
    "capitals",
    "spelling",
    "transliteration",
    "inflection",
    "function word",
    "order",
    "synonym",
    "near",
    "addition",
    "omission",
    "meaning",
    "name",
    "number",
    "negation",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Likeness of meaning from which two readings say the same, and from which nearly so.
_SAME, _NEAR = 0.72, 0.5
#: The share of letters from which two unrelated-looking words are one word spelled twice.
_SPELT = 0.8


#: From a token to the name that it stands for, or None.
NameOf = Callable[[Token], str | None]


@dataclass(frozen=True, slots=True)
class Language:
    """What of a language tells readings apart. `negations`: keys; `values`: the numbers that a text says."""

    negations: frozenset[str]
    values: Callable[[str], Counter[object]]
    alike: Callable[[str, str], float]
    """How alike two words mean, by their keys, -1 to 1."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What two readings are to one another. `likeness`: of their meanings, 0 to 1."""

    kind: Kind
    likeness: float


def compare_readings(one: Sequence[Token], two: Sequence[Token], language: Language, names: NameOf) -> Compared:
    """Say what two readings of one place are to one another. Symmetric, but for omission, which the caller turns.

    `names`: of a token the name that it stands for, or None.
    """
    a, b = ([t for t in side if not t.mark] for side in (one, two))
    if [t.key for t in a] == [t.key for t in b]:
        return Compared("capitals" if [t.text for t in a] != [t.text for t in b] else "punctuation", 1.0)
    if _joined(a) == _joined(b):
        return Compared("spelling", 1.0)
    if _denials(a, language) % 2 != _denials(b, language) % 2:
        return Compared("negation", 0.0)
    figures = language.values(_text(one)), language.values(_text(two))
    if figures[0] != figures[1] and all(figures):
        return Compared("number", 0.0)
    content = [[t for t in side if not t.function] for side in (a, b)]
    if not content[0] and not content[1]:
        return Compared("function word", 0.9)
    if not content[0] or not content[1]:
        return Compared("omission", 0.0)
    named = [[name for t in side if (name := names(t))] for side in content]
    rest = [Counter(t.lemma for t in side if not names(t)) for side in content]
    if named[0] and named[1]:
        if Counter(named[0]) == Counter(named[1]) and rest[0] == rest[1]:
            return Compared("transliteration", 1.0)
        if not (set(named[0]) & set(named[1])) and len(content[0]) == len(content[1]) == 1:
            return Compared("name", 0.0)
    lemmas = [[t.lemma for t in side] for side in content]
    if Counter(lemmas[0]) == Counter(lemmas[1]):
        keys = [[t.key for t in side] for side in content]
        return Compared(
            "order" if lemmas[0] != lemmas[1] else "inflection" if keys[0] != keys[1] else "function word", 0.95
        )
    if len(content[0]) == len(content[1]) and all(_is_spelling(x, y, language) for x, y in zip(*content, strict=True)):
        return Compared("spelling", 0.95)
    likeness = meaning(content[0], content[1], language)
    return Compared("synonym" if likeness >= _SAME else "near" if likeness >= _NEAR else "meaning", likeness)


def meaning(one: Sequence[Token], two: Sequence[Token], language: Language) -> float:
    """Return how alike two readings mean, 0 to 1: the mean over their words of the likest word of the other."""
    table = [[_alike(a, b, language) for b in two] for a in one]
    best = [max(line) for line in table] + [max(column) for column in zip(*table, strict=True)]
    return max(sum(best) / len(best), 0.0)


#: Likeness of words that WordNet relates: synonyms, one kind of the other, derived words.
_RELATED = {"s": 0.85, "h": 0.65, "w": 0.65}


def _alike(a: Token, b: Token, language: Language) -> float:
    if a.lemma == b.lemma:
        return 1.0
    return max(language.alike(a.key, b.key), _RELATED.get(relation(a.lemma, b.lemma), 0.0))


def _is_spelling(a: Token, b: Token, language: Language) -> bool:
    return a.lemma == b.lemma or (spelling(a.key, b.key) >= _SPELT and language.alike(a.key, b.key) >= _SPELT)


def _joined(tokens: Sequence[Token]) -> str:
    """Write words together, without hyphens and apostrophes: "to-day" is "today"."""
    return "".join(c for t in tokens for c in t.key if c.isalnum())


def _denials(tokens: Sequence[Token], language: Language) -> int:
    return sum(t.key in language.negations or t.key.endswith("n't") for t in tokens)


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(t.text for t in tokens)
