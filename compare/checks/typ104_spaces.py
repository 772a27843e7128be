"""TYP104: spaces that are doubled, missing or out of place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import language
from compare.messages import and_more
from compare.typography import elsewhere
from compare.values import Finding
from compare.words import context

_PATTERNS = (
    # Two spaces after a full stop are an old typist's rule; between words they are a slip; four or more lay a text out.
    (re.compile(r"(?<=[\w,;])[^\S\n\r\t]{2,3}(?=\w)"), " ", "two spaces"),
    (re.compile(r"(?<=[(\[])[^\S\n\r\t]+(?=\w)|(?<=\w)[^\S\n\r\t]+(?=[)\]])"), "", "a space inside the bracket"),
    # The mark first: to look back from every character takes five times as long.
    (re.compile(r"[,;](?<=[^\W\d_].)(?=[^\W\d_]{2})"), None, "no space after the mark"),
    (re.compile(r"[.!?](?<=[^\W\d_]{3}.)(?=[^\W\d_]{2})"), None, "no space after the mark"),
)
#: From how many places on an oddity is a version's habit, or its scanner's, and one finding.
_HABIT = 9


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

    Ten of a kind in one version are a habit, or a scanner's: one finding with all its places.

    Score: 0.8 always.
    Source: Chicago Manual of Style 2.11, 6.119.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        text = version.text
        for pattern, instead, why in _PATTERNS:
            found = [
                match
                for match in pattern.finditer(text)
                if (instead is not None or _parts(text, match.start(), version.lang))
                and not elsewhere(collation, version.id, match.start(), pattern)
            ]
            habit = len(found) > _HABIT
            for matches in [found] if habit else [[match] for match in found]:
                start, end = matches[0].span()
                more = and_more(len(matches) - 1)
                yield Finding(
                    check="TYP104",
                    severity="minor",
                    score=0.8,
                    places=tuple(collation.place(version.id, *match.span()) for match in matches),
                    message=f"{why}{more}: {context(text, start, end)}",
                    suggestion=matches[0].group() + " " if instead is None else instead,
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
