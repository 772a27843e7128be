"""Word differences between two short texts, for people to look at (diff-match-patch, in its word mode)."""

from __future__ import annotations

import re
from typing import Literal

Side = Literal[-1, 0, 1]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def differences(before: str, after: str) -> list[tuple[Side, str]]:
    """Part two texts into what only the first has (-1), both have (0) and only the second has (1), by whole words.

    The pieces of -1 and 0 joined are `before`; those of 0 and 1 joined are `after`.
    """
    from diff_match_patch import diff_match_patch

    kept: dict[str, str] = {}
    # Each token becomes one character, outside of the surrogates, as the library does with lines.
    first, second = (
        "".join(kept.setdefault(token, chr(_code(len(kept)))) for token in _TOKEN.findall(text))
        for text in (before, after)
    )
    tokens = {sign: token for token, sign in kept.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # a clock would make the answer depend on the machine
    parts = engine.diff_main(first, second, False)
    engine.diff_cleanupSemantic(parts)
    return [(side, "".join(tokens[sign] for sign in signs)) for side, signs in parts]


def _code(index: int) -> int:
    return index + 1 if index < 0xD7FF else index + 1 + 0x800
