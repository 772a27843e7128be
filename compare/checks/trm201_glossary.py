"""TRM201: a rendering against the glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT, SOURCE
from compare.terms.glossary import Term, bases_of, false_friends, idioms, occurrences, written_in
from compare.values import Collation, Finding, Place, Row
from compare.words import frequencies, words

#: How many characters from its place, or what share of its cell, a word may stand that renders the source's.
_NEAR, _SHARE = 80, 0.2
#: Letters that all forms of a word begin with.
_BEGINNING = 3


@check("TRM201", mqm="terminology/inconsistent-with-terminology-resource", needs={"lemmatise"})
def glossary(analysis: Analysis) -> Iterator[Finding]:
    """Rendering against the glossary: one that it forbids, or none of those that it gives.

    The glossary is the table `glossary` of the work (term, preferred, allowed, forbidden; by lemma), followed by the
    false friends of Russian and English, and by idioms that are taken word for word. Where there is a source, only rows
    that have the term count.

    Wrong:
    - ru: Она вошла в магазин. | en: She went into the [[magazine]].
    - ru: Он работал спустя рукава. | en: He worked with his [[sleeves]] down.

    Fine:
    - ru: Она вошла в магазин. | en: She went into the shop.
    - ru: Она читала журнал. | en: She read a magazine.
    - ru: Он работал спустя рукава. | en: He worked carelessly.

    Score: 0.95 for what the work's glossary forbids, 0.8 for a false friend or an idiom, 0.65 for a
    term without its rendering.
    Source: the work's glossary; ISO 12616; В. В. Акуленко (ред.), Англо-русский и русско-английский словарь «ложных
    друзей переводчика» (1969).
    """
    for term in analysis.glossary:
        yield from _forbidden(analysis, term)
        yield from _missing(analysis, term)
    yield from _misled(analysis)


def _forbidden(analysis: Analysis, term: Term) -> Iterator[Finding]:
    """Find what the work's glossary forbids, where the source has the term if it is one of the source's."""
    collation = analysis.collation
    source = collation.work.source
    bound = source is not None and written_in(term.term, source.lang)
    for version in collation.work.versions:
        if version.role == "source":
            continue
        for form in term.forbidden:
            for place, row in occurrences(collation, analysis.lemmas, version.id, form):
                if bound and source and not any(occurrences(collation, analysis.lemmas, source.id, term.term, row)):
                    continue
                if not _inside_good(analysis, version.id, term, place, row):
                    yield Finding(
                        check="TRM201",
                        severity="major",
                        score=0.95,
                        places=(place,),
                        message=f"“{place.text}” is not a rendering of “{term.term}”",
                        suggestion=term.preferred[0] if term.preferred else None,
                    )


def _misled(analysis: Analysis) -> Iterator[Finding]:
    """Find false friends, and words of an idiom taken as they stand, where nothing right stands in the cell."""
    collation, source = analysis.collation, analysis.collation.work.source
    if source is None or source.lang != SOURCE:
        return
    rows = defaultdict[str, list[Row]](list)
    for row in collation.rows:
        for each in set(analysis.lemmas[source.id, row.number][1]) if source.id in row.spans else ():
            rows[each].append(row)
    own = {term.term.casefold() for term in analysis.glossary}
    begun = {form[:_BEGINNING].casefold() for form in frequencies(source.text)}
    for term in (*false_friends(), *idioms()):
        # lemmas are dear: most terms have words that the source does not even begin to have
        if term.term.casefold() in own or not begun.issuperset(
            w.text[:_BEGINNING].casefold() for w in words(term.term)
        ):
            continue
        for row in rows[bases_of(term.term, SOURCE)[0]]:
            stated = [place for place, _ in occurrences(collation, analysis.lemmas, source.id, term.term, row)]
            for version in collation.work.versions if stated else ():
                if version.lang == DEFAULT and version.role != "source" and version.id in row.spans:
                    yield from _misleading(analysis, term, version.id, row, stated)


def _misleading(analysis: Analysis, term: Term, version: str, row: Row, stated: Sequence[Place]) -> Iterator[Finding]:
    def found(forms: Sequence[str]) -> Iterator[Place]:
        return (p for form in forms for p, _ in occurrences(analysis.collation, analysis.lemmas, version, form, row))

    if any(True for _ in found((*term.preferred, *term.allowed))):
        return
    for place in found(term.forbidden):
        # a newspaper's name no dictionary translates
        both_named = _named(analysis.collation, place) and all(_named(analysis.collation, each) for each in stated)
        if both_named or not any(_face(analysis.collation, row, place, each) for each in stated):
            continue
        right, idiom = term.preferred[0], " " in term.term
        said = f"takes “{term.term}” word for word; “{right}” is meant" if idiom else f"does not render “{term.term}”"
        yield Finding(
            check="TRM201",
            severity="major",
            score=0.8,
            places=(place, stated[0]),
            message=f"“{place.text}” {said}",
            suggestion=None if idiom else right,  # it does not stand for one word of the idiom
        )


def _face(collation: Collation, row: Row, *places: Place) -> bool:
    """Tell whether places of two versions stand about as far into their cells: a long row has many words."""
    cells = [row.spans[place.version] for place in places]
    here, there = ((p.span.start - cell.start) / (cell.end - cell.start) for p, cell in zip(places, cells, strict=True))
    longest = max(cell.end - cell.start for cell in cells)
    return abs(here - there) * longest <= max(_NEAR, _SHARE * longest)


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
