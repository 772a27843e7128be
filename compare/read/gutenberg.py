"""Plain texts of Project Gutenberg: where the licence about them stands, and their notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.values import Part, Span

_NAME = r"(?:THE |THIS )?PROJECT GUTENBERG"
_START = re.compile(rf"\*{{3}} ?START OF {_NAME}[^*]*\*{{3}}|\*END ?\*? ?THE SMALL PRINT![^\n]*", re.IGNORECASE)
_END = re.compile(
    rf"^[ \t]*(?:(?:\*{{3}} ?)?END OF {_NAME}|END OF PROJECT GUTENBERG['’]S)", re.IGNORECASE | re.MULTILINE
)
#: Who made the file, which stands below the line where the book is said to start.
_MAKERS = re.compile(
    r"\s*(?:(?:Produced|E-?text (?:was )?prepared|This e-?text was (?:produced|prepared)|Transcribed)\b"
    r"[^\n]*(?:\r?\n[^\S\n]*\S[^\n]*)*)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^[ \t]*\[(?:(?:foot)?note\s*)?(?P<label>\d{1,4}|[A-Z])(?:\]|:)[ \t]*\S[^\n]*(?:\r?\n[^\S\n]*\S[^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)


def parts(text: str) -> tuple[Part, ...]:
    """Return the parts of a text of Project Gutenberg, as they begin; of any other none."""
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[Part]:
    start = _START.search(text)
    if not start:
        return
    makers = _MAKERS.match(text, start.end())
    begin = makers.end() if makers else start.end()
    yield Part("licence", Span(0, begin))
    end = _END.search(text, begin)
    stop = end.start() if end else len(text)
    for note in _NOTE.finditer(text, begin, stop):
        yield Part("note", Span(*note.span()), note["label"])
    if stop < len(text):
        yield Part("licence", Span(stop, len(text)))
