"""How alike the tokens of two cells of one language are: the same word, a form of it, a spelling, a like meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.apparatus.columns import NEVER
from compare.apparatus.tokens import SIGNS, Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a cell as numbers, n of each: words and lemmas alike have the same number in all cells of a row."""

    words: Sequence[str]
    keys: Ints
    lemmas: Ints
    mark: Flags
    function: Flags
    sign: Flags

    def __len__(self) -> int:
        return len(self.words)


def numbered(cells: Sequence[Sequence[Token]]) -> list[Tokens]:
    """Lay out the tokens of the cells of a row."""
    import numpy as np

    codes: dict[str, int] = {}

    def code(strings: Iterable[str]) -> Ints:
        return np.array([codes.setdefault(each, len(codes)) for each in strings], np.int64)

    return [
        Tokens(
            [t.key for t in cell],
            code(t.key for t in cell),
            code(t.lemma for t in cell),
            np.array([t.mark for t in cell], np.bool_),
            np.array([t.function for t in cell], np.bool_),
            np.array([t.key in SIGNS for t in cell], np.bool_),
        )
        for cell in cells
    ]


def likeness(one: Tokens, two: Tokens, near: Floats | None = None) -> Floats:
    """Compare every token with every other: (n, m), up to 1; `NEVER` for a word and a mark that is not read as one.

    `near`: how alike the words' meanings are, (n, m), -1 to 1, marks included; None for no vectors.
    """
    import numpy as np
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    if not len(one) or not len(two):
        return np.zeros((len(one), len(two)))
    same, form = one.keys[:, None] == two.keys, one.lemmas[:, None] == two.lemmas
    mark, function = (one.mark[:, None], two.mark), (one.function[:, None], two.function)
    spelt = cdist(one.words, two.words, scorer=Indel.normalized_similarity, score_cutoff=SPELLING, workers=1)
    content = ~(function[0] | function[1])
    out = np.where(content | (function[0] & function[1]), _SAME_KIND, _OTHER_KIND)
    alike = np.maximum(np.where(form, _FORM, 0.0), _SPELT * spelt)
    if near is not None:
        alike = np.maximum(alike, _MEANING * near)
    out = np.where(content, np.maximum(out, alike), out)
    out = np.where(same, np.where(content, _CONTENT, _FUNCTION), out)
    apart = np.where(one.sign[:, None] | two.sign, _OTHER_KIND, NEVER)
    marks = np.where(mark[0] & mark[1], np.where(same, _MARK, _MARK / 2), apart)
    return np.asarray(np.where(mark[0] | mark[1], marks, out), np.float64)


def spelling(one: str, two: str) -> float:
    """Return the share of letters that two words have in common and in order, 0 to 1 (Indel)."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, two)
