"""A repeat in words: what every REP check says of what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.values import Finding

if TYPE_CHECKING:
    from compare.repeats import Repeat

#: Word differences that a message lists at most; more are given as a share.
LISTED = 2


def finding(check: str, repeat: Repeat, title: str) -> Finding:
    """Make the finding of a repeat; the suggestion is the empty string: delete the first place.

    The second place is the copy to keep; then comes what the other versions have there.
    """
    places = (repeat.extra, repeat.kept, *repeat.counterparts)
    return Finding(
        check=check,
        severity=repeat.severity,
        score=repeat.score,
        places=places,
        message=f"{title}: {repeat.reason}{_unlike(repeat)}",
        suggestion="",
    )


def _unlike(repeat: Repeat) -> str:
    if len(repeat.changes) > LISTED:
        return f"; {repeat.alike:.0%} of the words are the same"
    shown = [
        f"“{new}” for “{old}”" if old and new else f"{'with' if new else 'without'} “{new or old}”"
        for old, new in repeat.changes
    ]
    return f"; {', '.join(shown)}" if shown else ""
