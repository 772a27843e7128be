"""Run a function on many inputs in as many processes as there are cores."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

#: What the processes run: they are forked when it is set, so that nothing has to be sent to them.
_task: tuple[Callable[[Any], Any], Sequence[Any]] = (lambda job: job, ())


def spread(function: Callable[[Job], Result], jobs: Iterable[Job]) -> Sequence[Result]:
    """Apply a function to each job, in processes of their own; the results in the order of the jobs."""
    global _task
    listed = list(jobs)
    cores = min(len(os.sched_getaffinity(0)), len(listed))
    if cores < 2:
        return [function(job) for job in listed]
    _task = function, listed
    with multiprocessing.get_context("fork").Pool(cores, _settle) as pool:
        return pool.map(_run, range(len(listed)), chunksize=1)


def _settle() -> None:
    """Keep a process to one core, so that its libraries start no threads beside the others."""
    number = multiprocessing.current_process()._identity[0]
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[number % len(cores)]})


def _run(k: int) -> Any:
    function, listed = _task
    return function(listed[k])
