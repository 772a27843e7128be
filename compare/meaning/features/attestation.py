"""How well the renderings of words are attested: a Russian word and the English one that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.wordalign.links import Batch
from compare.wordalign.renderings import ContentWord, Renderings, content_words, family, guesses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

#: For how much weight of renderings the guess by word vectors counts, and the least share that differs from none.
_STRENGTH, _LEAST = 2.0, 1e-3
#: Weight of renderings from which on a Russian word is known well enough to be missed.
_KNOWN = 2.0


@dataclass(frozen=True, slots=True)
class Attestation:
    """Surprise, minus the logarithm of a share of renderings, 0 to 7; NaN for words of no content.

    `own`: that each word of a version renders any word of the source, (rows, its longest); `source`: that each word of
    the source has any of its renderings in the version, (rows, its longest), NaN for a word that is hardly known.
    """

    own: Array
    source: Array


def content(texts: Sequence[str], lang: str) -> list[list[ContentWord]]:
    """Read the words of content of each text."""
    return [content_words(text, lang) for text in texts]


def attestation(
    source: Sequence[Sequence[ContentWord]],
    version: Sequence[Sequence[ContentWord]],
    batches: tuple[Batch, Batch],
    table: Renderings,
) -> Attestation:
    """Compare the words of content of rows. `batches`: the same cells of the source and of the version."""
    import numpy as np

    russian, english = (sorted({w.signed for cell in cells for w in cell}) for cells in (source, version))
    shares, weight = _shares(russian, english, table)
    at = [{word: n for n, word in enumerate(listed)} for listed in (russian, english)]
    out = [np.full(b.forms.shape, np.nan, np.float32) for b in batches]
    for row, (here, there) in enumerate(zip(source, version, strict=True)):
        if not here or not there:
            continue
        ids = [np.array([index[w.signed] for w in cell]) for index, cell in zip(at, (here, there), strict=True)]
        found = -np.log(np.maximum(shares[np.ix_(*ids)], _LEAST))
        known = weight[ids[0]] >= _KNOWN
        out[0][row, [w.at for w in here]] = np.where(known, found.min(1), np.nan)
        out[1][row, [w.at for w in there]] = found.min(0)
    return Attestation(own=out[1], source=out[0])


def _shares(russian: Sequence[str], english: Sequence[str], table: Renderings) -> tuple[Array, Array]:
    """Return what share of each word's renderings each English word's family has, and their weight."""
    import numpy as np

    shares = _STRENGTH * guesses(russian, english)
    weight = np.zeros(len(russian), np.float32)
    kin: dict[str, list[int]] = {}
    for n, word in enumerate(english):
        kin.setdefault(family(word), []).append(n)
    for n, word in enumerate(russian):
        entry = table.entry(word)
        weight[n] = entry.weight
        for rendering in entry.renderings.values():
            if same := kin.get(family(rendering.lemma)):
                shares[n, same] += rendering.weight
        shares[n] /= entry.weight + _STRENGTH
    return shares, weight
