"""The text as it reads without the extra copy, and how the copies differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from compare.values import Span

if TYPE_CHECKING:
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens

#: Characters shown on either side of what is taken out, at most.
SHOWN = 240

_MARKS = ",;:—–-"


def span_of(tokens: Tokens, first: int, last: int) -> Span:
    """Return the characters of the words [first, last), with the marks that must go or stay with them.

    A whole sentence goes with its marks; a clause takes the mark after it along when a mark stands before it too.
    """
    start, end = int(tokens.start[first]), int(tokens.end[last - 1])
    text = tokens.text
    begins = first == 0 or tokens.segment[first - 1] != tokens.segment[first]
    ends = last == len(tokens) or tokens.segment[last] != tokens.segment[last - 1]
    before = text[:start].rstrip()[-1:]
    if begins and ends:
        opening = text[int(tokens.end[first - 1]) if first else 0 : start]
        start -= len(re.search(r"[\"“«‘(\[—]*\s?\Z", opening.rsplit("\n", 1)[-1]).group())  # type: ignore[union-attr]
        closing = text[end : int(tokens.start[last]) if last < len(tokens) else len(text)]
        end += len(re.match(r"[^\w\s(\[“«]*", closing).group())  # type: ignore[union-attr]
    elif before in _MARKS or begins:
        end += len(re.match(rf"\s*[{re.escape(_MARKS)}]?", text[end:]).group().rstrip())  # type: ignore[union-attr]
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


def changes(tokens: Tokens, copies: Copies) -> tuple[tuple[str, str], ...]:
    """List the words in which the copies differ, the first copy's before the second's; either may be empty."""
    found = []
    x, y = copies.i, copies.j
    for next_x, next_y in (*copies.pairs, (copies.i_end, copies.j_end)):
        old = tokens.quote(x, next_x) if x < next_x else ""
        new = tokens.quote(y, next_y) if y < next_y else ""
        if old or new:
            found.append((old, new))
        x, y = next_x + 1, next_y + 1
    return tuple(found)
