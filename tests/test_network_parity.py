"""The networks that the program runs in numpy say what torch says; `make test-transformers` brings torch."""

from __future__ import annotations

import numpy as np
import pytest

from compare.analysis import Analysis
from compare.meaning.models import pair_network, row_network
from compare.wordalign.contextual import uncased_states
from compare.wordalign.links import batch
from compare.wordalign.vocabulary import read
from tests.test_meaning import ROWS, made

torch = pytest.importorskip("torch")


def test_the_network_of_pairs() -> None:
    from tests.training.pair_network import Pair

    torch.manual_seed(1)
    net = Pair().eval()
    texts = {"v": ("en", [row["a"] for row in ROWS]), "x": ("ru", [row["ru"] for row in ROWS])}
    cells = read(texts)
    one, two = (batch(cells.cells[c], uncased_states(*texts[c])) for c in "vx")
    weights = {name: values.astype(np.float32) for name, values in net.plain().items()}
    ours = pair_network.read(weights, one, two)
    with torch.no_grad():
        theirs = net(
            *(torch.from_numpy(np.asarray(x, np.float32)) for x in (one.states, two.states, one.there, two.there))
        )
    for mine, other in zip((ours.wrong, ours.hole, ours.lost, ours.cell), theirs, strict=True):
        np.testing.assert_allclose(mine, other.numpy(), atol=0.05)


def test_the_network_of_rows() -> None:
    from tests.training.row_network import RowNetwork

    torch.manual_seed(1)
    analysis = Analysis(made(ROWS))
    sheet = row_network.sheet(analysis.words, analysis.states, 0)
    net = RowNetwork(next(iter(sheet.states.values())).shape[1]).eval()
    weights = {name: values.astype(np.float32) for name, values in net.plain().items()}
    order = ["a", *(t for t in sheet.texts if t not in ("a", "ru")), "ru"]
    (_, [ours]) = next(row_network.read(weights, [sheet], ["a"], "ru"))
    pad = [torch.from_numpy(np.vstack([sheet.states[t], np.zeros_like(sheet.states[t][:1])])[None]) for t in order]
    marks = [torch.from_numpy(sheet.signs[t][None]) for t in order]
    there = [torch.tensor([[1.0] * len(sheet.states[t]) + [0.0]]) for t in order]
    live = [torch.ones(1, len(sheet.states[t]) + 1) for t in order]
    shares = {
        (a, b): torch.tensor([[*sheet.shares[one, two], 0.0]])
        for a, one in enumerate(order)
        for b, two in enumerate(order)
        if a != b
    }
    with torch.no_grad():
        added, hole, lost = net(pad, marks, shares, there, live, len(order) - 1)
    np.testing.assert_allclose(ours.added, added[0, : len(ours.added)].numpy(), atol=0.05)
    np.testing.assert_allclose(ours.hole, hole[0].numpy(), atol=0.05)
    for text, values in zip(order[1:], lost, strict=True):
        np.testing.assert_allclose(ours.lost[text], values[0, : len(ours.lost[text])].numpy(), atol=0.05)
