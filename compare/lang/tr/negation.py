"""Turkish denials: words, and verbs with the syllable -me- or -ma-."""

from __future__ import annotations

import re

from compare.lang.pack import Negation
from compare.lang.tr.words import FOLDS, folded, lemmatise

#: What stands behind the stem of a verb that denies; "cannot" has a vowel more.
_DENYING = re.compile(r"(?:y?[ae])?m(?:[ae](?:di|z|miş|y[ae][cn]|diğ|yip|yin|m[ae]li|s[ei]n?(?:l[ae]r)?$)|[iuü]yor)")


def _denies(word: str) -> bool:
    stem = lemmatise(word).translate(str.maketrans(dict[str, str | int | None](FOLDS)))
    return word.startswith(stem) and bool(_DENYING.match(word, len(stem)))


NEGATION = Negation(
    verbal=folded("değil yok"),
    within=_denies,
    other=folded("hayır yoktu yokmuş"),
    counted=folded("değil yok yoktu hayır"),
    concord=folded("hiç hiçbir kimse kimseyi kimseye kimsenin asla ne"),
    halves=folded("""
        hiç asla kimse güçlükle zorla nadiren az başka dışında olmaksızın reddetmek vazgeçmek unutmak kaçınmak
        yasaklamak bırakmak kesmek susmak
    """),
    half_forms=r"\w{2,}(?:m[ae](?:di|z|miş|yac|yec|sin|yip|yan|yen|dan|den|dik|diğ)\w*|m[iuü]yor\w*|siz|suz|süz)",
    seeming=r"deniz|temiz|semiz|kirmizi|omuz|domuz|sessiz",
    idle=r"yalnız(?:ca)?\s+\w+\s+değil|sadece\s+\w+\s+değil|değil\s+mi\b",
)
