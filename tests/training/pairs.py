"""Teach the networks of `compare.meaning.models.pair_network`, and with them the axes of the states that they look at.

`python -m tests.training.pairs` writes `compare/artefacts/{states,pairs}.npz`. Needs torch; the program does not. The
errors are planted anew for every lesson, so that no sentence is learnt by heart.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
from torch.nn.functional import normalize

from compare.encode.network import VECTOR
from compare.wordalign import contextual as states
from compare.words import key, words
from tests.training.items import WHOLE, Item, corpus
from tests.training.kinds import order

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
DIMENSIONS = 128
#: How much of the texts each lesson shows.
SCALE = 1.0
ATTEND, COMPARE, HIDDEN = 64, 64, 80
BATCH, RATE = 64, 3e-3
#: The share of faulty cells among the cases.
BAD = 0.73
#: Words of a text beyond which it is left out.
LONGEST = 90
#: Kinds whose words all stand in the version still, only elsewhere or oftener.
KEPT = ("roles", "neighbours", "shuffle", "question", "repeat")

States = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Course:
    """A course of lessons: their seeds, how often each is gone through, and the share of what is seen left out."""

    seeds: range
    passes: int
    dropout: float


#: The networks learn together with the axes first, then by themselves, from errors shown once and with more left out.
#: The mean of their weights after both is kept: beside texts never seen it is better than either.
TOGETHER, ALONE = Course(range(1, 6), 3, 0.1), Course(range(6, 18), 1, 0.25)


@dataclass(frozen=True)
class Case:
    """A version's cell beside one other text: their words' states, and what is to be said of each word and the cell."""

    version: np.ndarray
    other: np.ndarray
    wrong: np.ndarray
    hole: np.ndarray
    lost: np.ndarray
    bad: float


@dataclass(frozen=True)
class Frame:
    """Each language's mean state and the principal axes of both together, in the encoder's own space."""

    means: Mapping[str, np.ndarray]
    axes: np.ndarray


def frame(texts: Mapping[str, Sequence[str]], count: int = 1200) -> Frame:
    """Find the frame in a sample of texts of each language."""
    rng = random.Random(0)
    means, centred = {}, []
    for lang, listed in sorted(texts.items()):
        some = rng.sample(list(listed), min(count, len(listed)))
        rows = np.concatenate(states.use(some, np.eye(VECTOR, dtype=np.float32)))
        rows = rows[np.abs(rows).sum(1) > 0]
        means[lang] = rows.mean(0)
        away = rows - means[lang]
        centred.append(away / np.linalg.norm(away, axis=1, keepdims=True))
    least = min(map(len, centred))
    _, vectors = np.linalg.eigh(np.cov(np.concatenate([c[:least] for c in centred]).T))
    return Frame(means, vectors[:, ::-1][:, :DIMENSIONS])


def whole_states(texts: Mapping[str, Sequence[str]], found: Frame) -> States:
    """Make the states of the words of each text, its language's mean taken out, on all axes."""
    made = {}
    for lang, listed in texts.items():
        for text, rows in zip(listed, states.use(listed, np.eye(VECTOR, dtype=np.float32)), strict=True):
            made[text] = (rows - found.means[lang] * (np.abs(rows).sum(1, keepdims=True) > 0)).astype(np.float16)
    return made


def lesson(seed: int, found: Frame, axes: np.ndarray | None = None) -> dict[str, list[Case]]:
    """Plant errors anew and lay out the cases for both networks: s beside the source, o beside each other version.

    `axes`: what to show the states on, if these are learnt already.
    """
    listed = corpus("networks", random.Random(seed), SCALE, 4, WHOLE, order)
    texts = {
        "ru": sorted({i.source for i in listed}),
        "en": sorted({t for i in listed for t in (i.text, i.clean, *i.others)}),
    }
    made = whole_states(texts, found)
    shown = made if axes is None else {text: _unit(rows @ axes).astype(np.float16) for text, rows in made.items()}
    return {kind: list(_cases(listed, kind, made, shown, found.axes)) for kind in "so"}


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)


def _cases(listed: Sequence[Item], kind: str, made: States, shown: States, axes: np.ndarray) -> Iterator[Case]:
    for item in listed:
        for other in [item.source] if kind == "s" else item.others:
            v, x = shown[item.text], shown.get(other, ())
            if 0 < len(v) < LONGEST and 0 < len(x) < LONGEST:
                yield Case(v, x, *own_labels(item), lost_labels(item, other, made, axes), item.bad)


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


def lost_labels(item: Item, other: str, made: States, axes: np.ndarray) -> np.ndarray:
    """Say of each word of the other text whether its counterpart in the sound text is gone; -1 where unsure."""
    there, clean = made[other], made[item.clean]
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
    one, two = (_unit(x.astype(np.float32) @ axes) for x in (there, clean))
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
        spot = (look @ torch.arange(other.shape[1]).float()[:, None])[:, :, 0] / (look.sum(2) + 1e-4)
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
        places = torch.arange(v.shape[1])[None] / n, torch.arange(x.shape[1])[None] / m
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
        p = {name: value.detach().numpy().astype(np.float16) for name, value in self.named_parameters()}
        out = {n: p[n] for n in ("tau", "nul", "pull")}
        linear = {"av": "av", "ax": "ax", "uv": "uv", "ux": "ux", "cell.0": "c1", "cell.2": "c2"}
        linear |= {f"{a}.{k}": f"{b}{k}" for a, b in (("first", "w"), ("usual", "us"), ("out", "out")) for k in (0, 1)}
        for mine, theirs in linear.items():
            out[theirs] = p[f"{mine}.weight"].T
            if f"{mine}.bias" in p:
                out[f"{theirs}_b"] = p[f"{mine}.bias"]
        for k in (0, 1):
            out[f"cv{k}"] = p[f"second.{k}.weight"].transpose(2, 1, 0)
            out[f"cv{k}_b"] = p[f"second.{k}.bias"]
        return out


class Reader(nn.Module):
    """Both networks and the axes that they share; None where they are shown what stands on these already."""

    axes: nn.Parameter | None

    def __init__(self, axes: np.ndarray) -> None:
        super().__init__()
        self.axes = nn.Parameter(torch.from_numpy(np.ascontiguousarray(axes, np.float32)))
        self.s, self.o = Pair(), Pair()

    def forward(self, kind, v, x, here, there):  # type: ignore[no-untyped-def]
        if self.axes is not None:
            v, x = (normalize(t @ self.axes, dim=2) for t in (v, x))
        return getattr(self, kind)(v, x, here, there)


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


def _batches(cases: Sequence[Case], rng: random.Random) -> list[list[Case]]:
    """Put cases of about the same lengths together, in any order."""
    order = sorted(cases, key=lambda c: (len(c.version) // 4, len(c.other) // 3, rng.random()))
    return [order[k : k + BATCH] for k in range(0, len(order), BATCH)]


def _loss(reader: Reader, kind: str, part: Sequence[Case]) -> torch.Tensor:
    (v, here), (x, there) = _pad([c.version for c in part]), _pad([c.other for c in part])
    told = reader(kind, v, x, here, there)
    bad = torch.tensor([c.bad for c in part])
    loss = loss_of(told[3], bad, torch.where(bad == 1, 2 * (1 - BAD), 2 * BAD))
    labels = ([c.wrong for c in part], [c.hole for c in part], [c.lost for c in part])
    for z, y, t in zip(told[:3], labels, (here, here, there), strict=True):
        loss = loss + _word_loss(z, _pad(y)[0], t)
    return loss


def teach(reader: Reader, course: Course, lessons: Iterator[dict[str, list[Case]]], seed: int = 0) -> None:
    """Teach both networks, and the axes if they are not held, lesson by lesson; the rate falls along half a cosine."""
    rng = random.Random(seed)
    gentle = {"params": [] if reader.axes is None else [reader.axes], "share": 0.1}
    rest = {"params": [p for n, p in reader.named_parameters() if n != "axes"], "share": 1.0}
    optimiser = torch.optim.Adam([group for group in (gentle, rest) if group["params"]], RATE)
    for pair in (reader.s, reader.o):
        pair.drop.p = course.dropout
    reader.train()
    for done, cases in enumerate(lessons):
        for again in range(course.passes):
            batches = [(kind, b) for kind in "so" for b in _batches(cases[kind], rng)]
            rng.shuffle(batches)
            total = {"s": 0.0, "o": 0.0}
            for n, (kind, part) in enumerate(batches):
                past = (done + (again + n / len(batches)) / course.passes) / len(course.seeds)
                for group in optimiser.param_groups:
                    group["lr"] = group["share"] * RATE * (0.5 + 0.5 * math.cos(math.pi * past)) + 1e-6
                loss = _loss(reader, kind, part)
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
                optimiser.step()
                total[kind] += loss.item() * len(part)
            print(done, again, {k: round(t / len(cases[k]), 4) for k, t in total.items()}, flush=True)
    reader.eval()


def write(reader: Reader, axes: np.ndarray, found: Frame) -> None:
    """Write the axes with the means on them, and the networks; the plain axes stay as they are, others look at them."""
    plain = {name: value for name, value in states.table().items() if not name.startswith("pairs_")}
    mine = {"pairs_axes": axes, **{f"pairs_mean_{lang}": mean @ axes for lang, mean in found.means.items()}}
    np.savez_compressed(DATA / "contextual.npz", **{n: x.astype(np.float16) for n, x in {**plain, **mine}.items()})
    weights = {f"{kind}.{n}": w for kind in "so" for n, w in getattr(reader, kind).plain().items()}
    np.savez_compressed(DATA / "pair_network.npz", **weights)


def main() -> None:
    """Find the frame, teach both networks, first with the axes and then by themselves, and write everything."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    listed = corpus("networks", random.Random(1), SCALE, 1, WHOLE)
    found = frame({"ru": sorted({i.source for i in listed}), "en": sorted({i.clean for i in listed})})
    reader = Reader(found.axes)
    teach(reader, TOGETHER, (lesson(seed, found) for seed in TOGETHER.seeds))
    assert reader.axes is not None
    axes, reader.axes = reader.axes.detach().numpy(), None
    before = {name: weight.clone() for name, weight in reader.state_dict().items()}
    teach(reader, ALONE, (lesson(seed, found, axes) for seed in ALONE.seeds))
    reader.load_state_dict({name: (weight + before[name]) / 2 for name, weight in reader.state_dict().items()})
    write(reader, axes, found)


if __name__ == "__main__":
    main()
