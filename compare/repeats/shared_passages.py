"""A passage that several works of a corpus share: a quotation, a formula of the office, or a page gone astray."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from compare.values import Place, Span

if TYPE_CHECKING:
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens
    from compare.values import Work

#: Bits that a passage must tell, and words that it must have, to be more than a phrase of the language.
TELLING = 50.0
LEAST_WORDS = 8
#: What parts the works in the text that is searched.
_GAP = "\n\n"
COLUMNS = ("alike", *(f"{name}-{side}" for side in "ab" for name in ("work", "version", "start", "end", "text")))


@dataclass(frozen=True, slots=True)
class Shared:
    """The same passage in two works: for each the work's id and the place."""

    works: tuple[str, str]
    places: tuple[Place, Place]
    alike: float
    """Share of the words of both that match, 0 to 1."""

    def to_row(self) -> dict[str, object]:
        """Return a mapping with `COLUMNS`."""
        places = [(p.version, p.span.start, p.span.end, p.text) for p in self.places]
        return dict(
            zip(COLUMNS, (f"{self.alike:.2f}", self.works[0], *places[0], self.works[1], *places[1]), strict=True)
        )


def shared(works: Sequence[Work]) -> tuple[Shared, ...]:
    """Find passages that two works share, language by language, in the order of the works.

    A work stands there by its first version in the language. What it repeats within itself is left to `find`; one work
    alone gives ().
    """
    return tuple(
        each for lang in sorted({v.lang for work in works for v in work.versions}) for each in _in(works, lang)
    )


def _in(works: Sequence[Work], lang: str) -> list[Shared]:
    from compare.repeats.lexical_matches import candidates
    from compare.repeats.tokens import tokenize
    from compare.segment import sentences

    first = ((work.id, next((v for v in work.versions if v.lang == lang), None)) for work in works)
    texts = [(id, version) for id, version in first if version]
    begins = list(accumulate((len(v.text) + len(_GAP) for _, v in texts), initial=0))
    cut = chain.from_iterable(
        (Span(s.start + begin, s.end + begin) for s in sentences(version.text, lang))
        for (_, version), begin in zip(texts, begins, strict=False)
    )
    tokens = tokenize(_GAP.join(version.text for _, version in texts), list(cut), lang)

    def place(first: int, last: int) -> tuple[int, Place] | None:
        """Name the text that the words [first, last) stand in, and the place; None where they stand in two."""
        start, end = int(tokens.start[first]), int(tokens.end[last - 1])
        at = bisect_right(begins, start) - 1
        span = Span(start - begins[at], end - begins[at])
        version = texts[at][1]
        return (at, Place(version.id, span, span.of(version.text))) if span.end <= len(version.text) else None

    found = []
    for copies in candidates(tokens):
        here, there = place(copies.i, copies.i_end), place(copies.j, copies.j_end)
        if here and there and here[0] != there[0] and _is_telling(tokens, copies):
            found.append(Shared((texts[here[0]][0], texts[there[0]][0]), (here[1], there[1]), copies.alike))
    return found


def _is_telling(tokens: Tokens, copies: Copies) -> bool:
    """Tell whether the passage is long and rare enough, words that stand all over the corpus not counted."""
    first = copies.pairs[:, 0]
    fresh = float(tokens.bits[first][~tokens.formula[first]].sum())
    return copies.i_end - copies.i >= LEAST_WORDS and min(fresh, copies.bits) >= TELLING
