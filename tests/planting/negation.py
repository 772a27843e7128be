"""Denials added to a sound sentence or taken from it, and where."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from compare.wordalign.vocabulary import PAST, tense
from compare.words import key, parses, words

_AUXILIARY = frozenset(
    "is are was were am will would shall should can could may might must has have had did does do".split()
)
_OWNING = frozenset("a the his her by of in my".split())
_LOST = {"can't": "can", "won't": "will", "shan't": "shall", "cannot": "can", "nothing": "something"}
_DENIALS = frozenset("not never no cannot nothing".split())


@dataclass(frozen=True, slots=True)
class Planted:
    """A sentence with a denial more (`added`) or less; `at`: where the denial stands, or stood."""

    text: str
    added: bool
    at: int


def plant(text: str, rng: random.Random) -> Planted | None:
    """Take a denial from an English text, or deny one of its verbs; None where neither can be done."""
    found = words(text)
    denials = [w for w in found if key(w.text) in _DENIALS or key(w.text).endswith("n't")]
    if denials and rng.random() < 0.6:
        word = rng.choice(denials)
        form = key(word.text)
        new = _LOST.get(form, form[:-3] if form.endswith("n't") else "")
        rest = text[word.end :]
        return Planted(text[: word.start] + new + (rest if new else rest.removeprefix(" ")), False, word.start)
    places = []
    for n, word in enumerate(found):
        form, before = key(word.text), key(found[n - 1].text) if n else ""
        after = key(found[n + 1].text) if n + 1 < len(found) else ""
        if after in _DENIALS or before in _DENIALS:
            continue
        if form in _AUXILIARY:
            places.append((word.end, " not"))
        elif n and tense(form, "en") == PAST and before not in _AUXILIARY | _OWNING and word.text[0].islower():
            places.append((word.start, "did not " if rng.random() < 0.7 else "never "))
    if not places:
        return None
    at, new = rng.choice(places)
    denial = re.search(r"not|never", new)
    assert denial is not None
    return Planted(text[:at] + new + text[at:], True, at + denial.start())


def plant_source(text: str, rng: random.Random) -> Planted | None:
    """Deny a finite verb of a Russian text that is not denied; None where there is none."""
    found = words(text)
    places = []
    for n, word in enumerate(found):
        before = {key(w.text) for w in found[max(n - 2, 0) : n]}
        tag = parses(word.text)[0].tag
        if tag.POS == "VERB" and "impr" not in tag and not before & {"не", "ни", "бы", "б"} and word.text[0].islower():
            places.append(word.start)
    if not places:
        return None
    at = rng.choice(places)
    return Planted(f"{text[:at]}не {text[at:]}", True, at)
