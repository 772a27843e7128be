"""Words of texts: where they stand, the key to compare by, the lemma, function or content.

Keys and lemmas are for comparing; the text itself is never rewritten. What depends on the language its pack knows
(`compare.lang`).
"""

from __future__ import annotations

import functools
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compare.lang import DEFAULT, SOURCE, language, languages
from compare.remembered import remembered

_LETTERS = r"[^\W\d_]"
#: Characters that no reader sees: soft hyphens, joiners, spaces of no width.
UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
#: Accents and marks of stress that stand behind their letter.
ACCENTS = "\u0300-\u036f"
_HYPHENS = "\\-\u2010\u2011"
#: What divides a word at the end of a line, and the line's end.
_DIVISION = rf"(?P<division>[{_HYPHENS}¬]|\u00ad)[^\S\r\n]*(?:\r\n|[\r\n])[^\S\r\n]*(?=[^\W\d_A-ZА-ЯЁ])"
# Groups repeat in an atomic one: Python before 3.11.5 forgets where a possessive group stood that fails half-way.
_RUN = rf"{_LETTERS}++(?>(?:[{ACCENTS}{UNSEEN}]++{_LETTERS}++)*)[{ACCENTS}]*+"
#: The letter of a line's end or tab that a table's writer has spelled out: "flying\\nTo look".
_ESCAPED = r"(?<=\\)[nrt]"


def _pattern(run: str, joint: str) -> re.Pattern[str]:
    return re.compile(rf"(?!{_ESCAPED}){run}(?>(?:{joint}{run})*)|\d++(?>(?:[.,]\d++)*)")


# Letters with inner apostrophes and hyphens ("People's", "Sami-bey", «по-русски»), or figures ("1,250", "2.5").
_JOINT = f"['’ʼ‘{_HYPHENS}]"
_WORD = _pattern(f"{_LETTERS}++", _JOINT)
_ODD_WORD = _pattern(_RUN, f"(?:{_JOINT}|{_DIVISION.replace('?P<division>', '?:')})")
_PLAIN_WORD = re.compile(f"{_LETTERS}++")
_DIVIDED = re.compile(rf"(?P<head>{_RUN}){_DIVISION}(?P<tail>{_RUN})")
_ODD = re.compile(rf"[{ACCENTS}{UNSEEN}¬\ud800-\udfff]|[{_HYPHENS}][^\S\r\n]*[\r\n]")
_DROPPED: dict[int, int | None] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0300\u0301"))
#: Half a surrogate pair is no character, and whoever encodes a text stumbles over it.
_DROPPED |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
#: The end of a line as any system writes it, and an empty line between paragraphs.
LINE_END = r"(?>\r\n|[\n\r])"
PARAGRAPH = rf"{LINE_END}[^\S\r\n]*{LINE_END}"
_PARAGRAPH = re.compile(PARAGRAPH)
#: Letters that look alike, small or capital.
_TWINS = ("aeopcyxijskmthb", "аеорсухіјѕкмтнв")
_TO_CYRILLIC, _TO_LATIN = str.maketrans(*_TWINS), str.maketrans(*reversed(_TWINS))
_LATIN, _CYRILLIC = re.compile(r"[a-z]"), re.compile(r"[Ѐ-ӿ]")
_ALIKE = {"’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-"}


#: Share of archaic words from which on a text is archaic as a whole.
_ARCHAIC = 0.01
#: Letters that either part of a compound has at least.
_PART = 4
#: Characters of the longest text whose words are kept: a long sentence. So many texts are: the cells of a novel in four
#: versions; of longer works they are read again, which takes less than it would to keep them.
_KEPT, _TEXTS = 1000, 1 << 15
#: Whole texts of which it is remembered how often they have each word, and whether they are archaic: a work's versions.
_VERSIONS = 32


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and the half-open range of characters that it covers."""

    text: str
    """As its reader sees it (`plain`); shorter than the range where that holds what is not seen."""
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Find the words and figures of a text, in order; no punctuation. Empty text gives none."""
    return list(_kept(text)) if len(text) <= _KEPT else list(_read(text))


def forms(text: str) -> list[str]:
    """List the words of a text as `words` has them, without where they stand."""
    if _ODD.search(text):
        return [_shown(word) for word in _ODD_WORD.findall(text)]
    return _WORD.findall(text)


@functools.lru_cache(_VERSIONS)
def frequencies(text: str) -> Mapping[str, int]:
    """Count how often a text has each of its `forms`; several rooms ask it of whole versions."""
    return Counter(forms(text))


def _shown(word: str) -> str:
    return word if word.isalpha() else plain(word)


def count(text: str) -> int:
    """Count the words and figures of a text."""
    return len((_ODD_WORD if _ODD.search(text) else _WORD).findall(text))


def _read(text: str) -> Iterator[Word]:
    if _ODD.search(text):
        return (Word(_shown(m.group()), m.start(), m.end()) for m in _ODD_WORD.finditer(text))
    return (Word(sys.intern(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


@functools.lru_cache(_TEXTS)
def _kept(text: str) -> tuple[Word, ...]:
    """Read a cell once: a dozen rooms ask for the words of every cell of a work."""
    return tuple(_read(text))


def is_blank(gap: str) -> bool:
    """Tell whether nothing stands between two words but blanks of any kind, or the end of one line."""
    return gap.isspace() and not _PARAGRAPH.search(gap)


def plain(text: str) -> str:
    """Return a text as its reader sees it, for comparing: `plain("gov\u00adern-\\nment") == "government"`.

    Letters are composed with their accents (NFC), marks of stress and unseen characters left out, and words that the
    end of a line divides are whole again.
    """
    if not _ODD.search(text):
        return text
    while (whole := _DIVIDED.sub(_undivided, text)) != text:  # a narrow column may divide a word twice
        text = whole
    return unicodedata.normalize("NFC", text).translate(_DROPPED)


def _undivided(match: re.Match[str]) -> str:
    """Join a divided word: with its hyphen where dictionaries lack the whole but have it so, or both its parts."""
    head, tail = (unicodedata.normalize("NFC", match[part]).translate(_DROPPED) for part in ("head", "tail"))
    if match["division"] in "¬\u00ad" or _known(head + tail):
        return head + tail
    compound = f"{head}-{tail}"
    return compound if _known(compound) or (_known(head) and _known(tail)) else head + tail


def _known(word: str) -> bool:
    """Tell whether the dictionary of the language of sources or of translations, by its first letter, has the word."""
    folded = word.lower()
    packs = (language(DEFAULT), language(SOURCE))
    return any(pack.knows(folded) for pack in packs if pack.knows and folded[0] in pack.alphabet)


@remembered
def in_dictionary(word: str, lang: str) -> bool:
    """Tell whether the dictionary of a language has a word; of a language that has none it has no word."""
    knows = language(lang).knows
    return bool(knows and knows(key(word)))


def is_compound(word: str, lang: str) -> bool:
    """Tell whether a word is two of the dictionary written as one, neither of them a function word: bondservants."""
    parts = (pair for pair in divisions(key(word), _PART, _PART) if not any(is_function(part, lang) for part in pair))
    return any(all(in_dictionary(part, lang) for part in pair) for pair in parts)


@remembered
def today(form: str, lang: str) -> str:
    """Return the modern form of an archaic word in small letters: "cometh"; any other word as it is."""
    return (language(lang).today or str)(form)


@functools.lru_cache(_VERSIONS)
def is_archaic(text: str, lang: str) -> bool:
    """Tell whether a text is in the language of another age ("thou", "hath", "cometh").

    Its rare words no dictionary of today has ("sicles"), and its names may follow other traditions ("Chanaan").
    """
    found = Counter[str]()
    for form, n in frequencies(text).items():
        found[form.lower()] += n
    return sum(n for form, n in found.items() if today(form, lang) != form) > _ARCHAIC * found.total()


def denials(text: str, lang: str) -> int | None:
    """Count the words that deny: «не» of «никто не пришёл», "nobody" of "nobody came"; None where none are known."""
    if (known := language(lang).negation) is None:
        return None
    return sum(known.denies_verb(each) or each in known.other for each in (key(word.text) for word in words(text)))


def divisions(word: str, first: int, second: int) -> Iterator[tuple[str, str]]:
    """Yield the ways to divide a word in two, the parts of so many letters at least."""
    return ((word[:k], word[k:]) for k in range(first, len(word) - second + 1))


def behind_last(text: str, marks: Iterable[str], end: int) -> int:
    """Return where a text goes on behind the beginning of the last of some marks before `end`; 0 without one."""
    first = 0
    for mark in marks:  # only a later one counts, so that the whole text is not sought through for each
        first = max(first, text.rfind(mark, first, end) + 1)
    return first


def around(text: str, start: int, end: int, width: int) -> tuple[str, str]:
    """Return up to `width` characters before and after a stretch of the text, cut at words; “…” where there is more."""
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width:
        before = "…" + (before if text[start - width - 1].isspace() else re.sub(r"\A\S+", "", before)).lstrip()
    if end + width < len(text):
        after = (after if text[end + width].isspace() else re.sub(r"\S+\Z", "", after)).rstrip() + "…"
    return before, after


def context(text: str, start: int, end: int) -> str:
    """Quote a stretch of the text on one line, with the words about it."""
    before, after = around(text, start, end, 30)
    return re.sub(r"\s*[\r\n]\s*", " ", before + text[start:end] + after).strip()


@functools.lru_cache(1 << 18)
def key(word: str) -> str:
    """Fold what does not distinguish words: `key("Орёл") == "орел"`, `key("People’s") == "people's"`.

    A letter of another script that only looks like one of the word's own is that one.
    """
    return _one_script(unicodedata.normalize("NFKC", plain(word)).casefold()).translate(folds())


def _one_script(word: str) -> str:
    """Write a word in one script where its letters of another only look like its own, as scans have it.

    Where all would do in either, in that of most of them.
    """
    if word.isascii() or not _LATIN.search(word) or not _CYRILLIC.search(word):
        return word
    written = [word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)]
    if len(_LATIN.findall(word)) <= len(_CYRILLIC.findall(word)):
        written.reverse()
    return next((one for one in written if not (_LATIN.search(one) and _CYRILLIC.search(one))), word)


@functools.cache
def folds() -> dict[int, str]:
    """Return what characters are folded into, for `str.translate`: apostrophes, hyphens, letters of every pack."""
    return str.maketrans(_ALIKE | {old: new for pack in languages() for old, new in pack.folds.items()})


@remembered
def lemma(word: str, lang: str) -> str:
    """Return the dictionary form of a word as a key; the key itself where the language's dictionary lacks it."""
    lemmatise = language(lang).lemmatise
    return key(lemmatise(key(word))) if lemmatise else key(word)


@remembered
def readings(word: str, lang: str) -> tuple[str, ...]:
    """Return every dictionary form that a word may be a form of, as keys, the likeliest first; at least its lemma."""
    every = language(lang).readings
    return tuple(key(form) for form in every(key(word))) if every else (lemma(word, lang),)


def modern(text: str, lang: str) -> str:
    """Return a text as its reader sees it (`plain`), spelled as today: for what has learned from texts of today."""
    text, pack = plain(text), language(lang)
    if not pack.modern or not pack.spelled_old or not pack.spelled_old(text.lower()):
        return text
    return _PLAIN_WORD.sub(lambda word: as_cased(pack.modern(key(word[0])), word[0]), text)  # type: ignore[misc]


def as_cased(written: str, like: str) -> str:
    """Give a word the capitals of another: all, the first, or none."""
    if like.isupper() and len(like) > 1:
        return written.upper()
    return written[:1].upper() + written[1:] if like[:1].isupper() else written


def lemmas(text: str, lang: str) -> list[str]:
    """Return the lemma of each word of the text."""
    return [lemma(word.text, lang) for word in words(text)]


def is_function(word: str, lang: str) -> bool:
    """Tell whether a word is one of its language's closed classes: articles, pronouns, prepositions, auxiliaries."""
    pack = language(lang)
    return key(word) in pack.function_words or bool(pack.modern and pack.modern(key(word)) in pack.function_words)


def in_set_phrases(found: Sequence[Word], lang: str) -> set[int]:
    """Return which of a text's words belong to a set phrase ("in order to"), by index."""
    keys = tuple(key(word.text) for word in found)
    return {
        at + k
        for phrase in language(lang).set_phrases
        if phrase[0] in keys
        for at in range(len(keys) - len(phrase) + 1)
        if keys[at : at + len(phrase)] == phrase
        for k in range(len(phrase))
    }


def parses(word: str) -> tuple[Any, ...]:
    """Return the readings of a word of `lang.SOURCE` with their grammar, the likeliest first; at least one."""
    parse = language(SOURCE).parses
    assert parse is not None
    return parse(key(word))
