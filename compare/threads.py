"""One thread for linear algebra: spinning BLAS threads take ten times as long where cores are few or busy."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")


def one_blas_thread(function: Callable[P, R]) -> Callable[P, R]:
    """Run the function with one BLAS thread in each thread of ours, and restore the number afterwards.

    Our matrices are small; batches are spread over the cores where that pays (`compare.encode`).
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
