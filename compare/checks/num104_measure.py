"""NUM104: a measure in another unit that is not as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed, quoted
from compare.quantities.measures import Measure, agree, converted
from compare.quantities.quantity import Quantity
from compare.values import Finding

#: How many times as much or as little a measure must be that is only near: "two or three roubles" for kopecks.
_FAR = 5


@check("NUM104", mqm="accuracy/mistranslation/number", threshold=0.6)
def measure(analysis: Analysis) -> Iterator[Finding]:
    """A measure turned into another unit, and the amount not with it

    Wrong:
    - a: The village lay [[fifty miles]] off. | ru: Деревня лежала в пятидесяти верстах.
    - a: He had [[two hundred acres]] of land. | b: He had 200 desyatins. | ru: У него было двести десятин земли.
    - a: It cost [[two or three roubles]] a sack. | ru: Мешок стоил по две и по три копейки.
    Fine:
    - a: The village lay thirty miles off. | b: It was fifty versts away. | ru: Деревня лежала в пятидесяти верстах.
    - a: He weighed ten stone. | ru: Он весил четыре пуда.
    - a: Half a century ago. | ru: Пятьдесят лет назад.
    - a: He gave half a rouble. | ru: Он дал полтинник.
    - a: He pulled out four ten-rouble notes. | ru: Он вытащил четыре десятирублевые билета.
    - a: Things worth ten or twenty roubles. | ru: Десяти-двадцатирублевые вещи.
    - a: For six months he kept him. | ru: Он содержал его в продолжение полугода.
    - a: They sowed fifteen acres, not forty-five. | ru: Засеяли шесть, а не двадцать десятин.
    - a: It will not give thirty yards of wood an acre. | ru: Не выйдет и тридцати сажен дров на десятину.

    Score: 0.5 plus a tenth for each other text (two for the source) that gives another amount in a unit of another
    size, none bearing it out; 0.9 at most. A conversion may be rounded by three tenths.
    Source: the Russian measures of 1899 and the English of 1878; MQM, accuracy/mistranslation/number.
    """
    collation = analysis.collation
    weights = {v.id: 2 if v.role == "source" else 1 for v in collation.work.versions}
    for i, row in enumerate(collation.rows):
        stated = {v: analysis.measures[v][i] for v in row.spans}
        for version in (v.id for v in collation.work.versions if v.id in row.spans and v.role != "source"):
            others = {v: found for v, found in stated.items() if v != version}
            numbers = {v: analysis.quantities[v][i] for v in others}
            differing = [(m, r) for m in stated[version] if (r := _rivals(m, stated[version], others, numbers))]
            differing = [(m, r) for m, r in differing if not any(_holds(other, m) for other, _ in differing)]
            heaviest = max((sum(weights[v] for v in rivals) for _, rivals in differing), default=0)
            if heaviest < 2:
                continue

            mine = [collation.place_in(row, version, m.start, m.end) for m, _ in differing]
            evidence = [
                collation.place_in(row, v, m.start, m.end) for _, rivals in differing for v, m in rivals.items()
            ]
            quotes = listed([f"“{place.text}”" for place in mine])
            yield Finding(
                check="NUM104",
                severity="major",
                score=round(0.5 + 0.1 * min(heaviest, 4), 3),
                places=(*mine, *evidence),
                message=f"{quotes} {'is' if len(mine) == 1 else 'are'} not as much as {quoted(evidence)}",
                row=row.number,
            )


def _holds(measure: Measure, other: Measure) -> bool:
    """Tell whether a measure is said in more words, the other's among them: "two or three roubles", "three roubles"."""
    return (
        measure.start <= other.start
        and other.end <= measure.end
        and measure.end - measure.start > other.end - other.start
    )


def _rivals(
    mine: Measure,
    ours: Sequence[Measure],
    others: Mapping[str, Sequence[Measure]],
    numbers: Mapping[str, Sequence[Quantity]],
) -> dict[str, Measure]:
    """Choose for each text the measure that gives another amount in another unit; none if any text agrees.

    A measure of the other text that agrees with another one of ours is no rival, nor one that ours is of by another of
    its numbers, whose unit is understood, or as a rate, "an acre" turned with it.
    """
    if mine.number is None or mine.dimension == "time":
        return {}
    rivals = {}
    for text, theirs in others.items():
        if any(agree(mine, m) for m in theirs):
            return {}
        free = (
            m
            for m in theirs
            if m.number
            and converted(mine, m)
            and (mine.number.firm or max(mine.size, m.size) >= _FAR * min(mine.size, m.size))
            and not any(agree(m, our) for our in ours)
        )
        if other := next(free, None):
            counts = (1.0, *(float(q.value) for q in numbers[text]))  # once: each of "four ten-rouble notes" is ten
            understood = (replace(other, size=count * other.unit_size) for count in counts)
            if any(agree(mine, each) for each in (*understood, *_rates(other, ours, theirs))):
                return {}
            rivals[text] = other
    return rivals


def _rates(other: Measure, ours: Sequence[Measure], theirs: Sequence[Measure]) -> Iterator[Measure]:
    """Yield what a measure comes to for each unit of ours that stands in the place of another one of theirs."""
    for a, b in product(ours, theirs):
        if a.dimension != other.dimension and converted(a, b) and not (a.number or b.number):
            yield replace(other, size=other.size * a.unit_size / b.unit_size)
