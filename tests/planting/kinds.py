"""Kinds of error that only training plants, beside those of `tests.planting.errors`, and how often each is tried."""

from __future__ import annotations

import functools
import random
from itertools import pairwise

from compare.wordalign.embeddings import lexicon, relations
from compare.words import Word, is_function, key, lemma, words
from tests.planting import inflection as inflect
from tests.planting.errors import KINDS, Bed, Planted, Planter, _pos, _swap, exchange, lose_stretch

_BE = frozenset("is are was were am".split())
_PARTICIPLES = frozenset(inflect.PARTICIPLES)


def _participle(word: Word) -> bool:
    form = key(word.text)
    return form in _PARTICIPLES or (form.endswith("ed") and lemma(form, "en") != form)


def being(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Make a passive or a state one that lasts."""
    fits = [
        (a, "being" if key(a.text) in _BE else "be being")
        for a, b in pairwise(words(text))
        if (key(a.text) in _BE and (_participle(b) or _pos(b) == "a")) or (key(a.text) == "will" and _pos(b) == "v")
    ]
    if not fits:
        return None
    word, new = rng.choice(fits)
    if new != "being":
        new = "be being" if rng.random() < 0.3 else "being"
    return Planted("being", f"{text[: word.end]} {new}{text[word.end :]}", ((word.end + 1, word.end + 1 + len(new)),))


def _third(word: Word) -> str:
    """Return the base of a verb in the third person singular of the present, or nothing."""
    form = key(word.text)
    base = lemma(form, "en")
    return base if form.endswith("s") and form != base and lexicon().pos(base) == "v" else ""


def progressive(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Make a present that is lasting simple, or a simple one lasting."""
    found = words(text)
    fits = [
        (a.start, b.end, inflect.third(base) if key(a.text) == "is" else base)
        for a, b in pairwise(found)
        if key(a.text) in ("is", "are")
        and key(b.text).endswith("ing")
        and (base := lemma(key(b.text), "en")) != key(b.text)
    ]
    fits += [
        (w.start, w.end, f"is {inflect.ing(b)}") for w in found if (b := _third(w)) not in ("", "be", "have", "do")
    ]
    if not fits:
        return None
    start, end, new = rng.choice(fits)
    return _swap(text, start, end, new, "progressive")


def other_time(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put what is present or to come into another time."""
    found = words(text)
    fits = [(w.start, w.end, [inflect.past(base), f"will {base}"]) for w in found if (base := _third(w))]
    for a, b in pairwise(found):
        form = key(b.text)
        if key(a.text) in ("will", "shall") and text[a.end : b.start] == " ":
            if form == "be":
                fits.append((a.start, b.end, ["is", "was", "are", "were"]))
            elif _pos(b) == "v":
                fits.append((a.start, b.end, [inflect.past(form), inflect.third(form), form]))
        elif key(a.text) in ("is", "are") and _participle(b):
            fits.append((a.start, a.end, ["was", "will be"] if key(a.text) == "is" else ["were", "will be"]))
    if not fits:
        return None
    start, end, forms = rng.choice(fits)
    return _swap(text, start, end, rng.choice([form for form in forms if form != text[start:end]]), "other_time")


def _kin(wanted: str, kind: str, turned: bool = False) -> Planter:
    """Put a word of the same class in the place of another that stands to it in a relation."""

    @functools.cache
    def lemmas() -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for (a, b), relation in sorted(relations().items()):
            a, b = (b, a) if turned else (a, b)
            if relation == wanted and lexicon().pos(a) == lexicon().pos(b):
                table.setdefault(a, []).append(b)
        return table

    return exchange(lemmas, kind)


def other_names(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put another name in the place of one that may be of several words."""
    found = words(text)
    runs: list[list[Word]] = []
    for n, word in enumerate(found):
        if not (word.text[0].isupper() and n and not is_function(word.text, "en") and len(word.text) > 2):
            continue
        if runs and runs[-1][-1] is found[n - 1] and text[found[n - 1].end : word.start] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
    names = [n for n in bed.names if n not in text]
    if not runs or len(names) < 2:
        return None
    run = rng.choice(runs)
    new = " ".join(rng.sample(names, rng.choice((1, 1, 2))))
    return _swap(text, run[0].start, run[-1].end, new, "other_names")


_HEADS = frozenset("of to about in on at for by with from against between among during under over".split())


def lose_tail(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose a preposition and all up to the next mark, preposition or verb."""
    found = words(text)
    starts = [i for i, w in enumerate(found[:-1]) if i and key(w.text) in _HEADS]
    rng.shuffle(starts)
    for i in starts:
        stop = i + 1
        while stop + 1 < len(found) and text[found[stop].end : found[stop + 1].start] == " " and stop - i < 7:
            after = found[stop + 1]
            if key(after.text) in _HEADS and rng.random() < 0.7:
                break
            if _pos(found[stop]) == "n" and (_pos(after) in "vf" and key(after.text) not in _HEADS):
                break
            stop += 1
        if _pos(found[stop]) != "f" and "," not in text[found[i].start : found[stop].end]:
            return lose_stretch(text, found[i].start, found[stop].end, "lose_tail")
    return None


MORE: dict[str, Planter] = {
    "being": being,
    "progressive": progressive,
    "other_time": other_time,
    "opposite": _kin("a", "opposite"),
    "wider_kin": _kin("h", "wider_kin"),
    "narrower_kin": _kin("h", "narrower_kin", turned=True),
    "other_names": other_names,
    "lose_tail": lose_tail,
}

#: What plain signs tell anyway is tried seldom, what is easily overlooked often.
OFTEN = {
    **dict.fromkeys(("codemix", "repeat", "question", "other_passage", "shuffle", "misspelt"), 0.3),
    **dict.fromkeys(
        (
            "lose_noun lose_verb lose_adjective lose_subject lose_phrase lose_name add_word antonym wider_word tense "
            "aspect other_name other_number person negation roles quantity modality"
        ).split(),
        1.6,
    ),
}


def order(rng: random.Random) -> list[tuple[str, Planter]]:
    """Draw the kinds in the order to try them in."""
    every = {**KINDS, **MORE}
    return sorted(every.items(), key=lambda each: -(rng.random() ** (1 / OFTEN.get(each[0], 1.0))))
