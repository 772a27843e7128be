"""Files of a shelf by address: a folder of this machine, or `s3://…`, `memory://…`, whatever fsspec knows.

A file appears whole or not at all: on this machine by renaming, in an object store because a put is whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from compare import files
from compare.extras import need
from compare.values import InputError

#: The extra that a shelf needs.
EXTRA = "cluster"


def opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the path within it. Raises InputError for an address nobody knows."""
    fsspec = need("fsspec", EXTRA)
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as trouble:  # s3:// without s3fs: fsspec says what to install
        raise InputError(address, str(trouble)) from None
    except ValueError as trouble:
        raise InputError(address, f"is not an address of files ({trouble})") from None
    return system, str(path)


def is_local(system: Any) -> bool:
    """Tell whether a file system is this machine's own."""
    return "file" in ((system.protocol,) if isinstance(system.protocol, str) else system.protocol)


def join(address: str, *parts: str) -> str:
    """Return the address of a file within a folder."""
    return "/".join((address.rstrip("/"), *parts))


def write(address: str, content: bytes) -> None:
    """Write a file, and the folders that it lies in. Raises OSError where it cannot be written."""
    system, path = opened(address)
    if is_local(system):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        files.replace(Path(path), content)
    else:
        system.pipe_file(path, content)


def read(address: str) -> bytes | None:
    """Read a file; None where there is none."""
    system, path = opened(address)
    try:
        content: bytes = system.cat_file(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return content


def names(address: str, unfinished: bool = False) -> list[str]:
    """List the names of the files and folders in a folder, sorted; a folder that is not there has none.

    `unfinished`: also what a writer that was killed has left, which has no name of its own yet and begins with a dot.
    """
    system, path = opened(address)
    try:
        found = sorted(str(name).rstrip("/").rpartition("/")[2] for name in system.ls(path, detail=False))
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [name for name in found if unfinished or not name.startswith(".")]


def remove(address: str) -> None:
    """Remove a file or a folder with all that is in it; nothing where there is none."""
    system, path = opened(address)
    if system.exists(path):
        system.rm(path, recursive=True)


@contextmanager
def locked(address: str) -> Iterator[None]:
    """Lock a folder of this machine, so that another run into it waits; an object store is not locked."""
    system, path = opened(address)
    if not is_local(system):
        yield
        return
    Path(path).mkdir(parents=True, exist_ok=True)
    with files.locked(Path(path)):
        yield


@contextmanager
def here(address: str) -> Iterator[Path]:
    """Give a path of this machine where a file or folder can be read; what lies elsewhere is copied for as long."""
    system, path = opened(address)
    if is_local(system):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="hexapla-") as folder:
        copy = Path(folder) / path.rstrip("/").rpartition("/")[2]
        system.get(path, str(copy), recursive=system.isdir(path))
        yield copy
