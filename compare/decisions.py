"""An editor's words on findings: read from a work's `decisions.tsv`, matched to what is found again, and written.

A decision is keyed by the check (a code, or the beginning of one), the quoted words and the words before and after
them, so that it outlives edits elsewhere in the text; an empty quote stands for findings on blanks. `occurrence`
counts findings of one check on the same words; empty or `*` means all of them. One whose words are gone is stale.
"""

from __future__ import annotations

import dataclasses
import functools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from compare import files
from compare.values import Decision, Finding, InputError, Span, Verdict, Work
from compare.words import key

FILE = "decisions.tsv"
COLUMNS = ("check", "version", "quote", "verdict", "reason", "occurrence", "before", "after")
#: What a line of the table applies to; another line with the same cells here takes its place.
KEY = ("check", "version", "quote", "occurrence", "before", "after")

#: How many words before and after the quoted ones are kept, and in how many characters they are looked for.
_NEIGHBOURS, _REACH = 3, 60


def read(work: Work) -> tuple[Decision, ...]:
    """Return the decisions that came with the work. Raises InputError for a verdict or an occurrence that is none."""
    file = (work.folder or Path()) / FILE
    return tuple(_decision(file, number, line) for number, line in enumerate(work.tables.get("decisions", ()), start=2))


def _decision(file: Path, number: int, line: Mapping[str, str]) -> Decision:
    verdict, occurrence = line.get("verdict", ""), line.get("occurrence", "") or "*"
    if verdict not in get_args(Verdict):
        raise InputError(file, f"line {number}: verdict {verdict!r} is not one of {', '.join(get_args(Verdict))}")
    if occurrence != "*" and not (occurrence.isdecimal() and len(occurrence) < 10 and int(occurrence) > 0):
        raise InputError(file, f"line {number}: occurrence {occurrence!r} is not a number from 1 up")
    if not line.get("check"):
        raise InputError(file, f"line {number}: no check")
    return of_line(line)


def of_line(line: Mapping[str, Any]) -> Decision:
    """Make a decision of a line of the table, which is known to be sound."""
    occurrence = str(line.get("occurrence") or "*")
    return Decision(
        check=line["check"].upper(),
        version=line.get("version", ""),
        quote=line.get("quote", ""),
        verdict=cast(Verdict, line["verdict"]),
        reason=line.get("reason", ""),
        occurrence=0 if occurrence == "*" else int(occurrence),
        before=line.get("before", ""),
        after=line.get("after", ""),
    )


def lines(findings: Sequence[Finding], work: Work) -> list[dict[str, str]]:
    """Give for each finding the cells of a decision on it alone, except verdict and reason."""
    made: list[dict[str, str]] = [{} for _ in findings]
    texts = {version.id: version.text for version in work.versions}
    for at, nth in numbered(findings):
        place = findings[at].places[0]
        before, after = neighbours(texts.get(place.version, ""), place.span)
        made[at] = {
            "check": findings[at].check,
            "version": place.version,
            "quote": " ".join(place.text.split()),
            "occurrence": str(nth),
            "before": before,
            "after": after,
        }
    return made


def numbered(findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """Return each finding's index and its number, from 1, among those of its check on the same words of its version.

    They come in the order of the text.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    order = sorted(
        range(len(findings)),
        key=lambda at: (
            findings[at].check,
            findings[at].places[0].version,
            findings[at].places[0].span.start,
            findings[at].message,
        ),
    )
    found = []
    for at in order:
        place = findings[at].places[0]
        same = (findings[at].check, place.version, folded(place.text))
        seen[same] += 1
        found.append((at, seen[same]))
    return found


def neighbours(text: str, span: Span) -> tuple[str, str]:
    """Return the words before and after a span, on one line each: up to three, within 60 characters."""
    before = _visible(text[max(0, span.start - _REACH) : span.start]).split()[-_NEIGHBOURS:]
    after = _visible(text[span.end : span.end + _REACH]).split()[:_NEIGHBOURS]
    return " ".join(before), " ".join(after)


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign.isspace() or not unicodedata.category(sign).startswith("C"))


def decide(findings: Iterable[Finding], decisions: Iterable[Decision], work: Work) -> tuple[Finding, ...]:
    """Give each finding the status of the last decision that applies to it. The order of the findings stays."""
    decided = list(findings)
    for decision, found in zip(*_matched(decided, decisions, work), strict=True):
        for at in found:
            decided[at] = dataclasses.replace(decided[at], status=decision.verdict, reason=decision.reason)
    return tuple(decided)


def stale(findings: Sequence[Finding], decisions: Iterable[Decision], work: Work) -> tuple[Decision, ...]:
    """Return the decisions whose words are gone: no finding is on them, and they stand nowhere in their version.

    One that says `fixed` has done its work then, and one that says `open` has none; neither is stale.
    """
    idle = [
        decision
        for decision, found in zip(*_matched(findings, decisions, work), strict=True)
        if not found and decision.verdict not in ("fixed", "open")
    ]
    texts = {version.id: folded(version.text) for version in work.versions} if idle else {}
    return tuple(decision for decision in idle if not _is_still_there(decision, texts))


def _is_still_there(decision: Decision, texts: Mapping[str, str]) -> bool:
    quote = folded(decision.quote)
    before, after = (folded(words) for words in (decision.before, decision.after))
    # One side is enough where it is whole; at the text's ends there are too few words for that.
    whole = [
        f"{left}{quote}{right}"
        for left, right in ((before, ""), ("", after))
        if len((left or right).split()) == _NEIGHBOURS
    ]
    quotes = whole or [f"{before}{quote}{after}"]
    # Neighbours may touch the quote, as a comma does; blanks between them say nothing.
    searched = [text for id, text in texts.items() if decision.version in ("", id)]
    return not quote or any("".join(each.split()) in "".join(text.split()) for text in searched for each in quotes)


def _matched(
    findings: Sequence[Finding], decisions: Iterable[Decision], work: Work
) -> tuple[list[Decision], list[list[int]]]:
    """Return the decisions and for each the indices of the findings of which it speaks."""
    decisions = list(decisions)
    if not decisions:
        return [], []
    texts = {version.id: version.text for version in work.versions}
    by_words: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, nth in numbered(findings):
        by_words[folded(findings[at].places[0].text)].append((at, nth))

    @functools.cache
    def neighbours_of(at: int) -> tuple[str, str]:
        before, after = neighbours(texts.get(findings[at].places[0].version, ""), findings[at].places[0].span)
        return folded(before), folded(after)

    matched = []
    for decision in decisions:
        like = [
            (at, nth)
            for at, nth in by_words.get(folded(decision.quote), ())
            if findings[at].check.startswith(decision.check)
            and decision.version in ("", findings[at].places[0].version)
        ]
        if decision.before or decision.after:
            before, after = folded(decision.before), folded(decision.after)
            sides = [(neighbours_of(at)[0] == before) + (neighbours_of(at)[1] == after) for at, _ in like]
            like = _nearest(decision, [(at, nth, both) for (at, nth), both in zip(like, sides, strict=True)])
        elif decision.occurrence:
            like = [(at, nth) for at, nth in like if nth == decision.occurrence]
        matched.append([at for at, _ in like])
    return decisions, matched


def _nearest(decision: Decision, like: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Choose the findings with the same neighbours, at least on one side; of several one by the decision's number.

    `like`: for each its index, its number among those of the same words, and how many sides are the same.
    """
    best = max((sides for _, _, sides in like), default=0)
    chosen = [(at, nth) for at, nth, sides in like if sides == best > 0]
    if decision.occurrence and chosen:
        nearest = min(abs(nth - decision.occurrence) for _, nth in chosen)
        return [next(each for each in chosen if abs(each[1] - decision.occurrence) == nearest)]
    return chosen


def save(file: Path, new: Iterable[Mapping[str, Any]]) -> Path:
    """Add lines to a file of decisions, new or old, each in the place of one that spoke of the same. Return the file.

    A decision with the verdict "" is taken out. The file is locked, and is written whole or not at all. Decisions
    without any words to be known by are left out.
    """
    from compare.read.decided import table

    findable = [each for each in new if any(str(each.get(part, "")).strip() for part in ("quote", "before", "after"))]
    with files.locked(file.parent):
        kept = list(table(file)) if file.exists() else []
        columns = list(dict.fromkeys([*COLUMNS, *(name for line in kept for name in line)]))
        return files.replace(file, files.table(columns, added(kept, findable)).encode("utf-8", "backslashreplace"))


def added(kept: Iterable[Mapping[str, str]], new: Iterable[Mapping[str, Any]]) -> list[Mapping[str, str]]:
    """Put new lines after old ones, in the place of those that spoke of the same."""
    late = {subject(each): {name: str(each.get(name, "")) for name in COLUMNS} for each in new}
    return [line for line in kept if subject(line) not in late] + [line for line in late.values() if line["verdict"]]


def subject(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what a line applies to."""
    cells = {name: " ".join(str(line.get(name) or "").split()) for name in KEY}
    cells |= {"check": cells["check"].upper(), "quote": cells["quote"].casefold()}
    return tuple((cells | {"occurrence": cells["occurrence"] or "*"}).values())


def described(decision: Decision) -> str:
    """Name a decision in a line: `NAM101 en “Khalil” dismissed (as printed)`."""
    reason = f" ({decision.reason})" if decision.reason else ""
    return " ".join(f"{decision.check} {decision.version} “{decision.quote}” {decision.verdict}{reason}".split())


def folded(words: str) -> str:
    """Fold what does not part one quotation from another: case, blanks and what is not seen."""
    return " ".join(key(words).split())
