"""SEM109: is for was."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.meaning.exchanged import places, replaced, weight
from compare.meaning.marks import tense
from compare.meaning.telling import quoted
from compare.values import Collation, Finding

#: In what share of the places where all others tell of the past a version may tell of the present: some do by habit.
_HABIT = 0.08


@check("SEM109", mqm="accuracy/mistranslation", threshold=0.6)
def run(collation: Collation) -> Iterator[Finding]:
    """Past in one version, present or future in the others

    Wrong:
    - a: The old house [[will]] burn to the ground. | b: The old house burned to the ground. | ru: Старый дом сгорел.
    - a: He [[is]] ill and sees no one. | b: He was ill and saw no one. | c: He was ill and saw nobody.
    Fine:
    - a: The house has burned down. | b: The house burned down. | ru: Дом сгорел.
    - a: He comes tomorrow. | b: He will come tomorrow. | ru: Он придёт завтра.

    Score: 0.5 plus a tenth for each other translation that puts the same word in another time, two for the source; none
    may put it in the same. What a version does in one of twelve such places is its way and no fault.
    Source: MQM, accuracy/mistranslation; Russian tenses as pymorphy3 reads them.
    """
    for found in replaced(collation, tense, _HABIT):
        against = weight(collation, found, found.linked)
        if against < 2:
            continue
        here = places(collation, found)
        yield Finding(
            check="SEM109",
            severity="major" if against >= 3 else "minor",
            score=round(0.5 + 0.1 * min(against, 4), 3),
            places=here,
            message=f"“{here[0].text}” is in another time than {quoted(here[1:])}",
            row=found.row + 1,
        )
