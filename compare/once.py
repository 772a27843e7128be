"""Derive something from a value once, and keep it for as long as the value lives."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

K = TypeVar("K")
V = TypeVar("V")


def once(derive: Callable[[K], V]) -> Callable[[K], V]:
    """Remember `derive(value)` by the identity of the value; several checks then share one index, one word alignment.

    The value must be hashable by identity and weakly referable (as a Collation is).
    """
    kept: WeakKeyDictionary[Any, V] = WeakKeyDictionary()

    @functools.wraps(derive)
    def derived(value: K) -> V:
        if value not in kept:
            kept[value] = derive(value)
        return kept[value]

    return derived
