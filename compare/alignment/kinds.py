"""What kind of block each segment stands in: prose, or what stands about prose and is no part of it.

As its file says; where that says nothing by form alone, so that it holds for any language of the two scripts. Where a
form may be prose it is prose.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from compare.alignment.landmarks import heading
from compare.values import Kind, Part, Span
from compare.words import LINE_END

#: Longest heading and longest line of verse, in characters.
HEADING, VERSE = 80, 65
#: Lines that make a stanza, and a table of contents, at least.
STANZA, CONTENTS = 3, 3
#: Headings one after the other that are a table of contents, at least.
LISTED = 8
#: Characters of a note that has its number on a line of its own, at most.
NOTE = 400
#: A paragraph of so many characters is the work's own text: no title page comes after it.
BODY = 120

_GAP, _LINE = re.compile(rf"{LINE_END}\s*{LINE_END}"), re.compile(LINE_END)
_DASHED = re.compile(r"\s*(?:[-–—\[(]+\s*\d{1,4}\s*[-–—\])]+|(?:page|p\.|стр\.|с\.)\s*\d{1,4})\.?\s*", re.IGNORECASE)
_NOTE = re.compile(
    r"\s*(?:\[\s*(?:foot)?note\b|\[\w{1,3}\]\s*\S|\*{1,3}\)?\s+\S|сноска\b|примечание\b|note\s*\d*\s*[:.])",
    re.IGNORECASE,
)
_ENCLOSED = re.compile(r"\s*(?:\[[^\]]*\]|\{[^}]*\})\s*")
#: An editor's note within a paragraph.
_BRACED = re.compile(r"\{[^{}]*\}\.?")
_NOTES = re.compile(r"[\W_]*(?:foot|end)?notes?[\W_]*|[\W_]*примечани[ея][\W_]*|[\W_]*сноски[\W_]*", re.IGNORECASE)
_TITLE_OF_CONTENTS = re.compile(
    r"[\W_]*(?:table of )?contents[\W_]*|[\W_]*(?:содержание|оглавление)[\W_]*", re.IGNORECASE
)
_ENTRY = re.compile(r".*?\S(?:\s*\.{2,}|\s*…|\s{2,}|\t|,\s)\s*\d{1,4}\s*")
_INITIALS = re.compile(r"[\W_]*(?:[^\W\d_]\.\s*){2,3}[\W_]*")
_HEAD = re.compile(
    r"[\W_]*(?:epilogue|prologue|preface|introduction|foreword|appendix|conclusion|"
    r"эпилог|пролог|предисловие|введение|приложение|заключение)[\W_]*",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*\[?(\d{1,4})\]?\s*")
_CLOSED = tuple(".!?…,;:»”\"')-–—")


def kinds(text: str, segments: Sequence[Span], parts: Sequence[Part] = ()) -> tuple[Kind, ...]:
    """Return the kind of each segment of a version's text. `parts`: what its file says, as they begin."""
    found = list(_by_form(text, segments))
    at = 0
    for part in parts:
        if part.kind != "page":
            while at < len(segments) and segments[at].start < part.span.start:
                at += 1
            while at < len(segments) and segments[at].end <= part.span.end:
                found[at] = part.kind
                at += 1
    return tuple(found)


def _by_form(text: str, segments: Sequence[Span]) -> tuple[Kind, ...]:
    blocks = list(_blocks(text))
    of_block = _kinds([text[start:stop] for start, stop in blocks])
    braced = deque(match.span() for match in _BRACED.finditer(text))
    found: list[Kind] = []
    at = 0
    for segment in segments:
        while at < len(blocks) - 1 and blocks[at][1] <= segment.start:
            at += 1
        kind = of_block[at] if blocks else "prose"
        while braced and braced[0][1] <= segment.start:
            braced.popleft()
        if kind == "prose" and braced and braced[0][0] <= segment.start and segment.end <= braced[0][1]:
            kind = "note"
        found.append("signature" if kind == "prose" and _INITIALS.fullmatch(segment.of(text)) else kind)
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of what empty lines part; where there are none, of the lines."""
    gaps = [gap.span() for gap in _GAP.finditer(text)] or [gap.span() for gap in _LINE.finditer(text)]
    start = 0
    for stop, following in [*gaps, (len(text), len(text))]:
        if text[start:stop].strip():
            yield start, stop
        start = following


def _kinds(blocks: Sequence[str]) -> list[Kind]:
    kinds: list[Kind] = [_alone(block) for block in blocks]
    body = next((n for n, block in enumerate(blocks) if len(block) >= BODY), 0)
    before = [n for n in range(body) if kinds[n] == "prose" and not blocks[n].rstrip().endswith(_CLOSED)]
    for n in before:  # what comes before the text and is no sentence
        kinds[n] = "title page" if len(before) > 1 else "heading"
    _mark_numbered_notes(kinds, blocks)
    _mark_runs(kinds, [bool(_ENTRY.fullmatch(block)) for block in blocks], CONTENTS, "contents")
    _mark_runs(kinds, [kind == "heading" for kind in kinds], LISTED, "contents", of="heading")
    _mark_runs(kinds, [_verse_line(block) for block in blocks], STANZA, "verse")
    for n, block in enumerate(blocks):
        if _TITLE_OF_CONTENTS.fullmatch(block):
            stop = next((k for k in range(n + 1, len(blocks)) if len(blocks[k]) >= BODY), n + 1)
            kinds[n:stop] = ["contents"] * (stop - n)
        elif _NOTES.fullmatch(block) and 2 * n >= len(blocks):
            kinds[n:] = ["note"] * (len(blocks) - n)
            break
    return kinds


def _alone(block: str) -> Kind:
    """Tell the kind of a block by itself."""
    line = " ".join(block.split())
    lines = [part.strip() for part in block.splitlines() if part.strip()]
    if _DASHED.fullmatch(line):
        return "page number"
    if _NOTE.match(block) or _ENCLOSED.fullmatch(block):
        return "note"
    if len(line) <= HEADING and (heading(line) or _HEAD.fullmatch(line) or _shouted(line)):
        return "heading"
    if len(lines) >= STANZA and all(_verse_line(part) for part in lines):
        return "verse"
    return "prose"


def _shouted(line: str) -> bool:
    """Tell whether a line is written in capitals and ends as no sentence does: THE CLOAK."""
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) > 3 and not any(sign.islower() for sign in letters) and not line.endswith((",", "!", "?", ":"))


def _verse_line(line: str) -> bool:
    """Tell whether a block may be a line of verse: short, opened by a capital, and not closed as a sentence is."""
    line = line.strip().lstrip("\"'“‘«„*_ ")
    ends = line[-1:] in ",;:" or line[-1:].isalpha()
    return "\n" not in line and 8 <= len(line) <= VERSE and line[0].isupper() and ends


def _mark_numbered_notes(kinds: list[Kind], blocks: Sequence[str]) -> None:
    """Mark notes that stand one after the other, each under its number alone: chapters are longer."""
    bare = [(n, int(match[1])) for n, block in enumerate(blocks) if (match := _BARE.fullmatch(block))]
    sizes = [len(block) for block in blocks]
    for (n, number), (following, next_number) in pairwise(bare):
        if next_number == number + 1 and 0 < sum(sizes[n + 1 : following]) <= NOTE:
            kinds[n : following + 1] = ["note"] * (following + 1 - n)
            if kinds[following + 1 : following + 2] == ["prose"] and sizes[following + 1] <= NOTE:
                kinds[following + 1] = "note"


def _mark_runs(kinds: list[Kind], fits: Sequence[bool], least: int, kind: Kind, of: Kind = "prose") -> None:
    """Mark the runs of at least so many blocks of one kind that fit."""
    start = 0
    for n in range(len(fits) + 1):
        if n < len(fits) and fits[n] and kinds[n] == of:
            continue
        if n - start >= least:
            kinds[start:n] = [kind] * (n - start)
        start = n + 1
