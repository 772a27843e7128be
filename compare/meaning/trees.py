"""Apply boosted decision trees (Friedman 2001) that were trained elsewhere and are kept as readable JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees. Each tree is arrays over its nodes; a leaf has feature -1.

    NaN goes left where `missing` says so.
    """

    features: tuple[str, ...]
    trees: tuple[Mapping[str, NDArray[Any]], ...]
    logistic: bool

    def scores(self, names: Sequence[str], values: Floats) -> NDArray[np.float64]:
        """Return the sum for each line of `values` (lines, names).

        Log-odds of a classifier, the value of a regression.
        """
        import numpy as np

        columns = {name: i for i, name in enumerate(names)}
        table = np.ascontiguousarray(values[:, [columns[f] for f in self.features]])
        total = np.zeros(len(table))
        line = np.arange(len(table))
        for tree in self.trees:
            node = np.zeros(len(table), np.int32)
            feature, cut, missing = tree["feature"], tree["cut"], tree["missing"]
            for _ in range(int(tree["depth"])):
                at = feature[node]
                value = table[line, np.maximum(at, 0)]
                left = np.where(np.isnan(value), missing[node], value <= cut[node])
                node = np.where(at < 0, node, np.where(left, tree["left"][node], tree["right"][node]))
            total += tree["value"][node]
        return total

    def probabilities(self, names: Sequence[str], values: Floats) -> NDArray[np.float64]:
        """Return the probability for each line."""
        import numpy as np

        out: NDArray[np.float64] = 1 / (1 + np.exp(-self.scores(names, values)))
        return out


def load(name: str) -> Trees:
    """Read `data/NAME.json`."""
    return parse(json.loads((files("compare.meaning") / "data" / f"{name}.json").read_text("utf-8")))


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
    return Trees(
        tuple(raw["features"]),
        tuple(
            {k: np.array(t[k], kind) for k, kind in kinds.items()} | {"depth": np.array(t["depth"])}
            for t in raw["trees"]
        ),
        raw["logistic"],
    )
