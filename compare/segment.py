"""Sentences, as exact spans: blocks by their line ends, then sentences by rule, for Russian and English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.values import Span

#: A stop, what closes after it, and the white space that parts it from the next sentence.
_STOP = re.compile(r"[.!?…]+[\"'»”’)\]}]*(\s+)")
_BLANK = re.compile(r"\n\s*\n|\r\s*\r")


def sentences(text: str, lang: str = "en") -> tuple[Span, ...]:
    """Cut a text into sentences: every character that is no white space lies in exactly one, none begins or ends with it."""
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    start = 0
    cuts = sorted(
        {m.end() for m in _BLANK.finditer(text)}
        | {m.end() for m in _STOP.finditer(text) if not text[m.end() : m.end() + 1].islower()}
    )
    for cut in [*cuts, len(text)]:
        piece = text[start:cut]
        if words := piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(words))
        start = cut
