"""Collations of rows known to be aligned, with errors planted into some of their cells."""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from compare.collation import collate
from compare.encode import get
from compare.read import from_texts
from compare.values import Collation, Encoder, Span
from tests.planting.corpora import NEST_BENCH, Aligned, bible, novel
from tests.planting.errors import KINDS, Bed, Planted, Planter, bed


@functools.cache
def _encoder() -> Encoder:
    """Load the encoder once for all collations."""
    return get()


def collation(listed: Sequence[Aligned], changed: Sequence[tuple[str, str] | None], source: bool = True) -> Collation:
    """Make a collation of rows, in each of which one version's cell may be replaced: `changed`, (version, text)."""
    ids = [*dict.fromkeys(v for row in listed for v in row.versions), *(["ru"] if source else [])]
    parts: dict[str, list[str]] = {id: [] for id in ids}
    spans: list[dict[str, Span]] = []
    at = dict.fromkeys(ids, 0)
    for row, change in zip(listed, changed, strict=True):
        cells = {**row.versions, **({"ru": row.source} if source else {})}
        if change:
            cells[change[0]] = change[1]
        spans.append({})
        for id, text in cells.items():
            if text:
                spans[-1][id] = Span(at[id], at[id] + len(text))
                parts[id].append(text)
                at[id] += len(text) + 1
    work = from_texts({id: "\n".join(p) for id, p in parts.items()}, source="ru" if source else None, rows=spans)
    return collate(work, _encoder())


Errors = Sequence[tuple[str, Planted] | None]


def changes(planted: Errors) -> list[tuple[str, str] | None]:
    """Say which cell of each row is replaced, and by what."""
    return [(each[0], each[1].text) if each else None for each in planted]


def plant(
    listed: Sequence[Aligned], rng: random.Random, share: float, kinds: Mapping[str, Planter] = KINDS
) -> list[tuple[str, Planted] | None]:
    """Plant an error of some kind into one version of about a `share` of the rows."""
    beds: dict[str, Bed] = {
        v: bed([r.versions[v] for r in listed if v in r.versions])
        for v in sorted({v for r in listed for v in r.versions})
    }
    out: list[tuple[str, Planted] | None] = []
    for row in listed:
        version = rng.choice(sorted(row.versions))
        ground = replace(beds[version], source=row.source)
        tried = (kinds[k](row.versions[version], ground, rng) for k in rng.sample(sorted(kinds), len(kinds)))
        made = next((each for each in tried if each), None) if rng.random() < share else None
        out.append((version, made) if made else None)
    return out


#: Books that no model was trained on.
UNSEEN = ("Ruth", "Jonah", "Esther")


def unseen_rows() -> list[Aligned]:
    """Return rows that no model has seen: three books and five chapters."""
    verses = bible(*UNSEEN)
    random.Random(2).shuffle(verses)
    chosen = [*verses[:150], *novel("nest", NEST_BENCH)[:150]]
    return [
        Aligned(r.corpus, r.source, {f"en-{n}": text for n, (_, text) in enumerate(sorted(r.versions.items()), 1)})
        for r in chosen
    ]


def plant_in_turn(listed: Sequence[Aligned], seed: int) -> list[tuple[str, Planted] | None]:
    """Plant an error into one version of three rows in four, every kind in turn."""
    rng = random.Random(seed)
    beds = {
        v: bed([r.versions[v] for r in listed if v in r.versions])
        for v in sorted({v for r in listed for v in r.versions})
    }
    planted: list[tuple[str, Planted] | None] = []
    kinds = sorted(KINDS)
    for n, row in enumerate(listed):
        version = rng.choice(sorted(row.versions))
        tried = (KINDS[k](row.versions[version], beds[version], rng) for k in kinds[n % len(kinds) :] + kinds)
        made = next((each for each in tried if each), None) if n % 4 else None
        planted.append((version, made) if made else None)
    return planted
