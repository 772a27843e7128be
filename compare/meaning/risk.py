"""The probability that a cell carries an error of meaning."""

from __future__ import annotations

from collections.abc import Mapping

from compare.meaning.judgement import Judged, judgement, probability
from compare.meaning.natural import Quality, add, natural
from compare.once import once
from compare.values import Collation, Severity

#: Risk from which on a finding about meaning bears its kind's full weight: as likely an error as not.
GRAVE = 0.5


@once
def risk(collation: Collation) -> tuple[Mapping[str, float | None], ...]:
    """Return for each row a mapping version -> probability, 0 to 1.

    None where there is no cell or nothing to hold it against.

    The source is never judged. Calibrated on errors planted in sound translations, one cell in five; where the source
    alone speaks against a cell, what is to be expected of a machine translation of it counts too.
    """
    judged = judgement(collation)
    alone = any(cell and cell.family == "s" for cells in judged.values() for cell in cells)
    expected = natural(collation) if alone else {}
    unknown = (None,) * len(collation.rows)
    return tuple(
        {version: _chance(cells[i], expected.get(version, unknown)[i]) for version, cells in judged.items()}
        for i in range(len(collation.rows))
    )


def _chance(cell: Judged | None, quality: Quality | None) -> float | None:
    if cell is None:
        return None
    chance = probability(cell)
    return round(add(chance, quality) if quality and cell.family == "s" else chance, 4)


def weigh(collation: Collation, row: int, version: str, worst: Severity) -> Severity:
    """Give a finding about meaning its kind's severity where the cell's risk bears it out, else minor.

    Free translation turns a phrase about in every paragraph; an error leaves the rest of the cell in its place too.
    """
    odds = risk(collation)[row - 1].get(version)
    return worst if odds is not None and odds >= GRAVE else "minor"
