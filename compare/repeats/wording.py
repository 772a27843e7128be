"""A repeat in words: what every REP check says of what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.values import Finding

if TYPE_CHECKING:
    from compare.repeats import Repeat

#: Word differences that a message lists at most.
LISTED = 4


def word(check: str, repeat: Repeat, title: str) -> Finding:
    """Make the finding of a repeat; the suggestion is the empty string: delete the first place."""
    told = [f"{title}: {repeat.reason}."]
    if repeat.kind != "word":
        told.append(_alike(repeat))
    told.append(f"Without it: {repeat.mended}")
    return Finding(
        check,
        repeat.severity,
        repeat.score,
        (repeat.extra, repeat.kept, *repeat.counterparts),
        " ".join(told),
        "",
    )


def _alike(repeat: Repeat) -> str:
    if not repeat.changes and repeat.alike < 1:
        return f"The copies are {repeat.alike:.0%} alike in meaning."
    if not repeat.changes:
        return "The copies are the same word for word."
    shown = [f"“{old or '–'}” / “{new or '–'}”" for old, new in repeat.changes[:LISTED]]
    more = len(repeat.changes) - len(shown)
    return f"The copies are {repeat.alike:.0%} alike: {', '.join(shown)}{f' and {more} more' if more else ''}."
