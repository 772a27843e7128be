"""Find the broken sentences of every English version, alone and beside what the other versions have in the same row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.grammar import FINITE, Reading, Seam, read, seams
from compare.grammar.beside import Bridge, bridge, russian_verbs
from compare.grammar.tokens import Token
from compare.values import Collation, Place, Row, Span

#: Log-odds at which a sentence alone is called broken, for a lost verb and for all else: together one false alarm in
#: 5,000 words of sound prose unseen in learning.
_VERB, _OTHER = 1.9, 4.0
#: Log-odds below which nothing is held against the other versions.
_LEAST = -3.0
#: What another version adds to the log-odds for each neighbour that agrees beyond the first, when it has words between
#: them or none, and for each finite verb that it has more; after a logistic regression on verses of the Bible.
_BRIDGED, _JOINED = 0.65, -0.7
_LACK = {"en": 0.5, "ru": 0.3}

#: The tags that the words of another version must have to fill a gap of each kind.
_FILLS = {
    "finite": frozenset({"VBD", "VBP", "VBZ"}),
    "loose": frozenset({"VB", "VBN", "VBG"}),
    "nominal": frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"}),
    "link": frozenset({"IN", "TO", "WDT", "WP", "WRB", "CC"}),
}
#: Verbs that come and go with tense and mood alone.
_AUXILIARIES = frozenset("have has had 've 'd do does did having".split())

#: What it takes from the word of other versions that the clause has a finite verb, or may leave it out on purpose.
_UNLIKELY = 3.0
#: Words that a noun may follow and that may as well stand by themselves: "a friend of his", "such as these".
_ALONE = frozenset("his this that these those all some any both each either neither another such".split())

#: Tags that may stand between a verb and the words that belong to it.
_ADVERBIAL = frozenset({"RB", "RBR", "IN", "JJ"})
#: Words that join clauses, and of how many words at most the subject of a cry is.
_AND, _SHORT = frozenset(("and", "but")), 2

_BOUND = re.compile(r"[,;:.!?()\[\]\"“”«»\n—]|\s[-–]+\s|--")


@dataclass(frozen=True, slots=True)
class Break:
    """A broken sentence: the seam, the clause about it, the words on either side, and how sure it is, 0 to 1.

    `evidence` are the other versions' words that tell it, `mended` the clause with the words of another version put in;
    `confirmed`: another version has words of the missing kind between the same neighbours, and they are needed.
    """

    row: int
    seam: Seam
    clause: Place
    joint: Place
    score: float
    confirmed: bool
    evidence: tuple[Place, ...]
    mended: str | None


def find(collation: Collation) -> tuple[Break, ...]:
    """Find what may be broken, in the order of the versions and of their text; most of the scores are low."""
    readings = {
        version.id: read([span.of(version.text) for span in collation.segments[version.id]])
        for version in collation.work.versions
        if version.lang == "en"
    }
    return tuple(
        _break(collation, row, id, segment, seam, readings)
        for id in readings
        for row in collation.rows
        for segment in range(*row.segments.get(id, (0, 0)))
        for seam in seams(readings[id][segment], _LEAST)
        if not _excused(readings[id][segment].tokens, seam)
    )


def _excused(tokens: Sequence[Token], seam: Seam) -> bool:
    """Tell whether nothing need be missing, or another room tells it.

    A word doubled is the repeats room's; "that it be so" is an old subjunctive; a possessive may stand for its noun.
    """
    if not 0 < seam.at < len(tokens):
        return False
    before, after = tokens[seam.at - 1].form.casefold(), tokens[seam.at].form.casefold()
    if seam.kind == "nominal" and before in _ALONE and not tokens[seam.at].is_word:
        return True
    return before == after or (after == "be" and seam.kind == "finite")


def _needs_none(reading: Reading, at: int) -> bool:
    """Tell whether a clause has its verb, or may leave out that of the one before it, or is a question or a cry.

    "The soup was already on the table." "She drove in front; he behind." "I a coward?"
    """
    for tags in (reversed(reading.tags[:at]), reading.tags[at:]):
        if next((tag for tag in tags if tag not in _ADVERBIAL), "") in FINITE:
            return True
    forms = [token.form for token in reading.tokens]
    start = next((k + 1 for k in range(at - 1, -1, -1) if _BOUND.fullmatch(forms[k]) or forms[k] in _AND), 0)
    stop = next((k for k in range(at, len(forms)) if _BOUND.fullmatch(forms[k])), len(forms))
    if any(tag.startswith("VB") or tag == "MD" for tag in reading.tags[start:stop]):
        return False
    asked = forms[stop : stop + 1] in (["?"], ["!"])
    return (asked and at - start <= _SHORT) or (start > 0 and any(tag in FINITE for tag in reading.tags[:start]))


def _break(
    collation: Collation, row: Row, id: str, segment: int, seam: Seam, readings: dict[str, list[Reading]]
) -> Break:
    tokens = readings[id][segment].tokens
    base = collation.segments[id][segment].start
    text = collation.segments[id][segment].of(collation.work.version(id).text)
    clause, joint = _around(text, tokens, seam.at)
    gained, evidence, mended, bridges = 0.0, [], None, False
    told = list(_evidence(collation, row, id, segment, seam, readings))
    for gain, place, bridged in told:
        # What bridges the seam speaks for itself; verbs counted in other versions are one witness, however many.
        gained += gain if bridged else gain / len(told)
        if gain > 0:
            evidence.append(place)
            bridges |= bridged
        if gain > 0 and bridged and mended is None:
            gap = tokens[seam.at].start if seam.at < len(tokens) else len(text)
            mended = f"{text[clause.start : gap].rstrip()} {place.text} {text[gap : clause.end].lstrip()}".strip()
    if seam.kind == "finite" and _needs_none(readings[id][segment], seam.at):
        gained, bridges = min(gained, max(gained - _UNLIKELY, 0.0)), False
    odds = seam.odds + gained
    return Break(
        row.number,
        seam,
        collation.place(id, base + clause.start, base + clause.end),
        collation.place(id, base + joint.start, base + joint.end),
        round(1 / (1 + math.exp((_VERB if seam.verb >= 0.5 else _OTHER) - odds)), 4),
        bridges,
        tuple(evidence),
        mended,
    )


def _evidence(
    collation: Collation, row: Row, id: str, segment: int, seam: Seam, readings: dict[str, list[Reading]]
) -> Iterator[tuple[float, Place, bool]]:
    """Yield what each other version adds to the log-odds, the words that tell it, and whether they bridge the seam."""
    tokens = readings[id][segment].tokens
    here = _verbs(readings[id], row.segments[id])
    for other in collation.work.versions:
        span = row.spans.get(other.id)
        if span is None or other.id == id or other.lang not in _LACK:
            continue
        gain, place, bridged = 0.0, collation.place(other.id, span.start, span.end), False
        if other.id in readings:
            there = _verbs(readings[other.id], row.segments[other.id])
            for k in range(*row.segments[other.id]):
                found = bridge(tokens[: seam.at], tokens[seam.at :], readings[other.id][k].tokens)
                if found and found.joined and min(found.left, found.right) > 2:
                    gain += _JOINED * (found.left + found.right - 1)
                elif found and _fills(seam, readings[other.id][k], found):
                    start, words = collation.segments[other.id][k].start, readings[other.id][k].tokens
                    gain += _BRIDGED * (found.left + found.right - 1)
                    place = collation.place(
                        other.id, start + words[found.start].start, start + words[found.end - 1].end
                    )
                    bridged = True
                    break
        else:
            there = russian_verbs(span.of(other.text))
        gain += seam.verb * _LACK[other.lang] * max(-2, min(2, there - here))
        yield gain, place, bridged


def _fills(seam: Seam, reading: Reading, bridge: Bridge) -> bool:
    """Tell whether what another version has at the seam is what is missing: words, no marks, and one of its kind."""
    if bridge.joined or not all(token.is_word for token in reading.tokens[bridge.start : bridge.end]):
        return False
    words = zip(reading.tokens[bridge.start : bridge.end], reading.tags[bridge.start : bridge.end], strict=True)
    wanted = _FILLS.get(seam.kind, frozenset())
    return any(tag in wanted and token.form.lower() not in _AUXILIARIES for token, tag in words)


def _verbs(readings: Sequence[Reading], segments: tuple[int, int]) -> int:
    return sum(readings[k].verbs for k in range(*segments))


def _around(text: str, tokens: Sequence[Token], at: int) -> tuple[Span, Span]:
    """Return the clause about a seam, and the two words on either side of it; of the sentence only."""
    first = tokens[max(0, at - 1)].start
    last = tokens[min(at, len(tokens) - 1)].end
    left = max((m.end() for m in _BOUND.finditer(text, 0, first)), default=0)
    right = min((m.start() for m in _BOUND.finditer(text, last)), default=len(text))
    left += len(text[left:first]) - len(text[left:first].lstrip())
    return Span(left, len(text[:right].rstrip())), Span(first, last)
