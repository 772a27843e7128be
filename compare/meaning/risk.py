"""The probability that a cell carries an error of meaning."""

from __future__ import annotations

from collections.abc import Mapping

from compare.meaning.judgement import judgement, probability
from compare.once import once
from compare.values import Collation, Severity

#: Risk from which on a finding about meaning bears its kind's full weight: as likely an error as not.
GRAVE = 0.5


@once
def risk(collation: Collation) -> tuple[Mapping[str, float | None], ...]:
    """Return for each row a mapping version -> probability, 0 to 1.

    None where there is no cell or nothing to hold it against.

    The source is never judged. Calibrated on errors planted in sound translations, one cell in five.
    """
    judged = judgement(collation)
    return tuple(
        {version: round(probability(cell), 4) if (cell := cells[i]) else None for version, cells in judged.items()}
        for i in range(len(collation.rows))
    )


def weigh(collation: Collation, row: int, version: str, worst: Severity) -> Severity:
    """Give a finding about meaning its kind's severity where the cell's risk bears it out, else minor.

    Free translation turns a phrase about in every paragraph; an error leaves the rest of the cell in its place too.
    """
    odds = risk(collation)[row - 1].get(version)
    return worst if odds is not None and odds >= GRAVE else "minor"
