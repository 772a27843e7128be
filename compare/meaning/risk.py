"""The probability that a cell carries an error of meaning."""

from __future__ import annotations

from collections.abc import Mapping

from compare.meaning.judgement import judgement, probability
from compare.once import once
from compare.values import Collation


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
