"""Write the trial of the risk that the package keeps: errors planted into one version of four beside the Russian.

python -m tests.train.reliability
"""

from __future__ import annotations

import random
from pathlib import Path

import compare.notebook
from compare.meaning import risk
from compare.notebook.pictures import binned
from tests.bench.meaning import collation, rows
from tests.plant import KINDS, Planted, bed

#: The share of wrong cells that the risk is calibrated for.
RATE = 0.2
FILE = Path(compare.notebook.__file__).with_name("assets") / "reliability.tsv"


def main() -> None:
    rng = random.Random(7)
    listed = rows()
    beds = {v: bed([row.versions[v] for row in listed if v in row.versions]) for v in _versions(listed)}
    planted: list[tuple[str, Planted] | None] = []
    for number, row in enumerate(listed):
        version, kinds = rng.choice(sorted(row.versions)), sorted(KINDS)
        tried = (
            KINDS[kind](row.versions[version], beds[version], rng) for kind in kinds[number % len(kinds) :] + kinds
        )
        made = next((each for each in tried if each), None) if number % 4 else None
        planted.append((version, made) if made else None)
    risks = risk(collation(listed, [(each[0], each[1].text) if each else None for each in planted]))
    judged = [
        (value, bool(each and each[0] == version))
        for given, each in zip(risks, planted, strict=True)
        for version, value in given.items()
        if value is not None
    ]
    lines = [
        f"{b.risk:.4f}\t{b.wrong:.4f}\t{b.cells}" for b in binned(*map(list, zip(*judged, strict=True)), rate=RATE)
    ]
    FILE.write_text("\n".join(["risk\twrong\tcells", *lines, ""]), "utf-8")


def _versions(listed) -> list[str]:
    return sorted({version for row in listed for version in row.versions})


if __name__ == "__main__":
    main()
