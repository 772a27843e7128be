"""Plant whole phrases: several words, two of them of content, taken out of one version of a row or put into it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.values import Collation
from compare.words import is_function, words
from tests.planting.corpora import Aligned
from tests.planting.errors import Bed, Planted, lose_clause, lose_phrase, lose_run

_BED = Bed(())
#: Rows away from which a phrase is taken that is put into another.
_FAR = 25


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was planted: `kind` is `lost` or `added`, `text` the cell as it now stands, `spans` where to look in it."""

    kind: str
    version: str
    text: str
    spans: tuple[tuple[int, int], ...]


def plant(listed: Sequence[Aligned], rng: random.Random, share: float = 0.5) -> list[Phrase | None]:
    """Plant a phrase in one version of about a `share` of the rows, lost and added in turn."""
    out: list[Phrase | None] = []
    kinds = ("lost", "added")
    for n, row in enumerate(listed):
        version = rng.choice(sorted(row.versions))
        text = row.versions[version]
        made: Phrase | None = None
        if rng.random() < share:
            if kinds[n % 2] == "lost":
                planted = _phrase(text, rng)
                made = Phrase("lost", version, planted.text, planted.spans) if planted else None
            else:
                made = _add(text, version, [r for r in listed if r.corpus == row.corpus], row, rng)
        out.append(made)
    return out


def _phrase(text: str, rng: random.Random) -> Planted | None:
    kinds = [lose_run, lose_clause, lose_phrase]
    rng.shuffle(kinds)
    for kind in kinds:
        planted = kind(text, _BED, rng)
        if planted and _whole(planted.lost):
            return planted
    return None


def _whole(text: str) -> bool:
    found = words(text)
    return len(found) >= 3 and sum(not is_function(w.text, "en") for w in found) >= 2


def _add(text: str, version: str, rows: Sequence[Aligned], row: Aligned, rng: random.Random) -> Phrase | None:
    at = rows.index(row)
    far = [r for k, r in enumerate(rows) if abs(k - at) >= _FAR and version in r.versions]
    host = words(text)
    if not far or len(host) < 6:
        return None
    for _ in range(5):
        planted = _phrase(rng.choice(far).versions[version], rng)
        if planted is None:
            continue
        new = planted.lost.strip(" ,;:.!?\"'“”()[]-")
        joints = [m.start() for m in re.finditer(r"(?<=\w)(?=[,;:]| (?:in|on|at|of|with|and|for|from|to|by)\b)", text)]
        where = rng.choice(joints) if joints and rng.random() < 0.7 else rng.choice(host[1:-1]).end
        if re.search(r"[.!?;]", new):
            continue
        return Phrase("added", version, f"{text[:where]} {new}{text[where:]}", ((where + 1, where + 1 + len(new)),))
    return None


def beds(listed: Sequence[Aligned], planted: Sequence[Phrase | None]) -> list[tuple[str, str] | None]:
    """Say which cell of each row is replaced, and by what."""
    return [(p.version, p.text) if p else None for p in planted]


def hit(collation: Collation, phrase: Phrase, row: int, start: int, end: int) -> bool:
    """Tell whether a range of the version's text touches the place where the phrase was planted."""
    base = collation.rows[row].spans[phrase.version].start
    low, high = min(a for a, _ in phrase.spans), max(b for _, b in phrase.spans)
    return base + low < end and start < base + high
