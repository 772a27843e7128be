"""The words of a version's cell matched with the source's, by how these are known to be rendered and by order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.lang import DEFAULT, SOURCE
from compare.values import Collation
from compare.wordalign.aligned_words import AlignedWords, rising
from compare.wordalign.renderings import ContentWord, Renderings, guess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Probability of a rendering below which a word is not known to render another.
KNOWN = 0.03
#: How many words from where it should stand a word may stand.
REACH = 5.0
#: How hard words that stand at different ends of their cells are pulled apart, and what a word without a link is worth.
_PULL, _NULL = 4.0, 2e-3
#: Probability of a link from which two words anchor their neighbours.
_ANCHOR = 0.3
#: For how many places of its renderings the likeness of vectors speaks (`Renderings.probability`).
_PRIOR = 2.0


def translations(collation: Collation) -> list[str]:
    """Name the versions whose renderings of the source are known; none without a source whose are."""
    source = collation.work.source
    if source is None or source.lang != SOURCE:
        return []
    return [v.id for v in collation.work.versions if v.role != "source" and v.lang == DEFAULT]


@dataclass(frozen=True, slots=True)
class RenderedCell:
    """The words of content of a version's cell, (n,), and how they match the source's."""

    words: Sequence[ContentWord]
    vectors: Floats
    """(n, d)"""
    known: Floats
    """(source, n) the probability that a word of the source is rendered by a word."""
    expected: Floats
    """(source,) where in the cell a word should stand, in words."""

    @property
    def rendered(self) -> NDArray[np.bool_]:
        """(source,) which words of the source are rendered as they are known to be."""
        found: NDArray[np.bool_] = self.known.max(1) >= KNOWN
        return found


def rendered_cell(aligned: AlignedWords, known: Renderings, version: str, i: int) -> RenderedCell:
    """Match the words of a version's cell in a row, from 0, with the source's; both have words of content."""
    import numpy as np

    base = aligned.source
    source, words = aligned.content[base][i], aligned.content[version][i]
    vectors, mine = content_vectors(aligned, base, i), content_vectors(aligned, version, i)
    weights = np.array([known.entry(w.lemma).weight for w in source], np.float32)[:, None]
    probability = known.shares(source, words) + guess(vectors @ mine.T) * _PRIOR / (weights + _PRIOR)
    here = np.array([w.position for w in source], np.float32)[:, None]
    there = np.array([w.position for w in words], np.float32)[None, :]
    pulled = probability * np.exp(-_PULL * np.abs(here - there))
    odds = pulled**2 / ((pulled.sum(1, keepdims=True) + _NULL) * (pulled.sum(0, keepdims=True) + _NULL))
    linked = np.nonzero((odds >= _ANCHOR) & (probability >= KNOWN))
    pairs = sorted({(source[s].at, words[w].at) for s, w in zip(*linked, strict=True)})
    ends = len(aligned.cell(base, i).words), len(aligned.cell(version, i).words)
    ours, theirs = zip((-1, -1), *rising(pairs), ends, strict=True)
    expected = np.interp([w.at for w in source], ours, theirs).astype(np.float32)
    return RenderedCell(words, mine, probability, expected)


def content_vectors(aligned: AlignedWords, version: str, i: int) -> Floats:
    """Return the vectors of a cell's words of content, (n, d)."""
    cell = aligned.cell(version, i)
    vectors: Floats = aligned.forms.vectors[cell.forms[[w.at for w in aligned.content[version][i]]]]
    return vectors
