"""The networks that the program runs in numpy say what torch says of the same weights.

What torch said is kept in `golden/networks.npz`; with torch installed, `pytest --update` asks it again, and
`make test-transformers` holds it against what is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compare.analysis import Analysis
from compare.meaning.models import pair_network, row_network
from compare.wordalign.contextual import cell_states, uncased_states
from compare.wordalign.links import Batch, batch
from compare.wordalign.vocabulary import read
from tests.test_meaning import ROWS, made

KEPT = Path(__file__).parent / "golden" / "networks.npz"
Arrays = dict[str, np.ndarray]

with_torch = pytest.mark.skipif(find_spec("torch") is None, reason="torch is not installed")


def drawn(shipped: Mapping[str, np.ndarray]) -> Arrays:
    """Draw weights of the shapes that the shipped ones have: what is learned anew changes nothing here."""
    random = np.random.default_rng(1)
    weights = {}
    for name, value in sorted(shipped.items()):
        scale = 1 / np.sqrt(max(int(np.prod(value.shape[:-1])), 1)) if value.ndim > 1 else 0.1
        weights[name] = (scale * random.standard_normal(value.shape)).astype(np.float32)
    return weights | {"tau": np.float32(6), "nul": np.float32(2), "pull": np.float32(1)}  # type: ignore[dict-item]


@pytest.fixture(scope="module")
def pairs() -> tuple[Batch, Batch]:
    texts = {"v": ("en", [row["a"] for row in ROWS]), "x": ("ru", [row["ru"] for row in ROWS])}
    cells = read(texts)
    one, two = (batch(cells.cells[c], uncased_states(*texts[c])) for c in "vx")
    return one, two


@pytest.fixture(scope="module")
def sheet() -> row_network.RowInput:
    analysis = Analysis(made(ROWS))
    return row_network.row_input(analysis.words, cell_states(analysis.collation, analysis.vocabulary), 0)


def pairs_in_numpy(one: Batch, two: Batch) -> Arrays:
    found = pair_network.read(drawn(pair_network.weights("s")), one, two)
    return {name: getattr(found, name) for name in ("wrong", "hole", "lost", "cell")}


def pairs_in_torch(one: Batch, two: Batch) -> Arrays:
    import torch

    from tests.training.pair_network import Pair

    net = Pair().eval()
    net.restore(drawn(pair_network.weights("s")))
    given = [torch.from_numpy(np.asarray(x, np.float32)) for x in (one.states, two.states, one.there, two.there)]
    with torch.no_grad():
        return {n: x.numpy() for n, x in zip(("wrong", "hole", "lost", "cell"), net(*given), strict=True)}


def row_in_numpy(sheet: row_network.RowInput) -> Arrays:
    (_, [found]) = next(row_network.read(drawn(row_network.weights()), [sheet], ["a"], "ru"))
    return {"added": found.added, "hole": found.hole, **{f"lost {text}": x for text, x in found.lost.items()}}


def row_in_torch(sheet: row_network.RowInput) -> Arrays:
    import torch

    from tests.training.row_network import RowNetwork

    net = RowNetwork(next(iter(sheet.states.values())).shape[1]).eval()
    net.restore(drawn(row_network.weights()))
    order = ["a", *(t for t in sheet.texts if t not in ("a", "ru")), "ru"]
    size = {t: len(sheet.states[t]) for t in order}
    padded = [torch.from_numpy(np.vstack([sheet.states[t], np.zeros_like(sheet.states[t][:1])])[None]) for t in order]
    marks = [torch.from_numpy(sheet.marks[t][None]) for t in order]
    there = [torch.tensor([[1.0] * size[t] + [0.0]]) for t in order]
    live = [torch.ones(1, size[t] + 1) for t in order]
    shares: dict[Any, Any] = {
        (a, b): torch.tensor([[*sheet.shares[one, two], 0.0]])
        for a, one in enumerate(order)
        for b, two in enumerate(order)
        if a != b
    }
    with torch.no_grad():
        added, hole, lost = net(padded, marks, shares, there, live, len(order) - 1)
    found = {f"lost {t}": x[0, : size[t]].numpy() for t, x in zip(order[1:], lost, strict=True)}
    return {"added": added[0, : size["a"]].numpy(), "hole": hole[0].numpy(), **found}


def same(ours: Arrays, kept: Arrays) -> None:
    assert set(ours) == set(kept)
    for name, values in ours.items():
        shown = values > -19  # what is no word is as unlikely as may be, in either
        assert shown.any()
        np.testing.assert_array_equal(shown, kept[name] > -19)
        np.testing.assert_allclose(values[shown], kept[name][shown], atol=0.005, err_msg=name)


def kept(kind: str) -> Arrays:
    stored = np.load(KEPT)
    return {name.removeprefix(f"{kind} "): stored[name] for name in stored.files if name.startswith(f"{kind} ")}


def test_numpy_says_of_pairs_what_torch_said(pairs: tuple[Batch, Batch]) -> None:
    same(pairs_in_numpy(*pairs), kept("pair"))


def test_numpy_says_of_a_row_what_torch_said(sheet: row_network.RowInput) -> None:
    same(row_in_numpy(sheet), kept("row"))


@with_torch
def test_torch_says_what_it_said(pairs: tuple[Batch, Batch], sheet: row_network.RowInput, update: bool) -> None:
    found = {"pair": pairs_in_torch(*pairs), "row": row_in_torch(sheet)}
    if update:
        arrays: dict[str, Any] = {f"{kind} {name}": x for kind, some in found.items() for name, x in some.items()}
        np.savez_compressed(KEPT, **arrays)
    for kind, some in found.items():
        same(some, kept(kind))
