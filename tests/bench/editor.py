"""What an editor said of our findings, against what the report finds now: `tests/gold/editor/`.

Precision is measured on those findings of today that an editor has marked; how many of today's nobody has read stands
beside it. Recall is measured on errors that were listed before anybody looked at a report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import compare
from compare.analysis.worklist import WEIGHTS
from tests.bench import Figure
from tests.data import SHARED
from tests.marks import gold, located, match, names, same, work

#: Of how many findings by weight a wrong sense is to be among the first, in 150 rows.
_FIRST = 40


def bench() -> Iterator[Figure]:
    """Measure the room; nothing without the development data."""
    if SHARED is None:
        return
    findings, errors = gold("findings.tsv"), gold("errors.tsv")
    marks: Counter[tuple[str, str]] = Counter()
    unread: Counter[str] = Counter()
    by_check: Counter[tuple[str, str]] = Counter()
    kept: Counter[str] = Counter()
    rows = wrong = 0
    found: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    for name in sorted({line["work"] for line in findings + errors}):
        report = compare.report(work(name, SHARED))
        here = located(report.collation, [line for line in findings if line["work"] == name])
        by_id = match(report.findings, here)
        kept.update(line["mark"] for line in here if any(same(f, line) for f in report.findings))
        for finding in report.findings:
            if finding.severity == "neutral":
                continue
            grade = "minor" if finding.severity == "minor" else "major"
            if mark := by_id.get(finding.id):
                marks[grade, mark] += 1
                by_check[finding.check, mark] += 1
            else:
                unread[grade] += 1
        rows += len(report.collation.rows)
        wrong += sum(mark == "wrong" for mark in by_id.values())
        mine = located(report.collation, [line for line in errors if line["work"] == name])
        first = sorted(report.findings, key=lambda f: -WEIGHTS[f.severity] * f.score)
        for line in mine:
            listed["all"] += 1
            found["all"] += any(names(report.collation, f, line) for f in report.findings)
            if line["kind"] == "sense":
                listed["sense"] += 1
                found["sense"] += any(names(report.collation, f, line) for f in report.findings)
                seen = [f for f in first if int(line["from"]) <= f.row <= int(line["to"])][:_FIRST]
                found["first"] += any(names(report.collation, f, line) for f in seen)
    for grade, target in (("major", 0.85), ("minor", 0.6)):
        read = sum(marks[grade, mark] for mark in ("right", "arguable", "wrong"))
        title = f"{'critical and ' * (grade == 'major')}{grade}: "
        yield Figure(
            f"{title}right, of {read} read (unread: {unread[grade]})", marks[grade, "right"] / max(read, 1), target
        )
    for code in sorted({check for check, _ in by_check}):
        read = sum(by_check[code, mark] for mark in ("right", "arguable", "wrong"))
        yield Figure(f"{code}: right, of {read} read", by_check[code, "right"] / read)
    yield Figure("findings marked wrong in 40 rows", 40 * wrong / rows, 1.0, "lower")
    every = Counter(line["mark"] for line in findings)
    yield Figure("findings once marked right that are still reported", kept["right"] / every["right"], 0.8)
    yield Figure("findings once marked wrong that are still reported", kept["wrong"] / every["wrong"], 0.15, "lower")
    if listed["all"]:
        yield Figure("errors listed beforehand that are found", found["all"] / listed["all"], 0.5)
    if listed["sense"]:
        yield Figure("wrong senses listed beforehand that are found", found["sense"] / listed["sense"], 0.4)
        yield Figure(f"wrong senses among the first {_FIRST} findings", found["first"] / listed["sense"], 0.6)
