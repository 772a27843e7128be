"""NAM401: a Russian case ending left on a name."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names.authority import Known, look_up, oblique
from compare.names.detect import titles
from compare.names.exonyms import is_given_name
from compare.names.index import Entry, NameIndex, Spelling
from compare.names.inflection import case_forms, ending_left, is_plural_after, romanised
from compare.names.lemmas import is_known_name
from compare.names.romanisation import fits, plain, romanise
from compare.values import Finding, Place
from compare.words import key

#: Characters before a name that hold the preposition it follows.
_BEFORE = 24


@check("NAM401", mqm="accuracy/mistranslation")
def endings(analysis: Analysis) -> Iterator[Finding]:
    """Russian case ending left on a name.

    Known by the bare name elsewhere in the version, by the forms of the source's lemma, or by those of a place that the
    authority file knows.

    Wrong:
    - Khalil Pasha came to Moscow. In talks with [[Khalilon]] Pasha the government agreed.
    - The Greeks occupied Brusa and the [[Adani]] vilayet.
    - ru: Она сидела с Наташей. | en: She sat with [[Natashey]]. // ru: Наташа ушла. | en: Natasha left.

    Fine:
    - Khalil Pasha came to Moscow. In talks with Khalil Pasha the government agreed.
    - Roman law was taught in Adana. Karabakhi carpets come from Karabakh.
    - ru: Он говорил с Верой. | en: He talked with Vera.
    - Madame Lvova smiled at them. Lvova was in white.
    - ru: Отдохни немного. | en: Resta little.
    - ru: Пошлите в Суры. | en: Send to Sury. // ru: В Сурах тихо. | en: All is quiet in Sury.
    - ru: Анатолий вошел. | en: Anatolii came in. // ru: Утром Анатолий ушел. | en: Anatolii left in the morning.

    Score: 0.9 when the bare name stands elsewhere or the source has that very form, 0.75 on the authority file's word.
    Source: Мильчин и Чельцова, Справочник издателя и автора, § 17 (names are given in the nominative).
    """
    names = analysis.names
    for entry in names.entries:
        for id, spellings in entry.spellings.items():
            if id == names.source:
                continue
            for spelling in spellings:
                judged = _judge(analysis, entry, spelling, spellings)
                if judged:
                    score, bare, why, evidence = judged
                    yield Finding(
                        check="NAM401",
                        severity="major",
                        score=score,
                        places=(spelling.places[0], *evidence, *spelling.places[1:]),
                        message=why,
                        suggestion=bare,
                    )


def _judge(
    analysis: Analysis, entry: Entry, spelling: Spelling, others: tuple[Spelling, ...]
) -> tuple[float, str, str, tuple[Place, ...]] | None:
    """Return score, bare name, reason and evidence; None for a spelling without an ending left on it."""
    names = analysis.names
    for other in others:
        if ending_left(other.key, spelling.key):
            return 0.9, other.text, f"“{spelling.text}” is “{other.text}” with a Russian case ending", other.places[:1]
    lemma = entry.group.lemma
    if (
        lemma
        and is_known_name(lemma)
        and not fits(lemma, spelling.text)
        and not (entry.known and spelling.text in entry.known.latin)
        and not _agreed(names, entry, spelling)
    ):
        written = plain(spelling.key)
        for form, case in case_forms(lemma):
            # A man's genitive is a woman's name: Panshina. And the source must have that very form in these rows.
            if (
                not form.endswith("а")
                and written in romanised(form) - romanised(lemma)
                and _source_has_form(analysis, form, spelling, lemma)
            ):
                scheme = names.schemes.get(spelling.places[0].version) or "modern English"
                bare = romanise(lemma, scheme).capitalize() if entry.proposed == spelling.text else entry.proposed
                return 0.9, bare, f"“{spelling.text}” is the {case} of {entry.name}", ()
    if known := oblique(spelling.key):
        place, form, case = known
        if not _source_names(names, place, spelling) or _is_a_person(spelling):
            return None
        return (
            0.75,
            place.modern,
            f"“{spelling.text}” looks like {form}, the {case} of {place.name}; see {place.source}",
            (),
        )
    return None


def _source_names(names: NameIndex, place: Known, spelling: Spelling) -> bool:
    """Tell whether the source names a place where a spelling stands; without a source the spelling alone must tell."""
    mentions = [m for row in spelling.rows for m in names.by_row.get((names.source or "", row), ())]
    return names.source is None or any(place in look_up(word.lemma) for m in mentions for word in m.words)


def _is_a_person(spelling: Spelling) -> bool:
    """Tell whether a title or a given name stands beside a spelling: Madame Lvova does not come from Lvov."""
    return any(word in titles() or is_given_name(word) for word in spelling.neighbours)


def _agreed(names: NameIndex, entry: Entry, spelling: Spelling) -> bool:
    """Tell whether several versions write the name so, and none otherwise: Galilee is no dative."""
    written = [{s.key for s in spellings} for id, spellings in entry.spellings.items() if id != names.source]
    return len(written) > 1 and all(keys == {spelling.key} for keys in written)


def _source_has_form(analysis: Analysis, form: str, spelling: Spelling, lemma: str) -> bool:
    """Tell whether the source has a form in most of the rows where a spelling stands."""
    names, source = analysis.names, analysis.collation.work.source
    text = source.text if source else ""
    rows = [
        any(
            key(word.text) == form
            and not is_plural_after(
                " ".join(text[max(mention.span.start - _BEFORE, 0) : mention.span.start].split()[-1:]).casefold(),
                form,
                lemma,
            )
            for mention in names.by_row.get((names.source or "", row), ())
            for word in mention.words
        )
        for row in spelling.rows
    ]
    return sum(rows) > 0.7 * len(rows)
