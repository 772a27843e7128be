"""Find the axes on which contextual states are read: each language's mean, and the principal axes of both together.

`python -m tests.training contextual` writes `compare/artefacts/contextual.npz`: axes for texts as they stand, at which
the network of rows looks, and `pairs_` ones for texts without capitals, at which the networks of pairs look. What looks
at them has to be taught anew when they change.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from compare.encode.network import VECTOR
from compare.wordalign.contextual import uncased, use
from tests.planting.corpora import WORKS, half, work
from tests.training.files import write_arrays

DIMENSIONS = 128
#: Texts of each language and work that are looked at.
COUNT = 300
#: What draws the texts.
SEEDS = (0,)


def texts() -> dict[str, list[str]]:
    """Draw texts of each language from every work."""
    rng = random.Random(SEEDS[0])
    found: dict[str, list[str]] = {"ru": [], "en": []}
    for name in WORKS:
        rows = half(work(name), "networks")
        for row in rng.sample(rows, min(len(rows), COUNT)):
            found["ru"].append(row.source)
            found["en"].append(row.versions[rng.choice(sorted(row.versions))])
    return found


def frame(listed: Mapping[str, Sequence[str]]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the axes, (VECTOR, DIMENSIONS), and each language's mean on them."""
    means, centred = {}, []
    for lang, some in sorted(listed.items()):
        rows = np.concatenate(use(some, np.eye(VECTOR, dtype=np.float32)))
        rows = rows[np.abs(rows).sum(1) > 0]
        means[lang] = rows.mean(0)
        away = rows - means[lang]
        centred.append(away / np.linalg.norm(away, axis=1, keepdims=True))
    least = min(map(len, centred))
    _, vectors = np.linalg.eigh(np.cov(np.concatenate([c[:least] for c in centred]).T))
    axes = vectors[:, ::-1][:, :DIMENSIONS]
    return axes, {lang: mean @ axes for lang, mean in means.items()}


def main() -> None:
    """Find both and write them."""
    listed = texts()
    out: dict[str, np.ndarray] = {}
    ways: dict[str, Callable[[str], str]] = {"": str, "pairs_": uncased}
    for kind, way in ways.items():
        axes, means = frame({lang: [way(text) for text in some] for lang, some in listed.items()})
        out |= {f"{kind}axes": axes, **{f"{kind}mean_{lang}": mean for lang, mean in means.items()}}
    write_arrays("contextual.npz", {name: x.astype(np.float16) for name, x in out.items()})


if __name__ == "__main__":
    main()
