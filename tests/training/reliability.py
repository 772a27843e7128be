"""Write the trial of the risk that the package keeps: errors planted into one version of four beside the Russian.

python -m tests.training.reliability
"""

from __future__ import annotations

from pathlib import Path

import compare.notebook
from compare.analysis import Analysis
from compare.notebook.pictures import binned
from tests.planting.collations import changes, collation, plant_in_turn, unseen_rows

#: The share of wrong cells that the risk is calibrated for.
RATE = 0.2
FILE = Path(compare.notebook.__file__).with_name("assets") / "reliability.tsv"


def main() -> None:
    """Plant, judge and write how often cells of each risk were wrong."""
    listed = unseen_rows()
    planted = plant_in_turn(listed, 7)
    risks = Analysis(collation(listed, changes(planted))).risk
    judged = [
        (value, bool(each and each[0] == version))
        for given, each in zip(risks, planted, strict=True)
        for version, value in given.items()
        if value is not None
    ]
    bins = binned([risk for risk, _ in judged], [wrong for _, wrong in judged], rate=RATE)
    lines = [f"{b.risk:.4f}\t{b.wrong:.4f}\t{b.cells}" for b in bins]
    FILE.write_text("\n".join(["risk\twrong\tcells", *lines, ""]), "utf-8")


if __name__ == "__main__":
    main()
