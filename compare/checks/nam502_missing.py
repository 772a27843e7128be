"""NAM502: a name of the source that a cell lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.checks import check
from compare.names.cells import Absence, absences
from compare.values import Collation, Finding

_PRONOUN = re.compile(
    r"\b(he|him|his|she|her|hers|they|them|their|there|who|whom|whose|you|your|I|me|my)\b", re.IGNORECASE
)


@check("NAM502", mqm="accuracy/omission")
def name_missing(collation: Collation) -> Iterator[Finding]:
    """Name that the source has in this row, and this version has not.

    A pronoun may do its work, so the score is low where one stands and high where the other versions keep the name.

    Wrong:
    - ru: Гуров приехал в Ялту весной. | en: [[Gurov came in spring.]] // ru: Ялта спала. | en: Yalta slept.

    Fine:
    - ru: Гуров приехал в Ялту весной. | en: Gurov came to Yalta in spring.
    - ru: Гуров приехал весной. | en: He came in spring.

    Score: 0.6; 0.8 when all other versions keep the name; half of it with a pronoun in the cell; 0.3 less for what
    may be no name.
    Source: MQM, accuracy/omission; DEMETR (named entity removed).
    """
    for absence in absences(collation):
        if absence.instead is not None:
            continue
        having, rivals = absence.others
        cell = collation.cell(absence.row, absence.version)
        score = 0.8 if rivals and having == rivals else 0.6
        if rivals and not having:
            score *= 0.5  # no translation has it: the source has more names here
        if _PRONOUN.search(cell):
            score *= 0.5
        if not absence.sure:
            score -= 0.3
        span = absence.row.spans[absence.version]
        yield Finding(
            "NAM502",
            "major",
            max(score, 0.05),
            (
                collation.place(absence.version, span.start, span.end),
                collation.place(absence.witness, absence.mention.span.start, absence.mention.span.end),
            ),
            f"{absence.witness} names {_quote(collation, absence)} here; this version does not",
        )


def _quote(collation: Collation, absence: Absence) -> str:
    return absence.mention.span.of(collation.work.version(absence.witness).text)
