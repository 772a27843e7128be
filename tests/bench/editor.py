"""What an editor said of our findings, against what the report finds now: `tests/gold/editor/`.

Precision is measured on those findings of today that an editor has marked; how many of today's nobody has read stands
beside it. Recall is measured on errors that were listed before anybody looked at a report.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import compare
from compare.analysis.worklist import WEIGHTS
from compare.values import Collation, Finding, Work
from compare.wordalign.aligned_words import rising
from tests.bench import Figure
from tests.data import SHARED

GOLD = Path(__file__).parents[1] / "gold" / "editor"

#: Rows of `wmt22/rows.tsv` that were read, counted from 1, and the systems beside the source: the table's first three.
WMT_ROWS, WMT_SYSTEMS = (301, 500), 3
#: How many rows a finding may stand from where its words were marked.
_MOVED = 3
#: Characters from which words that are found once in a version tell by themselves which row they stood in.
_TELLING = 25
#: Rows that a marked line may stand from where the anchors put it.
_ASTRAY = 12
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


def gold(name: str) -> list[dict[str, str]]:
    """Read a table of the gold folder; no lines where it is not there."""
    path = GOLD / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def located(collation: Collation, lines: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return marked lines with the rows of today's alignment, in which rows may have been joined or divided since.

    Long words that a version has once are anchors; others stand in the nearest row to where the anchors put them.
    """
    import numpy as np

    texts = {v.id: [_plain(collation.cell(row, v.id)) for row in collation.rows] for v in collation.work.versions}
    source = collation.work.source
    found = []
    for line in lines:
        quoted, said = _plain(line["quote"]), _plain(line.get("source", ""))
        column, words = (texts[line["version"]], quoted) if quoted else (texts[source.id] if source else [], said)
        found.append((words, [i for i, text in enumerate(column, start=1) if words and words[:60] in text]))
    anchors = sorted(
        {
            (int(line["row"]), hits[0])
            for line, (words, hits) in zip(lines, found, strict=True)
            if len(hits) == 1 and len(words) >= _TELLING
        }
    )
    was, now = zip((0, 0), *rising(anchors), strict=True)

    def today(row: int) -> int:
        return round(float(np.interp(row, was, now))) if row <= was[-1] else row + now[-1] - was[-1]

    out = []
    for line, (_, hits) in zip(lines, found, strict=True):
        row = today(int(line["row"]))
        moved = {key: str(today(int(line[key]))) for key in ("from", "to") if key in line}
        near = [i for i in hits if abs(i - row) <= _ASTRAY]
        out.append({**line, **moved, "row": str(min(near, key=lambda i: (abs(i - row), i), default=row))})
    return out


def work(name: str, data: Path) -> Work:
    """Load a work that was read; `wmt22` is the rows and systems that were."""
    if name != "wmt22":
        return compare.load(data / name)
    with (data / "wmt22" / "rows.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    systems = [c for c in rows[0] if c not in ("id", "doc", "domain", "n", "row", "line", "ru")][:WMT_SYSTEMS]
    first, last = WMT_ROWS
    return compare.from_rows(
        [{c.lower(): row[c] for c in ("ru", *systems)} for row in rows[first - 1 : last]], source="ru"
    )


def match(findings: Sequence[Finding], marked: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Give the findings of today the marks of those that said the same; the mark said most often."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        for line in marked:
            if same(finding, line):
                said[finding.id][line["mark"]] += 1
    return {identifier: counts.most_common(1)[0][0] for identifier, counts in said.items()}


def same(finding: Finding, line: Mapping[str, str]) -> bool:
    """Tell whether a finding says what a marked one said: family, version, place and words."""
    if finding.check[:3] != line["check"][:3] or abs(finding.row - int(line["row"])) > _MOVED:
        return False
    return any(p.version == line["version"] and _overlap(p.text, line["quote"]) for p in finding.places)


def names(collation: Collation, finding: Finding, line: Mapping[str, str]) -> bool:
    """Tell whether a finding points at a listed error: some of its words, in its version and row or the next."""
    for place in finding.places:
        if place.version == line["version"] and _overlap(place.text, line["quote"]):
            row = collation.row_at(place.version, place.span.start)
            if row is not None and abs(row.number - int(line["row"])) <= 1:
                return True
    lost = line["kind"] in ("omission", "addition") and finding.check[:3] == "OMI"
    return lost and finding.row == int(line["row"]) and line["version"] in {p.version for p in finding.places}


def _overlap(one: str, two: str) -> bool:
    """Tell whether one quotation holds the other, spaces apart."""
    a, b = _plain(one)[:100], _plain(two)[:100]
    return bool(a and b) and (a in b or b in a)


def _plain(text: str) -> str:
    return " ".join(text.split())
