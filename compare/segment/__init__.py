"""Sentences, as exact spans: a text into blocks by its line ends, a block into sentences by its stops.

- `blocks`: paragraphs, headings, list items, lines of verse
- `bounds`: where within a block a sentence ends (abbreviations stand in `compare/lang/xx/sentences.py`)
"""

from __future__ import annotations

from collections.abc import Iterator

from compare.lang import DEFAULT
from compare.segment.blocks import blocks
from compare.segment.bounds import bounds, pieces
from compare.values import Span

__all__ = ["sentences"]


def sentences(text: str, lang: str = DEFAULT) -> tuple[Span, ...]:
    """Cut a text into sentences: `sentences("Is it so? It is.", "en") == (Span(0, 9), Span(10, 16))`.

    The spans ascend, none begins or ends with white space, and every other character lies in exactly one. A heading, a
    list item, a line of verse and the end of a paragraph end a sentence; one of more than some 330 words is cut at a
    clause. A language without a pack is cut by the rules of all packs together. A blank text gives ().
    """
    return tuple(_spans(text, lang))


def _spans(text: str, lang: str) -> Iterator[Span]:
    for block, end in blocks(text):
        start = block
        for bound in (*bounds(text, block, end, lang), end):
            for first, last in pieces(text, start, bound):
                words = text[first:last]
                begin = first + len(words) - len(words.lstrip())
                if stripped := words.strip():
                    yield Span(begin, begin + len(stripped))
            start = bound
