"""TRM103: one term of the source with several renderings."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT, SOURCE
from compare.terms.glossary import offices, renderings
from compare.values import Collation, Finding, Place, Span
from compare.words import is_function, key, lemma, words


@check("TRM103", mqm="terminology/inconsistent-use-of-terminology", default=False)
def office(analysis: Analysis) -> Iterator[Finding]:
    """One term of the source with several renderings in a version.

    A word of office and its neighbour in the source, by lemma («народный комиссар», «съезд Советов»), met in several
    rows; its customary English renderings are sought in the cells of these rows.

    Wrong:
    - ru: Собрался съезд крестьян. | en: The congress of peasants met. // ru: Кончился съезд крестьян.
      | en: The congress of peasants ended. // ru: На съезде крестьян шумели. | en: There was noise at the
      [[convention]] of peasants.

    Fine:
    - ru: Собрался съезд крестьян. | en: The congress of peasants met. // ru: На съезде крестьян шумели. | en: There was
      noise at the congress of peasants.

    Score: 0.7; 0.55 where both renderings are equally frequent.
    Source: ISO 704 (one concept, one term); ISO 5060.
    """
    collation = analysis.collation
    source = collation.work.source
    if source is None or source.lang != SOURCE:
        return
    terms: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, row in enumerate(collation.rows):
        if source.id not in row.spans:
            continue
        _, lemmas = analysis.lemmas[source.id, row.number]
        for one, two in dict.fromkeys(itertools.pairwise(lemmas)):
            if (one in offices() or two in offices()) and not is_function(one, SOURCE) and not is_function(two, SOURCE):
                terms[one, two].append(at)
    for version in collation.work.versions:
        if version.role == "source" or version.lang != DEFAULT:
            continue
        # What varies inside a capitalised phrase is TRM101's.
        phrased = [place.span for group in renderings(collation, version.id) for places in group for place in places]
        reported: set[tuple[int, int]] = set()
        for (one, two), rows in sorted(terms.items(), key=lambda item: item[1]):
            for office in (one, two):
                if office in offices() and len(rows) > 1:
                    yield from _vary(collation, version.id, f"{one} {two}", office, rows, reported, phrased)


def _vary(
    collation: Collation,
    version: str,
    term: str,
    office: str,
    rows: list[int],
    reported: set[tuple[int, int]],
    phrased: list[Span],
) -> Iterator[Finding]:
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for at in rows:
        row = collation.rows[at]
        if version not in row.spans:
            continue
        titles = [w for w in words(collation.cell(row, version)) if _forms(w.text) & offices()[office]]
        kinds = {min(_forms(w.text) & offices()[office]) for w in titles}
        if len(kinds) == 1:
            word = titles[0]
            found[kinds.pop()].append(collation.place_in(row, version, word.start, word.end))
    order = sorted(found, key=lambda kind: (-len(found[kind]), found[kind][0].span))
    if not order or Counter(map(len, found.values()))[1] == len(order) > 2:
        return
    main = found[order[0]]
    for kind in order[1:]:
        other = [place for place in found[kind] if (place.span.start, place.span.end) not in reported]
        reported |= {(place.span.start, place.span.end) for place in other}
        other = [place for place in other if not any(span.covers(place.span) for span in phrased)]
        if other:
            yield Finding(
                check="TRM103",
                severity="minor",
                score=0.55 if len(found[kind]) == len(main) else 0.7,
                places=(other[0], main[0], *other[1:]),
                message=f"“{term}” is rendered with “{other[0].text}” here and with “{main[0].text}” elsewhere",
                suggestion=main[0].text if other[0].text[0].isupper() == main[0].text[0].isupper() else None,
            )


def _forms(word: str) -> frozenset[str]:
    return frozenset({key(word), lemma(word, DEFAULT)})
