"""Variant sites weighed by what checks found there: by a fault of names or numbers, which words alone do not show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from compare.analysis.worklist import WEIGHTS
from compare.values import Finding, Site, Sites


def weighed(sites: Sites, findings: Iterable[Finding]) -> Sites:
    """Give each site the findings on its words, and the weight of the gravest of them, unless it weighs more by itself.

    A finding weighs the probability that an editor agrees with it, a minor one that by MQM's weights; dismissed and
    neutral ones are left out. Where its words lie in several sites it is given to the one that has most of them.
    """
    by_row: dict[int, list[Site]] = {}
    for site in sites:
        by_row.setdefault(site.row, []).append(site)
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        near = [site for site in by_row.get(finding.row, ()) if _in_common(finding, site)]
        if near and finding.status != "dismissed" and WEIGHTS[finding.severity]:
            found.setdefault(id(max(near, key=lambda site: _in_common(finding, site))), []).append(finding)
    return Sites(_weighed(site, found.get(id(site), ())) for site in sites)


def _in_common(finding: Finding, site: Site) -> int:
    """Count the characters of the place that a finding is about which a reading of the site has."""
    first = finding.places[0]
    spans = (reading.spans.get(first.version, (0, 0)) for reading in site.readings)
    return max(0, *(min(end, first.span.end) - max(start, first.span.start) for start, end in spans))


def _weighed(site: Site, found: Sequence[Finding]) -> Site:
    if not found:
        return site
    heaviest = max(f.score * min(WEIGHTS[f.severity] / WEIGHTS["major"], 1.0) for f in found)
    return replace(site, score=max(site.score, round(heaviest, 4)), findings=tuple(f.id for f in found))
