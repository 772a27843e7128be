"""The report as plain text: every row with its findings marked in the words, for review in a terminal or a diff.

`[[` and `]]` enclose the first place of a finding, with its code behind; evidence is not marked but listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from compare.values import Report
from compare.write.highlights import Mark, Piece, cells
from compare.write.phrasing import blanks, caution, cited, count, covers, covers_what, plain, warnings

SUFFIX = ".txt"


def write(report: Report) -> bytes:
    """Write the report as UTF-8 plain text."""
    return ("\n".join(_lines(report)) + "\n").encode()


def _lines(report: Report) -> Iterator[str]:
    yield plain(report.signature)
    yield f"\n{plain(report.work.title or report.work.id)}\n"
    if report.work.note:
        yield f"{plain(report.work.note)}\n"
    for version in report.work.versions:
        head = (version.id, version.lang, version.role, version.status, version.title, version.translator, version.year)
        yield "  " + " · ".join(plain(field) for field in head if field)
        if has := covers(report, version.id):
            yield f"    {covers_what(report)} {has}"
        if caution(version):
            yield f"    {plain(caution(version))}"
    for warning in warnings(report):
        yield f"\nwarning: {plain(warning)}"
    pieces = {version.id: cells(report, version.id) for version in report.work.versions}
    wide = max((len(plain(version.id)) for version in report.work.versions), default=0)
    for at, row in enumerate(report.collation.rows):
        risk = report.risk[at] if at < len(report.risk) else {}
        yield f"\n{row.number}"
        for version in report.work.versions:
            odds = risk.get(version.id)
            words = _marked(report, version.text, pieces[version.id].get(row.number, ())) or "※"
            yield f"  {plain(version.id):{wide}}  {'    ' if odds is None else f'{odds:.2f}'}  {words}"
    yield "\n" + (", ".join(f"{n} {severity}" for severity, n in count(report.findings).items() if n) or "no findings")
    for finding in report.findings:
        first = finding.places[0]
        judged = f"{finding.check} {finding.severity} {finding.score:.2f} {finding.status}"
        yield f"\n{judged} · row {finding.row} {plain(first.version)}"
        yield f"  {plain(finding.message)}"
        for place in finding.places:
            where = f" ({plain(cited(report, place))})" if cited(report, place) else ""
            yield f"  {plain(place.version)} {place.span.start}–{place.span.end}{where}: {_words(place.text)}"
        if finding.suggestion is not None:
            yield f"  → {_words(finding.suggestion) or '(delete)'}"
        if finding.reason:
            yield f"  because {plain(finding.reason)}"


def _marked(report: Report, text: str, pieces: tuple[Piece, ...]) -> str:
    made: list[str] = []
    opened: tuple[Mark, ...] = ()
    for piece in pieces:
        now = tuple(mark for mark in piece.marks if not mark.proof)
        made += [f"]]{report.findings[mark.finding].check}" for mark in opened if mark not in now]
        made += ["[[" for mark in now if mark not in opened]
        words = piece.span.of(text)
        made.append(blanks(words) if now and words.isspace() else words)
        opened = now
    made += [f"]]{report.findings[mark.finding].check}" for mark in opened]
    return plain("".join(made))


def _words(text: str) -> str:
    return blanks(text) if text.isspace() else plain(text)
