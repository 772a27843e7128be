"""Rich Text Format (RTF): its paragraphs, then the notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from compare.extras import need
from compare.read.formats import prose
from compare.read.structure import HEADING_STYLE, TRACKED, Paragraph, Text, laid
from compare.read.text import slurp
from compare.values import InputError

_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)?|\\[^a-z]|[{}]", re.DOTALL)
#: What ends a paragraph; a line end within one is `\line`.
_END = re.compile(r"\\(?:par|sect|page|cell|nestcell|row)(?![a-z])")
_FONT, _CHARSET = re.compile(r"\\f\d{1,5}(?!\d)"), re.compile(r"\\fcharset\d{1,3}(?!\d)")
#: What style a paragraph has, or which level of a document's outline.
_STYLED = re.compile(r"(?<!\\)\\(s\d{1,4}|outlinelevel[0-8])(?!\d) ?")
#: Words that were added under tracked changes.
_ADDED = re.compile(r"(?<!\\)\\revised(?![a-z0])")
#: Stands among the words of a heading; no text has such a character.
_MARK = "\x01"


@prose(".rtf")
def rtf(path: Path, lang: str = "") -> Text:
    """Read a document with all tracked changes accepted. Needs the extra `[office]`. Raises InputError for no RTF."""
    library = need("striprtf.striprtf", "office")
    content = slurp(path)
    if not content.lstrip().startswith(b"{\\rtf"):
        raise InputError(path, "is not an RTF document")
    # The format is ASCII; what programs write beyond it is in the document's code page, as its escapes are.
    source = re.sub("[\x80-\xff]", lambda byte: rf"\'{ord(byte[0]):02x}", content.decode("latin-1").replace(_MARK, ""))
    table = library.font_table_group(source)
    fonts = _plain_fonts(table)
    source = source.replace(table, fonts, 1) if table else source
    kept, notes, changed, at = "", [], bool(_ADDED.search(source)), 0
    headings = {f"outlinelevel{level}" for level in range(9)}
    for start, end, word in _groups(source, ("footnote", "deleted", "stylesheet")):
        if word == "stylesheet":
            headings |= _headings(source[start:end])
            continue
        kept += source[at:start]
        at = end
        changed |= word == "deleted"
        if word == "footnote":
            notes.append(source[start:end].replace("\\*", "", 1).replace("\\footnote", "", 1))
    marked = _STYLED.sub(lambda word: f"{word[0].rstrip()} {_MARK * (word[1] in headings)}", kept + source[at:])
    found = list(_paragraphs(path, library, marked))
    code_page = re.search(r"\\ansicpg\d+", source)
    head = f"{{\\rtf1{code_page[0] if code_page else ''}{fonts}"
    for number, note in enumerate(notes, 1):
        words = " ".join(each.words.strip() for each in _paragraphs(path, library, f"{head}{note}}}"))
        found.append(Paragraph(f"[{number}] {words.strip()}", "note", str(number)))
    return laid(path, found, [TRACKED] if changed else [])


def _plain_fonts(table: str) -> str:
    """Write a font table with nothing but the numbers of its fonts and of their character sets.

    On what is no such number striprtf's pattern takes time by the cube.
    """
    fonts = [
        f"{{{number[0]}{charset[0]} x;}}"
        for entry in table.split(";")
        if (number := _FONT.search(entry)) and (charset := _CHARSET.search(entry))
    ]
    return f"{{\\fonttbl{''.join(fonts)}}}" if fonts else ""


def _headings(stylesheet: str) -> set[str]:
    """Return the control words of the styles that make a paragraph a heading."""
    found = set()
    for entry in stylesheet.split(";"):
        name = entry.rpartition("\\")[2].partition(" ")[2]
        if (style := _STYLED.search(entry)) and HEADING_STYLE.fullmatch(name):
            found.add(style[1])
    return found


def _groups(source: str, wanted: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the groups `{…}` that hold one of the control words themselves, the outermost: their ranges, the word."""
    open_at: list[int] = []
    within: tuple[int, str] | None = None  # how many groups are open about the one that is sought
    for token in _TOKEN.finditer(source):
        if token[0] == "{":
            open_at.append(token.start())
        elif token[0] == "}":
            if open_at:
                start = open_at.pop()
                if within and within[0] == len(open_at):
                    yield start, token.end(), within[1]
                    within = None
        elif token[1] in wanted and token[2] != "0" and open_at and not within:
            within = len(open_at) - 1, token[1]


def _paragraphs(path: Path, library: Any, source: str) -> Iterator[Paragraph]:
    try:
        text = library.rtf_to_text(_END.sub(r"\\par\\par ", source), errors="replace")
    except (ValueError, OverflowError, IndexError, TypeError) as trouble:
        raise InputError(path, f"is not a complete RTF document ({trouble})") from None
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of one character meet
    for block in whole.split("\n\n"):
        yield Paragraph(block.replace(_MARK, ""), "heading" if _MARK in block else "prose")
