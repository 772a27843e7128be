"""Marks and spaces of a text: which quotation marks and brackets have no partner, what stands in an address."""

from __future__ import annotations

import itertools
import re

from compare.values import Collation
from compare.words import LINE_END, PARAGRAPH, behind_last

#: Characters that a quotation without a new opening at its paragraphs may run on: a long letter of a novel.
LONGEST = 30_000
_PARAGRAPH = re.compile(rf"{PARAGRAPH}\s*")
_LINE = re.compile(rf"{LINE_END}[^\S\r\n]*")
_MARKS = re.compile('["“”«»„]')
_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“”", "»": "«", "”": "”"}

#: Two opening marks side by side of which one is a misprint.
_TWICE = ("„“", "“„")

_BRACKETS = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[(\[\]{}]|\)+")
#: What a closing bracket follows that numbers an item, marks a note or is a face: `1)`, `iv)`, «а)», `*)`, `:)`.
_UNOPENED = re.compile(r"(?:^|[\s(;,])(?:\d{1,3}|[ivxlc]{1,6}|[^\W\d_])$|[*†‡¹²³⁰-⁹]$|[:;=]-?$")
_FACE = re.compile(r"[:;=]-?\Z")
#: What makes a run of characters an address: letters about a stop, a slash or an at-sign.
_ADDRESS = re.compile(r"\w\.\w|[/@\\#]")

Mark = tuple[int, bool]


def unpaired_quotes(text: str) -> list[Mark]:
    """Return the offset of each double quotation mark without a partner, and whether it opens.

    A quotation over several paragraphs may open again at each of them, or only once, and may run on beyond the
    end of the text where the last paragraph has quoted before. A mark of inches is no quotation mark.
    """
    alone: list[Mark] = []
    open_marks: list[tuple[int, str]] = []
    style = _Style(text)
    bounds = [0, *(m.end() for m in _PARAGRAPH.finditer(text)), len(text)]
    for start, end in itertools.pairwise(bounds):
        quoted = False
        repeated = {m.end() for m in _LINE.finditer(text, start, end)} | {start}
        if open_marks and not style.continues(text, start, open_marks[-1][1]):
            alone += [(at, True) for at, _ in open_marks]
            open_marks = []
        for match in _MARKS.finditer(text, start, end):
            at, mark = match.start(), match.group()
            if open_marks and at in repeated and style.continues(text, at, open_marks[-1][1]):
                continue  # the repeated opening stands for the one before
            if style.measures(text, at, bool(open_marks)):
                continue
            if open_marks and at == open_marks[-1][0] + 1 and mark + open_marks[-1][1] in _TWICE:
                alone.append((at, True))  # one too many, or each of its own kind
                continue
            if style.opens(text, at, [mark for _, mark in open_marks]):
                # English does not nest double marks in double marks: a second opening leaves the first one alone.
                if mark in '"“' and open_marks and open_marks[-1][1] == mark:
                    alone.append((open_marks.pop()[0], True))
                open_marks.append((at, mark))
                continue
            partner = next((k for k in reversed(range(len(open_marks))) if _is_kin(open_marks[k][1], mark)), None)
            if partner is None:
                alone.append((at, False))
            else:  # what stands open within it is closed by nothing
                alone += [(inner, True) for inner, _ in open_marks[partner + 1 :]]
                del open_marks[partner:]
                quoted = True
    left = [(at, True) for at, _ in open_marks]
    return _joined(text, sorted(alone + left[: len(left) - (quoted and len(left) == 1)]))


def _is_kin(one: str, other: str) -> bool:
    """Tell whether two marks may be partners: both angular, or neither."""
    return (one in "«»") == (other in "«»")


class _Style:
    """How a text sets its quotations: «so», »so«, ”so”."""

    def __init__(self, text: str) -> None:
        opening = {mark: sum(_position(text, at) == 1 for at in _places(text, mark)) for mark in "«»”"}
        self._inward = opening["»"] > opening["«"]
        self._one_mark = "“" not in text and "„" not in text and opening["”"] > 0

    def opens(self, text: str, at: int, open_marks: list[str]) -> bool:
        """Tell whether a mark opens a quotation: by its kind, else by the spaces about it, else by what is open."""
        mark, last = text[at], open_marks[-1] if open_marks else ""
        if mark == "“":  # closes „German and Russian“ quotations, and »„so“«
            return last != "„"
        if mark == '"' or (mark == "”" and self._one_mark):
            position = _position(text, at)
            return position > 0 if position else mark not in open_marks
        return mark in ("»„" if self._inward else "«„")

    def continues(self, text: str, start: int, mark: str) -> bool:
        """Tell whether a paragraph takes up the quotation that is still open."""
        return text[start : start + 1] in (mark, "»" if mark == "«" else mark)

    def measures(self, text: str, at: int, quoting: bool) -> bool:
        """Tell whether a mark after a figure is one of inches or seconds."""
        feet = re.search(r"(\d['’′]\s?)?[\d½¼¾]$", text[max(0, at - 6) : at])
        return text[at] in '"”' and feet is not None and (not quoting or bool(feet[1]))


def _places(text: str, mark: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(mark), text)]


def _position(text: str, at: int) -> int:
    """Tell by its neighbours whether a mark opens (1), closes (-1) or stands so that either may be (0)."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    starts = not before or before.isspace() or before in "([/—–"
    ends = not after or after.isspace() or after in ")],.;:!?"
    return starts - ends


def _joined(text: str, alone: list[Mark]) -> list[Mark]:
    """Take out the pairs that open in one paragraph and close in a later one without opening again, as in Russian."""
    left: list[Mark] = []
    for at, opens in alone:
        if left and left[-1][1] and not opens and at - left[-1][0] < LONGEST and text[at] in _PAIRS[text[left[-1][0]]]:
            left.pop()
        else:
            left.append((at, opens))
    return left


def unpaired_brackets(text: str) -> list[int]:
    """Return the offset of each bracket without a partner; a bracket may span paragraphs."""
    alone: list[int] = []
    stack: list[int] = []
    for match in _BRACKET.finditer(text):
        at, mark = match.start(), match.group()
        before = text[max(0, at - 8) : at]
        if mark in ("(", "[", "{"):
            if not (mark == "(" and _FACE.search(before)):
                stack.append(at)
            continue
        closed = 0
        while closed < len(mark) and stack and text[stack[-1]] == _BRACKETS[mark[0]]:
            stack.pop()
            closed += 1
        laughs = mark.startswith("))") and not closed
        if not laughs and not (mark[0] == ")" and not closed and _UNOPENED.search(before)):
            alone += range(at + closed, match.end())
    return sorted(alone + stack)


def in_address(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of the text is part of a web address, a file's name or the like."""
    first = behind_last(text, " \r\n\t\u00a0\u2009\u202f", start)
    after = re.compile(r"\S*").match(text, end)
    return _ADDRESS.search(text[first : after.end() if after else end].rstrip(".,;:!?")) is not None


def elsewhere(collation: Collation, version: str, at: int, pattern: re.Pattern[str]) -> bool:
    """Tell whether the source's cell of the row, or every other version's, has what the pattern finds here.

    What a translation has taken over, or all of them have, is no slip of the pen. False without another.
    """
    row = collation.row_at(version, at)
    if row is None:
        return False
    found = {id: pattern.search(collation.cell(row, id)) is not None for id in row.spans if id != version}
    source = collation.work.source
    return bool(found) and (all(found.values()) or (source is not None and found.get(source.id, False)))
