"""What the source has at the place of a site, and how close each reading comes to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.apparatus.sites import Passage
from compare.values import Collation, Place
from compare.wordalign.renderings import english_lemma, family, source_lemma

if TYPE_CHECKING:
    from compare.wordalign.aligned_words import AlignedWords, Cover
    from compare.wordalign.renderings import Renderings

#: From what share of the source's words a reading has them.
_SUPPORTED = 0.5
#: From what closeness on the source may support a reading, and how much farther another is that it does not support.
_NEAR, _FARTHER = 0.4, 0.2
#: How many renderings of a source word, the commonest, one that is as good as any may be among.
_COMMONEST = 3
#: In how many places a word must have been seen for a link to what never rendered it to count half.
_SEEN = 40.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """The source's words of content at a site, and what each version, by its place, has for each of them, 0 to 1."""

    places: tuple[Place, ...]
    known: bool
    """Whether there is a source with words in the row."""
    here: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    """Within the site."""
    anywhere: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    """Within the whole cell."""

    def closeness(self, version: int) -> float | None:
        """Return how close a version comes to the source's words there, 0 to 1; None where there are none."""
        return round(_mean(self.here[version]), 4) if version in self.here else None

    @property
    def present(self) -> Mapping[int, float]:
        """Return for each version how much of the source's words its cell has at all, 0 to 1."""
        return {version: _mean(values) for version, values in self.anywhere.items()}

    @property
    def supported(self) -> bool:
        """Whether some reading has the source's words."""
        return any(_mean(values) >= _SUPPORTED for values in self.here.values())

    def shared(self, one: int, two: int) -> float:
        """Return how far two versions both have the source's words at the site, 0 to 1; 0 where there are none."""
        if one not in self.here or two not in self.here:
            return 0.0
        return _mean([min(a, b) for a, b in zip(self.here[one], self.here[two], strict=True)])


def support(closeness: Sequence[float | None]) -> list[bool | None]:
    """Say which readings the source supports rather than the others; None for all where it does not say."""
    known = [value for value in closeness if value is not None]
    best = max(known, default=0.0)
    if best < _NEAR or best - min(known) <= _FARTHER:
        return [None] * len(closeness)
    return [None if value is None else best - value <= _FARTHER for value in closeness]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def evidence(collation: Collation, words: AlignedWords, renderings: Renderings, passage: Passage) -> Evidence:
    """Find the source's words that some version renders at the site, and what each version has for them there."""
    source, i = collation.work.source, passage.words.row_index
    if source is None or (cell := words.cells[source.id][i]) is None:
        return Evidence((), False)
    versions = [v for v, id in enumerate(passage.words.versions) if words.cells[id][i] is not None]
    covers = {v: words.cover(source.id, passage.words.versions[v], i) for v in versions}
    inside = {v: _words_of(passage, v) for v in versions}
    linked = {
        k
        for v, cover in covers.items()
        for k, at in enumerate(cover.at)
        if at in inside[v] and cover.share[k] >= _SUPPORTED
    }
    if not linked:
        return Evidence((), True)
    chosen = sorted(linked)
    lemmas = [source_lemma(cell.words[k].text) for k in chosen]
    here, anywhere = {}, {}
    for v in range(len(passage.words.versions)):
        if v not in covers:
            here[v] = anywhere[v] = (0.0,) * len(chosen)
            continue
        content = _content(passage, v)
        here[v] = _rendered(renderings, covers[v], inside[v], chosen, lemmas)
        whole = _rendered(renderings, covers[v], content, chosen, lemmas)
        anywhere[v] = tuple(max(a, b) for a, b in zip(here[v], whole, strict=True))
    return Evidence(tuple(words.place(source.id, i, k, k + 1) for k in chosen), True, here, anywhere)


def _content(passage: Passage, version: int) -> Mapping[int, str]:
    """Number the words of content of a version as the words of its cell are numbered; with their texts."""
    tokens = [token for token in passage.words.tokens[version] if not token.mark]
    return {n: t.text for n, t in enumerate(tokens) if not t.function}


def _words_of(passage: Passage, version: int) -> Mapping[int, str]:
    """Of `_content` return what stands in the passage."""
    tokens = [token for token in passage.words.tokens[version] if not token.mark]
    held = {t.start for t in passage.reading(version)}
    return {n: text for n, text in _content(passage, version).items() if tokens[n].start in held}


def _rendered(
    renderings: Renderings, cover: Cover, held: Mapping[int, str], chosen: Sequence[int], lemmas: Sequence[str]
) -> tuple[float, ...]:
    """Return for each of the source's words how certainly the words of a version render it, 0 to 1."""
    families = {family(english_lemma(text)) for text in held.values()}
    values = []
    for k, lemma in zip(chosen, lemmas, strict=True):
        linked = cover.share[k] if cover.at[k] in held else 0.0
        entry = renderings.entry(lemma)
        most = _best(entry.families, (family(word) for word in list(entry.renderings)[:_COMMONEST]))
        attested = min(1.0, _best(entry.families, families) / most) if most else 0.0
        values.append(max(linked * _SEEN / (_SEEN + entry.weight), attested))
    return tuple(values)


def _best(known: Mapping[str, float], families: Iterable[str]) -> float:
    return max((known.get(each, 0.0) for each in families), default=0.0)
