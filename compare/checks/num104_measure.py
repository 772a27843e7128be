"""NUM104: a measure that is not borne out."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import quoted
from compare.quantities.measures import Measure, agree, converted, measures
from compare.values import Finding


@check("NUM104", mqm="accuracy/mistranslation/number", threshold=0.6)
def measure(analysis: Analysis) -> Iterator[Finding]:
    """A measure turned into another unit, and the amount not with it

    Wrong:
    - a: The village lay [[fifty miles]] off. | ru: Деревня лежала в пятидесяти верстах.
    - a: He had [[two hundred acres]] of land. | b: He had 200 desyatins. | ru: У него было двести десятин земли.
    Fine:
    - a: The village lay thirty miles off. | b: It was fifty versts away. | ru: Деревня лежала в пятидесяти верстах.
    - a: He weighed ten stone. | ru: Он весил четыре пуда.
    - a: Half a century ago. | ru: Пятьдесят лет назад.

    Score: 0.5 plus a tenth for each other text (two for the source) that gives another amount in a unit of another
    size, none bearing it out; 0.9 at most. A conversion may be rounded by three tenths.
    Source: the Russian measures of 1899 and the English of 1878; MQM, accuracy/mistranslation/number.
    """
    collation = analysis.collation
    for i, row in enumerate(collation.rows):
        told = {v.id: measures(collation.cell(row, v.id), v.lang) for v in collation.work.versions if v.id in row.spans}
        for version in told:
            if collation.work.version(version).role == "source":
                continue
            for mine in told[version]:
                if mine.number is None or mine.dimension == "time":
                    continue
                rivals = _rivals(mine, {t: m for t, m in told.items() if t != version})
                weight = sum(2 if collation.work.version(t).role == "source" else 1 for t in rivals)
                if weight < 2:
                    continue
                start = row.spans[version].start
                place = collation.place(version, start + mine.start, start + mine.end)
                evidence = tuple(
                    collation.place(t, row.spans[t].start + m.start, row.spans[t].start + m.end)
                    for t, m in rivals.items()
                )
                yield Finding(
                    check="NUM104",
                    severity="major" if weight >= 2 else "minor",
                    score=round(0.5 + 0.1 * min(weight, 4), 3),
                    places=(place, *evidence),
                    message=f"“{place.text}” is not as much as {quoted(evidence)}",
                    row=i + 1,
                )


def _rivals(mine: Measure, others: dict[str, tuple[Measure, ...]]) -> dict[str, Measure]:
    """Choose for each text the measure that gives another amount in another unit; none if any text bears it out."""
    rivals = {}
    for text, theirs in others.items():
        if any(agree(mine, m) for m in theirs):
            return {}
        other = next((m for m in theirs if m.number and converted(mine, m)), None)
        if other:
            rivals[text] = other
    return rivals
