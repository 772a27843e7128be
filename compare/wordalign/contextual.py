"""Contextual states of words: the same word has another state among other words, and a translation a near one.

They are what the embedded sentence encoder adds up to a text's vector, and see four tokens to either side.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare import artefacts
from compare.values import Collation
from compare.wordalign.vocabulary import Vocabulary
from compare.words import plain, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.encode.embedded import Embedded

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class States:
    """For each version, row by row, the states of the cell's words, (words, d); None where the cell has none."""

    plain: Mapping[str, Sequence[Floats | None]]
    """What the network of rows looks at."""
    paired: Mapping[str, Sequence[Floats | None]]
    """What the networks of pairs look at."""


def model() -> str:
    """Name the model that gives the states: the embedded one, whatever encoder a collation has."""
    return _encoder().name


def cell_states(collation: Collation, vocabulary: Vocabulary) -> States:
    """Compute the states of the words of every cell."""
    plain: dict[str, list[Floats | None]] = {}
    paired: dict[str, list[Floats | None]] = {}
    for version in collation.work.versions:
        filled = [i for i, cell in enumerate(vocabulary.cells[version.id]) if cell]
        made = both(version.lang, [collation.cell(collation.rows[i], version.id) for i in filled])
        plain[version.id], paired[version.id] = [None] * len(collation.rows), [None] * len(collation.rows)
        for i, (one, two) in zip(filled, made, strict=True):
            plain[version.id][i], paired[version.id][i] = one, two
    return States(plain, paired)


@functools.cache
def table() -> dict[str, Floats]:
    """Load the axes and each language's mean on them; `pairs_` begins those of the networks of pairs."""
    import numpy as np

    return {name: value.astype(np.float32) for name, value in artefacts.arrays("contextual.npz").items()}


def states(lang: str, texts: Sequence[str]) -> list[Floats]:
    """Return for each text the unit states of its words as `compare.words.words` finds them: (words, d).

    `lang`: what language's mean is taken out.
    """
    return [made for (made,) in _on(lang, texts, ("",))]


def both(lang: str, texts: Sequence[str]) -> list[tuple[Floats, Floats]]:
    """Return besides the states on the axes that the networks of pairs have learnt to look at."""
    return [(plain, paired) for plain, paired in _on(lang, texts, ("", "pairs_"))]


def _on(lang: str, texts: Sequence[str], kinds: Sequence[str]) -> list[list[Floats]]:
    import numpy as np

    known = table()
    axes = [known[f"{kind}axes"] for kind in kinds]
    means = [known.get(f"{kind}mean_{lang}", known[f"{kind}mean_en"]) for kind in kinds]
    cuts = np.cumsum([each.shape[1] for each in axes])[:-1]
    out = []
    for rows in use(texts, np.concatenate(axes, axis=1)):
        some = np.abs(rows).sum(1, keepdims=True) > 0
        centred = [part - mean * some for part, mean in zip(np.split(rows, cuts, axis=1), means, strict=True)]
        out.append([c / np.maximum(np.linalg.norm(c, axis=1, keepdims=True), 1e-9) for c in centred])
    return out


def use(texts: Sequence[str], axes: Floats) -> list[Floats]:
    """Average over each word's tokens what they add to the text's sum, on the axes: (words, d)."""
    import numpy as np

    out = []
    texts = [plain(text) for text in texts]
    for text, (spans, rows) in zip(texts, _encoder().states(texts, axes), strict=True):
        found = words(text)
        pooled = np.zeros((len(found), axes.shape[1]), np.float32)
        first = 0
        for n, word in enumerate(found):
            while first < len(spans) and spans[first][1] <= word.start:
                first += 1
            last = first
            while last < len(spans) and spans[last][0] < word.end:
                last += 1
            if last > first:
                pooled[n] = rows[first:last].mean(0)
            first = max(first, last - 1)  # a token may cover the end of one word and the beginning of the next
        out.append(pooled)
    return out


@functools.cache
def _encoder() -> Embedded:
    from compare.encode.embedded import Embedded

    return Embedded()
