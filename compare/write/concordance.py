"""A concordance as text for people, as a table, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from compare.files import table
from compare.wordalign.concordance import Occurrence, renderings

FORMATS = ("txt", "tsv", "json")
_COLUMNS = ("work", "row", "before", "word", "after", "version", "rendering", "text")


def write(found: Sequence[Occurrence], form: str) -> str:
    """Write places in the order given. `form`: one of FORMATS; a table has a line for each place and translation."""
    if form == "json":
        made = {"occurrences": [asdict(each) for each in found], "renderings": dict(renderings(found))}
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if form == "tsv":
        lines = [
            {**asdict(each), "version": version, "rendering": each.renderings.get(version, ""), "text": text}
            for each in found
            for version, text in each.cells.items()
        ]
        return table(_COLUMNS, lines)
    out = []
    for each in found:
        out.append(f"{each.work} {each.row}: {each.before} [{each.word}] {each.after}".replace("  ", " "))
        for version, text in each.cells.items():
            rendering = each.renderings.get(version)
            out.append(f"    {version}{f' ({rendering})' if rendering else ''}: {text or '—'}")
    counts = ", ".join(f"{lemma} {count}" for lemma, count in renderings(found))
    out.append(f"{len(found)} place{'s' * (len(found) != 1)}{'; ' * bool(counts)}{counts}")
    return "\n".join(out) + "\n"
