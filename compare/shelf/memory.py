"""What a worker holds from one work to the next: answers about words, so many, so that its memory does not grow with
works; and the room of arrays that it has freed.
"""

from __future__ import annotations

import ctypes
import functools
import sys

#: Answers about words, pairs of words and cells that are remembered, some hundred bytes each.
MOST = 125_000
_REMEMBERING = type(functools.lru_cache(maxsize=1)(str))
#: Parameters of `mallopt` and their values, in bytes: the most to which glibc itself raises them as arrays come and go.
_ROOM = {-3: 32 << 20, -1: 64 << 20}  # M_MMAP_THRESHOLD, M_TRIM_THRESHOLD


def forget() -> None:
    """Where the program's functions remember more than `MOST` answers, let those begin again that remember the most.

    Half of `MOST` at most is left. Of pairs of words there are the most answers, and hardly one is asked for in another
    work; those about words are few, and asked for again and again. What is loaded once, as tables and models are, is
    no such answer.
    """
    own = [vars(module) for name, module in sys.modules.copy().items() if name.startswith("compare.")]
    remembering = {each for names in own for each in names.values() if isinstance(each, _REMEMBERING)}
    sizes = {each: each.cache_info().currsize for each in remembering if each.cache_parameters()["maxsize"]}
    left = sum(sizes.values())
    if left > MOST:
        for each in sorted(sizes, key=sizes.__getitem__, reverse=True):
            if left <= MOST // 2:
                break
            each.cache_clear()
            left -= sizes[each]


@functools.cache
def keep_room() -> None:
    """Let this process keep the room of arrays that it frees for the next ones.

    Dask starts its workers so that glibc returns it to the system each time: asking for it again took an eighth of the
    time of a work.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):  # musl has none
        for parameter, size in _ROOM.items():
            mallopt(parameter, size)
