"""What the source has at the place of a site, and how close each reading comes to it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from compare.apparatus.sites import Passage, Words
from compare.apparatus.tokens import Token
from compare.values import Collation, Place
from compare.wordalign.renderings import english_lemma, family, source_lemma

if TYPE_CHECKING:
    from compare.wordalign.aligned_words import AlignedWords
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

    def present(self, version: int) -> float | None:
        """Return how much of the source's words there a version's cell has at all, 0 to 1; None as `closeness`."""
        return _mean(self.anywhere[version]) if version in self.anywhere else None

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


def evidence_of(
    collation: Collation, words: AlignedWords, renderings: Renderings, row: Words
) -> Callable[[Passage], Evidence]:
    """Return what finds the source's words that some version renders at a site of a row.

    And what each version has for them there and in its whole cell.
    """
    source, i = collation.work.source, row.row_index
    if source is None or (cell := words.cells[source.id][i]) is None:
        return lambda passage: Evidence((), False)
    versions = [v for v, id in enumerate(row.versions) if words.cells[id][i] is not None]
    covers = {v: words.cover(source.id, row.versions[v], i) for v in versions}
    rendering: Mapping[int, dict[int, list[int]]] = {v: {} for v in versions}  # by a version's word the source's words
    for v, cover in covers.items():
        for k, (at, share) in enumerate(zip(cover.at, cover.share, strict=True)):
            if share >= _SUPPORTED:
                rendering[v].setdefault(at, []).append(k)
    entries = [renderings.entry(source_lemma(word.text)) for word in cell.words]

    def rendered(v: int, content: Mapping[int, Token], k: int, families: Collection[str]) -> float:
        """Say how certainly words of a version render a word of the source, 0 to 1."""
        cover, entry = covers[v], entries[k]
        linked = cover.share[k] if cover.at[k] in content else 0.0
        most = _best(entry.families, (family(word) for word in islice(entry.renderings, _COMMONEST)))
        attested = min(1.0, _best(entry.families, families) / most) if most else 0.0
        return max(linked * _SEEN / (_SEEN + entry.weight), attested)

    @functools.cache
    def anywhere_in_row(v: int, k: int) -> float:
        return rendered(v, row.content[v], k, _families(row.content[v]))

    def evidence(passage: Passage) -> Evidence:
        inside = {v: _within(passage, v) for v in versions}
        chosen = sorted({k for v in versions for at in inside[v] for k in rendering[v].get(at, ())})
        if not chosen:
            return Evidence((), True)
        here, anywhere = {}, {}
        for v in range(len(row.versions)):
            if v not in covers:
                here[v] = anywhere[v] = (0.0,) * len(chosen)
                continue
            families = _families(inside[v])
            here[v] = tuple(rendered(v, inside[v], k, families) for k in chosen)
            anywhere[v] = tuple(max(value, anywhere_in_row(v, k)) for value, k in zip(here[v], chosen, strict=True))
        return Evidence(tuple(words.place(source.id, i, k, k + 1) for k in chosen), True, here, anywhere)

    return evidence


def _within(passage: Passage, version: int) -> Mapping[int, Token]:
    """Of a version's words of content return those in the passage."""
    numbers = passage.words.numbers[version]
    return {numbers[t.start]: t for t in passage.reading(version) if t.start in numbers}


def _families(content: Mapping[int, Token]) -> set[str]:
    return {_family(token.text) for token in content.values()}


@functools.lru_cache(1 << 16)
def _family(word: str) -> str:
    return family(english_lemma(word))


def _best(known: Mapping[str, float], families: Iterable[str]) -> float:
    return max((known.get(each, 0.0) for each in families), default=0.0)
