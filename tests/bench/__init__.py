"""Figures that the program is held to, measured on the development data, with the peers' beside them.

`python -m tests.bench [ROOM ...]` runs every module of this folder, or those named, and prints one table.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

#: What `--keep` writes, one file a room.
FIGURES = Path(__file__).parent / "figures"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `better`: which way is better; `peers`: a peer's name to its figure in the same run.

    `interval`: what the bootstrap puts it between, nineteen times in twenty.
    """

    name: str
    value: float
    target: float | None = None
    better: Literal["higher", "lower"] = "higher"
    peers: Mapping[str, float] = field(default_factory=dict)
    unit: str = ""
    interval: tuple[float, float] | None = None

    @property
    def holds(self) -> bool:
        """Whether the target, if any, is met."""
        if self.target is None:
            return True
        return self.value >= self.target if self.better == "higher" else self.value <= self.target


def keep(room: str, title: str, figures: Sequence[Figure]) -> None:
    """Write the figures of a room, with the day and the commit that they were measured on."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    kept = {"title": title, "date": f"{date.today()}", "commit": commit.stdout.strip()}
    measured = {**kept, "figures": [asdict(figure) for figure in figures]}
    FIGURES.mkdir(exist_ok=True)
    text = json.dumps(measured, ensure_ascii=False, indent=1, default=float)
    (FIGURES / f"{room}.json").write_text(text + "\n", "utf-8")
