"""Train the models of `compare.meaning.detect.omissions`: phrases planted in sound translations, told from free turns.

`python -m tests.training gaps` reads the development data and writes `compare/artefacts/omissions.json`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from compare.analysis import Analysis
from compare.meaning.detect.omission_candidates import Gap
from compare.meaning.detect.omissions import candidates, table
from tests.planting.collations import collation
from tests.planting.corpora import NEST_TRAIN, Aligned, bible, novel
from tests.planting.phrases import Phrase, beds, hit, plant
from tests.training.boosting import fit
from tests.training.row_network import NEST, OVERCOAT

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
#: Books that `tests/training/row_network.py` has not seen, and how many rows of each are taken at a time.
BOOKS, STRETCH = ("Judges", "ISamuel", "IISamuel"), 200
#: What may only raise or only lower the odds, whatever the data seem to say.
UP = ("told", "mass", "bare", "nearer", "witnesses", "source_tells", "rest", "excess")
DOWN = ("hole", "elsewhere")
#: What may do either, in spite of its name.
_EITHER = ("rest_nearer", "told_left", "told_hole_rest")


def sets() -> Iterator[tuple[list[Aligned], bool, tuple[str, ...]]]:
    """Yield rows, whether the source stands beside them, and the versions left out."""
    for n, book in enumerate(BOOKS):
        rows = bible(book)
        yield rows[:STRETCH], True, ()
        yield rows[STRETCH : 2 * STRETCH], True, ()
        yield rows[2 * STRETCH : 3 * STRETCH], True, ()
        yield rows[:STRETCH], False, ()
        yield rows[STRETCH : 2 * STRETCH], True, (("en-asv", "en-ylt", "en-bbe")[n],)
    chapters = novel("nest", NEST_TRAIN)[NEST:]
    for source, dropped in (*[(True, ())] * 4, (False, ()), (True, ("en-ralston",)), (True, ("en-hapgood",))):
        yield chapters, source, dropped
    for source in (True, True, False):
        yield novel("overcoat")[OVERCOAT:], source, ()


def labelled(
    listed: Sequence[Aligned], source: bool, dropped: Sequence[str], seed: int
) -> tuple[list[tuple[Gap, bool]], list[Phrase | None]]:
    """Plant phrases into half of the rows; return every gap with its label, and what was planted."""
    rows = [Aligned(r.corpus, r.source, {v: t for v, t in r.versions.items() if v not in dropped}) for r in listed]
    planted = plant(rows, random.Random(seed))
    made = collation(rows, beds(rows, planted), source)
    out = []
    analysis = Analysis(made)
    for gap in candidates(analysis.words, analysis.row_readings, analysis.cell_vectors):
        phrase, span = planted[gap.row], analysis.words.place(gap.version, gap.row, gap.start, gap.stop).span
        mine = phrase is not None and (phrase.version, phrase.kind) == (gap.version, gap.kind)
        out.append((gap, bool(mine and phrase and hit(made, phrase, gap.row, span.start, span.end))))
    return out, planted


def train(pairs: Sequence[tuple[Gap, bool]]) -> dict[str, Any]:
    """Fit one model for each kind of gap."""
    out = {}
    for kind in ("lost", "added"):
        mine = [(gap, label) for gap, label in pairs if gap.kind == kind]
        names = sorted(set(mine[0][0].signs) - {"moved"})  # that one is a rule
        values, labels = table([gap for gap, _ in mine], names), np.array([float(label) for _, label in mine])
        up = [n for n in names if n.startswith(UP) and n not in _EITHER]
        out[kind] = fit(names, values, labels, rounds=250, leaves=6, rate=0.05, least=30, up=up, down=DOWN)
    return out


def main() -> None:
    """Train the models and write them."""
    pairs = [pair for seed, one in enumerate(sets(), 1) for pair in labelled(*one, seed)[0]]
    (DATA / "omissions.json").write_text(json.dumps(train(pairs), separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
