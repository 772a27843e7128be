"""Electronic books (EPUB): the pages of the spine in its order, without the table of contents made for devices."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote

from compare.read.formats import prose
from compare.read.package import opened, part, tree
from compare.read.structure import Text, laid
from compare.read.webpage import paragraphs
from compare.values import InputError


@prose(".epub")
def epub(path: Path, lang: str = "") -> Text:
    """Read a book. Raises InputError for one that is locked to a shop's devices, or has no pages."""
    with opened(path) as archive:
        locks = "META-INF/encryption.xml"
        if locks in archive.namelist() and b"xmlenc#" in part(path, archive, locks):
            raise InputError(path, "is locked to a shop's devices")
        container = tree(path, part(path, archive, "META-INF/container.xml"))
        name = next((root.get("full-path") or "" for root in container.iter("{*}rootfile")), "")
        package = tree(path, part(path, archive, name))
        pages = {
            item.get("id"): posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(item.get("href") or "")))
            for item in package.iter("{*}item")
            if "html" in (item.get("media-type") or "") and "nav" not in (item.get("properties") or "").split()
        }
        spine = [item.get("idref") for item in package.iter("{*}itemref")]
        in_order = dict.fromkeys(pages[id] for id in spine if id in pages)
        found = [each for name in in_order for each in paragraphs(path, part(path, archive, name))]
    return laid(path, found)
