"""XLIFF 1.2 and 2: each segment a row, the source language one version and the target language the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from compare.read.columns import Columns
from compare.read.formats import rows
from compare.read.markup import CHANGES, Unit, columns, elements, kind, words
from compare.read.structure import TRACKED
from compare.values import InputError


@rows(".xlf", ".xliff", ".sdlxliff", ".mqxliff")
def xliff(path: Path) -> Columns:
    """Read a bilingual file. A source and a target of one language become `en` and `en-2`."""
    units: list[Unit] = []
    source, tracked = None, False
    for element in elements(path, "trans-unit", "segment"):
        if not _translatable(element):
            continue
        tracked |= any(mark.get("mtype") in CHANGES for mark in element.iter("{*}mrk"))
        for original, translation in _pairs(element):
            ours, theirs = _languages(path, element)
            source = source or ours
            units.append({ours: original, theirs if theirs != ours else f"{theirs}-2": translation})
    if not units:
        raise InputError(path, "holds no translation unit")
    found = columns(path, units, source)
    return replace(found, warnings=(*found.warnings, f"{path}: {TRACKED}")) if tracked else found


def _languages(path: Path, element: etree._Element) -> tuple[str, str]:
    for above in element.iterancestors("{*}file", "{*}xliff"):
        source = above.get("source-language") or above.get("srcLang")
        target = above.get("target-language") or above.get("trgLang")
        if source:
            return source.lower(), (target or "target").lower()
    raise InputError(path, f"line {element.sourceline}: nothing says in which languages this is")


def _translatable(element: etree._Element) -> bool:
    """Tell whether a unit is to be translated, by what is stated nearest to it; the head of a PO file is not."""
    stated = next((said for each in (element, *element.iterancestors()) if (said := each.get("translate"))), "")
    return stated != "no" and element.get("restype") != "x-gettext-domain-header"


def _pairs(unit: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield a unit's source and target; where version 1.2 has cut it into marked segments, those of each."""
    sides = {kind(child): child for child in unit if kind(child) in ("source", "seg-source", "target")}
    if "source" not in sides:
        return
    target = sides.get("target")
    if target is not None and _untouched(unit, target) and words(target) == words(sides["source"]):
        target = None  # the source stands there to be written over
    cut, done = _marked(sides.get("seg-source")), _marked(target)
    if cut and (target is None or set(done) == set(cut)):
        for mark, original in cut.items():
            yield original, done.get(mark, "")
    else:
        yield words(sides["source"]), "" if target is None else words(target)


def _untouched(unit: etree._Element, target: etree._Element) -> bool:
    """Tell whether a unit is stated to await its translation: in version 1.2 of the target, in 2 of the segment."""
    return target.get("state") in ("new", "needs-translation") or unit.get("state") == "initial"


def _marked(side: etree._Element | None) -> dict[str, str]:
    """Return by their number the segments that are marked in one side of a unit."""
    if side is None:
        return {}
    return {
        mark.get("mid", ""): words(mark)
        for mark in side.iter("{*}mrk")
        if mark.get("mtype") == "seg" and mark.get("mid")
    }
