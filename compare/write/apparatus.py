"""The apparatus of variants, written for people and for programs: text, TSV, JSON, Markdown, HTML, TEI.

TEI is parallel segmentation: the text of a row runs on, and where versions differ an `<app>` holds a `<rdg>` for each
reading, `<lem>` for that of the base (TEI P5, chapter 13).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from compare.apparatus.sites import Words
from compare.files import table
from compare.values import Collation, Reading, Site
from compare.write.xml import legal

#: The schema of the JSON.
SCHEMA = "hexapla-variants/1"
#: How an omitted reading is shown to people.
NOTHING = "—"

_TEI = "http://www.tei-c.org/ns/1.0"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_json(sites: Iterable[Site], collation: Collation) -> str:
    """Write the sites with the exact spans of their readings; an omitted one has an empty text and an empty range."""
    del collation
    listed = [
        {
            "row": site.row,
            "site": site.number,
            "kind": site.kind,
            "score": site.score,
            "readings": [
                {
                    "versions": list(reading.versions),
                    "text": reading.text,
                    "spans": {version: list(span) for version, span in reading.spans.items()},
                    "closeness": reading.closeness,
                    "supported": reading.supported,
                }
                for reading in site.readings
            ],
            "source": [
                {"version": p.version, "start": p.span.start, "end": p.span.end, "text": p.text} for p in site.source
            ],
            "counterpart": site.counterpart,
            "findings": list(site.findings),
        }
        for site in sites
    ]
    return json.dumps({"schema": SCHEMA, "sites": listed}, ensure_ascii=False, indent=1) + "\n"


def to_tsv(sites: Sequence[Site], collation: Collation) -> str:
    """Write a line a site: row, site, kind, score, a column for each version, and the source's words."""
    ids = _versions(sites, collation)
    return table(("row", "site", "kind", "score", *ids, "source"), [_line(site) for site in sites])


def words_to_tsv(rows: Iterable[Words], collation: Collation) -> str:
    """Write the words of every row in columns: a heading of version ids, then a line a column, nothing for a gap."""
    rows = list(rows)
    found = {id for row in rows for id in row.versions}
    ids = [version.id for version in collation.work.versions if version.id in found]
    lines = []
    for row in rows:
        for column in range(len(row.columns)):
            tokens = {id: row.token(v, column) for v, id in enumerate(row.versions)}
            lines.append({id: token.text for id, token in tokens.items() if token})
    return table(ids, lines)


def to_text(sites: Sequence[Site], collation: Collation) -> str:
    """Write the sites for a terminal: where, of what kind, and the readings under one another in their context."""
    del collation
    out = []
    for site in sites:
        checks = "".join(f"  {check}" for check in site.checks)
        about = f"{_flat(site.before)}[…]{_flat(site.after)}"
        out.append(f"{site.row}.{site.number}  {site.kind}  {site.score:.2f}{checks}  {about}")
        width = max(len(" ".join(reading.versions)) for reading in site.readings)
        out += [f"    {' '.join(r.versions):{width}}  {_flat(r.text) or NOTHING}{_near(r)}" for r in site.readings]
        if site.source:
            out.append(f"    {site.source[0].version:{width}}  {_source(site)}")
        out.append("")
    return "\n".join(out)


def to_md(sites: Sequence[Site], collation: Collation) -> str:
    """Write the sites as a Markdown table."""
    from compare.write.md import escape

    ids = _versions(sites, collation)
    head = ("row", "kind", "score", *ids, "source")
    lines = [f"# {escape(collation.work.title or collation.work.id)}: variants", ""]
    lines += [f"| {' | '.join(map(escape, head))} |", "|" + "---|" * len(head)]
    for site in sites:
        line = _line(site)
        cells = [f"{site.row}.{site.number}", site.kind, f"{site.score:.2f}"]
        cells += [line.get(id, "") for id in ids] + [line["source"]]
        lines.append(f"| {' | '.join(escape(_flat(str(cell))) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def to_html(sites: Sequence[Site], collation: Collation) -> str:
    """Write the sites as one page that asks nothing of the network."""
    from compare.write.page import style, template

    title = collation.work.title or collation.work.id
    langs = {version.id: version.lang for version in collation.work.versions}
    return template("variants.html").render(sites=sites, langs=langs, title=title, nothing=NOTHING, style=style())


def to_tei(sites: Sequence[Site], collation: Collation, base: str | None = None) -> str:
    """Write the versions of the language of `base` as one TEI text; else of the first translation.

    Raises ValueError for a base that there is not.
    """
    from lxml import etree

    translations = [v for v in collation.work.versions if v.role != "source"]
    chosen = next((v for v in translations if base in (None, v.id)), None)
    if chosen is None:
        raise ValueError(f"no translation is called {base!r}; there are {', '.join(v.id for v in translations)}")
    witnesses = [v for v in translations if v.lang == chosen.lang]
    root = etree.Element(f"{{{_TEI}}}TEI", nsmap={None: _TEI})  # type: ignore[dict-item]
    header = _child(root, "teiHeader")
    description = _child(header, "fileDesc")
    _child(_child(description, "titleStmt"), "title").text = legal(collation.work.title or collation.work.id)
    _child(_child(description, "publicationStmt"), "p").text = "Collated by Hexapla."
    listed = _child(_child(description, "sourceDesc"), "listWit")
    for version in witnesses:
        witness = _child(listed, "witness", {_XML_ID: _name(version.id)})
        parts = (version.title, version.translator, version.year)
        witness.text = legal(", ".join(part for part in parts if part) or version.id)
    encoding = _child(header, "encodingDesc")
    _child(encoding, "variantEncoding", {"method": "parallel-segmentation", "location": "internal"})
    body = _child(_child(root, "text", {_XML_LANG: chosen.lang}), "body")
    by_row: dict[int, list[Site]] = {}
    for site in sites:
        if any(version.id in reading.spans for reading in site.readings for version in witnesses):
            by_row.setdefault(site.row, []).append(site)
    for row in collation.rows:
        present = [v.id for v in witnesses if v.id in row.spans]
        if present:
            order = sorted(present, key=lambda id: id != chosen.id)
            attributes = {"n": str(row.number)}
            _paragraph(_child(body, "ab", attributes), collation, row.number, order, by_row.get(row.number, ()))
    etree.indent(header, space=" ")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=False)
    return written.decode() + "\n"


def _paragraph(element: Any, collation: Collation, number: int, present: Sequence[str], sites: Iterable[Site]) -> None:
    """Write a row: what the versions share as the first of them has it, and where they differ the readings.

    A reading brings the space before it, so that "the old river" and "the river" leave no space where one is omitted.
    """
    leading = present[0]
    span = collation.rows[number - 1].spans[leading]
    text, at = collation.work.version(leading).text, span.start
    last = None
    for site in sorted(sites, key=lambda s: s.number):
        start, end = next(r.spans[leading] for r in site.readings if leading in r.spans)
        shared = text[at:start].rstrip()
        last = _append(element, last, shared)
        app = _child(element, "app")
        for reading in sorted(site.readings, key=lambda r: leading not in r.spans):
            tag = "lem" if leading in reading.spans else "rdg"
            gap = text[at + len(shared) : start] if tag == "lem" else _space_before(collation, reading)
            wit = " ".join(f"#{_name(v)}" for v in reading.versions)
            _child(app, tag, {"wit": wit}).text = legal(gap + reading.text)
        last, at = app, end
    _append(element, last, text[at : span.end])


def _space_before(collation: Collation, reading: Reading) -> str:
    """Return a space where one parts a reading from what its version has before it."""
    version, (start, end) = next(iter(reading.spans.items()))
    before = collation.work.version(version).text[max(start - 1, 0) : start]
    return " " if start < end and before.isspace() else ""


def _append(element: Any, last: Any, text: str) -> Any:
    """Put text after the last child, or first in the element."""
    if last is None:
        element.text = legal(text)
    else:
        last.tail = legal(text)
    return last


def _child(parent: Any, tag: str, attributes: dict[str, str] | None = None) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{_TEI}}}{tag}", attributes or {})


def _name(id: str) -> str:
    """Make an id of a version fit for `xml:id`."""
    name = re.sub(r"[^\w.-]", "_", id)
    return name if re.match(r"[^\W\d]", name) else f"w_{name}"


def _versions(sites: Iterable[Site], collation: Collation) -> list[str]:
    found = {version for site in sites for reading in site.readings for version in reading.versions}
    return [version.id for version in collation.work.versions if version.id in found]


def _line(site: Site) -> dict[str, Any]:
    cells = {version: reading.text for reading in site.readings for version in reading.versions}
    return cells | {
        "row": site.row,
        "site": site.number,
        "kind": site.kind,
        "score": f"{site.score:.4f}",
        "source": _source(site),
    }


def _source(site: Site) -> str:
    return " … ".join(_flat(place.text) for place in site.source)


def _near(reading: Reading) -> str:
    if reading.closeness is None:
        return ""
    return f"  ({reading.closeness:.2f} of the source{', which supports it' * bool(reading.supported)})"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
