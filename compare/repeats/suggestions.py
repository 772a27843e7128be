"""The text as it reads without the extra copy, and how the copies differ."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from compare.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.repeats.scoring import Judged
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


def mend(tokens: Tokens, segments: Sequence[Span], extra: Span) -> str:
    """Write the sentence about `extra` as it reads without it; where nothing of it is left, its neighbours."""
    first = bisect_right(segments, extra.start, key=lambda s: s.end)
    last = bisect_left(segments, extra.end, key=lambda s: s.end)
    last = min(last, len(segments) - 1)
    begin, end = segments[first].start, segments[last].end
    opens = extra.start <= begin
    if opens and end <= extra.end:
        begin, end = segments[max(first - 1, 0)].start, segments[min(last + 1, len(segments) - 1)].end
    left, right = (tokens.text[begin : extra.start].split(), tokens.text[extra.end : end].split())
    before, after = " ".join(left), " ".join(right)
    if opens and not before:
        after = after[:1].upper() + after[1:]
    before = "…" + before[-SHOWN:] if len(before) > SHOWN else before
    after = after[:SHOWN] + "…" if len(after) > SHOWN else after
    if re.match(r"[,;:.!?)\]”»]", after):
        return before.rstrip(",;:") + after  # of the two marks about the extra words one stays
    return f"{before} {after}" if before else after


def changes(tokens: Tokens, found: Judged) -> tuple[tuple[str, str], ...]:
    """List the words in which the copies differ, the kept copy's first; either may be empty; none for a paraphrase."""
    copies = found.copies
    differing = []
    x, y = copies.i, copies.j
    for next_x, next_y in (*copies.pairs.tolist(), (copies.i_end, copies.j_end)) if len(copies.pairs) else ():
        old = tokens.quote(x, next_x) if x < next_x else ""
        new = tokens.quote(y, next_y) if y < next_y else ""
        if old or new:
            differing.append((new, old) if found.extra_first else (old, new))
        x, y = next_x + 1, next_y + 1
    return tuple(differing)
