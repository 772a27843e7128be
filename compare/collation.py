"""Work to Collation: every segment of every version in exactly one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from compare.values import Collation, Row, Span, Work

if TYPE_CHECKING:
    from compare.alignment.profile import Profile
    from compare.encode import Encoder

#: Called with a stage's name and how much of it is done, 0 to 1.
Progress = Callable[[str, float], None]


def collate(work: Work, encoder: Encoder | None = None, *, progress: Progress | None = None) -> Collation:
    """Segment, encode and align all versions of a work; rows that came aligned pass untouched.

    `encoder`: the embedded one when None. The order in which the versions are named changes nothing.
    """
    from compare.alignment.progressive import collate_sides
    from compare.alignment.side import read_side
    from compare.encode import get

    encoder = encoder or get()
    tell = progress or (lambda _, __: None)
    segments = {version.id: _segments(work, version.id) for version in work.versions}
    texts = {v.id: [span.of(v.text) for span in segments[v.id]] for v in work.versions}
    if work.rows is not None:
        vectors = {id: encoder.encode(lines) for id, lines in texts.items()}
        tell("aligning", 1.0)
        return Collation(work, segments, _given(work, segments), vectors, encoder, warnings=work.warnings)
    sides = {}
    for done, (id, lines) in enumerate(texts.items()):
        sides[id] = read_side(lines, encoder)
        tell("encoding", (done + 1) / len(texts))
    profile = collate_sides(sides)
    tell("aligning", 1.0)
    return Collation(
        work,
        segments,
        _rows(profile, segments),
        {id: side.alone for id, side in sides.items()},
        encoder,
        warnings=work.warnings,
    )


def _segments(work: Work, id: str) -> tuple[Span, ...]:
    """Cut a version into sentences; where rows are given, each cell for itself."""
    from compare.segment import sentences

    version = work.version(id)
    if work.rows is None:
        return sentences(version.text, version.lang)
    found = []
    for row in work.rows:
        if cell := row.get(id):
            found += [
                Span(s.start + cell.start, s.end + cell.start) for s in sentences(cell.of(version.text), version.lang)
            ]
    return tuple(found)


def _given(work: Work, segments: Mapping[str, tuple[Span, ...]]) -> tuple[Row, ...]:
    """Make the rows that came with the work."""
    at = dict.fromkeys(segments, 0)
    rows = []
    for number, given in enumerate(work.rows or (), start=1):
        held = {}
        for id, span in given.items():
            stop = at[id]
            while stop < len(segments[id]) and segments[id][stop].end <= span.end:
                stop += 1
            if stop > at[id]:
                held[id] = (at[id], stop)
            at[id] = stop
        rows.append(Row(number, held, {id: given[id] for id in held}))
    return tuple(rows)


def _rows(profile: Profile, segments: Mapping[str, tuple[Span, ...]]) -> tuple[Row, ...]:
    rows = []
    for number in range(len(profile)):
        held = {}
        for id in segments:
            start, stop = profile.borders[id][number : number + 2].tolist()
            if stop > start:
                held[id] = (start, stop)
        spans = {id: Span(segments[id][a].start, segments[id][b - 1].end) for id, (a, b) in held.items()}
        rows.append(Row(number + 1, held, spans, float(np.clip(profile.confidence[number], 0.0, 1.0))))
    return tuple(rows)
