"""Passages that works share: fingerprints linked, links joined and judged, partition by partition.

`keep` leaves the words of a work's texts where a later task finds them by the work's index, so that no text is cut into
words twice; `link` reads a partition of fingerprints, and writes links, by partition of the two works; `share` reads a
partition of links and the words of their works, and writes a part of the table `shared`.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.shelf import partitions, passages, storage, tables
from compare.shelf.partitions import PARTS, TABLES, Line, ranked
from compare.shelf.record import Order

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Works whose texts a task holds at once: 0.4 MB each for 10,000 words.
TEXTS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A version as a passage is judged and quoted: its words, and where its rows begin and their numbers."""

    work: str
    version: str
    lang: str
    text: str
    words: passages.Words
    begins: Sequence[int]
    rows: Sequence[int]


def keep(order: Order, index: int, work: str, record: Mapping[str, Any], words: Sequence[passages.Words]) -> None:
    """Keep the texts of a work, whose index on the shelf that is, with their words."""
    made = []
    for version, cut in zip(record["versions"], words, strict=True):
        rows = sorted((line["start"], line["row"]) for line in record["rows"] if line["version"] == version["version"])
        known = {name: version[name] for name in ("version", "lang", "text")}
        arrays = {field.name: getattr(cut, field.name) for field in fields(cut)}
        made.append({"work": work, **known, **arrays, "begins": [at for at, _ in rows], "rows": [n for _, n in rows]})
    if made:
        columns = {name: [line[name] for line in made] for name in made[0]}
        partitions.put(order, f"{PARTS}/texts", index, partitions.arrow(columns))


def _texts(order: Order, index: int) -> list[Text]:
    table = partitions.get(order, f"{PARTS}/texts", index)
    names = [field.name for field in fields(passages.Words)]
    whole = table.drop_columns(names).to_pylist()
    return [
        Text(**line, words=passages.Words(*(table[name][at].values.to_numpy(zero_copy_only=False) for name in names)))
        for at, line in enumerate(whole)
    ]


def link(part: int, order: Order, parts: int) -> None:
    """Link the equal fingerprints of a partition."""
    got = partitions.columns(order, "prints", part)
    linked = passages.links(got["hash"], got["text"], got["at"].astype(np.int64)) if got else {}
    if linked:
        # The low half of an id counts a work's texts: what tells works apart stands above it.
        pair = (linked["a"] >> np.uint64(16)) * np.uint64(1_000_003) + (linked["b"] >> np.uint64(16))
        home = pair % np.uint64(parts)
        partitions.shuffle(order, "links", part, partitions.arrow(linked), home)


def share(part: int, order: Order) -> tuple[int, list[Line]]:
    """Judge the passages of a partition, write its part of `shared`; return how many there are, and the longest."""
    got = partitions.columns(order, "links", part)
    found = passages.chains(got) if got else {}
    bits = _bits(order) if found else np.zeros(0)
    read = functools.lru_cache(TEXTS)(lambda index: _texts(order, index))
    kept: list[Line] = []
    for a, b, *chain in zip(*(column.tolist() for column in found.values()), strict=True):
        one, other = read(a >> 16)[a & 0xFFFF], read(b >> 16)[b & 0xFFFF]
        if one.lang != other.lang:
            continue
        passage = passages.judged(one.words, other.words, bits, (chain[0], chain[1], chain[2], chain[3]))
        if passage:
            places = {**_place(one, "a", passage.i, passage.i_end), **_place(other, "b", passage.j, passage.j_end)}
            kept.append({**places, "alike": round(passage.alike, 4), "words": passage.matching, "lang": one.lang})
    lines = _once(kept)
    made = tables.table("shared", ({name: line[name] for name in tables.COLUMNS["shared"]} for line in lines))
    partitions.put(order, f"{TABLES}/shared", part, made)
    return len(lines), ranked(lines, lambda line: line["words"])


def _bits(order: Order) -> NDArray[np.float64]:
    total = np.zeros(1 << passages.COUNTER_BITS, np.int64)
    folder = storage.join(order.out, PARTS, "words")
    for name in storage.names(folder):
        total += tables.read(storage.read(storage.join(folder, name)))["count"].to_numpy()
    return passages.bits_of(total)


def _place(text: Text, side: str, first: int, end: int) -> Line:
    """Return the columns of one side of a passage: the words [first, end)."""
    start, stop = int(text.words.start[first]), int(text.words.end[end - 1])
    known = {"work": text.work, "version": text.version, "row": _row(text, start), "last": _row(text, stop - 1)}
    place = {**known, "start": start, "end": stop, "text": text.text[start:stop]}
    return {f"{name}_{side}": value for name, value in place.items()}


def _row(text: Text, offset: int) -> int:
    return text.rows[max(bisect_right(text.begins, offset) - 1, 0)] if text.rows else 0


def _once(lines: Iterable[Line]) -> list[Line]:
    """Keep of the passages that stand in the same rows of two works in several versions the one of most words."""
    kept: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda x: (-x["words"], -x["alike"], x["version_a"], x["version_b"], x["start_a"])):
        mine = kept[line["work_a"], line["work_b"], line["lang"]]
        if not any(_overlap(line, other, "a") and _overlap(line, other, "b") for other in mine):
            mine.append(line)
    every = [line for mine in kept.values() for line in mine]
    return sorted(every, key=lambda x: (x["work_a"], x["work_b"], x["row_a"], x["row_b"], x["start_a"], x["start_b"]))


def _overlap(one: Line, other: Line, side: str) -> bool:
    return bool(
        one[f"row_{side}"] <= other[f"last_{side}"] and other[f"row_{side}"] <= one[f"last_{side}"]
        if one[f"version_{side}"] != other[f"version_{side}"]
        else one[f"start_{side}"] < other[f"end_{side}"] and other[f"start_{side}"] < one[f"end_{side}"]
    )
