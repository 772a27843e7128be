"""Train the rankers of `compare.meaning.detect.omissions`: what was planted in running text, told from free turns.

`python -m tests.training gaps` reads the development data, writes `compare/artefacts/omissions.json`, and prints how
well each work is judged by what was learned from the others.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from compare.analysis import Analysis
from compare.checks import ALIGNED
from compare.collation import collate
from compare.meaning.detect.omission_candidates import Candidate, candidates
from compare.meaning.detect.omission_features import Measures
from compare.meaning.detect.omissions import table
from compare.meaning.detect.word_coverage import WordCoverage
from compare.meaning.models.gbdt import parse
from compare.read import from_rows, from_texts
from compare.values import Work
from tests.data import SHARED
from tests.planting.corpora import bible
from tests.planting.passages import Passage, plant, planted_work
from tests.training.boosting import fit

DATA = Path(__file__).parents[2] / "compare" / "artefacts"
#: Share of the rows in which something is planted.
SHARE = 0.4
#: The features of each kind; what brought nothing on works left out is not among them.
FEATURES = {
    "lost": (
        "network network_most network_mean hole part part_words size here here_free elsewhere elsewhere_free again "
        "room room_near open_own open_least open_most agree excess covered confidence confidence_near others instead"
    ).split(),
    "added": (
        "network network_most hole part weight size here_free elsewhere elsewhere_free again room room_near open_own "
        "open_least open_most excess excess_part covered confidence confidence_near others instead"
    ).split(),
}
#: What may only raise, or only lower, the odds, whatever the data seem to say.
UP = ("network", "agree", "room", "excess")
DOWN = ("covered", "here", "elsewhere", "again", "instead", "open_least")
#: The line from log-odds to the probability that an editor would agree, by kind: slope, shift, and what is added to it
#: where a single text speaks against the cell; after findings in natural texts that were read, nothing planted.
CALIBRATION = {"lost": (1.2, -0.1, -2.0), "added": (1.2, -2.6, -0.5)}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a work, by shares of its length or by rows; None for `versions`: all of them."""

    work: str
    start: float
    stop: float
    versions: tuple[str, ...] | None = None


#: What is learned from: translations that leave little out.
PARTS = (
    Part("overcoat", 0.05, 0.3, ("en-pg1197", "en-pg13437")),
    Part("overcoat", 0.55, 0.8, ("en-pg1197", "en-pg13437")),
    Part("overcoat", 0.3, 0.55, ("en-pg13437",)),
    Part("nest", 0.05, 0.1),
    Part("nest", 0.1, 0.14),
    Part("nest", 0.25, 0.3, ("en-garnett",)),
    Part("nest", 0.4, 0.44, ("en-hapgood", "en-garnett")),
    Part("nest", 0.6, 0.64, ("en-hapgood", "en-ralston")),
    Part("novels/poor-folk", 0.1, 0.16, ("en-garnett",)),
    Part("novels/poor-folk", 0.26, 0.31, ("en-garnett",)),
    Part("novels/poor-folk", 0.4, 0.45, ("en-garnett",)),
    Part("novels/crime", 0.01, 0.03),
    Part("novels/crime", 0.06, 0.08),
    Part("novels/crime", 0.4, 0.42),
    Part("novels/demons", 0.03, 0.045),
    Part("novels/demons", 0.1, 0.115),
    Part("novels/demons", 0.6, 0.615),
    Part("wmt22", 0, 150, ("ref-A", "HuaweiTSC")),
    Part("wmt22", 150, 300, ("ref-A", "Online-W")),
    Part("wmt22", 700, 850, ("ref-A",)),
    Part("bible/Judges", 0, 120),
    Part("bible/ISamuel", 0, 120),
)


def work_of(part: Part) -> Work:
    """Read a part of a work, its Russian the source."""
    assert SHARED is not None
    if part.work == "wmt22":
        with (SHARED / "wmt22" / "rows.tsv").open(encoding="utf-8") as lines:
            listed = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[
                int(part.start) : int(part.stop)
            ]
        return from_rows([{"ru": r["ru"], **{f"en-{v.lower()}": r[v] for v in part.versions or ()}} for r in listed])
    if part.work.startswith("bible/"):
        verses = bible(part.work.removeprefix("bible/"))[int(part.start) : int(part.stop)]
        return from_rows([{"ru": verse.source, **verse.versions} for verse in verses])
    texts = {path.stem: path.read_text("utf-8") for path in sorted((SHARED / part.work).glob("*.txt"))}
    kept = {v: text for v, text in texts.items() if v == "ru" or part.versions is None or v in part.versions}
    return from_texts({v: _between(text, part.start, part.stop) for v, text in kept.items()}, source="ru")


def _between(text: str, start: float, stop: float) -> str:
    """Cut whole paragraphs out of a text, by shares of its length."""
    first, last = (text.find("\n\n", int(len(text) * share)) for share in (start, stop))
    return text[first + 2 : last]


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate with its features; `planted`: whether it stands where something was planted."""

    work: str
    kind: str
    features: Mapping[str, float]
    planted: bool


def samples(part: Part, seed: int) -> Iterator[Sample]:
    """Plant in a part of a work, align it anew, and yield all candidates."""
    clean = collate(work_of(part))
    versions = [v.id for v in clean.work.versions if v.role != "source"]
    work, passages = planted_work(clean, plant(clean, versions, random.Random(seed), SHARE))
    analysis = Analysis(collate(work))
    coverage = WordCoverage(analysis.words, analysis.renderings)
    measures = Measures(coverage, analysis.row_readings, analysis.length_ratios)
    for candidate in candidates(coverage, analysis.row_readings):
        if analysis.collation.rows[candidate.row_index].confidence >= ALIGNED:
            planted = any(_touches(analysis, candidate, passage) for passage in passages)
            yield Sample(part.work, candidate.kind, measures.features(candidate), planted)


def _touches(analysis: Analysis, candidate: Candidate, passage: Passage) -> bool:
    """Tell whether a candidate stands where a passage was planted, or right beside it."""
    if (candidate.version, candidate.kind) != (passage.version, passage.kind):
        return False
    span = analysis.words.place(candidate.version, candidate.row_index, candidate.start, candidate.stop).span
    return span.start <= passage.end and passage.start <= span.end


def model(listed: Sequence[Sample], kind: str) -> dict[str, Any]:
    """Fit the ranker of one kind."""
    names = FEATURES[kind]
    values = table([sample.features for sample in listed], names)
    labels = np.array([float(sample.planted) for sample in listed])
    return fit(names, values, labels, rounds=150, leaves=6, rate=0.05, least=15, up=UP, down=DOWN)


def everything() -> list[Sample]:
    """Return the samples of all parts."""
    return [sample for seed, part in enumerate(PARTS, 1) for sample in samples(part, seed)]


def main() -> None:
    """Train the rankers, write them, and print the figures."""
    listed = everything()
    print(*figures(listed), sep="\n")
    out = {}
    for kind, calibration in CALIBRATION.items():
        out[kind] = {**model([s for s in listed if s.kind == kind], kind), "calibration": calibration}
    (DATA / "omissions.json").write_text(json.dumps(out, separators=(",", ":")) + "\n", "utf-8")


def figures(listed: Sequence[Sample]) -> Iterator[str]:
    """Say of each kind how well every work's candidates are judged by what was learned from the other works."""
    for kind, names in FEATURES.items():
        mine = [sample for sample in listed if sample.kind == kind]
        odds, labels = np.zeros(len(mine)), np.array([sample.planted for sample in mine])
        works = np.array([sample.work for sample in mine])
        for work in sorted(set(works.tolist())):
            trees = parse(model([s for s in mine if s.work != work], kind))
            held = works == work
            odds[held] = trees.scores(names, table([s.features for s in mine if s.work == work], names))
            yield f"{kind}, {work}: average precision {average_precision(labels[held], odds[held]):.3f} of {held.sum()}"
        yield f"{kind}, each work left out: average precision {average_precision(labels, odds):.3f} of {len(mine)}"


def average_precision(labels: np.ndarray, odds: np.ndarray) -> float:
    """Return the mean precision at each true one, the likeliest first."""
    true = labels[np.argsort(-odds, kind="stable")].astype(bool)
    return float((np.cumsum(true) / np.arange(1, len(true) + 1))[true].mean()) if true.any() else float("nan")
