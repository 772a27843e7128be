"""Where a version may have lost or added words: runs of words that have no counterpart on the other side.

A run is a maximal scoring segment (Ruzzo & Tompa 1999) of a cell's words by the log-odds of the network that reads a
version beside all other texts of its row. What several texts have and the version lacks at one place is one candidate.
The source speaks first: what it has is never added, and what it has not is never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compare.lang import language
from compare.meaning.detect.word_coverage import WordCoverage
from compare.meaning.models.row_network import RowReading
from compare.wordalign.aligned_words import AlignedWords, rising

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Readings = Mapping[str, Sequence[RowReading | None]]
Kind = Literal["lost", "added"]

#: Log-odds that are added to a word's own; how many more lie between a word clearly covered and one that is not;
#: and the most that one word may say for or against a run.
_BIAS, _COVER, _MOST = 0.5, 4.0, 3.0
#: The least that a run's log-odds must sum up to.
_LEAST = 0.3
#: Share of a run's content that must be more than names.
_PLAIN = 0.5
#: How certainly two words must say the same to show where a run would stand in the other cell.
_LINKED = 0.6
#: Log-odds by which a place may fall short of the likeliest one and still be where something is lost.
_SLACK = 2.5
#: Share of a run's content from which on a text has it too.
_HAS = 0.5


@dataclass(frozen=True, slots=True)
class Run:
    """The words [start, stop) of a version's cell, and what their log-odds sum up to."""

    version: str
    start: int
    stop: int
    mass: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a version seems to lack or to have alone."""

    kind: Kind
    row_index: int
    version: str
    """The version that would be at fault."""
    start: int
    stop: int
    """The words in the version: those added, or those on both sides of what is lost."""
    runs: tuple[Run, ...]
    """The words lost, in the texts that have them, the weightiest first; of what is added, its own run."""


def candidates(coverage: WordCoverage, readings: Readings) -> Iterator[Candidate]:
    """List what each version may have lost and added, in reading order."""
    for i in range(len(coverage.aligned.collation.rows)):
        present = coverage.present(i)
        for version, column in readings.items():
            if (reading := column[i]) is not None:
                references = [t for t in present if t != version]
                yield from _added(coverage, i, version, references, reading)
                yield from _lost(coverage, i, version, references, reading)


def frame(aligned: AlignedWords, i: int, one: str, two: str) -> list[tuple[int, int]]:
    """Return the sure links of two cells that run parallel, with the borders of both cells about them."""
    cover = aligned.cover(one, two, i)
    certain = [(k, at) for k, (at, share) in enumerate(zip(cover.at, cover.share, strict=True)) if share >= _LINKED]
    return [(-1, -1), *rising(certain), (len(cover.at), len(aligned.cell(two, i).words))]


def around(links: Sequence[tuple[int, int]], start: int, stop: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the nearest links of a frame before and after a stretch of its first cell."""
    return (
        max((link for link in links if link[0] < start), default=links[0]),
        min((link for link in links if link[0] >= stop), default=links[-1]),
    )


def segments(scores: Sequence[float]) -> list[tuple[int, int, float]]:
    """List all maximal scoring segments, in order: (first, past the last, sum).

    `segments([1, -2, 3, 0, 1]) == [(0, 1, 1), (2, 5, 4)]`.
    """
    found: list[tuple[int, int, float, float]] = []  # first, past the last, sum before it, sum with it
    total = 0.0
    for k, score in enumerate(scores):
        before, total = total, total + score
        if score <= 0:
            continue
        start, stop, low, high = k, k + 1, before, total
        while True:
            j = next((j for j in range(len(found) - 1, -1, -1) if found[j][2] < low), -1)
            if j < 0 or found[j][3] >= high:
                found.append((start, stop, low, high))
                break
            start, low = found[j][0], found[j][2]
            del found[j:]
    return [(a, b, round(high - low, 6)) for a, b, low, high in found]


def _runs(coverage: WordCoverage, i: int, version: str, odds: Iterable[float], facing: Iterable[str]) -> Iterator[Run]:
    """Yield the runs of a cell that the cells facing it seem to lack, and that are more than function words and names.

    Names are the names room's to judge, and forms of address come and go.
    """
    weight = coverage.weights(i, version)
    shares = [coverage.shares(i, version, t) for t in facing]
    scores = [
        min(max(float(x) + _BIAS + bool(w) * _COVER * (0.5 - max(share)), -_MOST), _MOST)
        for x, w, *share in zip(odds, weight, *shares, strict=True)
    ]
    cell = coverage.aligned.cell(version, i)
    plain = [w * (not cell.capital[k] or cell.mark[k] == 1) for k, w in enumerate(weight)]
    for start, stop, mass in segments(scores):
        if mass >= _LEAST and sum(plain[start:stop]) > _PLAIN * sum(weight[start:stop]):
            yield Run(version, start, stop, mass)


def _added(
    coverage: WordCoverage, i: int, version: str, references: Sequence[str], reading: RowReading
) -> Iterator[Candidate]:
    for run in _runs(coverage, i, version, reading.added, references):
        if not _source_has(coverage, i, run, references):
            yield Candidate("added", i, version, run.start, run.stop, (run,))


def _lost(
    coverage: WordCoverage, i: int, version: str, references: Sequence[str], reading: RowReading
) -> Iterator[Candidate]:
    aligned = coverage.aligned
    groups: list[list[Run]] = []
    for text in references:
        for run in _runs(coverage, i, text, reading.lost[text], [version]):
            near = next((g for g in groups if any(_same(aligned, i, run, other) for other in g)), None)
            if near is None:
                groups.append([run])
            else:
                near.append(run)
    for group in groups:
        if coverage.source in references and not any(_source_has(coverage, i, run, references) for run in group):
            continue
        if any(_is_tag(coverage, i, run) or _is_written_otherwise(aligned, i, run, version) for run in group):
            continue
        before, after = _place(aligned, i, version, group, reading.hole)
        start, stop = max(before, 0), min(after + 1, len(reading.added))
        runs = sorted(group, key=lambda r: (-r.mass, r.version, r.start))
        yield Candidate("lost", i, version, start, stop, tuple(runs))


def _is_tag(coverage: WordCoverage, i: int, run: Run) -> bool:
    """Tell whether a run but names the speaker: "said Ivan". Who speaks is often plain without it."""
    aligned = coverage.aligned
    sentences = language(aligned.collation.work.version(run.version).lang).sentences
    speech = sentences.speech if sentences else frozenset()
    cell, weight = aligned.cell(run.version, i), coverage.weights(i, run.version)
    words = [(cell.words[k].text.casefold(), cell.capital[k]) for k in range(run.start, run.stop) if weight[k]]
    spoken = [word in speech for word, _ in words]
    return any(spoken) and all(said or capital for said, (_, capital) in zip(spoken, words, strict=True))


def _is_written_otherwise(aligned: AlignedWords, i: int, run: Run, version: str) -> bool:
    """Tell whether a run is a figure that the version parts by other marks: "7 905" and "7.905"."""
    there = [word.text for word in aligned.cell(run.version, i).words[run.start : run.stop]]
    here = "".join(word.text for word in aligned.cell(version, i).words)
    return all(word[0].isdigit() for word in there) and _digits("".join(there)) in _digits(here)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _source_has(coverage: WordCoverage, i: int, run: Run, references: Sequence[str]) -> bool:
    """Tell whether the source, if it stands among the references, has a run's words or says the same."""
    source = coverage.source
    if source is None or source not in references:
        return False
    return run.version == source or coverage.covered(i, run.version, run.start, run.stop, source) >= _HAS


def _same(aligned: AlignedWords, i: int, one: Run, two: Run) -> bool:
    """Tell whether two runs are two texts' words for one thing: a word of the one is linked into the other."""
    if one.version == two.version:
        return False
    at = aligned.cover(one.version, two.version, i).at
    return any(two.start <= at[k] < two.stop for k in range(one.start, one.stop))


def _place(aligned: AlignedWords, i: int, version: str, runs: Iterable[Run], hole: Floats) -> tuple[int, int]:
    """Find between which two words of the version runs would stand; -1 or its length at the borders.

    Where most texts' links leave room for them, and of that, where the network sees something missing.
    """
    votes = [0] * len(hole)
    for run in runs:
        before, after = around(frame(aligned, i, run.version, version), run.start, run.stop)
        for k in range(before[1] + 1, after[1] + 1):
            votes[k] += 1
    most = max(votes)
    places = [k for k, n in enumerate(votes) if n == most]
    top = max(float(hole[k]) for k in places)
    places = [k for k in places if hole[k] > top - _SLACK]
    return places[0] - 1, places[-1]
