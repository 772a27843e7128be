"""Encoders: texts to vectors in which a sentence lies near its translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from compare.values import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

#: Called with the texts done so far and the texts in all.
Progress = Callable[[int, int], Any]


class Encoder(Protocol):
    """What turns texts into vectors. `name` stands in the report's signature: it says model and version."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str], /) -> Vectors:
        """Encode each text alone: (n, d), rows of unit length; (0, d) for no texts."""
        ...


@runtime_checkable
class Windowed(Protocol):
    """An encoder that has a cheaper way to neighbouring texts taken together than encoding them joined."""

    def windows(self, texts: Sequence[str], size: int, /, progress: Progress | None = None) -> Vectors: ...


def get(
    name: str = "use",
    *,
    cache: Path | str | None = None,
    allow_download: bool = False,
    progress: Progress | None = None,
) -> Encoder:
    """Return the encoder of that name; nothing is loaded before it is first needed.

    `use`: the embedded multilingual model; `none`: vectors of no dimensions; `st:NAME-OR-FOLDER`: a model of
    sentence-transformers from a folder or the user's own cache, or from the network when `allow_download`.
    `cache`: the folder for vectors, see `compare.encode.cache`. Raises InputError for a name that is none of these.
    """
    from compare.encode.cache import Cache

    kept = Cache(cache, progress)
    kind, _, model = name.partition(":")
    if name == "use":
        from compare.encode.embedded import Embedded

        return Embedded(kept)
    if name == "none":
        from compare.encode.nothing import Nothing

        return Nothing()
    if kind == "st" and model:
        from compare.encode.transformers import Transformer

        return Transformer(model, kept, allow_download=allow_download)
    raise InputError(f"encoder {name!r}", "unknown; use, none or st:NAME-OR-FOLDER")


def windows(encoder: Encoder, texts: Sequence[str], size: int) -> Vectors:
    """Encode every run of 1 to `size` neighbouring texts: (size, n, d), entry [k - 1, i] stands for texts i … i + k - 1.

    Rows of unit length; zeros where the run would pass the end. The runs of the embedded model come from sums that
    its sentences already hold, those of any other encoder from the texts joined by spaces.
    """
    import numpy as np

    if isinstance(encoder, Windowed):
        return encoder.windows(texts, size)
    alone = encoder.encode(list(texts))
    n, d = alone.shape
    out = np.zeros((size, n, d), np.float32)
    out[:1] = alone
    for k in range(2, min(size, n) + 1):
        out[k - 1, : n - k + 1] = encoder.encode([" ".join(texts[i : i + k]) for i in range(n - k + 1)])
    return out
