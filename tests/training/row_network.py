"""Teach the network of `row_network`: phrases lost and added, told from the free turns of sound texts.

`python -m tests.training row_network` writes `compare/artefacts/row_network.npz`. Needs torch; the program does not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
from torch.nn.functional import normalize

from compare.analysis import Analysis
from compare.meaning.models.row_network import word_marks
from compare.wordalign.aligned_words import Cover, pair
from compare.wordalign.contextual import cell_states, states
from compare.wordalign.links import batch, likeness
from compare.wordalign.vocabulary import Cell, read
from tests.planting.collations import collation
from tests.planting.corpora import NEST_TRAIN, Aligned, bible, mlqe, novel, untokenized
from tests.planting.phrases import Phrase, plant

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
BOOKS = ("Genesis", "Exodus", "Joshua")
#: Rows of the novels that are learned from; the rest is left for tests/training/gaps.py.
NEST, OVERCOAT = 300, 155
#: How many rows of MLQE, and how often a phrase is planted.
MODERN, SHARE = 2500, 0.8
ASK, SAY, HIDDEN, LAYERS, SIGNS = 64, 40, 48, 3, 6
EPOCHS, BATCH, RATE = 8, 32, 3e-3
#: Words of a text beyond which a row is left out.
LONGEST = 90
#: How many words around what is lost may be lost with it.
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """One row; the first text is the version that may have been planted in. Labels are 1, 0, or -1: not to be used."""

    states: tuple[np.ndarray, ...]
    signs: tuple[np.ndarray, ...]
    shares: Mapping[tuple[int, int], np.ndarray]
    source: bool
    """Whether the last text is the source."""
    added: np.ndarray
    hole: np.ndarray
    lost: tuple[np.ndarray, ...]
    """For each text but the first."""


def sets() -> Iterator[tuple[list[Aligned], bool, int]]:
    """Yield rows, whether the source stands beside them, and how many versions are left out."""
    whole, partly = (True, 0), ((False, 0), (True, 1), (True, 2), (False, 1))
    for book in BOOKS:
        for source, dropped in (*[whole] * 4, *partly):
            yield bible(book), source, dropped
    for source, dropped in (*[whole] * 10, *partly * 3):
        yield novel("nest", NEST_TRAIN)[:NEST], source, dropped
    for source, dropped in (*[whole] * 3, *partly):
        yield novel("overcoat")[:OVERCOAT], source, dropped
    rng = random.Random(3)
    records = [r for r in mlqe("train") if 6 < len(r["machine"].split()) < 50]
    modern = rng.sample(records, MODERN)
    yield [Aligned("mlqe", r["source"], {"en-postedit": untokenized(r["postedit"])}) for r in modern], True, 0


class Ground:
    """Sound rows, each read once however often phrases are planted in it."""

    def __init__(self, listed: Sequence[Aligned]) -> None:
        self.listed = listed
        made = collation(listed, [None] * len(listed))
        analysis = Analysis(made)
        self.cover, self.states = analysis.words.covers, cell_states(made, analysis.vocabulary)
        self.cells, self.forms = analysis.vocabulary.cells, analysis.vocabulary.forms
        self.index = {form: k for k, form in reversed(list(enumerate(self.forms.keys)))}

    def lessons(self, source: bool, dropped: int, seed: int) -> Iterator[Lesson]:
        """Plant phrases into most rows, with some versions left out."""
        rng = random.Random(seed)
        kept = sorted({v for r in self.listed for v in r.versions})
        kept = sorted(rng.sample(kept, max(len(kept) - dropped, 1)))
        rows = [Aligned(r.corpus, r.source, {v: r.versions[v] for v in kept}) for r in self.listed]
        planted = plant(rows, rng, SHARE)
        cells = self._cells([p.text for p in planted if p])
        known = dict(zip((p.text for p in planted if p), states("en", [p.text for p in planted if p]), strict=True))
        for i, phrase in enumerate(planted):
            version = phrase.version if phrase else rng.choice(kept)
            texts = [version, *(v for v in kept if v != version), *(["ru"] if source else [])]
            if phrase and (cell := cells[phrase.text]):
                if lesson := self._lesson(i, texts, source, phrase, cell, known[phrase.text]):
                    yield lesson
            elif not phrase and len(texts) > 1:
                yield self._sound(i, texts, source)

    def _cells(self, texts: Sequence[str]) -> dict[str, Cell | None]:
        """Read texts in the words of the sound ones; None where a word is new."""
        fresh = read({"en": ("en", texts)})
        out: dict[str, Cell | None] = {}
        for text, cell in zip(texts, fresh.cells["en"], strict=True):
            assert cell is not None
            keys = [fresh.forms.keys[form] for form in cell.forms]
            known = all(k in self.index for k in keys)
            out[text] = replace(cell, forms=np.array([self.index[k] for k in keys], np.int32)) if known else None
        return out

    def _sound(self, i: int, texts: Sequence[str], source: bool) -> Lesson:
        cells = [self._cell(t, i) for t in texts]
        covers = {(a, b): self.cover[x, y][i] for a, x in enumerate(texts) for b, y in enumerate(texts) if a != b}
        places = np.zeros(len(cells[0].words) + 1, np.float32)
        lost = tuple(np.zeros(len(c.words), np.float32) for c in cells[1:])
        return Lesson(
            tuple(values.astype(np.float16) for t in texts if (values := self.states[t][i]) is not None),
            tuple(word_marks(c, self.forms) for c in cells),
            {k: np.array(c.share, np.float32) for k, c in covers.items() if c},
            source,
            places,
            places.copy(),
            lost,
        )

    def _lesson(
        self, i: int, texts: Sequence[str], source: bool, phrase: Phrase, cell: Cell, known: np.ndarray
    ) -> Lesson | None:
        sound = self._sound(i, texts, source)
        shares = dict(sound.shares)
        for k, text in enumerate(texts[1:], 1):
            other = self._cell(text, i)
            near = likeness(batch([cell]), batch([other]), self.forms)[0]
            ahead, back = pair(cell, other, near, self.forms, text != "ru")
            shares[0, k], shares[k, 0] = np.array(ahead.share, np.float32), np.array(back.share, np.float32)
        size = len(cell.words)
        added, hole, lost = np.zeros(size + 1, np.float32), np.zeros(size + 1, np.float32), sound.lost
        if phrase.kind == "added":
            for k, word in enumerate(cell.words):
                added[k] = any(start < word.end and word.start < end for start, end in phrase.spans)
        else:
            gone = _gone(self._cell(texts[0], i), cell, phrase)
            if gone is None:
                return None
            hole[gone.start] = 1
            covers = [self.cover[t, texts[0]][i] for t in texts[1:]]
            lost = tuple(lost_labels(c, gone) for c in covers if c)
        return replace(
            sound,
            states=(known.astype(np.float16), *sound.states[1:]),
            signs=(word_marks(cell, self.forms), *sound.signs[1:]),
            shares=shares,
            added=added,
            hole=hole,
            lost=lost,
        )

    def _cell(self, text: str, i: int) -> Cell:
        cell = self.cells[text][i]
        assert cell is not None
        return cell


def _gone(before: Cell, after: Cell, phrase: Phrase) -> range | None:
    """Say which words of the sound cell are lost; None where what is left is not what was there."""
    ends = [k for k, w in enumerate(after.words) if (w.start, w.end) == phrase.spans[0]]
    if not ends:
        return None
    last = len(after.words) - 1
    start = ends[0] + 1 if len(phrase.spans) == 2 or ends[0] == last else ends[0]
    count = len(before.words) - len(after.words)
    kept = [*before.forms[:start], *before.forms[start + count :]]
    return range(start, start + count) if kept == list(after.forms) else None


def lost_labels(cover: Cover, gone: range) -> np.ndarray:
    """Say of each word of another text whether it is lost with what it answers to in the sound version."""
    size = len(cover.at)
    out = np.zeros(size, np.float32)
    sure = [k for k in range(size) if cover.at[k] >= 0 and cover.share[k] >= 0.5]
    mine = [k for k in sure if cover.at[k] in gone]
    kept = {k for k in sure if cover.at[k] not in gone}
    if not mine:
        before = max((k for k in kept if cover.at[k] < gone.start), default=-1)
        after = min((k for k in kept if cover.at[k] >= gone.stop and k > before), default=size)
        out[before + 1 : after] = -1
        return out
    first, last = mine[0], mine[-1]
    short = last - first < 2 * len(gone) + 3
    out[first : last + 1] = 1 if short else -1
    for step, edge in ((-1, first), (1, last)):
        for k in range(edge + step, edge + step * (_NEAR + 1), step):
            if not short or not 0 <= k < size or k in kept:
                break
            out[k] = -1
    out[list(kept)] = 0
    out[mine] = 1
    return out


class RowNetwork(nn.Module):
    """What `compare.meaning.models.row_network.read` applies."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.ask = nn.Linear(wide, ASK, bias=False)
        nn.init.eye_(self.ask.weight)
        self.tau, self.nul, self.pull = (nn.Parameter(torch.tensor(x)) for x in (10.0, 2.0, 1.0))
        self.say = nn.Linear(wide, SAY)
        self.say.weight.data *= 8  # states are of unit length, their parts small
        self.first = nn.Linear(4 * SAY + 7 + SIGNS, HIDDEN)
        self.o, self.l = nn.Linear(3 * HIDDEN + SIGNS, HIDDEN), nn.Linear(2 * HIDDEN + SIGNS + 1, HIDDEN)
        self.o_look, self.l_look = (
            nn.ModuleList(nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1) for _ in range(LAYERS)) for _ in range(2)
        )
        self.o_out, self.l_out = nn.Linear(HIDDEN, 2), nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.15)

    def pairs(self, texts: Any, marks: Any, shares: Any, there: Any, source: int) -> Any:
        asked, said = [normalize(self.ask(x), dim=2) for x in texts], [self.say(x) for x in texts]
        at = [torch.arange(t.shape[1])[None] / t.sum(1, keepdim=True).clamp(min=1) for t in there]
        nothing = torch.exp(self.nul - self.tau)
        out = {}
        for a in range(len(texts)):
            for b in range(a + 1, len(texts)):
                near = asked[a] @ asked[b].transpose(1, 2)
                known = there[a][:, :, None] * there[b][:, None, :] > 0
                away = (at[a][:, :, None] - at[b][:, None, :]).abs()
                raised = torch.where(known, torch.exp(self.tau * (near - 1) - self.pull * away), torch.zeros(()))
                near = torch.where(known, near, torch.full((), -1.0))
                rows, columns = raised.sum(2), raised.sum(1)
                ahead = raised / (rows + nothing)[:, :, None]
                back = (raised / (columns + nothing)[:, None, :]).transpose(1, 2)
                for one, two, look, best, alone, claimed in (
                    (a, b, ahead, near.max(2)[0], nothing / (rows + nothing), back.sum(1)),
                    (b, a, back, near.max(1)[0], nothing / (columns + nothing), ahead.sum(1)),
                ):
                    spot = (look @ torch.arange(look.shape[2]).float()[:, None])[:, :, 0] / (look.sum(2) + 1e-4)
                    step = torch.zeros_like(spot)
                    step[:, 1:] = (spot[:, 1:] - spot[:, :-1] - 1).clamp(-6, 6) / 3
                    is_source = [torch.full_like(best, float(t == source)) for t in (one, two)]
                    told = torch.stack([best, alone, claimed, step, shares[one, two], *is_source], 2)
                    own, facing = said[one], look @ said[two]
                    joined = [own, facing, own * facing, (own - facing).abs(), told, marks[one]]
                    out[one, two] = torch.relu(self.first(self.drop(torch.cat(joined, 2))))
        return out

    def tail(self, x: Any, live: Any, look: Any) -> Any:
        x = torch.relu(x) * live
        for layer in look:
            x = (torch.relu(layer(x.transpose(1, 2)).transpose(1, 2)) + x) * live
        return self.drop(x)

    def forward(self, texts: Any, marks: Any, shares: Any, there: Any, live: Any, source: int) -> Any:
        seen = self.pairs(texts, marks, shares, there, source)
        rest = range(1, len(texts))
        views = torch.stack([seen[0, t] for t in rest])
        pooled = torch.cat([views.mean(0), views.max(0)[0], views.min(0)[0], marks[0]], 2)
        own = self.o_out(self.tail(self.o(pooled), live[0][:, :, None], self.o_look))
        lost = []
        for text in rest:
            beside = [seen[text, t] for t in rest if t != text]
            mean = torch.stack(beside).mean(0) if beside else torch.zeros_like(seen[text, 0])
            flag = torch.full_like(marks[text][:, :, :1], float(bool(beside)))
            joined = torch.cat([seen[text, 0], mean, marks[text], flag], 2)
            lost.append(self.l_out(self.tail(self.l(joined), live[text][:, :, None], self.l_look))[:, :, 0])
        return own[:, :, 0], own[:, :, 1], lost

    def plain(self) -> dict[str, np.ndarray]:
        """Return the weights under the names that `compare.meaning.models.row_network` knows."""
        p = {name: value.detach().numpy().astype(np.float16) for name, value in self.named_parameters()}
        out = {theirs: p[mine].T for mine, theirs in _NAMES.items() if mine in p}
        for name in ("o_look", "l_look"):
            for part, ending in _PARTS:
                out[f"{name}{ending}"] = np.stack([p[f"{name}.{k}.{part}"].T for k in range(LAYERS)])
        return out

    def restore(self, weights: Mapping[str, np.ndarray]) -> None:
        """Take the weights that `plain` has returned."""
        stacked = {
            f"{name}.{k}.{part}": weights[f"{name}{ending}"][k]
            for name in ("o_look", "l_look")
            for k in range(LAYERS)
            for part, ending in _PARTS
        }
        for name, value in self.named_parameters():
            stored = stacked[name] if name in stacked else weights[_NAMES[name]]
            value.data = torch.from_numpy(np.array(stored.T, np.float32))


_PARTS = (("weight", ""), ("bias", "_b"))
#: The network's parameters by the names that `compare.meaning.models.row_network` knows, where each is transposed.
_NAMES = {name: name for name in ("tau", "nul", "pull")} | {
    f"{name}.{part}": f"{name}{ending}"
    for name in ("ask", "say", "first", "o", "l", "o_out", "l_out")
    for part, ending in _PARTS
}


def _pad(listed: Sequence[np.ndarray], more: int = 0) -> torch.Tensor:
    out = np.zeros((len(listed), max(map(len, listed)) + more, *listed[0].shape[1:]), np.float32)
    for i, x in enumerate(listed):
        out[i, : len(x)] = x
    return torch.from_numpy(out)


def _loss(z: torch.Tensor, y: torch.Tensor, there: torch.Tensor, weight: float) -> torch.Tensor:
    use = (y >= 0).float() * there * torch.where(y == 1, weight, 1.0)
    return (loss_of(z, y.clamp(min=0), reduction="none") * use).sum() / len(y) / 10


def _learn(net: RowNetwork, chosen: Sequence[Lesson]) -> torch.Tensor:
    """Return the loss on lessons of equally many texts."""
    count = len(chosen[0].states)
    sizes = [[np.ones(len(x.states[t]), np.float32) for x in chosen] for t in range(count)]
    there, live = [_pad(s, 1) for s in sizes], [_pad([np.append(x, np.float32(1)) for x in s]) for s in sizes]
    told = net(
        [_pad([x.states[t] for x in chosen], 1) for t in range(count)],
        [_pad([x.signs[t] for x in chosen]) for t in range(count)],
        {k: _pad([x.shares[k] for x in chosen], 1) for k in chosen[0].shares},
        there,
        live,
        count - 1 if chosen[0].source else -1,
    )
    loss = _loss(told[0], _pad([x.added for x in chosen]), live[0], 2)
    loss = loss + _loss(told[1], _pad([x.hole for x in chosen]), live[0], 5)
    for k, z in enumerate(told[2]):
        loss = loss + 1.5 / (count - 1) * _loss(z, _pad([x.lost[k] for x in chosen], 1), there[k + 1], 2)
    return loss


def fit(listed: Sequence[Lesson]) -> RowNetwork:
    """Teach the network."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rng = random.Random(0)
    listed = [x for x in listed if max(map(len, x.states)) < LONGEST]
    net = RowNetwork(listed[0].states[0].shape[1])
    optimiser = torch.optim.Adam(net.parameters(), RATE)
    step, steps = 0, EPOCHS * (len(listed) // BATCH + 1)
    net.train()
    for epoch in range(EPOCHS):
        groups: dict[tuple[int, bool], list[Lesson]] = {}
        for x in sorted(listed, key=lambda x: (len(x.states[0]) // 4, rng.random())):
            groups.setdefault((len(x.states), x.source), []).append(x)
        batches = [g[k : k + BATCH] for g in groups.values() for k in range(0, len(g), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for chosen in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * max(1 - step / steps, 0) + 1e-5
            step += 1
            loss = _learn(net, chosen)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            total += loss.item()
        print("epoch", epoch, "loss", round(total / len(batches), 4), flush=True)
    net.eval()
    return net


def lessons() -> Iterator[Lesson]:
    """Plant phrases in all sets."""
    ground: Ground | None = None
    for seed, (rows, source, dropped) in enumerate(sets(), 1):
        if ground is None or ground.listed != rows:
            ground = Ground(rows)
        yield from ground.lessons(source, dropped, seed)


def main() -> None:
    """Teach the network and write it."""
    np.savez_compressed(DATA / "row_network.npz", **fit(list(lessons())).plain())  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
