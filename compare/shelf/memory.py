"""What a worker remembers of words from one work to the next: so much, so that its memory does not grow with works."""

from __future__ import annotations

import functools
import sys

#: Answers about words, pairs of words and cells that are remembered, some hundred bytes each.
MOST = 250_000
_REMEMBERING = type(functools.lru_cache(maxsize=1)(str))


def forget() -> None:
    """Let all functions of the program that remember so many answers begin again, where they have more than `MOST`.

    What is loaded once, as tables and models are, is no such answer.
    """
    own = [vars(module) for name, module in sys.modules.copy().items() if name.startswith("compare.")]
    remembering = {each for names in own for each in names.values() if isinstance(each, _REMEMBERING)}
    bounded = [each for each in remembering if each.cache_parameters()["maxsize"]]
    if sum(each.cache_info().currsize for each in bounded) > MOST:
        for each in bounded:
            each.cache_clear()
