"""Writing files: whole or not at all; tables one line a row."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def replace(path: Path, content: bytes) -> Path:
    """Put `content` into the file at once: whoever reads it sees the old bytes or the new ones. Return the path.

    Raises OSError where the folder cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a crash of the machine may leave the name without the bytes
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write a header and a line for each row, cells separated by tabs; white space inside a cell becomes one space."""
    lines = [columns, *([str(row.get(column, "")) for column in columns] for row in rows)]
    return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder so that no other process that asks for it writes there meanwhile; where locks exist."""
    try:
        import fcntl
    except ImportError:  # Windows: a reader and a writer still see whole files
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _umask() -> int:
    # The only way to read the mask is to set it; a temporary file is made private otherwise.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
