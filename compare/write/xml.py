"""XML for other programs: what it cannot hold is replaced, and a document is written the same each time."""

from __future__ import annotations

import re
from typing import Any

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def legal(text: str) -> str:
    """Put U+FFFD for every character that XML cannot hold: controls and halves of surrogate pairs."""
    return _ILLEGAL.sub("\ufffd", text)


def add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    """Add an element in its parent's namespace, its text and attributes made legal; `lang` and `space` are XML's."""
    from lxml import etree

    namespace = etree.QName(parent).namespace
    named = {{"lang": LANG, "space": SPACE}.get(key, key): legal(value) for key, value in attributes.items()}
    child = etree.SubElement(parent, etree.QName(namespace, tag), named)
    if text is not None:
        child.text = legal(text)
    return child


def document(root: Any, doctype: str = "") -> bytes:
    """Write a document in UTF-8 with its declaration, an element a line where no text is touched by it."""
    from lxml import etree

    head = ["<?xml version='1.0' encoding='UTF-8'?>", *([doctype] if doctype else []), ""]
    return "\n".join(head).encode() + etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
