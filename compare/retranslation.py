"""A new version made of an old one: rows that were translated again, put in the place of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from compare.collation import exchanged
from compare.read.filled import Filled
from compare.values import Collation, InputError, Row, Span, Version

#: What stands between a row that the old version lacked and its neighbour.
_SPACE = " "


@dataclass(frozen=True, slots=True)
class Placed:
    """New words by the number of their row today; `lost` says of which lines the row is not found."""

    texts: Mapping[int, str]
    lost: tuple[str, ...]


def placed(collation: Collation, filled: Iterable[Filled]) -> Placed:
    """Find the rows of a filled worklist in the collation of today.

    A row is known by the words of any version that stand beside it in the list, wherever these stand today; numbers
    only choose between rows with the same words.
    """
    by_words: dict[str, list[int]] = {}
    for row in collation.rows:
        for version in collation.work.versions:
            if cell := _folded(collation.cell(row, version.id)):
                by_words.setdefault(cell, []).append(row.number)
    texts: dict[int, str] = {}
    lost = []
    for each in filled:
        numbers = [number for words in each.beside.values() for number in by_words.get(_folded(words), ())]
        if not numbers:
            lost.append(f"row {each.row} is not found: its words were edited since the worklist went out")
            continue
        texts[min(numbers, key=lambda number: (-numbers.count(number), abs(number - each.row), number))] = each.text
    return Placed(texts, tuple(lost))


def retranslated(collation: Collation, base: str, texts: Mapping[int, str], id: str) -> Collation:
    """Return the collation with a new version in the place of `base`: its text, except the rows translated again.

    Raises InputError for an `id` that another version has.
    """
    old = collation.work.version(base)
    if any(version.id == id for version in collation.work.versions):
        raise InputError(id, "is already the id of a version; give another with --id")
    text, cells = _written(old, collation.rows, texts)
    title = f"{old.title or old.id}, rows translated again"
    version = replace(old, id=id, text=text, title=title, status="revised", file=f"{id}.txt", note="", year="")
    # what was decided on the old version's words holds for those that the new one keeps
    decisions = tuple(
        {**line, "version": id} if line.get("version") == base else line
        for line in collation.work.tables.get("decisions", ())
    )
    work = replace(collation.work, tables={**collation.work.tables, "decisions": decisions})
    return exchanged(replace(collation, work=work), base, version, cells)


def _written(old: Version, rows: Iterable[Row], texts: Mapping[int, str]) -> tuple[str, dict[int, Span]]:
    """Write the new text, and note where each row stands in it."""
    made: list[str] = []
    cells: dict[int, Span] = {}
    at = length = 0

    def add(text: str) -> None:
        nonlocal length
        made.append(text)
        length += len(text)

    for row in rows:
        span, new = row.spans.get(old.id), texts.get(row.number)
        if span is None and new is None:
            continue
        if span is None:
            add(_SPACE if at else "")
        else:
            add(old.text[at : span.start])
            at = span.end
        words = span.of(old.text) if new is None and span else new or ""
        cells[row.number] = Span(length, length + len(words))
        add(words)
        if span is None and not at:
            add(_SPACE)
    add(old.text[at:])
    return "".join(made), cells


def _folded(text: str) -> str:
    return " ".join(text.split())
