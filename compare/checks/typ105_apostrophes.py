"""TYP105: apostrophes that have slipped from their word."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.values import Finding
from compare.words import context, is_function

_LETTER = r"[^\W\d_]"
# "the workers 'and": the possessive of a plural glued to the next word, which opens no quotation of its own.
_GLUED = re.compile(r"(?<=[^\W\d_]s)[^\S\n]+(?P<mark>['’])(?=(?P<word>[^\W\d_]+)\b)")
# A quotation in single marks ends in a mark of punctuation, or in a word that is no plural.
_QUOTED = re.compile(r"[^'’\n]*(?:[.,;:!?]|[^\Ws])['’]|[^\W\d_]+['’](?!\w)")
# An apostrophe beside a space, where alone an ending may have come loose.
_NEAR = re.compile(r"[^\S\n]+['’]|['’](?=[^\S\n])")
_ALONE = re.compile(r"(?<=\w)[^\S\n]+(?P<mark>['’])[^\S\n]+(?=\w)")


@check("TYP105", mqm="linguistic-conventions/punctuation", alone=True)
def apostrophes(analysis: Analysis) -> Iterator[Finding]:
    """Stray apostrophe.

    Wrong:
    - It became an outpost of the workers [['and]] peasants' system.
    - That was Turkey [['s]] claim.
    - They met at the workers [[' ]]congress.

    Fine:
    - It became an outpost of the workers' and peasants' system.
    - 'Tis said he called it 'and so on'. But what does 'yes' mean?
    - He spoke of the 'national' question and of '48.

    Score: 0.9 for an ending that has come loose, 0.8 for the rest.
    Source: Chicago Manual of Style 6.115–6.118, 7.16.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        text = version.text
        for start, end, score, why in stray(text, version.lang):
            yield Finding(
                check="TYP105",
                severity="minor",
                score=score,
                places=(collation.place(version.id, start, end),),
                message=f"{why}: {context(text, start, end)}",
            )


def stray(text: str, lang: str) -> Iterator[tuple[int, int, float, str]]:
    """Yield (start, end, score, reason) of apostrophes out of their place, in languages that join endings by one."""
    if not language(lang).clitics:
        return
    loose = _loose(lang)
    for match in filter(None, (loose.match(text, near.start()) for near in _NEAR.finditer(text))):
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        yield at, _end(text, at), 0.9, "an ending separated from its word"
    for match in _GLUED.finditer(text):
        joins = match["word"].islower() and is_function(match["word"], lang)
        if joins and not _QUOTED.match(text, match.end("mark")):
            at = match.start("mark")
            yield at, _end(text, at), 0.8, "the apostrophe belongs to the word before"
    for match in _ALONE.finditer(text):
        yield match.start("mark"), match.start("mark") + 2, 0.8, "an apostrophe that belongs to no word"


@functools.cache
def _loose(lang: str) -> re.Pattern[str]:
    """Match "don 't", "Turkey 's", "Turkey' s": an ending that has come loose."""
    endings = (clitic.split("'") for clitic in sorted(language(lang).clitics))
    return re.compile(
        "|".join(
            rf"(?<={head or _LETTER})(?:[^\S\n]+['’](?={tail}\b)|['’](?=[^\S\n]+{tail}\b))" for head, tail in endings
        )
    )


def _end(text: str, at: int) -> int:
    word = re.compile(r".\w*").match(text, at)
    return word.end() if word else at + 1
