"""SEM108: must for may, all for few, more for less."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.meaning.exchanged import OPPOSITES, exchanges
from compare.meaning.telling import quoted
from compare.meaning.wording import wording
from compare.values import Collation, Finding


@check("SEM108", mqm="accuracy/mistranslation", threshold=0.6)
def run(collation: Collation) -> Iterator[Finding]:
    """A duty made a leave, many made few, more made less

    Wrong:
    - a: You [[may]] go home. | b: You must go home. | ru: Вы должны идти домой.
    - a: [[Few]] of them came back. | b: Many of them came back. | c: Many came back. | ru: Многие из них вернулись.
    Fine:
    - a: You must go home. | b: You have to go home. | ru: Вы должны идти домой.
    - a: Many came. | b: Not a few came. | ru: Многие пришли.

    Score: 0.5 plus a tenth for each other text (two for the source) that has the opposite in the place; all must.
    Source: MQM, accuracy/mistranslation.
    """
    made = wording(collation)
    for found in exchanges(collation, OPPOSITES, source=True):
        row = collation.rows[found.row]
        weight = sum(2 if collation.work.version(t).role == "source" else 1 for t in found.for_)
        if weight < 2:
            continue
        places = []
        for text, at in {found.version: found.at, **found.for_}.items():
            cell = made.cells[text][found.row]
            assert cell is not None
            start = row.spans[text].start
            places.append(collation.place(text, start + cell.words[at].start, start + cell.words[at].end))
        lang = collation.work.version(found.version).lang
        yield Finding(
            check="SEM108",
            severity="major" if weight >= 3 else "minor",
            score=round(0.5 + 0.1 * min(weight, 4), 3),
            places=tuple(places),
            message=f"“{places[0].text}” stands in the place of {quoted(places[1:])}",
            suggestion=next((p.text for p in places[1:] if collation.work.version(p.version).lang == lang), None),
            row=found.row + 1,
        )
