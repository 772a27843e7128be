"""Other aligners behind one signature: two lists of sentences to links. Those that are not installed are left out."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from math import erf, log, sqrt
from pathlib import Path
from shutil import which
from typing import Any

import numpy as np

from compare.encode import Encoder, windows

Link = tuple[tuple[int, ...], tuple[int, ...]]
Aligner = Callable[[Sequence[str], Sequence[str], Encoder], list[Link]]


def galechurch(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Link]:
    """By length alone (Gale & Church 1993), with the constants of the paper and a band about the diagonal."""
    prior = {(1, 1): 0.89, (1, 0): 0.0099 / 2, (0, 1): 0.0099 / 2, (2, 1): 0.089 / 2, (1, 2): 0.089 / 2, (2, 2): 0.011}
    left, right = ([0, *np.cumsum([len(text) for text in texts]).tolist()] for texts in (source, target))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    slope = len(target) / max(len(source), 1)
    for i in range(len(source) + 1):
        for j in range(max(0, int(i * slope) - 60), min(len(target), int(i * slope) + 60) + 1):
            for (m, n), chance in prior.items():
                if (i - m, j - n) not in best or (i, j) == (0, 0):
                    continue
                first, second = left[i] - left[i - m], right[j] - right[j - n]
                delta = (second - first) / sqrt(max((first + second) / 2, 1) * 6.8)
                cost = -log(max(1 - erf(abs(delta) / sqrt(2)), 1e-12)) - log(chance)
                total = best[i - m, j - n][0] + cost
                if (i, j) not in best or total < best[i, j][0]:
                    best[i, j] = (total, (m, n))
    links: list[Link] = []
    i, j = len(source), len(target)
    while i or j:
        m, n = best[i, j][1]
        links.append((tuple(range(i - m, i)), tuple(range(j - n, j))))
        i, j = i - m, j - n
    return links[::-1]


def bertalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Link]:
    """Bertalign 2 (Liu & Zhu 2022), given our encoder's windows."""
    from bertalign import aligner

    class Given:
        def transform(self, sentences: Sequence[str], overlaps: int) -> tuple[Any, Any]:
            vectors = windows(encoder, list(sentences), overlaps)
            sizes = np.array(
                [[len(" ".join(sentences[i : i + k])) for i in range(len(sentences))] for k in range(1, overlaps + 1)]
            )
            return vectors, sizes

    aligner.model = Given()
    found = aligner.Bertalign("\n".join(source), "\n".join(target), is_split=True)
    found.align_sents()
    return [(tuple(a), tuple(b)) for a, b in found.result]


def hunalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Link]:
    """Hunalign (Varga et al. 2005) without a dictionary, realigning."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("dictionary", "source", "target")]
        for file, lines in zip(files, ([], source, target), strict=True):
            file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        run = subprocess.run(["hunalign", "-realign", *map(str, files)], capture_output=True, text=True, check=True)
    ladder = [tuple(map(int, line.split("\t")[:2])) for line in run.stdout.splitlines() if line]
    return [(tuple(range(a, c)), tuple(range(b, d))) for (a, b), (c, d) in pairwise(ladder) if (a, b) != (c, d)]


#: By name: the aligner, and whether it is here.
ALIGNERS: dict[str, tuple[Aligner, bool]] = {
    "galechurch": (galechurch, True),
    "bertalign": (bertalign, find_spec("bertalign") is not None),
    "hunalign": (hunalign, which("hunalign") is not None),
}


def align(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> Iterator[tuple[str, list[Link]]]:
    """Run every aligner that is installed."""
    for name, (aligner, here) in ALIGNERS.items():
        if here:
            yield name, aligner(source, target, encoder)
