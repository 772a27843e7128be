"""Contextual states of words: the same word has another state among other words, and a translation a near one.

They are what the embedded sentence encoder adds up to a text's vector, and see four tokens to either side.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from compare.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@functools.cache
def table() -> dict[str, Floats]:
    """Load the axes and each language's mean on them."""
    import numpy as np

    with (files("compare.meaning") / "data" / "states.npz").open("rb") as file, np.load(file) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def states(lang: str, texts: Sequence[str]) -> list[Floats]:
    """Return for each text the unit states of its words as `compare.words.words` finds them: (words, d).

    `lang`: what language's mean is taken out.
    """
    import numpy as np

    known = table()
    mean = known.get(f"mean_{lang}", known["mean_en"])
    out = []
    for rows in use(texts, known["axes"]):
        centred = rows - mean * (np.abs(rows).sum(1, keepdims=True) > 0)
        out.append(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9))
    return out


def use(texts: Sequence[str], axes: Floats) -> list[Floats]:
    """Average over each word's tokens what they add to the text's sum, on the axes: (words, d)."""
    import numpy as np

    out = []
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
def _encoder():  # type: ignore[no-untyped-def]
    from compare.encode.embedded import Embedded

    return Embedded()
