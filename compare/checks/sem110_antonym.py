"""SEM110: the opposite of what the others say."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.detect.antonyms import opposed
from compare.meaning.detect.substitutions import places
from compare.meaning.risk import ALIGNED
from compare.messages import quoted
from compare.values import Finding
from compare.wordalign.aligned_words import ALIKE


@check("SEM110", mqm="accuracy/mistranslation", threshold=0.6, yields=("NUM", "TRM", "SEM103"))
def antonym(analysis: Analysis) -> Iterator[Finding]:
    """The opposite of what the other versions say

    Wrong:
    - a: He was [[unlucky]] in his post. | b: He was lucky in his post. | ru: На службе ему везло, он был счастлив.
    - a: After a [[short]] pause he spoke. | b: He spoke after a long pause. | c: He spoke, after a long pause.
    Fine:
    - a: An old man came in. | b: A man who was not young came in. | c: A man no longer young came in.
    - a: Let us go. | b: Come, let us be off. | c: Come on.

    Score: where all other versions have the opposite (WordNet) in the place, 0.6 and a tenth for each of them, and for
    the source if its word lies nearer to the opposite; 0.9 at most. Where one has something else there, or the words
    about differ, 0.6. It takes two such texts, if there are as many, and none that has the word itself. Of two versions
    alone the one read second is shown.
    Source: MQM, accuracy/mistranslation; antonyms are among the errors that DEMETR plants (Karpinska et al. 2022).
    """
    collation = analysis.collation
    for found in opposed(analysis.words):
        present = [v for v in collation.work.versions if v.id in collation.rows[found.row].spans]
        kin = [v.id for v in present if v.role != "source"]
        told = len(found.for_) + (found.source is True)
        second = len(present) == 2 and found.version == kin[1]
        if found.source is False or (told < 2 and not second):
            continue
        here = places(analysis.words, found)
        sure = found.alike >= ALIKE and collation.rows[found.row].confidence >= ALIGNED
        whole = len(found.for_) == len(kin) - 1 and sure and told > 1
        yield Finding(
            check="SEM110",
            severity="critical" if whole and told > 2 else "major" if whole else "minor",
            score=round(0.6 + 0.1 * min(told, 3), 3) if whole else 0.6,
            places=here,
            message=f"“{here[0].text}” is the opposite of {quoted(here[1:])}",
            suggestion=here[1].text,
            row=found.row + 1,
        )
