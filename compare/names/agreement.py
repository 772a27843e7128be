"""Whether a Latin form writes a name of the source: by its letters, as a settled English form, or as its people."""

from __future__ import annotations

import functools
import re

from rapidfuzz.distance import Levenshtein

from compare.names.authority import look_up
from compare.names.edit_model import letters
from compare.names.exonyms import bearers, english_forms, one_bearer, two_given_names, two_places
from compare.names.inflection import lands, oblique_spellings, peoples, singular
from compare.names.romanisation import plain, romanise, sound
from compare.names.similarity import word_logit
from compare.remembered import remembered
from compare.words import parses

#: Log odds above which a word of the cell is taken to render the name, so that it is not missing.
_MAY_BE = -1.5
#: Log odds under which a form does not write a name, and the share of equal letters that makes it a misprint of it.
_UNLIKE, _MISPRINT = -5.0, 0.65
#: Consonants that stand for one another where a name has come by way of Greek, or of another script: Reuben, Рувим.
_KIN = str.maketrans("bpvdtszSJckghmn", "PPPTTSSSSSKKKNN")
#: Endings of Russian surnames and patronymics.
_RUSSIAN = re.compile(r"(ов|ев|ин|ын|[сц]кий|[сц]кая|ова|ева|ина|ына|вич|вна|ич|нко|чук|юк)$")

_WOMAN = re.compile("[иы]й$")


@remembered
def likeness(form: str, lemma: str) -> float:
    """Return the log odds that a Latin form, or its singular, writes a name; 5 or more for a settled form."""
    best = max(word_logit(letters(each), letters(lemma)) for each in (form, singular(form)))
    if not lemma.isascii() and plain(form) in oblique_spellings(lemma):
        best = max(best, 4.0)
    if plain(form) in peoples() and lands().get(lemma) == plain(form):
        best = max(best, 6.0)
    if any(entry in look_up(lemma) for entry in look_up(form)) or one_bearer(form, lemma):
        best = max(best, 5.0)
    return best


@remembered
def two_bearers(form: str, lemma: str) -> bool:
    """Tell whether two names are those of two places, or two given names that are not alike: Yulia, Илья."""
    return two_places(form, lemma) or (two_given_names(form, lemma) and likeness(form, lemma) < _MAY_BE)


@remembered
def renders(word: str, name: str) -> bool:
    """Tell whether a folded English word may well stand for a name: like it, short for it, its people, a pet form."""
    if two_bearers(word, name):
        return False
    land = lands().get(name) or peoples().get(name)
    if land is not None and peoples().get(plain(word)) == land:
        return True
    given = [form for bearer in bearers(name) if bearer.kind == "given" for form in bearer.russian + bearer.english]
    return any(_writes(word, form) for form in dict.fromkeys([name, *english_forms(name), *given]))


@functools.lru_cache(1 << 18)
def _writes(word: str, name: str) -> bool:
    x, y = (plain(form).replace("x", "ks") for form in (word, romanise(name, "BGN/PCGN")))
    shared = next((i for i, (a, b) in enumerate(zip(x, y, strict=False)) if a != b), min(len(x), len(y)))
    same = len(sound(x)) > 1 and (
        sound(x) == sound(y)
        # Tamar, Фамарь; Hazael, Азаил
        or not {_skeleton(x), _skeleton(x.removeprefix("h"))}.isdisjoint((_skeleton(y), _skeleton(y.replace("f", "t"))))
    )
    # the likeness of their letters is asked last: it costs most
    return same or shared >= 4 or (shared == 3 and min(len(x), len(y)) <= 6) or likeness(word, name) > _MAY_BE


def _skeleton(name: str) -> str:
    """Return the consonants of a plain name by where in the mouth they are made (after Soundex)."""
    return sound(name.replace("th", "t").replace("j", "y").rstrip("h")).translate(_KIN)


@functools.lru_cache(1 << 16)
def differs(form: str, lemma: str) -> bool:
    """Tell whether a Latin form is another name than the source's, no misprint of it: Gomov, Гуров; Latvia, Литва."""
    if two_bearers(form, lemma):
        return True
    if likeness(form, lemma) >= _UNLIKE or renders(form, lemma):
        return False
    written = [plain(romanise(each, "BGN/PCGN")) for each in (lemma, _WOMAN.sub("ая", lemma))]
    return all(Levenshtein.normalized_similarity(plain(form), each) < _MISPRINT for each in written)


@functools.lru_cache(1 << 16)
def is_russian(lemma: str) -> bool:
    """Tell whether a name is a Russian surname or patronymic, which every language writes as it sounds."""
    if lemma.isascii() or len(lemma) < 5 or bearers(lemma):
        return False
    return bool(_RUSSIAN.search(lemma)) or any(tag in parses(lemma)[0].tag for tag in ("Surn", "Patr"))


def has_known_forms(lemma: str) -> bool:
    """Tell whether it is known how English writes a name, so that no other word is a form of its own for it."""
    return is_russian(lemma) or bool(bearers(lemma))
