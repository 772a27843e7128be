"""How much of what an editor found wrong in the text received the report finds, and what it says of the revision."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import compare
from compare.values import Finding, Span, Work
from tests.bench import Figure

_TESTS = Path(__file__).parents[1]
_FOLDER = _TESTS.parent / "texts" / "karabakh-1920"
_VERSION = "en-2020"


def bench() -> Iterator[Figure]:
    """Yield recall by severity, with all versions and with the English alone, and the findings outside any fault."""
    work = compare.load(_FOLDER)
    alone = compare.from_texts({_VERSION: work.version(_VERSION).text})
    for name, given, kinds in (("all versions", work, {"yes", "no"}), ("alone", alone, {"yes"})):
        findings = compare.report(given).findings
        gold = [fault for fault in faults(given) if fault[1]["alone"] in kinds]
        for severities in (("critical", "major"), ("minor",), ("neutral",)):
            wanted = [span for span, fault in gold if fault["severity"] in severities]
            found = sum(any(points(place, span) for place in places(findings)) for span in wanted)
            yield Figure(f"{name}: {' and '.join(severities)} faults pointed at, of {len(wanted)}", found / len(wanted))
        stray = [f for f in findings if f.places[0].version == _VERSION and not any(met(f, span) for span, _ in gold)]
        yield Figure(f"{name}: findings in {_VERSION} outside any fault", len(stray), better="lower")
        for version in given.versions:
            if version.id != _VERSION:
                count = sum(f.places[0].version == version.id for f in findings)
                yield Figure(f"{name}: findings in {version.id}", count, better="lower")


def faults(work: Work) -> list[tuple[Span, dict[str, str]]]:
    """Read the gold list: where each fault stands in the text received, and what is said of it."""
    text = work.version(_VERSION).text
    with (_TESTS / "gold" / "karabakh-faults.tsv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    located = []
    for entry in entries:
        start = -1
        for _ in range(int(entry["occurrence"])):
            start = text.index(entry["quote"], start + 1)
        located.append((Span(start, start + len(entry["quote"])), entry))
    return located


def places(findings: tuple[Finding, ...]) -> list[Span]:
    return [place.span for finding in findings for place in finding.places if place.version == _VERSION]


def points(place: Span, fault: Span) -> bool:
    """Say whether who is shown the place is shown the fault, and not a passage that it is somewhere in."""
    return place.touches(fault) and len(place) <= 2 * len(fault) + 40


def met(finding: Finding, fault: Span) -> bool:
    return any(place.version == _VERSION and place.span.touches(fault) for place in finding.places)
