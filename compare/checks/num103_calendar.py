"""NUM103: a date in another style of the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.quantities.comparison import same
from compare.quantities.dates import days, styles
from compare.quantities.quantity import Quantity
from compare.values import Finding


@check("NUM103", mqm="accuracy/mistranslation/date-time", threshold=0.5)
def calendar(analysis: Analysis) -> Iterator[Finding]:
    """One date in Old and in New Style

    Wrong:
    - a: The peace was signed on [[3 March]] 1918. | ru: Мир был подписан 18 февраля 1918 года.
    Fine:
    - a: The peace was signed on 3 March 1918. | ru: Мир был подписан 3 марта 1918 года.
    - a: He left on 5 (18) May. | ru: Он ушёл 18 мая.
    - a: He came on 3 March. | b: He came on the 9th of March.

    Score: 0.7, where two dates of one row lie exactly 12 or 13 days apart and neither stands in the other text.
    Source: the Julian and the Gregorian calendar, 12 days apart in the nineteenth century and 13 in the twentieth.
    """
    collation = analysis.collation
    source = collation.work.source
    for i, row in enumerate(collation.rows):
        stated = {v.id: days(analysis.quantities[v.id][i]) for v in collation.work.versions if v.id in row.spans}
        compared = list(combinations(stated, 2))
        if source and stated.get(source.id):
            compared = [(id, source.id) for id in stated if id != source.id]
        for here, there in compared:
            pairs = _restyled(stated[here], stated[there])
            if not pairs:
                continue
            mine, theirs = (
                [collation.place_in(row, id, q.start, q.end) for q in days]
                for id, days in zip((here, there), zip(*pairs, strict=True), strict=True)
            )
            quotes = listed([f"“{a.text}” and “{b.text}”" for a, b in zip(mine, theirs, strict=True)])
            yield Finding(
                check="NUM103",
                severity="minor",
                score=0.7,
                places=(*mine, *theirs),
                message=f"{quotes} of {there} lie {styles(*pairs[0])} days apart, as New and Old Style do",
                row=row.number,
            )


def _restyled(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Pair the days that stand in the other text in the other style, and there alone."""
    alone = [a for a in mine if not any(_same_day(a, b) for b in theirs)]
    others = [b for b in theirs if not any(_same_day(a, b) for a in mine)]
    pairs = []
    for a in alone:
        if b := next((b for b in others if styles(a, b)), None):
            others.remove(b)
            pairs.append((a, b))
    return pairs


def _same_day(a: Quantity, b: Quantity) -> bool:
    return a.month == b.month and same(a, b)
