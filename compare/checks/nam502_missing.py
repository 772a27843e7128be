"""NAM502: a name of the source that a cell lacks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names.absences import Absence
from compare.values import Collation, Finding

_PRONOUN = re.compile(
    r"\b(he|him|his|she|her|hers|they|them|their|there|who|whom|whose|you|your|I|me|my)\b", re.IGNORECASE
)


@check("NAM502", mqm="accuracy/omission", yields=("OMI",), default=False)
def missing(analysis: Analysis) -> Iterator[Finding]:
    """Name that the source has in this row, and this version has not.

    A pronoun or another word for the person is translation where the version names him close by. Elsewhere the score is
    low where a pronoun stands and high where the other versions keep the name.

    Wrong:
    - ru: Гуров приехал в Ялту весной. | en: [[Gurov came in spring.]]

    Fine:
    - ru: Гуров приехал в Ялту весной. | en: Gurov came to Yalta in spring.
    - ru: Гуров приехал весной. | en: He came in spring.
    - ru: Гуров приехал в Ялту весной. | en: Gurov came in spring. // ru: Ялта спала. | en: Yalta slept.

    Score: 0.6; 0.8 when all other versions keep the name; half of it with a pronoun in the cell; 0.3 less for what
    may be no name.
    Source: MQM, accuracy/omission; DEMETR (named entity removed).
    """
    collation = analysis.collation
    # What another name stands for throughout is NAM501's.
    replaced = {(each.version, each.word.lemma) for each in analysis.absences if each.instead}
    lacking = [
        each
        for each in analysis.absences
        if not (each.instead or each.nearby or (each.version, each.word.lemma) in replaced)
    ]
    for (number, version), group in itertools.groupby(
        lacking, key=lambda absence: (absence.row.number, absence.version)
    ):
        missing = list(group)
        quoted = [collation.place(each.reference, each.mention.span.start, each.mention.span.end) for each in missing]
        named = {id(each.entry): place.text for each, place in reversed(list(zip(missing, quoted, strict=True)))}
        *names, last = reversed(named.values())
        listed = f"{', '.join(names)} and {last}" if names else last
        yield Finding(
            check="NAM502",
            severity="minor",
            score=max(_score(collation, each) for each in missing),
            places=(collation.place_in(missing[0].row, version), *quoted),
            message=f"{missing[0].reference} names {listed} here; this version does not",
            row=number,
        )


def _score(collation: Collation, absence: Absence) -> float:
    score = 0.8 if absence.rivals and absence.agreeing == absence.rivals else 0.6
    if absence.rivals and not absence.agreeing:
        score *= 0.5  # no translation has it: the source has more names here
    if _PRONOUN.search(collation.cell(absence.row, absence.version)):
        score *= 0.5
    return max(score if absence.is_name else score - 0.3, 0.05)
