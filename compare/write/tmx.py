"""A translation memory of each translation, TMX 1.4b: a unit a row, findings as notes on the translation."""

from __future__ import annotations

from compare.messages import LANG
from compare.values import Report
from compare.write.pairs import original, pairs
from compare.write.phrasing import caution, explained, plain
from compare.write.xml import add, document

SUFFIX = ".tmx"


def write_version(report: Report, id: str) -> bytes:
    """Write the rows of a version and its original; a row that one of them lacks has one variant."""
    from lxml import etree

    from compare import __version__

    version, against = report.work.version(id), original(report, id)
    root = etree.Element("tmx", version="1.4")
    header = add(
        root,
        "header",
        creationtool="Hexapla",
        creationtoolversion=__version__,
        segtype="block",
        adminlang=LANG,
        srclang=against.lang,
        datatype="plaintext",
        **{"o-tmf": "Hexapla"},
    )
    for each in dict.fromkeys((against, version)):
        if note := caution(each):
            add(header, "note", f"{each.id}: {plain(note)}", lang=LANG)
    body = add(root, "body")
    for pair in pairs(report, id):
        unit = add(body, "tu", tuid=str(pair.row), **({} if pair.original else {"srclang": "*all*"}))
        if pair.original:
            _variant(unit, against.id, against.lang, pair.original)
        if pair.translation:
            notes = [" · ".join(explained(report, finding)) for finding in pair.findings]
            _variant(unit, version.id, version.lang, pair.translation, notes)
    return document(root, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">')


def _variant(unit: object, id: str, lang: str, text: str, notes: list[str] | None = None) -> None:
    variant = add(unit, "tuv", lang=lang)
    for note in notes or ():
        add(variant, "note", note, lang=LANG)
    add(variant, "prop", id, type="x-version")
    add(variant, "seg", text)
