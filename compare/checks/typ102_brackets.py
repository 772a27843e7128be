"""TYP102: brackets that have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding
from compare.words import context

_PAIRS = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[()\[\]{}]")
# "1)" and "а)" number the items of a list.
_ITEM = re.compile(r"(?:^|[\s(])(?:\d{1,3}|[^\W\d_])$")


@check("TYP102", mqm="linguistic-conventions/punctuation")
def brackets(analysis: Analysis) -> Iterator[Finding]:
    """Bracket without a partner.

    Wrong:
    - The treaty [[(]]signed at Sevres was void.
    - ru: Договор, подписанный в Севре[[)]], недействителен.

    Fine:
    - The treaty (signed at Sevres [1920]) was void.
    - It was agreed: 1) to meet; 2) to part.

    Score: 0.9 always.
    Source: Chicago Manual of Style 6.95–6.101.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        text = version.text
        for at in unpaired(text):
            what = "closes" if text[at] in "([{" else "opened"
            yield Finding(
                check="TYP102",
                severity="minor",
                score=0.9,
                places=(collation.place(version.id, at, at + 1),),
                message=f"nothing {what} this bracket: {context(text, at, at + 1)}",
            )


def unpaired(text: str) -> list[int]:
    """Return the offset of each bracket without a partner; a bracket may span paragraphs."""
    alone: list[int] = []
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        at, mark = match.start(), match.group()
        if mark in _PAIRS.values():
            stack.append(at)
        elif stack and text[stack[-1]] == _PAIRS[mark]:
            stack.pop()
        elif not (mark == ")" and _ITEM.search(text[max(0, at - 5) : at])):
            alone.append(at)
    return sorted(alone + stack)
