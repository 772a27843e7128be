"""Other aligners behind one signature: two lists of sentences to links. Those that are not installed are left out."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.encode import windows
from compare.values import Encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Link = tuple[tuple[int, ...], tuple[int, ...]]
Aligner = Callable[[Sequence[str], Sequence[str], Encoder], list[Link]]


def galechurch(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Link]:
    """By length alone (Gale & Church 1993)."""
    import galechurch as peer

    beads = peer.align(list(source), list(target), max_block_size=10**10).beads
    return [
        (tuple(range(bead.source_start, bead.source_end)), tuple(range(bead.target_start, bead.target_end)))
        for bead in beads
    ]


def ending(encoder: Encoder, texts: Sequence[str], size: int) -> Floats:
    """Return our encoder's windows as the peers want them: (size, n, d), [k - 1, i] for the k texts that end with i."""
    found = windows(encoder, texts, size)
    for k in range(2, min(size, len(texts)) + 1):
        found[k - 1] = np.roll(found[k - 1], k - 1, axis=0)
    return found


def vecalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Link]:
    """Vecalign (Thompson & Koehn 2019) as the package sentalign has it, given our encoder's windows."""
    from sentalign import dp_utils

    size = 8
    np.random.seed(42)  # It draws from the old generator.
    stack = dp_utils.vecalign(
        ending(encoder, source, size),
        ending(encoder, target, size),
        dp_utils.make_alignment_types(size),
        del_percentile_frac=0.2,
        width_over2=size // 2 + 5,
        max_size_full_dp=300,
        costs_sample_size=20_000,
        num_samps_for_norm=100,
    )
    return [(tuple(map(int, a)), tuple(map(int, b))) for a, b in stack[0]["final_alignments"]]


def bertalign(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> list[Link]:
    """Bertalign 2 (Liu & Zhu 2022), given our encoder's windows."""
    from bertalign.aligner import Bertalign
    from bertalign.encoder import Encoder as Model

    class Given(Model):
        def __init__(self) -> None:
            self.model_name = "given"

        def transform(self, sents: Sequence[str], num_overlaps: int) -> tuple[Any, Any]:
            starts = [[max(0, i - k) for i in range(len(sents))] for k in range(num_overlaps)]
            sizes = [[len(" ".join(sents[a : i + 1]).encode()) for i, a in enumerate(row)] for row in starts]
            return ending(encoder, sents, num_overlaps), np.array(sizes)

    # It drops empty lines, and so would count otherwise than we do.
    texts = ("\n".join(" ".join(text.split()) or "." for text in side) for side in (source, target))
    found = Bertalign(*texts, is_split=True, model=Given()).align_sents()
    return [(tuple(map(int, a)), tuple(map(int, b))) for a, b in found]


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
    "galechurch": (galechurch, find_spec("galechurch") is not None),
    "vecalign": (vecalign, find_spec("sentalign") is not None),
    "bertalign": (bertalign, find_spec("bertalign") is not None),
    "hunalign": (hunalign, which("hunalign") is not None),
}


def align(source: Sequence[str], target: Sequence[str], encoder: Encoder) -> Iterator[tuple[str, list[Link]]]:
    """Run every aligner that is installed."""
    for name, (aligner, here) in ALIGNERS.items():
        if here:
            yield name, aligner(source, target, encoder)
