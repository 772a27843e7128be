"""SEM111: a word of the source that was spelled in other letters and not translated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.messages import and_more, quoted
from compare.names.agreement import likeness
from compare.names.romanisation import plain
from compare.values import Finding, Place
from compare.wordalign.rendered_cells import translations
from compare.wordalign.renderings import Entry, english_lemma
from compare.words import Word, is_function, key, lemma, words

#: Letters that a word has at least; log odds from which on it spells a word of the source, and where its version
#: clearly spells that word so elsewhere.
_LEAST, _SPELLS, _SPELLS_AGAIN = 4, 1.5, -2.0
#: Share of equal letters from which on a known rendering is the same borrowed word.
_BORROWED = 0.75
#: Letters that the parts of a compound have at least: "micro-packet", "autocomponents".
_FIRST, _SECOND = 3, 5


@check("SEM111", mqm="accuracy/untranslated", needs={"models", "knows"}, yields=("NAM", "TYP107", "TYP201"))
def untranslated(analysis: Analysis) -> Iterator[Finding]:
    """A word of the source that was only spelled in other letters

    Wrong:
    - a: He put on his new [[pidzhak]]. | b: He put on his new jacket. | ru: Он надел новый пиджак.
    Fine:
    - a: He put on his new jacket. | b: He put on his jacket, which was new. | ru: Он надел новый пиджак.
    - a: They drank kvass. | b: They drank rye-beer. | ru: Они пили квас.
    - a: He bought autocomponents. | b: He bought car parts. | ru: Он купил автокомпоненты.
    - a: The song was called pidzhak, the jacket. | b: The song was called The Jacket. | ru: Песня называлась «Пиджак».

    In small letters, in no dictionary and in no other version of the row; the source's word, spelled alike, is no name,
    is known to be rendered by other words (`compare.wordalign.renderings`) and never by this one, which tells it from
    a borrowed word such as "kvass"; and none of those stands in the row to explain it.

    Score: 0.9 where another version renders the word as is known, 0.7 where none does. Major where two other versions
    do. One finding for a word of the source in a version, with all its places.
    Source: MQM, accuracy/untranslated; spelling across scripts by the model of names (`compare.names.similarity`).
    """
    collation = analysis.collation
    source, versions = collation.work.source, translations(collation)
    if source is None:
        return
    found: defaultdict[tuple[str, str], list[_Spelled]] = defaultdict(list)
    for i, row in enumerate(collation.rows):
        if source.id not in row.spans:
            continue
        here = [v for v in versions if v in row.spans]
        cells = {v: words(collation.cell(row, v)) for v in here}
        for version in here:
            others = [v for v in here if v != version]
            unknown = [w for w in cells[version] if _is_unknown(w, collation.cell(row, version), analysis, version)]
            for word in unknown:
                if any(key(word.text) == key(w.text) for v in others for w in cells[v]):
                    continue
                spelled = _spelled(analysis, i, word.text)
                if spelled is None:
                    continue
                odds, said, base = spelled
                entry = analysis.renderings.entry(base)
                if _renders(entry, cells[version]) or not _is_otherwise(entry, word.text):
                    continue
                start = row.spans[version].start
                by_others = [
                    collation.place(v, row.spans[v].start + w.start, row.spans[v].start + w.end)
                    for v in others
                    for w in _renders(entry, cells[v])[:1]
                ]
                place = collation.place(version, start + word.start, start + word.end)
                found[version, base].append(_Spelled(odds, row.number, place, said, by_others))
    for (_, base), places in found.items():
        if max(each.odds for each in places) < _SPELLS:
            continue
        number, first, said, by_others = max(places, key=lambda each: (len(each.by_others), -each.row))[1:]
        rest = [each.place for each in places if each.place != first]
        evidence = analysis.renderings.evidence(said.text, base)
        message = f"“{first.text}” only spells {quoted((said,))}{and_more(len(rest))}"
        yield Finding(
            check="SEM111",
            severity="major" if len(by_others) > 1 else "minor",
            score=0.9 if by_others else 0.7,
            places=(first, said, *by_others, *rest),
            message=f"{message}; {evidence}" if evidence else message,
            suggestion=by_others[0].text if by_others else None,
            row=number,
        )


class _Spelled(NamedTuple):
    """A word that spells one of the source, with the words of other versions that are known to render that one."""

    odds: float
    row: int
    place: Place
    said: Place
    by_others: list[Place]


def _is_unknown(word: Word, cell: str, analysis: Analysis, version: str) -> bool:
    """Tell whether a word in small letters is in no dictionary, and neither a compound of two that are nor a tag."""
    text, lang = word.text, analysis.collation.work.version(version).lang
    known = language(lang).knows
    if known is None or len(text) < _LEAST or not (text.isalpha() and text.islower()) or is_function(text, lang):
        return False
    if cell[max(word.start - 1, 0) : word.start] in ("#", "@") or known(key(text)) or known(lemma(text, lang)):
        return False
    folded = key(text)
    return not any(
        known(folded[:k]) and known(lemma(folded[k:], lang)) for k in range(_FIRST, len(folded) - _SECOND + 1)
    )


def _spelled(analysis: Analysis, i: int, text: str) -> tuple[float, Place, str] | None:
    """Find the source's word that a word may spell: log odds, place, lemma; None for names and where there is none."""
    aligned = analysis.words
    best: tuple[float, int, str] | None = None
    for each in aligned.content[aligned.source][i]:
        form = aligned.cell(aligned.source, i).words[each.at].text
        if each.name or form.isascii():
            continue
        odds = max(likeness(key(text), each.lemma), likeness(key(text), key(form)))
        if odds >= _SPELLS_AGAIN and (best is None or odds > best[0]):
            best = odds, each.at, each.lemma
    if best is None:
        return None
    odds, at, base = best
    return odds, aligned.place(aligned.source, i, at, at + 1), base


def _renders(entry: Entry, cell: list[Word]) -> list[Word]:
    """Return the words of a cell that are known to render a word of the source."""
    return [w for w in cell if english_lemma(w.text) in entry.renderings]


def _is_otherwise(entry: Entry, text: str) -> bool:
    """Tell whether a word of the source has known renderings, none of them the word itself however it is spelled."""
    spelled = plain(text)
    return any(each.isascii() for each in entry.renderings) and all(
        Levenshtein.normalized_similarity(spelled, plain(each)) < _BORROWED for each in entry.renderings
    )
