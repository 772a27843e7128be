"""An alignment mended by hand: rows joined and split; every change makes a new collation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from compare.values import Collation, InputError, Row, Span

Held = Mapping[str, tuple[int, int]]


def join(collation: Collation, first: int, last: int) -> Collation:
    """Make one row of those numbered `first` to `last`. Raises ValueError where there are no two such rows."""
    _known(collation, first, last)
    if first >= last:
        raise ValueError(f"rows {first} to {last} are not two rows or more")
    group = collation.rows[first - 1 : last]
    ids = [version.id for version in collation.work.versions if any(version.id in row.segments for row in group)]
    held = {}
    for id in ids:
        ranges = [row.segments[id] for row in group if id in row.segments]
        held[id] = (ranges[0][0], ranges[-1][1])
    return _replaced(collation, first, last, [held])


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


def save(collation: Collation, folder: str | Path | None = None) -> Path:
    """Write `alignment.tsv` into the work's folder, or into `folder`; the next collation keeps its rows.

    Raises InputError for a work that has no folder.
    """
    from compare.alignment.edit import save_edit

    home = collation.work.folder if folder is None else Path(folder)
    if home is None:
        raise InputError(collation.work.id, "this work has no folder; say save(collation, FOLDER)")
    return save_edit(collation, home / "alignment.tsv")


def _known(collation: Collation, first: int, last: int) -> None:
    if not 1 <= first <= last <= len(collation.rows):
        raise ValueError(f"rows go from 1 to {len(collation.rows)}; {first} to {last} were asked for")


def _replaced(collation: Collation, first: int, last: int, made: Sequence[Held]) -> Collation:
    """Put rows that a person made in the place of others, and number all anew."""
    rows = [
        *collation.rows[: first - 1],
        *(Row(0, held, {id: _span(collation, id, *held[id]) for id in held}) for held in made),
        *collation.rows[last:],
    ]
    return replace(collation, rows=tuple(replace(row, number=number) for number, row in enumerate(rows, start=1)))


def _span(collation: Collation, id: str, start: int, stop: int) -> Span:
    segments = collation.segments[id]
    return Span(segments[start].start, segments[stop - 1].end)
