"""NAM302: one Russian ending written in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.lang import DEFAULT
from compare.names.detect import is_common
from compare.names.index import Entry, Spelling
from compare.names.romanisation import plain
from compare.values import Finding

#: Ways to write one Russian ending: -вич, -ский, -ов and -ев.
_HABITS = {
    "-вич": ("vitch", "vich", "witsch", "wicz"),
    "-ский": ("sky", "ski", "skii", "skiy"),
    "-ов, -ев": ("off", "ov", "of", "ow", "eff", "ev", "ef", "ew"),
}
_ONE = {"eff": "off", "ev": "ov", "ef": "of", "ew": "ow"}


@check("NAM302", mqm="terminology/inconsistent-use-of-terminology", threshold=0.7)
def habits(analysis: Analysis) -> Iterator[Finding]:
    """One Russian ending written in two ways inside a version: the romanisation changes.

    Wrong:
    - He met Ivanovitch, Petrovitch and Pavlovitch. He met Stepanovitch too. Then came [[Denisovich]].

    Fine:
    - He met Ivanovich, Petrovich and Pavlovich. He met Stepanovich too. Then came Denisovich.
    - He met Ivanov and Petroff.
    - ru: Иванов, Петров, Сидоров, Обухов и Андрей. | en: Ivanov, Petrov, Sidorov, Obukhov and Andrew.

    Score: the share of the version's names with that ending that are written the usual way.
    Source: Chicago Manual of Style 11.98 (one system of transliteration in a work).
    """
    collation = analysis.collation
    names = analysis.names
    for version in collation.work.versions:
        if version.id == names.source or version.lang != DEFAULT:
            continue
        for russian, endings in _HABITS.items():
            ways: dict[str, list[tuple[Entry, Spelling]]] = {}
            for entry in names.entries:
                main = entry.main(version.id)
                if entry.kind in ("place", "people") or not _ends(entry.group.lemma, russian, names.source):
                    continue
                ending = main and re.search(rf"(?<=[a-z]{{2}})({'|'.join(endings)})$", plain(main.text))
                if main and ending and not is_common(main.key):
                    ways.setdefault(_ONE.get(ending[1], ending[1]), []).append((entry, main))
            if len(ways) < 2:
                continue
            usual = max(ways, key=lambda way: (len(ways[way]), way))
            share = len(ways[usual]) / sum(len(spellings) for spellings in ways.values())
            if len(ways[usual]) < 4:
                continue
            example = ways[usual][0][1]
            for way, spellings in ways.items():
                for _, spelling in spellings if way != usual else []:
                    yield Finding(
                        check="NAM302",
                        severity="minor",
                        score=share,
                        places=(spelling.places[0], example.places[0], *spelling.places[1:]),
                        message=f"{russian} is -{way} in “{spelling.text}” and -{usual} in most names, "
                        f"as “{example.text}”",
                    )


def _ends(lemma: str, ending: str, source: str | None) -> bool:
    """Tell whether the source's name has a Russian ending; without a source the Latin letters alone must tell."""
    return source is None or lemma.endswith(tuple(each.strip("- ") for each in ending.split(",")))
