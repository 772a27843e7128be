"""Inflection as against variation: what English or Russian grammar makes of one name is no second spelling of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib.resources import files

from compare.names.romanisation import plain, romanise
from compare.remembered import remembered
from compare.words import key, parses

#: English endings that make another word of a name: plural, people, adjective, language, follower.
_DERIVED = (
    "s es n an ian i ish ite ites ese ist ists ians ans is er ers ic ism ists sky skaya na ov ova in ina off".split()
)
#: Endings by sex: what stands on the right is not the man of the left.
_SEXES = [
    (re.compile(man + "$"), re.compile(woman + "$"))
    for man, woman in [
        ("o(v|w|ff?)", "o[vw]a"),
        ("e(v|w|ff?)", "e[vw]a"),
        ("ine?", "ina"),
        ("sk(y|i|ii|ij|iy)", "sk(aya|aia|aja|a)"),
        ("[oe]?(vi|v|)t?ch", "[oe]?vna"),
        ("[oe]?(vi|v|)t?ch", "[ie]?nit?chna"),
    ]
]
#: Russian case endings as a translator leaves them on a name; singular, after a consonant.
_ENDINGS = "om on em oy oi oyu ami amy akh".split()


@functools.cache
def peoples() -> Mapping[str, str]:
    """Return the words for peoples and adjectives, folded, each with its land: `peoples()["turks"] == "turkey"`."""
    lines = files("compare.names").joinpath("peoples.tsv").read_text("utf-8").splitlines()[1:]
    table: dict[str, str] = {}
    for line in lines:
        place, _, words = line.split("\t")
        table[plain(place)] = plain(place)
        table.update(dict.fromkeys(words.split(), plain(place)))
    return table


@functools.cache
def lands() -> Mapping[str, str]:
    """Return the Russian words for lands and peoples, each with the English land: `lands()["россия"] == "russia"`."""
    lines = files("compare.names").joinpath("peoples.tsv").read_text("utf-8").splitlines()[1:]
    split = (line.split("\t") for line in lines)
    return {key(word): plain(place) for place, russian, _ in split for word in russian.split()}


def is_people(word: str) -> bool:
    """Tell whether a word is a people or its adjective, not the land itself."""
    return peoples().get(plain(word), plain(word)) != plain(word)


def same_land(a: str, b: str) -> bool:
    """Tell whether two words are of one land: Russia's, the Russian; Serbs, Serbians."""
    one, two = (peoples().get(plain(word).removesuffix("'s")) for word in (a, b))
    return one is not None and one == two


def related(a: str, b: str) -> bool:
    """Tell whether grammar makes two words of one name: Karabakh, Karabakhi; Petrov, Petrova; Turkey, Turks."""
    a, b = plain(a), plain(b)
    if a == b:
        return False
    if is_people(a) or is_people(b) or (a in peoples() and b in peoples()):
        return True
    return derived(a, b) or derived(b, a) or _sexes(a, b) or _sexes(b, a)


def derived(base: str, word: str) -> bool:
    """Tell whether a word is a name with an English or Russian ending: Kalitin, Kalitins; not the other way round.

    A last letter doubled is no ending: Hartman, Hartmann.
    """
    base, word = plain(base), plain(word)
    if word == base + base[-1:]:
        return False
    stem = base[:-1] if base[-1:] in "aeioy" else base
    if len(stem) < 2 or len(word) <= len(stem):
        return False
    return (word.startswith(base) and word[len(base) :] in (*_DERIVED, "a", "e")) or (
        word.startswith(stem) and len(word) > len(base) and word[len(stem) :] in _DERIVED
    )


def _sexes(man: str, woman: str) -> bool:
    for his, hers in _SEXES:
        a, b = his.search(man), hers.search(woman)
        if a and b and man[: a.start()][:4] == woman[: b.start()][:4]:
            return True
    return False


def singular(word: str) -> str:
    """Take an English plural off a family's name: `singular("kalitins") == "kalitin"`; other words stay."""
    return (
        word[:-1]
        if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os"))
        else word
    )


def ending_left(base: str, word: str) -> bool:
    """Tell whether a word is a name with a Russian case ending on it: Khalil, Khalilon."""
    base, word = plain(base), plain(word)
    return len(base) > 4 and any(word == base + end for end in _ENDINGS)


#: Schemes that between them write every case ending in all its ways, accents apart.
_DISTINCT = ("BGN/PCGN", "ALA-LC", "scholarly", "old English", "French")


@remembered
def case_forms(lemma: str) -> tuple[tuple[str, str], ...]:
    """Return the oblique singular forms of a Russian name, folded: the form and the name of its case."""
    found: dict[str, str] = {}
    for reading in parses(lemma):
        if reading.normal_form.replace("ё", "е") != lemma.replace("ё", "е") or "NOUN" not in reading.tag:
            continue
        for case, name in _CASES.items():
            form = reading.inflect({case, "sing"})
            if form and form.word.replace("ё", "е") != lemma:
                found.setdefault(form.word, name)
        break
    return tuple(found.items())


def is_plural_after(before: str, form: str, lemma: str) -> bool:
    """Tell whether what looks like a name's genitive follows a preposition that takes none: «в Суры», to Sury."""
    if before not in _NEVER_GENITIVE:
        return False
    [reading, *_] = parses(lemma)
    inflected = {case: reading.inflect({case, "sing"}) for case in _CASES}
    return {case for case, each in inflected.items() if each and each.word == form} == {"gent"}


_NEVER_GENITIVE = frozenset("в во на за под через про".split())
_CASES = {"gent": "genitive", "datv": "dative", "accs": "accusative", "ablt": "instrumental", "loct": "prepositional"}


def romanised(form: str) -> frozenset[str]:
    """Return the plain Latin forms of a Cyrillic word in every scheme, and with ы as i."""
    forms = {plain(romanise(form, scheme)) for scheme in _DISTINCT}
    return frozenset(forms | {re.sub("y$", "i", f) for f in forms if form.endswith("ы")})


@functools.lru_cache(1 << 14)
def oblique_spellings(lemma: str) -> frozenset[str]:
    """Return the plain Latin forms of a Russian name's oblique cases that are not also forms of the name itself."""
    forms: frozenset[str] = frozenset().union(*(romanised(form) for form, _ in case_forms(lemma)))
    return forms - romanised(lemma)
