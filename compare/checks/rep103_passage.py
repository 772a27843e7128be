"""A sentence or passage repeated elsewhere in the version."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.repeats.messages import finding
from compare.values import Finding


@check("REP103", mqm="linguistic-conventions/duplication")
def passage(analysis: Analysis) -> Iterator[Finding]:
    """A sentence or a passage stands twice, exactly or nearly so.

    Wrong:
        - He left the old house by the river before the sun was up. [[He left the old house by the river before the
          sun was up.]] Nobody saw him go.

    Fine:
        - He left the old house by the river before the sun was up. Nobody saw him leave the house.

    Score: the probability that it is a fault: by what the same words tell, how near the copies stand and what the other
    versions have there.

    Source: local alignment, Smith & Waterman 1981; seed, chain and extend, Li 2018.
    """
    for repeat in analysis.repeats:
        if repeat.kind in {"sentence", "passage"}:
            yield finding("REP103", repeat, f"a {repeat.kind} stands twice")
