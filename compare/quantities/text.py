"""A text as numbers are read in it: without marks inside words, its characters one by one those of the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from compare.words import ACCENTS, UNSEEN, folds

#: Accents and stress marks, soft hyphens, zero-width characters, joiners.
_MARKS = re.compile(f"[{ACCENTS}{UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without marks; `lower` is as long as `text`, in small letters, ё and apostrophes made alike."""

    text: str
    lower: str
    origin: Sequence[int]
    """For each character, and the end, where it stands in the text as it was read."""


def unmarked(text: str) -> Unmarked:
    """Leave out stress marks, soft hyphens and the like: `unmarked("три\\u0301ста").text == "триста"`."""
    kept, origin = text, range(len(text) + 1)
    if _MARKS.search(text):
        letters: list[str] = []
        places: list[int] = []
        for at, letter in enumerate(text):
            if not _MARKS.match(letter):
                letters.append(letter)
                places.append(at)
            elif letters and letter in "\u0306\u0308":  # й and ё in two characters
                whole = unicodedata.normalize("NFC", letters[-1] + letter)
                letters[-1] = whole if len(whole) == 1 else letters[-1]
        kept, origin = "".join(letters), [*places, len(text)]  # type: ignore[assignment]
    lower = kept.lower().translate({old: new for old, new in folds().items() if len(new) == 1})
    return Unmarked(kept, lower if len(lower) == len(kept) else kept, origin)
