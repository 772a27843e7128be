"""The report in Markdown: what was compared, what was found, worst first, each with its words in their context."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compare.values import SEVERITIES, Finding, Report
from compare.write.phrasing import caution, cited, count, covers, covers_what, plain, quote, warnings

SUFFIX = ".md"

# Signs anywhere, and those that only begin a line.
_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$@]|^[#+\-=:]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]|(?<=^\d{4})[.)]")


def write(report: Report) -> bytes:
    """Write the report as UTF-8 CommonMark with tables."""
    return ("\n".join(_lines(report)) + "\n").encode()


def escape(text: str) -> str:
    """Put a text on one line, with nothing in it that Markdown would read as a sign: `escape("a*b") == "a\\\\*b"`."""
    return _SPECIAL.sub(r"\\\g<0>", plain(text))


def _lines(report: Report) -> Iterator[str]:
    yield f"<!-- {plain(report.signature).replace('--', '- -').replace('>', '›')} -->"
    yield f"\n# {escape(report.work.title or report.work.id)}\n"
    if report.work.note:
        yield f"{escape(report.work.note)}\n"
    columns = "version language title translator year status characters sentences"
    yield f"| {' | '.join([*columns.split(), covers_what(report)])} |"
    yield "|---|---|---|---|---|---|--:|--:|---|"
    for v in report.work.versions:
        status = f"**{v.status}**" if v.status in ("reconstruction", "revised") else v.status
        fields = [escape(field) for field in (v.id, v.lang, v.title, v.translator, v.year)]
        fields += [status + (", source" if v.role == "source" else ""), str(len(v.text))]
        fields += [str(len(report.collation.segments.get(v.id, ()))), covers(report, v.id)]
        yield f"| {' | '.join(fields)} |"
    notes = [(v.id, caution(v)) for v in report.work.versions if caution(v)]
    if notes:
        yield ""
        for id, note in notes:
            yield f"- **{escape(id)}**: {escape(note)}"
    for warning in warnings(report):
        yield f"\n> Warning: {escape(warning)}"
    counted = count(report.findings)
    yield f"\n{len(report.collation.rows)} rows; " + (
        ", ".join(f"{number} {severity}" for severity, number in counted.items() if number) or "no findings"
    )
    for severity in SEVERITIES:
        chosen = [finding for finding in report.findings if finding.severity == severity]
        if chosen:
            yield f"\n## {severity.capitalize()}"
            for finding in chosen:
                yield from _entry(report, finding)


def _entry(report: Report, finding: Finding) -> Iterator[str]:
    first = finding.places[0]
    status = "" if finding.status == "open" else f" · *{finding.status}*"
    where = f", {escape(cited(report, first))}" if cited(report, first) else ""
    yield f"\n### {escape(finding.check)} · row {finding.row} · {escape(first.version)}{where}{status}\n"
    yield escape(finding.message) + "\n"
    quoted = quote(report, first)
    yield f"> {_strong(quoted.before, quoted.words, quoted.after)}"
    if finding.suggestion is not None:
        yield f"\nSuggested: {escape(finding.suggestion) or '*delete*'}"
    if finding.reason:
        yield f"\nReason: {escape(finding.reason)}"
    if finding.places[1:]:
        yield ""
    for place in finding.places[1:]:
        row, quoted = (
            report.collation.number_at(place.version, place.span.start),
            quote(report, place, width=24, limit=240),
        )
        where = escape(place.version) + (f", row {row}" if row else "")
        where += f", {escape(cited(report, place))}" if cited(report, place) else ""
        yield f"- {where}: {_strong(quoted.before, quoted.words, quoted.after)}"
    yield f"\n<sub>{escape(finding.id)} · {escape(finding.mqm)} · score {finding.score:.2f}</sub>"


def _strong(before: str, words: str, after: str) -> str:
    """Set the words in bold, with the spaces around them outside, as Markdown demands."""
    lead = " " if before[-1:].isspace() or words[:1].isspace() else ""
    tail = " " if after[:1].isspace() or words[-1:].isspace() else ""
    return f"{escape(before)}{lead}<b>{escape(words)}</b>{tail}{escape(after)}".strip()
