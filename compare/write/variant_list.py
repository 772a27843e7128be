"""The variants as the page lists them: the weightiest, in reading order, with where each reading's words lie."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compare import records
from compare.analysis.inputs import made_of
from compare.analysis.site_weights import weighed
from compare.values import Reading, Report, Row
from compare.write.phrasing import plain

if TYPE_CHECKING:
    from compare.analysis import Analysis

#: The page lists so many variants, the weightiest; those of these kinds are marked in the text.
_SITES, _GRAVE = 4_000, frozenset({"meaning", "omission", "addition", "number", "negation"})
#: Rows of a report whose variants are found within the two or three seconds that a page may wait for them.
_SOON = 500


def sites(report: Report) -> list[dict[str, Any]] | None:
    """Lay out the variants for the page; None where there is no analysis to ask, or nobody to differ.

    `at` of a reading: of each version that has it, by its column, where its words lie in the cell, in characters.
    """
    columns = {version.id: at for at, version in enumerate(report.work.versions)}
    analysis = getattr(report, "analysis", None)
    if analysis is None or analysis.collation.rows is not report.collation.rows or not _pairs_of(report):
        return None
    findings = [(each.id, each.status) for each in report.findings]
    return records.kept(
        "sites", [findings, *made_of(report.collation)], functools.partial(_lines, report, analysis, columns)
    )


def _lines(report: Report, analysis: Analysis, columns: Mapping[str, int]) -> list[dict[str, Any]]:
    rows = {row.number: row for row in report.collation.rows}
    heaviest = weighed(analysis.variants, report.findings).by_weight()[:_SITES]
    return [
        {
            "row": site.row,
            "number": site.number,
            "kind": site.kind,
            "grave": site.kind in _GRAVE,
            "rank": rank,
            "checks": site.checks,
            "before": plain(site.before),
            "after": plain(site.after),
            "source": plain(" … ".join(place.text for place in site.source)),
            "readings": [_reading(reading, rows[site.row], columns) for reading in site.readings],
        }
        for rank, site in sorted(enumerate(heaviest), key=lambda each: (each[1].row, each[1].number))
    ]


def ready(report: Report) -> list[dict[str, Any]] | None:
    """Lay out the variants that are known already, or soon found."""
    known = "variants" in getattr(getattr(report, "analysis", None), "__dict__", {})
    return sites(report) if known or len(report.collation.rows) <= _SOON else None


def _reading(reading: Reading, row: Row, columns: Mapping[str, int]) -> dict[str, Any]:
    return {
        "of": [columns[id] for id in reading.versions],
        "text": plain(reading.text),
        "supported": reading.supported is True,
        "at": {
            columns[id]: [start - row.spans[id].start, end - row.spans[id].start]
            for id, (start, end) in reading.spans.items()
            if id in row.spans
        },
    }


def _pairs_of(report: Report) -> bool:
    langs = [version.lang for version in report.work.versions if version.role != "source"]
    return len(langs) > len(set(langs))
