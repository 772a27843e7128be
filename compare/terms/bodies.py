"""What each version has for the names of the source that are made of words: ministries, funds, newspapers.

A person or a place is spelled, a ministry is translated, and a translator who does not know it translates it otherwise
each time. The source's name is its capitals with what belongs to them («Верховный суд», «Министерство обороны»); what
renders it is the capitalised phrase about the words that it is linked with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.lang import DEFAULT, SOURCE, language
from compare.names.detect import bare
from compare.names.exonyms import is_place
from compare.names.inflection import lands
from compare.names.lemmas import is_known_name, is_of_person
from compare.terms.glossary import phrases
from compare.values import Place
from compare.wordalign.aligned_words import AlignedWords
from compare.words import Word, in_dictionary, is_blank, is_function, key, lemma, parses

#: The probability of a link from which on it shows what renders a word: little, for an abbreviation is like no word of
#: the dictionary; and letters of a word that may be a name.
_LINKED, _LEAST = 0.05, 3
#: Letters that words of one family begin with.
_AKIN = 4
#: Where one capitalised phrase is two: "the Fund and the Union", "Today the Ministry".
_JOINT = re.compile(r"\s+(?:and(?:\s+the)?|(?<!of )(?<!for )(?<!to )(?<!on )(?<!in )the)\s+")
#: Kinds of Russian words that a name begins with, as pymorphy has them; others with a capital only open a sentence.
_HEADS = frozenset({"NOUN", "ADJF", "PRTF", "NUMR", None})
#: What may stand before a quotation mark that opens no speech, and the marks themselves.
_SPEAKS, _QUOTES = ".!?…:,;-–—([", "\"“„«'‘"


@dataclass(frozen=True, slots=True)
class Body:
    """A name of the source in one row, and what renders it in a version."""

    row: int
    version: str
    name: tuple[str, ...]
    """The lemmas of the source's words."""
    certain: bool
    """Whether the source's capital tells a name: it does not open a sentence."""
    source: Place
    place: Place
    words: tuple[str, ...]
    """The version's words of content, as dictionaries have them."""
    translated: bool
    """Whether these are words of the dictionary, all of them."""


def bodies(aligned: AlignedWords) -> Iterator[Body]:
    """Find the names of a Russian source, persons and places apart, and what renders each in the English versions."""
    collation, source = aligned.collation, aligned.collation.work.source
    if source is None or source.lang != SOURCE:
        return
    english = [v.id for v in collation.work.versions if v.lang == DEFAULT and v.role != "source"]
    for i, row in enumerate(collation.rows):
        cell = aligned.cells[source.id][i]
        if cell is None:
            continue
        text = collation.cell(row, source.id)
        for start, stop in _names(text, cell.words):
            name = tuple(lemma(word.text, SOURCE) for word in cell.words[start:stop])
            certain = _is_certain(text, cell.words[start])
            for version in english:
                if aligned.cells[version][i] and (found := _rendering(aligned, version, i, range(start, stop))):
                    first, last, words = found
                    yield Body(
                        row.number,
                        version,
                        name,
                        certain,
                        aligned.place(source.id, i, start, stop),
                        aligned.place(version, i, first, last),
                        tuple(words),
                        all(in_dictionary(each, DEFAULT) for each in words),
                    )


def same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two phrases may be one name: one of them the other shortened, or its initials.

    `same(["foreign", "ministry"], ["ministry", "foreign", "affair"])`, `same(["wb"], ["world", "bank"])`.
    """
    short, long = sorted((list(one), list(other)), key=len)
    initials = len(short) == 1 and short[0] == "".join(word[0] for word in long)
    return initials or all(any(_akin(word, each) for each in long) for word in short)


def _akin(one: str, other: str) -> bool:
    spell = language(DEFAULT).one_spelling or str
    return spell(one) == spell(other) or (min(len(one), len(other)) >= _AKIN and one[:_AKIN] == other[:_AKIN])


def _names(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words of a Russian text with what belongs to them, as indices."""
    stop = 0
    for start in range(len(found)):
        if start < stop or not _is_capital(found[start]) or parses(found[start].text)[0].tag.POS not in _HEADS:
            continue
        stop = start + 1
        while stop < len(found) and is_blank(text[found[stop - 1].end : found[stop].start]):
            adjective = "ADJF" in parses(found[stop - 1].text)[0].tag
            if not (adjective or _is_capital(found[stop]) or _is_genitive(found[stop].text)):
                break
            stop += 1
            if not adjective and not _is_capital(found[stop - 1]):
                break
        if not any(_is_excluded(word.text) for word in found[start:stop] if word.text[0].isupper()):
            yield start, stop


def _is_capital(word: Word) -> bool:
    text = word.text
    return text[0].isupper() and len(text) >= _LEAST and not text.isascii() and not is_function(text, SOURCE)


def _is_genitive(text: str) -> bool:
    return {"NOUN", "gent"} in parses(text)[0].tag


def _is_excluded(text: str) -> bool:
    """Tell whether a word is of a person, a place or a people: these are spelled, or have a settled form."""
    base = lemma(text, SOURCE)
    return is_of_person(text) or is_known_name(base) or is_place(base) or base in lands()


def _is_certain(text: str, word: Word) -> bool:
    """Tell whether a capital does not open a sentence or a speech; a title in quotation marks is a name too."""
    before = text[: word.start].rstrip()
    quoted = before[-1:] in _QUOTES
    before = before.rstrip(_QUOTES).rstrip()
    return bool(before) and before[-1] not in _SPEAKS and (not quoted or before[-1].isalnum())


def _rendering(aligned: AlignedWords, version: str, i: int, name: range) -> tuple[int, int, list[str]] | None:
    """Return the capitalised phrase about the words that a name is linked with, as indices, and its content's lemmas.

    None where they are written small, open a sentence and are of the dictionary, or name a place.
    """
    text, found = aligned.collation.cell(aligned.collation.rows[i], version), aligned.cell(version, i).words
    cover = aligned.cover(aligned.source, version, i)
    linked = {cover.at[n] for n in name if cover.at[n] >= 0 and cover.share[n] >= _LINKED}
    runs = [
        [k for k, word in enumerate(found) if start <= word.start < stop]
        for _, first, last in phrases(text)
        for start, stop in _parted(text, first, last)
    ]
    runs += [[k] for k in linked if _is_named(text, found[k]) and not any(k in run for run in runs)]
    run = max(runs, key=lambda run: len(linked.intersection(run)), default=[])
    if not linked.intersection(run) or is_place(text[found[run[0]].start : found[run[-1]].end]):
        return None
    content = [each for k in run if not is_function(each := bare(found[k].text), DEFAULT) and len(each) > 1]
    return (run[0], run[-1] + 1, [lemma(key(each), DEFAULT) for each in content]) if content else None


def _parted(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Part a phrase where it may be two; one name with "and" is long enough to be known by a part."""
    for joint in _JOINT.finditer(text, start, stop):
        yield start, joint.start()
        start = joint.end()
    yield start, stop


def _is_named(text: str, word: Word) -> bool:
    """Tell whether a word with a capital is a name by it."""
    return word.text[0].isupper() and (_is_certain(text, word) or not in_dictionary(bare(word.text), DEFAULT))
