"""Aligned rows of the development data: a Russian sentence and its English versions."""

from __future__ import annotations

import csv
import dataclasses
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from compare.read import from_table
from compare.values import Work
from tests.data import SHARED


@dataclass(frozen=True, slots=True)
class Aligned:
    """One row: where it comes from, the source and the versions that have it."""

    corpus: str
    source: str
    versions: dict[str, str]


def bible(*books: str) -> list[Aligned]:
    """Read verses of the named books."""
    assert SHARED is not None
    out = []
    for book in books:
        for line in (SHARED / "bible" / f"{book}.tsv").read_text("utf-8").splitlines()[1:]:
            _, ru, *english = line.split("\t")
            versions = dict(zip(("en-asv", "en-ylt", "en-bbe"), english, strict=True))
            if ru and all(versions.values()):
                out.append(Aligned(f"bible/{book}", ru, versions))
    return out


#: Chapters of the novel, as it numbers them, for training and for the bench.
NEST_TRAIN, NEST_BENCH = ("II", "XV"), ("XX", "XXV")


@cache
def aligned_book(book: str, *ids: str) -> Work:
    """Read a book of scripture in the Russian and the versions named, a row for each verse."""
    work = from_table(SHARED / "bible" / f"{book}.tsv", source="ru-synodal")  # type: ignore[operator]
    kept = ("ru-synodal", *ids)
    return dataclasses.replace(
        work,
        versions=tuple(v for v in work.versions if v.id in kept),
        rows=tuple({id: span for id, span in row.items() if id in kept} for row in work.rows or ()),
    )


def novel(name: str, chapters: tuple[str, str] | None = None) -> list[Aligned]:
    """Align a novel's versions from one chapter heading up to another and keep the rows that all have.

    Of one to three sentences.
    """
    from compare.collation import collate
    from compare.read import from_texts

    assert SHARED is not None
    texts = {}
    for file in sorted((SHARED / name).glob("*.txt")):
        text = file.read_text("utf-8")
        texts[file.stem] = _chapters(text, *chapters) if chapters else text
    collation = collate(from_texts(texts, source="ru"))
    out = []
    for row in collation.rows:
        cells = {v.id: collation.cell(row, v.id).replace("\n", " ").strip() for v in collation.work.versions}
        most = max((b - a for a, b in row.segments.values()), default=0)
        if all(cells.values()) and most <= 3 and row.confidence > 0.5:
            out.append(Aligned(name, cells.pop("ru"), cells))
    return out


def _chapters(text: str, start: str, stop: str) -> str:
    lines = text.split("\n")
    heads = {line.strip().removeprefix("Chapter ").rstrip("."): i for i, line in reversed(list(enumerate(lines)))}
    return "\n".join(lines[heads[start] : heads[stop]])


def mlqe(part: str) -> list[dict[str, Any]]:
    """Read the sentences of MLQE-PE's part, as they stand."""
    assert SHARED is not None
    with (SHARED / "mlqe-ru-en" / f"{part}.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def demetr() -> Iterator[dict[str, str]]:
    """Read DEMETR's lines in which the perturbation changed something."""
    assert SHARED is not None
    for line in (SHARED / "demetr-ru-dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["perturbed"] != record["machine"]:
            yield record


#: News, talk and reviews: the rows that may be learned from, and the machine's versions of them that are good.
WMT_ROWS, WMT_SYSTEMS = 1200, ("Online-W", "Lan-Bridge", "JDExploreAcademy")


def wmt22() -> list[Aligned]:
    """Read the rows of WMT22 that may be learned from: a person's version and several of machines."""
    assert SHARED is not None
    with (SHARED / "wmt22" / "rows.tsv").open(encoding="utf-8") as lines:
        records = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[:WMT_ROWS]
    return [
        Aligned("wmt22", r["ru"], {v: r[v] for v in ("ref-A", *WMT_SYSTEMS) if r[v].strip()})
        for r in records
        if r["ru"].strip() and r["ref-A"].strip()
    ]


def post_edits() -> list[Aligned]:
    """Read the sentences of MLQE's training part as people have corrected them."""
    return [
        Aligned("mlqe", r["source"], {"en-postedit": untokenized(r["postedit"])})
        for r in mlqe("train")
        if 3 < len(r["machine"].split()) < 60
    ]


def untokenized(text: str) -> str:
    """Join the marks and endings that a tokenizer has separated from their words."""
    for mark in (".", ",", "!", "?", ";", ":", "'s", "n't", "'re", "'ve", "'m", "'ll", "'d"):
        text = text.replace(f" {mark}", mark)
    return text.replace(" '", "'")


#: Chapters of the novel that models learn from; between them lie those of the bench.
NEST_PARTS = (("II", "XX"), ("XXV", "XLIII"))
#: Books that models learn from.
BOOKS = ("Genesis", "Exodus", "Joshua", "Judges", "ISamuel", "IISamuel")
#: The works that models learn from, of which one may be held out.
WORKS = ("bible", "nest", "overcoat", "poor-folk", "crime", "demons", "wmt22", "mlqe")


@cache
def work(name: str) -> tuple[Aligned, ...]:
    """Return the rows of one of `WORKS`, those of the bench not among them."""
    match name:
        case "bible":
            return tuple(bible(*BOOKS))
        case "nest":
            return tuple(row for chapters in NEST_PARTS for row in novel("nest", chapters))
        case "overcoat":
            return tuple(novel("overcoat"))
        case "wmt22":
            return tuple(wmt22())
        case "mlqe":
            return tuple(post_edits())
    return tuple(Aligned(name, r.source, r.versions) for r in novel(f"novels/{name}"))


Half = Literal["networks", "trees"]


def half(rows: Sequence[Aligned], which: Half) -> list[Aligned]:
    """Return the rows of one half, by their source: no sentence is learned from by the networks and by the trees."""
    return [r for r in rows if (zlib.crc32(r.source.encode()) % 2 == 0) == (which == "networks")]


#: DEMETR's edits that leave the meaning and the sentence alone.
FORM_KINDS = (
    "minor_id15_case",
    "minor_id28_final_punc_removed",
    "minor_id30_tokenized",
    "minor_id31_full_lower",
    "minor_id32_first_lower",
)


def perturbed() -> list[list[tuple[str, dict[str, str]]]]:
    """Lay DEMETR out in documents that have each sentence once: the kind of each line and its record.

    A kind is `sound` for the machine's translation itself, which stands in `perturbed` too.
    """
    lines: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for record in demetr():
        if not record["kind"].startswith("base"):
            sound = ("sound", {**record, "perturbed": record["machine"]})
            lines.setdefault(record["source"], [sound]).append((record["kind"], record))
    rng = random.Random(4)
    for listed in lines.values():
        rng.shuffle(listed)
    longest = max(map(len, lines.values()))
    return [[listed[n] for listed in lines.values() if n < len(listed)] for n in range(longest)]
