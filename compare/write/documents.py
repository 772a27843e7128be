"""Word documents, the same bytes for the same words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from compare.extras import need
from compare.write.archive import timeless
from compare.write.xml import legal


def begin(title: str, lang: str) -> Any:
    """Begin a document in a language. Raises InputError where python-docx is missing."""
    from lxml import etree

    document = need("docx", "office").Document()
    document.core_properties.title = legal(title)[:255]
    document.core_properties.author = "Hexapla"
    document.core_properties.comments = ""
    for mark in document.styles.element.iter("{*}lang"):
        mark.set(etree.QName(mark).text.replace("}lang", "}val"), lang)
    return document


def save(document: Any) -> bytes:
    """Return the document's bytes: when its comments were made is left out."""
    for comment in document.comments:
        element = comment._comment_elm
        for name in [name for name in element.attrib if name.endswith("}date")]:
            del element.attrib[name]
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def landscape(document: Any) -> None:
    """Lay the document's pages on their side, with narrow margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    (section,) = document.sections
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)


def table(document: Any, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Add a table in small print whose header stands again on each page; the first column, of numbers, is narrow."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    lines = [header, *lines]
    made = document.add_table(len(lines), len(header), style="Table Grid")
    made.autofit = False
    section, narrow = document.sections[0], Cm(1.2)
    wide = (section.page_width - section.left_margin - section.right_margin - narrow) // (len(header) - 1)
    for number, column in enumerate(made.columns):
        column.width = wide if number else narrow
    for number, (row, line) in enumerate(zip(made.rows, lines, strict=True)):
        for cell, text in zip(row.cells, line, strict=True):
            run = cell.paragraphs[0].add_run(legal(text))
            run.font.size = Pt(9)
            run.bold = True if number == 0 else None
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
