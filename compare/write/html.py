"""The report as one HTML page that needs nothing else: no request, no script to read it, no second file.

The page is made here, whole; `assets/reader.js` only makes it quicker to use. The same root element (`reader`), style
and script (`compare.write.page`) serve the notebook's widget.
"""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from compare import decisions
from compare.values import (
    SEVERITIES,
    Finding,
    Findings,
    Place,
    Report,
    Row,
    Severity,
    Version,
)
from compare.write import pictures
from compare.write.differences import differences
from compare.write.highlights import Piece, cells
from compare.write.markup import anchor, cell, comment, gap
from compare.write.packing import packed
from compare.write.page import asset, languages, script, style, template
from compare.write.page_limits import cut, fitting
from compare.write.phrasing import FAMILIES, caution, cited, count, covers, covers_what, family, quote, warnings
from compare.write.variant_list import ready

SUFFIX = ".html"

#: Above this a cell is marked as doubtful, and above the second as likely wrong.
_RISKS = (0.35, 0.65)
#: The family whose findings are also shown where a version has nothing to mark.
_LOSS = "OMI"
#: Below this the alignment of a row is marked as doubtful.
_CONFIDENT = 0.5
#: Rows of a block, and how many rows or findings a page may have before they sleep until they come near the screen.
_BLOCK, _AWAKE = 100, 1000
#: A suggestion of more characters is shown by its beginning.
_LONG = 2_000


def write(report: Report) -> bytes:
    """Write the page as UTF-8."""
    root, start = reader(report, ready(report)), "render({ el: document.body });"
    if len(shorter := packed(root)) < len(root):
        root, start = shorter, f"{asset('reader/packing.js')}\nawait unpack(document.body);\n{start}"
    return _page(report, root, f"\n{script()}\n{start}\n", "'none'")


def served(report: Report, sentences: Sequence[Any], page: int) -> bytes:
    """Write the page for the desk (`compare.review`), which saves what is done by asking its own server.

    `sentences`: what `compare.notebook.corrections.sentences` gives; `page`: the desk's number of this page.
    """
    start = f"desk(document.body, {json.dumps({'page': page, 'sentences': sentences})});"
    return _page(report, reader(report, ()), f"\n{script()}\n{asset('reader/desk.js')}\n{start}\n", "'self'")


def _page(report: Report, root: str, code: str, connect: str) -> bytes:
    """Write the page of a root element; `connect`: what its script may ask for, as its security policy says it."""
    from markupsafe import Markup

    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    # An inline script ends at "</script", wherever it stands; ours must not hold it, and a test sees to that.
    page = template("page.html").render(
        report=report,
        signature=comment(report.signature),
        scripts=Markup(f"script-src 'sha256-{digest}'; connect-src {connect}; "),
        reader=Markup(root),
        style=style(),
        script=Markup(code),
    )
    return page.encode("utf-8", "backslashreplace")


def reader(report: Report, sites: Sequence[Mapping[str, Any]] | None = None) -> str:
    """Return the root element of the report, `<div class="hexapla">`, for a page or a widget to hold.

    `sites`: what `sites` gives, for a view of the variants; empty where the page asks for them when they are asked for.
    """
    columns = [_column(report, at, version) for at, version in enumerate(report.work.versions)]
    rows = {row.number: row for row in report.collation.rows}
    shown = replace(report, findings=Findings(fitting(report.findings)))
    lines = decisions.lines(report.findings, report.work)
    pieces = {version.id: cells(shown, version.id) for version in report.work.versions}
    lost = _lost(shown)
    marked_in, families = _marked_rows(pieces, lost), _families(report.findings)
    findings = [
        _entry(report, at, finding, line, rows, marked_in.get(at, ()))
        for at, (finding, line) in enumerate(zip(shown.findings, lines, strict=False))
    ]
    return template("reader.html").render(
        report=report,
        columns=columns,
        findings=findings,
        blocks=_blocks(shown, pieces, lost),
        sleeping=len(rows) > _AWAKE,
        listed=len(findings) > _AWAKE,
        severities=list(count(report.findings).items()),
        levels=[(s, s, "", n) for s, n in Counter(f.severity for f in sorted(report.findings, key=_worst)).items()],
        kinds=[(code, code, title, number) for code, title, number in families],
        holders=[(column["at"], column["id"], "", column["findings"]) for column in columns],
        attested=any(version.attested for version in report.work.versions),
        families=families,
        matrix=_matrix(report, families),
        doubts=sum(row.confidence < _CONFIDENT for row in report.collation.rows),
        explanations=_explanations(report.findings),
        risks=_RISKS,
        stale=[decisions.described(each) for each in report.stale],
        confident=_CONFIDENT,
        pairs=_pairs(columns),
        alike=_alike(columns),
        sites=sites,
        warnings=[*warnings(report), *cut(len(findings), len(report.findings))],
        map=pictures.strip(report),
        exhibits=pictures.exhibits(report),
        books=languages(),
    )


def _column(report: Report, at: int, version: Version) -> dict[str, Any]:
    return {
        "at": at,
        "id": version.id,
        "lang": version.lang,
        "role": version.role,
        "title": version.title,
        "byline": " · ".join(
            p for p in (version.role * (version.role == "source"), version.translator, version.year) if p
        ),
        "status": version.status,
        "badge": version.status if version.status in ("reconstruction", "revised", "original") else "",
        "note": caution(version),
        "facts": [
            (name, value)
            for name, value in (
                (covers_what(report), covers(report, version.id)),
                ("origin", version.origin),
                ("licence", version.licence),
                ("file", version.file),
            )
            if value
        ],
        "characters": len(version.text),
        "segments": len(report.collation.segments.get(version.id, ())),
        "findings": sum(f.places[0].version == version.id for f in report.findings if f.status != "dismissed"),
    }


def _lost(report: Report) -> Mapping[int, Sequence[int]]:
    """Return for each row the indices of the findings that say that something is lost there."""
    lost: dict[int, list[int]] = {}
    for at, finding in enumerate(report.findings):
        if family(finding.check) == _LOSS:
            lost.setdefault(finding.row, []).append(at)
    return lost


def _marked_rows(
    pieces: Mapping[str, Mapping[int, Sequence[Piece]]], lost: Mapping[int, Sequence[int]]
) -> Mapping[int, Collection[int]]:
    """Return for each finding, by index, the numbers of the rows in which it is marked."""
    marked_in: dict[int, set[int]] = {at: {row} for row, several in lost.items() for at in several}
    for of in pieces.values():
        for row, several in of.items():
            for piece in several:
                for mark in piece.marks:
                    marked_in.setdefault(mark.finding, set()).add(row)
    return marked_in


def _blocks(
    report: Report, pieces: Mapping[str, Mapping[int, Sequence[Piece]]], lost: Mapping[int, Sequence[int]]
) -> Iterator[dict[str, Any]]:
    """Lay the rows out, a hundred together; a block says of its rows what is to be known before they are drawn."""
    rows = report.collation.rows
    for begin in range(0, len(rows), _BLOCK):
        some = range(begin, min(begin + _BLOCK, len(rows)))
        doubtful = (rows[at].number for at in some if rows[at].confidence < _CONFIDENT)
        yield {
            "first": rows[begin].number,
            "longest": [max((len(span) for span in rows[at].spans.values()), default=0) for at in some],
            "doubtful": " ".join(map(str, doubtful)),
            "rows": [_row(report, at, pieces, lost) for at in some],
        }


def _row(
    report: Report, at: int, pieces: Mapping[str, Mapping[int, Sequence[Piece]]], lost: Mapping[int, Sequence[int]]
) -> dict[str, Any]:
    row, risk = report.collation.rows[at], report.risk[at] if at < len(report.risk) else {}
    return {
        "number": row.number,
        "longest": max((len(span) for span in row.spans.values()), default=0),
        "doubt": row.confidence if row.confidence < _CONFIDENT else None,
        "cells": [
            {
                "at": column,
                "version": version,
                "html": cell(version, pieces[version.id].get(row.number, ()), report.findings),
                "gap": gap(lost.get(row.number, ()), report.findings),
                "risk": _risk(risk.get(version.id)),
            }
            for column, version in enumerate(report.work.versions)
        ],
    }


def _risk(risk: float | None) -> tuple[str, str] | None:
    if risk is None or not risk >= _RISKS[0]:
        return None
    return ("high" if risk >= _RISKS[1] else "some"), f"{risk:.2f}"


def _entry(
    report: Report,
    at: int,
    finding: Finding,
    line: Mapping[str, str],
    rows: Mapping[int, Row],
    marked_in: Collection[int],
) -> dict[str, Any]:
    first = finding.places[0]
    return {
        "at": at,
        "finding": finding,
        "anchor": f"finding-{anchor(finding.id)}",
        "family": family(finding.check),
        "score": f"{finding.score:.2f}",
        "version": report.work.version(first.version),
        "concerns": " ".join(map(str, _concerns(report, finding, rows))),
        "rows": " ".join(map(str, sorted(marked_in))),
        "line": line,
        "quote": quote(report, first),
        "cited": cited(report, first),
        "change": _change(first.text, finding.suggestion),
        "proofs": [_proof(report, place) for place in finding.places[1:]],
    }


def _concerns(report: Report, finding: Finding, rows: Mapping[int, Row]) -> list[int]:
    """Return the columns to look at: the finding's own, and those that lack the row where something is lost."""
    row = rows.get(finding.row) if family(finding.check) == _LOSS else None
    return [
        column
        for column, version in enumerate(report.work.versions)
        if version.id == finding.places[0].version or (row and version.id not in row.spans)
    ]


def _proof(report: Report, place: Place) -> dict[str, Any]:
    return {
        "version": report.work.version(place.version),
        "quote": quote(report, place, width=24, limit=240),
        "cited": cited(report, place),
        "row": report.collation.number_at(place.version, place.span.start),
    }


def _change(before: str, after: str | None) -> list[tuple[int, str]] | None:
    """Show a suggestion as a change of the words that stand there; None where nothing is suggested.

    Where the texts are short or keep little of each other, the two whole readings are easier to read than their crumbs.
    """
    if after is None:
        return None
    if max(len(before), len(after)) > _LONG:
        before, after = (f"{text[:_LONG]} […]" if len(text) > _LONG else text for text in (before, after))
        return [(side, text) for side, text in ((-1, before), (1, after)) if text]
    parts = differences(before, after)
    kept = sum(len(text) for side, text in parts if side == 0)
    if len(before) > 40 and kept > 0.5 * max(len(before), len(after)):
        return list(parts)
    return [(side, text) for side, text in ((-1, before), (1, after)) if text]


def _explanations(findings: Iterable[Finding]) -> list[tuple[str, str, list[str]]]:
    """Return of each check that found something its code, its title and the paragraphs of its docstring."""
    from compare.checks import all_checks

    found = {finding.check for finding in findings}
    explained = []
    for each in all_checks():
        if each.code in found:
            _, _, rest = inspect.cleandoc(each.doc).partition("\n")
            paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- )", rest)]
            explained.append((each.code, each.title, [part for part in paragraphs if part]))
    return explained


def _worst(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _families(findings: Iterable[Finding]) -> list[tuple[str, str, int]]:
    counted = Counter(family(finding.check) for finding in findings)
    known = [(code, title, counted.pop(code)) for code, title in FAMILIES.items() if code in counted]
    return known + [(code, "", number) for code, number in sorted(counted.items())]


def _matrix(
    report: Report, families: Sequence[tuple[str, str, int]]
) -> list[tuple[str, list[tuple[Severity | None, int]]]]:
    """Count findings by version and family; beside each number its worst severity, or nothing."""
    lines = []
    for version in report.work.versions:
        mine = [f for f in report.findings if f.places[0].version == version.id and f.status != "dismissed"]
        line = []
        for code, _, _ in families:
            some = [finding for finding in mine if family(finding.check) == code]
            line.append((min(some, key=_worst).severity if some else None, len(some)))
        lines.append((version.id, line))
    return lines


def _alike(columns: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return the languages that three versions or more have, each with its columns."""
    langs = dict.fromkeys(column["lang"] for column in columns)
    several = [(lang, [column for column in columns if column["lang"] == lang]) for lang in langs]
    return [(lang, those) for lang, those in several if len(those) > 2]


def _pairs(columns: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return the versions whose words can be compared: those of one language."""
    return [(a, b) for a, b in combinations(columns, 2) if a["lang"] == b["lang"]]
