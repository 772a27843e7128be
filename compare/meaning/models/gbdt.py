"""Apply boosted decision trees (Friedman 2001) that were trained elsewhere and are kept as readable JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare import artefacts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


#: Nodes that are looked at together, so that they stay in the cache.
_NODES = 1 << 15


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees, as arrays over the nodes of all of them.

    A line goes from a node to its first child, or to the one behind it if the line's value is beyond the cut; a leaf
    has no cut and leads to itself.
    """

    features: tuple[str, ...]
    column: NDArray[np.intp]
    """Twice the number of the feature; one more where a line without a value goes to the second child."""
    cut: Floats
    child: NDArray[np.intp]
    value: NDArray[np.float64]
    roots: NDArray[np.intp]
    depth: int

    def scores(self, names: Sequence[str], values: Floats) -> NDArray[np.float64]:
        """Return the sum for each line of `values` (lines, names).

        Log-odds of a classifier, the value of a regression.
        """
        import numpy as np

        columns = {name: i for i, name in enumerate(names)}
        wanted = [columns[f] for f in self.features]
        total = np.zeros(len(values))
        if not len(self.roots):
            return total
        step = max(_NODES // len(self.roots), 1)
        for start in range(0, len(values), step):
            part = slice(start, start + step)
            total[part] = self._sum(values[part][:, wanted])
        return total

    def _sum(self, table: Floats) -> NDArray[np.float64]:
        import numpy as np

        # each feature twice, what has no value lying before every cut in one and beyond in the other
        columns = np.repeat(table.T, 2, axis=0)
        for half, without in ((columns[::2], -np.inf), (columns[1::2], np.inf)):
            half[np.isnan(half)] = without
        flat, lines = columns.ravel(), np.arange(len(table))
        node = np.repeat(self.roots[:, None], len(table), axis=1)
        for _ in range(self.depth):
            at = self.column.take(node)
            at *= len(table)
            at += lines
            beyond = flat.take(at) > self.cut.take(node)
            node = self.child.take(node)
            node += beyond
        # one tree after another, so that no line's sum depends on how many lines there are
        total: NDArray[np.float64] = np.add.accumulate(self.value.take(node), axis=0)[-1]
        return total


def load(name: str) -> Trees:
    """Read `compare/artefacts/NAME.json`."""
    return parse(artefacts.record(f"{name}.json"))


def parse(raw: Mapping[str, Any]) -> Trees:
    """Make trees of what the training script wrote."""
    import numpy as np

    nodes: list[tuple[int, float, int, float]] = []
    roots = []
    for tree in raw["trees"]:
        roots.append(len(nodes))
        listed = [0]  # the tree's own numbers, in the order in which its nodes stand here: both children together
        for i in listed:
            leaf = tree["left"][i] == i
            column = 0 if leaf else 2 * tree["feature"][i] + (not tree["missing"][i])
            nodes.append((column, math.inf if leaf else tree["cut"][i], roots[-1] + len(listed), tree["value"][i]))
            if leaf:
                nodes[-1] = (*nodes[-1][:2], len(nodes) - 1, nodes[-1][3])
            else:
                listed += [tree["left"][i], tree["right"][i]]
    column, cut, child, value = zip(*nodes, strict=True) if nodes else ((), (), (), ())
    return Trees(
        tuple(raw["features"]),
        np.array(column, np.intp),
        np.array(cut, np.float32),
        np.array(child, np.intp),
        np.array(value, np.float64),
        np.array(roots, np.intp),
        max((tree["depth"] for tree in raw["trees"]), default=0),
    )
