"""Learn `compare/artefacts/grammar.npz`: which words of an English sentence have lost a neighbour.

    python -m tests.training.grammar PARSED... --out compare/artefacts/grammar.npz [--epochs N]

PARSED are pickles of clean sentences, each (text, forms, Penn tags, dependencies, heads), made once with any parser.
In each epoch they are spoilt anew in ways whose place and kind are known, and a small gated convolutional network
(Dauphin et al. 2017) learns to point at the place, and beside it to tag each word. Needs torch; the program does not.

The weights in the package have seen 1.4 million words: half of the Presidents' annual messages since 1790, the
post-edits of `mlqe-ru-en`, BBE and half of ASV, `overcoat/en-field`, and the first 85 % of each `nest` version;
four epochs on messages, post-edits and en-field alone, then six on all.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from compare.grammar.network import KINDS, SHAPES, affixes, load, shape

LEARNING = 2.5e-3
WIDTH, DEPTH = 80, (1, 1, 2, 4, 8, 1)
FINITE = {"VBD", "VBZ", "VBP", "MD"}
LOOSE = {"VB", "VBN", "VBG"}
NOUNS = {"NN", "NNS", "NNP", "NNPS"}
BEFORE_NOUN = {"DT", "PRP$", "JJ", "POS", "IN", "TO", "CD", "WDT", "WP$", "JJS", "JJR", "VBN"}
LINKS = {"IN", "TO", "WDT", "WP", "WRB"}
CUTS = {"DT", "IN", "TO", "CC", "PRP$", "WDT", "MD", "WP", "WRB"}
INTRUDERS = "of the a to in and that is was he it which with for by on has had be as at his they she not who".split()
PRONOUNS = "he it they she we this".split()


def subtree(heads: list[int], i: int) -> tuple[int, int] | None:
    """Return the range of tokens under token i, or None where it is not contiguous."""
    inside = {i}
    grew = True
    while grew:
        grew = False
        for j, h in enumerate(heads):
            if h in inside and j not in inside:
                inside.add(j)
                grew = True
    lo, hi = min(inside), max(inside) + 1
    return (lo, hi) if hi - lo == len(inside) else None


#: A parsed sentence: its text, then for each token its form, tag, dependency and head.
Sentence = tuple[Any, list[str], list[str], list[str], list[int]]


def losses(sentence: Sentence) -> dict[str, list[tuple[str, int, int]]]:
    """List what may be taken out of a sentence: for each way, (kind of the gap, first token, last token + 1)."""
    _, forms, tags, deps, heads = sentence
    n = len(forms)
    out: dict[str, list[tuple[str, int, int]]] = {k: [] for k in WAYS}
    for i, tag in enumerate(tags):
        after = tags[i + 1] if i + 1 < n else ""
        if tag in FINITE:
            j = i + 1 + (i + 1 < n and forms[i + 1].lower() == "n't")
            out["finite"].append(("finite", i, j))
            last = i
            for k in range(i + 1, min(n, i + 5)):
                if tags[k] in LOOSE:
                    last = k
                elif tags[k] not in {"RB", "MD"}:
                    break
            if last > i:
                out["group"].append(("finite", i, last + 1))
        elif tag in LOOSE and deps[i] not in {"amod", "compound"} and forms[i][0].islower():
            out["loose"].append(("loose", i, i + 1))
        elif tag in NOUNS and i and tags[i - 1] in BEFORE_NOUN and after not in NOUNS | {"POS"}:
            out["noun"].append(("nominal", i, i + 1))
        elif tag == "PRP":
            out["pronoun"].append(("nominal", i, i + 1))
        elif tag in {"DT", "PRP$"}:
            out["determiner"].append(("determiner", i, i + 1))
        elif tag in LINKS:
            out["link"].append(("link", i, i + 1))
        if deps[i] in {"nsubj", "nsubjpass", "dobj", "pobj"}:
            span = subtree(heads, i)
            if span and span[1] - span[0] <= 10:
                out["subject" if deps[i].startswith("nsubj") else "object"].append(("nominal", *span))
    return out


#: Ways of spoiling and how often each is tried.
WAYS = {
    "finite": 6.0, "group": 3.0, "loose": 2.5, "noun": 3.0, "pronoun": 1.0, "determiner": 0.5, "link": 1.5,
    "subject": 2.5, "object": 0.7, "extra": 1.5, "swap": 0.8, "cut": 1.2,
}  # fmt: skip


LOSSES = [way for way in WAYS if way not in {"extra", "swap", "cut"}]


class Sentences:
    """Clean sentences and their spoilt forms."""

    def __init__(self, parsed: list[Sentence], seed: int, dense: bool = False) -> None:
        self.parsed, self.rng, self.dense = parsed, random.Random(seed), dense
        self.kept: dict[int, dict[str, Any]] = {}
        self.verbs = [f for s in parsed[:20000] for f, t in zip(s[1], s[2], strict=True) if t in {"VBD", "VBZ"}]

    def clean(self, i: int) -> tuple[list[str], list[str], list[int]]:
        """Return forms, tags and gaps of sentence i whole; now and then only a phrase of it, as in headings."""
        _, forms, tags, _, heads = self.parsed[i]
        forms, tags, roll = list(forms), list(tags), self.rng.random()
        if roll < 0.04 and len(forms) > 6:
            span = subtree(heads, self.rng.randrange(len(forms)))
            if span and span[1] - span[0] > 1 and tags[span[0]] in {"DT", "JJ", "NNP", "NN", "NNS", "IN"}:
                lo, hi = span
                if not any(t in FINITE for t in tags[lo:hi]):
                    forms, tags = forms[lo:hi], tags[lo:hi]
                    forms[0] = forms[0][0].upper() + forms[0][1:]
        elif roll < 0.07 and not forms[-1][0].isalnum() and len(forms) > 1:
            forms, tags = forms[:-1], tags[:-1]
        return forms, tags, [0] * (len(forms) + 1)

    def spoilt(self, i: int, way: str | None = None) -> tuple[list[str], list[str], list[int]] | None:
        """Return the same with one fault; None where that way of spoiling finds no hold."""
        rng = self.rng
        if i not in self.kept:
            self.kept[i] = losses(self.parsed[i])
        _, forms, tags, _, _ = self.parsed[i]
        forms, tags, n = list(forms), list(tags), len(forms)
        way = way or rng.choices(list(WAYS), list(WAYS.values()))[0]
        if way == "extra":
            at = rng.randrange(n)
            roll = rng.random()
            if roll < 0.35 and forms[at][0].isalpha():
                word, tag = forms[at].lower(), tags[at]
            elif roll < 0.55 and any(t in FINITE for t in tags):
                at = rng.choice([k for k, t in enumerate(tags) if t in FINITE]) + 1
                word, tag = rng.choice(self.verbs), "VBD"
            elif roll < 0.65:
                ends = [e for k, lo, e in self.kept[i]["subject"] if e < n and e - lo > 1]
                if not ends:
                    return None
                at, word, tag = rng.choice(ends), rng.choice(PRONOUNS), "PRP"
            else:
                word, tag = rng.choice(INTRUDERS), "IN"
                if at and forms[at - 1].lower() == word:
                    return None
            at = max(at, 1)
            forms.insert(at, word)
            tags.insert(at, tag)
            gaps = [0] * (n + 2)
            gaps[at] = KINDS.index("extra")
            return forms, tags, gaps
        if way == "swap":
            at = rng.randrange(n)
            if at + 2 >= n or tags[at] == tags[at + 1] or not (forms[at][0].isalpha() and forms[at + 1][0].isalpha()):
                return None
            a, b = forms[at], forms[at + 1]
            if at == 0:
                a, b = a.lower(), b[0].upper() + b[1:]
            forms[at], forms[at + 1] = b, a
            tags[at], tags[at + 1] = tags[at + 1], tags[at]
            gaps = [0] * (n + 1)
            gaps[at + 1] = KINDS.index("swap")
            return forms, tags, gaps
        if way == "cut":
            spots = [k for k, t in enumerate(tags) if t in CUTS and 2 <= k < n - 2 and forms[k + 1][0].isalnum()]
            if not spots:
                return None
            at = rng.choice(spots)
            nxt = tags[at + 1]
            kind = "finite" if nxt in FINITE else "loose" if nxt in LOOSE else "nominal"
            stop, mark = (forms[-1:], tags[-1:]) if not forms[-1][0].isalnum() and rng.random() < 0.8 else ([], [])
            forms, tags = forms[: at + 1] + stop, tags[: at + 1] + mark
            gaps = [0] * (len(forms) + 1)
            gaps[at + 1] = KINDS.index(kind)
            return forms, tags, gaps
        chosen = self.chosen(i, way, n)
        if not chosen:
            return None
        first, gaps = forms[0], [0] * (n + 1)
        for kind, lo, hi in sorted(chosen, key=lambda loss: -loss[1]):
            del forms[lo:hi], tags[lo:hi], gaps[lo:hi]
            gaps[lo] = KINDS.index(kind)
            if lo == 0 and first[0].isupper() and rng.random() < 0.8:
                forms[0] = forms[0][0].upper() + forms[0][1:]
        return forms, tags, gaps

    def chosen(self, i: int, way: str, n: int) -> list[tuple[str, int, int]]:
        """Choose what to take out of sentence i: one loss of the given way; of long sentences, when learning, more."""
        chosen: list[tuple[str, int, int]] = []
        for _ in range(1 + (self.dense and self.rng.randrange(1 + n // 12))):
            options = [o for o in self.kept[i][way] if all(o[2] + 2 < c[1] or c[2] + 2 < o[1] for c in chosen)]
            if options:
                chosen.append(self.rng.choice(options))
            way = self.rng.choices(LOSSES, [WAYS[w] for w in LOSSES])[0]
        return chosen if sum(hi - lo for _, lo, hi in chosen) < n - 1 else []


class Gated(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Conv1d(width, 2 * width, 3, padding=dilation, dilation=dilation)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        y = (self.norm(x) * mask).transpose(1, 2)
        a, b = self.conv(y).transpose(1, 2).chunk(2, -1)
        return x + nn.functional.dropout(a * torch.sigmoid(b), 0.1, self.training)


class Network(nn.Module):
    def __init__(self, words: int, threes: int, twos: int, tags: int) -> None:
        super().__init__()
        self.word, self.three, self.two = (nn.Embedding(n, WIDTH) for n in (words, threes, twos))
        self.shape = nn.Embedding(len(SHAPES), WIDTH)
        for e in (self.word, self.three, self.two, self.shape):
            nn.init.normal_(e.weight, std=0.3)
        self.blocks = nn.ModuleList([Gated(WIDTH, d) for d in DEPTH])
        self.norm = nn.LayerNorm(WIDTH)
        self.gap = nn.Linear(WIDTH, len(KINDS))
        self.tag = nn.Linear(WIDTH, tags)

    def forward(self, w, t, u, s, mask):  # type: ignore[no-untyped-def]
        x = self.word(w) + self.three(t) + self.two(u) + self.shape(s)
        x = nn.functional.dropout(x, 0.1, self.training)
        for block in self.blocks:
            x = block(x, mask)
        x = self.norm(x)
        return self.gap(x), self.tag(x)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parsed", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--start", help="weights to go on from")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    parsed = [s for f in args.parsed for s in pickle.loads(Path(f).read_bytes()) if len(s[1]) <= 120]
    random.Random(1).shuffle(parsed)
    count = Counter(f.lower() for s in parsed for f in s[1])
    words = ["", "?unknown", *sorted(w for w, c in count.items() if c >= 4)]
    three: Counter[str] = Counter()
    two: Counter[str] = Counter()
    for w, c in count.items():
        a, b = affixes(w)
        three[a] += c
        two[b] += c
    threes = ["", *sorted(a for a, c in three.items() if c >= 12 and a)]
    twos = ["", *sorted(a for a, c in two.items() if c >= 12 and a)]
    tagset = ["", *sorted({t for s in parsed for t in s[2]})]
    at = [{w: i for i, w in enumerate(v)} for v in (words, threes, twos, tagset)]
    print(len(parsed), sum(count.values()), [len(x) for x in at], flush=True)
    data, rng, net = (
        Sentences(parsed, 2, dense=True),
        random.Random(3),
        Network(*map(len, (words, threes, twos, tagset))),
    )

    memo: dict[str, tuple[int, int, int]] = {}

    def look(form: str) -> tuple[int, int, int]:
        w = form.lower()
        if w not in memo:
            a, b = affixes(w)
            memo[w] = at[0].get(w, 1), at[1].get(a, 0), at[2].get(b, 0)
        return memo[w]

    def batch(items: list[Any]) -> tuple[torch.Tensor, ...]:
        n = max(len(f) for f, _, _ in items) + 1
        ids = np.zeros((6, len(items), n), np.int64)
        for r, (forms, tags, gaps) in enumerate(items):
            for c, form in enumerate(forms):
                ids[0, r, c], ids[1, r, c], ids[2, r, c] = look(form)
                ids[3, r, c] = shape(form, c == 0)
            ids[3, r, len(forms)] = SHAPES.index("end")
            ids[5, r, : len(forms)] = [at[3][t] for t in tags]
            ids[4, r, : len(gaps)] = gaps
            ids[4, r, len(gaps) :] = -1
        drop = (np.random.default_rng(rng.randrange(1 << 30)).random(ids[0].shape) < 0.1) & (ids[0] > 0)
        ids[0][drop] = 1
        return tuple(torch.from_numpy(x) for x in ids)

    if args.start:
        begin(net, Path(args.start), at)
    total = int(args.epochs * len(parsed))
    opt = torch.optim.AdamW(net.parameters(), lr=LEARNING, weight_decay=0.01)
    seen, shown, sums = 0, 0, np.zeros(2)
    order: list[int] = []
    while seen < total:
        pool: list[Any] = []
        while len(pool) < 2000:
            if not order:
                order = list(range(len(parsed)))
                rng.shuffle(order)
            i = order.pop()
            item = data.spoilt(i) if rng.random() < 0.65 else None
            pool.append(item or data.clean(i))
        pool.sort(key=lambda x: len(x[0]))
        batches, start = [], 0
        while start < len(pool):
            stop = start
            while stop < len(pool) and (stop - start + 1) * len(pool[stop][0]) <= 800:
                stop += 1
            batches.append(pool[start : max(stop, start + 1)])
            start = max(stop, start + 1)
        rng.shuffle(batches)
        for items in batches:
            done = seen / total
            for g in opt.param_groups:
                g["lr"] = LEARNING * min(1, (seen + 200) / 3000) * (0.5 * (1 + math.cos(math.pi * min(1, done))) + 0.01)
            w, before, after, s, gaps, tags = batch(items)
            gap, tag = net(w, before, after, s, (gaps >= 0).unsqueeze(-1).float())
            a = nn.functional.cross_entropy(gap.flatten(0, 1), gaps.flatten(), ignore_index=-1)
            b = nn.functional.cross_entropy(tag.flatten(0, 1), tags.flatten(), ignore_index=0)
            loss = a * 4 + b * 0.3
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            sums += [a.item(), b.item()]
            shown += 1
            seen += len(items)
            if shown % 400 == 0:
                means = sums / 400
                print(f"{seen / len(parsed):.2f} gap {means[0]:.4f} tag {means[1]:.3f}")
                sys.stdout.flush()
                sums[:] = 0
    save(net, words, threes, twos, tagset, Path(args.out))


def begin(net: Network, path: Path, at: list[dict[str, int]]) -> None:
    """Go on from weights learned before, on other words."""
    with np.load(path, allow_pickle=False) as stored:
        old, keys = load(dict(stored)), json.loads(stored["keys"].tobytes())
    state = {name: value.numpy().copy() for name, value in net.state_dict().items()}
    for name, list_, index in (("word", "words", at[0]), ("three", "threes", at[1]), ("two", "twos", at[2])):
        for row, entry in enumerate(keys[list_]):
            if entry in index:
                state[f"{name}.weight"][index[entry]] = old[name][row]
    state["shape.weight"] = old["shape"]
    for k in range(len(DEPTH)):
        state[f"blocks.{k}.norm.weight"], state[f"blocks.{k}.norm.bias"] = old[f"norm{k}"]
        state[f"blocks.{k}.conv.weight"] = old[f"conv{k}"].transpose(2, 1, 0)
        state[f"blocks.{k}.conv.bias"] = old[f"bias{k}"]
    state["norm.weight"], state["norm.bias"] = old["norm"]
    state["gap.weight"], state["gap.bias"] = old["gap"].T, old["gap_bias"]
    if old["tag"].shape[1] == len(at[3]):
        state["tag.weight"], state["tag.bias"] = old["tag"].T, old["tag_bias"]
    net.load_state_dict({name: torch.from_numpy(np.ascontiguousarray(v)) for name, v in state.items()})


def save(net: Network, words: list[str], threes: list[str], twos: list[str], tags: list[str], out: Path) -> None:
    """Write tables and filters as int8 with a scale for each row or filter, the rest as float16."""
    plain = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    arrays = {name: plain[f"{name}.weight"] for name in ("word", "three", "two", "shape")}
    for k in range(len(DEPTH)):
        arrays[f"norm{k}"] = np.stack([plain[f"blocks.{k}.norm.weight"], plain[f"blocks.{k}.norm.bias"]])
        arrays[f"conv{k}"] = plain[f"blocks.{k}.conv.weight"].transpose(2, 1, 0)
        arrays[f"bias{k}"] = plain[f"blocks.{k}.conv.bias"]
    arrays["norm"] = np.stack([plain["norm.weight"], plain["norm.bias"]])
    for name in ("gap", "tag"):
        arrays[name], arrays[f"{name}_bias"] = plain[f"{name}.weight"].T, plain[f"{name}.bias"]
    stored: dict[str, np.ndarray] = {}
    for name, values in arrays.items():
        if name.startswith("conv") or name in {"word", "three", "two", "shape"}:
            over = (0, 1) if name.startswith("conv") else 1
            scale = np.abs(values).max(over, keepdims=True) / 127 + 1e-9
            stored[name], stored[f"{name}_scale"] = np.rint(values / scale).astype(np.int8), scale.astype(np.float32)
        else:
            stored[name] = values.astype(np.float16)
    text = json.dumps({"words": words, "threes": threes, "twos": twos, "tags": tags, "dilations": DEPTH})
    stored["keys"] = np.frombuffer(text.encode(), np.uint8)
    with out.open("wb") as file:
        np.savez_compressed(file, **stored)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
