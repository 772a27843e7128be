"""Russian as it was spelled before 1918, in the spelling of today: after Грот, «Русское правописание» (1885)."""

from __future__ import annotations

import functools
import re

from compare.lang.ru.dictionary import listed

_LETTERS = str.maketrans("ѣіїѳѵѢІЇѲѴ", "еиифиЕИИФИ")
#: What only the old spelling has: its letters, and ъ where no vowel follows.
_OLD = re.compile(r"[ѣіїѳѵ]|ъ(?![яюеёи])")
#: What only today's has: и before a vowel, a consonant without ъ at the end.
_NEW = re.compile(r"и(?=[аеёиоуыэюяй])|[бвгджзклмнпрстфхцчшщ]$")
#: Endings, and what stands for them today; the first that makes a word of the dictionary is right.
_ENDINGS = (
    ("аго", "ого"),
    ("аго", "его"),
    ("яго", "его"),
    ("агося", "егося"),
    ("ыя", "ые"),
    ("ия", "ие"),
    ("ияся", "иеся"),
)
#: Prefixes whose з is с today before a consonant without voice.
_PREFIX = re.compile(r"^(бе|во|в|и|ни|ра|ро|чере|чре)з(?=[кпстфхцчшщ])")
_WHOLE = {"ея": "ее", "нея": "нее", "оне": "они", "одне": "одни", "однех": "одних", "однем": "одним", "самоё": "самое"}
_WHOLE |= {"однеми": "одними", "итти": "идти", "притти": "прийти", "чорт": "черт", "шопот": "шепот"}


def old(key: str) -> bool:
    """Tell whether a word shows the spelling of before 1918: лѣсъ, третій."""
    return _OLD.search(key) is not None


def new(key: str) -> bool:
    """Tell whether a word shows that it was spelled later: лес, третий."""
    return not old(key) and _NEW.search(key) is not None


@functools.lru_cache(1 << 16)
def modern(key: str) -> str:
    """Spell a word, by its key, as today: «двѣнадцать», «милліоновъ», «добраго»; a word that shows nothing old stays.

    An ending or prefix is changed where the dictionary lacks the word as it stands and has the other.
    """
    if not old(key) and not key.endswith(("аго", "яго", "ыя")) and key not in _WHOLE and not _PREFIX.match(key):
        return key
    spelled = re.sub(r"ъ(?![яюеёи])", "", key.translate(_LETTERS))
    if not any(map(str.isalnum, spelled)):
        return key  # a hard sign by itself: the letter, or the number of a point
    if spelled in _WHOLE or listed(spelled):
        return _WHOLE.get(spelled, spelled)
    forms = [spelled.removesuffix(ending) + now for ending, now in _ENDINGS if re.search(rf"..{ending}$", spelled)]
    forms += [_PREFIX.sub(r"\1с", form) for form in (spelled, *forms) if _PREFIX.match(form)]
    return next(filter(listed, forms), spelled)
