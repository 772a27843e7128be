"""For Marot, the viewer of MQM ratings: ten columns, a line an error, `No-error` for a cell without one.

Columns as in Google's wmt-mqm-human-evaluation: system, document, segment in it, segment in all, rater, source and
target with the words marked by `<v>`, category, severity, metadata as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from compare.values import Finding, Report, Row
from compare.write.pairs import by_row, translations
from compare.write.phrasing import plain

SUFFIX = ".marot.tsv"

COLUMNS = (
    *("system", "doc", "docSegId", "globalSegId", "rater"),
    *("source", "target", "category", "severity", "metadata"),
)


def write(report: Report) -> bytes:
    """Write the findings on translations that are open or accepted; a cell without any is rated free of errors."""
    lines: list[tuple[str, ...]] = [COLUMNS]
    for id in translations(report):
        found = by_row(report, id)
        for row in report.collation.rows:
            if id in row.spans or row.number in found:
                lines += [_line(report, id, row, each) for each in found.get(row.number, (None,))]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def _line(report: Report, id: str, row: Row, finding: Finding | None) -> tuple[str, ...]:
    source = report.work.source
    rated = ("No-error", "No-error", "{}")
    if finding is not None:
        category = "/".join(part.replace("-", " ").capitalize() for part in finding.mqm.split("/"))
        entry = {"note": finding.message, "check": finding.check, "id": finding.id, "score": round(finding.score, 4)}
        rated = (plain(category) or "Other", finding.severity.capitalize(), json.dumps(entry))
    number = str(row.number)
    texts = (_marked(report, row, source.id, finding) if source else "", _marked(report, row, id, finding))
    return (plain(id), plain(report.work.id), number, number, "hexapla", *texts, *rated)


def _marked(report: Report, row: Row, id: str, finding: Finding | None) -> str:
    """Write a cell on one line, the finding's words in it between `<v>` and `</v>`."""
    if id not in row.spans:
        return ""
    cell = row.spans[id]
    text = report.work.version(id).text
    places = finding.places if finding else ()
    spans = sorted(place.span for place in places if place.version == id and place.span.touches(cell))
    return plain("".join(_pieces(text, cell.start, cell.end, [(span.start, span.end) for span in spans])))


def _pieces(text: str, at: int, end: int, spans: list[tuple[int, int]]) -> Iterator[str]:
    for start, stop in spans:
        start, stop = max(start, at), min(stop, end)
        if start < stop:
            yield _unmarked(text[at:start])
            yield f"<v>{_unmarked(text[start:stop])}</v>"
            at = stop
    yield _unmarked(text[at:end])


def _unmarked(text: str) -> str:
    """Keep words of the text from being read as marks."""
    return text.replace("<v>", "‹v›").replace("</v>", "‹/v›")
