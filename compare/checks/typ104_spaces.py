"""TYP104: spaces that are doubled, missing or out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding
from compare.words import context

_PATTERNS = (
    # Two spaces after a full stop are an old typist's rule; between words they are a slip.
    (re.compile(r"(?<=[\w,;])[^\S\n\r]{2,}(?=\w)"), " ", "two spaces"),
    (re.compile(r"(?<=[(\[])[^\S\n\r]+(?=\w)|(?<=\w)[^\S\n\r]+(?=[)\]])"), "", "a space inside the bracket"),
    (re.compile(r"(?<=[^\W\d_])[,;](?=[^\W\d_]{2})"), None, "no space after the mark"),
    (re.compile(r"(?<=[a-zа-яё]{3})[.!?](?=[A-ZА-ЯЁ][a-zа-яё])"), None, "no space after the mark"),
    (re.compile("[\u200b\u2060\ufeff\u00ad]+"), "", "an invisible character"),
)


@check("TYP104", mqm="linguistic-conventions/whitespace")
def spaces(analysis: Analysis) -> Iterator[Finding]:
    """Odd space.

    Wrong:
    - They gave a pretext for this[[  ]]offensive.
    - He came[[,]]saw and left.
    - The treaty ([[ ]]signed at Sevres) was void.
    - ru: Он ушел[[.]]Она осталась.

    Fine:
    - He left.  She stayed.
    - It cost 1,250.50 at 10:30, e.g. on the U.S.S.R. market.

    Score: 0.8 always.
    Source: Chicago Manual of Style 2.11, 6.119.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        text = version.text
        for pattern, instead, why in _PATTERNS:
            for match in pattern.finditer(text):
                if "://" in text[max(0, match.start() - 40) : match.end() + 3] or "\t" in match.group():
                    continue
                yield Finding(
                    check="TYP104",
                    severity="minor",
                    score=0.8,
                    places=(collation.place(version.id, match.start(), match.end()),),
                    message=f"{why}: {context(text, match.start(), match.end())}",
                    suggestion=match.group() + " " if instead is None else instead,
                )
