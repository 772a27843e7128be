"""Findings as lines of a table, for spreadsheets and for programs that read tables."""

from __future__ import annotations

from collections.abc import Iterator

from compare.values import Report
from compare.write.phrasing import blanks, plain

#: What a line says of a finding; `text` is what stands in its first place, `start` and `end` where.
COLUMNS = (
    *("id", "check", "mqm", "severity", "score", "status", "row", "version", "start", "end", "text"),
    *("message", "suggestion", "evidence", "reason"),
)


def lines(report: Report) -> Iterator[dict[str, str | int | float]]:
    """Yield a mapping for each finding, keys as `COLUMNS`, every text on one line with nothing hidden in it."""
    for finding in report.findings:
        first, *others = finding.places
        texts = {
            "id": finding.id,
            "check": finding.check,
            "mqm": finding.mqm,
            "severity": finding.severity,
            "status": finding.status,
            "version": first.version,
            "text": blanks(first.text) if first.text.isspace() else first.text,
            "message": finding.message,
            "suggestion": finding.suggestion or "",
            "evidence": " | ".join(f"{place.version}: {plain(place.text)}" for place in others),
            "reason": finding.reason,
        }
        numbers = {"row": finding.row, "start": first.span.start, "end": first.span.end}
        yield {key: plain(text) for key, text in texts.items()} | numbers | {"score": round(finding.score, 4)}
