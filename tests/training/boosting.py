"""Train boosted trees with LightGBM and write them in the form that `compare.meaning.models.gbdt` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np


def boost(
    names: Sequence[str],
    values: np.ndarray,
    target: np.ndarray,
    *,
    weight: np.ndarray | None = None,
    logistic: bool = True,
    rounds: int = 120,
    leaves: int = 15,
    rate: float = 0.08,
    least: int = 40,
    start: np.ndarray | None = None,
    seed: int = 7,
    up: Sequence[str] = (),
    down: Sequence[str] = (),
) -> lightgbm.Booster:
    """Fit trees.

    `up`, `down`: beginnings of features that may only raise or only lower the score; `start`: log-odds that the trees
    are to be added to.
    """
    signs = [int(n.startswith(tuple(up))) - int(n.startswith(tuple(down))) for n in names]
    return lightgbm.train(
        {
            "objective": "binary" if logistic else "regression",
            "num_leaves": leaves,
            "max_depth": 6,
            "learning_rate": rate,
            "min_data_in_leaf": least,
            "feature_fraction": 0.6,
            "bagging_fraction": 0.7,
            "bagging_freq": 1,
            "lambda_l2": 5.0,
            "monotone_constraints": signs,
            "verbose": -1,
            "seed": seed,
            "deterministic": True,
            "num_threads": 1,
        },
        lightgbm.Dataset(values, target, weight=weight, init_score=start, feature_name=list(names)),
        rounds,
    )


def fit(names: Sequence[str], values: np.ndarray, target: np.ndarray, **options: Any) -> dict[str, Any]:
    """Fit trees as `boost` does and return them as plain data."""
    return plain(boost(names, values, target, **options))


def plain(booster: lightgbm.Booster) -> dict[str, Any]:
    """Write trees as `compare.meaning.models.gbdt` reads them; features that no tree asks for are left out."""
    raw = booster.dump_model()
    trees = [_flat(t["tree_structure"]) for t in raw["tree_info"]]
    used = sorted({f for tree in trees for f in tree["feature"] if f >= 0})
    place = {f: n for n, f in enumerate(used)} | {-1: -1}
    for tree in trees:
        tree["feature"] = [place[f] for f in tree["feature"]]
    return {"features": [raw["feature_names"][f] for f in used], "trees": trees}


def _flat(root: dict[str, Any]) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = []

    def visit(node: dict[str, Any], depth: int) -> tuple[int, int]:
        at = len(nodes)
        nodes.append({})
        if "split_feature" not in node:
            nodes[at] = {
                "feature": -1,
                "cut": 0,
                "left": at,
                "right": at,
                "missing": 0,
                "value": float(f"{node['leaf_value']:.5g}"),
            }
            return at, depth
        left, deep = visit(node["left_child"], depth + 1)
        right, deeper = visit(node["right_child"], depth + 1)
        cut = min(node["threshold"], 1e30)
        nodes[at] = {
            "feature": node["split_feature"],
            "cut": float(f"{cut:.7g}"),
            "left": left,
            "right": right,
            "missing": int(node["default_left"]),
            "value": 0,
        }
        return at, max(deep, deeper)

    _, depth = visit(root, 0)
    return {"depth": depth, **{k: [n[k] for n in nodes] for k in nodes[0]}}
