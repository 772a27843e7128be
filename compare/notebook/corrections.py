"""An alignment mended by hand: rows joined and split, sentences moved and unlinked; each change a new collation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from compare.values import Collation, InputError, Row, Span

Ranges = Mapping[str, tuple[int, int]]


def join(collation: Collation, first: int, last: int) -> Collation:
    """Make one row of those numbered `first` to `last`. Raises ValueError where there are no two such rows."""
    _known(collation, first, last)
    if first >= last:
        raise ValueError(f"rows {first} to {last} are not two rows or more")
    group = collation.rows[first - 1 : last]
    ids = [version.id for version in collation.work.versions if any(version.id in row.segments for row in group)]
    joined = {}
    for id in ids:
        ranges = [row.segments[id] for row in group if id in row.segments]
        joined[id] = (ranges[0][0], ranges[-1][1])
    return _replaced(collation, first, last, [joined])


def split(collation: Collation, number: int, above: Mapping[str, int]) -> Collation:
    """Make two rows of one. `above`: for each version how many of its sentences stay above; those not named stay whole.

    Raises ValueError for more sentences than the row has, or when one of the two rows would be empty.
    """
    _known(collation, number, number)
    segments = collation.rows[number - 1].segments
    upper, lower = {}, {}
    for id, (start, stop) in segments.items():
        border = start + above.get(id, stop - start)
        if not start <= border <= stop:
            raise ValueError(f"row {number} has {stop - start} sentences of {id}, not {above[id]}")
        if border > start:
            upper[id] = (start, border)
        if stop > border:
            lower[id] = (border, stop)
    if not upper or not lower:
        raise ValueError(f"row {number} would not be split: say how many sentences of each version stay above")
    return _replaced(collation, number, number, [upper, lower])


def up(collation: Collation, number: int, version: str, sentences: int = 1) -> Collation:
    """Move the first `sentences` of a version's cell to the row above. Raises ValueError where that cannot be."""
    _known(collation, number - 1, number)
    start, stop = _cell(collation, number, version, sentences)
    above, below = (dict(row.segments) for row in collation.rows[number - 2 : number])
    above[version] = (above.get(version, (start, start))[0], start + sentences)
    below[version] = (start + sentences, stop)
    return _replaced(collation, number - 1, number, [above, below])


def down(collation: Collation, number: int, version: str, sentences: int = 1) -> Collation:
    """Move the last `sentences` of a version's cell to the row below. Raises ValueError where that cannot be."""
    _known(collation, number, number + 1)
    start, stop = _cell(collation, number, version, sentences)
    above, below = (dict(row.segments) for row in collation.rows[number - 1 : number + 1])
    below[version] = (stop - sentences, below.get(version, (stop, stop))[1])
    above[version] = (start, stop - sentences)
    return _replaced(collation, number, number + 1, [above, below])


def unlink(collation: Collation, number: int, version: str, nth: int = 1) -> Collation:
    """Give the `nth` sentence of a version's cell, from 1 on, a row of its own.

    What the other versions have there stays with the sentences before it, if any, else with those after it. Raises
    ValueError for a sentence that is not there, or stands alone already.
    """
    _known(collation, number, number)
    start, stop = _cell(collation, number, version, nth)
    others = {id: part for id, part in collation.rows[number - 1].segments.items() if id != version}
    if not others and stop == start + 1:
        raise ValueError(f"row {number} holds nothing but that sentence")
    at = start + nth - 1
    before, own, after = ({version: part} for part in ((start, at), (at, at + 1), (at + 1, stop)))
    first = at == start < stop - 1
    replaced = [before, own, others | after] if first else [others | before, own, after]
    return _replaced(collation, number, number, replaced)


def mend(collation: Collation, how: str, column: int, sentence: int) -> Collation:
    """Do with a sentence of the version in a column what a page asks: `up`, `down`, `unlink`, `split` or `merge`.

    `column` and `sentence` count from 0. Raises ValueError for what cannot be, such as to move up from the first row.
    """
    version = collation.work.versions[column].id
    row = next(row for row in collation.rows if sentence in range(*row.segments.get(version, (0, 0))))
    start, stop = row.segments[version]
    nth = sentence - start + 1
    ways = {
        "up": lambda: up(collation, row.number, version, nth),
        "down": lambda: down(collation, row.number, version, stop - sentence),
        "unlink": lambda: unlink(collation, row.number, version, nth),
        "split": lambda: split(collation, row.number, {version: nth - 1}),
        "merge": lambda: join(collation, row.number - 1, row.number),
    }
    return ways[how]()


def sentences(collation: Collation) -> list[list[list[int]]]:
    """Give of each version for each sentence its row and where in the cell it begins."""
    found = []
    for version in collation.work.versions:
        spans = collation.segments[version.id]
        rows = [row for row in collation.rows if version.id in row.segments]
        found.append(
            [
                [row.number, spans[at].start - row.spans[version.id].start]
                for row in rows
                for at in range(*row.segments[version.id])
            ]
        )
    return found


def save(collation: Collation, folder: str | Path | None = None) -> Path:
    """Write `alignment.tsv` into the work's folder, or into `folder`; the next collation keeps its rows.

    Raises InputError for a work that has no folder.
    """
    from compare.alignment.corrections import save_edit

    home = collation.work.folder if folder is None else Path(folder)
    if home is None:
        raise InputError(collation.work.id, "this work has no folder; use save(collation, FOLDER)")
    return save_edit(collation, home / "alignment.tsv")


def _cell(collation: Collation, number: int, version: str, sentences: int) -> tuple[int, int]:
    """Return the range of a cell's sentences; it must have as many as are spoken of."""
    start, stop = collation.rows[number - 1].segments.get(version, (0, 0))
    if not 1 <= sentences <= stop - start:
        raise ValueError(f"row {number} has {stop - start} sentences of {version}; {sentences} were asked for")
    return start, stop


def _known(collation: Collation, first: int, last: int) -> None:
    if not 1 <= first <= last <= len(collation.rows):
        raise ValueError(f"rows go from 1 to {len(collation.rows)}; {first} to {last} were asked for")


def _replaced(collation: Collation, first: int, last: int, made: Sequence[Ranges]) -> Collation:
    """Put rows that a person made in the place of others, except empty ones, and renumber all."""
    full = [{id: (start, stop) for id, (start, stop) in ranges.items() if stop > start} for ranges in made]
    rows = [
        *collation.rows[: first - 1],
        *(Row(0, ranges, {id: _span(collation, id, *ranges[id]) for id in ranges}) for ranges in full if ranges),
        *collation.rows[last:],
    ]
    return replace(collation, rows=tuple(replace(row, number=number) for number, row in enumerate(rows, start=1)))


def _span(collation: Collation, id: str, start: int, stop: int) -> Span:
    segments = collation.segments[id]
    return Span(segments[start].start, segments[stop - 1].end)
