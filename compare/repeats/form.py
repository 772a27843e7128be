"""Judge a repeat by its form alone: how much it repeats, how near, how exactly, and whether it fills a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens


def score(tokens: Tokens, copies: Copies) -> float:
    """Return how surely a reader of this version alone would call the repeat a fault, 0 to 1."""
    apart = copies.j - copies.i_end
    if copies.scale == "clause":
        need = 30.0 if apart <= 3 else 40.0 if apart <= 12 else 60.0
    else:
        need = 32.0 if apart <= 3 else 45.0
    return 1 / (1 + math.exp(-(copies.bits - need) / 6))
