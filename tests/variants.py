"""Variants that a reader has classed: lists that survive another alignment, since they give spans of the files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import compare
from compare.analysis import Analysis
from compare.values import Site
from tests.data import SHARED

GOLD = Path(__file__).parent / "gold" / "variants.tsv"
#: More of them, of other works, to learn from.
LEARNED = Path(__file__).parent / "training" / "variants.tsv"

Spans = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A variant. `work`: a folder of the development data, or a table of it, where spans count from a cell's start."""

    work: str
    readings: Spans
    cells: Spans
    """The row: what each version has, the source as well."""
    kind: str
    also: tuple[str, ...]
    """Other kinds that the reader would have let pass."""
    wanted: bool
    """Whether an editor wants to see it; False where nobody has said so."""
    again: tuple[str, ...] = ()
    """What a second reader said and would have let pass, where one has read it, who saw neither the first nor us."""
    line: int = 0
    """The line of a table, from 1, its heading not counted."""


def read(path: Path) -> list[Labelled]:
    """Read a list."""
    with path.open(encoding="utf-8") as lines:
        return [
            Labelled(
                work=line["work"].partition(":")[0],
                readings=_spans(line["readings"]),
                cells=_spans(line["cells"]),
                kind=line["kind"],
                also=tuple(filter(None, (line.get("also") or "").split(", "))),
                wanted=line.get("wanted") == "yes",
                again=tuple(filter(None, (line.get("again") or "").split(", "))),
                line=int(line["work"].partition(":")[2] or 0),
            )
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _spans(text: str) -> Spans:
    found = (part.rpartition(":") for part in text.split())
    return {version: (int(at.split("-")[0]), int(at.split("-")[1])) for version, _, at in found}


@cache
def _files(work: str) -> Mapping[str, str]:
    assert SHARED is not None
    return {path.stem: path.read_text("utf-8") for path in (SHARED / work).glob("*.txt")}


@cache
def _table(work: str) -> Sequence[Mapping[str, str]]:
    assert SHARED is not None
    with (SHARED / work).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _cell(each: Labelled, version: str) -> str:
    start, end = each.cells[version]
    text = _table(each.work)[each.line - 1] if each.line else _files(each.work)
    return text[version][start:end]


def analysed(labelled: Sequence[Labelled]) -> Iterator[tuple[Analysis, list[tuple[Labelled, int, Spans]]]]:
    """For each work collate the rows that have variants; give each with its row, from 1, and spans of the collation."""
    for work in dict.fromkeys((each.work, tuple(each.cells)) for each in labelled):
        here = [each for each in labelled if (each.work, tuple(each.cells)) == work]
        rows = list(dict.fromkeys((each.line, tuple(each.cells.items())) for each in here))
        first = {row: next(e for e in here if (e.line, tuple(e.cells.items())) == row) for row in rows}
        source = next(version for version in work[1] if version in ("ru", "ru-synodal", "source"))
        cells = [{version: _cell(first[row], version) for version in work[1]} for row in rows]
        collation = compare.collate(compare.from_rows(cells, source=source))
        listed: list[tuple[Labelled, int, Spans]] = []
        for each in here:
            i = rows.index((each.line, tuple(each.cells.items())))
            spans: dict[str, tuple[int, int]] = {}
            for version, (start, end) in each.readings.items():
                text = _cell(each, version)
                lead = len(text) - len(text.lstrip())
                base = collation.rows[i].spans[version].start - each.cells[version][0] - lead
                spans[version] = base + start, base + end
            listed.append((each, i + 1, spans))
        yield Analysis(collation), listed


def shared(found: Spans, wanted: Spans) -> int:
    """Say how much two variants have in common, from their spans; 0 for nothing."""
    common = [min(found[v][1], end) - max(found[v][0], start) for v, (start, end) in wanted.items() if v in found]
    return sum(2 * n + 1 for n in common if n >= 0)


def matching(sites: Sequence[Site], row: int, spans: Spans) -> Site | None:
    """Return the site of a row that has most of a variant's characters, if any has some."""

    def common(site: Site) -> int:
        return shared({v: span for reading in site.readings for v, span in reading.spans.items()}, spans)

    best = max((site for site in sites if site.row == row), key=common, default=None)
    return best if best is not None and common(best) else None
