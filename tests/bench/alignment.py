"""How well and how fast versions are aligned, with the peers that are installed beside it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from compare import encode
from compare.alignment import align_sides
from compare.alignment.encoded_text import CUTS, LONGEST, Parts, Side, pack, parts_of, read_side
from compare.alignment.progressive import collate_sides
from compare.collation import collate
from compare.values import Collation, Encoder, Version, Work
from tests import zoo
from tests.bench import Figure
from tests.bench.memory import apart, peak
from tests.bench.score import f1
from tests.data import SHARED
from tests.planting.alignments import Many, Parallel, shapes, shuffle, shuffle_many, verses

GOLD = Path(__file__).parents[1] / "gold" / "overcoat-paragraphs.tsv"
RUSSIAN, ENGLISH = "ru-synodal", ("en-asv", "en-ylt", "en-bbe")
#: The least strict F1 for each hard shape.
SHAPES = {"abridged": 0.965, "preface": 0.965, "repeated": 0.976, "exchanged": 0.955}
NOVEL = ("ru", "en-garnett", "en-hapgood", "en-ralston")


def bench() -> Iterator[Figure]:
    """Measure on the development data; nothing where it is absent."""
    if SHARED is None:
        return
    encoder = encode.get()
    for target in ENGLISH:
        rows = [(a, b) for a, b in verses(SHARED, (RUSSIAN, target))]
        for name, gaps, least in (("", 0.0, 0.985), (", gaps", 0.012, 0.982)):
            yield from scored(f"ru–{target}{name}", shuffle(rows, 1, gaps), encoder, least)
    rows = [(a, b) for a, b in verses(SHARED, (RUSSIAN, "en-asv"), unlike=True)]
    yield from scored("ru–en-asv, with the chapters numbered otherwise", shuffle(rows, 1), encoder, None)
    for source, target in (("en-asv", "en-ylt"), ("en-asv", "en-bbe")):
        rows = [(a, b) for a, b in verses(SHARED, (source, target), unlike=True)]
        yield from scored(f"{source}–{target}", shuffle(rows, 1), encoder, 0.995)
    rows = [(a, b) for a, b in verses(SHARED, (RUSSIAN, "en-asv"))]
    for name, text in shapes(rows[:5250], 5):
        yield from scored(f"ru–en-asv, {name}", text, encoder, SHAPES[name])
    yield from collated(shuffle_many(verses(SHARED, (RUSSIAN, *ENGLISH), ("Exodus", "Judges", "IISamuel")), 3), encoder)
    yield Figure("chapters of the novel in one row", chapters(SHARED), 46, unit=" of 46")
    yield Figure("paragraphs read by eye", overcoat(SHARED), 1.0)
    for size in (1_000, 5_000, 30_000):
        seconds, memory = apart(cost, size)
        long = size > 5_000
        yield Figure(f"time, {size} segments a side", seconds, 12.0 if long else None, "lower", unit=" s")
        yield Figure(f"memory, {size} segments a side", memory, 1.5 if long else None, "lower", unit=" GB")


def scored(name: str, text: Parallel, encoder: Encoder, least: float | None) -> Iterator[Figure]:
    """Align one text and score it as vecalign does."""
    found = align_sides(read_side(text.source, encoder), read_side(text.target, encoder))
    strict, lax = f1(text.gold, [(bead.source, bead.target) for bead in found])
    peers = {peer: f1(text.gold, links)[0] for peer, links in zoo.align(text.source, text.target, encoder)}
    yield Figure(f"strict F1, {name}", strict, least, peers=peers)
    yield Figure(f"lax F1, {name}", lax)


def collated(many: Many, encoder: Encoder) -> Iterator[Figure]:
    """Count the rows of several versions that are exactly right, aligned together and each with the first alone."""
    sides = {str(n): read_side(text, encoder) for n, text in enumerate(many.texts)}
    profile = collate_sides(sides)
    together = {
        tuple((int(profile.borders[id][row]), int(profile.borders[id][row + 1])) for id in sides)
        for row in range(len(profile))
    }
    right = share(many, together)
    alone = share(many, star(list(sides.values())))
    yield Figure("rows of four versions exactly right", right, 0.98, peers={"pairwise": alone})
    yield Figure("better than pairwise by", right - alone, 0.003)


def share(many: Many, rows: set[tuple[tuple[int, int], ...]]) -> float:
    """Return the share of the gold rows that are among some rows; where a version has nothing does not matter."""

    def held(row: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int] | None, ...]:
        return tuple(cell if cell[1] > cell[0] else None for cell in row)

    gold = {row for row in map(held, many.gold) if any(row)}
    return len(gold & set(map(held, rows))) / len(gold)


def star(sides: Sequence[Side]) -> set[tuple[tuple[int, int], ...]]:
    """Compose rows from the alignments of the first side with each other one."""
    spine, *others = sides
    beads = [align_sides(spine, other) for other in others]
    linked = np.zeros(len(spine) + 1, bool)
    for found in beads:
        for bead in found:
            linked[list(bead.source[1:])] = True
    heads = [i for i in range(len(spine)) if not linked[i]]
    cells: list[dict[int, list[int]]] = []
    rows = set()
    row_of = np.cumsum(~linked[:-1]) - 1
    for n, found in enumerate(beads):
        cells.append({})
        for bead in found:
            if bead.source:
                cells[-1].setdefault(int(row_of[bead.source[0]]), []).extend(bead.target)
            else:
                rows.add(
                    tuple((bead.target[0], bead.target[-1] + 1) if m == n + 1 else (0, 0) for m in range(len(sides)))
                )
    for row, (start, stop) in enumerate(zip(heads, [*heads[1:], len(spine)], strict=True)):
        there = [column.get(row, []) for column in cells]
        rows.add(((start, stop), *((at[0], at[-1] + 1) if at else (0, 0) for at in there)))
    return rows


def read(folder: Path, work: str, ids: Sequence[str]) -> Collation:
    """Collate a work of the development data."""
    versions = tuple(
        Version(
            id,
            (folder / work / f"{id}.txt").read_text(encoding="utf-8"),
            id[:2],
            "source" if id == "ru" else "translation",
        )
        for id in ids
    )
    return collate(Work(work, work, versions))


def chapters(folder: Path) -> int:
    """Count the Russian chapters less the headings of other versions that stand in no row of a Russian heading.

    Numbers are not compared: one of the versions misprints its own.
    """
    collation = read(folder, "nest", NOVEL)
    rows: dict[str, list[int]] = {}
    for version in collation.work.versions:
        headings = re.finditer(r"(?m)^(?:Chapter +)?(?:[IVXL]+|EPILOGUE|Epilogue|ЭПИЛОГ)\.?\s*$", version.text)
        found = (collation.row_at(version.id, heading.start()) for heading in headings)
        rows[version.id] = [row.number for row in found if row]
    source = rows.pop("ru")
    return len(set(source)) - sum(
        len(set(other) - set(source)) + len(other) - len(set(other)) for other in rows.values()
    )


def overcoat(folder: Path) -> float:
    """Return the share of the paragraph starts read by eye that stand in one row with the Russian ones."""
    header, *lines = (line.split("\t") for line in GOLD.read_text(encoding="utf-8").splitlines())
    collation = read(folder, "overcoat", header)
    right = wanted = 0
    for line in lines:
        places = {
            id: collation.work.version(id).text.find(words) for id, words in zip(header, line, strict=True) if words
        }
        rows = {id: collation.row_at(id, place) for id, place in places.items() if place >= 0}
        for id in header[1:]:
            if id in places:
                wanted += 1
                right += "ru" in rows and id in rows and rows[id] == rows["ru"]
    return right / max(wanted, 1)


#: How many segments in a hundred have 0, 1 … CUTS cuts: prose and verse taken together.
CUT = (25, 20, 24, 15, 16)


def cost(size: int) -> tuple[float, float]:
    """Align two sides of random vectors that are alike as translations are: seconds, and GB held at the most."""
    chance = np.random.default_rng(size)
    base = chance.standard_normal((size, 640), np.float32)
    source, target = _side(base, chance), _side(base, chance)
    del base
    start = time.perf_counter()
    align_sides(source, target)
    return time.perf_counter() - start, peak()


def _side(base: np.ndarray, chance: np.random.Generator) -> Side:
    size = len(base)
    own = base + 0.6 * chance.standard_normal(base.shape, np.float32)

    def unit(vectors: np.ndarray) -> np.ndarray:
        return pack(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))

    windows = np.empty((LONGEST, *base.shape), np.int16)
    total = np.zeros_like(own)
    for k in range(LONGEST):
        total[: size - k] += own[k:]
        windows[k] = unit(total)
    count = np.maximum(chance.choice(CUTS + 1, size, p=np.array(CUT) / 100), 1)
    edges: list[Parts] = []
    for _ in range(2):
        parts = np.empty((CUTS, *base.shape), np.int16)
        parts[:] = unit(own + 0.8 * chance.standard_normal(base.shape, np.float32))
        edges.append(parts_of(parts, count))
    lengths = np.concatenate([[0.0], np.cumsum(chance.integers(20, 200, size))])
    heads, tails = edges
    return Side(windows, heads, tails, lengths, np.ones(size + 1, np.float32), float(lengths[-1]))
