"""Words that do not join."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding

_TROUBLE = {
    "nominal": "a noun or pronoun seems to be lost",
    "determiner": "an article or the like seems to be lost",
    "link": "a preposition or conjunction seems to be lost",
    "extra": "a word seems to be too much",
    "swap": "the words seem to stand in the wrong order",
}


@check("SEM302", mqm="linguistic-conventions/grammar", yields=("OMI", "REP", "SEM301"), default=False)
def syntax(analysis: Analysis) -> Iterator[Finding]:
    """Words that do not join.

    Wrong:
        - He lived in [[the of]] Damascus for many years.
        - He brought the letter to Moscow in [[the,]] and they were glad of it.

    Fine:
        - He lived in the city of Damascus for many years.
        - The old man came home late in the evening.
        - He knew nothing whatever about any friend of his, and said so.
        - The house he lived in was the one that had been his father's.

    Score: how surely a word is missing or too much at the words shown, 0 to 1; at 0.5 one such finding is false in
    5,000 words of sound prose. Other versions that have a word there raise it.

    Source: a gated convolutional network (Dauphin et al. 2017) that has learned to point at what was taken out.
    """
    for found in analysis.broken_sentences:
        if found.seam.verb < 0.5:
            trouble = _TROUBLE.get(found.seam.kind, "a word seems to be lost")
            yield Finding(
                check="SEM302",
                severity="minor",
                score=found.score,
                places=(found.joint, *found.evidence),
                message=f"{trouble} at “{' '.join(found.joint.text.split())}”",
                row=found.row,
            )
