"""Translation Memory eXchange 1.4: each unit a row, each language variant a version."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from compare.read.columns import Columns
from compare.read.formats import rows
from compare.read.markup import LANG, Unit, columns, elements, kind, words
from compare.values import InputError


@rows(".tmx")
def tmx(path: Path) -> Columns:
    """Read a translation memory. Two variants of one language in a unit go to two versions, `en` and `en-2`."""
    source: str | None = None
    units: list[Unit] = []
    for element in elements(path, "header", "tu"):
        if kind(element) == "header":
            stated = (element.get("srclang") or "*all*").lower()
            source = None if stated == "*all*" else stated
            continue
        unit: Unit = {}
        met: Counter[str] = Counter()
        for variant in element.iterchildren("{*}tuv"):
            tag = (variant.get(LANG) or variant.get("lang") or "").strip().lower()
            if not tag:
                raise InputError(path, f"line {variant.sourceline}: a <tuv> does not say its language")
            met[tag] += 1
            column = tag if met[tag] == 1 else f"{tag}-{met[tag]}"
            unit[column] = "".join(words(segment) for segment in variant.iterchildren("{*}seg"))
        units.append(unit)
    if not any(units):
        raise InputError(path, "holds no translation unit")
    return columns(path, units, source if any(source in unit for unit in units) else None)
