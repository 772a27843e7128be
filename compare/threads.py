"""Threads: as many as there are cores, and one of each for linear algebra.

BLAS's own threads spin: they take ten times as long where cores are few or busy.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import parent_process
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")


def one_blas_thread(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function with one BLAS thread in each thread of ours, and restore the number afterwards.

    Our matrices are small; batches are spread over the cores where that pays (`spread`).
    """

    @functools.wraps(function)
    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        with libraries().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return limited


@functools.cache
def libraries() -> ThreadpoolController:
    """Find numpy's libraries, once: a search reads every library of the process."""
    import numpy  # noqa: F401  # only a library that is loaded is found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


class Over(Protocol):
    """Calls a function over values, as `map` does."""

    def __call__(self, function: Callable[[V], R], values: Iterable[V], /) -> Iterator[R]: ...


def cores() -> int:
    """Count the cores that this process may use: one where it is one of many, as the worker of a shelf."""
    if parent_process() is not None:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def spread() -> Iterator[Over]:
    """Give what calls a function over values on all cores, each with one BLAS thread."""
    with libraries().limit(limits=1, user_api="blas"):
        if cores() == 1:
            yield map  # a thread that one waits for costs a thirtieth more
        else:
            with ThreadPoolExecutor(cores()) as pool:
                yield pool.map
