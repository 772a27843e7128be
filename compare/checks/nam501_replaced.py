"""NAM501: another name in the place of the source's."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names.absences import Absence
from compare.values import Collation, Finding

#: The least score of what is likely the wrong person or place; a person of the work may be named in another's place.
_MAJOR = 0.7


@check("NAM501", mqm="accuracy/mistranslation", yields=("NAM702",))
def replaced(analysis: Analysis) -> Iterator[Finding]:
    """Another name in the place of the source's, or of the one that the other versions have.

    Wrong:
    - ru: Вошел Гуров и сел. | en: [[Gomov]] came in and sat down. // ru: Гуров молчал. | en: Gurov kept silent.
    - en: Anna came to Kiev. | en-b: Anna came to Kiev. | en-c: Anna came to [[Odessa]].

    Fine:
    - ru: Вошел Гуров и сел. | en: Gurov came in and sat down.
    - ru: Вошел Гуров и сел. | en: He came in and sat down.
    - ru: Петербург спал. | en: St Petersburg slept.

    Score: 0.7, and 0.9 when all other versions have the name; 0.25 less for what may be no name.
    Source: MQM, accuracy/mistranslation; DEMETR (named entity replaced).
    """
    collation = analysis.collation
    for absence in analysis.absences:
        if absence.instead is None:
            continue
        word = absence.instead
        having, rivals = absence.others
        # a name that no translation renders anywhere may well be this one, by another language's form
        known = having or absence.version in absence.entry.spellings
        score = 0.9 if rivals and having == rivals else 0.7
        if rivals and not having:
            score *= 0.5  # no translation has it: the source has more names here
        if not absence.sure:
            score -= 0.25
        yield Finding(
            check="NAM501",
            severity="major" if score >= _MAJOR and absence.stranger and known else "minor",
            score=score,
            places=(
                collation.place(absence.version, word.span.start, word.span.end),
                collation.place(absence.witness, absence.mention.span.start, absence.mention.span.end),
            ),
            message=f"“{word.text}” stands where {absence.witness} has {_quote(collation, absence)}",
            suggestion=main.text if (main := absence.entry.main(absence.version)) else None,
        )


def _quote(collation: Collation, absence: Absence) -> str:
    return absence.mention.span.of(collation.work.version(absence.witness).text)
