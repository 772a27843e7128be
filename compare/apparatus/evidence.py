"""What the source has at the place of a site, and how close each reading comes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.apparatus.sites import Passage
from compare.values import Collation, Place
from compare.wordalign.renderings import english_lemma, source_lemma

if TYPE_CHECKING:
    from compare.wordalign.aligned_words import AlignedWords
    from compare.wordalign.renderings import Renderings

#: How much an editor wants to see a variant of each kind, 0 to 1, when its readings are as unlike as can be.
_WEIGHTS = {
    "punctuation": 0.02,
    "capitals": 0.03,
    "spelling": 0.05,
    "transliteration": 0.1,
    "inflection": 0.1,
    "function word": 0.08,
    "order": 0.1,
    "synonym": 0.15,
    "near": 0.3,
    "addition": 0.5,
    "omission": 0.6,
    "meaning": 0.7,
    "name": 0.8,
    "number": 0.9,
    "negation": 0.9,
}
#: From what share of the source's words a reading has them; closeness from which the source speaks for a reading.
_SUPPORTED = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """The source's words of content at a site. `near`: for each version, by its place, its closeness to them."""

    places: tuple[Place, ...]
    near: Mapping[int, float]
    known: bool
    """Whether there is a source with words in the row."""

    def closeness(self, version: int) -> float | None:
        """Return how close a version comes to the source's words there, 0 to 1; None where there are none."""
        return self.near.get(version)

    @property
    def supported(self) -> bool:
        """Whether some reading has the source's words."""
        return any(value >= _SUPPORTED for value in self.near.values())


def evidence(collation: Collation, words: AlignedWords, renderings: Renderings, passage: Passage) -> Evidence:
    """Find the source's words that some version renders at the site, and what each version has for them there."""
    source, i = collation.work.source, passage.words.row_index
    if source is None or (cell := words.cells[source.id][i]) is None:
        return Evidence((), {}, False)
    inside = [_words_of(passage, v) for v in range(len(passage.words.versions))]
    linked: set[int] = set()
    for version, held in enumerate(inside):
        id = passage.words.versions[version]
        if words.cells[id][i] is not None:
            cover = words.cover(source.id, id, i)
            linked |= {k for k, at in enumerate(cover.at) if at in held and cover.share[k] >= _SUPPORTED}
    if not linked:
        return Evidence((), {}, True)
    chosen = sorted(linked)
    lemmas = [source_lemma(cell.words[k].text) for k in chosen]
    near = {
        v: _closeness(words, renderings, passage, v, inside[v], source.id, chosen, lemmas) for v in range(len(inside))
    }
    return Evidence(tuple(words.place(source.id, i, k, k + 1) for k in chosen), near, True)


def _words_of(passage: Passage, version: int) -> Mapping[int, str]:
    """Number the words of content of a reading as the words of its cell are numbered; with their texts."""
    tokens = [token for token in passage.words.tokens[version] if not token.mark]
    held = {(t.start, t.end) for t in passage.reading(version)}
    return {n: t.text for n, t in enumerate(tokens) if (t.start, t.end) in held and not t.function}


def _closeness(
    words: AlignedWords,
    renderings: Renderings,
    passage: Passage,
    version: int,
    held: Mapping[int, str],
    source: str,
    chosen: Sequence[int],
    lemmas: Sequence[str],
) -> float:
    """Return the mean over the source's words of how surely the reading renders each."""
    if not held:
        return 0.0
    cover = words.cover(source, passage.words.versions[version], passage.words.row_index)
    english = [english_lemma(text) for text in held.values()]
    values = []
    for k, lemma in zip(chosen, lemmas, strict=True):
        attested = max(renderings.related(lemma, word) for word in english)
        counts = renderings.counts(lemma)
        most = max((renderings.related(lemma, word) for word in list(counts)[:3]), default=0.0)
        linked = cover.share[k] if cover.at[k] in held else 0.0
        values.append(max(linked if not counts else 0.8 * linked, min(1.0, attested / most) if most else 0.0))
    return round(sum(values) / len(values), 4)


def weight(kind: str, likeness: float, closeness: Sequence[float | None]) -> float:
    """Return how much an editor would want to see a site, 0 to 1.

    By its kind, by how unlike its readings are, and by how far one of them is from the source while another is near.
    """
    known = [value for value in closeness if value is not None]
    contrast = max(known) - min(known) if len(known) > 1 else 0.5
    return _WEIGHTS[kind] * (0.5 + 0.25 * (1 - likeness) + 0.25 * contrast)
