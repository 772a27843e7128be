"""Cells to learn from, sound and planted, and what stands beside them.

Three parts of the texts, of which no two share a sentence: the networks learn from the first, the models of words from
the second, the model of cells from the third, so that each sees of the earlier ones what they say of new texts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from tests.planting.corpora import NEST_TRAIN, Aligned, bible, demetr, mlqe, novel
from tests.planting.errors import FORM, KINDS, Planted, Planter, bed

Part = Literal["networks", "words", "cells"]
BOOKS: dict[Part, tuple[str, ...]] = {
    "networks": ("Genesis", "Exodus", "Joshua"),
    "words": ("Judges",),
    "cells": ("ISamuel", "IISamuel"),
}
SHARES: dict[Part, tuple[float, float]] = {"networks": (0, 0.6), "words": (0.6, 0.8), "cells": (0.8, 1)}
#: Chapters of the novel that the networks learn from besides.
NEST_LATER = ("XXVI", "XL")
#: Which texts stand beside the version, and how often in training.
SETTINGS = (("s",), ("o1",), ("s", "o1"), ("s", "o1"), ("s", "o1", "o2"), ("s", "o1", "o2"), ("o1", "o2"))
#: All that there is.
WHOLE = (("s", "o1", "o2"),)


@dataclass(frozen=True)
class Item:
    """A version's cell, sound or planted, with the texts beside it. `base` groups what stems from one sentence."""

    base: int
    kind: str
    clean: str
    text: str
    spans: tuple[tuple[int, int], ...]
    source: str
    others: tuple[str, ...]
    bad: float
    words: bool = True
    """Whether its words are labelled."""
    corpus: str = ""


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
    """Plant `each` errors and now and then an edit of form in one version of every row.

    The sound cell stands beside them.
    """
    beds: dict[tuple[str, str], Any] = {}
    for corpus in sorted({a.corpus.split("/")[0] for a in aligned}):
        mine = [a for a in aligned if a.corpus.split("/")[0] == corpus]
        for version in sorted({v for a in mine for v in a.versions}):
            beds[corpus, version] = bed([a.versions[version] for a in mine if version in a.versions])
    numbers = {source: n for n, source in enumerate(dict.fromkeys(a.source for a in aligned))}
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
                numbers[row.source],
                each.kind,
                text,
                each.text,
                each.spans,
                source,
                chosen,
                float(each.kind != "sound" and each.kind not in FORM),
                corpus=row.corpus.split("/")[0],
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


def corpus(
    part: Part,
    rng: random.Random,
    scale: float = 1.0,
    each: int = 3,
    settings: Sequence[tuple[str, ...]] = SETTINGS,
    order: Order = evenly,
) -> list[Item]:
    """Gather the items of one part of all corpora; rows of the novels several times, with another version judged."""

    def share(listed: Sequence[Any]) -> list[Any]:
        low, high = (int(x * len(listed)) for x in SHARES[part])
        return list(listed[low:high])

    def some(listed: Sequence[Any], count: int) -> list[Any]:
        return rng.sample(listed, min(len(listed), int(count * scale)))

    wide = part == "networks"
    nest = share(novel("nest", NEST_TRAIN)) * 3 + (novel("nest", NEST_LATER) * 3 if wide else [])
    rows = some(bible(*BOOKS[part]), 1000)
    rows += some(nest, 1500 if wide else 900) + some(share(novel("overcoat")) * 3, 300)
    modern = share([r for r in mlqe("train") if len(r["machine"].split()) > 3])
    for record in some(modern, 2600 if wide else 1000):
        machine, edited = record["machine"], untokenized(record["postedit"])
        versions = {"en-postedit": edited}
        # most post-edits stand too near to the machine's version to be held beside it
        if wide and float(record["da_z"]) > 0 and _shared(machine, edited) < 0.75:
            versions["en-machine"] = machine
        elif float(record["da_z"]) > 0.3 and rng.random() < 0.5:
            versions = {"en-machine": machine}
        rows.append(Aligned("mlqe", record["source"], versions))
    return items(rows, rng, each, settings, order)


def _shared(a: str, b: str) -> float:
    """Tell what share of their words two texts have in common, in order."""
    return SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio()


def untokenized(text: str) -> str:
    for mark in (".", ",", "!", "?", ";", ":", "'s", "n't", "'re", "'ve", "'m", "'ll", "'d"):
        text = text.replace(f" {mark}", mark)
    return text.replace(" '", "'")


#: DEMETR's edits that leave the meaning and the sentence alone.
FORM_KINDS = (
    "minor_id15_case",
    "minor_id28_final_punc_removed",
    "minor_id30_tokenized",
    "minor_id31_full_lower",
    "minor_id32_first_lower",
)


def perturbed(source: bool, reference: bool) -> list[Item]:
    """List DEMETR's cells with the source, the reference or both beside them; each sound one once."""
    records = [r for r in demetr() if not r["kind"].startswith("base")]
    number = {s: n for n, s in enumerate(dict.fromkeys(r["source"] for r in records))}
    lines = [("sound", r["machine"], 0.0, r) for r in {r["source"]: r for r in records}.values()]
    lines += [(r["kind"], r["perturbed"], float(r["kind"] not in FORM_KINDS), r) for r in records]
    return [
        Item(
            number[r["source"]],
            kind,
            r["machine"],
            text,
            (),
            r["source"] if source else "",
            (r["reference"],) if reference else (),
            bad,
            False,
        )
        for kind, text, bad, r in lines
    ]
