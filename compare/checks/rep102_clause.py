"""A clause or phrase repeated within a sentence or across the sentence border."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.repeats.messages import finding
from compare.values import Finding


@check("REP102", mqm="linguistic-conventions/duplication", threshold=0.65)
def clause(analysis: Analysis) -> Iterator[Finding]:
    """A clause stands twice, exactly or nearly so, in one sentence or in two that are near.

    Wrong:
        - The envoy stopped his horse, but upon receiving the letter from the governor of the province, [[but after
          receiving the letter from the governor of the province,]] he rode on to the capital.

    Fine:
        - The envoy received the letter from the governor, read it, and rode on; the governor waited for his answer.

    Score: the probability that it is a fault: by what the same words tell, how near the copies stand and what the other
    versions have there.

    Source: local alignment, Smith & Waterman 1981; seed, chain and extend, Li 2018.
    """
    for repeat in analysis.repeats:
        if repeat.kind == "clause":
            yield finding("REP102", repeat, "a clause stands twice")
