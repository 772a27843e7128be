"""Learned tables and networks that the program ships, compared with the manifest that says how each was made.

`manifest.json` gives for every file its sha256, the training step that made it (`python -m tests.training STEP`) and
from what: the commit, the data by path and sha256, the seeds; the names of what the model reads, and figures.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import io
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

MANIFEST = "manifest.json"


class ArtefactError(RuntimeError):
    """A file that the program ships is not the one that its manifest names."""


@functools.cache
def manifest() -> Mapping[str, Mapping[str, Any]]:
    """Read what is stated of each file, by its name."""
    stated: Mapping[str, Mapping[str, Any]] = json.loads(files(__name__).joinpath(MANIFEST).read_text("utf-8"))
    return stated


def digest() -> str:
    """Return eight hexadecimal digits that change whenever a learned file does."""
    return hashlib.sha256(files(__name__).joinpath(MANIFEST).read_bytes()).hexdigest()[:8]


def content(name: str) -> bytes:
    """Return a file's bytes. Raises ArtefactError where they are not those that the manifest names."""
    data = files(__name__).joinpath(name).read_bytes()
    stated = manifest().get(name, {}).get("sha256")
    if hashlib.sha256(data).hexdigest() != stated:
        raise ArtefactError(f"compare/artefacts/{name} is not the file that its manifest names; reinstall hexapla")
    return data


def arrays(name: str) -> dict[str, NDArray[Any]]:
    """Load the arrays of a `.npz` file, each as it was stored."""
    import numpy as np

    with np.load(io.BytesIO(content(name)), allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}


def record(name: str) -> Any:
    """Load a `.json` file."""
    return json.loads(content(name))


def lines(name: str) -> list[str]:
    """Load a table of text, `.gz` or plain, one entry a line."""
    data = content(name)
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode().splitlines()
