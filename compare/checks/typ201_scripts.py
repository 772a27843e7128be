"""TYP201: letters of two scripts in one word, and words left in the source's script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.typography import in_address
from compare.values import Finding

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
#: Latin vowels with an accent, with which stress is set in Cyrillic words.
_STRESSED = str.maketrans("", "", "áéíóúýÁÉÍÓÚÝàèìòùÀÈÌÒÙ")


@check("TYP201", mqm="linguistic-conventions/character-encoding", alone=True)
def scripts(analysis: Analysis) -> Iterator[Finding]:
    """Cyrillic letters in a Latin word, or a word left in Cyrillic.

    Wrong:
    - The [[Sоviet]] Government agreed.
    - He spoke of the [[смычка]] at length.
    - ru: Он уехал в [[Mоскву]].

    Fine:
    - The Soviet Government agreed, says правительство.рф.
    - ru: Он подписал статью буквой X.
    - ru: Это дорого стóит.

    Score: 1 for two scripts in one word, 0.8 for a whole word of the other script.
    Source: Unicode Technical Standard 39, mixed-script detection.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        for match in _WORD.finditer(version.text):
            word = match.group()
            cyrillic, latin = bool(_CYRILLIC.search(word)), bool(_LATIN.search(word.translate(_STRESSED)))
            left = cyrillic and not latin and "CYRILLIC" not in language(version.lang).scripts
            if not (left or (cyrillic and latin)) or in_address(version.text, *match.span()):
                continue
            yield Finding(
                check="TYP201",
                severity="minor",
                score=0.8 if left else 1.0,
                places=(collation.place(version.id, *match.span()),),
                message=f"“{word}” is left in Cyrillic" if left else f"“{word}” mixes Latin and Cyrillic letters",
            )
