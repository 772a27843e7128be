"""SEM108: must for may, all for few, more for less."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.meaning.exchanged import OPPOSITES, exchanges, places
from compare.meaning.telling import quoted
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
    for found in exchanges(collation, OPPOSITES, source=True):
        weight = sum(2 if collation.work.version(t).role == "source" else 1 for t in found.for_)
        if weight < 2:
            continue
        here = places(collation, found)
        lang = collation.work.version(found.version).lang
        yield Finding(
            check="SEM108",
            severity="major" if weight >= 3 else "minor",
            score=round(0.5 + 0.1 * min(weight, 4), 3),
            places=here,
            message=f"“{here[0].text}” stands in the place of {quoted(here[1:])}",
            suggestion=next((p.text for p in here[1:] if collation.work.version(p.version).lang == lang), None),
            row=found.row + 1,
        )
