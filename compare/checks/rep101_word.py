"""A word or a short phrase doubled."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.repeats.messages import finding
from compare.values import Finding


@check("REP101", mqm="linguistic-conventions/duplication", needs={"doubling"})
def word(analysis: Analysis) -> Iterator[Finding]:
    """A word or a short phrase stands twice in a row.

    Wrong:
        - He went to the [[the]] old house by the river.
        - They spoke of the [[of the]] war until dawn.
        - She said that [[that]] he would come at noon.

    Fine:
        - He had had enough of it.
        - I I am a sick man. I am a spiteful man.
        - I know that that man is honest.
        - “No, no!” he cried, very very loud, and the river ran on and on and on.
        - Ha ha! What a long, long road it was.

    Score: the probability that it is a slip, by the grammar of the two words and of what follows; a mark between them
    makes it emphasis.

    Source: none.
    """
    for repeat in analysis.repeats:
        if repeat.kind == "word":
            yield finding("REP101", repeat, f"“{repeat.extra.text}” is doubled")
