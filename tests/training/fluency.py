"""Teach the networks of `fluency_network` what sound English looks like, on the development texts alone.

`python -m tests.training.fluency` writes `compare/artefacts/fluency.npz`. The word network learns to tell the word
that stands in a place from another: any word, another form of it, another common word, a neighbour. The gap network
learns to tell two neighbours from two words between which one to three words have been taken out.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from compare.meaning.models.fluency_network import INPUTS, REACH, inputs
from compare.wordalign.vocabulary import read
from tests.planting.corpora import mlqe, untokenized
from tests.training.embeddings import texts

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
COMMON, HIDDEN, SECOND = 500, 64, 16


def sentences(rng: np.random.Generator) -> list[str]:
    """Gather English sentences, the modern ones three times."""
    old = []
    for language, text in texts():
        if language == "en" and len(text) > 600:
            old += [s for s in re.split(r"(?<=[.!?;])\s+", text.replace("\n", " ")) if 4 < len(s.split()) < 60]
        elif language == "en" and rng.random() < 0.35:
            old.append(text)
    modern = [untokenized(r["postedit"]) for r in mlqe("train")]
    modern += [r["machine"] for r in mlqe("train") if float(r["da_z"]) > 0.3]
    return [*old, *modern * 3]


class Network:
    """Sum of what each place in view says, two layers, one logit; trained by Adam on the logistic loss."""

    def __init__(self, places: int, rng: np.random.Generator) -> None:
        def normal(*shape: int) -> np.ndarray:
            deviation = np.sqrt(2 / (places * 8 if len(shape) == 3 else shape[0]))
            drawn: np.ndarray = (rng.standard_normal(shape) * deviation).astype(np.float32)
            return drawn

        self.p: dict[str, np.ndarray] = {
            "w1": normal(places, INPUTS, HIDDEN) * 0.5,
            "e1": normal(places, COMMON + 1, HIDDEN) * 0.3,
            "b1": np.zeros(HIDDEN, np.float32),
            "w2": normal(HIDDEN, SECOND),
            "b2": np.zeros(SECOND, np.float32),
            "w3": normal(SECOND, 1)[:, 0],
            "b3": np.zeros(1, np.float32),
        }
        self.m = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.v = {k: np.zeros_like(v) for k, v in self.p.items()}
        self.t = 0

    def step(self, x: np.ndarray, own: np.ndarray, y: np.ndarray, rate: float) -> tuple[float, np.ndarray]:
        """One batch: x (n, places, INPUTS), own (n, places), y (n,)."""
        p, n = self.p, len(y)
        a: np.ndarray = p["b1"] + sum(x[:, k] @ p["w1"][k] + p["e1"][k][own[:, k]] for k in range(x.shape[1]))
        h = np.maximum(a, 0)
        c = h @ p["w2"] + p["b2"]
        s = np.maximum(c, 0)
        z = s @ p["w3"] + p["b3"]
        q = 1 / (1 + np.exp(-z))
        loss = float(-np.mean(y * np.log(q + 1e-9) + (1 - y) * np.log(1 - q + 1e-9)))
        if rate == 0:
            return loss, z
        dz = (q - y) / n
        ds = dz[:, None] * p["w3"] * (c > 0)
        dh = (ds @ p["w2"].T) * (a > 0)
        g = {"w3": s.T @ dz, "b3": dz.sum(keepdims=True), "w2": h.T @ ds, "b2": ds.sum(0), "b1": dh.sum(0)}
        g["w1"] = np.stack([x[:, k].T @ dh for k in range(x.shape[1])])
        g["e1"] = np.zeros_like(p["e1"])
        for k in range(x.shape[1]):
            order = np.argsort(own[:, k], kind="stable")
            rows, starts = np.unique(own[order, k], return_index=True)
            g["e1"][k][rows] = np.add.reduceat(dh[order], starts, axis=0)
        self.t += 1
        for name, grad in g.items():
            self.m[name] += 0.1 * (grad - self.m[name])
            self.v[name] += 0.01 * (grad * grad - self.v[name])
            scale = (1 - 0.9**self.t), (1 - 0.99**self.t)
            p[name] -= rate * (self.m[name] / scale[0]) / (np.sqrt(self.v[name] / scale[1]) + 1e-8)
        return loss, z


def main(epochs: int = 2) -> None:
    """Train both networks and write them."""
    rng = np.random.default_rng(11)
    listed = sentences(rng)
    rng.shuffle(listed)
    vocabulary = read({"en": ("en", listed)})
    forms = vocabulary.forms
    described = inputs(forms)
    tally = Counter(int(i) for c in vocabulary.cells["en"] if c for i in c.forms)
    ranked = [i for i, _ in sorted(tally.items(), key=lambda t: (-t[1], forms.keys[t[0]]))]
    row = np.zeros(len(forms.keys), np.int64)
    row[ranked[:COMMON]] = np.arange(1, COMMON + 1)

    ids, mark = [np.zeros(REACH, np.int32)], [np.zeros(REACH, np.int8)]
    for cell in vocabulary.cells["en"]:
        if cell:
            ids += [cell.forms, np.zeros(REACH, np.int32)]
            mark += [cell.mark, np.zeros(REACH, np.int8)]
    flat, marks = np.concatenate(ids), np.concatenate(mark)
    places = np.nonzero(flat)[0]
    print(len(listed), "sentences", len(places), "words", flush=True)
    kin: dict[int, list[int]] = {}
    for i in range(1, len(forms.keys)):
        kin.setdefault(int(forms.lemma[i]), []).append(i)
    draw = rng.permutation(flat[places])
    often = np.array(ranked[:150])

    def seen(grid: np.ndarray, stops: np.ndarray) -> np.ndarray:
        return np.concatenate([described[grid], (stops[:, :, None] == np.array([0, 1, 2])).astype(np.float32)], axis=2)

    around = np.arange(-REACH, REACH + 1)
    nets = {"word": Network(2 * REACH + 1, rng), "gap": Network(2 * REACH, rng)}
    size = 512
    held = len(places) // 50
    order = rng.permutation(len(places))
    for epoch in range(epochs + 1):
        sums = {"word": [0.0, 0], "gap": [0.0, 0]}
        part = order[held:] if epoch < epochs else order[:held]
        rng.shuffle(part)
        results: dict[str, list[np.ndarray]] = {"word": [], "gap": []}
        for start in range(0, len(part) - size, size):
            rate = 0.0 if epoch == epochs else 0.003 * (1 - (epoch * len(part) + start) / (epochs * len(part))) + 1e-4
            at = places[part[start : start + size]]
            grid, stops = flat[at[:, None] + around].copy(), marks[at[:, None] + around].copy()
            y = np.zeros(size, np.float32)
            for n in range(0, size, 2):
                y[n] = 1
                kind = rng.random()
                own = int(grid[n, REACH])
                if kind < 0.3:
                    grid[n, REACH] = draw[rng.integers(len(draw))]
                elif kind < 0.5:
                    others = [k for k in kin[int(forms.lemma[own])] if k != own]
                    grid[n, REACH] = others[rng.integers(len(others))] if others else draw[rng.integers(len(draw))]
                elif kind < 0.75:
                    grid[n, REACH] = often[rng.integers(len(often))]
                elif kind < 0.9:
                    other = REACH + (1 if rng.random() < 0.5 else -1)
                    if grid[n, other] == 0:
                        other = 2 * REACH - other
                    grid[n, REACH], grid[n, other] = grid[n, other], grid[n, REACH]
                else:
                    inner = [k for k in range(2 * REACH + 1) if grid[n, k]]
                    grid[n, inner] = grid[n, rng.permutation(inner)]
                if (grid[n] == flat[at[n] + around]).all():
                    y[n] = 0
            x = seen(grid, stops)
            loss, z = nets["word"].step(x, row[grid], y, rate)
            sums["word"][0] += loss
            sums["word"][1] += 1
            results["word"] += [np.stack([z, y])]
            # gap: the window around the border before the word; odd ones with one to three words taken out of it
            at = places[part[start : start + size]]
            y = (np.arange(size) % 2).astype(np.float32)
            gone = np.where(y == 1, rng.choice([1, 1, 1, 2, 3], size), 0)
            left = np.arange(-REACH, 0)[None, :] - gone[:, None]
            right = np.arange(0, REACH)[None, :]
            index = np.clip(
                at[:, None] + np.concatenate([left, np.broadcast_to(right, left.shape)], axis=1), 0, len(flat) - 1
            )
            grid = flat[index].copy()
            stops = marks[index].copy()
            crossed = np.array([(flat[a - g : a] == 0).any() for a, g in zip(at, gone, strict=True)])
            y[crossed & (gone > 0)] = 0
            # what lies beyond the sentence's border is not to be seen
            for k in range(REACH - 2, -1, -1):
                dead = grid[:, k + 1] == 0
                grid[dead, k] = 0
                stops[dead, k] = 0
            for k in range(REACH + 1, 2 * REACH):
                dead = grid[:, k - 1] == 0
                grid[dead, k] = 0
                stops[dead, k] = 0
            use = ~(crossed & (gone > 0))
            loss, z = nets["gap"].step(seen(grid[use], stops[use]), row[grid[use]], y[use], rate)
            sums["gap"][0] += loss
            sums["gap"][1] += 1
            results["gap"] += [np.stack([z, y[use]])]
        for name, (total, count) in sums.items():
            z, y = np.concatenate(results[name][-200:], axis=1)
            print(
                epoch,
                name,
                round(total / max(count, 1), 4),
                "accuracy",
                round(float(((z > 0) == y).mean()), 4),
                flush=True,
            )
    arrays: dict[str, Any] = {f"{n}_{k}": v.astype(np.float16) for n, net in nets.items() for k, v in net.p.items()}
    arrays["common"] = np.frombuffer("\n".join(forms.keys[i] for i in ranked[:COMMON]).encode(), np.uint8)
    np.savez_compressed(DATA / "fluency_network.npz", **arrays)


if __name__ == "__main__":
    main()
