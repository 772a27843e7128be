"""SEM101: a passage that stands apart."""

from __future__ import annotations

from collections.abc import Iterator

from compare.checks import check
from compare.meaning import risk
from compare.values import Collation, Finding


@check("SEM101", mqm="accuracy/mistranslation", threshold=0.6)
def run(collation: Collation) -> Iterator[Finding]:
    """A passage unlike its source and unlike the other versions

    Wrong:
    - a: [[The moon is made of cheese.]] | b: He paid the carpenter forty roubles. | c: Forty roubles he paid him.
    Fine:
    - a: He paid the joiner forty roubles. | b: He paid the carpenter forty roubles. | c: Forty roubles he paid him.

    Score: the calibrated probability that the passage carries an error of meaning.
    Source: the margin of Artetxe & Schwenk 2019 and a model trained on planted errors (tests/train/meaning.py).
    """
    for row, risks in zip(collation.rows, risk(collation), strict=True):
        for version, probability in risks.items():
            if probability is None or version not in row.spans:
                continue
            others = [id for id in row.spans if id != version]
            span = row.spans[version]
            yield Finding(
                check="SEM101",
                severity="major",
                score=round(probability, 4),
                places=(
                    collation.place(version, span.start, span.end),
                    *(collation.place(id, row.spans[id].start, row.spans[id].end) for id in others),
                ),
                message=f"this passage is unlike {' and '.join(others)}",
                row=row.number,
            )
