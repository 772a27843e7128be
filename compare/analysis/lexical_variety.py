"""How much the versions differ at each row.

Eddy for each version, Viv for the row (Cheesman, Flanagan, Thiel et al. 2017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from compare.values import Collation
from compare.words import is_function, lemmas


@dataclass(frozen=True, slots=True)
class Variety:
    """A row. `eddy`: how far each version's words lie from the others', 0 to 1 (none shared); `viv`: their mean."""

    row: int
    eddy: Mapping[str, float]
    viv: float | None


def variety(collation: Collation) -> tuple[Variety, ...]:
    """Measure every row over the translations that have it; one alone gives no Viv."""
    judged = [v for v in collation.work.versions if v.role != "source"]
    out = []
    for row in collation.rows:
        bags = {v.id: _bag(collation.cell(row, v.id), v.lang) for v in judged if v.id in row.spans}
        eddy = _eddy(bags) if len(bags) > 1 else {}
        viv = round(sum(eddy.values()) / len(eddy), 4) if eddy else None
        out.append(Variety(row.number, eddy, viv))
    return tuple(out)


def to_rows(measured: tuple[Variety, ...]) -> list[dict[str, Any]]:
    """List the values: one mapping a row."""
    return [{"row": v.row, "viv": v.viv, **{f"eddy {id}": e for id, e in v.eddy.items()}} for v in measured]


def _bag(text: str, lang: str) -> dict[str, int]:
    bag: dict[str, int] = {}
    for word in lemmas(text, lang):
        if not is_function(word, lang):
            bag[word] = bag.get(word, 0) + 1
    return bag


def _eddy(bags: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Return each bag's cosine distance from the mean of the others' unit bags."""
    units: dict[str, dict[str, float]] = {}
    for id, bag in bags.items():
        norm = sum(n * n for n in bag.values()) ** 0.5 or 1.0
        units[id] = {w: n / norm for w, n in bag.items()}
    out = {}
    for id, unit in units.items():
        rest: dict[str, float] = {}
        for other, theirs in units.items():
            if other != id:
                for word, n in theirs.items():
                    rest[word] = rest.get(word, 0.0) + n
        norm = sum(n * n for n in rest.values()) ** 0.5
        shared = sum(n * rest.get(w, 0.0) for w, n in unit.items())
        out[id] = round(1 - shared / norm, 4) if norm else 1.0
    return out
