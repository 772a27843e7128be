"""OMI101: a row that a version lacks."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.values import Collation, Finding


@check("OMI101", mqm="accuracy/omission", threshold=0.5)
def run(collation: Collation) -> Iterator[Finding]:
    """A row that a version lacks

    Wrong:
    - a: He came home late that night. | b: He came home late that night. // a: [[Nobody was waiting for him.]]
    Fine:
    - a: He came home late that night. | b: He returned late. // a: Nobody was waiting for him. | b: No one waited.

    Score: the alignment's confidence in the row, times the share of the other versions that have it (the source counted
    twice). The first place is where the words stand that are missing; the version that lacks them is named.
    Source: MQM, accuracy/omission.
    """
    ids = [v.id for v in collation.work.versions]
    for row in collation.rows:
        weight = {v.id: 2 if v.role == "source" else 1 for v in collation.work.versions}
        having = [id for id in ids if id in row.spans]
        for version in collation.work.versions:
            if version.id in row.spans or version.role == "source" or not having:
                continue
            others = sum(weight[id] for id in ids if id != version.id)
            share = sum(weight[id] for id in having) / others
            spans = [row.spans[id] for id in having]
            words = max(len(span) for span in spans)
            yield Finding(
                check="OMI101",
                severity="major" if words > 40 else "minor",
                score=round(row.confidence * min(1.0, share), 3),
                places=tuple(collation.place(id, s.start, s.end) for id, s in zip(having, spans, strict=True)),
                message=f"{version.id} has nothing for this passage of {' and '.join(having)}",
                row=row.number,
            )
