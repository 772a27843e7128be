"""Make the learned files anew: `python -m tests.training [STEP…]`, all steps in order where none is named.

`python -m tests.training --list` only lists the steps and their files.

Each step reads the development data and writes into `compare/artefacts/`; then the manifest is written anew: for every
file its sha256, the step that made it and, for what this run made, the commit, the sha256 of the data, the seeds, the
names of what the model reads, and the figures that the step has measured on what it held out. A step of the list
follows those whose files it reads. `embeddings` and `grammar` need files that are not development data and say so; they
are run by their own commands.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.data import SHARED
from tests.training.files import ARTEFACTS

#: The data of `tests.planting.corpora.WORKS`.
WORKS = (
    *("bible", "nest", "overcoat", "novels/poor-folk", "novels/crime", "novels/demons"),
    *("wmt22/rows.tsv", "mlqe-ru-en/train.tsv"),
)
TRANSLATIONS = ("bible", "nest", "overcoat", "mlqe-ru-en")


@dataclass(frozen=True)
class Step:
    """A module of this folder: the files that it makes, the data that it reads, and whether it is run by hand."""

    files: tuple[str, ...]
    data: tuple[str, ...]
    by_hand: bool = False


#: The steps in order.
STEPS: Mapping[str, Step] = {
    "embeddings": Step(("embeddings.npz", "wordnet.tsv.gz"), TRANSLATIONS, by_hand=True),
    "renderings": Step(("renderings.tsv.gz",), ("bible", "bible-more", "nest", "overcoat", "novels", *WORKS[-2:])),
    "contextual": Step(("contextual.npz",), WORKS),
    "pair_network": Step(("pair_network.npz",), WORKS),
    "fluency": Step(("fluency_network.npz",), TRANSLATIONS),
    "row_network": Step(("row_network.npz",), TRANSLATIONS),
    "gaps": Step(("omissions.json",), TRANSLATIONS),
    "word_models": Step(("wrong_words.json", "lost_words.json"), WORKS),
    "wrong_senses": Step(("wrong_senses.json",), (*WORKS, "bible-more")),
    "real_words": Step(("real_words.json",), ("bible", "overcoat", "wmt22/rows.tsv")),
    "cells": Step(("cells.json",), WORKS),
    "quality_estimation": Step(("quality_estimation.npz", "quality_estimation.json"), ("mlqe-ru-en/train.tsv",)),
    "negation": Step(("negation.json",), ("nest", "overcoat", "novels", "wmt22/rows.tsv")),
    "grammar": Step(("grammar.npz",), (), by_hand=True),
    "calibration": Step(("calibration.json",), ("nest", "novels/poor-folk", "overcoat", "wmt22/rows.tsv")),
    "apparatus": Step(("variants.json",), ("overcoat", "nest", "novels/poor-folk", "bible", "bible-more", *WORKS[-2:])),
}


def digest(path: Path) -> str:
    """Return the sha256 of a file, or of the names and bytes of all files below a folder."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        whole.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes())
    return whole.hexdigest()


def features(path: Path) -> list[str]:
    """List the names of what a file's model reads, or of its arrays; nothing for a table."""
    import numpy as np

    if path.suffix == ".npz":
        with np.load(path, allow_pickle=False) as stored:
            return sorted(stored.files)
    if path.suffix != ".json":
        return []
    record = json.loads(path.read_text("utf-8"))
    models = [record] if "features" in record else [part for part in record.values() if "features" in part]
    return sorted({name for model in models for name in model["features"]})


def entry(name: str, step: str, made: Mapping[str, Any], folder: Path = ARTEFACTS) -> dict[str, Any]:
    """Return a file's line of the manifest. `made`: what only the run that made it knows."""
    return {"sha256": digest(folder / name), "step": step, **made, "features": features(folder / name)}


def circumstances(step: str, figures: Mapping[str, float] | None) -> dict[str, Any]:
    """Say from what a run makes a step's files."""
    assert SHARED is not None
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    module = importlib.import_module(f"tests.training.{step}")
    return {
        "commit": commit,
        "data": {path: digest(SHARED / path) for path in STEPS[step].data},
        "seeds": list(getattr(module, "SEEDS", ())),
        "figures": dict(figures or {}),
    }


def main(*steps: str) -> None:
    """Run the steps and write the manifest, or list them. Raises SystemExit for an unknown step or without data."""
    if steps == ("--list",):
        for name, each in STEPS.items():
            print(f"{name:20}{', '.join(each.files)}{' (by its own command)' * each.by_hand}")
        return
    if unknown := [step for step in steps if step not in STEPS]:
        raise SystemExit(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    if SHARED is None:
        raise SystemExit("the development data is not here; HEXAPLA_DATA says where it is")
    manifest: dict[str, dict[str, Any]] = json.loads((ARTEFACTS / "manifest.json").read_text("utf-8"))
    for step in steps or [name for name, each in STEPS.items() if not each.by_hand]:
        figures = None if STEPS[step].by_hand else importlib.import_module(f"tests.training.{step}").main()
        made = circumstances(step, figures)
        manifest |= {name: entry(name, step, made) for name in STEPS[step].files}
    text = json.dumps(dict(sorted(manifest.items())), indent=1) + "\n"
    (ARTEFACTS / "manifest.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
