"""The works of a shelf: which folders and files under a folder are works, by their names alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from compare.read.formats import Either, Prose, Rows, by_suffix
from compare.read.work import NAME
from compare.shelf import storage
from compare.values import InputError


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A work that has not been read. `id`: its path from the shelf's folder; `size`: bytes of its files."""

    id: str
    address: str
    size: int


def find(address: str, leave: str = "") -> list[Listed]:
    """List the works under a folder, sorted by id; `leave`: the address of a folder to pass over.

    A work is a folder with a `work.toml`; else a folder of texts, each a version; else a file of aligned versions.
    Where a version is a folder of chapters, a `work.toml` has to say so. Texts that lie where works lie below them are
    works of one version each, so that nothing is passed over. Raises InputError where there is not a folder, or no work
    in it.
    """
    system, root = storage.opened(address)
    if not system.isdir(root):
        raise InputError(address, "is not a folder")
    passed = storage.opened(leave)[1].rstrip("/") if leave else None
    root = root.rstrip("/")
    found = sorted(
        Listed(
            path.removeprefix(root).strip("/") or PurePosixPath(root).name or "work",
            path if storage.is_local(system) else system.unstrip_protocol(path),
            size,
        )
        for path, size in _in(system, root, passed, frozenset())
    )
    if not found:
        raise InputError(address, f"holds no work: neither a {NAME}, nor texts, nor tables of versions")
    return found


def _in(system: Any, folder: str, leave: str | None, above: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield the path and size of each work in a folder."""
    identity = _identity(system, folder)
    if identity in above:  # a link to a folder that it lies in
        return
    above |= {identity}
    try:
        inside = [
            entry
            for entry in system.ls(folder, detail=True)
            if not PurePosixPath(entry["name"]).name.startswith((".", "~")) and entry["name"].rstrip("/") != leave
        ]
    except PermissionError:
        yield folder, 0  # reading it says what is wrong
        return
    files = {entry["name"]: int(entry.get("size") or 0) for entry in inside if not _is_folder(system, entry)}
    folders = sorted(entry["name"].rstrip("/") for entry in inside if entry["name"] not in files)
    if any(PurePosixPath(name).name == NAME for name in files):
        yield folder, sum(files.values())
        return
    below = [each for name in folders for each in _in(system, name, leave, above)]
    texts = [name for name in files if isinstance(_reader(name), Prose) and not name.lower().endswith(".md")]
    if texts and not below:
        yield folder, sum(files.values())
        return
    yield from ((name, files[name]) for name in files if name in texts or isinstance(_reader(name), Rows | Either))
    yield from below


def _reader(name: str) -> Prose | Rows | Either | None:
    return by_suffix().get(PurePosixPath(name).suffix.lower())


def _is_folder(system: Any, entry: dict[str, Any]) -> bool:
    return entry["type"] == "directory" or (bool(entry.get("islink")) and bool(system.isdir(entry["name"])))


def _identity(system: Any, folder: str) -> str:
    import os

    return os.path.realpath(folder) if storage.is_local(system) else folder
