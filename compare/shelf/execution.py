"""Running tasks on an executor: processes of this machine, or a Dask cluster by its executor. No scheduler of our own.

A bounded number of tasks is under way at any time, whatever their number, so that neither the client nor a scheduler
holds more than so many.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from compare.extras import need
from compare.shelf.storage import EXTRA

T = TypeVar("T")
R = TypeVar("R")

#: Tasks under way for each worker: one at work and the next waiting.
AHEAD = 2


@dataclass
class Pool:
    """Where tasks run: an executor that `start` makes when it is needed, and again where it has broken.

    `workers`: tasks it does at once; `owned`: it ends with the pool, and else is left to whoever made it.
    """

    start: Callable[[], Executor]
    workers: int
    owned: bool = False
    _executor: Executor | None = None

    @property
    def executor(self) -> Executor:
        """The executor, which all stages share: its workers load the program once."""
        if self._executor is None:
            self._executor = self.start()
        return self._executor

    def end(self, wait: bool = True) -> None:
        """Let the executor go, and begin no task that waits for it; `wait` for those that are under way."""
        if self._executor is not None and self.owned:
            self._executor.shutdown(wait=wait, cancel_futures=True)
        self._executor = None


def processes(workers: int | None = None) -> Pool:
    """Return a pool of this machine's processes; none named: as many as there are cores that this one may use."""
    from compare.threads import cores

    number = workers or cores()
    context = multiprocessing.get_context("spawn")  # a fork would share the parent's locks and its BLAS
    return Pool(lambda: ProcessPoolExecutor(number, context, initializer=_settle), number, owned=True)


def on(client: Any) -> Pool:
    """Return the pool of a `dask.distributed` Client, or of an executor of `concurrent.futures` in hand."""
    if isinstance(client, Executor):
        return Pool(lambda: client, os.cpu_count() or 1)
    return Pool(lambda: client.get_executor(pure=False), max(1, sum(client.ncores().values())))


@contextmanager
def pool(workers: int | None, client: Any) -> Iterator[Pool]:
    """Give the pool that was asked for: processes, a client or executor in hand, or a scheduler by its address."""
    if isinstance(client, str):
        distributed = need("distributed", EXTRA)
        from compare.values import InputError

        try:
            connected = distributed.Client(client, set_as_default=False, timeout="20s")
        except (OSError, ValueError) as trouble:
            raise InputError(client, f"no Dask scheduler answers there ({trouble or 'timeout'})") from None
        with connected:
            yield on(connected)
        return
    made = processes(workers) if client is None else on(client)
    try:
        yield made
    except BaseException:
        made.end(wait=False)
        raise
    made.end()


def run(
    pool: Pool, function: Callable[..., R], tasks: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[Any, R | BaseException]]:
    """Call the function with the arguments of each task, and yield tasks with results or errors as they come.

    A task whose worker dies is tried once more, alone, so that no other suffers for it; where that worker dies as well,
    the task's result is the error. Tasks are taken from the iterable when there is room for them.
    """
    waiting = iter(tasks)
    under_way: dict[Future[R], tuple[Any, ...]] = {}
    try:
        while True:
            broken = []
            for task in waiting:
                try:
                    under_way[pool.executor.submit(function, *task)] = task
                except BrokenExecutor:
                    broken.append(task)
                if broken or len(under_way) >= AHEAD * pool.workers:
                    break
            if not under_way and not broken:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED) if under_way else (set[Future[R]](), None)
            for future in done:
                task, error = under_way.pop(future), future.exception()
                if isinstance(error, BrokenExecutor):
                    broken.append(task)
                else:
                    yield task, error if error else future.result()
            if broken:
                broken += under_way.values()
                under_way = {}
                pool.end()
                for task in broken:
                    yield task, _alone(pool, function, task)
    finally:
        for future in under_way:
            future.cancel()


def _alone(pool: Pool, function: Callable[..., R], task: tuple[Any, ...]) -> R | BaseException:
    alone = Pool(pool.start, 1, pool.owned)
    try:
        return alone.executor.submit(function, *task).result()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return error
    finally:
        alone.end()


def _settle() -> None:
    """Let a worker end by Ctrl-C without a word, and with the process that started it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
