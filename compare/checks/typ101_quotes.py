"""TYP101: quotation marks that have no partner."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.typography import unpaired_quotes
from compare.values import Finding
from compare.words import context


@check("TYP101", mqm="linguistic-conventions/punctuation")
def quotes(analysis: Analysis) -> Iterator[Finding]:
    """Quotation mark without a partner.

    A quotation over several paragraphs may open again at each of them, or only once: that is no fault. Nor are
    marks of inches. What the source's own row lacks is the source's fault alone.

    Wrong:
    - [[“]]He left, she said, and went out.
    - [[“]]In the talks he put forward a principle. But in this case “attempts” failed.
    - He left,[[”]] she said.
    - ru: Он сказал: [[«]]уйди, и ушел.

    Fine:
    - “He left,” she said. “So did I.”
    - "He left," she said.
    - ru: „Уйди“, — сказал он. «Ушел».
    - The plank was 12" wide and 6'2" long.

    Score: 0.9 for an opening that nothing closes, 0.8 for a closing that nothing opened.
    Source: Chicago Manual of Style 6.9, 13.30; Мильчин, Справочник издателя и автора, § 6.
    """
    collation = analysis.collation
    source = collation.work.source
    faults = {v.id: unpaired_quotes(v.text) for v in collation.work.versions}
    excused = {(collation.number_at(source.id, at), opens) for at, opens in faults[source.id]} if source else set()
    for version in collation.work.versions:
        for at, opens in faults[version.id]:
            if version is not source and (collation.number_at(version.id, at), opens) in excused:
                continue
            what = "closes" if opens else "opened"
            yield Finding(
                check="TYP101",
                severity="minor",
                score=0.9 if opens else 0.8,
                places=(collation.place(version.id, at, at + 1),),
                message=f"nothing {what} this quotation mark: {context(version.text, at, at + 1)}",
            )
