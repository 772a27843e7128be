"""How alike the tokens of two cells of one language are: the same word, a form of it, a spelling, a like meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare.apparatus.columns import NEVER
from compare.apparatus.tokens import SIGNS, Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: What a pair is worth that is the same, by how much that says: the same content word, function word, mark. Function
#: words stand everywhere, and marks must never draw words after them.
_CONTENT, _FUNCTION, _MARK = 1.0, 0.4, 0.04
#: What forms of one lemma are worth.
_FORM = 0.9
#: What different words are worth that may replace one another: of one kind; of content and function.
_SAME_KIND, _OTHER_KIND = 0.1, 0.05
#: The share of letters from which two words may be spellings of one, and what it counts for.
SPELLING, _SPELT = 0.6, 0.8
#: What likeness of meaning counts for.
_MEANING = 0.7


def likeness(one: Sequence[Token], two: Sequence[Token], near: Floats | None = None) -> Floats:
    """Compare every token with every other: (n, m), up to 1; `NEVER` for a word and a mark that is not read as one.

    `near`: how alike the words' meanings are, (n, m), -1 to 1, marks included; None for no vectors.
    """
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    if not one or not two:
        return np.zeros((len(one), len(two)))
    same, form = (_same(*([getattr(t, what) for t in side] for side in (one, two))) for what in ("key", "lemma"))
    mark, function = (
        (np.array([getattr(t, what) for t in one])[:, None], np.array([getattr(t, what) for t in two]))
        for what in ("mark", "function")
    )
    spelt = cdist(
        [t.key for t in one], [t.key for t in two], scorer=Indel.normalized_similarity, score_cutoff=SPELLING, workers=1
    )
    content = ~(function[0] | function[1])
    out = np.where(content | (function[0] & function[1]), _SAME_KIND, _OTHER_KIND)
    alike = np.maximum(np.where(form, _FORM, 0.0), _SPELT * spelt)
    if near is not None:
        alike = np.maximum(alike, _MEANING * near)
    out = np.where(content, np.maximum(out, alike), out)
    out = np.where(same, np.where(content, _CONTENT, _FUNCTION), out)
    signs = (np.array([t.key in SIGNS for t in one])[:, None], np.array([t.key in SIGNS for t in two]))
    apart = np.where(signs[0] | signs[1], _OTHER_KIND, NEVER)
    marks = np.where(mark[0] & mark[1], np.where(same, _MARK, _MARK / 2), apart)
    return np.asarray(np.where(mark[0] | mark[1], marks, out), np.float64)


def _same(one: Sequence[str], two: Sequence[str]) -> NDArray[np.bool_]:
    """Compare every string with every other: (n, m)."""
    import numpy as np

    codes: dict[str, int] = {}
    a, b = (np.array([codes.setdefault(each, len(codes)) for each in side]) for side in (one, two))
    return np.asarray(a[:, None] == b)


def spelling(one: str, two: str) -> float:
    """Return the share of letters that two words have in common and in order, 0 to 1 (Indel)."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, two)
