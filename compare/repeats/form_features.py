"""Judge a repeat by its form alone: how much it repeats, how near, how exactly, and whether it fills a clause.

A logistic regression over what a reader would look at; fitted by `tests/training/repeats.py` on clean prose and on the
same prose with repeats put in.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from compare.repeats.copies import is_border
from compare.repeats.seeds import REGION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens

#: Repeats that tell so many bits at such a distance, in words, are the version's habit.
TELLING = 25.0
DISTANT = 60
#: The logarithm of how many of them a thousand words of prose have.
USUAL = 2.2

#: Bits beyond which a copy is as good as longer ones: none that tells more was learned from.
LONGEST = 2000.0

#: Log odds against a heading that is repeated: contents, running titles and half-titles may do so.
HEADING = 5.0
#: Characters next to a heading that may be left of its line: a number, a mark, leaders and a page.
MARGIN = 80

WEIGHTS = {
    "constant": -13.057,
    "bits": -0.059,
    "bits up to 60": 0.752,
    "apart": -0.35,
    "whole": 2.2,
    "whole, apart": 0.208,
    "unlike": -0.867,
    "words": 3.744,
    "run": 0.16,
    "borders": 2.504,
    "all borders": 1.868,
    "touching": 1.353,
    "sentences apart": -0.29,
    "content": -3.768,
    "bits a word": 0.44,
    "formula": -2.161,
    "edges": 0.33,
    "capital": 3.903,
    "words, unlike": -2.354,
    "habit": -0.458,
    "habit, apart": 0.036,
    "habit, words": -1.411,
    "habit, whole": -0.4,
    "habit, unlike": -0.697,
    "habit, formula": -0.306,
    "answer": -0.358,
    "loud": -1.26,
}


def habit(tokens: Tokens, found: Sequence[Copies]) -> float:
    """Tell how much more than prose a version repeats itself at a distance: scripture, treaties and ballads do.

    0 for prose; 1 for e times as many repeats. Repeats within a region only: in a long text whatever is said meets its
    like by chance if one looks far enough.
    """
    far = sum(c.bits >= TELLING and DISTANT < c.j - c.i_end <= REGION for c in found)
    return max(0.0, math.log(1 + 1000 * far / max(len(tokens), 1000)) - USUAL)


def features(tokens: Tokens, copies: Copies, habit: float) -> dict[str, float]:
    """Measure a repeat; the keys are those of `WEIGHTS`. `habit`: as that function gives it for the version."""
    gap, matched = copies.j - copies.i_end, len(copies.pairs)
    borders = sum(is_border(tokens, word) for word in (copies.i, copies.i_end, copies.j, copies.j_end))
    whole = copies.scale != "clause"
    between = tokens.text[tokens.end[copies.i_end - 1] : tokens.start[copies.j]] if gap <= 60 else ""
    log_gap = math.log1p(gap)
    log_size = math.log(min(copies.i_end - copies.i, copies.j_end - copies.j))
    first = copies.pairs[:, 0]
    formula = np.count_nonzero(tokens.formula[first]) / matched
    return {
        "constant": 1.0,
        "bits": min(copies.bits, LONGEST) / 10,
        "bits up to 60": min(copies.bits, 60.0) / 10,
        "apart": log_gap,
        "whole": float(whole),
        "whole, apart": whole * log_gap,
        "unlike": 1 - copies.alike,
        "words": log_size,
        "run": math.log(_run(tokens, copies)),
        "borders": borders / 4,
        "all borders": float(borders == 4),
        "touching": float(gap <= 2),
        "sentences apart": float(min(tokens.segment[copies.j] - tokens.segment[copies.i_end - 1], 3)),
        "content": np.count_nonzero(tokens.content[first]) / matched,
        "bits a word": copies.bits / matched,
        "formula": formula,
        "edges": float(_edge(copies, 0) + _edge(copies, -1)),
        "capital": float(_capital(tokens, copies)),
        "words, unlike": log_size * (1 - copies.alike),
        "habit": habit,
        "habit, apart": habit * log_gap,
        "habit, words": habit * log_size,
        "habit, whole": habit * whole,
        "habit, unlike": habit * (1 - copies.alike),
        "habit, formula": habit * formula,
        "answer": float("\n" in between or any(mark in between for mark in '“”"«»')),
        "loud": float(any(mark in between[:2] for mark in "!?…")),
    }


def _run(tokens: Tokens, copies: Copies) -> int:
    """Return the words in the longest stretch that both copies have to the letter."""
    x, y = copies.pairs.T
    breaks = np.flatnonzero((np.diff(x) != 1) | (np.diff(y) != 1) | (tokens.key[x[1:]] != tokens.key[y[1:]])) + 1
    return int(np.diff(breaks, prepend=0, append=len(x)).max())


def _edge(copies: Copies, side: int) -> bool:
    """Tell whether the copies begin (0) or end (-1) with words that match."""
    edge = (copies.i, copies.j) if side == 0 else (copies.i_end - 1, copies.j_end - 1)
    return tuple(copies.pairs[side].tolist()) == edge


def _capital(tokens: Tokens, copies: Copies) -> bool:
    """Tell whether the second copy keeps the capital with which the first opens a sentence, though it opens none."""
    i, j = copies.i, copies.j
    opens = i == 0 or tokens.segment[i - 1] != tokens.segment[i]
    inside = tokens.segment[j - 1] == tokens.segment[j]
    word = tokens.quote(j, j + 1)
    return bool(opens and inside and not tokens.content[j] and word[0].isupper() and len(word) > 1)


def _heading(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether the words are a line of their own that ends as no sentence does: a heading, a line of contents."""
    start, end = int(tokens.start[first]), int(tokens.end[last - 1])
    before = tokens.text[max(start - MARGIN, 0) : start].rpartition("\n")
    after = (tokens.text[end : end + MARGIN] + "\n").partition("\n")[0]
    alone = (before[1] or start < MARGIN) and not re.search(r"\w", before[2])
    return bool(alone) and not re.search(r"[^\W\d]|[.!?…»”\"]\s*$", after)


def log_odds(tokens: Tokens, copies: Copies, habit: float) -> float:
    """Return the log odds that a reader of this version alone would call the repeat a fault."""
    measured = features(tokens, copies, habit)
    odds = sum(weight * measured[name] for name, weight in WEIGHTS.items())
    rightful = _heading(tokens, copies.i, copies.i_end) or _heading(tokens, copies.j, copies.j_end)
    return odds - HEADING if rightful and copies.j - copies.i_end > 2 else odds
