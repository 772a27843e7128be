"""Russian morphology, by pymorphy3, which is loaded at the first use."""

from __future__ import annotations

import functools
from typing import Any

from compare.lang.pymorphy import parse
from compare.lang.ru.spelling import modern


@functools.cache
def _analyser():  # type: ignore[no-untyped-def]  # pymorphy3 ships no types
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@functools.lru_cache(1 << 16)
def parses(key: str) -> tuple[Any, ...]:
    """Return pymorphy3's readings of a word by its key, in old spelling too, the likeliest first; at least one."""
    return parse(_analyser(), modern(key))


def lemmatise(key: str) -> str:
    """Return the dictionary form of the likeliest reading."""
    form: str = parses(key)[0].normal_form
    return form


def readings(key: str) -> tuple[str, ...]:
    """Return the dictionary forms of all readings, the likeliest first."""
    return tuple(dict.fromkeys(parse.normal_form for parse in parses(key)))


def listed(key: str) -> bool:
    """Tell whether the dictionary has a word as it stands."""
    return bool(_analyser().word_is_known(key))


def knows(key: str) -> bool:
    """Tell whether the dictionary has a word, in old spelling too."""
    return listed(modern(key))
