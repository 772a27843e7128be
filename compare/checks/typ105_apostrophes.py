"""TYP105: apostrophes that have slipped from their word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding
from compare.words import context

# "don 't", "Turkey 's": the ending has come loose.
_LOOSE = re.compile(
    r"(?:(?<=[^\W\d_])[^\S\n]+(?P<mark>['’])(?=(?:s|ll|re|ve|d|m)\b)|(?<=n)[^\S\n]+(?P<mark3>['’])(?=t\b))"
    r"|(?<=[^\W\d_])(?P<mark2>['’])[^\S\n]+(?=(?:s|t|ll|re|ve)\b)"
)
# "the workers 'and": the possessive of a plural glued to the next word, which opens no quotation of its own.
_GLUED = re.compile(
    r"(?<=[^\W\d_]s)[^\S\n]+(?P<mark>['’])"
    r"(?=(?:and|or|of|in|on|at|to|the|a|an|is|was|were|had|with|from|by)\b)"
)
# A quotation in single marks ends in a mark of punctuation, or in a word that is no plural.
_QUOTED = re.compile(r"[^'’\n]*(?:[.,;:!?]|[^\Ws])['’]")
_ALONE = re.compile(r"(?<=\w)[^\S\n]+(?P<mark>['’])[^\S\n]+(?=\w)")


@check("TYP105", mqm="linguistic-conventions/punctuation")
def apostrophes(analysis: Analysis) -> Iterator[Finding]:
    """Stray apostrophe.

    Wrong:
    - It became an outpost of the workers [['and]] peasants' system.
    - That was Turkey [['s]] claim.
    - They met at the workers [[' ]]congress.

    Fine:
    - It became an outpost of the workers' and peasants' system.
    - 'Tis said he called it 'and so on'.
    - He spoke of the 'national' question and of '48.

    Score: 0.9 for an ending that has come loose, 0.8 for the rest.
    Source: Chicago Manual of Style 6.115–6.118, 7.16.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        if version.lang != "en":
            continue
        text = version.text
        for pattern, score, why in (
            (_LOOSE, 0.9, "an ending parted from its word"),
            (_GLUED, 0.8, "the apostrophe belongs to the word before"),
            (_ALONE, 0.8, "an apostrophe that belongs to no word"),
        ):
            for match in pattern.finditer(text):
                if pattern is _GLUED and _QUOTED.match(text, match.end()):
                    continue
                at = next(start for start, _ in map(match.span, match.groupdict()) if start >= 0)
                end = re.compile(r".\w*[^\S\n]?" if pattern is _ALONE else r".\w*").match(text, at)
                yield Finding(
                    check="TYP105",
                    severity="minor",
                    score=score,
                    places=(collation.place(version.id, at, end.end() if end else at + 1),),
                    message=f"{why}: {context(text, at, at + 1)}",
                )
