"""TYP101: quotation marks that have no partner."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from compare.analysis import Analysis
from compare.checks import check
from compare.values import Finding
from compare.words import context

#: Characters that a quotation without a new opening at its paragraphs may run on: three pages.
LONGEST = 6000
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


@check("TYP101", mqm="linguistic-conventions/punctuation")
def quotes(analysis: Analysis) -> Iterator[Finding]:
    """Quotation mark without a partner.

    A quotation that runs over several paragraphs may open anew at each of them, or only once: that is no fault.

    Wrong:
    - [[“]]He left, she said, and went out.
    - [[“]]In the talks he put forward a principle. But in this case “attempts” failed.
    - He left,[[”]] she said.
    - ru: Он сказал: [[«]]уйди, и ушел.

    Fine:
    - “He left,” she said. “So did I.”
    - "He left," she said.
    - ru: „Уйди“, — сказал он. «Ушел».

    Score: 0.9 for an opening that nothing closes, 0.8 for a closing that nothing opened.
    Source: Chicago Manual of Style 6.9, 13.30; Мильчин, Справочник издателя и автора, § 6.
    """
    collation = analysis.collation
    for version in collation.work.versions:
        for at, opens in unpaired(version.text):
            what = "closes" if opens else "opened"
            yield Finding(
                check="TYP101",
                severity="minor",
                score=0.9 if opens else 0.8,
                places=(collation.place(version.id, at, at + 1),),
                message=f"nothing {what} this quotation mark: {context(version.text, at, at + 1)}",
            )


def unpaired(text: str) -> list[tuple[int, bool]]:
    """Return the offset of each double quotation mark without a partner, and whether it opens."""
    alone: list[tuple[int, bool]] = []
    open_marks: list[tuple[int, str]] = []
    bounds = [0, *(m.end() for m in _PARAGRAPH.finditer(text)), len(text)]
    for start, end in itertools.pairwise(bounds):
        if open_marks and not _continues(text, start, open_marks[-1][1]):
            alone += [(at, True) for at, _ in open_marks]
            open_marks = []
        elif open_marks:
            start += 1  # the repeated opening stands for the one before
        for at in range(start, end):
            mark = text[at]
            if mark not in '"“”«»„':
                continue
            if _opens(text, at, open_marks):
                # English does not nest double marks in double marks: a second opening leaves the first one alone.
                if mark in '"“' and open_marks and open_marks[-1][1] == mark:
                    alone.append((open_marks.pop()[0], True))
                open_marks.append((at, mark))
            elif open_marks:
                open_marks.pop()
            else:
                alone.append((at, False))
    return _joined(text, sorted(alone + [(at, True) for at, _ in open_marks]))


def _joined(text: str, alone: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """Take out the pairs that open in one paragraph and close in a later one without opening anew, as in Russian."""
    left: list[tuple[int, bool]] = []
    for at, opens in alone:
        if left and left[-1][1] and not opens and at - left[-1][0] < LONGEST and _match(text[left[-1][0]], text[at]):
            left.pop()
        else:
            left.append((at, opens))
    return left


def _match(opening: str, closing: str) -> bool:
    return closing in {'"': '"', "“": "”", "«": "»", "„": "“”"}.get(opening, "")


def _continues(text: str, start: int, mark: str) -> bool:
    """Tell whether a paragraph takes up the quotation that is still open."""
    return text[start : start + 1] in (mark, "»" if mark == "«" else mark)


def _opens(text: str, at: int, open_marks: list[tuple[int, str]]) -> bool:
    mark = text[at]
    if mark == "“":  # closes „German and Russian“ quotations
        return not (open_marks and open_marks[-1][1] == "„")
    if mark == '"':
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        starts = not before or before.isspace() or before in "([/"
        ends = not after or after.isspace() or after in ")],.;:!?"
        if starts != ends:
            return starts
        return not any(m == '"' for _, m in open_marks)
    return mark in "«„"
