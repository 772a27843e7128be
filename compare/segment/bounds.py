"""Bounds: where within a block one sentence ends and the next begins.

Every stop is judged by the words on either side, as in Kiss & Strunk's Punkt (Computational Linguistics 32:4, 2006),
but with abbreviations and sentence starters that are given, not learned: a work may be a page long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.segment import abbreviations as table

#: A sentence longer than this, some 1,000 words, is cut: nothing that comes later must meet one of 10 MB. Characters.
LONGEST = 6_000

#: A stop, all that closes after it (footnote marks too), and a gap; or no gap where a dash stands for it or where it
#: was forgotten; or the full width stops of Chinese and Japanese, which have none.
_STOP = re.compile(
    r"(?<![.!?…])(?<!\.[ \u00a0])(?P<stop>[.!?…]++(?:[ \u00a0]\.(?![^\W_]))*+)"
    r"(?P<closers>(?:[\"'»”’“)\]}*_¹²³⁰-⁹†‡]|[ \u00a0\u202f][»”)](?=\s)|\[\d{1,3}\])*+)"
    r"(?:(?P<gap>\s+)|(?=(?:--|[—–])\s?[\"'“«„]*[^\W\d_])|(?<=[^\W\d_]{2}[.!?…])(?=[^\W\d_]{2}))"
    r"|[。！？]+[」』”）]*\s*"
)

#: What may stand before the first word of a sentence, and that word.
_FIRST = re.compile(r"[^\w¹²³]{0,40}([^\W_]*)")

#: The abbreviation before a stop with those chained to it, «до н. э», and the initials before a name.
_CHAIN = re.compile(r"(?:(?<![^\W_])[^\W\d_]{1,2}\.\s?)*[^\W_]+(?:-[^\W_]+)*$")

_WORD = re.compile(r"[^\W_]")
_FIGURE = re.compile(r"(?:\d|\b[IVXLC]+)(?:-?(?:х|й|го|е))?[\s«»\"]*$")
_ROMAN = re.compile(r"[IVXLC]{2,}|[IVXLC](?=[.,):;])")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[^\W\d_])")
_GENITIVE = re.compile(r"[^\W\d_]+(?:[аяыи]|ого|его|ой|ей|их|ых)\b")
_CONSONANTS = re.compile(r"[бвгджзйклмнпрстфхцчшщ]{2,5}|[bcdfghjklmnpqrstvwxz]{2,5}", re.IGNORECASE)
_QUOTE = re.compile("[\"'“”„’«»]")
_PRONOUN = re.compile(
    r"\b(?:than|not|and|but|as|so|am|was|is|do|did|have|had|can|will|shall|should|would|could|nor)\s$"
)
_YEAR = re.compile(r"1[5-9]\d\d\b|20\d\d\b")
_MEASURE = re.compile(r"\d+[a-zа-я]{1,2}")
_ADDRESS = re.compile(r"\S{0,60}?[.@/:\\]\w")
_CLAUSE = re.compile(r"[;:,)»”—–]\s")


def bounds(text: str, start: int, end: int, lang: str) -> Iterator[int]:
    """Yield where within the block [start, end) a new sentence begins, ascending."""
    last = end
    while last > start and not text[last - 1].isalnum():
        last -= 1
    seen, worded = start, False
    for match in _STOP.finditer(text, start, last):
        worded = worded or _WORD.search(text, seen, match.start()) is not None
        seen = match.end()
        if worded and _ends(text, start, match, lang):
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


def _ends(text: str, start: int, match: re.Match[str], lang: str) -> bool:
    """Whether the sentence that began at `start` ends with this stop."""
    stop, closers = match["stop"], match["closers"]
    if stop is None:
        return True
    first = _FIRST.match(text, match.end())
    right, begin = (first[1], first.start(1)) if first else ("", match.end())
    if right[:1].islower():
        return False
    if not match["gap"] and begin == match.end() and not _gap_forgotten(text, match, right):
        return False
    if stop != ".":
        return not (_aside(text, start, match, right) or _goes_on_speaking(text, match, begin))
    if closers and not _aside(text, start, match, right):
        return True
    return not _abbreviates(text, start, match.start(), right, begin, lang)


def _gap_forgotten(text: str, match: re.Match[str], right: str) -> bool:
    """Whether a stop between letters parts two sentences: `system.The` does, `example.Com` and `Node.JS` do not."""
    left = text[match.start() - 2 : match.start()]
    return left.islower() and right.istitle() and not _ADDRESS.match(text, match.end())


def _aside(text: str, start: int, match: re.Match[str], right: str) -> bool:
    """Whether the stop stands in brackets that were opened within the sentence: «Иван (кто знал?) Петров»."""
    if ")" not in match["closers"] or right in table.STARTERS:
        return False
    bracket = text.rfind("(", start, match.start())
    return bracket >= 0 and _WORD.search(text, start, bracket) is not None


def _goes_on_speaking(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether after direct speech its speaker follows: `"Who is there?" Anna asked.`"""
    if not _QUOTE.search(match["closers"]) or _QUOTE.search(text, match.end(), begin):
        return False
    words = text[begin : begin + 60].split()[:4]
    if not words or words[0] in table.STARTERS:
        return False
    verb = next((word for word in words if word[0].islower()), "")
    return re.split(r"\W", verb, maxsplit=1)[0] in table.SPEECH


def _abbreviates(text: str, start: int, stop: int, right: str, begin: int, lang: str) -> bool:
    """Whether a full stop before a capital or a figure marks an abbreviation, an initial or an ordinal, and no end."""
    chain = _CHAIN.search(text, max(start, stop - 24), stop)
    if chain is None or text[chain.start() - 1 : chain.start()] in ("'", "’"):
        return False
    if stop - start < 12 and _ENUMERATOR.fullmatch(text, start, stop):
        return True
    parts = re.split(r"\.\s?", chain[0])
    last, key = parts[-1], ".".join(parts)
    figure = _FIGURE.search(text, max(start, chain.start() - 12), chain.start()) is not None
    starts = right in table.STARTERS and text[begin + len(right) : begin + len(right) + 1] != "."
    if last.isdigit():
        return _ordinal(text, last, right, begin, lang) and not starts
    if right[:1].isdigit():
        if len(last) == 1:
            return last.islower() or _YEAR.match(text, begin) is not None
        if _MEASURE.fullmatch(last):
            return True
        return any(_known(key, last, words) for words in (table.NUMBER, table.INTRODUCING, table.TITLES, table.TAIL))
    if (figure and last in table.UNITS) or _known(key, last, table.TAIL):
        return not starts and (right in table.TAIL or _opens(text, start, stop))
    if _known(key, last, table.NUMBER) and _ROMAN.match(text, begin):
        return True
    if last in table.NAMED:
        return not starts and (len(right) == 1 or _GENITIVE.match(text, begin) is not None)
    if _known(key, last, table.INTRODUCING):
        return True
    if _known(key, last, table.TITLES):
        return not starts
    if last == "I" and _PRONOUN.search(text, max(start, chain.start() - 8), chain.start()):
        return False
    return not starts and (len(last) == 1 or (bool(_CONSONANTS.fullmatch(last)) and not last.isupper()))


def _ordinal(text: str, figure: str, right: str, begin: int, lang: str) -> bool:
    """Whether a figure with its full stop belongs to what follows: "10. August", "10. 8. 1920", »19. Jahrhundert«."""
    if right.isdigit():
        return len(figure) <= 2 and len(right) <= 2 and text[begin + len(right) : begin + len(right) + 1] == "."
    return right in table.MONTHS or lang in table.ORDINALS


def _opens(text: str, start: int, stop: int) -> bool:
    """Whether all that the sentence has so far is its time or place: «В 1920 г.»."""
    if stop - start > 60:
        return False
    words = text[start:stop].split()
    return len(words) <= 6 and words[0].lstrip('—–-«"“ ') in table.OPENERS


def _known(key: str, last: str, words: frozenset[str]) -> bool:
    """Whether a table has the abbreviation, whole or by its last part; one in lower case stands for either case."""
    return key in words or last in words or key.lower() in words or last.lower() in words
