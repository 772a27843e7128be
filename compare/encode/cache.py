"""Vectors kept on disk between runs, in one SQLite file that any number of processes may use at once.

A row that is damaged is computed again, a file that is damaged is started again, and where no file can be written
everything is computed; nothing here raises for the state of the disk.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: The cache's variable: a folder, or nothing for no cache. Without it, the platform's folder for a user's caches.
VARIABLE = "HEXAPLA_CACHE"
#: Bytes on disk beyond which the oldest rows make room.
LIMIT = 1 << 30
#: Texts computed before they are kept, so that an interrupted run loses little.
_STEP = 512
#: The file's name, with the version of its make.
_FILE = "vectors-1.sqlite"
#: SQLite's limit on parameters of a statement was 999 for long.
_QUERY = 900
#: Bytes of a page: the rows of the embedded model fit three to a page.
_PAGE = 16384
#: How often a file that another process holds is asked for, and how long between, in seconds.
_TRIES, _PAUSE = 20, 0.1


def folder() -> Path | None:
    """Return the folder of the cache, or None for no cache; nor is there one for a user who has no home."""
    from platformdirs import user_cache_path

    named = os.environ.get(VARIABLE)
    if named == "":
        return None
    try:
        found = Path(named).expanduser() if named else user_cache_path("hexapla", appauthor=False)
    except RuntimeError:
        return None
    return found if named or found.is_absolute() else None  # some makes of platformdirs leave "~" as it is


def through(
    name: str,
    texts: Sequence[str],
    compute: Callable[[Sequence[str]], Floats],
    where: Path | None = None,
    width: int = 0,
) -> Floats:
    """Return `compute`'s row for each text, from the cache where it is there, and kept there where it is not: (n, d).

    `name`: the encoder and its version. `texts`: one at least. `compute` gets a few hundred different texts at a time,
    and must make the same row of a text in any company. `where`: a folder instead of `folder()`. `width`: how long a
    row is, 0 for as long as most; what is kept of another length is damaged.
    """
    place = where or folder()
    file = place / _FILE if place else None
    keys = {text: _key(name, text) for text in texts}
    kept = _read(file, list(keys.values())) if file else {}
    rows = {key: np.frombuffer(row, "<f4") for key, row in kept.items() if len(row) % 4 == 0}
    if rows:
        width = width or Counter(map(len, rows.values())).most_common(1)[0][0]
        rows = {key: row for key, row in rows.items() if len(row) == width}
    missing = [text for text, key in keys.items() if key not in rows]
    for start in range(0, len(missing), _STEP):
        some = missing[start : start + _STEP]
        computed = dict(zip((keys[text] for text in some), compute(some), strict=True))
        if file:
            _write(file, {key: row.astype("<f4").tobytes() for key, row in computed.items()})
        rows |= computed
    return np.stack([rows[keys[text]] for text in texts])


def load(name: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return what `store` has kept under keys; what is not there, or is damaged, is left out.

    `name`: the file's, without its ending, with the version of its make. A key is a digest of all that its value is of.
    """
    place = folder()
    return _read(place / f"{name}.sqlite", keys) if place else {}


def store(name: str, values: Mapping[bytes, bytes]) -> None:
    """Keep values under their keys, where there is a cache."""
    if place := folder():
        _write(place / f"{name}.sqlite", values)


def _key(name: str, text: str) -> bytes:
    return hashlib.blake2b(f"{name}\0{text}".encode(errors="surrogatepass"), digest_size=16).digest()


def _read(file: Path, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}

    def read(base: sqlite3.Connection) -> None:
        for start in range(0, len(keys), _QUERY):
            some = keys[start : start + _QUERY]
            marks = ",".join("?" * len(some))
            for key, row in base.execute(f"SELECT key, row FROM rows WHERE key IN ({marks})", some):
                if row[:4] == _checksum(key, content := row[4:]):
                    found[key] = content

    if file.exists():
        _transact(file, read)
    return found


def _write(file: Path, rows: Mapping[bytes, bytes]) -> None:
    def write(base: sqlite3.Connection) -> None:
        marked = [(key, _checksum(key, row) + row) for key, row in rows.items()]
        base.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?)", marked)
        pages, free = (base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
        if (pages - free) * _PAGE > LIMIT:
            base.execute("DELETE FROM rows WHERE rowid < (SELECT (7 * min(rowid) + max(rowid)) / 8 FROM rows)")

    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _transact(file, write)


def _checksum(key: bytes, row: bytes) -> bytes:
    return zlib.crc32(row, zlib.crc32(key)).to_bytes(4, "little")


def _transact(file: Path, work: Callable[[sqlite3.Connection], None]) -> None:
    """Do `work` in one transaction; do nothing where the file cannot be had, and remove it where it is damaged."""
    for _ in range(_TRIES):
        try:
            with closing(sqlite3.connect(file, timeout=10)) as base, base:
                base.execute(f"PRAGMA page_size = {_PAGE}")
                base.execute("PRAGMA journal_mode = WAL")
                base.execute("PRAGMA synchronous = OFF")  # what a loss of power damages is started again
                base.execute("CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, row BLOB)")
                work(base)
            return
        except sqlite3.OperationalError as trouble:
            # the change to WAL does not wait for another process that makes the file at the same time
            if "locked" not in str(trouble):
                return
            time.sleep(_PAUSE)
        except sqlite3.DatabaseError:
            for part in (f"{file.name}-wal", f"{file.name}-shm", file.name):
                with suppress(OSError):
                    file.with_name(part).unlink()
            return
