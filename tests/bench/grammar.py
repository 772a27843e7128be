"""Figures of the grammar room, on texts that its network has not learned from."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import compare
from compare.analysis import Analysis
from compare.encode import get
from compare.grammar import FINITE, Reading, grammaticality_of, read
from compare.segment import sentences
from compare.values import Collation
from tests.bench import Figure
from tests.data import SHARED

#: Whole texts, and the part of each that the network has not seen.
UNSEEN = {"overcoat/en-pg1197": 0.0, "nest/en-garnett": 0.88, "nest/en-hapgood": 0.88, "nest/en-ralston": 0.88}


def prose(data: Path) -> list[str]:
    """Return the sentences of the sound texts."""
    found = []
    for name, start in UNSEEN.items():
        text = (data / f"{name}.txt").read_text("utf-8")
        text = text[int(start * len(text)) :]
        found += [span.of(text) for span in sentences(text, "en")]
    return found


def without(reading: Reading, text: str, rng: random.Random) -> str | None:
    """Return a sentence without one of its finite verbs; None where it has none."""
    verbs = [k for k, tag in enumerate(reading.tags) if tag in FINITE and len(reading.tokens) > 5]
    if not verbs:
        return None
    verb = reading.tokens[rng.choice(verbs)]
    return re.sub(r"^\w", lambda m: m[0].upper(), (text[: verb.start].rstrip() + text[verb.end :]).lstrip())


def alarms(texts: Sequence[str]) -> list[bool]:
    """Tell of each text whether a report says that it is broken."""
    return _alarms([{"en": text} for text in texts])


def _alarms(rows: Sequence[dict[str, str]]) -> list[bool]:
    table: Collation = compare.collate(compare.from_rows(rows), get("none"))
    told = {b.row for b in Analysis(table).broken_sentences if b.score >= 0.5 and b.clause.version == "en"}
    return [row.number in told for row in table.rows]


def bench() -> Iterator[Figure]:
    """Measure false alarms on sound prose, what is told of sentences with a word taken out, and speed."""
    assert SHARED is not None
    rng = random.Random(1)
    sound = [text for text in prose(SHARED) if text.strip()]
    words = sum(len(re.findall(r"\w+", text)) for text in sound)
    told = sum(alarms(sound))
    yield Figure(f"false alarms in 5,000 words of {words} unseen sound ones", told * 5000 / words, 1, "lower")
    spoilt = [s for s in (without(r, t, rng) for r, t in zip(read(sound), sound, strict=True)) if s]
    yield Figure("a finite verb taken out, known by the version alone", sum(alarms(spoilt)) / len(spoilt), 0.5)
    begun = time.process_time()
    grammaticality_of(sound)
    yield Figure("sentences a second of one core", len(sound) / (time.process_time() - begun), 1500)
    yield from demetr(SHARED)


def demetr(data: Path) -> Iterator[Figure]:
    """Measure on machine translations of news with a word taken out, alone and beside the reference and the Russian."""
    lines = (data / "demetr-ru-dev.jsonl").read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    clean = sorted({item["machine"] for item in items})
    yield Figure("DEMETR untouched: alarms", sum(alarms(clean)) / len(clean), 0.02, "lower")
    for kind in ("critical_id22_verb_removed", "critical_id23_noun_removed", "critical_id24_subj_removed"):
        chosen = [item for item in items if item["kind"] == kind and item["perturbed"] != item["machine"]]
        alone = alarms([item["perturbed"] for item in chosen])
        rows = [{"en": i["perturbed"], "en-b": i["reference"], "ru": i["source"]} for i in chosen]
        name = kind.split("_", 2)[2].replace("_", " ")
        yield Figure(f"DEMETR {name}: alone", sum(alone) / len(alone))
        yield Figure(f"DEMETR {name}: beside reference and Russian", sum(_alarms(rows)) / len(rows))
