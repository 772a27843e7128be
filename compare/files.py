"""Writing files: whole or not at all; tables one line a row."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def replace(path: Path, content: bytes) -> Path:
    """Put `content` into the file at once: whoever reads it sees the old bytes or the new ones. Return the path.

    Raises OSError, with the file's name, where it cannot be written.
    """
    return replace_all({path: content})[0]


def replace_all(contents: Mapping[Path, bytes]) -> list[Path]:
    """Put contents into files, each at once, and none before there is room for all. Return the paths.

    Raises OSError, with the file's name, where one cannot be written: then all are as they were.
    """
    written: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in contents.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            written[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())  # else a crash of the machine may leave the name without the bytes
            written[path].chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        for path, made in written.items():
            made.replace(path)
    except BaseException as trouble:
        for made in written.values():
            made.unlink(missing_ok=True)
        if isinstance(trouble, OSError):
            trouble.filename, trouble.filename2 = str(path), None
        raise
    return list(contents)


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
