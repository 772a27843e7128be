"""Word documents, the same bytes for the same words."""

from __future__ import annotations

import io
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
