"""What kind of variant two readings are: marks, letters, forms, order, or another meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from compare.apparatus.likeness import spelling
from compare.apparatus.tokens import SIGNS, Token
from compare.names.inflection import same_land

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
#: Kinds of readings that have the same words.
SLIGHT = KINDS[: KINDS.index("spelling")]
#: The share of letters from which two unrelated-looking words are one word spelled twice.
_SPELT = 0.8


#: From a token to the name that it stands for, or None.
NameOf = Callable[[Token], str | None]


@dataclass(frozen=True, slots=True)
class Language:
    """What of a language tells readings apart. `values`: the numbers and amounts of a text; sets of words are keys."""

    negations: frozenset[str]
    articles: frozenset[str]
    auxiliaries: frozenset[str]
    pronouns: frozenset[str]
    values: Callable[[str], Counter[object]]
    alike: Callable[[str, str], float]
    """How alike two words mean, by their lemmas, -1 to 1; 1 for the same."""

    def denies(self, key: str) -> bool:
        return key in self.negations or key.endswith("n't")


def by_rule(one: Sequence[Token], two: Sequence[Token], language: Language, names: NameOf, denied: bool) -> Kind | None:
    """Class two readings of one place where the kind is plain; None where their meanings have to be weighed.

    Symmetric. `names`: of a token the name that it stands for, or None; `denied`: whether one version denies more.
    """
    a, b = ([t for t in side if not t.mark] for side in (one, two))
    if [t.key for t in a] == [t.key for t in b]:
        return "capitals" if [t.text for t in a] != [t.text for t in b] else "punctuation"
    stated, other = (language.values(_text(side)) if any(t.number for t in side) else None for side in (one, two))
    if stated and other and stated != other:
        return "number"
    if _joined(a) == _joined(b) or (len(a) + len(b) == 1 and any(t.key in SIGNS for t in (*one, *two))):
        return "spelling"
    if stated and other and len(a) + len(b) <= _SHORT:
        return "spelling" if all(any(t.key.isdigit() for t in side) for side in (a, b)) else "synonym"
    content = [[t for t in side if not t.function] for side in (a, b)]
    lemmas = [[t.lemma for t in side if not language.denies(t.key)] for side in content]
    if sorted(lemmas[0]) == sorted(lemmas[1]):
        if denied:
            return "negation"
        if not lemmas[0]:
            return "function word"
        if lemmas[0] != lemmas[1]:
            return "order"
        keys = [[t.key for t in side] for side in content]
        return "inflection" if keys[0] != keys[1] else "function word"
    named = [[name for t in side if (name := names(t))] for side in content]
    if named[0] and named[1]:
        rest = [sorted(t.lemma for t in side if not names(t)) for side in content]
        if sorted(named[0]) == sorted(named[1]) and rest[0] == rest[1]:
            return "transliteration"
        if not (set(named[0]) & set(named[1])) and len(content[0]) == len(content[1]) == 1:
            return None if same_land(content[0][0].key, content[1][0].key) else "name"
    pairs = list(zip(*content, strict=False))
    if pairs and len(content[0]) == len(content[1]) and all(_is_spelling(x, y, language) for x, y in pairs):
        return "spelling"
    return None


#: How many words two readings have at most that say one number and nothing else.
_SHORT = 4


def best_likeness(one: Sequence[Token], two: Sequence[Token], language: Language) -> list[float]:
    """Return for each word of either reading how alike in meaning the most alike word of the other is, -1 to 1."""
    if not one or not two:
        return []
    table = [[language.alike(a.lemma, b.lemma) for b in two] for a in one]
    return [max(line) for line in table] + [max(column) for column in zip(*table, strict=True)]


def _is_spelling(a: Token, b: Token, language: Language) -> bool:
    return a.lemma == b.lemma or (spelling(a.key, b.key) >= _SPELT and language.alike(a.lemma, b.lemma) >= _SPELT)


def _joined(tokens: Sequence[Token]) -> str:
    """Write words together, without hyphens and apostrophes: "to-day" is "today"."""
    return "".join(c for t in tokens for c in t.key if c.isalnum())


def _text(tokens: Sequence[Token]) -> str:
    """Write tokens as they stand: "8th" has no space, though it is two words."""
    spaces = ["" if a.end == b.start else " " for a, b in pairwise(tokens)]
    return "".join(space + t.text for space, t in zip(["", *spaces], tokens, strict=False))
