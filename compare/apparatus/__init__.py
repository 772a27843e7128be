"""The apparatus: every place where versions of one language differ, what each has there, of what kind, and how grave.

Words are laid in columns row by row (`columns`), neighbouring columns that differ make a site (`sites`), the readings
of a site are classed pair by pair (`classes`) and compared with the source's words at that place (`evidence`).

- `tokens`: words and marks of a cell
- `likeness`: how alike two tokens are: the same word, a form, a spelling, a like meaning
- `columns`: the tokens of all versions of a row in columns
- `sites`: places where versions differ, and their readings
- `classes`: the kind of variant, by rules; `features` and `judgement`: by learned models, where no rule decides
- `evidence`: what the source has at a site, and how close each reading comes to it
- `statements`: whether the source states the number or the denial that a reading does
- `language`: what of a language's pack the rules use
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from compare.apparatus.classes import SLIGHT, Kind, Language, NameOf, by_rule
from compare.apparatus.evidence import Evidence, evidence_of, support
from compare.apparatus.features import NAMES, Pair, denied, features
from compare.apparatus.judgement import likeliest, pooled, probabilities, wanted
from compare.apparatus.language import language
from compare.apparatus.sites import Passage, Words, grouped, passages
from compare.apparatus.statements import stated
from compare.values import Collation, Reading, Site, Sites

if TYPE_CHECKING:
    from compare.names.index import NameIndex
    from compare.wordalign.aligned_words import AlignedWords
    from compare.wordalign.renderings import Renderings

#: How much of the text before and after a site is quoted with it at most, in characters.
_CONTEXT, _SPACE = 30, re.compile(r"\s+")


def find_sites(
    collation: Collation, rows: Iterable[Words], words: AlignedWords, names: NameIndex, renderings: Renderings
) -> Sites:
    """Find the sites of rows whose words stand in columns, in reading order."""
    found = (site for row in rows for site in _row(collation, words, names, renderings, language(row.lang), row))
    return Sites(sorted(found, key=lambda site: (site.row, site.number, site.readings[0].versions)))


def _row(
    collation: Collation,
    words: AlignedWords,
    names: NameIndex,
    renderings: Renderings,
    language: Language,
    row: Words,
) -> Iterator[Site]:
    """Make the sites of a row; two that changed their words with one another are of the kind `order`."""
    listed = list(passages(row))
    names_of = named(collation, names, row)
    crossed = _crossed(listed)
    evidence = evidence_of(collation, words, renderings, row)
    text = collation.cell(collation.rows[row.row_index], row.versions[0])
    for number, passage in enumerate(listed, 1):
        groups = list(grouped(passage).values())
        first = [group[0] for group in groups]
        held = evidence(passage)
        compared = [compare_readings(Pair(passage, a, b), language, held, names_of) for a, b in combinations(first, 2)]
        kinds, measured = pooled(compared)
        kind = "order" if number in crossed else _turned(likeliest(kinds), groups, passage, held)
        closeness = stated(kind, collation, passage, first) or [held.closeness(version) for version in first]
        before, after = _context(passage, text)
        yield Site(
            row=row.row_index + 1,
            number=number,
            kind=kind,
            score=round(wanted({kind: 1.0} if number in crossed else kinds, measured), 4),
            readings=tuple(
                _reading(collation, passage, group, near, chosen)
                for group, near, chosen in zip(groups, closeness, support(closeness), strict=True)
            ),
            source=held.places,
            counterpart=crossed.get(number),
            before=before,
            after=after,
        )


def compare_readings(
    pair: Pair, language: Language, held: Evidence, names: NameOf
) -> tuple[Mapping[Kind, float], list[float]]:
    """Say how likely each kind is of two readings of one place, by rule or by features, and give these. Symmetric."""
    kind, measured = known(pair, language, held, names)
    return {kind: 1.0} if kind else probabilities(measured), measured


def known(pair: Pair, language: Language, held: Evidence, names: NameOf) -> tuple[Kind | None, list[float]]:
    """Class two readings by rule and measure them; None for kinds that have to be weighed."""
    one, two = (pair.passage.reading(version) for version in (pair.one, pair.two))
    deny = denied(pair, language)
    kind = by_rule(one, two, language, names, deny)
    return kind, [0.0] * len(NAMES) if kind in SLIGHT else features(pair, language, held, deny)


def _crossed(listed: list[Passage]) -> Mapping[int, int]:
    """Pair the sites, by their numbers, of which each has in one version what the other has in another."""
    out: dict[int, int] = {}

    contents = [
        [tuple(t.lemma for t in reading if not t.mark and not t.function) for reading in passage.readings]
        for passage in listed
    ]
    for (m, one), (n, two) in combinations(enumerate(contents, 1), 2):
        for a, b in combinations(range(len(one)), 2):
            here, there = (one[a], one[b]), (two[a], two[b])
            if here[0] != here[1] and here == there[::-1] and any(here) and m not in out and n not in out:
                out[m], out[n] = n, m
    return out


def _turned(kind: Kind, groups: list[tuple[int, ...]], passage: Passage, held: Evidence) -> Kind:
    """Say whether an omission is one: what the source has, or else most versions, was omitted, anything else added."""
    if kind != "omission" or held.supported:
        return kind
    shorter = [group for group in groups if not any(not t.function for t in passage.reading(group[0]))]
    without = sum(map(len, shorter))
    return "addition" if held.known or 2 * without > len(passage.words.versions) else "omission"


def named(collation: Collation, names: NameIndex, row: Words) -> NameOf:
    """Return what looks up the name that a token of a row stands for."""
    found: dict[int, str] = {}
    for version, name in enumerate(row.versions):
        base = collation.rows[row.row_index].spans[name].start
        at = {base + token.start: token for token in row.tokens[version]}
        for mention in names.by_row.get((name, row.row_index + 1), ()):
            for word in mention.words:
                token = at.get(word.span.start)
                if token and (entry := names.entry(name, word)):
                    found[id(token)] = entry.name
    return lambda token: found.get(id(token))


def _reading(
    collation: Collation,
    passage: Passage,
    group: tuple[int, ...],
    closeness: float | None,
    supported: bool | None,
) -> Reading:
    row = collation.rows[passage.words.row_index]
    spans = {}
    for version in group:
        id = passage.words.versions[version]
        base, (start, end) = row.spans[id].start, passage.span(version)
        spans[id] = (base + start, base + end)
    first, (start, end) = next(iter(spans.items()))
    return Reading(tuple(spans), collation.work.version(first).text[start:end], spans, closeness, supported)


def _context(passage: Passage, text: str) -> tuple[str, str]:
    """Quote what the first version, which has this cell, has before and after the site: whole words, on one line."""
    tokens = passage.words.tokens[0]
    start, end = passage.span(0)
    first = bisect.bisect_left(tokens, start - _CONTEXT, key=lambda t: t.start)
    last = bisect.bisect_right(tokens, end + _CONTEXT, key=lambda t: t.end)
    before = text[tokens[first].start : start] if first < len(tokens) else ""
    after = text[end : tokens[last - 1].end] if last else ""
    return _SPACE.sub(" ", before), _SPACE.sub(" ", after)
