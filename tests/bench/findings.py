"""What the findings about meaning are held to: phrases lost and added, and the plain checks, planted in unseen rows."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from compare.pipeline import check
from compare.values import Collation, Finding
from tests.bench import Figure
from tests.data import SHARED
from tests.planting.collations import UNSEEN, collation
from tests.planting.corpora import NEST_BENCH, Aligned, bible, novel
from tests.planting.errors import KINDS, bed
from tests.planting.phrases import Phrase, beds, hit, plant

#: Kinds of error, and the check that tells each of them outright.
PLAIN = {
    "negation": "SEM103",
    "question": "SEM105",
    "person": "SEM107",
    "antonym": "SEM110",
    "other_name": "NAM5",
    "other_number": "NUM",
}


def bench() -> Iterator[Figure]:
    """Measure the room; nothing without the development data."""
    if SHARED is None:
        return
    for name, listed in (("bible", bible(*UNSEEN)), ("nest", novel("nest", NEST_BENCH))):
        yield from _phrases(name, listed)
        for kind, code in PLAIN.items():
            yield from _plain(name, listed, code, kind)
        yield _sound(name, listed)


def _reported(made: Collation, codes: Sequence[str]) -> list[Finding]:
    return check(made, select=codes)


def _phrases(name: str, listed: Sequence[Aligned]) -> Iterator[Figure]:
    """Plant a phrase in every second row, lost and added in turn: F1 over cells, kind and place being right.

    Free turns of the sound texts count as false; then once more, with what the sound texts raise too taken out wherever
    nothing was planted in the cell.
    """
    free = set(_told(collation(listed, [None] * len(listed)), [None] * len(listed)))
    right = wrong = turns = total = 0
    for seed in (1, 2, 3):
        planted = plant(listed, random.Random(seed))
        told = _told(collation(listed, beds(listed, planted)), planted)
        right += sum(told.values())
        wrong += len(told) - sum(told.values())
        turns += sum(cell in free and not _mine(planted, *cell[:2]) for cell in told)
        total += sum(p is not None for p in planted)
    for out, false in (
        ("free turns counted as false", wrong),
        ("free turns of the sound texts taken out", wrong - turns),
    ):
        yield Figure(f"{name}, planted phrases, {out}: F1", 2 * right / (right + false + total), 0.9)
        yield Figure(f"{name}, planted phrases, {out}: precision", right / max(right + false, 1))
    yield Figure(f"{name}, planted phrases: recall", right / total)


def _mine(planted: Sequence[Phrase | None], row: int, version: str) -> bool:
    phrase = planted[row]
    return phrase is not None and phrase.version == version


def _told(made: Collation, planted: Sequence[Phrase | None]) -> dict[tuple[int, str, str], bool]:
    """Say of each row, version and kind that is told whether that was planted there."""
    out: dict[tuple[int, str, str], bool] = {}
    for finding in _reported(made, ["OMI102", "OMI103"]):
        place, phrase = finding.places[0], planted[finding.row - 1]
        cell = finding.row - 1, place.version, "lost" if finding.check == "OMI102" else "added"
        mine = phrase is not None and (phrase.version, phrase.kind) == cell[1:]
        true = bool(mine and phrase and hit(made, phrase, cell[0], place.span.start, place.span.end))
        out[cell] = out.get(cell, False) or true
    return out


def _plain(name: str, listed: Sequence[Aligned], code: str, kind: str) -> Iterator[Figure]:
    """Plant one kind of error in every second row: how many are found, and what is found elsewhere."""
    rng = random.Random(5)
    grounds = {v: bed([r.versions[v] for r in listed if v in r.versions]) for v in listed[0].versions}
    changed: list[tuple[str, str] | None] = []
    for n, row in enumerate(listed):
        version = rng.choice(sorted(row.versions))
        made = KINDS[kind](row.versions[version], grounds[version], rng) if n % 2 else None
        changed.append((version, made.text) if made else None)
    found = {(f.row - 1, f.places[0].version) for f in _reported(collation(listed, changed), [code])}
    true = {(n, change[0]) for n, change in enumerate(changed) if change}
    yield Figure(f"{name}, {kind}: found by {code}", len(found & true) / max(len(true), 1))
    yield Figure(f"{name}, {kind}: false findings of {code} in 100 rows", 100 * len(found - true) / len(listed))


def _sound(name: str, listed: Sequence[Aligned]) -> Figure:
    """Two sound versions and the source: findings of weight."""
    pairs = [Aligned(r.corpus, r.source, dict(list(r.versions.items())[:2])) for r in listed]
    heavy = [
        f
        for f in _reported(collation(pairs, [None] * len(pairs)), ["SEM", "OMI", "NUM"])
        if f.severity in ("critical", "major") and not f.check.startswith("SEM3")
    ]
    return Figure(
        f"{name}, sound pair: findings of major severity in 100 rows", 100 * len(heavy) / len(pairs), 1.0, "lower"
    )
