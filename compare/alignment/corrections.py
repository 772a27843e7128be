"""The alignment as a table that a person corrects, and its rows found again in texts that were edited since.

A line is a row, a column a version, and ` ‖ ` parts the segments in a cell. To join rows, put their cells on one line;
to split one, move segments to a new line; to unlink, give a segment a line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from compare.files import replace
from compare.values import Collation, Table

BAR = "‖"
#: Columns that only inform the person.
_INFORM = ("row", "confidence")


def write_edit(collation: Collation) -> str:
    """Write the rows as a table of tab-separated values; tabs and line ends of the texts become spaces."""
    ids = [version.id for version in collation.work.versions]
    lines = [[*_INFORM, *ids]]
    for row in collation.rows:
        cells = []
        for id in ids:
            start, stop = row.segments.get(id, (0, 0))
            text = collation.work.version(id).text
            cells.append(f" {BAR} ".join(" ".join(s.of(text).split()) for s in collation.segments[id][start:stop]))
        lines.append([str(row.number), f"{row.confidence:.2f}", *cells])
    return "".join("\t".join(line) + "\n" for line in lines)


def save_edit(collation: Collation, path: Path) -> Path:
    """Write the table to a file, whole or not at all."""
    return replace(path, write_edit(collation).encode())


def misfits(table: Table, texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Say of each line of a corrected table that no longer fits today's segments which versions' words are gone."""
    _, broken = _placed(table, texts)
    problems = []
    for line, ids in sorted(broken.items()):
        words = "; ".join(f"{id} “{_short(table[line].get(id) or '')}”" for id in ids)
        problems.append(f"alignment.tsv: line {line + 2} no longer fits the text, its row is aligned again: {words}")
    return problems


def fixed_rows(table: Table, texts: Mapping[str, Sequence[str]]) -> list[dict[str, tuple[int, int]]]:
    """Find the rows of a corrected table in the segments of today.

    A row is found where all its segments still stand as they did, and in order; it gives for each version of the table
    the half-open range of its segments, which is empty where the row has none, and leaves a version out where the text
    about the row was edited so that the place is not certain. Rows that were edited are left to the aligner.
    """
    found, broken = _placed(table, texts)
    return [row for line, row in enumerate(found) if line not in broken and any(b > a for a, b in row.values())]


def _placed(
    table: Table, texts: Mapping[str, Sequence[str]]
) -> tuple[list[dict[str, tuple[int, int]]], dict[int, list[str]]]:
    """Return for each line of the table its ranges of segments, and for each line that is broken the versions where."""
    ids = [id for id in texts if table and id in table[0]]
    found: list[dict[str, tuple[int, int]]] = [{} for _ in table]
    broken: dict[int, list[str]] = {}
    for id in ids:
        cells = [[key for part in (line.get(id) or "").split(BAR) if (key := _key(part))] for line in table]
        then = [key for cell in cells for key in cell]
        now = [_key(text) for text in texts[id]]
        place = [-1] * len(then)
        for a, b, size in SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks():
            place[a : a + size] = range(b, b + size)
        at = 0
        for line, cell in enumerate(cells):
            here = place[at : at + len(cell)]
            before = place[at - 1] + 1 if at else 0
            at += len(cell)
            after = place[at] if at < len(place) else len(now)
            if cell and -1 not in here and here == list(range(here[0], here[0] + len(here))):
                found[line][id] = (here[0], here[-1] + 1)
            elif cell:
                broken.setdefault(line, []).append(id)
            elif before == after and (not at or place[at - 1] >= 0):
                found[line][id] = (before, before)
    return found, broken


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:60].rsplit(None, 1)[0]}…"


def _key(text: str) -> str:
    return "".join(text.split())
