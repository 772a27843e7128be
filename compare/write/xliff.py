"""Each translation beside its original, XLIFF 2.1: a unit a row, findings as notes on the target."""

from __future__ import annotations

from typing import Any

from compare.values import Report, Severity
from compare.write.pairs import original, pairs
from compare.write.phrasing import caution, explained, plain
from compare.write.xml import add, document

SUFFIX = ".xlf"

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"

#: XLIFF's own scale: 1 is the most urgent of ten.
_PRIORITY: dict[Severity, str] = {"critical": "1", "major": "3", "minor": "6", "neutral": "9"}


def write_version(report: Report, id: str) -> bytes:
    """Write the rows of a version and its original; a row that the version lacks has no target yet."""
    version, against = report.work.version(id), original(report, id)
    root, file = begin(against.lang, version.lang, version.file or version.id)
    cautions = [f"{each.id}: {plain(caution(each))}" for each in dict.fromkeys((against, version)) if caution(each)]
    notes(file, [(text, {}) for text in cautions])
    for pair in pairs(report, id):
        unit = add(file, "unit", id=f"r{pair.row}", space="preserve")
        found = [
            ("\n".join(explained(report, f)), {"category": f.check, "priority": _PRIORITY[f.severity]})
            for f in pair.findings
        ]
        notes(unit, [(text, more | {"appliesTo": "target"}) for text, more in found])
        segment(unit, f"s{pair.row}", pair.original, pair.translation)
    return document(root)


def begin(source: str, target: str, name: str) -> tuple[Any, Any]:
    """Begin a document of one file between two languages; return its root and the file."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set("version", "2.1")
    root.set("srcLang", source)
    root.set("trgLang", target)
    return root, add(root, "file", id="f1", original=name)


def notes(parent: Any, lines: list[tuple[str, dict[str, str]]]) -> None:
    """Add notes, each a text and its attributes, to a file or a unit."""
    if lines:
        group = add(parent, "notes")
        for text, attributes in lines:
            add(group, "note", text, **attributes)


def segment(unit: Any, id: str, source: str, target: str) -> None:
    """Add a segment; without a target it waits for one."""
    made = add(unit, "segment", id=id, state="translated" if target else "initial")
    add(made, "source", source)
    if target:
        add(made, "target", target)
