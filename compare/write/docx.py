"""A translation as a Word document, its findings as comments on the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from compare.segment.blocks import blocks
from compare.values import Finding, Report, Row
from compare.write.documents import begin, save
from compare.write.phrasing import caution, explained, plain
from compare.write.xml import legal

SUFFIX = ".docx"
NEEDS = ("docx", "office")


def write_version(report: Report, id: str) -> bytes:
    """Write a paragraph for each of the text's, and a comment for each finding on it that is open or accepted.

    Raises InputError where python-docx is missing.
    """
    version = report.work.version(id)
    mine = [f for f in report.findings if f.places[0].version == id and f.status in ("open", "accepted")]
    document = begin(version.title or version.id, version.lang)
    document.add_heading(legal(version.title or version.id), 0)
    by = ", ".join(part for part in (version.translator, version.year) if part)
    for line in (by, caution(version)):
        if line:
            document.add_paragraph(plain(line), style="Subtitle")
    runs = _written(document, report, id, mine)
    starts, ends = [start for start, _, _ in runs], [end for _, end, _ in runs]
    for finding in sorted(mine, key=lambda f: f.places[0].span):
        span = finding.places[0].span
        # a place on blanks between paragraphs has no run of its own: the one before it, else the first
        first = min(bisect_right(ends, span.start), len(runs) - 1)
        last = max(bisect_left(starts, span.end) - 1, 0)
        if runs:
            chosen = [runs[min(first, last)][2], runs[last][2]]
            line = "\n".join(explained(report, finding))
            document.add_comment(chosen, text=line, author="Hexapla", initials="Hx")
    return save(document)


def _written(document: Any, report: Report, id: str, findings: list[Finding]) -> list[tuple[int, int, Any]]:
    """Write the text, cut into runs wherever a finding begins or ends: where each run stands, and the run."""
    text = report.work.version(id).text
    edges = sorted({edge for f in findings for edge in (f.places[0].span.start, f.places[0].span.end)})
    headings = {row.spans[id].start for row in report.collation.rows if _heads(report, row, id)}
    runs = []
    for start, end in _paragraphs(report, id):
        paragraph = document.add_paragraph(style="Heading 2" if start in headings else None)
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        for one, other in pairwise([start, *inside, end]):
            # a line end within a paragraph is the margin's; other blanks are kept as they are
            words = legal(" ".join(text[one:other].replace("\r\n", "\n").split("\n")))
            runs.append((one, other, paragraph.add_run(words)))
    return runs


def _paragraphs(report: Report, id: str) -> Iterable[tuple[int, int]]:
    """Return where the text's paragraphs stand; rows that came aligned are one each."""
    given = report.work.rows
    if given is None:
        return blocks(report.work.version(id).text)
    return [(row[id].start, row[id].end) for row in given if id in row]


def _heads(report: Report, row: Row, id: str) -> bool:
    return id in row.spans and report.collation.kind(row, id) == "heading"
