"""Texts with a known alignment, made from verses: joined, split, dropped, repeated and exchanged by a fixed seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Indices on either side, as vecalign and Bertalign write them.
Link = tuple[tuple[int, ...], tuple[int, ...]]

#: Chapters that the Russian numbers otherwise than the English versions do, so that its verses are not theirs.
UNLIKE = frozenset(
    {"Joshua 5", "Joshua 6", "ISamuel 23", "ISamuel 24", "IISamuel 18", "IISamuel 19", "Esther 1", "Jonah 1", "Jonah 2"}
)

BOOKS = ("Genesis", "Exodus", "Joshua", "Judges", "Ruth", "ISamuel", "IISamuel", "Esther", "Jonah")


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two texts, a sentence an item, and the links that are right between them."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[Link, ...]


def verses(
    folder: Path, versions: Sequence[str], books: Sequence[str] = BOOKS, unlike: bool = False
) -> list[tuple[str, ...]]:
    """Read the verses that all the versions have, one tuple a verse. `unlike`: also the chapters numbered otherwise."""
    read = []
    for book in books:
        header, *lines = (folder / "bible" / f"{book}.tsv").read_text(encoding="utf-8").splitlines()
        columns = [header.split("\t").index(version) for version in versions]
        rows = [line.split("\t") for line in lines]
        rows = [row for row in rows if unlike or f"{book} {row[0].split(':')[0]}" not in UNLIKE]
        read += [cells for row in rows if all(cells := tuple(row[column].strip() for column in columns))]
    return read


def halves(verse: str) -> tuple[str, str] | None:
    """Split a verse after the punctuation nearest to its middle, or None where neither half would be a clause."""
    marks = [m.end() for m in re.finditer(r"[,;:.!?—]\S{0,2}\s", verse) if 20 <= m.end() <= len(verse) - 20]
    if not marks:
        return None
    cut = min(marks, key=lambda mark: (abs(2 * mark - len(verse)), mark))
    return verse[:cut].strip(), verse[cut:].strip()


#: How often a group of verses takes each shape. `2:2`: three verses, the first two joined on one side, the last two on
#: the other. A split verse makes 1:2 or 2:1 as well as a joined pair does.
SHAPES = {
    "1:1": 0.72,
    "2:1": 0.05,
    "1:2": 0.05,
    "split 1:2": 0.05,
    "split 2:1": 0.05,
    "1:3": 0.02,
    "3:1": 0.02,
    "2:2": 0.04,
}


def shuffle(rows: Sequence[tuple[str, str]], seed: int, gaps: float = 0.0) -> Parallel:
    """Make two texts of the verses. `gaps`: the chance at a verse that 1 to 40 are dropped from one side."""
    chance = random.Random(seed)
    source: list[str] = []
    target: list[str] = []
    gold: list[Link] = []

    def add(left: Sequence[str], right: Sequence[str]) -> None:
        here = tuple(range(len(source), len(source) + len(left))), tuple(range(len(target), len(target) + len(right)))
        source.extend(left)
        target.extend(right)
        gold.append(here)

    at = 0
    while at < len(rows):
        if chance.random() < gaps:
            run = rows[at : at + int(40 ** chance.random() + 0.5)]
            kept = chance.randrange(2)
            for row in run:
                add(*(([row[0]], []) if kept else ([], [row[1]])))
            at += len(run)
            continue
        shape = chance.choices(list(SHAPES), weights=list(SHAPES.values()))[0]
        size = 3 if "3" in shape or shape == "2:2" else 2 if shape in ("1:2", "2:1") else 1
        group = rows[at : at + size]
        at += len(group)
        left, right = [row[0] for row in group], [row[1] for row in group]
        if len(group) < size:
            for row in group:
                add([row[0]], [row[1]])
        elif shape in ("2:1", "3:1"):
            add(left, [" ".join(right)])
        elif shape in ("1:2", "1:3"):
            add([" ".join(left)], right)
        elif shape == "2:2":
            crossed = ([" ".join(left[:2]), left[2]], [right[0], " ".join(right[1:])])
            add(*crossed) if chance.randrange(2) else add(
                [left[0], " ".join(left[1:])], [" ".join(right[:2]), right[2]]
            )
        elif shape == "split 1:2":
            add(left, halves(right[0]) or right)
        elif shape == "split 2:1":
            add(halves(left[0]) or left, right)
        else:
            add(left, right)
    return Parallel(tuple(source), tuple(target), tuple(gold))


@dataclass(frozen=True, slots=True)
class Many:
    """Several texts, and the rows that are right: for each text the half-open range of its segments."""

    texts: tuple[tuple[str, ...], ...]
    gold: tuple[tuple[tuple[int, int], ...], ...]


def shuffle_many(
    rows: Sequence[tuple[str, ...]], seed: int, join: float = 0.05, split: float = 0.04, drop: float = 0.01
) -> Many:
    """Join, split and drop verses in every version for itself; a row is what joins hold together in any of them."""
    chance = random.Random(seed)
    versions = range(len(rows[0]))
    texts: list[list[str]] = [[] for _ in versions]
    ends: list[list[int]] = [[] for _ in versions]
    held = [False] * len(rows)
    for version in versions:
        at = 0
        while at < len(rows):
            verse = rows[at][version]
            what = chance.random()
            if what < drop:
                pass
            elif what < drop + join and at + 1 < len(rows):
                texts[version].append(f"{verse} {rows[at + 1][version]}")
                ends[version].append(len(texts[version]))
                held[at] = True
                at += 1
            elif what < drop + join + split:
                texts[version].extend(halves(verse) or (verse,))
            else:
                texts[version].append(verse)
            ends[version].append(len(texts[version]))
            at += 1
    gold = []
    last = [0 for _ in versions]
    for number, on in enumerate(held):
        if not on:
            here = [ends[version][number] for version in versions]
            gold.append(tuple(zip(last, here, strict=True)))
            last = here
    return Many(tuple(map(tuple, texts)), tuple(gold))


def shapes(rows: Sequence[tuple[str, str]], seed: int) -> Iterator[tuple[str, Parallel]]:
    """Yield the hard shapes by name: an abridgement, a preface, a repeated block, two exchanged blocks."""
    chance = random.Random(seed)
    full = shuffle(rows, seed)
    kept, run = [], 0
    dropping = False
    for _ in full.target:
        if run == 0:
            dropping = not dropping
            run = chance.randint(10, 60) if dropping else int(chance.randint(10, 60) * 7 / 3)
        kept.append(not dropping)
        run -= 1
    # An abridgement drops whole links: a half-dropped link would have no right answer.
    kept_links = [bool(link[1]) and kept[link[1][0]] for link in full.gold]
    yield "abridged", relay(full, [(n, True, kept_links[n]) for n in range(len(full.gold))])
    links = len(full.gold)
    front = next(n for n in range(links) if full.gold[n][0][-1] >= 600)
    yield "preface", relay(full, [(n, True, n >= front) for n in range(links)])
    block = links // 3

    def after(link: int) -> int:
        """The link that begins at least a hundred of the target's segments after another."""
        return next(n for n in range(link, links) if full.gold[n][1][0] >= full.gold[link][1][0] + 100)

    middle, end = after(block), after(after(block))
    plan = [(n, True, True) for n in range(links)]
    again = [(n, False, True) for n in range(block, middle)]
    yield "repeated", relay(full, plan[: 2 * block] + again + plan[2 * block :])
    swapped = [*range(block), *range(middle, end), *range(block, middle), *range(end, links)]
    yield "exchanged", relay(full, plan, swapped)


def relay(
    text: Parallel, plan: Sequence[tuple[int, bool, bool]], target_order: Sequence[int] | None = None
) -> Parallel:
    """Lay the links of `plan` (link, on the source side, on the target side) anew.

    `target_order`: the order of the plan's items on the target side, for moved blocks. A link that a side had already
    is a repetition: nothing corresponds to it.
    """
    source: list[str] = []
    target: list[str] = []
    places: dict[int, list[tuple[int, ...]]] = {}
    for side, (lines, texts) in enumerate(((source, text.source), (target, text.target))):
        order = target_order if side and target_order is not None else range(len(plan))
        for item in order:
            link, *present = plan[item]
            if present[side]:
                indices = text.gold[link][side]
                places.setdefault(2 * item + side, []).append(tuple(range(len(lines), len(lines) + len(indices))))
                lines.extend(texts[index] for index in indices)
    gold: list[Link] = []
    for item, (_, here, there) in enumerate(plan):
        left = places[2 * item][0] if here else ()
        right = places[2 * item + 1][0] if there else ()
        if here and there:
            gold.append((left, right))
        else:
            gold += [((index,), ()) for index in left] + [((), (index,)) for index in right]
    return Parallel(tuple(source), tuple(target), tuple(gold))
