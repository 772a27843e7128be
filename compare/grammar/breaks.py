"""Find the broken sentences of every English version, alone and beside what the other versions have in the same row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.grammar import Reading, Seam, read, seams
from compare.grammar.beside import bridge, russian_verbs
from compare.once import once
from compare.values import Collation, Place, Row, Span

#: Log-odds at which a sentence alone is called broken: one false alarm in 5,000 words of clean prose held out.
ALONE = 4.0
#: Log-odds below which nothing is held against the other versions.
_LEAST = -2.0
#: What the other versions add to the log-odds, learned on verses with a word taken out (`tests/train/grammar.py`).
_JOINED, _BRIDGED = -3.0, 3.0
_LACK = {"en": 0.5, "ru": 0.4}
_EXPECTED = {"en": 0.0, "ru": 0.0}

_BOUND = re.compile(r"[,;:.!?()\[\]\"“”«»]|\s[-–—]+\s|—|--|\n")


@dataclass(frozen=True, slots=True)
class Break:
    """A broken sentence: the seam, the clause about it, and how sure it is, 0 to 1.

    `evidence` are the other versions' words that tell it, `mended` the clause with the words of another version put in.
    """

    row: int
    seam: Seam
    clause: Place
    joint: Place
    score: float
    confirmed: bool
    evidence: tuple[Place, ...]
    mended: str | None


@once
def find(collation: Collation) -> tuple[Break, ...]:
    """Find what is broken, in the order of the versions and of their text; scores from 0 up, most of them low."""
    readings = {
        version.id: read([span.of(version.text) for span in collation.segments[version.id]])
        for version in collation.work.versions
        if version.lang == "en"
    }
    return tuple(found for id in readings for found in _breaks(collation, id, readings))


def _breaks(collation: Collation, id: str, readings: dict[str, list[Reading]]) -> Iterator[Break]:
    segments = collation.segments[id]
    for row in collation.rows:
        start, stop = row.segments.get(id, (0, 0))
        for at in range(start, stop):
            text = segments[at].of(collation.work.version(id).text)
            for seam in seams(readings[id][at], _LEAST):
                if _judged(seam):
                    yield _break(collation, row, id, at, text, seam, readings)


def _judged(seam: Seam) -> bool:
    """A word that stands twice is the repeats room's."""
    return not (seam.before and seam.after and seam.before.form.casefold() == seam.after.form.casefold())


def _break(
    collation: Collation, row: Row, id: str, at: int, text: str, seam: Seam, readings: dict[str, list[Reading]]
) -> Break:
    odds, evidence, words = seam.odds, [], None
    here = _verbs(readings[id], row.segments[id])
    for other in collation.work.versions:
        span = row.spans.get(other.id)
        if other.id == id or span is None:
            continue
        if other.lang == "ru":
            lack = russian_verbs(span.of(other.text)) - here
        elif other.id in readings:
            lack = _verbs(readings[other.id], row.segments[other.id]) - here
            for k in range(*row.segments[other.id]):
                found = bridge(seam.before, seam.after, readings[other.id][k].tokens)
                if found is None:
                    continue
                odds += _JOINED if found.joined else _BRIDGED
                if not found.joined:
                    base = collation.segments[other.id][k].start
                    evidence.append(collation.place(other.id, base + found.start, base + found.end))
                    words = words or evidence[-1].text
        else:
            continue
        gain = seam.verb * _LACK[other.lang] * (max(-3, min(3, lack)) - _EXPECTED[other.lang])
        odds += gain
        if gain > 0 and not any(place.version == other.id for place in evidence):
            evidence.append(collation.place(other.id, span.start, span.end))
    base = collation.segments[id][at].start
    clause, joint, gap = _around(text, seam)
    mended = (
        text[clause.start : gap].rstrip() + " " + words.strip() + " " + text[gap : clause.end].lstrip()
        if words
        else None
    )
    return Break(
        row.number,
        seam,
        collation.place(id, base + clause.start, base + clause.end),
        collation.place(id, base + joint.start, base + joint.end),
        round(1 / (1 + math.exp(ALONE - odds)), 4),
        odds > seam.odds,
        tuple(evidence),
        mended,
    )


def _verbs(readings: Sequence[Reading], segments: tuple[int, int]) -> int:
    return sum(readings[k].verbs for k in range(*segments))


def _around(text: str, seam: Seam) -> tuple[Span, Span, int]:
    """Return the clause about a seam, the two words on either side of it, and the offset between them."""
    gap = seam.after.start if seam.after else seam.before.end if seam.before else 0
    first = seam.before.start if seam.before else gap
    last = seam.after.end if seam.after else gap
    marks = [(m.start(), m.end()) for m in _BOUND.finditer(text)]
    left = max((end for _, end in marks if end <= first), default=0)
    right = min((start for start, _ in marks if start >= last), default=len(text))
    left += len(text[left:first]) - len(text[left:first].lstrip())
    return Span(left, max(right, last)), Span(first, last), gap
