"""Which part of a web page is its text: what it marks as its article, else what holds nearly all of its prose.

Menus are lists of links that lead away; what stands around the text holds little that is none (after Kohlschütter,
Fankhauser and Nejdl, Boilerplate detection using shallow text features, 2010).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

#: What a page holds that is not read, and what is not where nothing says which part is the article.
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
    etree.strip_elements(root, *_NEVER, *(() if parts else _AROUND), with_tail=False)
    return root


def trim(root: Any) -> str:
    """Take from a page its menus and what stands around its text; return the words of the latter.

    Headings stay, and what the text links to: its notes.
    """
    letters = _letters(root)
    for holder in list(root.iter(*_HOLDERS)):
        linked, other = letters[holder]
        if holder is not root and linked > _LINKED * (linked + other):
            holder.drop_tree()
    letters, left = _letters(root), []
    while (text := max(root.iterchildren(*_HOLDERS), key=lambda each: letters[each][1], default=None)) is not None:
        if letters[text][1] < _MOST * letters[root][1]:
            break
        named = {(link.get("href") or "").removeprefix("#") for link in text.iter("a")}
        for beside in [each for each in root.iterchildren(*_HOLDERS) if each is not text]:
            headings = sum(letters[each][1] for each in beside.iter(*HEADINGS))
            if letters[beside][1] > headings and not any({e.get("id"), e.get("name")} & named for e in beside.iter()):
                left += " ".join(map(str, beside.itertext())).split()
                beside.drop_tree()
        root = text
    return " ".join(left)


def _letters(root: Any) -> Mapping[Any, tuple[int, int]]:
    """Count for each element its letters in links that lead away, headings apart, and all others."""
    counts: dict[Any, tuple[int, int]] = {}
    for element in reversed(list(root.iter())):  # what is within before what is around it
        within = [counts[child] for child in element]
        texts = [element.text, *(child.tail for child in element)]
        linked = sum(count for count, _ in within)
        other = sum(count for _, count in within) + sum(char.isalpha() for text in texts for char in text or "")
        if element.tag == "a" and not _WITHIN.match(element.get("href") or "#here"):
            linked, other = linked + other, 0
        elif element.tag in HEADINGS:
            linked, other = 0, linked + other
        counts[element] = linked, other
    return counts
