"""SEM105: a question made a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.checks import check
from compare.values import Collation, Finding


@check("SEM105", mqm="accuracy/mistranslation", threshold=0.6)
def run(collation: Collation) -> Iterator[Finding]:
    """A question made a statement, or a statement a question

    Wrong:
    - a: He is coming tomorrow[[.]] | b: Is he coming tomorrow? | ru: Он придёт завтра?
    - a: Did he come home late[[?]] | b: He came home late. | c: Late he came home.
    Fine:
    - a: Is he coming? | b: He is coming, is he? | ru: Он придёт?

    Score: 0.5 plus a tenth for each other text of the row (two for the source), all of which must speak against it.
    Source: MQM, accuracy/mistranslation.
    """
    for row in collation.rows:
        asked = {v: "?" in collation.cell(row, v.id) for v in collation.work.versions if v.id in row.spans}
        for version, mine in asked.items():
            others = [v for v in asked if v is not version]
            weight = sum(2 if v.role == "source" else 1 for v in others)
            if version.role == "source" or weight < 2 or any(asked[v] == mine for v in others):
                continue
            text = collation.cell(row, version.id)
            if "!" in text or any("!" in collation.cell(row, v.id) for v in others):
                continue  # an exclamation may be put as a question
            mark = (
                text.rindex("?")
                if mine
                else (m.start() if (m := re.search(r"[.!…;,][\"”’')\s]*$", text)) else len(text) - 1)
            )
            start = row.spans[version.id].start
            names = " and ".join(v.id for v in others)
            yield Finding(
                check="SEM105",
                severity="minor",
                score=round(0.5 + 0.1 * min(weight, 4), 3),
                places=(
                    collation.place(version.id, start + mark, start + mark + 1),
                    *(collation.place(v.id, row.spans[v.id].start, row.spans[v.id].end) for v in others),
                ),
                message=f"asked here, stated in {names}" if mine else f"stated here, asked in {names}",
                suggestion=None if mine else "?",
                row=row.number,
            )
