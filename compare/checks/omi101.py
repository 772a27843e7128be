"""OMI101: a row that a version lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.checks import check
from compare.values import Collation, Finding, Place, Row


@check("OMI101", mqm="accuracy/omission", threshold=0.5)
def run(collation: Collation) -> Iterator[Finding]:
    """A row that a version lacks

    Wrong:
    - a: He came home late that night. | b: He came home late that night. // a: [[Nobody was waiting for him.]]
    Fine:
    - a: He came home late that night. | b: He returned late. // a: Nobody was waiting for him. | b: No one waited.

    Score: the alignment's confidence in the row, times the share of the other versions that have it (the source counted
    twice). The first place is where the words stand that are missing; the version that lacks them is named. Rows that
    follow one another make one finding.
    Source: MQM, accuracy/omission.
    """
    weight = {v.id: 2 if v.role == "source" else 1 for v in collation.work.versions}
    for version in collation.work.versions:
        if version.role == "source" or not any(version.id in row.spans for row in collation.rows):
            continue
        others = sum(weight.values()) - weight[version.id]
        for run in _runs(collation.rows, version.id):
            having = [id for id in weight if any(id in row.spans for row in run)]
            share = max(sum(weight[id] for id in row.spans) for row in run) / others
            places = tuple(_place(collation, run, id) for id in having)
            rows = "this passage" if len(run) == 1 else f"these {len(run)} rows"
            yield Finding(
                check="OMI101",
                severity="major" if max(len(p.text) for p in places) > 40 else "minor",
                score=round(max(row.confidence for row in run) * min(1.0, share), 3),
                places=places,
                message=f"{version.id} has nothing for {rows} of {' and '.join(having)}",
                row=run[0].number,
            )


def _runs(rows: Sequence[Row], version: str) -> Iterator[list[Row]]:
    """Gather the rows that follow one another without this version."""
    run: list[Row] = []
    for row in rows:
        if version not in row.spans and row.spans:
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _place(collation: Collation, run: Sequence[Row], version: str) -> Place:
    spans = [row.spans[version] for row in run if version in row.spans]
    return collation.place(version, min(s.start for s in spans), max(s.end for s in spans))
