"""Scores of one version against another: as sacrebleu gives them, and no environment touched or heeded."""

from __future__ import annotations

import os

import pytest

import compare
from compare.analysis.leaderboard import SEED, overlaps

ROWS = [
    {"a": "He went to the old house.", "b": "He walked to the old house.", "c": "To the old house he went."},
    {"a": "Nobody was there but the dog.", "b": "There was no one but a dog.", "c": "Nobody but the dog was there."},
    {"a": "The evening was cold and dark.", "b": "It was a cold, dark evening.", "c": "Cold the evening was."},
    {"a": "She asked him to stay.", "b": "She asked that he stay.", "c": "She begged him to stay."},
]


def test_the_environment_is_neither_set_nor_read(monkeypatch: pytest.MonkeyPatch) -> None:
    collation = compare.collate(compare.from_rows(ROWS))
    monkeypatch.delenv("SACREBLEU_SEED", raising=False)
    before = dict(os.environ)
    scores = overlaps(collation, samples=50)
    assert dict(os.environ) == before
    monkeypatch.setenv("SACREBLEU_SEED", "7")
    assert overlaps(collation, samples=50) == scores


def test_the_figures_are_those_of_sacrebleu(monkeypatch: pytest.MonkeyPatch) -> None:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER
    from sacrebleu.significance import PairedTest

    monkeypatch.setenv("SACREBLEU_SEED", str(SEED))
    got = [o for o in overlaps(compare.collate(compare.from_rows(ROWS)), samples=100) if o.reference == "a"]
    texts = {id: [row[id] for row in ROWS] for id in "abc"}
    metrics = {m.__name__: m(references=[texts["a"]]) for m in (BLEU, CHRF, TER)}
    systems = [(id, texts[id]) for id in "bc"]
    signatures, results = PairedTest(systems, metrics, None, test_type="bs", n_samples=100)()
    wanted = [
        (id, metric, round(r.score, 2), round(float(r.ci), 4), r.p_value and round(r.p_value, 4), str(signature))
        for metric, signature in signatures.items()
        for id, r in zip("bc", results[metric], strict=True)
    ]
    assert [(o.version, o.metric, o.score, o.interval, o.p, o.signature) for o in got] == wanted
