"""Does an English word stand well among its neighbours, and does a word seem to be missing between two?

Two small networks look at three words on either side, as word2vec's CBOW (Mikolov et al. 2013) does, and were taught to
tell sound English from English with words exchanged or taken out (`tests/training/fluency.py`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from compare import artefacts
from compare.wordalign.links import Batch
from compare.wordalign.vocabulary import Forms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Words in view on either side.
REACH = 3
#: Leading dimensions of the lexicon's vectors that are looked at.
WIDTH = 40
#: Length of what `inputs` gives for a word.
INPUTS = WIDTH + 6 + 5 + 5 + 3


@functools.cache
def weights() -> Mapping[str, NDArray[np.float32]]:
    """Load the networks; `common` is the list of forms that have a row of their own."""
    import numpy as np

    stored = artefacts.arrays("fluency_network.npz")
    return {name: value if name == "common" else value.astype(np.float32) for name, value in stored.items()}


@functools.cache
def common() -> Mapping[str, int]:
    """Map each common form to its row, from 1."""
    return {word: i for i, word in enumerate(weights()["common"].tobytes().decode().split("\n"), 1)}


def inputs(forms: Forms) -> Floats:
    """Describe each form: (forms, INPUTS - 3); marks are added where it stands."""
    import numpy as np

    size = len(forms.pos)
    out = np.zeros((size, INPUTS - 3), np.float32)
    out[:, :WIDTH] = forms.vectors[:, :WIDTH] * 2
    line = np.arange(size)
    out[line, WIDTH + forms.pos] = 1
    out[line, WIDTH + 6 + forms.tense] = 1
    for n, flag in enumerate((forms.plural, forms.unknown, forms.figure, forms.cyrillic)):
        out[:, WIDTH + 11 + n] = flag
    out[0] = 0
    out[0, -1] = 1  # the padding
    return out


def window(here: Batch, described: Floats, rows: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Lay out a batch for the networks.

    (rows, longest + 2 REACH, INPUTS) and each word's row among the common forms.
    """
    import numpy as np

    ids = np.pad(here.forms, ((0, 0), (REACH, REACH)))
    mark = np.pad(here.mark, ((0, 0), (REACH, REACH)))
    seen = np.concatenate([described[ids], (mark[:, :, None] == np.array([0, 1, 2])).astype(np.float32)], axis=2)
    return seen, rows[ids]


def fluency(here: Batch, described: Floats, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return log-odds that each word is out of place, and that a word is missing before it: both (rows, longest).

    `described`: `inputs(forms)`; `rows`: each form's row among the common ones.
    """
    seen, own = window(here, described, rows)
    w = weights()
    n = here.forms.shape[1]
    word = _apply(w, "word", seen, own, [range(REACH + k, REACH + k + n) for k in range(-REACH, REACH + 1)])
    gap = _apply(w, "gap", seen, own, [range(REACH + k, REACH + k + n) for k in range(-REACH, REACH)])
    return word, gap


def _apply(w: Mapping[str, Floats], name: str, seen: Floats, own: NDArray[np.int64], views: list[range]) -> Floats:
    import numpy as np

    hidden = np.broadcast_to(
        w[f"{name}_b1"], (*seen[:, views[0].start : views[0].stop].shape[:2], len(w[f"{name}_b1"]))
    ).copy()
    for k, view in enumerate(views):
        part = slice(view.start, view.stop)
        hidden += seen[:, part] @ w[f"{name}_w1"][k]
        hidden += w[f"{name}_e1"][k][own[:, part]]
    np.maximum(hidden, 0, out=hidden)
    second = np.maximum(hidden @ w[f"{name}_w2"] + w[f"{name}_b2"], 0)
    out: Floats = second @ w[f"{name}_w3"] + w[f"{name}_b3"]
    return out
