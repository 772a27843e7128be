"""Which language a text is in: by script, then by its letters or its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from compare.lang import DEFAULT, known, language
from compare.lang.others import BY_SCRIPT, CODES

#: Function words are at least this share of a text in their language, and no fewer than this; in English prose a third.
_SHARE, _FEW = 0.12, 2
#: Words from which on a text without function words of any language here is in none of them.
_ENOUGH = 20
#: A text has at most this share of letters that its language's alphabet lacks.
_FOREIGN = 0.01


def primary(tag: str) -> str:
    """Return what a language tag begins with, before its hyphen: `primary("en-US") == "en"`."""
    return re.split(r"[-_.@ ]", tag, maxsplit=1)[0].lower()


def tag(id: str) -> str:
    """Return the language that an id, a heading or a language tag begins with, else "": `tag("en-US") == "en"`."""
    first = primary(id)
    return first if first in CODES else ""


def settle(name: str, text: str) -> str:
    """Return the language of a version that states none: its text decides, and its name where the text leaves it open.

    `settle("pl", "Tak.") == "pl"`, `settle("no", "The old house.") == "en"`; the default when neither says anything.
    """
    named, guessed = tag(name), guess(text)
    if not named or contradicts(named, text):
        return guessed or DEFAULT
    sample = _sample(text)
    if language(named).stated_by_name or _script(sample)[0] not in ("", "LATIN"):
        return named
    if language(named).frequent:
        hits = _hits(sample)
        agrees = bool(guessed) and 4 * hits[named] >= 3 * hits[guessed]
    else:
        # No list of words bears it out: it shows by the want of all others', in more than a line or two.
        agrees = _words(sample).total() >= _ENOUGH and not _clear(sample)
    return named if agrees else guessed or DEFAULT


def contradicts(lang: str, text: str) -> bool:
    """Tell whether a text is plainly not in that language: by its script, its letters or its function words."""
    sample = _sample(text)
    script, _ = _script(sample)
    if any(script in each.scripts for each in known()) and script not in language(lang).scripts:
        return True
    if script == "CYRILLIC":
        return _foreign(lang, sample) > _FOREIGN
    clear = _clear(sample) if script == "LATIN" else ""
    hits = _hits(sample)
    return bool(clear) and 2 * hits.get(lang, 0) < hits[clear]


def doubt(id: str, lang: str, text: str) -> tuple[str, ...]:
    """Say that a version's text is in another language than is stated of it."""
    if not contradicts(lang, text):
        return ()
    guessed = guess(text)
    return (f"{id}: its language is stated as {lang}, but the text is {guessed or 'in another script'}",)


def overruled(id: str, name: str, lang: str) -> tuple[str, ...]:
    """Say that a version is taken for another language than its file or column is named by."""
    named = tag(name)
    if named in ("", lang) or not language(named).stated_by_name:
        return ()
    return (f"{id}: is taken for {lang}, by its words, though its name begins with {named}",)


def guess(text: str) -> str:
    """Guess the language (ISO 639-1) from 40,000 characters of the beginning and the middle; "" when none shows."""
    sample = _sample(text)
    script, scripts = _script(sample)
    if script == "LATIN":
        return _latin(sample)
    if script == "CYRILLIC":
        return _cyrillic(sample)
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts["CJK"] // 10:
        return "ja"
    return BY_SCRIPT.get(script, "")


def _sample(text: str) -> str:
    middle = max(20_000, len(text) // 2)
    return f"{text[:20_000]} {text[middle : middle + 20_000]}"


def _script(sample: str) -> tuple[str, Counter[str]]:
    """Return the script of most letters, by the first word of their Unicode names, and how many each script has."""
    scripts: Counter[str] = Counter()
    for letter, count in Counter(sample).items():
        if letter.isalpha():
            scripts[re.split("[ -]", unicodedata.name(letter, "?"), maxsplit=1)[0]] += count
    return max(sorted(scripts), key=scripts.__getitem__, default=""), scripts


def _words(sample: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", sample.lower()))


def _hits(sample: str) -> dict[str, int]:
    """Count the function words of each language that has a list of them."""
    counts = _words(sample)
    return {each.code: sum(counts[word] for word in counts.keys() & each.frequent) for each in known() if each.frequent}


def _latin(sample: str) -> str:
    hits = _hits(sample)
    best = max(hits, key=lambda code: (hits[code], code == DEFAULT))
    return best if hits[best] >= _FEW else ""


def _clear(sample: str) -> str:
    """Return the language whose function words plainly make up the text, else ""."""
    best = _latin(sample)
    hits = _hits(sample).get(best, 0)
    return best if hits >= _FEW and hits >= _SHARE * _words(sample).total() else ""


def _cyrillic(sample: str) -> str:
    """Return the language of those with a known Cyrillic alphabet that lacks the fewest of the letters."""
    possible = [each.code for each in known() if "CYRILLIC" in each.scripts and each.alphabet]
    return min(possible, key=lambda code: _foreign(code, sample))


def _foreign(lang: str, sample: str) -> float:
    """Return the share of Cyrillic letters that a language's alphabet lacks; 0 where the alphabet is not known."""
    pack = language(lang)
    letters = Counter(letter for letter in unicodedata.normalize("NFC", sample).lower() if "Ѐ" <= letter <= "ӿ")
    if not pack.alphabet or not letters:
        return 0.0
    old = pack.old_letters if letters[pack.old_letters[:1]] else ""
    return sum(count for letter, count in letters.items() if letter not in pack.alphabet + old) / letters.total()
