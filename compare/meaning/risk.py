"""The probability that a cell carries an error of meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from compare.meaning.models.quality_estimation import Quality, add
from compare.meaning.scoring import CellJudgement, probability
from compare.repeats import Repeat
from compare.values import Collation, Finding, Row, Severity
from compare.words import words

#: Risk from which on a finding about meaning has its kind's full severity: as likely an error as not.
GRAVE = 0.5
#: How certainly a row must be aligned for what is wrong in it to be grave: else it may stand in the next one.
ALIGNED = 0.6
#: The highest risk, as of a cell that has no word where the row says something.
_HIGHEST = 0.99
#: Checks of numbers and of names exchanged.
_OTHER_ROOMS = ("NUM", "NAM5")


#: For each row a mapping version -> probability, 0 to 1; None where there is nothing to judge or to judge by.
Risks = tuple[Mapping[str, float | None], ...]


def risk(collation: Collation, by_meaning: Risks, repeats: Sequence[Repeat]) -> Risks:
    """Return for each row a mapping version -> probability, 0 to 1.

    None where there is no cell or nothing to compare it with; a cell of bare marks where others have words has lost
    them all, and one in which a clause returns that no other text says twice is as probably at fault as that repeat.

    The source is never judged. Calibrated on errors planted in sound translations, one cell in five; where only
    the source is there to compare with, what is to be expected of a machine translation of it counts too.
    """
    again: dict[tuple[int, str], float] = {}
    for repeat in repeats:
        place = repeat.extra
        if repeat.severity == "major" and (row := collation.row_at(place.version, place.span.start)):
            at = row.number - 1, place.version
            again[at] = max(again.get(at, 0.0), repeat.score)
    return tuple(
        {
            version: None if chance is None else _either(chance, again.get((i, version), 0.0))
            for version, chance in cells.items()
        }
        for i, cells in enumerate(by_meaning)
    )


def with_findings(collation: Collation, risks: Risks, findings: Iterable[Finding]) -> Risks:
    """Add what the rooms of numbers and names have found, which the models of meaning do not read.

    Where no source tells which version is at fault, the cells of all that differ are in doubt.
    """
    settled = collation.work.source is not None
    chances: dict[tuple[int, str], float] = {}
    for finding in findings:
        if finding.severity == "neutral" or not finding.check.startswith(_OTHER_ROOMS):
            continue
        for place in finding.places:
            at = collation.number_at(place.version, place.span.start), place.version
            if at[0] and not (settled and place.version != finding.places[0].version):
                chances[at[0], at[1]] = max(chances.get((at[0], at[1]), 0.0), finding.score)
    return tuple(
        {
            version: chance if chance is None else _either(chance, chances.get((i, version), 0.0))
            for version, chance in cells.items()
        }
        for i, cells in enumerate(risks, 1)
    )


def _either(one: float, other: float) -> float:
    """Return the probability that either of two faults is there, neither telling of the other."""
    return round(min(_HIGHEST, 1 - (1 - one) * (1 - other)), 4)


def risk_of_meaning(
    collation: Collation,
    judgements: Mapping[str, Sequence[CellJudgement | None]],
    quality: Mapping[str, Sequence[Quality | None]],
) -> Risks:
    """Return the same without what is said twice, which is no evidence of what else is doubtful in the cell."""
    unknown = (None,) * len(collation.rows)
    return tuple(
        {
            version: _HIGHEST if _bare(collation, row, version) else _chance(cells[i], quality.get(version, unknown)[i])
            for version, cells in judgements.items()
        }
        for i, row in enumerate(collation.rows)
    )


def _bare(collation: Collation, row: Row, version: str) -> bool:
    """Tell whether a version has nothing but marks where another has a clause."""
    if version not in row.spans or words(collation.cell(row, version)):
        return False
    return any(len(words(collation.cell(row, other))) > 2 for other in row.spans)


def _chance(cell: CellJudgement | None, quality: Quality | None) -> float | None:
    if cell is None:
        return None
    chance = probability(cell)
    return add(chance, quality) if quality and cell.family == "s" else chance


def weigh(by_meaning: Risks, row: int, version: str, worst: Severity) -> Severity:
    """Give a finding about meaning its kind's severity where the cell's risk agrees, else minor.

    Free translation turns a phrase about in every paragraph; an error leaves the rest of the cell in its place too.
    """
    chance = by_meaning[row - 1].get(version)
    return worst if chance is not None and chance >= GRAVE else "minor"
