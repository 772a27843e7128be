"""Phrases that a version has lost (※) or added (÷): candidates, ranked by trees trained on planted ones.

The source speaks first, and what stands in a neighbouring row or elsewhere in the cell is neither lost nor added; how
the ranker is trained, and on what, says `tests/training/gaps.py`.
"""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.meaning.detect.omission_candidates import Candidate, Kind, Readings, Run, candidates
from compare.meaning.detect.omission_features import LengthRatios, Measures
from compare.meaning.detect.word_coverage import WordCoverage
from compare.meaning.models.gbdt import Trees, parse
from compare.values import Collation, Place, Severity
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.renderings import Renderings
from compare.wordalign.unread_source import UnreadSource
from compare.wordalign.vocabulary import CLASSES, FUNCTION
from compare.words import modern

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Share of a run's content that stands elsewhere, where nothing answers it, from which on it was moved.
_MOVED = 0.65
#: Content that all other texts have and the version lacks, to a run's own, from which on the run may render it freely.
_FREE = 0.6
#: Words by which a cell is too short for each word lost, below which other words say it, where much of it is lost.
_SHORTER = 0.6
#: Probability from which on what is lost is more than a note, and grave, if it is much of the cell or holds what must
#: not be lost. Of those that were read in works unknown to us, a third were right below the first.
_LIKELY, _GRAVE = 0.7, 0.8
#: Share of a cell's content, and how many words of content, that are much.
_PART, _CONTENT = 0.25, 3
#: Share of the words lost that the cell covers or that others of its own may stand for, from which on less than so many
#: words of content are not grave: "neither bereave" for «не будешь делать бездетным». Of seven such read one was right.
_ANSWERED, _LONG = 0.25, 6
#: Share of the words lost that their text says again near by, from which on a version may leave them to be understood,
#: unless the network's log-odds sum up to so much: «если священник увидит», for the third time. Of 26 such that were
#: read six were right.
_AGAIN, _WEIGHTY = 0.7, 16.0
#: How many function words may lead up to what is quoted.
_LEADING = 3
#: Index in `Forms.member` of words that deny.
_DENIAL = 1 + list(CLASSES).index("denial")
#: Probability under which nothing is said.
_LEAST = 0.2
#: In how many rows on either side a phrase may be said by a sentence or clause, how near this is to it, in cosines, and
#: how much nearer it is than what either has in its own row.
_ROWS_AROUND, _SIMILAR, _CLOSER = 2, 0.42, 0.1
#: What clauses are cut at, and how many words they have at least.
_MARKS, _CLAUSE = re.compile(r"[,;:.!?—()\"“”«»]+|--"), 3
#: What a cosine is worth, in log-odds, by which a source that cannot be read lies nearer to a cell with some words than
#: without: that there is a difference, and that it has them. Of 181 clauses taken out of The Overcoat and A Nest of
#: Gentlefolk, the Russian unread, 50 are found so, with 5 others, most of them lost in print.
_DIFFERENT, _DRAWN = 4.0, 20.0
#: The surest that versions alone are of a difference.
_SUREST = 0.95
#: How whole a mended sentence must be to be suggested, 0 to 1, as the grammar room has it.
_GRAMMATICAL = 0.9


@dataclass(frozen=True, slots=True)
class Omission:
    """Words that a version has lost, or added."""

    kind: Kind
    row: int
    """Counted from 1."""
    version: str
    score: float
    """Probability, 0 to 1, that an editor would agree."""
    severity: Severity
    place: Place
    """The words added; or of what is lost, those on both sides."""
    evidence: tuple[Place, ...]
    """The words lost, in the versions that have them; of what is added, none."""
    suggestion: str | None
    """What to write in the first place: nothing for what is to be left out; None where no sentence would come of it."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees of one kind, and the line that turns their log-odds into a probability (Platt 1999)."""

    trees: Trees
    slope: float
    shift: float
    alone: float
    """What is added to the shift where a single text speaks against the cell."""

    def probabilities(self, features: Sequence[Mapping[str, float]]) -> list[float]:
        """Return for each candidate the probability that an editor would agree."""
        odds = self.trees.scores(self.trees.features, table(features, self.trees.features)).tolist()
        alone = [self.alone * (each["source"] + each["others"] == 1) for each in features]
        lines = [self.slope * x + self.shift + y for x, y in zip(odds, alone, strict=True)]
        return [round(_sigmoid(x), 4) for x in lines]


@functools.cache
def rankers() -> Mapping[str, Ranker]:
    """Load the rankers of what is lost and of what is added."""
    raw: Mapping[str, Any] = artefacts.record("omissions.json")
    return {kind: Ranker(parse(raw[kind]), *raw[kind]["calibration"]) for kind in ("lost", "added")}


def table(features: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """Lay features out: (candidates, names)."""
    import numpy as np

    return np.array([[each[name] for name in names] for each in features], np.float32).reshape(
        len(features), len(names)
    )


def in_own_row(
    aligned: AlignedWords,
    renderings: Renderings,
    readings: Readings,
    ratios: LengthRatios,
    source: UnreadSource | None = None,
) -> tuple[Omission, ...]:
    """List what each row tells that the versions have lost and added, in reading order.

    `readings`: what the network of rows says. `source`: one whose words are not among the aligned ones.
    """
    coverage = WordCoverage(aligned, renderings)
    found = list(candidates(coverage, readings))
    measures = Measures(coverage, readings, ratios)
    measured = [measures.features(candidate) for candidate in found]
    scores = [0.0] * len(found)
    for kind, ranker in rankers().items():
        mine = [k for k, c in enumerate(found) if c.kind == kind and not _is_explained(kind, measured[k])]
        for k, score in zip(mine, ranker.probabilities([measured[k] for k in mine]), strict=True):
            scores[k] = score
    for k, score in _weighed_by_source(aligned, source, found, scores).items() if source else ():
        scores[k], measured[k] = score, {**measured[k], "source": 1.0}
    return tuple(
        _omission(aligned, candidate, score, features)
        for candidate, score, features in zip(found, scores, measured, strict=True)
        if score >= _LEAST
    )


def nowhere_near(collation: Collation, found: Sequence[Omission]) -> tuple[Omission, ...]:
    """Keep what does not stand in a row beside: there it is only cut otherwise."""
    return tuple(
        each for each, beside in zip(found, _is_in_neighbouring_rows(collation, found), strict=True) if not beside
    )


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _weighed_by_source(
    aligned: AlignedWords, source: UnreadSource, found: Sequence[Candidate], scores: Sequence[float]
) -> dict[int, float]:
    """Weigh candidates by whether a source that cannot be read lies nearer to the cell with the words, if it lies near.

    What one version has lost another has added: the two probabilities are of one difference, and the source decides
    which of the two it is.
    """
    places = [aligned.place(c.runs[0].version, c.row_index, c.runs[0].start, c.runs[0].stop) for c in found]
    by_row: defaultdict[int, list[int]] = defaultdict(list)
    for k, candidate in enumerate(found):
        by_row[candidate.row_index].append(k)
    weighed: dict[int, float] = {}
    for i, row in by_row.items():
        for k in row:
            kind, place = found[k].kind, places[k]
            twins = [
                scores[j]
                for j in row
                if found[j].kind != kind and places[j].version == place.version and places[j].span.touches(place.span)
            ]
            likely = min(scores[k] + max(twins, default=0.0), _SUREST)
            draw = source.draw(i, place.version, place.span)
            if draw and likely:
                either = _sigmoid(math.log(likely / (1 - likely)) + _DIFFERENT * abs(draw))
                weighed[k] = round(either * _sigmoid(_DRAWN * (draw if kind == "lost" else -draw)), 4)
    return weighed


def _is_in_neighbouring_rows(collation: Collation, found: Sequence[Omission]) -> Iterator[bool]:
    """Tell of each phrase whether a sentence or clause of a row beside says it, and nothing nearer of its own row.

    Sought in the version for what is lost, in the others for what is added; by sentence vectors, for it may be said
    there in other words.
    """
    if not found:
        return
    phrases = [(each.evidence or (each.place,))[0] for each in found]
    spelled = [modern(phrase.text, collation.work.version(phrase.version).lang) for phrase in phrases]
    units = _Units(collation, {each.row - 1 + k for each in found for k in range(-_ROWS_AROUND, _ROWS_AROUND + 1)})
    for each, vector in zip(found, collation.encoder.encode(spelled), strict=True):
        one, many = {each.version}, {v.id for v in collation.work.versions} - {each.version}
        sought, other = (one, many) if each.kind == "lost" else (many, one)
        here = each.row - 1
        least = max(_SIMILAR, max((float(unit @ vector) for unit in units.of(here, sought)), default=0.0) + _CLOSER)
        yield any(
            unit @ vector >= least
            and unit @ vector > max((float(unit @ its) for its in units.of(i, other)), default=0.0) + _CLOSER
            for i in range(here - _ROWS_AROUND, here + _ROWS_AROUND + 1)
            if i != here
            for unit in units.of(i, sought)
        )


class _Units:
    """The vectors of the sentences of some rows, by index, and of their clauses."""

    def __init__(self, collation: Collation, rows: Set[int]) -> None:
        self._collation = collation
        self._rows = {i: collation.rows[i] for i in sorted(rows) if 0 <= i < len(collation.rows)}
        texts = [
            (i, version, modern(clause, collation.work.version(version).lang))
            for i, row in self._rows.items()
            for version in sorted(row.spans)
            for clause in _clauses(collation.cell(row, version))
        ]
        self._clauses: defaultdict[tuple[int, str], list[Floats]] = defaultdict(list)
        vectors = collation.encoder.encode([text for *_, text in texts]) if texts else ()
        for (i, version, _), vector in zip(texts, vectors, strict=True):
            self._clauses[i, version].append(vector)

    def of(self, i: int, versions: Set[str]) -> Iterator[Floats]:
        """Yield the vectors of some versions' cells in a row."""
        row = self._rows.get(i)
        for version in sorted(versions & row.spans.keys()) if row else ():
            yield from self._collation.vectors[version][slice(*row.segments[version])]  # type: ignore[union-attr]
            yield from self._clauses[i, version]


def _clauses(text: str) -> list[str]:
    """Cut a text at its marks; parts of fewer than three words are left out."""
    return [part for part in _MARKS.split(text) if len(part.split()) >= _CLAUSE]


def _is_explained(kind: Kind, features: Mapping[str, float]) -> bool:
    """Tell whether words were moved, or are freely rendered.

    What is lost leaves the cell shorter; what is added may render what each other text has besides.
    """
    if max(features["elsewhere_free"], features["here_free"]) >= _MOVED:
        return True
    if kind == "lost" and features["part"] >= _PART and features["room"] < _SHORTER:
        return True
    return kind == "added" and features["open_least"] >= _FREE


def _omission(aligned: AlignedWords, candidate: Candidate, score: float, features: Mapping[str, float]) -> Omission:
    """Say in words what a candidate is."""
    i, version = candidate.row_index, candidate.version
    row = aligned.collation.rows[i]
    if candidate.kind == "added":
        run = with_function_words(aligned, i, candidate.runs[0])
        place = aligned.place(version, i, run.start, run.stop)
        evidence: tuple[Place, ...] = ()
        suggestion = "" if features["source"] and _is_grammatical(_sentence(aligned, place, "")) else None
    else:
        place = aligned.place(version, i, candidate.start, candidate.stop)
        runs = [with_function_words(aligned, i, run) for run in _longest(candidate.runs)]
        evidence = tuple(aligned.place(run.version, i, run.start, run.stop) for run in runs)
        suggestion = next(filter(None, (_repaired(aligned, candidate, place, run) for run in runs)), None)
    severity = _severity(aligned, candidate, score, features)
    return Omission(candidate.kind, row.number, version, score, severity, place, evidence, suggestion)


def with_function_words(aligned: AlignedWords, i: int, run: Run) -> Run:
    """Take in the articles, prepositions and the like that lead up to a run, three at most."""
    cell = aligned.cell(run.version, i)
    start = run.start
    while (
        start
        and run.start - start < _LEADING
        and aligned.forms.pos[cell.forms[start - 1]] == FUNCTION
        and not cell.mark[start]
    ):
        start -= 1
    return replace(run, start=start)


def _longest(runs: Sequence[Run]) -> list[Run]:
    """Keep the weightiest run of each version, the weightiest first."""
    best = {run.version: run for run in reversed(runs)}
    return [run for run in runs if best[run.version] is run]


def _severity(aligned: AlignedWords, candidate: Candidate, score: float, features: Mapping[str, float]) -> Severity:
    """Grade by how sure it is, how much of the cell it is, and whether it denies, counts or names something."""
    if candidate.kind == "added":
        # The one other version may as well have lost it; and of those that were read, most render the source freely.
        return "minor" if features["source"] or features["others"] > 1 else "neutral"
    much = features["part"] >= _PART or features["content"] >= _CONTENT or _is_weighty(aligned, candidate)
    understood = features["again"] >= _AGAIN and features["network_mean"] < _WEIGHTY
    answered = features["covered"] + features["instead"] >= _ANSWERED and features["content"] < _LONG
    if score < _GRAVE:
        return "minor" if much and score >= _LIKELY and not understood else "neutral"
    if not much:
        return "neutral" if understood else "minor"
    return "minor" if answered or understood else "major"


def _is_weighty(aligned: AlignedWords, candidate: Candidate) -> bool:
    """Tell whether a run denies, counts or names something."""
    run = candidate.runs[0]
    cell = aligned.cell(run.version, candidate.row_index)
    words = range(run.start, run.stop)
    named = any(cell.capital[k] and cell.mark[k] != 1 for k in words)
    ids = cell.forms[run.start : run.stop]
    return bool(named or aligned.forms.figure[ids].any() or (aligned.forms.member[ids] == _DENIAL).any())


def _repaired(aligned: AlignedWords, candidate: Candidate, place: Place, run: Run) -> str | None:
    """Write another version's words into the place of what is lost, where the words on both sides are the same there.

    None where they are not, or where no whole sentence comes of it.
    """
    i, version, work = candidate.row_index, candidate.version, aligned.collation.work
    here, there = aligned.cell(version, i), aligned.cell(run.version, i)
    inside = run.start > 0 and run.stop < len(there.words)
    if work.version(run.version).lang != work.version(version).lang or not inside:
        return None
    if candidate.stop - candidate.start != 2:
        return None
    edges = (
        (here.forms[candidate.start], there.forms[run.start - 1]),
        (
            here.forms[candidate.stop - 1],
            there.forms[run.stop],
        ),
    )
    if any(aligned.forms.lemma[a] != aligned.forms.lemma[b] for a, b in edges):
        return None
    first = here.words[candidate.start]
    base = aligned.collation.rows[i].spans[run.version].start
    text = work.version(run.version).text
    words = text[base + there.words[run.start - 1].end : base + there.words[run.stop].start]
    last = here.words[candidate.stop - 1]
    mended = f"{first.text}{words}{last.text}"
    return mended if _is_grammatical(_sentence(aligned, place, mended)) else None


def _sentence(aligned: AlignedWords, place: Place, instead: str) -> str:
    """Return the sentences about a place with other words in it, and no comma left before another mark."""
    text = aligned.collation.work.version(place.version).text
    spans = [s for s in aligned.collation.segments[place.version] if s.touches(place.span)]
    before, after = text[spans[0].start : place.span.start], text[place.span.end : spans[-1].end]
    return re.sub(r"[\s,]+(?=[.,;:!?])", "", f"{before} {instead} {after}")


def _is_grammatical(sentence: str) -> bool:
    """Tell whether a sentence stands as one."""
    from compare.grammar import grammaticality_of

    return len(sentence.split()) > 1 and float(grammaticality_of([" ".join(sentence.split())])[0]) >= _GRAMMATICAL
