"""The tokens of a cell: words and marks, the smallest things that versions can differ in."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from compare.quantities.numbers import quantities
from compare.words import is_function, key, lemma, words

_MARK = re.compile(r"\S")
#: Marks that are read as words: one may stand where another version has a word.
SIGNS = frozenset("&%§№$€£+=°")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark, and the half-open range of characters of its cell that it covers."""

    text: str
    start: int
    end: int
    key: str
    """What makes two tokens the same: letters folded, marks as they are."""
    lemma: str
    """The dictionary form; of a mark the mark."""
    mark: bool = False
    function: bool = False
    number: bool = False
    """Whether it says a number by itself, as one word at least of every number does."""


def tokens(text: str, lang: str) -> tuple[Token, ...]:
    """Cut a cell into words and marks, in order; every character but white space is in exactly one of them."""
    found: list[Token] = []
    end = 0
    for word in words(text):
        found += _marks(text, end, word.start, lang)
        form, base, function, number = _read(word.text, lang)
        found.append(Token(text[word.start : word.end], word.start, word.end, form, base, False, function, number))
        end = word.end
    return (*found, *_marks(text, end, len(text), lang))


@functools.lru_cache(1 << 16)
def _read(word: str, lang: str) -> tuple[str, str, bool, bool]:
    """Return a word's key, its lemma, whether it is a function word, and whether it says a number."""
    return key(word), lemma(word, lang), is_function(word, lang), _is_number(word, lang)


@functools.lru_cache(1 << 16)
def _is_number(text: str, lang: str) -> bool:
    return bool(quantities(text, lang))


def _marks(text: str, start: int, end: int, lang: str) -> list[Token]:
    """Take the marks of a stretch, each alone."""
    if not (between := text[start:end]) or between.isspace():
        return []
    found = [(m.group(), start + m.start(), start + m.end()) for m in _MARK.finditer(between)]
    return [Token(mark, a, b, mark, mark, mark=True, number=_is_number(mark, lang)) for mark, a, b in found]
