"""Work to Collation: every segment of every version in exactly one row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare import records
from compare.threads import one_blas_thread, spread
from compare.values import Collation, Kind, Move, Place, Progress, Row, Span, Version, Work
from compare.words import LINE_END, modern

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.alignment.encoded_text import Fixed
    from compare.alignment.profile import Profile
    from compare.values import Encoder

    Segments = Mapping[str, Sequence[Span]]


_LINE_END = re.compile(LINE_END)
#: The share of collating that encoding takes.
_ENCODING = 0.4


@one_blas_thread
def collate(work: Work, encoder: Encoder | None = None, *, progress: Progress | None = None) -> Collation:
    """Segment, encode and align all versions of a work; rows that came aligned pass untouched.

    `encoder`: the embedded one when None. The order in which the versions are named changes nothing. Rows of the work's
    table `alignment` (`compare.alignment.corrections`) are kept as they are, and marks that versions share begin rows.
    """
    from compare.alignment.corrections import misfits
    from compare.alignment.warnings import warn
    from compare.encode import get

    encoder = encoder or get()
    tell = progress or (lambda _, __: None)
    named, work = work, in_order(work)
    read = {v.id: _read(work, v) for v in work.versions}
    segments = {id: spans for id, (spans, _) in read.items()}
    kinds = {id: found for id, (_, found) in read.items()}
    texts = {v.id: [span.of(v.text) for span in segments[v.id]] for v in work.versions}
    vectors = {}
    for done, version in enumerate(work.versions):
        vectors[version.id] = encoder.encode([modern(line, version.lang) for line in texts[version.id]])
        tell("encoding", _ENCODING * (done + 1) / len(texts))
    tell("aligning", _ENCODING)
    collation = Collation(work, segments, (), vectors, encoder, kinds=kinds)
    if work.rows is not None:
        collation = replace(collation, rows=_given(work, segments))
    else:
        rows, moves = records.kept(
            "aligned",
            [work.versions, work.tables.get("alignment", ()), segments, kinds, encoder.name, *vectors.values()],
            partial(_align, work, segments, texts, kinds, encoder, vectors),
            (Row, Span, Move, Place),
        )
        collation = replace(collation, rows=rows, moves=moves)
    tell("aligning", 1.0)
    unfit = misfits(work.tables.get("alignment", ()), texts) if work.rows is None else ()
    return replace(collation, work=named, warnings=(*work.warnings, *unfit, *warn(collation)))


def exchanged(collation: Collation, id: str, version: Version, cells: Mapping[int, Span]) -> Collation:
    """Put a version in the place of another, its cells by the rows' numbers given; the rows stay as they are aligned.

    A row in which the old version stood and the new one has no cell lacks it.
    """
    from compare.alignment.kinds import kinds
    from compare.segment import sentences

    found: list[Span] = []
    rows = []
    for row in collation.rows:
        segments = {each: range for each, range in row.segments.items() if each != id}
        spans = {each: span for each, span in row.spans.items() if each != id}
        if cell := cells.get(row.number):
            inside = [
                Span(span.start + cell.start, span.end + cell.start)
                for span in sentences(cell.of(version.text), version.lang)
            ]
            segments[version.id] = (len(found), len(found) + len(inside))
            spans[version.id] = cell
            found += inside
        rows.append(replace(row, segments=segments, spans=spans))
    work = replace(collation.work, versions=tuple(version if v.id == id else v for v in collation.work.versions))
    vectors = collation.encoder.encode([modern(span.of(version.text), version.lang) for span in found])
    old = collation.only([v.id for v in collation.work.versions if v.id != id])
    return replace(
        old,
        work=work,
        rows=tuple(rows),
        segments={**old.segments, version.id: tuple(found)},
        vectors={**old.vectors, version.id: vectors},
        kinds={**old.kinds, version.id: kinds(version.text, found, version.parts)},
    )


def in_order(work: Work) -> Work:
    """Return the work with its versions in the order in which all is computed: sources, then the others by id.

    A work's own order is that of the columns; nothing that is found may depend on it, except which of
    several sources is the original: the first.
    """
    sources = [version for version in work.versions if version.role == "source"]
    others = sorted((version for version in work.versions if version.role != "source"), key=lambda version: version.id)
    versions = (*sources, *others)
    return work if versions == work.versions else replace(work, versions=versions)


def _align(
    work: Work,
    segments: Segments,
    texts: Mapping[str, Sequence[str]],
    kinds: Mapping[str, Sequence[Kind]],
    encoder: Encoder,
    vectors: Mapping[str, NDArray[np.float32]],
) -> tuple[tuple[Row, ...], tuple[Move, ...]]:
    from compare.alignment.corrections import fixed_rows
    from compare.alignment.encoded_text import length, read_alone
    from compare.alignment.excluded import put_back, without
    from compare.alignment.landmarks import shared_headings, shared_marks
    from compare.alignment.profile import Profile, in_turn
    from compare.alignment.progressive import unite
    from compare.alignment.stretches import stretches
    from compare.encode import Windowed

    if not texts:
        return (), ()
    fixed = fixed_rows(work.tables.get("alignment", ()), texts)
    # a table that a person corrected says where everything stands
    excluded = {} if fixed else _excluded(texts, kinds, work.source.id if work.source else None)
    kept = {id: without(spans, excluded.get(id, ())) for id, spans in segments.items()}
    texts = {id: without(lines, excluded.get(id, ())) for id, lines in texts.items()}
    langs = {v.id: v.lang for v in work.versions}
    spelled = {id: [modern(line, langs[id]) for line in lines] for id, lines in texts.items()}
    opens = {id: _opens(work.version(id), spans) for id, spans in kept.items()}
    meant = {id: vectors[id][list(without(range(len(spans)), excluded.get(id, ())))] for id, spans in segments.items()}
    alone = {id: read_alone(lines, meant[id]) for id, lines in spelled.items()}
    if not fixed:
        fixed = [{id: (at, at + 1) for id, at in mark.items()} for mark in shared_marks(texts)]
        corners = [{id: start for id, (start, _) in row.items()} for row in fixed]
    else:
        corners = [{id: range[end] for id, range in row.items()} for row in fixed for end in (0, 1)]
    headings = shared_headings(texts)
    likely = [{id: at + step for id, at in heading.items()} for heading in headings for step in (0, 1)]
    whole = {id: _rounded(sum(map(length, lines))) for id, lines in spelled.items()}

    def aligned(stretch: Mapping[str, tuple[int, int]]) -> Profile:
        part = {id: spelled[id][a:b] for id, (a, b) in stretch.items()}
        opening = {id: opens[id][a:b] for id, (a, b) in stretch.items()}
        met, hoped = _within(stretch, corners), _within(stretch, likely)
        made_of = [encoder.name, part, opening, whole, met, hoped, *(meant[id][a:b] for id, (a, b) in stretch.items())]
        align = partial(_align_stretch, encoder, part, opening, whole, met, hoped)
        return records.kept("stretch", made_of, align, (Profile,))

    # who knows whether another encoder may be asked by several threads
    with spread() if isinstance(encoder, Windowed) else nullcontext(map) as over:
        profiles = list(over(aligned, stretches(alone, spelled, corners)))
    profile = unite(in_turn(profiles), fixed)
    moves = tuple(_moves(work, kept, profile, alone))
    for id, left_out in excluded.items():
        profile = put_back(profile, id, left_out)
    return _rows(profile, segments), moves


def _align_stretch(
    encoder: Encoder,
    texts: Mapping[str, Sequence[str]],
    opens: Mapping[str, Sequence[bool]],
    whole: Mapping[str, float],
    corners: Sequence[Mapping[str, int]],
    likely: Sequence[Mapping[str, int]],
) -> Profile:
    from compare.alignment.encoded_text import read_side
    from compare.alignment.progressive import collate_sides

    return collate_sides({id: read_side(texts[id], encoder, opens[id], whole[id]) for id in texts}, corners, likely)


def _rounded(count: int) -> float:
    """Round to three figures, so that a small edit changes nothing that is made of a text's length."""
    return float(f"{count:.2e}")


def _within(stretch: Mapping[str, tuple[int, int]], corners: Sequence[Mapping[str, int]]) -> list[dict[str, int]]:
    """Return the corners that lie in a stretch, counted from its beginning."""
    return [
        {id: at - stretch[id][0] for id, at in corner.items()}
        for corner in corners
        if all(stretch[id][0] <= at <= stretch[id][1] for id, at in corner.items())
    ]


def _excluded(
    texts: Mapping[str, Sequence[str]], kinds: Mapping[str, Sequence[Kind]], source: str | None
) -> dict[str, list[tuple[int, int]]]:
    """Return the stretches of each version that no other version is to be aligned with, rising."""
    from compare.alignment.doubled_pages import doubled_pages
    from compare.alignment.excluded import apparatus

    twice, lone = doubled_pages(texts), apparatus(kinds, source)
    found = {}
    for id in texts:
        own = twice.get(id, [])
        more = [(a, b) for a, b in lone.get(id, []) if all(b <= start or stop <= a for start, stop in own)]
        if own or more:
            found[id] = sorted(own + more)
    return found


def _opens(version: Version, spans: Sequence[Span]) -> list[bool]:
    """Tell which segments begin a paragraph: after an empty line, or a line where the text has no empty ones."""
    between = [len(_LINE_END.findall(version.text, a.end, b.start)) for a, b in pairwise(spans)]
    least = 2 if any(count > 1 for count in between) else 1
    return [count >= least for count in (least, *between)][: len(spans)]


def _read(work: Work, version: Version) -> tuple[tuple[Span, ...], tuple[Kind, ...]]:
    """Cut a version into segments, and say of what kind each is; from the cache where it has not changed."""
    from compare.alignment.kinds import kinds

    def read() -> tuple[tuple[Span, ...], tuple[Kind, ...]]:
        found = _segments(work, version)
        return found, kinds(version.text, found, version.parts)

    cells = work.rows and [row.get(version.id) for row in work.rows]
    return records.kept("segments", [version, cells], read, (Span,))


def _segments(work: Work, version: Version) -> tuple[Span, ...]:
    """Cut a version into sentences; where rows are given, each cell for itself."""
    from compare.segment import sentences

    if work.rows is None:
        return sentences(version.text, version.lang)
    found = []
    for row in work.rows:
        if cell := row.get(version.id):
            inside = sentences(cell.of(version.text), version.lang)
            found += [Span(span.start + cell.start, span.end + cell.start) for span in inside]
    return tuple(found)


def _given(work: Work, segments: Segments) -> tuple[Row, ...]:
    """Make the rows that came with the work."""
    at = dict.fromkeys(segments, 0)
    rows = []
    for number, given in enumerate(work.rows or (), start=1):
        ranges = {}
        for id, span in given.items():
            stop = at[id]
            while stop < len(segments[id]) and segments[id][stop].end <= span.end:
                stop += 1
            if stop > at[id]:
                ranges[id] = (at[id], stop)
            at[id] = stop
        rows.append(Row(number, ranges, {id: given[id] for id in ranges}))
    return tuple(rows)


def _rows(profile: Profile, segments: Segments) -> tuple[Row, ...]:
    rows = []
    for index, confidence in enumerate(profile.confidence.tolist()):
        ranges = {}
        for id in segments:
            start, stop = profile.borders[id][index : index + 2].tolist()
            if stop > start:
                ranges[id] = (start, stop)
        spans = {id: Span(segments[id][a].start, segments[id][b - 1].end) for id, (a, b) in ranges.items()}
        rows.append(Row(index + 1, ranges, spans, min(max(confidence, 0.0), 1.0)))
    return tuple(rows)


def _moves(work: Work, segments: Segments, profile: Profile, alone: Mapping[str, Fixed]) -> list[Move]:
    """Find passages that stand elsewhere: in each translation against the source, or between each two versions."""
    from compare.alignment.anchors import anchors, nearest_of
    from compare.alignment.block_matrices import measure
    from compare.alignment.moved_passages import find_moves

    source = work.source
    pairs = combinations([v.id for v in work.versions], 2)
    found = []
    for here, there in pairs:
        if source and source.id not in (here, there):
            continue
        left, right = _alone(profile, here, there), _alone(profile, there, here)
        if not len(left) or not len(right):
            continue
        near, cosines = nearest_of(alone[here], alone[there])
        chain = anchors(near, cosines)
        scale = measure(alone[here], alone[there], cosines[chain], len(near))
        for (a, b), (c, d), score in find_moves(alone[here], alone[there], (left, right), scale):
            places = [
                _place(work.version(id), segments[id][start].start, segments[id][stop - 1].end)
                for id, start, stop in ((here, a, b), (there, c, d))
            ]
            found.append(Move(places[0], places[1], score))
    return found


def _alone(profile: Profile, id: str, other: str) -> NDArray[np.int64]:
    """Return the segments of a version that stand in rows which another version lacks."""
    lacking = np.diff(profile.borders[other]) == 0
    return np.flatnonzero(np.repeat(lacking, np.diff(profile.borders[id])))


def _place(version: Version, start: int, end: int) -> Place:
    return Place(version.id, Span(start, end), version.text[start:end])
