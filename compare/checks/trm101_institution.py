"""TRM101: one institution under several names inside a version."""

from __future__ import annotations

from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.terms.glossary import renderings
from compare.values import Finding


@check("TRM101", mqm="terminology/inconsistent-use-of-terminology", alone=True)
def institution(analysis: Analysis) -> Iterator[Finding]:
    """One institution under several names inside a version.

    Two capitalised phrases that differ in a single word, where both words are customary renderings of one Russian word.

    Wrong:
    - After the Grand National Assembly opened, the [[Great National Assembly]] wrote. The Grand National Assembly met.
    - The Council of People's Commissars met. Then the [[Soviet of People's Commissars]] left.

    Fine:
    - The First National Assembly met before the Second National Assembly did.
    - The Great War came before the Grand National Assembly.

    Score: 0.8.
    Source: ISO 704 (one concept, one term); ISO 5060 (inconsistent terminology).
    """
    collation = analysis.collation
    for version in collation.work.versions:
        for group in renderings(collation, version.id):
            main, *others = group
            for other in others:
                yield Finding(
                    check="TRM101",
                    severity="minor",
                    score=0.8,
                    places=(other[0], main[0], *other[1:]),
                    message=f"“{other[0].text}” ({len(other)}×) and “{main[0].text}” ({len(main)}×) look like one body",
                    suggestion=main[0].text,
                )
