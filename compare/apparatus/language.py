"""What of a language tells readings apart."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, cast

from compare.apparatus.classes import Language
from compare.lang import language as pack
from compare.quantities.measures import measures
from compare.quantities.numbers import quantities
from compare.wordalign.embeddings import lexicon, relations
from compare.wordalign.vocabulary import CLASSES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@functools.cache
def language(lang: str) -> Language:
    """Return what is known of a language."""

    def values(text: str) -> Counter[object]:
        found = tuple(quantities(text, lang))
        # Fourteen days are two weeks.
        amounts = {m.number.start: (m.dimension, round(m.size, 3)) for m in measures(text, lang, found) if m.number}
        return Counter(amounts.get(each.start, each.value) for each in found)

    articles, auxiliaries, pronouns = (
        pack(lang).word_classes.get(name, frozenset()) for name in ("article", "auxiliary", "pronoun")
    )
    alike = functools.partial(_alike, lang=lang)
    return Language(CLASSES["denial"], articles, auxiliaries, pronouns, values, alike)


#: Likeness of words that WordNet relates: synonyms, one kind of the other, derived words.
_RELATED = {"s": 0.85, "h": 0.65, "w": 0.65}


@functools.lru_cache(1 << 18)
def _alike(one: str, two: str, lang: str) -> float:
    """Say how alike two lemmas mean, -1 to 1: by their vectors, and by what WordNet relates; 1 for the same."""
    if one == two:
        return 1.0
    return max(float(vector(one, lang) @ vector(two, lang)), _RELATED.get(relations().get((one, two), ""), 0.0))


@functools.lru_cache(1 << 16)
def vector(lemma: str, lang: str) -> Floats:
    """Return the unit vector of a lemma, (d,)."""
    (found,) = lexicon().vectors([lemma], lang)
    return cast("Floats", found)
