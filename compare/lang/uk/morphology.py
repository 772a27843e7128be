"""Ukrainian morphology: by pymorphy3 where its dictionary is installed (`hexapla[ukrainian]`), else by simplemma."""

from __future__ import annotations

import functools
from copy import deepcopy
from importlib.util import find_spec
from typing import Any

from compare.lang.pymorphy import parse


@functools.cache
def _analyser() -> Any:
    if find_spec("pymorphy3_dicts_uk") is None:
        return None
    from pymorphy3 import MorphAnalyzer, tagset

    # The class of tags holds the grammemes of the dictionary that was loaded last: this one gets a class of its own, so
    # that Russian tags keep theirs.
    name = tagset.OpencorporaTag.FORMAT
    shared = tagset.registry[name]
    copied = ("_GRAMMEME_INDICES", "_GRAMMEME_INCOMPATIBLE", "_EXTRA_INCOMPATIBLE")
    tagset.registry[name] = type("Tag", (shared,), {each: deepcopy(getattr(shared, each)) for each in copied})
    try:
        return MorphAnalyzer(lang="uk")
    finally:
        tagset.registry[name] = shared


@functools.lru_cache(1 << 16)
def readings(key: str) -> tuple[str, ...]:
    """Return the dictionary forms of all readings, the likeliest first; of simplemma's dictionary the one it has."""
    if analyser := _analyser():
        return tuple(dict.fromkeys(reading.normal_form for reading in parse(analyser, key)))
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
