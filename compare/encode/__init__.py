"""Encoders: texts to vectors in which a sentence lies near its translation.

- `embedded`: the encoder that is there without a download; `network`: its passes, in numpy; `weights`: what it has
  learned
- `transformers`: any model of sentence-transformers
- `nothing`: no encoder at all
- `cache`: vectors kept on disk between runs
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from compare.values import Encoder, InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

#: Texts between two words of progress.
_STEP = 512


@runtime_checkable
class Windowed(Protocol):
    """An encoder that knows a cheaper way to neighbouring texts taken together than to encode them joined."""

    def windows(self, texts: Sequence[str], size: int, /) -> Vectors:
        """Encode runs of texts as `compare.encode.windows` says."""
        ...


def get(name: str | None = None, *, cache: Path | None = None, allow_download: bool = False) -> Encoder:
    """Return the encoder of that name; its model is loaded when a text comes whose vector is not in the cache.

    No name: the one that `HEXAPLA_ENCODER` names, else `use`. `use`: the embedded multilingual model. `none`: vectors
    of no dimensions. `st:NAME-OR-FOLDER`: a model of sentence-transformers from a folder or the user's own cache, and
    from the network only if `allow_download`. `cache`: the folder of the cache, else as `compare.encode.cache.folder`
    says. Raises InputError for another name, a model that is not there, or a library that is missing.
    """
    if name is None:
        name = os.environ.get("HEXAPLA_ENCODER") or "use"
    kind, _, model = name.partition(":")
    if name == "use":
        from compare.encode.embedded import embedded

        return embedded(cache)
    if name == "none":
        from compare.encode.nothing import Nothing

        return Nothing()
    if kind == "st" and model:
        from compare.encode.transformers import Transformer

        return Transformer(model, cache, allow_download=allow_download)
    raise InputError(f"encoder {name!r}", "no such encoder; there are use, none and st:NAME-OR-FOLDER")


def encode(encoder: Encoder, texts: Sequence[str], progress: Callable[[float], object] | None = None) -> Vectors:
    """Encode each text alone, as the encoder does, and call `progress` with the part done, 0 to 1, now and then."""
    if progress is None or len(texts) <= _STEP:
        vectors = encoder.encode(texts)
    else:
        import numpy as np

        parts = []
        for start in range(0, len(texts), _STEP):
            progress(start / len(texts))
            parts.append(encoder.encode(texts[start : start + _STEP]))
        vectors = np.concatenate(parts)
    if progress:
        progress(1.0)
    return vectors


def windows(encoder: Encoder, texts: Sequence[str], size: int) -> Vectors:
    """Encode every run of 1 to `size` neighbouring texts: (size, n, d), [k - 1, i] stands for texts i … i + k - 1.

    Rows of unit length; zeros where a run would pass the last text. The embedded model makes them from sums that it
    keeps of each text, any other encoder from the texts joined by spaces.
    """
    import numpy as np

    if isinstance(encoder, Windowed):
        return encoder.windows(texts, size)
    alone = encoder.encode(texts)
    n, d = alone.shape
    found = np.zeros((size, n, d), np.float32)
    found[:1] = alone
    for k in range(2, min(size, n) + 1):
        found[k - 1, : n - k + 1] = encoder.encode([" ".join(texts[i : i + k]) for i in range(n - k + 1)])
    return found
