"""Romanisation: the schemes in use, which scheme a spelling fits, and a key under which all of them agree.

Standard schemes come from the library iuliia; the old English, German, French and Turkish habits are added here.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping

from compare.names.alphabets import spellings
from compare.remembered import remembered

_STANDARD = {
    "BGN/PCGN": "bgn_pcgn",
    "ALA-LC": "ala_lc",
    "ISO 9": "iso_9_1968",
    "GOST": "gost_779_alt",
    "UN": "ungegn_1987",
    "passport": "icao_doc_9303",
    "scholarly": "scientific",
}

_PLAIN = dict(zip("абвгдезийклмнопрстуфыэ", "a b v g d e z i i k l m n o p r s t u f y e".split(), strict=True))
_HABITS: Mapping[str, Mapping[str, str]] = {
    "modern English": _PLAIN
    | {"ё": "yo", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": ""}
    | {"ю": "yu", "я": "ya", "дж": "j", "кс": "x", "ий$": "y", "ый$": "y", "^е": "ye"},
    "old English": _PLAIN
    | {"ё": "e", "ж": "j", "й": "i", "х": "kh", "ц": "tz", "ч": "tch", "ш": "sh", "щ": "stch", "ъ": "", "ь": ""}
    | {"ю": "iu", "я": "ia", "дж": "dj", "кс": "x", "ий$": "y", "ый$": "y", "ов$": "off", "ев$": "eff", "^е": "e"},
    "German": _PLAIN
    | {
        "в": "w",
        "з": "s",
        "ё": "jo",
        "ж": "sch",
        "й": "i",
        "х": "ch",
        "ц": "z",
        "ч": "tsch",
        "ш": "sch",
        "щ": "schtsch",
    }
    | {"ъ": "", "ь": "", "ю": "ju", "я": "ja", "кс": "x", "дж": "dsch", "^е": "je"},
    "French": _PLAIN
    | {
        "ё": "io",
        "ж": "j",
        "й": "ï",
        "у": "ou",
        "х": "kh",
        "ц": "ts",
        "ч": "tch",
        "ш": "ch",
        "щ": "chtch",
        "ъ": "",
        "ь": "",
    }
    | {"ю": "iou", "я": "ia", "ин$": "ine", "дж": "dj"},
    "Turkish": _PLAIN
    | {"ё": "yo", "ж": "j", "й": "y", "х": "h", "ц": "ts", "ч": "ç", "ш": "ş", "щ": "şç", "ъ": "", "ь": "", "ы": "ı"}
    | {"ю": "yu", "я": "ya", "дж": "c"},
}

#: Every scheme by the name that it goes under in a report and in `work.toml`.
SCHEMES: tuple[str, ...] = (*_STANDARD, *_HABITS)


def scheme_called(name: str) -> str:
    """Return the scheme that a work calls so, whatever the case, year or edition: "BGN/PCGN 1947"; empty for none."""
    simplified = re.sub(r"[^a-z0-9]", "", name.casefold())
    return next((s for s in SCHEMES if re.sub(r"[^a-z0-9]", "", s.casefold()) in simplified), "")


#: Letters of other alphabets and other times, in the Russian letters that come next to them; of the rest, `russian`.
_ELSEWHERE = dict(
    zip(
        "ѣ ѳ ѵ ѕ ѡ ѧ ѩ ꙗ ѫ ѭ ѥ ѯ ѱ ѹ ѻ ѿ ј љ њ ђ ћ џ ә һ ӡ ԛ ԝ".split(),
        "е ф и з о я я я у ю е кс пс у о от й ль нь дж ч дж а х дз к в".split(),
        strict=True,
    )
)
#: The Cyrillic blocks of Unicode, marks and all.
CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua69f\ufe2e\ufe2f\U0001e030-\U0001e08f"
_OTHER = re.compile(f"(?![а-яёА-ЯЁ])[{CYRILLIC}]")


@functools.cache
def _letters_by_name() -> Mapping[str, str]:
    """Return the Russian letters by what Unicode calls them: `{"KA": "к", …}`."""
    return {unicodedata.name(c).removeprefix("CYRILLIC SMALL LETTER "): c for c in "абвгдеёжзийклмнопрстуфхцчшщыэюя"}


def russian(name: str) -> str:
    """Write with Russian letters alone what another Cyrillic alphabet or an older spelling writes: Ѳедоръ, Қазақ.

    A letter without a line of its own is read by its name in Unicode: KA WITH DESCENDER is a к, LIGATURE EN GHE is нг.
    What corresponds to no Russian letter, a mark or a sign of numbers, is left out.
    """
    return _OTHER.sub(lambda found: _russian(found[0]), name)


@functools.cache
def _russian(letter: str) -> str:
    low = letter.lower()
    if low in _ELSEWHERE:
        return _cased(_ELSEWHERE[low], letter)
    base = unicodedata.normalize("NFKD", letter)[0]
    if base != letter:
        return russian(base)
    called = unicodedata.name(low, "").partition(" WITH ")[0]
    return _cased("".join(_letters_by_name().get(word, "") for word in called.split()), letter)


def _cased(written: str, like: str) -> str:
    return written.capitalize() if like.isupper() else written


@remembered
def romanise(name: str, scheme: str) -> str:
    """Write a Cyrillic name in Latin letters: `romanise("Юсуф", "Turkish") == "Yusuf"`. Raises KeyError.

    A name whose letters tell another language follows the usual scheme of that one. No Cyrillic letter is left.
    """
    name = russian(next(iter(spellings(name)), name))
    if scheme in _STANDARD:
        import iuliia

        # Some of the library's tables leave ё as it is.
        written: str = getattr(iuliia, _STANDARD[scheme].upper()).translate(name)
        return written.replace("ё", "ë").replace("Ё", "Ë")
    # Letter by letter, as İ in lower case is two characters.
    table, low, out, i = _HABITS[scheme], "".join(c.lower()[0] for c in name), "", 0
    while i < len(low):
        for size in (2, 1):
            piece = low[i : i + size]
            value = None
            if i + size == len(low):
                value = table.get(piece + "$")
            if value is None and i == 0:
                value = table.get("^" + piece)
            if value is None:
                value = table.get(piece)
            if value is not None:
                out += value.capitalize() if name[i].isupper() else value
                i += size
                break
        else:
            out += name[i]
            i += 1
    return out


def fits(cyrillic: str, latin: str) -> tuple[str, ...]:
    """Return the schemes in which a Cyrillic name is written so, accents and signs apart."""
    letters = _bare(latin)
    return tuple(scheme for scheme in SCHEMES if _bare(romanise(cyrillic, scheme)) == letters)


def _bare(word: str) -> str:
    return re.sub(r"[^a-z]", "", plain(word))


def infer(pairs: Iterable[tuple[str, str, int]]) -> str:
    """Infer the scheme of a version from pairs of a lemma, its spelling and their count; empty when too few decide.

    A name that every scheme writes alike decides nothing. Counts enter by their logarithm.
    """
    votes: dict[str, float] = dict.fromkeys(SCHEMES, 0.0)
    decisive = 0
    for cyrillic, latin, count in pairs:
        fitting = fits(cyrillic, latin)
        if len(fitting) < len(SCHEMES):
            decisive += 1
            for scheme in fitting:
                votes[scheme] += 1 + math.log(count)
    best = max(SCHEMES, key=lambda scheme: votes[scheme])
    return best if decisive >= 4 and votes[best] else ""


@functools.lru_cache(1 << 16)
def plain(word: str) -> str:
    """Fold case and take the accents off: `plain("İzmir") == "izmir"`; ı becomes i, ß ss, ø o."""
    parts = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c))


_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ə": "a",
        "’": "'",
        "ʻ": "'",
        "ʼ": "'",
    }
    | {"ʹ": None, "ʺ": None, "′": None, "″": None}
)

#: Spellings of one sound, longest first; applied in order to the accented form, then to the plain one.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"щ|shch|schtsch|chtch|stch|šč|şç|szcz", "S"),
        (r"tsch|tch|tsh|cz|ch(?=[eiyu])|ch|č|ç|ć", "C"),
        (r"dsch|dzh|dž|dj|dg(?=e)|ǧ|j", "J"),
        (r"sch|sh|š|ş|sz|ś", "S"),
        (r"zh|ž|ż", "J"),
        (r"kh|gh|ğ|h|x(?=[aeiou])", "h"),
        (r"tz|ts|cs", "c"),
        (r"ck|cq|qu|q|c(?=[aouklrt]|$)|k", "k"),
        (r"ph|f|v|w", "v"),
        (r"x|ks", "ks"),
    ]
]


@functools.lru_cache(1 << 18)
def sound(word: str) -> str:
    """Return a rough key of the consonants that all romanisations of one name nearly share.

    `sound("Khalil") == sound("Halil")`, `sound("Cherbatcheff") == sound("Ščerbačёv")` up to the first letter.
    """
    low = word.casefold().translate(_LETTERS)
    for pattern, letter in _SOUNDS:
        low = pattern.sub(letter, low)
    low = "".join(c for c in unicodedata.normalize("NFKD", low) if c.isalpha())
    low = re.sub(r"[aeiouy]+", "", low)
    return re.sub(r"(.)\1+", r"\1", low)


#: Habits of writing one and the same Cyrillic letter; applied in order to the plain form, vowels and all.
_HABITUAL = [
    (re.compile(pattern), letter)
    for pattern, letter in [
        (r"schtsch|shtch|stch|chtch|shch", "Q"),
        (r"tsch|tch|tsh|cz", "C"),
        (r"sch|sh|sz", "S"),
        (r"dsch|dzh|dj", "J"),
        (r"ch", "C"),
        (r"zh", "J"),
        (r"kh|gh|x(?=[aeiou])", "h"),
        (r"ph", "f"),
        (r"tz|ts", "T"),
        (r"ck|q|c(?=[aouklrt]|$)", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"(?<=[oe])(ff?)$", "v"),
        (r"ou|oo", "u"),
        (r"(?<=i)ne$", "n"),
        (r"[yj]", "i"),
        (r"i+e|ei", "e"),
        (r"(.)\1+", r"\1"),
    ]
]


@functools.lru_cache(1 << 16)
def habitual(word: str) -> str:
    """Return a key that spellings of one Cyrillic form share, whatever the habit: Petrovitch, Petrowitsch."""
    low = plain(word)
    for pattern, letter in _HABITUAL:
        low = pattern.sub(letter, low)
    return low
