"""Russian morphology, by pymorphy3."""

from __future__ import annotations

import functools
from typing import Any

from compare.lang.pymorphy import parse
from compare.lang.ru.dictionary import analyser, listed
from compare.lang.ru.spelling import modern


@functools.lru_cache(1 << 16)
def parses(key: str) -> tuple[Any, ...]:
    """Return pymorphy3's readings of a word by its key, in old spelling too, the likeliest first; at least one."""
    return parse(analyser(), modern(key))


def lemmatise(key: str) -> str:
    """Return the dictionary form of the likeliest reading."""
    form: str = parses(key)[0].normal_form
    return form


def readings(key: str) -> tuple[str, ...]:
    """Return the dictionary forms of all readings, the likeliest first."""
    return tuple(dict.fromkeys(parse.normal_form for parse in parses(key)))


def knows(key: str) -> bool:
    """Tell whether the dictionary has a word, in old spelling too."""
    return listed(modern(key))
