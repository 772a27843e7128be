"""Phrases of a version that say something else than the source and the other versions.

What is lost or added is found by `compare.meaning.detect.omissions`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.meaning.scoring import CellJudgement, score
from compare.values import Place, Row
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.links import batch, likeness, link
from compare.wordalign.vocabulary import FUNCTION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A doubtful word's neighbour joins its phrase when its log-odds are at most so much lower.
_SLACK = 1.5


@dataclass(frozen=True, slots=True)
class Phrase:
    """A doubtful phrase. `row` counts from 1."""

    row: int
    version: str
    score: float
    place: Place
    evidence: tuple[Place, ...]
    """The words of other texts in whose place it stands."""
    suggestion: str | None


def phrases(aligned: AlignedWords, judged: Mapping[str, Sequence[CellJudgement | None]]) -> tuple[Phrase, ...]:
    """List the doubtful phrases of all versions, in reading order."""
    return tuple(
        phrase
        for i, row in enumerate(aligned.collation.rows)
        for version, cells in judged.items()
        if (cell := cells[i])
        for phrase in _cell(aligned, row, i, version, cell)
    )


def _cell(aligned: AlignedWords, row: Row, i: int, version: str, judged: CellJudgement) -> Iterator[Phrase]:
    wrong = [w for w in _runs(judged.wrong) if score(w[2], judged, "wrong") >= _LEAST]
    lost = {
        t: [r for r in _runs(odds) if score(r[2], judged, "lost") >= _LEAST and _has_content(aligned, i, t, *r[:2])]
        for t, odds in judged.lost.items()
    }
    if not wrong and not any(lost.values()):
        return
    facing = {t: _facing(aligned, i, t, version) for t in lost}
    taken: set[tuple[str, int]] = set()
    for start, stop, odds in wrong:
        places: list[Place] = []
        loss = 0.0
        for text, runs in lost.items():
            for run in runs:
                gap = _gap(facing[text], run[0], run[1])
                if gap and gap[0] <= stop and start <= gap[1]:
                    places.append(aligned.place(text, i, run[0], run[1]))
                    loss = max(loss, score(run[2], judged, "lost"))
                    taken.add((text, run[0]))
        if (
            not places
            or not _has_content(aligned, i, version, start, stop)
            or _has_counterparts(aligned, i, version, start, stop, list(lost))
        ):
            continue
        value = score(odds, judged, "wrong")
        # two texts that miss something where the phrase stands agree
        if len({p.version for p in places}) > 1:
            value = 1 - (1 - value) * (1 - loss)
        place = aligned.place(version, i, start, stop)
        yield Phrase(row.number, version, round(value, 4), place, tuple(places), _reading(aligned, version, places))
    yield from _losses(aligned, row, i, version, judged, lost, facing, taken)


#: A word less certainly covered than this by all texts beside it says something else.
_COVERED = 0.3
#: What each further word of a run adds to its log-odds.
_TOGETHER = 0.35
#: What scores less is not worth a phrase.
_LEAST = 0.2
#: A word whose mutual counterpart is at least so near says what the other text says.
_NEAR = 0.4


def _has_content(aligned: AlignedWords, i: int, version: str, start: int, stop: int) -> bool:
    """Tell whether a stretch holds a word of content that is no name: names are the names room's to judge."""
    cell = aligned.cell(version, i)
    pos, figure = aligned.forms.pos[cell.forms], aligned.forms.figure[cell.forms]
    named = [bool(cell.capital[k] and (k or stop > 1)) for k in range(start, stop)]
    return any(pos[k] != FUNCTION and not named[k - start] and not figure[k] for k in range(start, stop))


def _has_counterparts(aligned: AlignedWords, i: int, version: str, start: int, stop: int, others: list[str]) -> bool:
    """Tell whether every word of the stretch is spelt well and has a near counterpart in one of the texts beside it."""
    cell = aligned.cell(version, i)
    odd = aligned.forms.misspelt[cell.forms[start:stop]] | aligned.forms.cyrillic[cell.forms[start:stop]]
    if odd.any():
        return False
    near = [False] * (stop - start)
    for text in others:
        one, two = batch([cell]), batch([aligned.cells[text][i]])
        view, _ = link(one, two, likeness(one, two, aligned.forms))
        for k in range(start, stop):
            near[k - start] |= bool(view.mutual[0, k] == 1 and view.best[0, k] >= _NEAR)
    return all(near)


def _reading(aligned: AlignedWords, version: str, places: list[Place]) -> str | None:
    """Choose the words of another version in the same language."""
    lang = aligned.collation.work.version(version).lang
    return next((p.text for p in places if aligned.collation.work.version(p.version).lang == lang), None)


def _losses(
    aligned: AlignedWords,
    row: Row,
    i: int,
    version: str,
    judged: CellJudgement,
    lost: Mapping[str, list[tuple[int, int, float]]],
    facing: Mapping[str, list[int]],
    taken: set[tuple[str, int]],
) -> Iterator[Phrase]:
    """Join what several texts say is lost at one place."""
    groups: list[tuple[tuple[int, int], float, list[Place]]] = []
    for text, runs in lost.items():
        for start, stop, odds in runs:
            gap = _gap(facing[text], start, stop)
            if gap is None or (text, start) in taken:
                continue
            place = aligned.place(text, i, start, stop)
            for n, (other, best, places) in enumerate(groups):
                if gap[0] <= other[1] and other[0] <= gap[1]:
                    together = 1 - (1 - best) * (1 - score(odds, judged, "lost"))
                    groups[n] = ((max(gap[0], other[0]), min(gap[1], other[1])), together, [*places, place])
                    break
            else:
                groups.append((gap, score(odds, judged, "lost"), [place]))
    for (before, after), value, places in groups:
        # what only one of several texts has, or the source has not, may be those texts' own addition
        source = aligned.collation.work.source
        if (len(lost) > 1 and len(places) == 1) or (
            source and source.id in lost and source.id not in {p.version for p in places}
        ):
            value *= 0.6
        instead = _instead(aligned, i, version, before, after)
        if instead and not all(p.text[0].isupper() for p in places):  # names are the names room's to judge
            place = aligned.place(version, i, *instead)
            evidence = _longest(places)
            yield Phrase(row.number, version, round(value, 4), place, evidence, _reading(aligned, version, places))


def _longest(places: Sequence[Place]) -> tuple[Place, ...]:
    """Keep the longest place of each version."""
    longest = {p.version: p for p in sorted(places, key=lambda p: len(p.span))}
    return tuple(p for p in places if longest[p.version] is p)


def _instead(aligned: AlignedWords, i: int, version: str, before: int, after: int) -> tuple[int, int] | None:
    """Find the words at a gap that nothing beside the version covers: they stand in the place of what is lost."""
    cell, covers = aligned.cell(version, i), aligned.covers
    shares = [c.share for (a, _), column in covers.items() if a == version and (c := column[i])]
    bare = [
        k
        for k in range(before + 1, after)
        if aligned.forms.pos[cell.forms[k]] != FUNCTION and not cell.capital[k] and all(s[k] < _COVERED for s in shares)
    ]
    return (bare[0], bare[-1] + 1) if bare else None


def _runs(odds: NDArray[np.float64]) -> Iterator[tuple[int, int, float]]:
    """Grow phrases around the likeliest words: (first, past the last, the highest log-odds)."""
    free = [True] * len(odds)
    for top in sorted(range(len(odds)), key=lambda k: (-odds[k], k)):
        if not free[top] or odds[top] < -6:
            continue
        start, stop = top, top + 1
        while start and free[start - 1] and odds[start - 1] > odds[top] - _SLACK:
            start -= 1
        while stop < len(odds) and free[stop] and odds[stop] > odds[top] - _SLACK:
            stop += 1
        for k in range(start, stop):
            free[k] = False
        # words that are doubtful together are surer than one alone
        yield start, stop, float(odds[top]) + _TOGETHER * min(stop - start - 1, 4)


def _facing(aligned: AlignedWords, i: int, a: str, b: str) -> list[int]:
    """For each word of cell `a` the index of its counterpart in cell `b`; -1 where it has no mutual one."""
    one, two = batch([aligned.cells[a][i]]), batch([aligned.cells[b][i]])
    view, _ = link(one, two, likeness(one, two, aligned.forms))
    return [int(at) if mutual == 1 else -1 for at, mutual in zip(view.at[0], view.mutual[0], strict=True)]


def _gap(facing: list[int], start: int, stop: int) -> tuple[int, int] | None:
    """The two words of the version between which a stretch of another text would stand."""
    before = next((facing[k] for k in range(start - 1, -1, -1) if facing[k] >= 0), None)
    after = next((facing[k] for k in range(stop, len(facing)) if facing[k] >= 0), None)
    if before is None and after is None:
        return None
    if before is None:
        assert after is not None
        return after - 1, after
    if after is None or not before < after <= before + 6:
        return before, before + 1
    return before, after
