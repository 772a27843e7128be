"""TYP102: brackets that have no partner."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.typography import unpaired_brackets
from compare.values import Finding
from compare.words import context


@check("TYP102", mqm="linguistic-conventions/punctuation", alone=True)
def brackets(analysis: Analysis) -> Iterator[Finding]:
    """Bracket without a partner.

    Wrong:
    - The treaty [[(]]signed at Sevres was void.
    - ru: Договор, подписанный в Севре[[)]], недействителен.

    Fine:
    - The treaty (signed at Sevres [1920]) was void.
    - It was agreed: 1) to meet; ii) to talk; c) to part.
    - He left for the hills *).

    Score: 0.9 always.
    Source: Chicago Manual of Style 6.95–6.101.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        text = version.text
        for at in unpaired_brackets(text):
            what = "closes" if text[at] in "([{" else "opened"
            yield Finding(
                check="TYP102",
                severity="minor",
                score=0.9,
                places=(collation.place(version.id, at, at + 1),),
                message=f"nothing {what} this bracket: {context(text, at, at + 1)}",
            )
