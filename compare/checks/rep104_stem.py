"""One stem twice within a few words."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.repeats.stems import stems
from compare.values import Finding


@check("REP104", mqm="style/awkward")
def stem(analysis: Analysis) -> Iterator[Finding]:
    """Two words of one stem stand within a few words of each other.

    Wrong:
        - The government was forced by [[force]] of things to find another way.

    Fine:
        - The government was forced by the course of things to find another way.
        - The Turkish army left Turkey before the winter.

    Score: how striking it is, 0 to 1: nearer words and forms of one lemma are more so. Never more than neutral: style
    is the translator's.

    Source: none.
    """
    collation = analysis.collation
    for version, tokens in analysis.tokens.items():
        for first, second, score in stems(tokens):
            one, other = tokens.quote(first, first + 1), tokens.quote(second, second + 1)
            places = tuple(collation.place(version, int(tokens.start[k]), int(tokens.end[k])) for k in (second, first))
            yield Finding(
                check="REP104",
                severity="neutral",
                score=score,
                places=places,
                message=f"“{one}” and “{other}” share a stem",
            )
