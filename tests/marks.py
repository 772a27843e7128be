"""What an editor said of findings and listed as errors (`tests/gold/editor/`), found again in today's reports."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import compare
from compare.values import Collation, Finding, Work
from compare.wordalign.aligned_words import rising

GOLD = Path(__file__).parent / "gold" / "editor"

#: Rows of `wmt22/rows.tsv` that were read, counted from 1, and the systems beside the source: the table's first three.
WMT_ROWS, WMT_SYSTEMS = (301, 500), 3
#: How many rows a finding may stand from where its words were marked.
_MOVED = 3
#: Characters from which words that are found once in a version tell by themselves which row they stood in.
_TELLING = 25
#: Rows that a marked line may stand from where the anchors put it.
_ASTRAY = 12


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
    return lost and line["version"] == finding.places[0].version and int(line["row"]) in _rows(collation, finding)


def _rows(collation: Collation, finding: Finding) -> set[int]:
    """Return the rows that the words of a finding stand in, which are several where a passage is lost."""
    rows = {finding.row}
    for place in finding.places[1:]:
        ends = (
            collation.number_at(place.version, place.span.start),
            collation.number_at(place.version, place.span.end - 1),
        )
        rows.update(range(ends[0], ends[1] + 1) if all(ends) else ())
    return rows


def _overlap(one: str, two: str) -> bool:
    """Tell whether one quotation holds the other, spaces apart."""
    a, b = _plain(one)[:100], _plain(two)[:100]
    return bool(a and b) and (a in b or b in a)


def _plain(text: str) -> str:
    return " ".join(text.split())
