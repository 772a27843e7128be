"""Functions of words that remember what they were asked, so that it can be kept with a work (`compare.records`).

An edited text asks them hardly anything that was not asked of the text before.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

#: Answers that a function remembers at most.
_MOST = 1 << 18
#: For each function, by its name, what it was asked while `asked` ran, and what it answered.
Answers = dict[str, dict[tuple[Hashable, ...], Any]]
_answers: Answers = {}
_noting = False


def remembered(function: Callable[..., T]) -> functools._lru_cache_wrapper[T]:
    """Remember what a function answers that depends on nothing but its arguments, plain data like its answers."""
    known = _answers.setdefault(f"{function.__module__}.{function.__qualname__}", {})

    @functools.lru_cache(_MOST)
    @functools.wraps(function)
    def ask(*arguments: Hashable) -> T:
        if arguments in known:
            found: T = known[arguments]
            return found
        found = function(*arguments)
        if _noting and len(known) < _MOST:
            known[arguments] = found
        return found

    return ask


def functions() -> list[str]:
    """Name the functions that remember what they were asked."""
    return list(_answers)


@contextmanager
def asked(before: Answers) -> Iterator[Answers]:
    """Answer from `before` what was asked before; give all that, and what is asked besides as long as the block runs.

    What is in memory already from before the block is not among it.
    """
    global _noting
    for name, known in _answers.items():
        known.update(before.get(name, {}))
    _noting = True
    try:
        yield _answers
    finally:
        _noting = False
        for known in _answers.values():
            known.clear()
