"""Russian morphology, by pymorphy3."""

from __future__ import annotations

import functools
import re
from typing import Any

from compare.lang.pymorphy import parse
from compare.lang.ru.dictionary import analyser, listed
from compare.lang.ru.spelling import modern

#: Particles that are written with the word before them: «кусочки-то», «подай-ка».
_PARTICLE = re.compile("-(?:то|ка|таки|де|с)$")


@functools.lru_cache(1 << 16)
def parses(key: str) -> tuple[Any, ...]:
    """Return pymorphy3's readings of a word by its key, in old spelling too, the likeliest first; at least one.

    A particle behind it is left out, but for words that it has made: «кто-то».
    """
    word = modern(key)
    bare = _PARTICLE.sub("", word)
    return parse(analyser(), word if not bare or listed(word) else bare)


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
