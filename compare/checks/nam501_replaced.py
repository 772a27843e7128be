"""NAM501: another name in the place of the source's."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names.absences import Absence
from compare.names.agreement import is_russian
from compare.names.edit_model import letters
from compare.names.exonyms import two_given_names, two_places
from compare.names.index import right_form
from compare.names.replacements import replacements
from compare.names.similarity import word_logit
from compare.values import Finding
from compare.words import is_archaic

#: Log odds that two names are one, above which one of them may be the other misread: Гуров, Gomov.
_MISREAD = -8.0


@check("NAM501", mqm="accuracy/mistranslation", yields=("NAM702",))
def replaced(analysis: Analysis) -> Iterator[Finding]:
    """Another name in the place of the source's, or of the one that the other versions have.

    The source's spelling judges: what does not write its name, and is no settled English form of it, is another name,
    however often it stands there. Told once for all its places; a person of the work in another's place is minor.
    Neutral in English of another age, whose names follow other traditions, and for a name that is nothing like the
    source's and not known to be another's, unless another version has the right one or a person is called so in several
    rows.

    Wrong:
    - ru: Вошел Гуров и сел. | en: [[Gomov]] came in and sat down. // ru: Гуров молчал. | en: Gurov kept silent.
    - ru: Она жила в Португалии. | en: She lived in [[Spain]].
    - en: Anna came to Kiev. | en-b: Anna came to Kiev. | en-c: Anna came to [[Odessa]].

    Fine:
    - ru: Вошел Гуров и сел. | en: Gurov came in and sat down.
    - ru: Вошел Гуров и сел. | en: He came in and sat down.
    - ru: Петербург спал. | en: St Petersburg slept.
    - ru: Он увел Чернобокую и сел. | en: He led Blackside away and sat down.
    - ru: Она жила в Голландии. | en: She lived in the Netherlands.
    - ru: Врач УрФО уехал. | a: The doctor of the Ural Federal District left. | b: The doctor of UFO left.

    Score: 0.9 where no other version lacks the name and two have it, or the wrong one stands for it in several rows;
    0.75 where another has it, which may follow another text (the Vulgate's names in the Douay Bible); 0.6 for a version
    alone, 0.35 where the other versions lack it too; 0.3 less for what may be no name.
    Source: MQM, accuracy/mistranslation; DEMETR (named entity replaced).
    """
    collation, names = analysis.collation, analysis.names
    for each in replacements(collation, names, analysis.absences):
        first, *_ = each.absences
        quoted = collation.place(first.reference, first.mention.span.start, first.mention.span.end)
        wrong, *others = each.places
        right = right_form(names, first.entry, first.version)
        times = f" ({len(each.places)}×)" if others else ""
        version = collation.work.version(first.version)
        telling = _is_telling(first, repeated=len(each.absences) > 1) and not is_archaic(version.text, version.lang)
        grave = all(absence.is_newcomer for absence in each.absences)
        yield Finding(
            check="NAM501",
            severity="neutral" if not telling else "major" if grave else "minor",
            score=max(_score(absence, repeated=len(each.absences) > 1) for absence in each.absences),
            places=(wrong, quoted, *others),
            message=f"“{wrong.text}”{times} stands where {first.reference} has {quoted.text}"
            + (f", which is {right}" if right else ""),
            suggestion=right,
        )


def _is_telling(absence: Absence, repeated: bool) -> bool:
    """Tell whether another name is certainly wrong: others have the right one, it is known, or it is one misread.

    What is nothing like the source's name may be the same bearer's in another tradition; there is none for
    a Russian, who might but be called something else once.
    """
    assert absence.instead is not None
    here, there = absence.instead.lemma, absence.word.lemma
    return (
        absence.agreeing > 0
        or (repeated and is_russian(there))
        or two_places(here, there)
        or two_given_names(here, there)
        or word_logit(letters(here), letters(there)) > _MISREAD
    )


def _score(absence: Absence, repeated: bool) -> float:
    if absence.agreeing == absence.rivals and (absence.rivals > 1 or repeated):
        score = 0.9
    elif absence.agreeing:
        score = 0.75
    else:
        score = 0.35 if absence.rivals else 0.6
    return score if absence.is_name else max(score - 0.3, 0.05)
