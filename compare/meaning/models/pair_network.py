"""A small network that reads a version's words beside those of one other text, and tells what does not answer.

Soft attention over contextual states gives each word its counterpart on the other side, as the interaction layers of
Parikh et al. (2016) do; what the two differ in, looked at with its neighbours, says whether the word is wrong, whether
one is missing before it, and whether a word of the other side is lost. Trained by `tests/training/pair_network.py`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.convolution import convolved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.wordalign.links import Batch

    Floats = NDArray[np.float32]
    Weights = Mapping[str, Floats]

#: What padding says: nothing.
_NONE = -20.0


@dataclass(frozen=True, slots=True)
class PairReading:
    """Log-odds: `wrong` and `hole` (a word is missing before it), (rows, words of the version); `lost`; `cell` (rows,).

    `lost` is of each word of the other text, (rows, its words).
    """

    wrong: Floats
    hole: Floats
    lost: Floats
    cell: Floats


@functools.cache
def weights(kind: str) -> Weights:
    """Load a network: `kind` s (beside the source) or o (beside another version)."""
    import numpy as np

    stored = artefacts.arrays("pair_network.npz")
    mine = [name for name in stored if name.startswith(f"{kind}.")]
    return {name.removeprefix(f"{kind}."): stored[name].astype(np.float32) for name in mine}


def read(w: Weights, version: Batch, other: Batch) -> PairReading:
    """Read each row's cell of the version beside that of the other text; both need states."""
    import numpy as np

    v, x, here, there = version.states, other.states, version.there, other.there
    assert v is not None
    assert x is not None
    near = _unit(v @ w["av"]) @ _unit(x @ w["ax"]).transpose(0, 2, 1)
    known = here[:, :, None] & there[:, None, :]
    places = [np.arange(t.shape[1], dtype=np.float32) / np.maximum(t.sum(1), 1)[:, None] for t in (here, there)]
    pull = np.abs(places[0][:, :, None] - places[1][:, None, :]).astype(np.float32)
    raised = np.where(known, np.exp(w["tau"] * near - w["pull"] * pull - w["tau"]), 0)
    nothing = np.exp(w["nul"] - w["tau"])
    rows, columns = (raised.sum(axis) for axis in (2, 1))
    ahead = raised / (rows + nothing)[:, :, None]
    back = (raised / (columns + nothing)[:, None, :]).transpose(0, 2, 1)
    near = np.where(known, near, -1)
    mine, theirs = v @ w["uv"] + w["uv_b"], x @ w["ux"] + w["ux_b"]
    firsts = (
        _interaction(w, 0, mine, theirs, ahead, near.max(2), nothing / (rows + nothing), back.sum(1), here),
        _interaction(w, 1, theirs, mine, back, near.max(1), nothing / (columns + nothing), ahead.sum(1), there),
    )
    counts = (np.maximum(t.sum(1), 1)[:, None] for t in (here, there))
    usual = np.concatenate([first.sum(1) / n for first, n in zip(firsts, counts, strict=True)], axis=1)
    own, lost = (_word_odds(w, k, first, usual) for k, first in enumerate(firsts))
    lost = lost[:, :, 0]
    wrong, hole, lost = (np.where(t, z, _NONE) for t, z in ((here, own[:, :, 0]), (here, own[:, :, 1]), (there, lost)))
    tops = [_gathered(z) for z in (wrong, hole, lost)] + [z.max(1) for z in (wrong, hole, lost)]
    ratio = np.log(np.maximum(here.sum(1), 1) / np.maximum(there.sum(1), 1))
    seen = np.stack([*(t / 2 for t in tops), ratio], axis=1).astype(np.float32)
    cell = np.tanh(seen @ w["c1"] + w["c1_b"]) @ w["c2"] + w["c2_b"]
    return PairReading(wrong, hole, lost, cell[:, 0])


def _interaction(
    w: Weights,
    k: int,
    own: Floats,
    other: Floats,
    look: Floats,
    near: Floats,
    alone: Floats,
    claimed: Floats,
    there: Any,
) -> Floats:
    """Hold the words of one side against what they look at on the other: (rows, words, hidden)."""
    import numpy as np

    facing = look @ other
    spot = (look @ np.arange(other.shape[1], dtype=np.float32)) / (look.sum(2) + 1e-4)
    step = np.zeros_like(spot)
    step[:, 1:] = np.clip(spot[:, 1:] - spot[:, :-1] - 1, -6, 6) / 3
    signs = np.stack([near, alone, claimed, step], axis=2)
    seen = np.concatenate([own, facing, own * facing, np.abs(own - facing), signs], axis=2)
    out: Floats = np.maximum(seen @ w[f"w{k}"] + w[f"w{k}_b"], 0) * there[:, :, None]
    return out


def _word_odds(w: Weights, k: int, first: Floats, usual: Floats) -> Floats:
    """Judge the words of one side among their neighbours, and by what is usual in the two cells: a free turn is."""
    import numpy as np

    around = convolved(first, w[f"cv{k}"]) + w[f"cv{k}_b"]
    around = around + (usual @ w[f"us{k}"])[:, None, :]
    out: Floats = (np.maximum(around, 0) + first) @ w[f"out{k}"] + w[f"out{k}_b"]
    return out


def _unit(x: Floats) -> Floats:
    import numpy as np

    out: Floats = x / np.maximum(np.linalg.norm(x, axis=2, keepdims=True), 1e-9)
    return out


def _gathered(z: Floats) -> Floats:
    """The logarithm of the summed odds along a cell."""
    import numpy as np

    top = z.max(1)
    out: Floats = top + np.log(np.exp(z - top[:, None]).sum(1))
    return out
