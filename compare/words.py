"""Words of Russian and English texts: where they stand, the key to compare by, the lemma, function or content.

Keys and lemmas are for comparing; the text itself is never rewritten. Lemmas come from pymorphy3 (Russian) and
simplemma (everything else); both are loaded at the first use.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

# Letters with inner apostrophes and hyphens ("People's", "Sami-bey", «по-русски»), or figures ("1,250", "2.5").
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘\-‐‑][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_FOLD = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "‘": "'", "‐": "-", "‑": "-", "\u00ad": None, "\u0301": None})

_FUNCTION = {
    "en": frozenset(
        """
        a an the this that these those and or nor but if then than so as of in on at by for from to into onto upon with
        without within about above across after against along among amongst around before behind below beneath beside
        besides between beyond down during except inside near off out outside over past round since through throughout
        till toward towards under until unto up via while whilst when where whence whither why how who whom whose which
        what whoever whatever whichever i me my mine myself we us our ours ourselves you your yours yourself yourselves
        thou thee thy thine ye he him his himself she her hers herself it its itself they them their theirs themselves
        one's am is are was were be been being art wert hath has have had having do does did doing done doth shall will
        would should can could may might must ought not no yes there here it's don't isn't didn't wasn't won't can't
        couldn't wouldn't shouldn't i'm you're he's she's that's also too very just only even still yet ever never both
        each either neither some any all such same other another own s t ll ve re d m""".split()
    ),
    "ru": frozenset(
        """
        и а но да или либо ни не же ли бы б ль ведь вот мол даже лишь только уж ещё еще уже тоже также то это этот эта
        эти этого этой этих этому этим этими эту тот та те того той тех тому тем теми ту такой такая такое такие так как
        какой какая какое какие который которая которое которые которого которой которых которому которым которую кто
        кого кому кем ком что чего чему чем чём чтобы чтоб если когда где куда откуда зачем почему потому поэтому
        оттого хотя хоть пока пусть пускай раз в во на с со к ко от ото до из изо за над надо под подо при про о об обо
        по у через сквозь для без безо ради среди между меж перед передо против около возле вокруг мимо вдоль кроме
        после из-за из-под я меня мне мной мы нас нам нами ты тебя тебе тобой вы вас вам вами он его ему им нём нем она
        её ее ей ею ней неё нее оно они их ими них ним ними себя себе собой свой своя своё свое свои своего своей своих
        своему своим своими свою мой моя моё мое мои моего моей моих моему моим моими мою твой твоя твои наш наша наше
        наши нашего нашей наших ваш ваша ваше ваши быть был была было были есть будет будут будучи весь вся всё все
        всего всей всех всему всем всеми всю сам сама само сами самый самая самое самые тут там здесь сюда туда очень
        более менее нет нибудь либо то-есть""".split()
    ),
}


#: The languages whose words the program knows; what it says of words it says of texts in these.
LANGUAGES = frozenset(("en", "ru"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and the half-open range of characters that it covers."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Find the words and figures of a text, in order; no punctuation. Empty text gives none."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


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
    """Fold what does not distinguish words: `key("Орёл") == "орел"`, `key("People’s") == "people's"`."""
    return unicodedata.normalize("NFKC", word).casefold().translate(_FOLD)


@functools.lru_cache(1 << 18)
def lemma(word: str, lang: str) -> str:
    """Return the dictionary form of a word as a key; the key itself where the language's dictionary lacks it."""
    folded = key(word)
    if lang == "ru":
        return key(parses(folded)[0].normal_form)
    if folded.endswith(("'s", "s'")):
        folded = folded.removesuffix("'s").removesuffix("'")
    import simplemma

    try:
        return key(simplemma.lemmatize(folded, lang))
    except ValueError:  # a language that simplemma does not know
        return folded


def lemmas(text: str, lang: str) -> list[str]:
    """Return the lemma of each word of the text."""
    return [lemma(word.text, lang) for word in words(text)]


def is_function(word: str, lang: str) -> bool:
    """Tell whether a word is one of its language's closed classes: articles, pronouns, prepositions, auxiliaries."""
    return key(word) in _FUNCTION.get(lang, frozenset())


@functools.cache
def _russian():  # type: ignore[no-untyped-def]  # pymorphy3 ships no types
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@functools.lru_cache(1 << 16)
def parses(word: str) -> tuple[Any, ...]:
    """Return pymorphy3's readings of a Russian word, the likeliest first; at least one."""
    return tuple(_russian().parse(key(word)))
