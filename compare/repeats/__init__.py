"""What stands twice in a version, and whether it should.

`find` gives every repeat of every version with its judgement; the checks REP101–REP104 only word it.

Find the copies:

- `tokens`: a version as arrays over its words; `cells`: which of them stand in which row
- `seeds`: where two stretches may be copies; `smith_waterman`: their best local alignment
- `lexical_matches`: every stretch that stands twice; `paraphrases`: sentences that say the same in other words
- `copies`: the two copies, cut at the borders of clauses
- `doubled_words`: a word or short phrase doubled on the spot; `stems`: one stem twice within a few words
- `shared_passages`: a passage that several works share

Judge them:

- `form_features`: by their form alone
- `other_versions`: by what the other versions have there; `counterparts`: whether these say it twice too
- `scoring`: both together, as a probability
- `suggestions`: the text without the extra copy; `messages`: what the checks say
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from compare.messages import listed
from compare.notes import in_note
from compare.values import Place, Severity, Span

if TYPE_CHECKING:
    from compare.repeats.doubled_words import Doubled
    from compare.repeats.other_versions import Judge
    from compare.repeats.scoring import Candidates
    from compare.repeats.tokens import Tokens
    from compare.values import Collation, Row

#: The score of a doubled word that another version doubles as well, at most.
EMPHASIS = 0.2

Kind = Literal["word", "clause", "sentence", "passage"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two copies of the same words in one version, and what is thought of them."""

    kind: Kind
    extra: Place
    """The copy to delete."""
    kept: Place
    score: float
    """The probability that this is a fault."""
    severity: Severity
    alike: float
    """Share of the words of both copies that match, 0 to 1."""
    changes: tuple[tuple[str, str], ...]
    """Word differences, the kept copy's words first; either side may be empty."""
    reason: str
    mended: str
    """The text about the extra copy as it reads without it."""
    counterparts: tuple[Place, ...] = ()
    """What the other versions have where the extra copy stands."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """What stands twice in the versions of a collation."""

    repeats: tuple[Repeat, ...]
    """Judged, version by version, doubled words first."""
    dotplots: Mapping[str, Mapping[str, object]]
    """For each version its self-similarity as plain data: `size`, its words, and `dots`, a triple for each repeat.

    A triple is where the first copy begins, where the second begins, and how many words it has, in words from the
    text's beginning. A picture draws it as a stroke, and once more mirrored.
    """


def find(collation: Collation, tokens: dict[str, Tokens]) -> Repetition:
    """Find and judge the repeats. `tokens`: as `compare.repeats.tokens.tokens_of` gives them."""
    from compare.repeats.doubled_words import doubled
    from compare.repeats.other_versions import judges
    from compare.repeats.scoring import candidates

    twice, judge = candidates(collation, tokens), judges(collation, tokens)
    words = {version.id: list(doubled(tokens[version.id])) for version in collation.work.versions}
    found: list[Repeat] = []
    plots = {}
    for version in collation.work.versions:
        mine = tokens[version.id]
        found.extend(_words(collation, version.id, mine, words, tokens))
        found.extend(_passages(collation, version.id, mine, judge[version.id], twice[version.id]))
        dots = sorted((copies.i, copies.j, copies.j_end - copies.j) for copies, _ in twice[version.id])
        plots[version.id] = {"size": len(mine), "dots": dots}
    return Repetition(tuple(found), plots)


def _words(
    collation: Collation,
    version: str,
    tokens: Tokens,
    words: Mapping[str, list[Doubled]],
    tokens_by: Mapping[str, Tokens],
) -> list[Repeat]:
    """Judge the doubled words of a version; emphasis that another version has in the same row is the work's own."""
    from compare.repeats.suggestions import mend

    elsewhere: dict[int, list[str]] = defaultdict(list)
    for other, theirs in words.items():
        starts = tokens_by[other].start
        for each in theirs if other != version else ():
            elsewhere[collation.number_at(other, int(starts[each.at]))].append(other)
    found = []
    for each in words[version]:
        at, size = each.at, each.size
        first = Span(int(tokens.start[at]), int(tokens.end[at + size - 1]))
        second = Span(int(tokens.start[at + size]), int(tokens.end[at + 2 * size - 1]))
        score, reason = each.score, each.reason
        too = sorted(set(elsewhere[collation.number_at(version, first.start)]))
        if too and (each.emphatic or size > 1):
            double = "doubles" if len(too) == 1 else "double"
            score, reason = min(score, EMPHASIS), f"{listed(too)} {double} a word there too"
        found.append(
            Repeat(
                "word",
                collation.place(version, second.start, second.end),
                collation.place(version, first.start, first.end),
                score,
                "minor" if score >= 0.5 and collation.work.version(version).role != "source" else "neutral",
                1.0,
                (),
                reason,
                mend(tokens, collation.segments[version], second),
            )
        )
    return found


def _passages(collation: Collation, version: str, tokens: Tokens, judge: Judge, candidates: Candidates) -> list[Repeat]:
    from compare.repeats.scoring import explanation, judged
    from compare.repeats.suggestions import changes, mend, span_of

    segments, rows = collation.segments[version], judge.cells[version].row
    found = []
    for each in judged(tokens, judge, candidates):
        spans = (span_of(tokens, segments, *words) for words in (each.extra, each.kept))
        extra, kept = (collation.place(version, span.start, span.end) for span in spans)
        # notes are of a pattern: what the peasant paid in money, what he paid in labour
        noted = in_note(collation, extra) and in_note(collation, kept)
        found.append(
            Repeat(
                each.copies.scale,
                extra,
                kept,
                each.score,
                "minor" if each.severity == "major" and noted else each.severity,
                each.copies.alike,
                changes(tokens, each),
                explanation(each, tokens),
                mend(tokens, segments, extra.span),
                _counterparts(collation, version, collation.rows[rows[each.extra[0]]]) if each.evidence else (),
            )
        )
    return sorted(found, key=lambda repeat: repeat.extra.span)


def _counterparts(collation: Collation, version: str, row: Row) -> tuple[Place, ...]:
    """Quote what the other versions have in the row, the source first."""
    versions = sorted((v for v in collation.work.versions if v.id != version), key=lambda v: v.role != "source")
    spans = [(v.id, row.spans[v.id]) for v in versions if v.id in row.spans]
    return tuple(collation.place(id, span.start, span.end) for id, span in spans)
