"""SEM111: a word of the source that was spelled in other letters and not translated."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from compare.analysis import Analysis
from compare.analysis.by_rows import finding
from compare.checks import check
from compare.lang import DEFAULT
from compare.messages import and_more, quoted
from compare.names.agreement import is_russian, likeness
from compare.names.lemmas import may_be_name
from compare.names.romanisation import plain
from compare.values import Finding
from compare.wordalign.aligned_words import AlignedWords, place_of
from compare.wordalign.rendered_cells import translations
from compare.wordalign.renderings import Entry, english_lemma
from compare.wordalign.vocabulary import Cell
from compare.words import in_dictionary, is_compound, is_function, key, lemma

#: Letters that a word has at least; log odds from which on it spells a word of the source, and where its version
#: clearly spells that word so elsewhere.
_LEAST, _SPELLS, _SPELLS_AGAIN = 4, 1.5, -2.0
#: Share of equal letters from which on a known rendering is the same borrowed word.
_BORROWED = 0.75
#: Share of equal letters from which on two words that no dictionary has are forms of one.
_FORMS = 0.6


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A word that may spell one of the source; words are given by index, the row by its number."""

    row: int
    version: str
    at: int
    source: int
    odds: float
    """Log odds that it does."""
    base: str
    """The source's lemma."""
    by_others: Mapping[str, int]
    """For each other version that is known to render the source's word: which word does."""


def _spelled(analysis: Analysis) -> Iterator[_Spelled]:
    """Find the words of translations that may spell one of the source."""
    aligned, known = analysis.words, analysis.renderings
    versions = translations(aligned.collation)
    for i, row in enumerate(aligned.collation.rows):
        cells = {v: cell for v in versions if (cell := aligned.cells[v][i])}
        if not cells or aligned.cells[aligned.source][i] is None:
            continue
        used = {v: {key(w.text) for w in cell.words} for v, cell in cells.items()}
        for version, cell in cells.items():
            text, others = aligned.collation.cell(row, version), [v for v in cells if v != version]
            for k, word in enumerate(cell.words):
                tagged = text[max(word.start - 1, 0) : word.start] in ("#", "@")
                written = key(word.text) if k == 0 and word.text.istitle() else word.text  # a sentence's own capital
                if tagged or not _is_unknown(written) or any(_has(used[v], key(word.text)) for v in others):
                    continue
                odds, at, base = _nearest(aligned, i, word.text)
                entry = known.entry(base)
                form = aligned.cell(aligned.source, i).words[at].text
                if written != word.text and (may_be_name(form) or is_russian(key(form))):
                    continue
                if odds < _SPELLS_AGAIN or _renderings(entry, cell) or not _is_otherwise(entry, word.text):
                    continue
                by_others = {v: n for v in others for n in _renderings(entry, cells[v])[:1]}
                yield _Spelled(row.number, version, k, at, odds, base, by_others)


_SPELLED = finding("spelled", _spelled, (_Spelled,))


@check(
    "SEM111",
    mqm="accuracy/untranslated",
    needs={"models", "knows"},
    yields=("NAM", "TYP107", "TYP201"),
    asks=[_SPELLED],
)
def untranslated(analysis: Analysis) -> Iterator[Finding]:
    """A word of the source that was only spelled in other letters

    Wrong:
    - a: He put on his new [[pidzhak]]. | b: He put on his new jacket. | ru: Он надел новый пиджак.
    - a: [[Pidzhak]] and hat lay there. | b: A jacket and a hat lay there. | ru: Пиджак и шляпа лежали там.
    Fine:
    - a: He put on his new jacket. | b: He put on his jacket, which was new. | ru: Он надел новый пиджак.
    - a: His pidzhak was new. | b: New were his pidzhaki. | ru: Его пиджак был новый.
    - a: They drank kvass. | b: They drank rye-beer. | ru: Они пили квас.
    - a: He bought autocomponents. | b: He bought car parts. | ru: Он купил автокомпоненты.
    - a: The song was called pidzhak, the jacket. | b: The song was called The Jacket. | ru: Песня называлась «Пиджак».

    In small letters or opening a row, in no dictionary and in no other version of the row; the source's word, spelled
    alike, is no name, is known to be rendered by other words (`compare.wordalign.renderings`) and never by this one,
    which tells it from a borrowed word such as "kvass"; and none of those stands in the row to explain it.

    Score: 0.9 where another version renders the word as is known, 0.7 where none does. Major where two other versions
    do, neutral where none does, for it may be meant: knout, ukase. One finding for a word of the source in a version,
    with all its places.
    Source: MQM, accuracy/untranslated; spelling across scripts by the model of names (`compare.names.similarity`).
    """
    found = defaultdict[tuple[str, str], list[_Spelled]](list)
    for each in analysis.found(_SPELLED):
        found[each.version, each.base].append(each)
    for spelled in found.values():
        if max(each.odds for each in spelled) >= _SPELLS:
            yield _finding(analysis, spelled)


def _finding(analysis: Analysis, spelled: Sequence[_Spelled]) -> Finding:
    """Say it where most other versions render the word, and name the further places."""
    collation = analysis.collation
    assert collation.work.source is not None
    shown = max(spelled, key=lambda each: (len(each.by_others), -each.row))
    i = shown.row - 1
    place, *rest = (
        place_of(collation, each.version, each.row - 1, each.at, each.at + 1)
        for each in (shown, *(each for each in spelled if each is not shown))
    )
    source_word = place_of(collation, collation.work.source.id, i, shown.source, shown.source + 1)
    by_others = [place_of(collation, v, i, at, at + 1) for v, at in shown.by_others.items()]
    evidence = analysis.renderings.evidence(source_word.text, shown.base)
    message = f"“{place.text}” only transliterates {quoted((source_word,))}{and_more(len(rest))}"
    return Finding(
        check="SEM111",
        severity="major" if len(by_others) > 1 else "minor" if by_others else "neutral",
        score=0.9 if by_others else 0.7,
        places=(place, source_word, *by_others, *rest),
        message=f"{message}; {evidence}" if evidence else message,
        suggestion=by_others[0].text if by_others else None,
        row=shown.row,
    )


def _has(used: Set[str], word: str) -> bool:
    """Tell whether a version has a word, or a form of it: pomsky, pomskies."""
    return word in used or any(
        w[:_LEAST] == word[:_LEAST] and Levenshtein.normalized_similarity(w, word) >= _FORMS and _is_unknown(w)
        for w in used
    )


def _is_unknown(text: str) -> bool:
    """Tell whether an English word in small letters is in no dictionary, and no compound of two that are."""
    if len(text) < _LEAST or not (text.isalpha() and text.islower()) or is_function(text, DEFAULT):
        return False
    known = any(in_dictionary(each, DEFAULT) for each in (text, lemma(text, DEFAULT)))
    return not (known or is_compound(text, DEFAULT))


def _nearest(aligned: AlignedWords, i: int, text: str) -> tuple[float, int, str]:
    """Return of the source's words in a row, names apart, the one that a word spells best: log odds, index, lemma."""
    best = (-math.inf, 0, "")
    for each in aligned.content[aligned.source][i]:
        form = aligned.cell(aligned.source, i).words[each.at].text
        if not each.name and not form.isascii():
            odds = max(likeness(key(text), each.lemma), likeness(key(text), key(form)))
            best = max(best, (odds, each.at, each.lemma), key=lambda found: found[0])
    return best


def _renderings(entry: Entry, cell: Cell) -> list[int]:
    """Return which words of a cell are known to render a word of the source."""
    return [k for k, w in enumerate(cell.words) if english_lemma(w.text) in entry.renderings]


def _is_otherwise(entry: Entry, text: str) -> bool:
    """Tell whether a word of the source has known renderings, none of them the word itself however it is spelled."""
    spelled = plain(text)
    return any(each.isascii() for each in entry.renderings) and all(
        Levenshtein.normalized_similarity(spelled, plain(each)) < _BORROWED for each in entry.renderings
    )
