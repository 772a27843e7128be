"""How much memory a measured piece of work has held, in a process of its own."""

from __future__ import annotations

import multiprocessing
import re
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do a piece of work in a fresh process, so that `peak` there is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def peak() -> float:
    """Return the most memory, in GB, that this process has held: by Linux's own account, where there is one.

    What `getrusage` gives is inherited from the process that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    (kilobytes,) = re.findall(r"VmHWM:\s*(\d+)", status.read_text())
    return int(kilobytes) / 1e6
