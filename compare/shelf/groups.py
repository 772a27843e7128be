"""The first stage of a shelf: the records of a group of works become its part of each table, and lines to reduce."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from compare.lang import DEFAULT
from compare.shelf import partitions, passages, sharing, storage, tables
from compare.shelf.partitions import Line
from compare.shelf.record import NAME, Order, address
from compare.shelf.works import Listed

#: Bytes of works in a group, and works.
GROUP_BYTES, GROUP_WORKS = 8 << 20, 500
#: Tables of small works that are put together while a group is read.
TOGETHER = 32


def groups(listed: Sequence[Listed]) -> list[tuple[int, tuple[Listed, ...]]]:
    """Cut the works, in the order of their ids, into groups: the index of the first work, and the works."""
    out: list[tuple[int, tuple[Listed, ...]]] = []
    start = size = 0
    for at, each in enumerate(listed):
        if at > start and (size + each.size > GROUP_BYTES or at - start >= GROUP_WORKS):
            out.append((start, tuple(listed[start:at])))
            start, size = at, 0
        size += each.size
    return [*out, (start, tuple(listed[start:]))]


def gather(number: int, first: int, group: tuple[Listed, ...], order: Order, parts: int) -> tuple[int, dict[str, int]]:
    """Lay out the records of a group of works; return the words of their translations and the findings by check.

    `number`: the group's; `first`: the index of its first work on the shelf.
    """
    made_of: dict[str, list[Any]] = {name: [] for name in ("works", *tables.OF_A_WORK)}
    prints: list[tuple[Any, ...]] = []
    counted = np.zeros(1 << passages.COUNTER_BITS, np.int64)
    names: list[Line] = []
    terms: list[Line] = []
    habits: list[Line] = []
    for index, listed in enumerate(group, start=first):
        content = storage.read(storage.join(address(order, listed.id), NAME))
        if not (line := tables.work_of(content)):
            raise FileNotFoundError(f"{listed.id}: its record has gone")
        made_of["works"].append(tables.table("works", [{n: value for n, value in line.items() if n != "digest"}]))
        record = tables.tables_of(content)
        for name in tables.OF_A_WORK:  # as columns at once: mappings take ten times as much
            made_of[name].append(tables.table(name, ({"work": listed.id, **line} for line in record[name])))
            if len(made_of[name]) == TOGETHER:
                made_of[name] = [tables.together(name, made_of[name])]
        versions = {line["version"]: line for line in record["versions"]}
        texts = [passages.words_of(version["text"], version["lang"]) for version in record["versions"]]
        for at, text in enumerate(texts):
            counted += passages.counts(text.hash)
            kept, begins = passages.fingerprints(text.hash)
            prints.append((kept, np.full(len(kept), index << 16 | at, np.uint64), begins))
        sharing.keep(order, index, listed.id, record, texts)
        names += [_known(line, listed.id, versions, key=_name_key(line)) for line in record["names"]]
        terms += [_known(line, listed.id, versions, key=_term_key(line["term"])) for line in record["terms"]]
        habits += _counts(record, listed.id)
    for name, made in made_of.items():
        partitions.put(order, f"{partitions.TABLES}/{name}", number, tables.together(name, made))
    columns = [np.concatenate(each) for each in zip(*prints, strict=True)] if prints else [np.zeros(0, np.uint64)] * 3
    found = dict(zip(("hash", "text", "at"), columns, strict=True))
    partitions.shuffle(order, "prints", number, partitions.arrow(found), found["hash"] % np.uint64(parts))
    partitions.put(order, f"{partitions.PARTS}/words", number, partitions.arrow({"count": counted}))
    partitions.spread(order, "sounds", number, names, "sound", parts)
    partitions.spread(order, "terms", number, terms, "key", parts)
    partitions.spread(order, "counts", number, habits, "translator", parts)
    checks: Counter[str] = Counter()
    for line in habits:
        checks[line["check"]] += line["count"]
    return sum(line["words"] for line in habits if not line["check"]), dict(sorted(checks.items()))


def _known(line: Line, work: str, versions: Mapping[str, Line], key: str) -> Line:
    """Add to a line of names or terms its work, its key, and what is known of its version."""
    from compare.names.romanisation import habitual
    from compare.words import key as fold

    version = versions[line["version"]]
    known = {name: version[name] for name in ("lang", "translator", "year")}
    return {**line, **known, "work": work, "key": key, "sound": habitual(fold(line.get("spelling", "")))}


def _name_key(line: Line) -> str:
    """Return the Cyrillic lemma, folded; of a name without one a key that its Latin spellings share, after a `~`."""
    from compare.names.romanisation import habitual
    from compare.words import key

    name = key(line["name"])
    return name if re.search(r"[Ѐ-ӿ]", name) else f"~{habitual(key(line['proposed']))}"


def _term_key(term: str) -> str:
    """Return the words of a term, each word of office as the Russian that it renders."""
    from compare.terms.glossary import origins
    from compare.words import is_function, key

    found = [key(word) for word in term.split()]
    return " ".join(min(origins().get(word, {word})) for word in found if not is_function(word, DEFAULT)) or term


def _counts(record: Line, work: str) -> list[Line]:
    """Count the findings of each translation by check, and its words under no check, where its translator is known."""
    found = Counter((f["version"], f["check"]) for f in record["findings"] if f["status"] != "dismissed")
    lines = []
    for version in record["versions"]:
        if version["role"] != "source":
            own = {"translator": version["translator"], "work": work, "words": version["words"]}
            lines.append({**own, "check": "", "count": 0})
            lines += [
                {**own, "check": c, "count": n} for (id, c), n in sorted(found.items()) if id == version["version"]
            ]
    return lines
