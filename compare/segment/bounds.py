"""Bounds: where within a block one sentence ends and the next begins.

Every stop is judged by the words on either side, as in Kiss & Strunk's Punkt (Computational Linguistics 32:4, 2006),
but with abbreviations and sentence starters that are given, not learned: a work may be a page long.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Set

from compare.lang import any_sentences, language, vowels
from compare.lang.pack import Language

#: A sentence longer than this, some 330 words, is cut, for what comes later compares each word of a sentence with each
#: of another. One in 10,000 of printed sentences has half as many characters.
LONGEST = 2_000

#: A stop, all that closes after it (footnote marks too), and a gap; or no gap where a dash stands for it or where it
#: was forgotten; or the full width stops of Chinese and Japanese, which have none.
_STOP = re.compile(
    r"(?<![.!?…])(?<!\.[ \u00a0])(?P<stop>[.!?…]++(?>(?:[ \u00a0]\.(?![^\W_]))*))"
    r"(?P<closers>(?>(?:[\"'»”’“)\]}*_¹²³⁰-⁹†‡]|[ \u00a0\u202f][»”)](?=\s)|\[\d{1,3}\])*))"
    r"(?:(?P<gap>\s+)|(?=(?:--|[—–])\s?[\"'“«„]*[^\W\d_])|(?<=[^\W\d_]{2}[.!?…])(?=[^\W\d_]{2}))"
    r"|[。！？]+[」』”）]*\s*"
)

#: What may stand before the first word of a sentence, and that word.
_FIRST = re.compile(r"[^\w¹²³]{0,40}([^\W_]*)")

#: The abbreviation before a stop with those chained to it, «до н. э», and the initials before a name.
_CHAIN = re.compile(r"(?:(?<![^\W_])[^\W\d_]{1,2}\.\s?)*[^\W_]+(?:-[^\W_]+)*$")

_WORD = re.compile(r"[^\W_]")
#: A Roman figure, or a letter that stands for one: "Vol. II", "Fig. A,".
_ROMAN = re.compile(r"[IVXLC]{2,}|[IVXLC](?=[.,):;])")
_LETTER = re.compile(r"[^\W\d_](?=[.,):;]|\s[^\W\d_A-ZА-ЯЁ])")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[^\W\d_])")
_QUOTE = re.compile("[\"'“”„’«»]")
_YEAR = re.compile(r"1[5-9]\d\d\b|20\d\d\b")
_MEASURE = re.compile(r"\d+[^\W\d_]{1,2}")
_ADDRESS = re.compile(r"\S{0,60}?[.@/:\\]\w")
_NAME = re.compile(r"\s+[«“\"'„]")
_DAY = re.compile(r"\b\d{1,2}\.\s?$")
_ROMAN_MONTH = re.compile(r"[IVX]{1,4}")
_ROMAN_DATE = re.compile(r"[IVX]{1,4}\.\s?\d\d")
_CLAUSE = re.compile(r"[;:,)»”—–]\s")


def bounds(text: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Yield where within the block [start, end) a new sentence begins, ascending."""
    judge = _judge(lang)
    last = end
    while last > start and not text[last - 1].isalnum():
        last -= 1
    seen, worded = start, False
    for match in _STOP.finditer(text, start, last):
        worded = worded or _WORD.search(text, seen, match.start()) is not None
        seen = match.end()
        if worded and judge.ends(text, start, match):
            yield seen
            start, worded = seen, False


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence: at a clause if the latter half has one, else at a space, else anywhere."""
    while end - start > LONGEST:
        half, limit = start + LONGEST // 2, start + LONGEST
        clause = max((m.end() for m in _CLAUSE.finditer(text, half, limit)), default=0)
        space = max(text.rfind(" ", half, limit), text.rfind("\n", half, limit)) + 1
        cut = clause or space or limit
        yield start, cut
        start = cut
    yield start, end


@functools.cache
def _judge(lang: str) -> _Judge:
    return _Judge(language(lang))


class _Judge:
    """What a language's pack says of sentences, ready for use; all packs together where it says nothing."""

    def __init__(self, pack: Language) -> None:
        self._facts = pack.sentences or any_sentences()
        self._ordinals = pack.ordinals
        self._figure = re.compile(rf"(?:\d|\b[IVXLC]+)(?:-?(?:{_any(self._facts.figure_endings)}))?[\s«»\"]*$")
        self._genitive = re.compile(rf"[^\W\d_]+(?:{_any(self._facts.genitive_endings)})\b")
        self._before_pronoun = re.compile(rf"\b(?:{_any(self._facts.before_pronouns)})\s$")
        self._lettered = re.compile(rf"\b(?:{_any(self._facts.lettered)})[^\W\d_]{{0,3}}\s$", re.IGNORECASE)

    def ends(self, text: str, start: int, match: re.Match[str]) -> bool:
        """Whether the sentence that began at `start` ends with this stop."""
        stop, closers = match["stop"], match["closers"]
        if stop is None:
            return True
        first = _FIRST.match(text, match.end())
        right, begin = (first[1], first.start(1)) if first else ("", match.end())
        if right[:1].islower() or text.startswith("&", match.end()):
            return False
        if not match["gap"] and begin == match.end() and not _gap_forgotten(text, match, right):
            return False
        if stop != ".":
            return not (self._aside(text, start, match, right) or self._goes_on_speaking(text, match, begin))
        if closers and not self._aside(text, start, match, right):
            return True
        return not self._abbreviates(text, start, match.start(), right, begin)

    def _aside(self, text: str, start: int, match: re.Match[str], right: str) -> bool:
        """Whether the stop stands in brackets that were opened within the sentence: «Иван (кто знал?) Петров»."""
        if ")" not in match["closers"] or right in self._facts.starters:
            return False
        bracket = text.rfind("(", start, match.start())
        return bracket >= 0 and _WORD.search(text, start, bracket) is not None

    def _goes_on_speaking(self, text: str, match: re.Match[str], begin: int) -> bool:
        """Whether after direct speech its speaker follows: `"Who is there?" Anna asked.`"""
        if not _QUOTE.search(match["closers"]) or _QUOTE.search(text, match.end(), begin):
            return False
        words = text[begin : begin + 60].split()[:4]
        if not words or words[0] in self._facts.starters:
            return False
        verb = next((word for word in words if word[0].islower()), "")
        return re.split(r"\W", verb, maxsplit=1)[0] in self._facts.speech

    def _abbreviates(self, text: str, start: int, stop: int, right: str, begin: int) -> bool:
        """Whether a full stop before a capital or a figure marks an abbreviation, an initial or an ordinal."""
        chain = _CHAIN.search(text, max(start, stop - 24), stop)
        if chain is None or text[chain.start() - 1 : chain.start()] in ("'", "’"):
            return False
        if stop - start < 12 and _ENUMERATOR.fullmatch(text, start, stop):
            return True
        facts = self._facts
        parts = re.split(r"\.\s?", chain[0])
        last, key = parts[-1], ".".join(parts)
        figure = self._figure.search(text, max(start, chain.start() - 12), chain.start()) is not None
        chained = text.startswith(".", begin + len(right))
        starts = right in facts.starters and not chained
        if last.isdigit():
            return self._ordinal(text, start, chain.start(), last, right, begin) and not starts
        if right[:1].isdigit():
            if len(last) == 1 or _ROMAN_MONTH.fullmatch(last):
                return last.islower() or _YEAR.match(text, begin) is not None
            if _MEASURE.fullmatch(last):
                return True
            tables = (facts.numbered, facts.introducing, facts.titles, facts.final)
            return (figure and last in facts.units) or any(_known(key, last, table) for table in tables)
        if (figure and last in facts.units) or _known(key, last, facts.final):
            follows = right in facts.final or right in facts.weekdays or right in facts.months
            named = _known(key, last, facts.titles) and _NAME.match(text, stop + 1) is not None
            return not starts and (follows or named or self._opens(text, start, stop))
        if _known(key, last, facts.numbered) and _ROMAN.match(text, begin):
            return True
        if len(last) > 1 and _known(key, last, facts.numbered) and _LETTER.match(text, begin):
            return not starts or not text[begin + 1].isspace()
        if last in facts.genitive:
            return not starts and (len(right) == 1 or self._genitive.match(text, begin) is not None)
        if _known(key, last, facts.introducing):
            return True
        if _known(key, last, facts.titles):
            return not starts
        if last in facts.pronouns and self._before_pronoun.search(text, max(start, chain.start() - 8), chain.start()):
            return False
        if starts:
            return False
        if len(last) == 1:
            return self._initials(text, start, chain.start(), len(parts)) or (chained and len(right) == 1)
        return not last.isupper() and self._vowelless(last)

    def _initials(self, text: str, start: int, at: int, count: int) -> bool:
        """Whether a chain of lone letters stands before a name, and is no letter of a thing and no acronym."""
        lettered = count == 1 and self._lettered.search(text, max(start, at - 24), at) is not None
        return count <= self._facts.longest_initials and not lettered

    def _vowelless(self, word: str) -> bool:
        return len(word) <= 5 and word.isalpha() and not set(word.lower()) & vowels()

    def _ordinal(self, text: str, start: int, at: int, figure: str, right: str, begin: int) -> bool:
        """Whether a figure with its stop belongs to what follows: "10. August", "10. 8. 1920", »19. Jahrhundert«."""
        short = len(figure) <= 2
        if _YEAR.match(text, begin):
            return short and _DAY.search(text, max(start, at - 6), at) is not None
        if right.isdigit():
            return short and len(right) <= 2 and text[begin + len(right) : begin + len(right) + 1] == "."
        return right in self._facts.months or self._ordinals or (short and _ROMAN_DATE.match(text, begin) is not None)

    def _opens(self, text: str, start: int, stop: int) -> bool:
        """Whether all that the sentence has so far is its time or place: «В 1920 г.»."""
        if stop - start > 60:
            return False
        words = text[start:stop].split()
        return len(words) <= 6 and words[0].lstrip('—–-«"“ ') in self._facts.openers


def _gap_forgotten(text: str, match: re.Match[str], right: str) -> bool:
    """Whether a stop between letters parts two sentences: `system.The` does, `example.Com` and `Node.JS` do not."""
    left = text[match.start() - 2 : match.start()]
    return left.islower() and right.istitle() and not _ADDRESS.match(text, match.end())


def _known(key: str, last: str, table: Set[str]) -> bool:
    """Whether a table has the abbreviation, whole or by its last part; one in lower case stands for either case."""
    return key in table or last in table or key.lower() in table or last.lower() in table


def _any(words: Set[str]) -> str:
    """Return a pattern that matches any of the words, and nothing where there are none."""
    return "|".join(map(re.escape, sorted(words))) or "(?!)"
