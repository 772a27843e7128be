"""Vectors kept between runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.encode import Progress

    Floats = NDArray[np.float32]


class Cache:
    """Vectors by encoder and text."""

    def __init__(self, folder: Path | str | None = None, progress: Progress | None = None) -> None:
        self._folder, self._progress = folder, progress
        self._kept: dict[tuple[str, str], Floats] = {}

    def through(self, name: str, width: int, texts: Sequence[str], compute: Callable[[list[str]], Floats]) -> Floats:
        """Return one row for each text, computing only those not kept."""
        missing = [t for t in dict.fromkeys(texts) if (name, t) not in self._kept]
        for i in range(0, len(missing), 1024):
            part = missing[i : i + 1024]
            for text, row in zip(part, compute(part), strict=True):
                self._kept[name, text] = row
        if not texts:
            return np.empty((0, width), np.float32)
        return np.stack([self._kept[name, t] for t in texts])
