"""What of a language tells readings apart."""

from __future__ import annotations

import functools
from collections import Counter

from compare.apparatus.classes import Language
from compare.lang import language as pack
from compare.quantities.numbers import quantities
from compare.wordalign.vocabulary import CLASSES
from compare.words import lemma


@functools.cache
def language(lang: str) -> Language:
    """Return what is known of a language."""

    def values(text: str) -> Counter[object]:
        return Counter(each.value for each in quantities(text, lang))

    articles, auxiliaries, pronouns = (
        pack(lang).word_classes.get(name, frozenset()) for name in ("article", "auxiliary", "pronoun")
    )
    alike = functools.partial(_alike, lang=lang)
    return Language(CLASSES["denial"], articles, auxiliaries, pronouns, values, alike)


@functools.lru_cache(1 << 18)
def _alike(one: str, two: str, lang: str) -> float:
    """Compare the vectors of two words, -1 to 1."""
    from compare.wordalign.embeddings import lexicon

    a, b = lexicon().vectors([lemma(one, lang), lemma(two, lang)], lang)
    return float(a @ b)
