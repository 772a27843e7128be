"""What the light path knows of words: Russian and English vectors in one space, parts of speech, WordNet's relations.

Made by `tests/training/embeddings.py`. A word that the table lacks gets its vector from the embedded sentence encoder,
through the same axes.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare import artefacts
from compare.lang import DEFAULT, SOURCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


#: Words that the table lacks whose encodings are held, of 2 kB each.
_CACHED = 1 << 14


class Lexicon:
    """Vectors and parts of speech by lemma. Use `lexicon()`."""

    def __init__(self) -> None:
        import numpy as np

        table = artefacts.arrays("embeddings.npz")
        self._rows = {
            x: {w: i for i, w in enumerate(table[f"words_{x}"].tobytes().decode().split("\n"))}
            for x in (SOURCE, DEFAULT)
        }
        self._vectors = {x: table[f"vectors_{x}"].astype(np.float32) for x in (SOURCE, DEFAULT)}
        self._cache: dict[tuple[str, str], Floats] = {}
        self._pos = table["pos_en"].tobytes().decode()
        self._axes = table["axes"].astype(np.float32)
        self._means = {x: table[f"mean_{x}"].astype(np.float32) for x in (SOURCE, DEFAULT)}
        for vectors in self._vectors.values():
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    @property
    def dimensions(self) -> int:
        return int(self._axes.shape[1])

    def rarity(self, lemma: str, lang: str) -> float:
        """Say how rare a lemma is: the logarithm of its rank, about 0 to 10."""
        rows = self._rows.get(lang, {})
        return math.log1p(rows.get(lemma, len(rows)))

    def knows(self, lemma: str, lang: str) -> bool:
        return lemma in self._rows.get(lang, ())

    def pos(self, lemma: str) -> str:
        """Tell an English lemma's commonest part of speech: n, v, a, r, or ? where WordNet lacks it."""
        row = self._rows[DEFAULT].get(lemma)
        return "?" if row is None else self._pos[row]

    def vectors(self, lemmas: Sequence[str], lang: str) -> Floats:
        """Return the unit vectors of lemmas, (n, d)."""
        import numpy as np

        rows = self._rows.get(lang, {})
        out = np.zeros((len(lemmas), self._axes.shape[1]), np.float32)
        unknown = [i for i, w in enumerate(lemmas) if w not in rows]
        if lang in rows or lang in self._vectors:
            known = [i for i, w in enumerate(lemmas) if w in rows]
            out[known] = self._vectors[lang][[rows[lemmas[i]] for i in known]]
        if unknown:
            out[unknown] = self._of_unknown([lemmas[i] for i in unknown], lang)
        return out

    def _of_unknown(self, words: Sequence[str], lang: str) -> Floats:
        """Encode words that the table lacks, and hold them: the same few are asked for row after row."""
        import numpy as np

        from compare.encode import get

        if len(self._cache) > _CACHED:
            self._cache.clear()
        if missing := list(dict.fromkeys(word for word in words if (word, lang) not in self._cache)):
            mean = self._means.get(lang, self._means[DEFAULT])
            for word, encoded in zip(missing, get("use").encode(missing), strict=True):
                alone = encoded - mean
                # a word at a time, so that its vector is the same, to the last bit, in any company
                mapped = (alone / max(float(np.linalg.norm(alone)), 1e-9)) @ self._axes
                self._cache[word, lang] = mapped / max(float(np.linalg.norm(mapped)), 1e-9)
        return np.stack([self._cache[word, lang] for word in words])


@functools.cache
def lexicon() -> Lexicon:
    """Load the lexicon once."""
    return Lexicon()


@functools.cache
def relations() -> dict[tuple[str, str], str]:
    """Map a pair of English lemmas to its relation in WordNet.

    `a` antonyms, `s` synonyms, `h` the second is the wider, `w` the first.
    """
    found: dict[tuple[str, str], str] = {}
    # Antonyms win over hypernyms, hypernyms over synonyms.
    for line in sorted(artefacts.lines("wordnet.tsv.gz"), key=lambda line: "shaw".index(line[0])):
        kind, a, b = line.split("\t")
        found[a, b], found[b, a] = (kind, kind) if kind in "as" else ("h", "w")
    return found


@functools.cache
def _opposites() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for a, b in sorted(pair for pair, kind in relations().items() if kind == "a"):
        found.setdefault(a, []).append(b)
    return {a: sorted(bs, key=lambda b: (lexicon().rarity(b, DEFAULT), b)) for a, bs in found.items()}


def opposites(lemma: str) -> list[str]:
    """List the antonyms of an English lemma, the commonest first."""
    return _opposites().get(lemma, [])


#: Beginnings that turn an English word into its opposite.
_OPPOSING = ("un", "in", "im", "ir", "il", "dis", "non", "mis")


@functools.lru_cache(1 << 18)
def relation(a: str, b: str) -> str:
    """Tell how two English lemmas are related, as `relations` says.

    `` where WordNet is silent and no opposing prefix parts them.
    """
    if found := relations().get((a, b)):
        return found
    long, short = (a, b) if len(a) > len(b) else (b, a)
    if len(short) > 3 and long.endswith(short) and long.removesuffix(short) in _OPPOSING:
        return "a"
    if len(short) > 3 and (long == short + "less" or short.removesuffix("ful") + "less" == long):
        return "a"
    return ""
