"""How many findings a page shows, so that any browser opens it at once."""

from __future__ import annotations

from collections.abc import Sequence

from compare.values import Finding

#: The page shows the gravest findings: so many at most, and in so many characters, that any browser opens it.
MOST, ROOM = 6_000, 9_000_000
#: What the markup of a finding takes of that room, and what a longer quotation of it does at most.
_CARD, _QUOTED = 1_000, 400


def fitting(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Keep as many of the findings, the gravest first, as a browser opens at once."""
    room = ROOM
    for at, finding in enumerate(findings[:MOST]):
        quoted = (finding.message, finding.suggestion or "", *(place.text for place in finding.places))
        room -= _CARD + sum(min(len(words), _QUOTED) for words in quoted) + len(finding.places[0].text)
        if room < 0:
            return findings[:at]
    return findings[:MOST]


def cut(shown: int, number: int) -> list[str]:
    """Say how many of the findings are shown, where not all of them are."""
    if shown == number:
        return []
    return [f"This page shows the {shown:,} most serious of {number:,} findings; report.json and report.csv have all."]
