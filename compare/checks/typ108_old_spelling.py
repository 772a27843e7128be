"""TYP108: a version that mixes the old spelling with today's."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.values import Finding
from compare.words import key, words

#: Different words of either spelling from which on it is no quotation, brand or slip; letters that each has at least.
_ENOUGH, _LEAST = 3, 3


@check("TYP108", mqm="linguistic-conventions/spelling", alone=True)
def old_spelling(analysis: Analysis) -> Iterator[Finding]:
    """Old spelling here, today's there

    Wrong:
    - ru: Въ лѣсу было тихо, и дѣти спали. Онъ шелъ домой. // ru: [[Потом]] сын вышел, и дверь закрылась.
    Fine:
    - ru: Въ лѣсу было тихо, и дѣти спали. Онъ шелъ домой, и дверь закрылась за нимъ.
    - ru: Он читал «Коммерсантъ» в саду, и дети спали. Дом был пуст, потом пришёл сосед.

    Score: 0.8. One finding a version, at the words of the spelling that it has less of; the last place is the first
    word of the other. No version is judged by another: a source of 1900 and its reprint may stand side by side.
    Source: the decree of 1918 on the new spelling; Грот, «Русское правописание» (1885).
    """
    for version in analysis.collation.work.versions:
        pack = language(version.lang)
        if not pack.spelled_old or not pack.spelled_new:
            continue
        long = [word for word in words(version.text) if word.end - word.start >= _LEAST]
        old = [word for word in long if pack.spelled_old(key(word.text))]
        new = [word for word in long if pack.spelled_new(key(word.text))] if old else []
        if min(len({key(word.text) for word in found}) for found in (old, new)) < _ENOUGH:
            continue
        few, many, what = (old, new, "old") if len(old) <= len(new) else (new, old, "today's")
        yield Finding(
            check="TYP108",
            severity="minor",
            score=0.8,
            places=tuple(analysis.collation.place(version.id, w.start, w.end) for w in (*few, many[0])),
            message=f"{len(few)} words are in {what} spelling, {len(many)} show the other",
        )
