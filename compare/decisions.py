"""An editor's words on findings: read from a work's `decisions.tsv`, matched to what is found again.

A decision is keyed by the check (a code, or the beginning of one) and the quoted words, so that it outlives edits
elsewhere in the text; an empty quote speaks of findings on blanks. `occurrence` parts findings of one check on the
same words; empty or `*` means all of them.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import cast, get_args

from compare.values import Decision, Finding, InputError, Verdict, Work
from compare.words import key

COLUMNS = ("check", "version", "quote", "verdict", "reason", "occurrence")


def read(work: Work) -> tuple[Decision, ...]:
    """Return the decisions that came with the work. Raises InputError for a verdict or an occurrence that is none."""
    file = (work.folder or Path()) / "decisions.tsv"
    decisions = []
    for number, line in enumerate(work.tables.get("decisions", ()), start=2):
        verdict, occurrence = line.get("verdict", ""), line.get("occurrence", "") or "*"
        if verdict not in get_args(Verdict):
            raise InputError(file, f"line {number}: verdict {verdict!r} is none of {', '.join(get_args(Verdict))}")
        if occurrence != "*" and not (occurrence.isdecimal() and int(occurrence) > 0):
            raise InputError(file, f"line {number}: occurrence {occurrence!r} is no number from 1 on")
        if not line.get("check"):
            raise InputError(file, f"line {number}: no check")
        decisions.append(
            Decision(
                check=line["check"].upper(),
                version=line.get("version", ""),
                quote=line.get("quote", ""),
                verdict=cast(Verdict, verdict),
                reason=line.get("reason", ""),
                occurrence=0 if occurrence == "*" else int(occurrence),
            )
        )
    return tuple(decisions)


def decide(findings: Iterable[Finding], decisions: Iterable[Decision]) -> tuple[Finding, ...]:
    """Give each finding the status of the last decision that speaks of it; findings come in the text's order."""
    decisions = tuple(decisions)
    seen: Counter[tuple[str, str, str]] = Counter()
    decided = []
    for finding in findings:
        place = finding.places[0]
        quote = _folded(place.text)
        seen[finding.check, place.version, quote] += 1
        nth = seen[finding.check, place.version, quote]
        for decision in decisions:
            if (
                finding.check.startswith(decision.check)
                and decision.version in ("", place.version)
                and _folded(decision.quote) == quote
                and decision.occurrence in (0, nth)
            ):
                finding = dataclasses.replace(finding, status=decision.verdict, reason=decision.reason)
        decided.append(finding)
    return tuple(decided)


def _folded(quote: str) -> str:
    return " ".join(key(quote).split())
