"""NAM301: a name that is not in the version's romanisation scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.names.index import settled_in_english
from compare.names.romanisation import SCHEMES, fits, romanise, scheme_called
from compare.values import Finding

#: Endings of Russian names; a name without one is not romanised from Russian but has an orthography of its own.
_RUSSIAN = re.compile(r"(ов|ев|ёв|ин|ын|ский|цкий|ская|вич|вна|ич|нко|ово|ево|ино)$")


@check("NAM301", mqm="terminology/inconsistent-with-terminology-resource", threshold=0.7)
def scheme(analysis: Analysis) -> Iterator[Finding]:
    """Name not in the version's romanisation scheme.

    The scheme is the one that `work.toml` declares, else, for information, the one that most names of the version fit.
    Names that English has settled (Moscow, Alexander) follow no scheme.

    Wrong:
    - ru: Башмачкин пришел. | en: Bashmachkin came. // ru: Акакиевич молчал. | en: Akakiyevich kept silent.
      // ru: Обухов ушел. | en: Obukhov left. // ru: Чечин и Жилин. | en: Chechin and Zhilin.
      // ru: Пришел Ерошич. | en: In came [[Eroshitch]]. // ru: Пришел Хачин. | en: In came Khachin.

    Fine:
    - ru: Башмачкин пришел в Москву. | en: Bashmachkin came to Moscow.

    Score: 0.8 against a declared scheme; against an inferred one the share of the version's telling names that fit it.
    Source: BGN/PCGN 1947; ALA-LC 2012; ISO 9:1968; ГОСТ 7.79-2000 B; UNGEGN 1987; ICAO 9303.
    """
    collation = analysis.collation
    names = analysis.names
    if names.source is None:
        return
    for version in collation.work.versions:
        scheme, declared = names.schemes.get(version.id, ""), bool(scheme_called(version.scheme))
        if version.id == names.source or scheme not in SCHEMES:
            continue
        telling = []
        for entry in names.entries:
            lemma, main = entry.group.lemma, entry.main(version.id)
            if not main or not lemma or settled_in_english(lemma) or not _RUSSIAN.search(lemma):
                continue
            if len(fits(lemma, romanise(lemma, scheme))) < len(SCHEMES):
                telling.append((entry, main))
        off = [(entry, main) for entry, main in telling if scheme not in main.schemes]
        share = 0.8 if declared else 1 - len(off) / max(len(telling), 1)
        if not declared and len(telling) < 5:
            continue
        for entry, main in off:
            # What no scheme makes is a free rendering, which only a declared scheme forbids.
            if main.schemes or declared:
                right = romanise(entry.group.lemma, scheme).capitalize()
                how = "declared" if declared else "followed by most names"
                yield Finding(
                    check="NAM301",
                    severity="minor" if declared else "neutral",
                    score=share,
                    places=main.places,
                    message=f"“{main.text}” ({entry.name}) is not in the scheme {how}, {scheme}",
                    suggestion=right,
                )
