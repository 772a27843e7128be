"""What stands twice in a version, and whether it should.

`find` gives every repeat of every version with its judgement; the checks REP101–REP104 only word it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compare.once import once
from compare.values import Place, Severity, Span

if TYPE_CHECKING:
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens
    from compare.values import Collation

Kind = Literal["word", "clause", "sentence", "passage"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two copies of the same words in one version, and what is thought of them."""

    kind: Kind
    extra: Place
    """The copy to delete."""
    kept: Place
    score: float
    """How surely this is a fault, 0 to 1."""
    severity: Severity
    alike: float
    """Share of the words of both copies that match, 0 to 1."""
    changes: tuple[tuple[str, str], ...]
    """Word differences, the kept copy's words first; either side may be empty."""
    reason: str
    mended: str
    """The text about the extra copy as it reads without it."""
    counterparts: tuple[Place, ...] = ()
    """What the other versions have where the extra copy stands."""


@once
def find(collation: Collation) -> tuple[Repeat, ...]:
    """Find and judge the repeats of every version, in reading order; nothing that is repeated gives ()."""
    found: list[Repeat] = []
    for version in collation.work.versions:
        tokens = tokens_of(collation)[version.id]
        found.extend(_words(collation, version.id, tokens))
        found.extend(_passages(collation, version.id, tokens))
    return tuple(found)


@once
def tokens_of(collation: Collation) -> dict[str, Tokens]:
    """Tokenize every version once."""
    from compare.repeats.tokens import tokenize

    return {v.id: tokenize(v.text, collation.segments[v.id], v.lang) for v in collation.work.versions}


def _words(collation: Collation, version: str, tokens: Tokens) -> list[Repeat]:
    from compare.repeats.doubled import doubled
    from compare.repeats.mend import mend

    found = []
    for at, size, score, reason in doubled(tokens):
        first = Span(int(tokens.start[at]), int(tokens.end[at + size - 1]))
        second = Span(int(tokens.start[at + size]), int(tokens.end[at + 2 * size - 1]))
        found.append(
            Repeat(
                "word",
                collation.place(version, second.start, second.end),
                collation.place(version, first.start, first.end),
                score,
                "minor" if score >= 0.5 else "neutral",
                1.0,
                (),
                reason,
                mend(tokens, second),
            )
        )
    return found


def _passages(collation: Collation, version: str, tokens: Tokens) -> list[Repeat]:
    from compare.repeats.copies import cut
    from compare.repeats.matches import alignments
    from compare.repeats.form import score as score_form
    from compare.repeats.mend import changes, mend, span_of

    found = []
    for alignment in alignments(tokens):
        copies = cut(tokens, alignment)
        if not copies:
            continue
        first, second = span_of(tokens, copies.i, copies.i_end), span_of(tokens, copies.j, copies.j_end)
        score = score_form(tokens, copies)
        found.append(
            Repeat(
                copies.scale,
                collation.place(version, second.start, second.end),
                collation.place(version, first.start, first.end),
                score,
                "neutral" if score < 0.5 else "major" if score > 0.9 else "minor",
                copies.alike,
                changes(tokens, copies),
                "the words tell too much to recur by chance so near",
                mend(tokens, second),
            )
        )
    return found


def dotplot(collation: Collation, version: str) -> dict[str, object]:
    """Return the self-similarity of a version as plain data: `size`, its words, and `dots`, a triple for each repeat.

    A triple is where the first copy begins, where the second begins, and how many words it has, in words from the
    text's beginning. A picture draws it as a stroke, and once more mirrored.
    """
    import numpy as np

    tokens = tokens_of(collation)[version]
    dots = []
    for repeat in find(collation):
        if repeat.extra.version == version and repeat.kind != "word":
            places = sorted([repeat.kept.span, repeat.extra.span])
            x, y = (int(np.searchsorted(tokens.start, place.start)) for place in places)
            dots.append((x, y, int(np.searchsorted(tokens.start, places[1].end)) - y))
    return {"size": len(tokens), "dots": dots}
