"""Apply boosted decision trees (Friedman 2001) that were trained elsewhere and are kept as readable JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare import artefacts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


#: Lines that are looked at together, so that they stay in the cache.
_LINES = 2048


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees. Each tree is arrays over its nodes; a leaf has feature -1.

    NaN goes left where `missing` says so.
    """

    features: tuple[str, ...]
    trees: tuple[Mapping[str, NDArray[Any]], ...]

    def scores(self, names: Sequence[str], values: Floats) -> NDArray[np.float64]:
        """Return the sum for each line of `values` (lines, names).

        Log-odds of a classifier, the value of a regression.
        """
        import numpy as np

        columns = {name: i for i, name in enumerate(names)}
        wanted = [columns[f] for f in self.features]
        total = np.zeros(len(values))
        for start in range(0, len(values), _LINES):
            part = slice(start, start + _LINES)
            total[part] = self._sum(np.ascontiguousarray(values[part][:, wanted]))
        return total

    def _sum(self, table: Floats) -> NDArray[np.float64]:
        import numpy as np

        total = np.zeros(len(table))
        flat, width = table.ravel(), table.shape[1]
        line = np.arange(len(table)) * width
        empty = np.isnan(flat)
        for tree in self.trees:
            node = np.zeros(len(table), np.intp)
            feature, cut, missing = tree["feature"], tree["cut"], tree["missing"]
            for _ in range(int(tree["depth"])):
                at = line + feature.take(node)
                left = (flat.take(at) <= cut.take(node)) | (empty.take(at) & missing.take(node))
                node = np.where(left, tree["left"].take(node), tree["right"].take(node))
            total += tree["value"].take(node)
        return total


def load(name: str) -> Trees:
    """Read `compare/artefacts/NAME.json`."""
    return parse(artefacts.record(f"{name}.json"))


def parse(raw: Mapping[str, Any]) -> Trees:
    """Make trees of what the training script wrote."""
    import numpy as np

    kinds = {
        "feature": np.int32,
        "cut": np.float32,
        "left": np.int32,
        "right": np.int32,
        "missing": bool,
        "value": np.float64,
    }
    trees = [{k: np.array(t[k], kind) for k, kind in kinds.items()} for t in raw["trees"]]
    for tree, written in zip(trees, raw["trees"], strict=True):
        tree["depth"] = np.array(written["depth"])
        # a leaf leads to itself on both sides, so that any feature will do there
        np.maximum(tree["feature"], 0, out=tree["feature"])
    return Trees(tuple(raw["features"]), tuple(trees))
