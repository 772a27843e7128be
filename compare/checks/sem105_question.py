"""SEM105: a question made a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.messages import listed
from compare.values import Collation, Finding, Row

#: What may be asked or not as one likes: an exclamation, an unfinished sentence, a question told by another verb.
_FREE = re.compile(r"!|\.\.|…|(?:--|—|-)[\"”’')\s]*$|\b(?:wonder|whether|asked? if|eh|isn['’]t it)\b", re.I)


@check("SEM105", mqm="accuracy/mistranslation", threshold=0.6, default=False)
def question(analysis: Analysis) -> Iterator[Finding]:
    """A question made a statement, or a statement a question

    Wrong:
    - a: He is coming tomorrow[[.]] | b: Is he coming tomorrow? | ru: Он придёт завтра?
    - a: Did he come home late[[?]] | b: He came home late. | c: Late he came home.
    Fine:
    - a: Is he coming? | b: He is coming, is he? | ru: Он придёт?

    Score: 0.5 plus a tenth for each other text of the row (two for the source), all of which must speak against it.
    Source: MQM, accuracy/mistranslation.
    """
    collation = analysis.collation
    for row in collation.rows:
        asked = {v: "?" in collation.cell(row, v.id) for v in collation.work.versions if v.id in row.spans}
        for version, mine in asked.items():
            others = [v for v in asked if v is not version]
            weight = sum(2 if v.role == "source" else 1 for v in others)
            if version.role == "source" or weight < 2 or any(asked[v] == mine for v in others):
                continue
            text = collation.cell(row, version.id)
            if any(_FREE.search(collation.cell(row, v.id)) for v in asked) or _nearby(collation, row, version.id, mine):
                continue
            mark = (
                text.rindex("?")
                if mine
                else (m.start() if (m := re.search(r"[.!…;,][\"”’')\s]*$", text)) else len(text) - 1)
            )
            start = row.spans[version.id].start
            names = listed([v.id for v in others])
            yield Finding(
                check="SEM105",
                severity="minor",
                score=round(0.5 + 0.1 * min(weight, 4), 3),
                places=(
                    collation.place(version.id, start + mark, start + mark + 1),
                    *(collation.place(v.id, row.spans[v.id].start, row.spans[v.id].end) for v in others),
                ),
                message=f"asked here and stated in {names}" if mine else f"stated here and asked in {names}",
                suggestion=None if mine else "?",
                row=row.number,
            )


def _nearby(collation: Collation, row: Row, version: str, mine: bool) -> bool:
    """Tell whether a row beside this one differs the other way round: the texts were cut apart otherwise."""
    at = row.number - 1
    for other in (*collation.rows[max(at - 1, 0) : at], *collation.rows[at + 1 : at + 2]):
        asked = {id: "?" in collation.cell(other, id) for id in other.spans}
        rest = [asks == mine for id, asks in asked.items() if id != version]
        if rest and all(rest) and asked.get(version, False) != mine:
            return True
    return False
