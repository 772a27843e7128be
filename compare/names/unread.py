"""Whether a source in a language that the models cannot read writes a name: letter for letter, in its own alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from compare.lang import language
from compare.names.alphabets import alphabets, spellings
from compare.names.romanisation import plain
from compare.wordalign.unread_source import UnreadSource
from compare.words import readings, words


def comparable(lang: str) -> bool:
    """Tell whether names in a language can be compared letter by letter with those of English."""
    return "LATIN" in language(lang).scripts or any(each.language == lang for each in alphabets())


class Written(IntEnum):
    """How a cell has a name: not at all, with one more letter as its ending, or letter for letter."""

    NOT = 0
    WITH_ENDING = 1
    EXACTLY = 2


def written(source: UnreadSource, i: int, name: str) -> Written:
    """Return how the source has a name in the row of that index, both with a capital.

    A name in another alphabet, or its dictionary form, is compared as every scheme of its language romanises it.
    """
    if not name[:1].isupper():
        return Written.NOT
    forms = {
        form
        for word in words(source.cell(i))
        if word.text[:1].isupper()
        for form in _forms(word.text, source.version.lang)
    }
    if name in forms:
        return Written.EXACTLY
    return Written(any(form.startswith(name) and len(form) == len(name) + 1 for form in forms))


def _forms(word: str, lang: str) -> Iterator[str]:
    romanised = [spelling for form in (word, *readings(word, lang)) for spelling in spellings(form, lang)]
    yield from (plain(spelling).capitalize() for spelling in romanised) if romanised else (word,)
