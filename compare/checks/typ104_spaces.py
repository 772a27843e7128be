"""TYP104: spaces that are doubled, missing or out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.typography import elsewhere
from compare.values import Finding
from compare.words import context

_PATTERNS = (
    # Two spaces after a full stop are an old typist's rule; between words they are a slip; four or more lay a text out.
    (re.compile(r"(?<=[\w,;])[^\S\n\r\t]{2,3}(?=\w)"), " ", "two spaces"),
    (re.compile(r"(?<=[(\[])[^\S\n\r\t]+(?=\w)|(?<=\w)[^\S\n\r\t]+(?=[)\]])"), "", "a space inside the bracket"),
    (re.compile(r"(?<=[^\W\d_])[,;](?=[^\W\d_]{2})"), None, "no space after the mark"),
    (re.compile(r"(?<=[^\W\d_]{3})[.!?](?=[^\W\d_]{2})"), None, "no space after the mark"),
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
    - It cost 1,250.50 at 10:30, e.g. on the U.S.S.R. market, says Gazeta.Ru.

    Score: 0.8 always.
    Source: Chicago Manual of Style 2.11, 6.119.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        text = version.text
        for pattern, instead, why in _PATTERNS:
            for match in pattern.finditer(text):
                start, end = match.span()
                if instead is None and not _parts(text, start, version.lang):
                    continue
                if elsewhere(collation, version.id, start, pattern):
                    continue
                yield Finding(
                    check="TYP104",
                    severity="minor",
                    score=0.8,
                    places=(collation.place(version.id, start, end),),
                    message=f"{why}: {context(text, start, end)}",
                    suggestion=match.group() + " " if instead is None else instead,
                )


def _parts(text: str, at: int, lang: str) -> bool:
    """Tell whether the mark parts two words or sentences: `Gazeta.Ru`, `index.html` and an address are one word."""
    if text[at] in ",;":
        return "://" not in text[text.rfind(" ", 0, at) + 1 : at]
    left, right = re.search(r"\w+$", text[:at]), re.match(r"\w+", text[at + 1 :])
    if left is None or right is None or not (left[0][1:].islower() and right[0].istitle()):
        return False
    facts = language(lang).sentences
    return left[0].islower() or (facts is not None and right[0] in facts.starters)
