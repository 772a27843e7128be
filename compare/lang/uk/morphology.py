"""Ukrainian morphology: by pymorphy3 where its dictionary is installed (`hexapla[ukrainian]`), else by simplemma."""

from __future__ import annotations

import functools
from importlib.util import find_spec
from typing import Any


@functools.cache
def _analyser() -> Any:
    if find_spec("pymorphy3_dicts_uk") is None:
        return None
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="uk")


@functools.lru_cache(1 << 16)
def readings(key: str) -> tuple[str, ...]:
    """Return the dictionary forms of all readings, the likeliest first; of simplemma's dictionary the one it has."""
    if analyser := _analyser():
        return tuple(dict.fromkeys(parse.normal_form for parse in analyser.parse(key)))
    from simplemma import lemmatize

    return (str(lemmatize(key, "uk")),)


def lemmatise(key: str) -> str:
    """Return the dictionary form of the likeliest reading."""
    return readings(key)[0]


def knows(key: str) -> bool:
    """Tell whether the dictionary has a word."""
    if analyser := _analyser():
        return bool(analyser.word_is_known(key))
    from simplemma import is_known

    return bool(is_known(key, "uk"))
