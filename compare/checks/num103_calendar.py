"""NUM103: a date in another style of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.quantities.dates import days, styles
from compare.values import Finding


@check("NUM103", mqm="accuracy/mistranslation/date-time", threshold=0.5)
def calendar(analysis: Analysis) -> Iterator[Finding]:
    """One date in Old and in New Style

    Wrong:
    - a: The peace was signed on [[3 March]] 1918. | ru: Мир был подписан 18 февраля 1918 года.
    Fine:
    - a: The peace was signed on 3 March 1918. | ru: Мир был подписан 3 марта 1918 года.
    - a: He came on 3 March. | b: He came on the 9th of March.

    Score: 0.7, where two dates of one row lie exactly 12 or 13 days apart and neither stands in the other text.
    Source: the Julian and the Gregorian calendar, 12 days apart in the nineteenth century and 13 in the twentieth.
    """
    collation = analysis.collation
    for row in collation.rows:
        told = {
            v.id: days(collation.cell(row, v.id), v.lang)
            for v in sorted(collation.work.versions, key=lambda v: v.role == "source")
            if v.id in row.spans
        }
        seen = list(told.items())
        for n, (here, mine) in enumerate(seen):
            for there, theirs in seen[n + 1 :]:
                for a in mine:
                    for b in theirs:
                        shared = any((d.month, d.day) == (a.month, a.day) for d in theirs)
                        shared |= any((d.month, d.day) == (b.month, b.day) for d in mine)
                        if shared or not (apart := styles(a, b)):
                            continue
                        places = [
                            collation.place(id, row.spans[id].start + d.start, row.spans[id].start + d.end)
                            for id, d in ((here, a), (there, b))
                        ]
                        yield Finding(
                            check="NUM103",
                            severity="minor",
                            score=0.7,
                            places=tuple(places),
                            message=f"“{places[0].text}” and “{places[1].text}” of {there} lie {apart} days apart, "
                            "as New and Old Style do",
                            row=row.number,
                        )
