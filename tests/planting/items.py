"""Cells to learn from, sound and with errors planted, and the other texts that each is compared with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.planting.corpora import Aligned
from tests.planting.errors import FORM, KINDS, Planted, Planter, bed

#: Which other texts a version is compared with, and how often in training.
SETTINGS = (("s",), ("o1",), ("s", "o1"), ("s", "o1"), ("s", "o1", "o2"), ("s", "o1", "o2"), ("o1", "o2"))
#: All that there is.
WHOLE = (("s", "o1", "o2"),)


@dataclass(frozen=True)
class Item:
    """A version's cell, sound or with an error planted, and the other texts of its row."""

    kind: str
    clean: str
    text: str
    spans: tuple[tuple[int, int], ...]
    source: str
    others: tuple[str, ...]
    bad: float


Order = Callable[[random.Random], Sequence[tuple[str, Planter]]]


def evenly(rng: random.Random) -> list[tuple[str, Planter]]:
    """Draw the kinds of `tests.planting.errors` in any order."""
    kinds = sorted(KINDS.items())
    rng.shuffle(kinds)
    return kinds


def items(
    aligned: Sequence[Aligned],
    rng: random.Random,
    each: int = 3,
    settings: Sequence[tuple[str, ...]] = SETTINGS,
    order: Order = evenly,
) -> list[Item]:
    """Plant `each` errors and now and then an edit of form in one version of every row; the sound cell comes first."""
    beds: dict[tuple[str, str], Any] = {}
    for corpus in sorted({a.corpus.split("/")[0] for a in aligned}):
        mine = [a for a in aligned if a.corpus.split("/")[0] == corpus]
        for version in sorted({v for a in mine for v in a.versions}):
            beds[corpus, version] = bed([a.versions[version] for a in mine if version in a.versions])
    out = []
    for row in aligned:
        version = rng.choice(sorted(row.versions))
        text = row.versions[version]
        others = [t for v, t in sorted(row.versions.items()) if v != version]
        rng.shuffle(others)
        setting = rng.choice([s for s in settings if "o2" not in s or len(others) > 1] or [("s", "o1")])
        source = row.source if "s" in setting else ""
        chosen = tuple(others[: sum(o in setting for o in ("o1", "o2"))])
        if not source and not chosen:
            source = row.source
        made = [Planted("sound", text, ())]
        at = replace(beds[row.corpus.split("/")[0], version], source=row.source)
        made += _first(each, (plant(text, at, rng) for _, plant in order(rng)))
        if rng.random() < 0.5 and (form := FORM[rng.choice(sorted(FORM))](text, at, rng)):
            made.append(form)
        out += [
            Item(
                each.kind,
                text,
                each.text,
                each.spans,
                source,
                chosen,
                float(each.kind != "sound" and each.kind not in FORM),
            )
            for each in made
        ]
    return out


def _first(count: int, made: Iterable[Planted | None]) -> list[Planted]:
    out = []
    for planted in made:
        if planted:
            out.append(planted)
        if len(out) == count:
            break
    return out
