"""Which part of a web page is its text: what it marks as its article, else what holds nearly all of its prose.

Menus are lists of links that lead away; what stands around the text holds little that is none (after Kohlschütter,
Fankhauser and Nejdl, Boilerplate detection using shallow text features, 2010).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from lxml import etree

#: What a page holds that is not read, and what is not where nothing says which part is the article, unless it has a
#: heading.
_NEVER = "head script style noscript template svg math iframe nav aside form button select textarea object".split()
_AROUND = ("header", "footer")
#: What holds paragraphs. Only these are left out, no paragraph by itself.
_HOLDERS = frozenset("body section div ul ol dl dt dd table tbody tr td center".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
#: Share of a menu's letters that are links, and of a page's letters, these apart, that its text has.
_LINKED, _MOST = 0.5, 0.9
#: A link to another place of the page: a note, a chapter; "#" alone is a button.
_WITHIN = re.compile("#.")


def article(page: Any) -> Any:
    """Return what a page marks as its article, else as its main part, else the page without its head and foot."""
    kinds = [list(page.iter("article")), [*page.iter("main"), *page.iterfind(".//*[@role='main']")]]
    parts = next((parts for parts in kinds if parts), [])
    root = max(parts, key=lambda part: sum(map(len, part.itertext())), default=page)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(root, *_NEVER, with_tail=False)
    for around in [] if parts else list(root.iter(*_AROUND)):
        if next(around.iter(*HEADINGS), None) is None:
            around.drop_tree()
    return root


def trim(root: Any) -> str:
    """Take from a page its menus and what stands around its text; return the words of the latter.

    Headings stay, and what the text links to: its notes.
    """
    letters, left = _without_menus(root), []
    while (text := max(root.iterchildren(*_HOLDERS), key=lambda each: letters[each].plain, default=None)) is not None:
        if letters[text].plain < _MOST * letters[root].plain:
            break
        named = {(link.get("href") or "").removeprefix("#") for link in text.iter("a")}
        for beside in [each for each in root.iterchildren(*_HOLDERS) if each is not text]:
            if letters[beside].plain and not any({e.get("id"), e.get("name")} & named for e in beside.iter()):
                left += " ".join(map(str, beside.itertext())).split()
                beside.drop_tree()
        root = text
    return " ".join(left)


class _Letters(NamedTuple):
    """How many letters an element has in links that lead away, in headings, and apart from both."""

    linked: int
    heading: int
    plain: int


def _without_menus(root: Any) -> Mapping[Any, _Letters]:
    """Take away menus, the innermost first, and headings over menus alone; count the letters that are left."""
    counts: dict[Any, _Letters] = {}
    menus = set()  # elements that have lost one
    for element in reversed(list(root.iter())):  # what is within before what is around it
        texts = [element.text, *(child.tail for child in element)]
        plain = sum(char.isalpha() for text in texts for char in text or "")
        linked, heading, plain = map(sum, zip((0, 0, plain), *(counts[child] for child in element), strict=True))
        if element.tag == "a" and not _WITHIN.match(element.get("href") or "#here"):
            linked, heading, plain = linked + heading + plain, 0, 0
        elif element.tag in HEADINGS:
            linked, heading, plain = 0, linked + heading + plain, 0
        counts[element] = _Letters(linked, heading, plain)
        is_menu = linked > _LINKED * sum(counts[element]) or (element in menus and not plain)
        if is_menu and element.tag in _HOLDERS and element.tag != "body" and element is not root:
            menus.add(element.getparent())
            element.drop_tree()
    return counts
