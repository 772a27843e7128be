"""SEM108: must for may, all for few, more for less."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.meaning.detect import modality as markers
from compare.meaning.detect.substitutions import Replaced, alike, places, replaced, weight
from compare.messages import quoted
from compare.values import Collation, Finding
from compare.wordalign.aligned_words import ALIKE


@check("SEM108", mqm="accuracy/mistranslation", threshold=0.6, default=False)
def modality(analysis: Analysis) -> Iterator[Finding]:
    """A duty made a leave, many made few, more made less

    Wrong:
    - a: You [[may]] go home. | b: You must go home. | ru: Вы должны идти домой.
    - a: [[Few]] of them came back. | b: Many of them came back. | c: Many came back. | ru: Многие из них вернулись.
    - a: They always stopped at [[some]] of the inns. | b: They stopped at every inn. | ru: Они заезжали на каждый двор.
    Fine:
    - a: You must go home. | b: You have to go home. | ru: Вы должны идти домой.
    - a: Many came. | b: Not a few came. | ru: Многие пришли.
    - a: It may not be so. | b: It will not be so. | ru: Этого не будет.

    Score: 0.5 plus a tenth for each other text that has a word of the kind in the place, two for a word of the source;
    none may mean the same.
    Source: MQM, accuracy/mistranslation.
    """
    collation = analysis.collation
    for family in (markers.modality, markers.quantity, markers.comparison):
        for found in replaced(analysis.words, family):
            against = weight(analysis.words, found, found.by)
            if against > 1 and (found.linked or _sure(collation, found)):
                yield _told(analysis, found, against)


def _sure(collation: Collation, found: Replaced) -> bool:
    """Tell whether an exchange of marks that belong to no one word is sure: nothing denied, and more than the source.

    Where other translations stand beside the version and say it by no such word, it may be said so.
    """
    kin = [v.id for v in collation.work.versions if v.role != "source" and v.id in collation.rows[found.row].spans]
    return not any("none" in mark.senses for mark in (found.mark, *found.by.values())) and (
        len(kin) == 1 or bool(set(kin) & set(found.by))
    )


def _told(analysis: Analysis, found: Replaced, against: int) -> Finding:
    collation = analysis.collation
    here = places(analysis.words, found)
    # what can be often will be, and what must be
    marks = (found.mark, *found.by.values())
    shade = any(all(mark.senses & {sense, "future"} for mark in marks) for sense in ("power", "duty"))
    sure = found.linked and not shade and alike(analysis.words, found, found.linked) >= ALIKE
    lang = collation.work.version(found.version).lang
    return Finding(
        check="SEM108",
        severity="major" if against >= 3 and sure else "minor",
        score=round(0.5 + 0.1 * min(against, 4), 3),
        places=here,
        message=f"“{here[0].text}” stands in the place of {quoted(here[1:])}",
        suggestion=next((p.text for p in here[1:] if collation.work.version(p.version).lang == lang), None),
        row=found.row + 1,
    )
