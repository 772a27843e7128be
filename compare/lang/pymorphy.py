"""What every language that pymorphy3 reads asks of it."""

from __future__ import annotations

import unicodedata
from typing import Any


def parse(analyser: Any, key: str) -> tuple[Any, ...]:
    """Return pymorphy3's readings of a word, the likeliest first; at least one.

    It asks Unicode for the name of each letter, and for some scripts (Tangut) Python knows none:
    these are read as U+FFFD.
    """
    return tuple(analyser.parse("".join(map(_named, key))))


def _named(letter: str) -> str:
    known = unicodedata.name(letter, "")
    return letter if known or not letter.isalpha() else "\ufffd"
