"""NAM201: versions that spell one name differently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding


@check("NAM201", mqm="terminology/inconsistent-use-of-terminology", yields=("NAM1", "NAM4", "NAM6"))
def versions(analysis: Analysis) -> Iterator[Finding]:
    """Versions spell one name differently: for information.

    Wrong:
    - en: In came [[Petrovitch]] the tailor. | en-b: In came Petrovich the tailor. // en: He saw Petrovitch.
      | en-b: He saw Petrovich.

    Fine:
    - en: In came Petrovich the tailor. | en-b: In came Petrovich the tailor.
    - en: In came Petrovich the tailor. | en-b: In came Pavel the porter.

    Score: the probability that the spellings are one name.
    Source: Chicago Manual of Style 8.1.
    """
    names = analysis.names
    for entry in names.entries:
        mains = {id: main for id in sorted(entry.spellings) if id != names.source and (main := entry.main(id))}
        shared = Counter(main.text for main in mains.values())
        if len(shared) < 2:
            continue
        # The one that writes it as no other does stands first.
        mains = dict(sorted(mains.items(), key=lambda item: (shared[item[1].text], item[0])))
        first, *others = mains.items()
        probability = min(entry.probability((first[0], first[1].key), (id, main.key)) for id, main in others)
        listed = ", ".join(f"{id} “{main.text}”" for id, main in mains.items())
        yield Finding(
            check="NAM201",
            severity="neutral",
            score=probability,
            places=tuple(m.places[0] for m in mains.values()),
            message=f"one name: {listed}",
        )
