"""A tree of versions from their distances (neighbour joining: Saitou & Nei 1987, as Studier & Keppler 1988 give it)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.notebook.picture import INK, RED, SOFT, Picture, canvas, styled
from compare.values import Collation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Node:
    """A version, or a fork between branches; each branch a node and the length of the way to it."""

    id: str = ""
    branches: tuple[tuple[Node, float], ...] = ()

    def leaves(self) -> int:
        """Count the versions beyond this node."""
        return sum(node.leaves() for node, _ in self.branches) or 1


def distances(collation: Collation, *, words: bool = False) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Measure every version against every other: (n, n), 0 alike, 1 nothing shared, means over the rows that both have.

    By meaning, as the encoder sees it; with `words` by the words they share, among translations into one language.
    Versions without a row in common are at distance 1.
    """
    import numpy as np

    from compare.similarity import cell_vectors, similarity

    versions = collation.work.versions
    if words:
        lang = next((v.lang for v in versions if v.role == "translation"), "")
        ids = tuple(v.id for v in versions if v.role == "translation" and v.lang == lang)
    else:
        ids = tuple(v.id for v in versions)
    near = _shared(collation, ids) if words else similarity(collation, cell_vectors(collation)).cosine
    found = np.zeros((len(ids), len(ids)))
    for i, a in enumerate(ids):
        for j, b in enumerate(ids):
            if i != j:
                known = near[a, b][~np.isnan(near[a, b])]
                found[i, j] = 1 - known.mean() if len(known) else 1.0
    return ids, np.clip(found, 0, 1)


def _shared(collation: Collation, ids: Sequence[str]) -> Mapping[tuple[str, str], NDArray[np.float64]]:
    """Return for each pair and row the share of content words that both have (Dice); NaN where one has none."""
    from collections import Counter

    import numpy as np

    from compare.words import is_function, lemmas

    bags = {
        id: [
            Counter(w for w in lemmas(collation.cell(row, id), lang) if not is_function(w, lang))
            for row in collation.rows
        ]
        for id in ids
        for lang in [collation.work.version(id).lang]
    }
    return {
        (a, b): np.array(
            [
                2 * (x & y).total() / (x.total() + y.total()) if x and y else np.nan
                for x, y in zip(bags[a], bags[b], strict=True)
            ]
        )
        for a in ids
        for b in ids
        if a != b
    }


def join(ids: Sequence[str], distances: NDArray[np.float64]) -> Node:
    """Join neighbours until one fork holds all: `join(("a", "b"), [[0, d], [d, 0]])` is two branches of d / 2."""
    import numpy as np

    nodes, d = [Node(id) for id in ids], np.array(distances, float)
    while len(nodes) > 3:
        n, total = len(nodes), d.sum(1)
        score = (n - 2) * d - total[:, None] - total[None, :]
        np.fill_diagonal(score, np.inf)
        i, j = sorted(divmod(int(score.argmin()), n))
        to_i = min(max(d[i, j] / 2 + (total[i] - total[j]) / (2 * (n - 2)), 0.0), d[i, j])
        fork = Node(branches=((nodes[i], to_i), (nodes[j], d[i, j] - to_i)))
        away = (d[i] + d[j] - d[i, j]) / 2
        keep = [k for k in range(n) if k not in (i, j)]
        d = np.block([[d[np.ix_(keep, keep)], away[keep, None]], [away[None, keep], np.zeros((1, 1))]])
        nodes = [nodes[k] for k in keep] + [fork]
    if len(nodes) < 3:
        lengths = [d.sum() / 2 / max(len(nodes), 1)] * len(nodes)
    else:
        lengths = [max((d[a, b] + d[a, c] - d[b, c]) / 2, 0.0) for a, b, c in ((0, 1, 2), (1, 0, 2), (2, 0, 1))]
    return Node(branches=tuple(zip(nodes, map(float, lengths), strict=True)))


def tree(collation: Collation, *, words: bool = False) -> Picture:
    """Draw the versions as a tree: the way between two along its branches is how far apart they are.

    `words` as `distances` says. A source is drawn as a square.
    """
    ids, matrix = distances(collation, words=words)
    root = join(ids, matrix)
    spots: dict[str, tuple[float, float, float]] = {}
    lines: list[tuple[float, float, float, float]] = []

    def lay(node: Node, x: float, y: float, start: float, wedge: float) -> None:
        if node.id:
            spots[node.id] = (x, y, start + wedge / 2)
        for branch, length in node.branches:
            share = wedge * branch.leaves() / node.leaves()
            angle = start + share / 2
            end = (x + length * math.cos(angle), y + length * math.sin(angle))
            lines.append((x, y, *end))
            lay(branch, *end, start, share)
            start += share

    lay(root, 0.0, 0.0, -math.pi / 2, 2 * math.pi)
    source = collation.work.source
    with styled():
        figure, axes = canvas(3.6, width=6.4)
        inch = _frame(axes, spots, float(matrix.max()))
        for x, y, to_x, to_y in lines:
            axes.plot([x, to_x], [y, to_y], color=INK, linewidth=1.3)
        for id, (x, y, _) in spots.items():
            is_source = source is not None and id == source.id
            axes.plot([x], [y], "s" if is_source else "o", color=RED if is_source else INK, markersize=6)
        for id, x, y in _labels(spots, 0.14 * inch, 0.17 * inch):
            side = "left" if x > spots[id][0] else "right"
            axes.text(x, y, id, va="center", ha=side, fontsize=8.5)
        figure.suptitle(
            f"How far apart the versions are, by {'their words' if words else 'meaning'}", x=0.02, ha="left", fontsize=9
        )
    return Picture(figure, f"tree of {', '.join(ids)} by {'words' if words else 'meaning'}")


Spots = Mapping[str, tuple[float, float, float]]


def _is_right(angle: float) -> bool:
    return math.cos(angle) >= -1e-9


def _labels(spots: Spots, away: float, height: float) -> list[tuple[str, float, float]]:
    """Place each version's id outside of its leaf, and those on one side so that none lies on another."""
    placed = []
    for right in (True, False):
        least = -math.inf
        for id, (x, y, angle) in sorted(spots.items(), key=lambda spot: spot[1][1] + away * math.sin(spot[1][2])):
            if _is_right(angle) == right:
                least = max(y + away * math.sin(angle), least)
                placed.append((id, x + (away if right else -away), least))
                least += height
    return placed


def _frame(axes: Any, spots: Spots, furthest: float) -> float:
    """Lay the tree between the versions' ids, with a bar of a round length below; return how much is an inch."""
    width, height = axes.figure.get_size_inches()
    left, right = (
        max([0.4, *(0.3 + 0.085 * len(id) for id, spot in spots.items() if _is_right(spot[2]) == is_right)])
        for is_right in (False, True)
    )
    across, up = ([spot[axis] for spot in spots.values()] for axis in (0, 1))
    over, under = 0.6, 0.8
    inch = max(
        (max(across) - min(across)) / max(width - left - right, 0.5),
        (max(up) - min(up)) / (height - over - under),
        1e-6,
    )
    slack = (width - left - right) - (max(across) - min(across)) / inch
    start = min(across) - (left + slack / 2) * inch
    slack = (height - over - under) - (max(up) - min(up)) / inch
    floor = min(up) - (under + slack / 2) * inch
    axes.set_position([0, 0, 1, 1])
    axes.figure.set_layout_engine("none")
    axes.set(xlim=(start, start + width * inch), ylim=(floor, floor + height * inch))
    size = 10 ** math.floor(math.log10(max(furthest, 1e-6) / 2))
    at, level = start + 0.2 * inch, floor + 0.2 * inch
    axes.plot([at, at + size], [level, level], color=SOFT, linewidth=1.5)
    axes.text(at, level + 0.05 * inch, f"{size:g}", va="bottom", fontsize=7, color=SOFT)
    axes.axis("off")
    return float(inch)


def to_frame(collation: Collation, *, words: bool = False, library: str = "pandas") -> Any:
    """Lay out `distances` as a data frame, a line and a column for each version.

    - `version`: its id
    - one column for each version, by its id: the distance to it
    """
    from compare.frames import frame

    ids, matrix = distances(collation, words=words)
    lines = [{"version": a} | dict(zip(ids, line, strict=True)) for a, line in zip(ids, matrix.tolist(), strict=True)]
    return frame(lines, ["version", *ids], library)
