"""Contextual states of words: the same word has another state among other words, and a translation a near one.

They are what the embedded sentence encoder adds up to a text's vector, and see four tokens to either side.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from compare import artefacts
from compare.values import Collation
from compare.wordalign.vocabulary import Vocabulary
from compare.words import modern, plain, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
#: For each version, row by row, the states of the cell's words, (words, d); None where it has none.
States: TypeAlias = "Mapping[str, Sequence[Floats | None]]"


def cell_states(collation: Collation, vocabulary: Vocabulary) -> States:
    """Return the states of the words of each cell, as `states` has them."""
    return _of_cells(collation, vocabulary, states)


def model() -> str:
    """Name the model that gives the states: the embedded one, whatever encoder a collation has."""
    from compare.encode.embedded import embedded

    return embedded().name


def uncased_cell_states(collation: Collation, vocabulary: Vocabulary) -> States:
    """Return the same as `uncased_states` has them."""
    return _of_cells(collation, vocabulary, uncased_states)


def by_stretches(
    compute: Callable[[Collation, Vocabulary], States],
    collation: Collation,
    vocabulary: Vocabulary,
    stretches: Sequence[slice],
) -> Iterator[tuple[slice, States]]:
    """Yield stretches of rows with what one of the functions above says of them: many texts at once cost less."""
    together = replace(collation, rows=tuple(chain.from_iterable(collation.rows[rows] for rows in stretches)))
    cells = {
        version: tuple(chain.from_iterable(column[rows] for rows in stretches))
        for version, column in vocabulary.cells.items()
    }
    found = compute(together, replace(vocabulary, cells=cells))
    start = 0
    for rows in stretches:
        stop = start + len(collation.rows[rows])
        yield rows, {version: column[start:stop] for version, column in found.items()}
        start = stop


def _of_cells(
    collation: Collation, vocabulary: Vocabulary, compute: Callable[[str, Sequence[str]], list[Floats]]
) -> States:
    found: dict[str, list[Floats | None]] = {}
    for version in collation.work.versions:
        filled = [i for i, cell in enumerate(vocabulary.cells[version.id]) if cell]
        found[version.id] = [None] * len(collation.rows)
        texts = [collation.cell(collation.rows[i], version.id) for i in filled]
        for i, each in zip(filled, compute(version.lang, texts), strict=True):
            found[version.id][i] = each
    return found


@functools.cache
def table() -> dict[str, Floats]:
    """Load the axes and each language's mean on them; `pairs_` begins those of the networks of pairs."""
    import numpy as np

    return {name: value.astype(np.float32) for name, value in artefacts.arrays("contextual.npz").items()}


def states(lang: str, texts: Sequence[str]) -> list[Floats]:
    """Return for each text the unit states of its words as `compare.words.words` finds them: (words, d).

    `lang`: what language's mean is taken out.
    """
    return _on(lang, texts, "")


def uncased_states(lang: str, texts: Sequence[str]) -> list[Floats]:
    """Return the states of the words of `uncased` texts, on the axes that the network of pairs has learned."""
    return _on(lang, list(map(uncased, texts)), "pairs_")


#: Marks that are written in several ways, all as one.
_MARKS = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("’‘", "'"), **dict.fromkeys("—–", "-")})
#: Dashes without spaces, which between letters must not become a hyphen.
_JOINING = re.compile("(?<=[^ ])[—–](?=[^ ])")
_BEFORE_MARK = re.compile(r"\s+(?=[,.;:!?…])")


def uncased(text: str) -> str:
    """Write a text in small letters, one space between words, none before a mark, a full stop at the end.

    `uncased("He  came , and went") == "he came, and went."` What differs in form alone is the same text then. It has
    as many words; where it would not, it is the text as it stands.
    """
    low = _BEFORE_MARK.sub("", " ".join(_JOINING.sub("--", plain(text)).translate(_MARKS).lower().split()))
    bare = low.rstrip(" .…,;:-")
    low = bare if bare.endswith(("?", "!")) or not bare else f"{bare}."
    return low if len(words(low)) == len(words(text)) else text


def _on(lang: str, texts: Sequence[str], kind: str) -> list[Floats]:
    import numpy as np

    known = table()
    mean = known.get(f"{kind}mean_{lang}", known[f"{kind}mean_en"])
    out = []
    for rows in use([modern(text, lang) for text in texts], known[f"{kind}axes"]):
        centred = rows - mean * (np.abs(rows).sum(1, keepdims=True) > 0)
        out.append(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9))
    return out


def use(texts: Sequence[str], axes: Floats) -> list[Floats]:
    """Average over each word's tokens what they add to the text's sum, on the axes: (words, d)."""
    import numpy as np

    from compare.encode.embedded import embedded

    out = []
    texts = [plain(text) for text in texts]
    for text, (spans, rows) in zip(texts, embedded().states(texts, axes), strict=True):
        found = words(text)
        pooled = np.zeros((len(found), axes.shape[1]), np.float32)
        counts = np.ones((len(found), 1), np.float32)
        first = 0
        for n, word in enumerate(found):
            while first < len(spans) and spans[first][1] <= word.start:
                first += 1
            last = first
            while last < len(spans) and spans[last][0] < word.end:
                last += 1
            if last > first:
                pooled[n] = rows[first] if last == first + 1 else np.add.reduce(rows[first:last], 0)
                counts[n] = last - first
            first = max(first, last - 1)  # a token may cover the end of one word and the beginning of the next
        out.append(pooled / counts)
    return out
