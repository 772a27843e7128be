"""Judge a repeat by its form alone: how much it repeats, how near, how exactly, and whether it fills a clause.

A logistic regression over what a reader would look at; fitted by `tests/train/repeats.py` on clean prose and on the
same prose with repeats put in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from compare.repeats.copies import is_border

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens

#: Repeats that tell so many bits at such a distance, in words, are the version's habit.
TELLING = 25.0
DISTANT = 60

WEIGHTS = {
    "constant": -10.564,
    "bits": -0.056,
    "bits up to 60": 2.19,
    "apart": -0.384,
    "whole": 1.259,
    "whole, apart": 0.295,
    "unlike": -5.156,
    "words": 1.722,
    "run": 0.986,
    "borders": 1.945,
    "all borders": 1.896,
    "touching": 0.66,
    "sentences apart": -0.177,
    "content": -2.705,
    "bits a word": 0.169,
    "formula": -2.079,
    "habit": 0.628,
    "habit, apart": -0.062,
    "habit, bits": -0.567,
    "answer": -0.653,
    "loud": -1.144,
}


def habit(tokens: Tokens, found: Sequence[Copies]) -> float:
    """Tell how much a version repeats itself at a distance anyway: scripture, treaties and ballads do all the time."""
    far = sum(copies.bits >= TELLING and copies.j - copies.i_end > DISTANT for copies in found)
    return math.log(1 + 1000 * far / max(len(tokens), 1000))


def features(tokens: Tokens, copies: Copies, habit: float) -> dict[str, float]:
    """Measure a repeat; the keys are those of `WEIGHTS`. `habit`: as that function gives it for the version."""
    apart, matched = copies.j - copies.i_end, len(copies.pairs)
    borders = sum(is_border(tokens, word) for word in (copies.i, copies.i_end, copies.j, copies.j_end))
    whole = copies.scale != "clause"
    between = tokens.text[tokens.end[copies.i_end - 1] : tokens.start[copies.j]] if apart <= 60 else ""
    log_apart = math.log1p(apart)
    return {
        "constant": 1.0,
        "bits": copies.bits / 10,
        "bits up to 60": min(copies.bits, 60.0) / 10,
        "apart": log_apart,
        "whole": float(whole),
        "whole, apart": whole * log_apart,
        "unlike": 1 - copies.alike,
        "words": math.log(min(copies.i_end - copies.i, copies.j_end - copies.j)),
        "run": math.log(_run(tokens, copies)),
        "borders": borders / 4,
        "all borders": float(borders == 4),
        "touching": float(apart <= 2),
        "sentences apart": float(min(tokens.segment[copies.j] - tokens.segment[copies.i_end - 1], 3)),
        "content": sum(bool(tokens.content[x]) for x, _ in copies.pairs) / matched,
        "bits a word": copies.bits / matched,
        "formula": sum(bool(tokens.formula[x]) for x, _ in copies.pairs) / matched,
        "habit": habit,
        "habit, apart": habit * log_apart,
        "habit, bits": habit * min(copies.bits, 60.0) / 10,
        "answer": float("\n" in between or any(mark in between for mark in '“”"«»')),
        "loud": float(any(mark in between[:2] for mark in "!?…")),
    }


def _run(tokens: Tokens, copies: Copies) -> int:
    """Return the words in the longest stretch that both copies have to the letter."""
    longest = run = 0
    last = (-2, -2)
    for x, y in copies.pairs:
        run = run + 1 if (x - 1, y - 1) == last and tokens.key[x] == tokens.key[y] else 1
        last, longest = (x, y), max(longest, run)
    return longest


def log_odds(tokens: Tokens, copies: Copies, habit: float) -> float:
    """Return the log odds that a reader of this version alone would call the repeat a fault."""
    measured = features(tokens, copies, habit)
    return sum(weight * measured[name] for name, weight in WEIGHTS.items())
