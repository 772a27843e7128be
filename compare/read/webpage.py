"""Web pages (HTML): the article and not what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from compare.read import prose
from compare.read.package import laid
from compare.read.text import slurp
from compare.values import InputError

#: What a page holds that is not read, and what is not where nothing says which part is the article.
_NEVER = "head script style noscript template svg math iframe nav aside form button select textarea object".split()
_AROUND = ("header", "footer")
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub "
    "sup time tt u var wbr".split()
)
_CHARSET = re.compile(rb"""<\?xml[^>]*encoding=["']([\w-]+)|<meta[^>]*charset=["']?\s*([\w-]+)""", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f]+")


@prose(".html", ".htm", ".xhtml")
def webpage(path: Path, lang: str = "") -> str:
    """Read a saved page: its article if it marks one, else its main part, else all but menus, head and foot."""
    return laid(path, paragraphs(path, slurp(path)))


def paragraphs(path: Path, content: bytes) -> Iterator[str]:
    """Yield the paragraphs of a page, white space as a browser shows it. Raises InputError for what is no page."""
    try:
        page = html.document_fromstring(_decoded(path, content))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as trouble:
        raise InputError(path, f"is no web page ({trouble})") from None
    marked = [list(page.iter("article")), [*page.iter("main"), *page.iterfind(".//*[@role='main']")]]
    parts = next((parts for parts in marked if parts), [])
    root = max(parts, key=lambda part: sum(map(len, part.itertext())), default=page)
    etree.strip_elements(root, *_NEVER, *(() if parts else _AROUND), with_tail=False)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    said: list[str] = []
    events: Iterator[Any] = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if element.tag == "br":
            said += ["\0"] if event == "start" else []
        elif element.tag not in _INLINE:
            yield _flowed(said)
            said = []
        following = element.text if event == "start" else element.tail if element is not root else ""
        said.append(following or "")
    yield _flowed(said)


def _flowed(parts: list[str]) -> str:
    """Set running text as a browser does: white space is one blank, `\\0` a line end."""
    return "\n".join(_BLANK.sub(" ", line).strip() for line in "".join(parts).split("\0"))


def _decoded(path: Path, content: bytes) -> str:
    """Decode a page by its mark or by what it states, else as UTF-8."""
    stated = _CHARSET.search(content[:4096])
    name = (stated[1] or stated[2]).decode() if stated else "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16"
    name = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") or name.lower() == "utf-8" else name
    try:
        text = content.decode(name)
    except (LookupError, UnicodeError):
        raise InputError(path, f"is not in the encoding {name}; save it as UTF-8") from None
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
