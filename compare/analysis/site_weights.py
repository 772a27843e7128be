"""Variant sites and what checks found there: of one fault both lists say the same kind, and how grave it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from compare.analysis.worklist import WEIGHTS
from compare.apparatus.classes import KINDS
from compare.values import Finding, Site, Sites

#: The check of words that are lost: of a site where the version has others in their place it says nothing.
_LOST = "OMI102"
#: The kinds of sites that checks have found faults in.
_STATED: Mapping[str, str] = {
    _LOST: "omission",
    **dict.fromkeys(("SEM104", "SEM110"), "meaning"),
    "NAM501": "name",
    "NUM102": "number",
    "SEM103": "negation",
}


def weighed(sites: Sites, findings: Iterable[Finding]) -> Sites:
    """Give each site the findings on its words, and the kind and the weight of the gravest, unless its own are graver.

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
    """Count the characters of a finding's places that the site's readings have; 0 where the first is not touched.

    Words that are lost lie in the other places; the reading of the version that lost them is empty.
    """
    spans = {version: span for reading in site.readings for version, span in reading.spans.items()}
    first = finding.places[0]
    if first.version not in spans:
        return 0
    start, end = spans[first.version]
    if end < first.span.start or first.span.end < start:
        return 0
    common = (
        min(end, place.span.end) - max(start, place.span.start)
        for place in finding.places
        if place.version in spans
        for start, end in (spans[place.version],)
    )
    return sum(max(0, each) for each in common)


def _weighed(site: Site, found: Sequence[Finding]) -> Site:
    if not found:
        return site
    heaviest = max(f.score * min(WEIGHTS[f.severity] / WEIGHTS["major"], 1.0) for f in found)
    return replace(
        site,
        kind=max(site.kind, *(_kind(f, site) for f in found), key=lambda kind: KINDS.index(kind)),
        score=max(site.score, round(heaviest, 4)),
        findings=tuple(f.id for f in found),
    )


def _kind(finding: Finding, site: Site) -> str:
    """Say of what kind a finding makes a site: of the slightest where it says nothing of that."""
    lost = any(finding.places[0].version in reading.versions and not reading.text for reading in site.readings)
    return _STATED.get(finding.check, KINDS[0]) if lost or finding.check != _LOST else KINDS[0]
