"""Lines of type put back into paragraphs, words that a line end divides made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from compare.read.page_layout import NOTE, Line, in_order, split_notes
from compare.read.structure import Paragraph
from compare.values import Kind

#: A line stands apart from the one above it from this many times the text's leading on; the pitch within paragraphs.
_APART = 1.3
#: A heading's size of type, as a share of the text's, at least.
_LARGE = 1.15
#: The width of a blank, in sizes of type.
_BLANK = 0.25
#: Indentation of a paragraph's first line, in sizes of type: at least, at most (what is further in is centred).
_INDENT, _CENTRED = 0.6, 5.0
#: Share of lines that end with a hyphen from which on words are divided there; hyphens of words themselves make 1 %.
_DIVIDES = 0.04

#: A line's end beside a dash that has no blank on its other side, or within a dash or a range.
_CLOSED = re.compile(r"\S(?:--|[—–])\n|\n(?:--|[—–])[^\s-]|-\n-|\d-\n\d")
_DIVIDED = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")


@dataclass(slots=True)
class _Draft:
    """A paragraph that is being put together."""

    words: str
    kind: Kind
    pages: list[tuple[int, str]]
    last: Line
    right: float
    """Where its column ends."""


def reflowed(pages: Sequence[list[Line]], labels: Sequence[str]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Put lines together into paragraphs of the text, and notes."""
    lines = [line for page in pages for line in page]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    size = max(sizes, key=lambda each: (sizes[each], each))
    steps = [a.y - b.y for page in pages for column in in_order(page) for a, b in pairwise(column) if _alike(a, b)]
    leading = (
        median(step for step in steps if 0 < step < 3 * size) if any(0 < s < 3 * size for s in steps) else 1.2 * size
    )
    own = _hyphens(lines)
    columns: list[tuple[str, list[Line]]] = []
    notes: list[Paragraph] = []
    for page, label in zip(pages, labels, strict=True):
        page, below = split_notes(page, size)
        notes += _notes(below, label, own)
        for column in in_order(page):
            column, below = split_notes(column, size)
            notes += _notes(below, label, own)
            columns += [(label, column)] if column else []
    starts: Counter[int] = Counter()
    for _, column in columns:
        starts[_margin(column)] += len(column)
    edges = [_edge(column, starts, size) for _, column in columns]
    ends: dict[int, float] = {}  # of all columns that begin at one place, where the longest line ends
    for edge, (_, column) in zip(edges, columns, strict=True):
        ends[edge] = max(ends.get(edge, 0.0), *(line.x1 for line in column))
    drafts: list[_Draft] = []
    before = None
    for edge, (label, column) in zip(edges, columns, strict=True):
        for at, line in enumerate(column):
            above = column[at - 1] if at else None
            joint = _joint(drafts[-1] if drafts else None, above, line, edge, leading, size)
            if joint is None:
                drafts.append(_Draft("", _kind(line, size), [], line, ends[edge]))
            draft = drafts[-1]
            draft.words = _joined(draft.words, joint or "", line.words, own)
            if label != before:
                draft.pages.append((len(draft.words) - len(line.words), label))
            draft.last, draft.right, before = line, ends[edge], label
    return [Paragraph(each.words, each.kind, "", tuple(each.pages)) for each in drafts], notes


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.1 * max(a.size, b.size)


def _kind(line: Line, size: float) -> Kind:
    return "heading" if line.size >= _LARGE * size else "prose"


def _margin(column: Sequence[Line]) -> int:
    """Return where most lines of a column begin."""
    starts = Counter(round(line.x0) for line in column)
    return min(starts, key=lambda start: (-starts[start], start))


def _edge(column: Sequence[Line], starts: Counter[int], size: float) -> int:
    """Return where a column's lines begin, the first ones of paragraphs apart: a short column may have only these."""
    own = _margin(column)
    return max(
        (start for start in starts if 0 <= own - start <= _CENTRED * size), key=lambda start: (starts[start], start)
    )


def _joint(
    draft: _Draft | None, above: Line | None, line: Line, edge: float, leading: float, size: float
) -> str | None:
    """Say what stands between a paragraph and the next line: a blank, a line end, or None where it goes on no more."""
    if draft is None or not _alike(draft.last, line):
        return None
    last = draft.last
    room = draft.right - last.x1
    first = line.words.split()[0]
    lacking = line.first + _BLANK * size - room  # what the line's first word wanted to find room above
    indented = _INDENT * size <= line.x0 - edge <= _CENTRED * size
    if draft.kind == "heading":
        return None if above is None or above.y - line.y > _APART * leading * line.size / size else " "
    if above is None:  # a new column or page
        return None if (lacking < -size or indented) and not first[0].islower() else " "
    if above.y - line.y > _APART * leading * line.size / size or (
        indented and (lacking < 0 or line.x0 - last.x0 >= _INDENT * size / 2)
    ):
        return None
    return "\n" if lacking < 0 else " "


def _joined(words: str, joint: str, following: str, own: Hyphens) -> str:
    """Put a line after the words before it; a word that a hyphen divides is made whole, its own hyphen kept."""
    if not words:
        return following
    head, tail = _DIVIDED.search(words), re.match(r"[^\W\d_]+", following)
    if not head or not tail:
        closed = joint == " " and _CLOSED.search(f"{words[-3:]}\n{following[:3]}")
        return words + ("" if closed else joint) + following
    return (words if head[2] != "\u00ad" and own.keeps(head[1], tail[0]) else words[:-1]) + following


@dataclass(frozen=True, slots=True)
class Hyphens:
    """The words of a text, by which a hyphen at the end of a line is known as the word's own or the margin's."""

    within: frozenset[str]
    """Words as they stand within lines, in lower case."""
    divides: bool
    """Whether the text divides words at the ends of lines."""

    def keeps(self, head: str, tail: str) -> bool:
        """Tell whether a hyphen between two parts of a word is the word's own."""
        if f"{head}-{tail}".lower() in self.within:
            return True
        return (tail[0].isupper() or not self.divides) and f"{head}{tail}".lower() not in self.within


def _hyphens(lines: Sequence[Line]) -> Hyphens:
    ends = sum(bool(_DIVIDED.search(line.words)) for line in lines)
    words = (word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.words))
    return Hyphens(frozenset(words), ends >= _DIVIDES * len(lines))


def _notes(lines: Sequence[Line], label: str, own: Hyphens) -> Iterator[Paragraph]:
    notes: list[tuple[str, str]] = []
    for line in lines:
        mark = NOTE.match(line.words)
        if mark and (not notes or not mark[1].isdecimal() or _follows(mark[1], notes[-1][0])):
            notes.append((mark[1], line.words[mark.end() :]))
        else:
            notes[-1] = notes[-1][0], _joined(notes[-1][1], " ", line.words, own)
    for number, words in notes:
        yield Paragraph(f"[{number}] {words}", "note", number, ((0, label),))


def _follows(number: str, before: str) -> bool:
    """Tell whether a number may be the next note's: a year at a line's beginning is none."""
    return not before.isdecimal() or int(number) == int(before) + 1
