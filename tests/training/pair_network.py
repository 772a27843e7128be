"""Teach the networks of `compare.meaning.models.pair_network` on errors planted in half of the rows of all works.

`python -m tests.training pair_network` writes `compare/artefacts/pair_network.npz`. Needs torch; the program does not.
The states that the networks look at stand on axes that `tests.training.contextual` has found.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
from torch.nn.functional import normalize

from compare.wordalign.contextual import uncased_states
from compare.words import key, words
from tests.planting.corpora import WORKS, Aligned, half, work
from tests.planting.items import WHOLE, Item, items
from tests.planting.kinds import order
from tests.training.files import write_arrays
from tests.training.parallel import spread

DIMENSIONS = 128
ATTEND, COMPARE, HIDDEN = 64, 64, 80
BATCH, RATE, DROPOUT, EPOCHS = 256, 3e-3, 0.2, 8
#: Rows of each work at most, of one job, and how often errors are planted anew: twice as often in a short work.
ROWS, STRETCH, TIMES = 2250, 150, 2
#: What draws the rows, the weights and the batches.
SEEDS = (0,)
#: The share of faulty cells among the cases.
BAD = 0.73
#: Words of a text beyond which it is left out.
LONGEST = 90
#: Kinds whose words all stand in the version still, only elsewhere or oftener.
KEPT = ("roles", "neighbours", "shuffle", "question", "repeat")

States = Mapping[str, np.ndarray]
Job = tuple[Sequence[Aligned], int]


@dataclass(frozen=True)
class Cases:
    """Versions' cells, each with one other text, and what is to be said of their words and of the cell.

    `version`, `other`: index of each case's texts; `wrong`, `hole`, `lost`: labels of each case's words, 1, 0, or -1:
    not to be used.
    """

    states: list[np.ndarray]
    """Of each text, (words, DIMENSIONS)."""
    version: list[int]
    other: list[int]
    wrong: list[np.ndarray]
    hole: list[np.ndarray]
    lost: list[np.ndarray]
    bad: list[float]


def jobs(held_out: str = "") -> Iterator[Job]:
    """Cut the rows of the works, but for the one held out, into stretches; with each the seed to plant with."""
    for name in WORKS:
        rows = half(work(name), "networks") if name != held_out else []
        rows = random.Random(SEEDS[0]).sample(rows, min(len(rows), ROWS))
        times = TIMES if len(rows) > ROWS // 2 else 2 * TIMES
        yield from ((rows[k : k + STRETCH], 10_000 * n + k) for n in range(times) for k in range(0, len(rows), STRETCH))


def cases(job: Job) -> dict[str, Cases]:
    """Plant errors and lay out the cases for both networks: s with the source, o with each other version."""
    rows, seed = job
    listed = items(rows, random.Random(seed), 4, WHOLE, order)
    texts = {
        "ru": sorted({i.source for i in listed}),
        "en": sorted({t for i in listed for t in (i.text, i.clean, *i.others)}),
    }
    states = {
        t: x.astype(np.float16)
        for lang, some in texts.items()
        for t, x in zip(some, uncased_states(lang, some), strict=True)
    }
    return {kind: _cases(listed, kind, states) for kind in "so"}


def _cases(listed: Sequence[Item], kind: str, states: States) -> Cases:
    out = Cases([], [], [], [], [], [], [])
    index: dict[str, int] = {}

    def at(text: str) -> int:
        if text not in index:
            index[text] = len(index)
            out.states.append(states[text])
        return index[text]

    for item in listed:
        for other in [item.source] if kind == "s" else item.others:
            sizes = len(states[item.text]), len(states.get(other, ()))
            if all(0 < n < LONGEST for n in sizes):
                wrong, hole = own_labels(item)
                out.version.append(at(item.text))
                out.other.append(at(other))
                out.wrong.append(wrong)
                out.hole.append(hole)
                out.lost.append(lost_labels(item, other, states))
                out.bad.append(item.bad)
    return out


def joined(parts: Sequence[Cases]) -> Cases:
    """Put cases behind one another."""
    out = Cases([], [], [], [], [], [], [])
    for part in parts:
        first = len(out.states)
        out.states.extend(part.states)
        out.version.extend(first + i for i in part.version)
        out.other.extend(first + i for i in part.other)
        for mine, more in ((out.wrong, part.wrong), (out.hole, part.hole), (out.lost, part.lost), (out.bad, part.bad)):
            mine.extend(more)  # type: ignore[arg-type]
    return out


def own_labels(item: Item) -> tuple[np.ndarray, np.ndarray]:
    """Say of each word of the version whether it is wrong, and whether one is missing before it; -1 not to be used."""
    found = words(item.text)
    wrong, hole = np.zeros(len(found), np.float32), np.zeros(len(found), np.float32)
    hit = [any(s < w.end and w.start < e for s, e in item.spans) for w in found]
    if item.kind == "other_passage":
        wrong[:] = -1
    elif item.kind.startswith("lose") or (item.kind == "negation" and len(found) < len(words(item.clean))):
        at = [n for n, h in enumerate(hit) if h]
        wrong[at] = -1
        hole[at[-1:]] = 1
    else:
        wrong[hit] = 1
    return wrong, hole


def lost_labels(item: Item, other: str, states: States) -> np.ndarray:
    """Say of each word of the other text whether its counterpart in the sound text is gone; -1 where unsure."""
    there, clean = states[other], states[item.clean]
    out = np.zeros(len(there), np.float32)
    if not item.bad or item.kind in KEPT:
        return out
    if item.kind == "other_passage":
        return out - 1
    before, after = ([key(w.text) for w in words(t)] for t in (item.clean, item.text))
    gone: set[int] = set()
    for tag, a, b, _, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("delete", "replace"):
            gone |= set(range(a, b))
    if not gone or not len(there):
        return out
    one, two = (x.astype(np.float32) for x in (there, clean))
    places = [np.arange(len(x)) / len(x) for x in (there, clean)]
    near = one @ two.T - 0.1 * np.abs(places[0][:, None] - places[1])
    at, back = near.argmax(1), near.argmax(0)
    for j in range(len(there)):
        if int(at[j]) in gone:
            out[j] = 1 if back[at[j]] == j and near[j, at[j]] > 0.3 else -1
    return out


class Pair(nn.Module):
    """What `compare.meaning.models.pair_network.read` applies."""

    def __init__(self, wide: int = DIMENSIONS) -> None:
        super().__init__()
        self.av, self.ax = (nn.Linear(wide, ATTEND, bias=False) for _ in range(2))
        for layer in (self.av, self.ax):
            nn.init.eye_(layer.weight)
        self.tau, self.nul, self.pull = (nn.Parameter(torch.tensor(x)) for x in (10.0, 2.0, 1.0))
        self.uv, self.ux = nn.Linear(wide, COMPARE), nn.Linear(wide, COMPARE)
        for layer in (self.uv, self.ux):
            layer.weight.data *= 8  # states are of unit length, their parts small
        self.first = nn.ModuleList(nn.Linear(4 * COMPARE + 4, HIDDEN) for _ in range(2))
        self.usual = nn.ModuleList(nn.Linear(2 * HIDDEN, HIDDEN, bias=False) for _ in range(2))
        self.second = nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1) for _ in range(2))
        self.out = nn.ModuleList([nn.Linear(HIDDEN, 2), nn.Linear(HIDDEN, 1)])
        self.cell = nn.Sequential(nn.Linear(7, 8), nn.Tanh(), nn.Linear(8, 1))
        self.drop = nn.Dropout()

    def side(self, k: int, own, other, look, near, alone, claimed, there):  # type: ignore[no-untyped-def]
        facing = look @ other
        spot = (look @ torch.arange(other.shape[1], device=other.device).float()[:, None])[:, :, 0] / (
            look.sum(2) + 1e-4
        )
        step = torch.zeros_like(spot)
        step[:, 1:] = (spot[:, 1:] - spot[:, :-1] - 1).clamp(-6, 6) / 3
        signs = torch.stack([near, alone, claimed, step], 2)
        seen = torch.cat([own, facing, own * facing, (own - facing).abs(), signs], 2)
        return torch.relu(self.first[k](self.drop(seen))) * there[:, :, None]

    def told(self, k: int, first, usual):  # type: ignore[no-untyped-def]
        around = self.second[k](first.transpose(1, 2)).transpose(1, 2) + self.usual[k](usual)[:, None, :]
        return self.out[k](self.drop(torch.relu(around) + first))

    def forward(self, v, x, here, there):  # type: ignore[no-untyped-def]
        n, m = here.sum(1, keepdim=True), there.sum(1, keepdim=True)
        near = normalize(self.av(v), dim=2) @ normalize(self.ax(x), dim=2).transpose(1, 2)
        places = (
            torch.arange(v.shape[1], device=v.device)[None] / n,
            torch.arange(x.shape[1], device=v.device)[None] / m,
        )
        known = (here[:, :, None] * there[:, None, :]).bool()
        weight = self.tau * near - self.pull * (places[0][:, :, None] - places[1][:, None, :]).abs()
        weight = weight.masked_fill(~known, -1e4)
        ahead = torch.softmax(torch.cat([weight, self.nul.expand(*weight.shape[:2], 1)], 2), 2)
        back = torch.softmax(torch.cat([weight, self.nul.expand(len(v), 1, x.shape[1])], 1), 1).transpose(1, 2)
        near = near.masked_fill(~known, -1)
        mine, theirs = self.uv(v), self.ux(x)
        a, b = ahead[:, :, :-1], back[:, :, :-1]
        firsts = [
            self.side(0, mine, theirs, a, near.max(2)[0], ahead[:, :, -1], b.sum(1), here),
            self.side(1, theirs, mine, b, near.max(1)[0], back[:, :, -1], a.sum(1), there),
        ]
        usual = torch.cat([f.sum(1) / c for f, c in zip(firsts, (n, m), strict=True)], 1)
        own, lost = (self.told(k, firsts[k], usual) for k in (0, 1))
        sides = (own[:, :, 0], here), (own[:, :, 1], here), (lost[:, :, 0], there)
        told = [z.masked_fill(t == 0, -20) for z, t in sides]
        tops = [z.logsumexp(1) / 2 for z in told] + [z.max(1)[0] / 2 for z in told] + [torch.log(n / m)[:, 0]]
        return *told, self.cell(torch.stack(tops, 1))[:, 0]

    def plain(self) -> dict[str, np.ndarray]:
        """Return the weights under the names that `compare.meaning.models.pair_network` knows."""
        p = {name: value.detach().cpu().numpy().astype(np.float16) for name, value in self.named_parameters()}
        return {theirs: p[mine].T for mine, theirs in _NAMES.items() if mine in p}

    def restore(self, weights: Mapping[str, np.ndarray]) -> None:
        """Take the weights that `plain` has returned."""
        for name, value in self.named_parameters():
            value.data = torch.from_numpy(np.array(weights[_NAMES[name]].T, np.float32))


#: The network's parameters by the names that `compare.meaning.models.pair_network` knows, where each is transposed.
_NAMES = {name: name for name in ("tau", "nul", "pull")} | {
    f"{mine}.{part}": f"{theirs}{ending}"
    for mine, theirs in {
        "av": "av",
        "ax": "ax",
        "uv": "uv",
        "ux": "ux",
        "cell.0": "c1",
        "cell.2": "c2",
        **{
            f"{a}.{k}": f"{b}{k}"
            for a, b in zip(("first", "usual", "out", "second"), ("w", "us", "out", "cv"), strict=True)
            for k in (0, 1)
        },
    }.items()
    for part, ending in (("weight", ""), ("bias", "_b"))
}


class Padded:
    """Sequences of numbers on the device, from which padded batches are drawn."""

    def __init__(self, listed: Sequence[np.ndarray], device: str) -> None:
        sizes = np.array([len(x) for x in listed])
        self.start = torch.from_numpy(np.cumsum(sizes) - sizes).to(device)
        self.size = torch.from_numpy(sizes).to(device)
        self.flat = torch.from_numpy(np.concatenate(listed)).to(device)

    def draw(self, which: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the sequences, zeros behind each, and what is not padding."""
        size = self.size[which]
        place = torch.arange(int(size.max()), device=size.device)[None]
        there = place < size[:, None]
        found = self.flat[torch.where(there, self.start[which][:, None] + place, 0)].float()
        return found * there.reshape(*there.shape, *[1] * (found.dim() - 2)), there.float()


def _word_loss(z: torch.Tensor, y: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """Weigh the wrong words of a cell by the root of their number, against a share of the sound ones."""
    use = (y >= 0).float() * there
    weight = torch.where(y == 1, 3 / (y == 1).sum(1, keepdim=True).clamp(min=1).float().sqrt(), torch.ones_like(y))
    return (loss_of(z, y.clamp(min=0), reduction="none") * weight * use).sum() / len(y) / 8


def fit(listed: Cases, epochs: int = EPOCHS, device: str = "cpu") -> Pair:
    """Teach a network; the rate falls along half a cosine."""
    torch.manual_seed(SEEDS[0])
    rng = random.Random(SEEDS[0])
    net = Pair()
    net.to(device)
    net.drop.p = DROPOUT
    net.train()
    states = Padded(listed.states, device)
    labels = [Padded(x, device) for x in (listed.wrong, listed.hole, listed.lost)]
    version, other = (torch.tensor(x, device=device) for x in (listed.version, listed.other))
    bad = torch.tensor(listed.bad, device=device)
    sizes = [(len(listed.states[v]), len(listed.states[o])) for v, o in zip(listed.version, listed.other, strict=True)]
    optimiser = torch.optim.Adam(net.parameters(), RATE)
    steps = epochs * math.ceil(len(sizes) / BATCH)
    step = 0
    for epoch in range(epochs):
        ordered = sorted(range(len(sizes)), key=lambda n: (sizes[n][0] // 4, sizes[n][1] // 3, rng.random()))
        batches = [ordered[k : k + BATCH] for k in range(0, len(ordered), BATCH)]
        rng.shuffle(batches)
        total = torch.zeros((), device=device)
        for part in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * (0.5 + 0.5 * math.cos(math.pi * step / steps)) + 1e-6
            step += 1
            some = torch.tensor(part, device=device)
            (v, here), (x, there) = states.draw(version[some]), states.draw(other[some])
            *found, cell = net(v, x, here, there)
            y = bad[some]
            loss = loss_of(cell, y, torch.where(y == 1, 2 * (1 - BAD), 2 * BAD))
            for z, label, mask in zip(found, labels, (here, here, there), strict=True):
                loss = loss + _word_loss(z, label.draw(some)[0], mask)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            total += loss.detach()
        print("epoch", epoch, "loss", round(float(total) / len(batches), 4), flush=True)
    net.eval()
    return net


def main() -> None:
    """Teach both networks and write them."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    found = spread(cases, jobs())
    weights = {
        f"{kind}.{n}": w
        for kind in "so"
        for n, w in fit(joined([f[kind] for f in found]), device=device).plain().items()
    }
    write_arrays("pair_network.npz", weights)


if __name__ == "__main__":
    main()
