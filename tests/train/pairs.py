"""Teach the networks of `compare.meaning.pairs`, and choose the axes of the states that they look at.

`python -m tests.train.pairs` writes `compare/meaning/data/{states,pairs}.npz`. Needs torch; the program does not.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
from torch.nn.functional import normalize

from compare.encode.network import VECTOR
from compare.meaning import states
from compare.words import key, words
from tests.train.items import WHOLE, Item, corpus

DATA = Path(__file__).parents[2] / "compare" / "meaning" / "data"
DIMENSIONS = 128
#: How much of the texts to learn from.
SCALE = 1.5
ATTEND, COMPARE, HIDDEN = 64, 48, 64
EPOCHS, BATCH, RATE = 6, 32, 3e-3
#: Words of a text beyond which it is left out.
LONGEST = 90
#: Kinds whose words all stand in the version still, only elsewhere or oftener.
KEPT = ("roles", "neighbours", "shuffle", "question", "repeat")

States = Mapping[str, np.ndarray]


def axes(texts: Mapping[str, Sequence[str]], count: int = 1200) -> dict[str, np.ndarray]:
    """Find each language's mean state and the principal axes of both together."""
    rng = random.Random(0)
    found, centred = {}, []
    for lang, listed in sorted(texts.items()):
        some = rng.sample(list(listed), min(count, len(listed)))
        rows = np.concatenate(states.use(some, np.eye(VECTOR, dtype=np.float32)))
        rows = rows[np.abs(rows).sum(1) > 0]
        found[f"mean_{lang}"] = rows.mean(0)
        away = rows - found[f"mean_{lang}"]
        centred.append(away / np.linalg.norm(away, axis=1, keepdims=True))
    least = min(map(len, centred))
    _, vectors = np.linalg.eigh(np.cov(np.concatenate([c[:least] for c in centred]).T))
    chosen = vectors[:, ::-1][:, :DIMENSIONS]
    return {"axes": chosen.astype(np.float16), **{n: (m @ chosen).astype(np.float16) for n, m in found.items()}}


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


def lost_labels(item: Item, other: str, made: States) -> np.ndarray:
    """Say of each word of the other text whether its counterpart in the sound text is gone; -1 where unsure."""
    there, clean = (made[t].astype(np.float32) for t in (other, item.clean))
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
    one, two = (x / np.linalg.norm(x, axis=1, keepdims=True).clip(1e-6) for x in (there, clean))
    places = [np.arange(len(x)) / len(x) for x in (there, clean)]
    near = one @ two.T - 0.1 * np.abs(places[0][:, None] - places[1])
    at, back = near.argmax(1), near.argmax(0)
    for j in range(len(there)):
        if int(at[j]) in gone:
            out[j] = 1 if back[at[j]] == j and near[j, at[j]] > 0.3 else -1
    return out


class Pair(nn.Module):
    """What `compare.meaning.pairs.read` applies."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.av, self.ax = (nn.Linear(wide, ATTEND, bias=False) for _ in range(2))
        for layer in (self.av, self.ax):
            nn.init.eye_(layer.weight)
        self.tau, self.nul, self.pull = (nn.Parameter(torch.tensor(x)) for x in (10.0, 2.0, 1.0))
        self.uv, self.ux = nn.Linear(wide, COMPARE), nn.Linear(wide, COMPARE)
        for layer in (self.uv, self.ux):
            layer.weight.data *= 8  # states are of unit length, their parts small
        self.first = nn.ModuleList(nn.Linear(4 * COMPARE + 4, HIDDEN) for _ in range(2))
        self.second = nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1) for _ in range(2))
        self.out = nn.ModuleList([nn.Linear(HIDDEN, 2), nn.Linear(HIDDEN, 1)])
        self.cell = nn.Sequential(nn.Linear(7, 8), nn.Tanh(), nn.Linear(8, 1))
        self.drop = nn.Dropout(0.2)

    def side(self, k: int, own, other, look, near, alone, claimed, there):  # type: ignore[no-untyped-def]
        facing = look @ other
        spot = (look @ torch.arange(other.shape[1]).float()[:, None])[:, :, 0] / (look.sum(2) + 1e-4)
        step = torch.zeros_like(spot)
        step[:, 1:] = (spot[:, 1:] - spot[:, :-1] - 1).clamp(-6, 6) / 3
        signs = torch.stack([near, alone, claimed, step], 2)
        seen = torch.cat([own, facing, own * facing, (own - facing).abs(), signs], 2)
        first = torch.relu(self.first[k](self.drop(seen))) * there[:, :, None]
        second = torch.relu(self.second[k](first.transpose(1, 2)).transpose(1, 2)) + first
        return self.out[k](self.drop(second))

    def forward(self, v, x, here, there):  # type: ignore[no-untyped-def]
        n, m = here.sum(1, keepdim=True), there.sum(1, keepdim=True)
        near = normalize(self.av(v), dim=2) @ normalize(self.ax(x), dim=2).transpose(1, 2)
        places = torch.arange(v.shape[1])[None] / n, torch.arange(x.shape[1])[None] / m
        known = (here[:, :, None] * there[:, None, :]).bool()
        weight = self.tau * near - self.pull * (places[0][:, :, None] - places[1][:, None, :]).abs()
        weight = weight.masked_fill(~known, -1e4)
        ahead = torch.softmax(torch.cat([weight, self.nul.expand(*weight.shape[:2], 1)], 2), 2)
        back = torch.softmax(torch.cat([weight, self.nul.expand(len(v), 1, x.shape[1])], 1), 1).transpose(1, 2)
        near = near.masked_fill(~known, -1)
        mine, theirs = self.uv(v), self.ux(x)
        a, b = ahead[:, :, :-1], back[:, :, :-1]
        own = self.side(0, mine, theirs, a, near.max(2)[0], ahead[:, :, -1], b.sum(1), here)
        lost = self.side(1, theirs, mine, b, near.max(1)[0], back[:, :, -1], a.sum(1), there)
        sides = (own[:, :, 0], here), (own[:, :, 1], here), (lost[:, :, 0], there)
        told = [z.masked_fill(t == 0, -20) for z, t in sides]
        tops = [z.logsumexp(1) / 2 for z in told] + [z.max(1)[0] / 2 for z in told] + [torch.log(n / m)[:, 0]]
        return *told, self.cell(torch.stack(tops, 1))[:, 0]

    def plain(self) -> dict[str, np.ndarray]:
        """Return the weights under the names that `compare.meaning.pairs` knows."""
        p = {name: value.detach().numpy().astype(np.float16) for name, value in self.named_parameters()}
        out = {n: p[n] for n in ("tau", "nul", "pull")}
        linear = {"av": "av", "ax": "ax", "uv": "uv", "ux": "ux", "cell.0": "c1", "cell.2": "c2"}
        linear |= {f"{a}.{k}": f"{b}{k}" for a, b in (("first", "w"), ("out", "out")) for k in (0, 1)}
        for mine, theirs in linear.items():
            out[theirs] = p[f"{mine}.weight"].T
            if f"{mine}.bias" in p:
                out[f"{theirs}_b"] = p[f"{mine}.bias"]
        for k in (0, 1):
            out[f"cv{k}"] = p[f"second.{k}.weight"].transpose(2, 1, 0)
            out[f"cv{k}_b"] = p[f"second.{k}.bias"]
        return out


def _pad(listed: Sequence[np.ndarray]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, listed))
    out = np.zeros((len(listed), longest, *listed[0].shape[1:]), np.float32)
    there = np.zeros((len(listed), longest), np.float32)
    for i, x in enumerate(listed):
        out[i, : len(x)], there[i, : len(x)] = x, 1
    return torch.from_numpy(out), torch.from_numpy(there)


def _word_loss(z: torch.Tensor, y: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
    """Weigh the wrong words of a cell by the root of their number, against a share of the sound ones."""
    use = (y >= 0).float() * there
    weight = torch.where(y == 1, 3 / (y == 1).sum(1, keepdim=True).clamp(min=1).float().sqrt(), torch.ones_like(y))
    return (loss_of(z, y.clamp(min=0), reduction="none") * weight * use).sum() / len(y) / 8


def fit(listed: Sequence[Item], kind: str, made: States, epochs: int = EPOCHS, seed: int = 0) -> Pair:
    """Teach one network: `kind` s beside the source, o beside each other version."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    data = []
    for item in listed:
        for other in [item.source] if kind == "s" else item.others:
            v, x = made[item.text], made.get(other, ())
            if 0 < len(v) < LONGEST and 0 < len(x) < LONGEST:
                data.append((v, x, *own_labels(item), lost_labels(item, other, made), item.bad))
    net = Pair(data[0][0].shape[1])
    optimiser = torch.optim.Adam(net.parameters(), RATE)
    share = float(np.mean([d[5] for d in data]))
    step, steps = 0, epochs * (len(data) // BATCH + 1)
    for epoch in range(epochs):
        order = sorted(range(len(data)), key=lambda k: (len(data[k][0]) // 4, len(data[k][1]) // 3, rng.random()))
        batches = [order[k : k + BATCH] for k in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        net.train()
        total = 0.0
        for chosen in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / steps) + 1e-5
            step += 1
            (v, here), (x, there) = (_pad([data[k][i] for k in chosen]) for i in (0, 1))
            wrong, hole, lost = (_pad([data[k][i] for k in chosen])[0] for i in (2, 3, 4))
            bad = torch.tensor([data[k][5] for k in chosen])
            told = net(v, x, here, there)
            loss = loss_of(told[3], bad, torch.where(bad == 1, 2 * (1 - share), 2 * share))
            for z, y, t in zip(told[:3], (wrong, hole, lost), (here, here, there), strict=True):
                loss = loss + _word_loss(z, y, t)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            total += loss.item()
        print(kind, "epoch", epoch, "loss", round(total / len(batches), 4), flush=True)
    return net.eval()


def main() -> None:
    """Choose the axes, make the states, teach both networks and write everything."""
    listed = corpus("networks", random.Random(1), SCALE, 4, WHOLE)
    texts = {"ru": sorted({i.source for i in listed}), "en": sorted({i.clean for i in listed})}
    np.savez_compressed(DATA / "states.npz", **axes(texts))
    states.table.cache_clear()
    texts["en"] = sorted({t for i in listed for t in (i.text, i.clean, *i.others)})
    made = {
        t: s.astype(np.float16) for lang, ts in texts.items() for t, s in zip(ts, states.states(lang, ts), strict=True)
    }
    weights = {f"{k}.{n}": w for k in "so" for n, w in fit(listed, k, made).plain().items()}
    np.savez_compressed(DATA / "pairs.npz", **weights)


if __name__ == "__main__":
    main()
