"""TRM201: a rendering against the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import SOURCE
from compare.terms.glossary import Term, false_friends, occurrences, written_in
from compare.values import Collation, Finding, Place, Row


@check("TRM201", mqm="terminology/inconsistent-with-terminology-resource", needs={"lemmatise"})
def glossary(analysis: Analysis) -> Iterator[Finding]:
    """Rendering against the glossary: one that it forbids, or none of those that it gives.

    The glossary is the table `glossary` of the work (term, preferred, allowed, forbidden; by lemma), followed by the
    false friends of Russian and English. Where there is a source, only rows that have the term count.

    Wrong:
    - ru: Она вошла в магазин. | en: She went into the [[magazine]].

    Fine:
    - ru: Она вошла в магазин. | en: She went into the shop.
    - ru: Она читала журнал. | en: She read a magazine.

    Score: 0.95 for what the work's glossary forbids, 0.8 for a false friend, 0.65 for a term without its rendering.
    Source: the work's glossary; ISO 12616; В. В. Акуленко (ред.), Англо-русский и русско-английский словарь «ложных
    друзей переводчика» (1969).
    """
    collation = analysis.collation
    for term in analysis.glossary:
        yield from _forbidden(analysis, term, 0.95)
        yield from _missing(analysis, term)
    if collation.work.source and collation.work.source.lang == SOURCE:
        own = {term.term.casefold() for term in analysis.glossary}
        for term in false_friends():
            if term.term.casefold() not in own:
                yield from _forbidden(analysis, term, 0.8, friend=True)


def _forbidden(analysis: Analysis, term: Term, score: float, *, friend: bool = False) -> Iterator[Finding]:
    collation = analysis.collation
    source = collation.work.source
    bound = source is not None and written_in(term.term, source.lang)
    for version in collation.work.versions:
        if version.role == "source":
            continue
        for form in term.forbidden:
            for place, row in occurrences(collation, analysis.lemmas, version.id, form):
                if bound and source:
                    stated = [p for p, _ in occurrences(collation, analysis.lemmas, source.id, term.term, row)]
                    if friend and _named(collation, place):  # a newspaper's name, which no dictionary translates
                        stated = [p for p in stated if not _named(collation, p)]
                    if not stated:
                        continue
                if not _inside_good(analysis, version.id, term, place, row):
                    right = term.preferred[0] if term.preferred else None
                    message = f"“{place.text}” is not a rendering of “{term.term}”"
                    yield Finding(
                        check="TRM201",
                        severity="major",
                        score=score,
                        places=(place,),
                        message=message,
                        suggestion=right,
                    )


def _named(collation: Collation, place: Place) -> bool:
    """Tell whether a word has a capital that no beginning of a sentence gives it."""
    before = collation.work.version(place.version).text[: place.span.start].rstrip()
    return place.text[:1].isupper() and before[-1:] not in ("", *".!?…:")


def _inside_good(analysis: Analysis, version: str, term: Term, place: Place, row: Row) -> bool:
    """Tell whether a forbidden form is only a part of a good one: "house" in "house of detention"."""
    collation = analysis.collation
    return any(
        good.span != place.span and good.span.covers(place.span)
        for form in (*term.preferred, *term.allowed)
        for good, _ in occurrences(collation, analysis.lemmas, version, form, row)
    )


def _missing(analysis: Analysis, term: Term) -> Iterator[Finding]:
    collation = analysis.collation
    source = collation.work.source
    if source is None or not written_in(term.term, source.lang) or not term.preferred:
        return
    for place, row in occurrences(collation, analysis.lemmas, source.id, term.term):
        for version in collation.work.versions:
            if version.role == "source" or version.id not in row.spans:
                continue
            known = (*term.preferred, *term.allowed, *term.forbidden)  # what is forbidden has been reported already
            if not any(any(occurrences(collation, analysis.lemmas, version.id, form, row)) for form in known):
                cell = collation.place_in(row, version.id)
                yield Finding(
                    check="TRM201",
                    severity="minor",
                    score=0.65,
                    places=(cell, place),
                    message=f"“{place.text}” should be “{term.preferred[0]}”, which is not here",
                )
