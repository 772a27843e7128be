"""Variant sites: their words in columns, their kinds, their weight, and which reading the source supports.

CollateX, the peer for the columns, is GPL and no dependency: it runs in an environment of its own where
`HEXAPLA_COLLATEX` names its interpreter (`python -m venv DIR`, `DIR/bin/pip install collatex Levenshtein`).
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path

import compare
from compare.analysis import Analysis
from compare.values import Collation, Site
from compare.wordalign.embeddings import lexicon
from compare.words import is_function, words
from tests.bench import Figure
from tests.data import SHARED
from tests.marks import gold, located, work
from tests.planting.auroc import auroc
from tests.test_apparatus_columns import CASES, collated_words, wanted_columns
from tests.variants import GOLD, analysed, matching, read

HOME = Path(__file__).parents[2] / "texts" / "karabakh-1920"
FAULTS = Path(__file__).parents[1] / "gold" / "karabakh-faults.tsv"
#: Kinds that say that the versions tell different things.
DIFFERENT = {"meaning", "number", "name", "negation", "omission", "addition"}
#: Families of faults that are faults of what is said, and among how many sites by weight they are to stand.
_TOLD, _FIRST = {"SEM", "OMI", "NUM", "NAM", "TRM", "REP"}, 40
_PLANTED = 300
#: The work of `tests/gold/editor/errors.tsv` that has translations enough and errors enough.
_NEWS = "wmt22"

_COLLATEX = """
import json, sys
from collatex import Collation, collate
def columns(texts):
    c = Collation()
    for n, text in enumerate(texts):
        c.add_plain_witness(str(n), text)
    if not any(texts): return []
    table = collate(c, near_match=True, segmentation=False)
    def said(cell):
        return None if cell is None else "".join(t.token_data["t"] for t in cell).strip()
    return [[said(cell) for cell in row.cells] for row in table.rows]
out = []
for texts in json.load(sys.stdin):
    try: out.append(columns(texts))
    except Exception: out.append(None)
json.dump(out, sys.stdout)
"""


def bench() -> Iterator[Figure]:
    """Measure the room; without the development data only the columns and the repository's own work."""
    yield _collation()
    yield from _karabakh()
    if SHARED is None:
        return
    yield from _listed()
    yield from _kinds()
    yield from _support()
    yield _speed()


def _collation() -> Figure:
    """Say of how many cases all orders of their versions give the columns that philologists want."""
    runs = [(name, order) for name, case in CASES.items() for order in permutations(range(len(wanted_columns(case))))]
    texts = []
    for name, order in runs:
        table = wanted_columns(CASES[name])
        texts.append([" ".join(word for word in table[v] if word != "·") for v in order])
    wanted = [[wanted_columns(CASES[name])[v] for v in order] for name, order in runs]
    ours = [collated_words(each) for each in texts]
    peers = {}
    if interpreter := os.environ.get("HEXAPLA_COLLATEX"):
        done = subprocess.run(
            [interpreter, "-c", _COLLATEX], input=json.dumps(texts), capture_output=True, text=True, check=True
        )
        theirs = [[[word or "·" for word in line] for line in table or []] for table in json.loads(done.stdout)]
        peers["CollateX"] = _share(runs, theirs, wanted)
    return Figure("cases collated as wanted in every order", _share(runs, ours, wanted), 1.0, peers=peers)


def _share(runs: Sequence[tuple[str, object]], tables: Sequence[object], wanted: Sequence[object]) -> float:
    wrong = {name for (name, _), table, right in zip(runs, tables, wanted, strict=True) if table != right}
    return 1 - len(wrong) / len({name for name, _ in runs})


def _karabakh() -> Iterator[Figure]:
    report = compare.report(compare.load(HOME))
    sites = report.variants.by_weight()
    text = report.work.version("en-2020").text
    with FAULTS.open(encoding="utf-8") as lines:
        faults = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    ranks, listed = [], []
    for fault in faults:
        start = -1
        for _ in range(int(fault["occurrence"])):
            start = text.index(fault["quote"], start + 1)
        listed.append((start, start + len(fault["quote"])))
        if fault["severity"] in ("critical", "major") and fault["kind"] in _TOLD:
            ranks.append(_rank(sites, "en-2020", *listed[-1]))
    wanted = [any(_rank([site], "en-2020", *at) for at in listed) for site in sites[:_FIRST]]
    yield Figure("karabakh: of the first 40 hold a listed fault", sum(wanted) / len(wanted), 0.7)
    yield Figure("karabakh: grave faults of what is said in the first 40", _within(ranks, _FIRST), 0.8)
    yield Figure("karabakh: the same, in the list at all", _within(ranks, len(sites)), 1.0)


def _listed() -> Iterator[Figure]:
    """Ask the same of three translations of news whose errors were listed before anybody saw a report."""
    assert SHARED is not None
    report = compare.report(work(_NEWS, SHARED))
    errors = located(report.collation, [line for line in gold("errors.tsv") if line["work"] == _NEWS])
    read_ = [site for site in report.variants.by_weight() if site.row <= max(int(line["to"]) for line in errors)]
    spans = [(line["version"], *_span(report.collation, line)) for line in errors]
    grave = [span for span, line in zip(spans, errors, strict=True) if line["severity"] in ("critical", "major")]
    ranks = [_rank(read_, *span) for span in grave]
    wanted = [any(_rank([site], *span) for span in spans) for site in read_[:_FIRST]]
    yield Figure("news, 75 rows: of the first 40 hold a listed error", sum(wanted) / len(wanted))
    yield Figure(f"news: of {len(grave)} grave errors in the first 40", _within(ranks, _FIRST))
    yield Figure("news: the same, in the list at all", _within(ranks, len(read_)), 1.0)


def _span(collation: Collation, line: Mapping[str, str]) -> tuple[int, int]:
    """Return the characters of a version that a listed error quotes."""
    version = collation.work.version(line["version"])
    start = version.text.index(line["quote"], collation.rows[int(line["row"]) - 1].spans[version.id].start)
    return start, start + len(line["quote"])


def _within(ranks: Sequence[int | None], most: int) -> float:
    return sum(rank is not None and rank <= most for rank in ranks) / len(ranks)


def _rank(sites: Sequence[Site], version: str, start: int, end: int) -> int | None:
    """Return the number of the first site with a reading of the version that meets a range."""
    for number, site in enumerate(sites, 1):
        for reading in site.readings:
            a, b = reading.spans.get(version, (-1, -1))
            if (a < end and b > start) or start <= a == b <= end:
                return number
    return None


def _kinds() -> Iterator[Figure]:
    matched = [
        (label, matching(analysis.variants, row, spans))
        for analysis, listed in analysed(read(GOLD))
        for label, row, spans in listed
    ]
    found = [(label, site.kind if site else "none") for label, site in matched]
    right = [kind == label.kind for label, kind in found]
    passes = [kind in (label.kind, *label.also) for label, kind in found]
    either = [kind in (label.kind, *label.also, *label.again) for label, kind in found]
    different = [(kind in DIFFERENT) == (label.kind in DIFFERENT) for label, kind in found]
    yield Figure("kind of 300 sites: as the reader said first", sum(right) / len(right))
    yield Figure("kind of 300 sites: as the reader would let pass", sum(passes) / len(passes), 0.85)
    yield Figure("kind of 300 sites: as either of two readers would", sum(either) / len(either))
    twice = [(label, kind) for label, kind in found if label.again]
    first = sum(label.again[0] in (label.kind, *label.also) for label, _ in twice)
    yield Figure(f"kind of {len(twice)} sites read again: the second reader, by the first", first / len(twice))
    yield Figure("different in meaning or not", sum(different) / len(different), 0.9)
    let = [(kind in DIFFERENT) in {each in DIFFERENT for each in (label.kind, *label.also)} for label, kind in found]
    yield Figure("different in meaning or not: as the reader would let pass", sum(let) / len(let))
    told = [(kind in DIFFERENT, label.kind in DIFFERENT) for label, kind in found]
    both = sum(ours and theirs for ours, theirs in told)
    yield Figure("different in meaning: F1", 2 * both / max(sum(map(sum, told)), 1))
    weights = [(site.score if site else 0.0, theirs) for (_, site), (_, theirs) in zip(matched, told, strict=True)]
    bad, good = ([score for score, theirs in weights if theirs is each] for each in (True, False))
    yield Figure("different in meaning: AUROC of the weight", auroc(bad, good))
    yield Figure("different in meaning or not, were none said to be", sum(not d for _, d in told) / len(told))


def _support() -> Iterator[Figure]:
    """Replace a word of one of three versions by another of its frequency and ask which reading the source supports."""
    assert SHARED is not None
    rng = random.Random(3)
    with (SHARED / "bible" / "ISamuel.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[:_PLANTED]
    pool = [w.text for row in rows for w in words(row["en-asv"]) if _replaceable(w.text)]
    table, planted = [], {}
    for i, row in enumerate(rows):
        cells = {"ru": row["ru-synodal"], "en-a": row["en-asv"], "en-b": row["en-asv"]}
        chosen = [w for w in words(row["en-asv"]) if _replaceable(w.text)]
        if chosen:
            word = rng.choice(chosen)
            other = rng.choice([w for w in pool if w != word.text])
            cells["en-b"] = row["en-asv"][: word.start] + other + row["en-asv"][word.end :]
            planted[i + 1] = True
        table.append(cells)
    sites = [s for s in Analysis(compare.collate(compare.from_rows(table, source="ru"))).variants if s.row in planted]
    said = [s for s in sites if any(reading.supported for reading in s.readings)]
    yield Figure("planted words: the source says which reading it supports", len(said) / len(sites), 0.6)
    right = sum(reading.versions == ("en-a",) for s in said for reading in s.readings if reading.supported)
    yield Figure("planted words: it supports the right one", right / max(len(said), 1), 0.9)


def _replaceable(word: str) -> bool:
    return word.islower() and not is_function(word, "en") and lexicon().pos(word) == "n"


def _speed() -> Figure:
    assert SHARED is not None
    rows: list[Mapping[str, str]] = []
    for path in sorted((SHARED / "bible").glob("*.tsv")):
        with path.open(encoding="utf-8") as lines:
            rows += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    chosen = [{k: row[k] for k in ("ru-synodal", "en-asv", "en-ylt", "en-bbe")} for row in rows[:3000]]
    analysis = Analysis(compare.collate(compare.from_rows(chosen, source="ru-synodal")))
    _ = analysis.words, analysis.names, analysis.renderings
    start = time.process_time()
    _ = analysis.variants
    return Figure("seconds for 3,000 rows of three versions", time.process_time() - start, 10, "lower", unit=" s")
