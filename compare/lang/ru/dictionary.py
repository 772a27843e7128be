"""The Russian dictionary, pymorphy3's, which is loaded at the first use."""

from __future__ import annotations

import functools


@functools.cache
def analyser():  # type: ignore[no-untyped-def]  # pymorphy3 ships no types
    """Return pymorphy3's analyser."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def listed(key: str) -> bool:
    """Tell whether the dictionary has a word as it stands."""
    return bool(analyser().word_is_known(key))
