"""SEM104: words that say something else than the other texts, or the opposite."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.meaning.phrases import phrases
from compare.meaning.telling import quoted
from compare.values import Collation, Finding


@check("SEM104", mqm="accuracy/mistranslation", threshold=0.5, yields=("NAM", "NUM", "REP", "TRM", "TYP"))
def run(collation: Collation) -> Iterator[Finding]:
    """Other words than the source and the other versions bear out

    Wrong:
    - a: He gave his [[carpet]] the letter. | b: He gave his daughter the letter. | ru: Он отдал дочери письмо.
    Fine:
    - a: He gave his daughter the letter and left. | b: He gave the letter to his daughter, and then he left.

    Score: from the likelihood that the words are wrong where they stand; 0.5 where one
    sound row in fifty passes, 0.75 one in two hundred. An opposite (WordNet) is critical.
    Source: MQM, accuracy/mistranslation; a model trained on planted errors (tests/train/meaning.py).
    """
    for phrase in phrases(collation):
        if phrase.kind in ("other", "opposite"):
            what = "is the opposite of" if phrase.kind == "opposite" else "stands in the place of"
            sure = phrase.score >= 0.9
            yield Finding(
                check="SEM104",
                severity="critical" if sure and phrase.kind == "opposite" else "major" if sure else "minor",
                score=phrase.score,
                places=(phrase.place, *phrase.evidence),
                message=f"“{phrase.place.text}” {what} {quoted(phrase.evidence)}",
                suggestion=phrase.suggestion,
                row=phrase.row,
            )
