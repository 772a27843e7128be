"""SEM109: is for was."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.detect import modality as markers
from compare.meaning.detect.substitutions import alike, places, replaced, weight
from compare.messages import quoted
from compare.values import Finding
from compare.wordalign.aligned_words import ALIKE

#: In what share of the places where all others tell of the past a version may tell of the present: some do by habit.
_HABIT = 0.08
#: How many rows on either side of a fault are in the right time: a passage told in the present is told so on purpose.
_PASSAGE = 5


@check("SEM109", mqm="accuracy/mistranslation", threshold=0.6, default=False)
def tense(analysis: Analysis) -> Iterator[Finding]:
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
    every = replaced(analysis.words, markers.tense, _HABIT)
    for found in every:
        against = weight(analysis.words, found, found.linked)
        if against < 2:
            continue
        here = places(analysis.words, found)
        sure = alike(analysis.words, found, found.linked) >= ALIKE and not any(
            found.version == other.version and 0 < abs(found.row - other.row) <= _PASSAGE for other in every
        )
        yield Finding(
            check="SEM109",
            severity="major" if against >= 3 and sure else "minor",
            score=round(0.5 + 0.1 * min(against, 4), 3),
            places=here,
            message=f"“{here[0].text}” is in another time than {quoted(here[1:])}",
            row=found.row + 1,
        )
