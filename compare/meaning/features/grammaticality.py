"""How broken the English of each cell reads: what `compare.grammar` says of its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
from compare.lang import DEFAULT

#: What a cell without words is given, in log-odds: sound.
_SOUND = -9.0
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


def breaks(lang: str, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return for each text the log-odds of its two worst breaks and the mean of all gaps: (n, 3).

    NaN for a language other than English. `texts`: as `compare.wordalign.contextual.uncased` writes them; the network
    depends on capitals too, so each sentence is given its first one again.
    """
    import numpy as np

    if lang != DEFAULT:
        return np.full((len(texts), 3), np.nan, np.float32)
    from compare.grammar import read

    sentences = [(n, s[:1].upper() + s[1:]) for n, text in enumerate(texts) for s in _SENTENCE.split(text)]
    gaps: list[list[float]] = [[] for _ in texts]
    for (n, _), reading in zip(sentences, read([s for _, s in sentences]), strict=True):
        if reading.tokens:
            gaps[n] += reading.odds.tolist()
    out = np.full((len(texts), 3), _SOUND, np.float32)
    for n, odds in enumerate(gaps):
        if odds:
            worst = sorted(odds, reverse=True)[:2]
            out[n, : len(worst)], out[n, 2] = worst, sum(odds) / len(odds)
    return out
