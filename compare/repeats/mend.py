"""The text as it reads without the extra copy, and how the copies differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from compare.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.repeats.judgement import Judged
    from compare.repeats.tokens import Tokens

#: Characters shown on either side of what is taken out, at most.
SHOWN = 240

_MARKS = ",;:—–-"


def span_of(tokens: Tokens, segments: Sequence[Span], first: int, last: int) -> Span:
    """Return the characters of the words [first, last), with the marks that must go or stay with them.

    Whole sentences go as they are; a clause takes the mark after it along when a mark stands before it too.
    """
    start, end = int(tokens.start[first]), int(tokens.end[last - 1])
    begins = first == 0 or tokens.segment[first - 1] != tokens.segment[first]
    ends = last == len(tokens) or tokens.segment[last] != tokens.segment[last - 1]
    if begins and ends:
        return Span(segments[tokens.segment[first]].start, segments[tokens.segment[last - 1]].end)
    if begins or tokens.text[max(start - 3, 0) : start].rstrip()[-1:] in _MARKS:
        mark = re.match(rf"\s*[{re.escape(_MARKS)}]", tokens.text[end : end + 3])
        end += mark.end() if mark else 0
    return Span(start, end)


def mend(tokens: Tokens, extra: Span) -> str:
    """Write the sentences about `extra` as they read without it, shortened to what is near."""
    segment_start = tokens.start[np.searchsorted(tokens.segment, _segment_at(tokens, extra.start))]
    last = np.searchsorted(tokens.segment, _segment_at(tokens, extra.end - 1), side="right") - 1
    begin, end = min(int(segment_start), extra.start), max(int(tokens.end[last]), extra.end)
    if begin == extra.start and end == extra.end:  # nothing of the sentence is left: show its neighbours
        begin, end = max(begin - SHOWN // 3, 0), min(end + SHOWN // 3, len(tokens.text))
    end += len(re.match(r"[^\w\s]*", tokens.text[end:]).group())  # type: ignore[union-attr]
    left, right = tokens.text[begin : extra.start].rstrip(), tokens.text[extra.end : end].lstrip()
    left = "…" + left[-SHOWN:] if len(left) > SHOWN else left
    right = right[:SHOWN] + "…" if len(right) > SHOWN else right
    joint = "" if not left or re.match(r"[,;:.!?)\]”»]", right) else " "
    return " ".join((left + joint + right).split())


def _segment_at(tokens: Tokens, offset: int) -> int:
    word = min(int(np.searchsorted(tokens.end, offset, side="right")), len(tokens) - 1)
    return int(tokens.segment[word])


def changes(tokens: Tokens, found: Judged) -> tuple[tuple[str, str], ...]:
    """List the words in which the copies differ, the kept copy's first; either may be empty; none for a paraphrase."""
    copies = found.copies
    differing = []
    x, y = copies.i, copies.j
    for next_x, next_y in (*copies.pairs, (copies.i_end, copies.j_end)) if copies.pairs else ():
        old = tokens.quote(x, next_x) if x < next_x else ""
        new = tokens.quote(y, next_y) if y < next_y else ""
        if old or new:
            differing.append((new, old) if found.extra_first else (old, new))
        x, y = next_x + 1, next_y + 1
    return tuple(differing)
