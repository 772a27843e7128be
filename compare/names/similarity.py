"""How likely two names are one, whatever the script, the words, the titles: the score of `hexapla names --score`."""

from __future__ import annotations

import functools
import math
import re

from rapidfuzz.distance import Levenshtein

from compare.names.alphabets import spellings
from compare.names.authority import one_name
from compare.names.detect import bare, titles
from compare.names.edit_model import letters, model
from compare.names.graphemes import strangeness
from compare.names.romanisation import CYRILLIC, habitual, plain, romanise, russian
from compare.words import key

_CYRILLIC = re.compile(f"[{CYRILLIC}]")
#: Two equal forms are one name unless the world plays tricks; the scale is that of the logits below.
_EQUAL = 7.0
#: A known historical identity (Angora, Ankara) is as good as proof.
_KNOWN = 5.0
#: An initial that agrees says little, one that does not much.
_INITIAL, _OTHER_INITIAL = 1.0, -4.0
#: A word that one of the names lacks: "Akaky" for "Akaky Akakievich".
_LACKING = -1.5
#: What a spelling of customary graphemes alone is worth at least, by the shorter form's letters, and what each letter
#: that they leave unexplained takes off. Two Latin spellings may share a reading and be two names more often.
_WRITABLE, _SHARED, _STRANGE = (4, 2.0), (6, 0.6), 4.0


def score(a: str, b: str) -> float:
    """Return how likely it is that `a` and `b` are one name, 0 to 1; 0.5 is even odds between hard look-alikes.

    Either may be Cyrillic or Latin and have several words; titles, possessives and accents are allowed for. Symmetric.
    A name without a letter is like nothing: 0. `score("Халил", "Khalil Pasha")` is about 1.
    """
    value = logit(a, b)
    return 1 / (1 + math.exp(-value)) if value > -700 else 0.0


def logit(a: str, b: str) -> float:
    """Return the log odds behind `score`; minus infinity for a name without a letter."""
    first, second = sorted((_words(a), _words(b)))
    if not first or not second:
        return -math.inf
    if one_name(a, b):
        return max(_KNOWN, _name_logit(first, second))
    return _name_logit(first, second)


def _words(name: str) -> tuple[str, ...]:
    """Split a name into folded words: titles come off unless nothing else is left; "Petrov, Ivan" is turned round."""
    if name.count(",") == 1:
        name = " ".join(reversed(name.split(",")))
    split = [bare(w) for w in re.split(r"[\s\-‐‑–_.,]+", name)]
    words = [w for w in split if letters(w)]
    untitled = [w for w in words if key(w) not in titles()]
    return tuple(letters(w) for w in untitled or words)


def _name_logit(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    if len(first) == len(second) == 1:
        return word_logit(first[0], second[0])
    if len(first) == len(second):
        return _sum([word_logit(x, y) for x, y in zip(first, second, strict=True)])
    short, long = sorted((first, second), key=len)
    joined = word_logit("".join(first), "".join(second))
    return max(joined, _best(short, long))


def _best(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """Pair the words in order, leaving out of the longer name what pairs worst."""
    kept: dict[tuple[int, int], list[float]] = {(0, j): [] for j in range(len(long) + 1)}
    for i, x in enumerate(short, 1):
        for j in range(i, len(long) + 1):
            paired = [*kept[i - 1, j - 1], word_logit(x, long[j - 1])]
            skipped = kept.get((i, j - 1))
            kept[i, j] = skipped if skipped and sum(skipped) >= sum(paired) else paired
    return _sum(kept[len(short), len(long)]) + _LACKING * (len(long) - len(short))


def _sum(logits: list[float]) -> float:
    """Weigh the words of a name together: one that differs outweighs those that agree."""
    worst = min(logits)
    return worst + 0.25 * (sum(max(x, 0.0) for x in logits) - max(worst, 0.0))


@functools.lru_cache(1 << 17)
def word_logit(a: str, b: str) -> float:
    """Return the log odds that two folded words are one name."""
    if a == b:
        return _EQUAL
    if not a or not b:
        return -_EQUAL
    cyrillic = bool(_CYRILLIC.search(a)), bool(_CYRILLIC.search(b))
    if cyrillic == (True, True):
        a, b = (letters(romanise(x, "BGN/PCGN")) for x in (a, b))
        return word_logit(a, b) if a or b else -_EQUAL
    if any(cyrillic):
        name, form = (a, b) if cyrillic[0] else (b, a)
        if any(plain(form) == plain(letters(each)) for each in spellings(name)):
            return _KNOWN
        # The model was trained on Russian letters and takes any other for a stranger.
        a, b = russian(a), russian(b)
        if not a or not b:
            return -_EQUAL
    if min(len(a), len(b)) == 1:
        x, y = (letters(romanise(x, "BGN/PCGN"))[:1] for x in (a, b))
        return _INITIAL if x == y else _OTHER_INITIAL
    if cyrillic == (False, False):
        return _customary(a, b, min(model("latin").logit(a, b), _EQUAL), _SHARED)
    if cyrillic[1]:
        a, b = b, a
    return _customary(a, b, min(model("cyrillic").logit(a, b), _EQUAL), _WRITABLE)


def _customary(a: str, b: str, value: float, floor: tuple[int, float]) -> float:
    """Raise log odds that a mixture of habits holds down, which the model never saw: Щербачёв, Stcherbatchoff."""
    shortest, least = floor
    if value >= least or min(len(a), len(b)) < shortest:
        return value
    keys = (habitual(romanise(x, "BGN/PCGN")) for x in (a, b))
    if Levenshtein.distance(*keys, score_cutoff=3) > 3:
        return value
    strange = strangeness(a, b)
    return max(value, least - _STRANGE * strange) if strange < 1 else value
