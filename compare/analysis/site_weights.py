"""Variant sites and what checks found there: of one fault both lists say the same kind, and how grave it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from compare.analysis.worklist import WEIGHTS
from compare.apparatus.classes import KINDS
from compare.values import Finding, Site, Sites

#: What a minor fault of punctuation weighs of a major fault: a tenth of any other minor one (Freitag et al. 2021,
#: https://aclanthology.org/2021.tacl-1.87).
_PUNCTUATION, _MARK = "linguistic-conventions/punctuation", 0.02
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
    """Give each site the findings on its words, the kind that the gravest of them says, and the weight of all.

    The site and each finding are reasons of their own to want to see the place (a noisy or: Pearl 1988). Dismissed
    findings are left out, and neutral ones but those of meaning, which are doubts. Where the words of one lie in
    several sites the one that has most of them gets it.
    """
    by_row: dict[int, list[Site]] = {}
    for site in sites:
        by_row.setdefault(site.row, []).append(site)
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        near = [site for site in by_row.get(finding.row, ()) if _in_common(finding, site)]
        if near and finding.status != "dismissed" and _weight(finding):
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
    unseen = (1 - site.score) * math.prod(1 - f.score * _weight(f) for f in found)
    return replace(
        site,
        kind=max(site.kind, *(_kind(f, site) for f in found), key=lambda kind: KINDS.index(kind)),
        score=round(1 - unseen, 4),
        findings=tuple(f.id for f in found),
    )


def _weight(finding: Finding) -> float:
    """Say how much an editor who agrees with a finding wants to see it, 0 to 1: MQM's penalties, of a major one's.

    Of a check of meaning a minor or neutral finding is a less certain one, and its probability says so already.
    """
    if finding.severity == "minor" and finding.mqm == _PUNCTUATION:
        return _MARK
    if finding.check.startswith("SEM"):
        return 1.0
    return min(WEIGHTS[finding.severity] / WEIGHTS["major"], 1.0)


def _kind(finding: Finding, site: Site) -> str:
    """Say of what kind a finding makes a site: of the slightest where it says nothing of that."""
    lost = any(finding.places[0].version in reading.versions and not reading.text for reading in site.readings)
    return _STATED.get(finding.check, KINDS[0]) if lost or finding.check != _LOST else KINDS[0]
