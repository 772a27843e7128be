"""Plant losses and additions in the running text of versions, before it is aligned: clauses, phrases, sentences, words.

What is planted in aligned rows alone never stands beside the slips of a real alignment; these do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compare.read import from_texts
from compare.values import Collation, Row, Span, Work
from compare.words import is_function, words
from tests.planting.errors import KINDS, Bed, Planted, lose_stretch

_BED = Bed(())
#: Rows away from which what is added is taken.
_FAR = 25
#: What is lost: a name of `KINDS`, or a whole sentence; how often each is drawn.
_LOST = {"lose_clause": 4, "lose_phrase": 3, "lose_run": 2, "sentence": 3, "lose_noun": 1, "lose_name": 1}
#: Words that a lost sentence has at most.
_SENTENCE = 25
#: How many draws are made for a cell before it is left alone, and the share of additions.
_DRAWS, _ADDED = 6, 0.4
#: Confidence above which a row is surely aligned.
_SURE = 0.5
#: Where something may be put in: before a mark, a preposition or a conjunction.
_JOINT = re.compile(r"(?<=\w)(?=[,;:.]| (?:in|on|at|of|with|and|for|from|to|by|when|who)\b)")


@dataclass(frozen=True, slots=True)
class Passage:
    """What was planted: `kind` is `lost` or `added`; [start, end) of the version's new text is where to look for it."""

    kind: str
    version: str
    start: int
    end: int


#: What is planted in each cell, by the row's index and the version.
Edits = Mapping[tuple[int, str], Planted]


def plant(collation: Collation, versions: Sequence[str], rng: random.Random, share: float) -> Edits:
    """Plant in one version of about a `share` of the surely aligned rows."""
    edits: dict[tuple[int, str], Planted] = {}
    for i, row in enumerate(collation.rows):
        present = [v for v in versions if v in row.spans]
        if rng.random() < share and row.confidence > _SURE and present and len(row.spans) > 1:
            version = rng.choice(present)
            planted = (_add if rng.random() < _ADDED else _lose)(collation, row, version, rng)
            if planted:
                edits[i, version] = planted
    return edits


def planted_work(collation: Collation, edits: Edits) -> tuple[Work, list[Passage]]:
    """Return the work with its planted texts, and where these stand; rows that came aligned stay."""
    texts: dict[str, str] = {}
    passages: list[Passage] = []
    rows: list[dict[str, Span]] = [{} for _ in collation.rows]
    for version in collation.work.versions:
        out, at = "", 0
        for i, row in enumerate(collation.rows):
            if (span := row.spans.get(version.id)) is None:
                continue
            out += version.text[at : span.start]
            start, planted = len(out), edits.get((i, version.id))
            if planted:
                low, high = min((a for a, _ in planted.spans), default=0), max((b for _, b in planted.spans), default=0)
                kind = "added" if planted.kind == "added" else "lost"
                passages.append(Passage(kind, version.id, start + low, start + high))
            out, at = out + (planted.text if planted else span.of(version.text)), span.end
            rows[i][version.id] = Span(start, len(out))
        texts[version.id] = out + version.text[at:]
    source = collation.work.source
    given = rows if collation.work.rows is not None else None
    return from_texts(texts, source=source.id if source else None, rows=given), passages


def _content(text: str) -> int:
    return sum(not is_function(word.text, "en") for word in words(text))


def _lose(collation: Collation, row: Row, version: str, rng: random.Random) -> Planted | None:
    text, base = collation.cell(row, version), row.spans[version].start
    sentences = [collation.segments[version][k] for k in range(*row.segments[version])]
    for kind in rng.choices(list(_LOST), list(_LOST.values()), k=_DRAWS):
        if kind == "sentence":
            span = rng.choice(sentences)
            if len(sentences) < 2 or len(words(span.of(collation.work.version(version).text))) > _SENTENCE:
                continue
            planted = lose_stretch(text, span.start - base, span.end - base, kind)
        else:
            planted = KINDS[kind](text, _BED, rng)
        if planted and _content(planted.lost) >= (1 if kind in ("lose_noun", "lose_name") else 2):
            return planted
    return None


def _add(collation: Collation, row: Row, version: str, rng: random.Random) -> Planted | None:
    text = collation.cell(row, version)
    far = [r for r in collation.rows if version in r.spans and abs(r.number - row.number) > _FAR]
    joints = [m.start() for m in _JOINT.finditer(text)]
    for _ in range(_DRAWS if far and joints else 0):
        taken = _lose(collation, rng.choice(far), version, rng)
        new = taken.lost.strip(" ,;:.!?\"'“”()[]-—\n") if taken else ""
        if not re.search(r"[.!?;]", new) and _content(new) > 1:
            at = rng.choice(joints)
            return Planted("added", f"{text[:at]} {new}{text[at:]}", ((at + 1, at + 1 + len(new)),))
    return None
