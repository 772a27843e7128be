"""Make the learned files anew: `python -m tests.training [STEP…]`, all steps in order where none is named.

Each step reads the development data and writes into `compare/artefacts/`; then the manifest is written anew: for every
file its sha256, the step that made it, and for what this run made the commit and the data that it was made from.
`embeddings` and `grammar` need files that are not development data and say so; they are run by their own commands.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.data import SHARED

ARTEFACTS = Path(__file__).parents[2] / "compare" / "artefacts"

#: The steps in order, and the files that each makes.
STEPS = {
    "lexicon": ("embeddings.npz", "wordnet.tsv.gz"),
    "renderings": ("renderings.tsv.gz",),
    "pairs": ("contextual.npz", "pair_network.npz"),
    "fluency": ("fluency_network.npz",),
    "witnesses": ("row_network.npz",),
    "gaps": ("omissions.json",),
    "meaning": ("wrong_words.json", "lost_words.json", "cells.json", "calibration.json"),
    "review": ("rescoring.json",),
    "natural": ("quality_estimation.npz", "quality_estimation.json"),
    "grammar": ("grammar.npz",),
}
#: Steps that want arguments of their own.
BY_HAND = ("lexicon", "grammar")


def digest(path: Path) -> str:
    """Return the sha256 of a file, or of the names and bytes of all files below a folder."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for file in sorted(p for p in path.rglob("*") if p.is_file()):
        whole.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes())
    return whole.hexdigest()


def main(*steps: str) -> None:
    """Run the steps and write the manifest. Raises SystemExit for a step that there is not, or without the data."""
    if unknown := [step for step in steps if step not in STEPS]:
        raise SystemExit(f"no such step: {', '.join(unknown)}; there are {', '.join(STEPS)}")
    if SHARED is None:
        raise SystemExit("the development data is not here; HEXAPLA_DATA says where it is")
    chosen = steps or tuple(step for step in STEPS if step not in BY_HAND)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    manifest: dict[str, dict[str, Any]] = json.loads((ARTEFACTS / "manifest.json").read_text("utf-8"))
    for step in chosen:
        if step not in BY_HAND:
            importlib.import_module(f"tests.training.{step}").main()
        for name in STEPS[step]:
            made = {} if step in BY_HAND else {"commit": commit, "data": digest(SHARED)}
            manifest[name] = {"sha256": digest(ARTEFACTS / name), "step": step, **made}
    text = json.dumps(dict(sorted(manifest.items())), indent=1) + "\n"
    (ARTEFACTS / "manifest.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
