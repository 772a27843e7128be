"""The reductions of a shelf: tasks over groups of works, then over partitions of what these wrote.

Between stages everything lies in files under `parts/`, a folder a stage and partition, so that no process holds more
than a group or a partition, and the client nothing but what its page shows.

- `gather` reads the records of a group of works, and writes their part of each table; their fingerprints, names, terms
  and counts of findings, by partition
- `link` reads a partition of fingerprints, and writes links, by partition of the two texts
- `share` reads a partition of links and the records of their works, and writes a part of `shared`
- `name` reads a partition of names, by sound, and writes them by name: what has no Cyrillic form takes the one that its
  spelling has elsewhere
- `index` reads a partition of names or terms, and writes a part of `names_index` or `terms_index`, and of `habits`
- `translate` reads a partition of counts, by translator, and writes a part of `habits`
"""

from __future__ import annotations

import functools
import heapq
import math
import re
import zlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.extras import need
from compare.shelf import passages, storage, tables
from compare.shelf.record import NAME, Order, address
from compare.shelf.works import Listed

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Bytes of works in a group, and works.
GROUP_BYTES, GROUP_WORKS = 8 << 20, 500
#: Bytes of works for a partition, and partitions at most.
PARTITION_BYTES, PARTITIONS = 64 << 20, 1024
#: Works whose texts a task that judges passages holds at once: 2 MB each for 10,000 words.
TEXTS = 64
#: Lines that each task shows of its part.
SHOWN = 200
#: A translator's habit: works that show it at least, how many times the others' rate, and how rarely chance does so.
HABIT_WORKS, HABIT_RATE, HABIT_CHANCE = 2, 2.0, 0.001
PARTS, TABLES = "parts", "tables"

Line = dict[str, Any]


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


def partitions(listed: Sequence[Listed]) -> int:
    """Return into how many partitions what the works hold is cut."""
    return min(PARTITIONS, 1 + sum(each.size for each in listed) // PARTITION_BYTES)


def ranked(lines: Iterable[Line], weight: Callable[[Line], float]) -> list[Line]:
    """Return the lines to show, the weightiest first; equal weights in the order of their words."""
    return heapq.nsmallest(SHOWN, lines, key=lambda line: (-weight(line), sorted(map(str, line.values()))))


# ---- a group of works ----


def gather(number: int, first: int, group: tuple[Listed, ...], order: Order, parts: int) -> tuple[int, dict[str, int]]:
    """Lay out the records of a group of works; return the words of their translations and the findings by check.

    `number`: the group's; `first`: the index of its first work on the shelf.
    """
    laid: dict[str, list[Any]] = {name: [] for name in ("works", *tables.OF_A_WORK)}
    prints: list[tuple[Any, ...]] = []
    counted = np.zeros(1 << passages.COUNTER_BITS, np.int64)
    names: list[Line] = []
    terms: list[Line] = []
    habits: list[Line] = []
    for index, listed in enumerate(group, start=first):
        content = storage.read(storage.join(address(order, listed.id), NAME))
        if not (line := tables.work_of(content)):
            raise FileNotFoundError(f"{listed.id}: its record has gone")
        laid["works"].append({name: value for name, value in line.items() if name != "digest"})
        record = tables.tables_of(content)
        for name in tables.OF_A_WORK:
            laid[name] += [{"work": listed.id, **line} for line in record[name]]
        versions = {line["version"]: line for line in record["versions"]}
        for at, version in enumerate(record["versions"]):
            hashes = passages.words_of(version["text"]).hash
            counted += passages.counts(hashes)
            kept, begins = passages.fingerprints(hashes)
            prints.append((kept, np.full(len(kept), index << 16 | at, np.uint64), begins))
        names += [_known(line, listed.id, versions, key=_name_key(line)) for line in record["names"]]
        terms += [_known(line, listed.id, versions, key=_term_key(line["term"])) for line in record["terms"]]
        habits += _counts(record, listed.id)
    for name, lines in laid.items():
        _put(order, f"{TABLES}/{name}", number, tables.table(name, lines))
    columns = [np.concatenate(each) for each in zip(*prints, strict=True)] if prints else [np.zeros(0, np.uint64)] * 3
    made = dict(zip(("hash", "text", "at"), columns, strict=True))
    _shuffle(order, "prints", number, _arrow(made), made["hash"] % np.uint64(parts))
    _put(order, f"{PARTS}/words", number, _arrow({"count": counted}))
    _put(order, f"{PARTS}/ids", number, _arrow({"id": [listed.id for listed in group]}))
    _spread(order, "sounds", number, names, "sound", parts)
    _spread(order, "terms", number, terms, "key", parts)
    _spread(order, "counts", number, habits, "translator", parts)
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
    return " ".join(min(origins().get(word, {word})) for word in found if not is_function(word, "en")) or term


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


# ---- shared passages ----


def link(part: int, order: Order, parts: int) -> None:
    """Link the equal fingerprints of a partition."""
    got = _columns(order, "prints", part)
    linked = passages.links(got["hash"], got["text"], got["at"].astype(np.int64)) if got else {}
    if linked:
        # The low half of an id counts a work's texts: what tells works apart stands above it.
        pair = (linked["a"] >> np.uint64(16)) * np.uint64(1_000_003) + (linked["b"] >> np.uint64(16))
        home = pair % np.uint64(parts)
        _shuffle(order, "links", part, _arrow(linked), home)


def share(part: int, order: Order, starts: Sequence[int]) -> tuple[int, list[Line]]:
    """Judge the passages of a partition, write its part of `shared`; return how many there are, and the longest.

    `starts`: for each group the index of its first work.
    """
    got = _columns(order, "links", part)
    found = (
        passages.chains(got) if got else dict.fromkeys(("a", "b", "i", "i_end", "j", "j_end"), np.zeros(0, np.int64))
    )
    bits = _bits(order) if len(found["a"]) else np.zeros(0)
    read = functools.lru_cache(TEXTS)(lambda index: _texts(order, _id(order, index, starts)))
    kept: list[Line] = []
    for a, b, *chain in zip(*(found[name].tolist() for name in ("a", "b", "i", "i_end", "j", "j_end")), strict=True):
        one, other = read(a >> 16)[a & 0xFFFF], read(b >> 16)[b & 0xFFFF]
        if one.lang != other.lang:
            continue
        passage = passages.judged(one.keys, other.keys, one.lang, bits, (chain[0], chain[1], chain[2], chain[3]))
        if passage:
            places = {
                **one.place("a", passage.i, passage.i_end),
                **other.place("b", passage.j, passage.j_end),
            }
            kept.append({**places, "alike": round(passage.alike, 4), "words": passage.matching, "lang": one.lang})
    lines = _once(kept)
    _put(
        order,
        f"{TABLES}/shared",
        part,
        tables.table("shared", ({k: v for k, v in x.items() if k != "lang"} for x in lines)),
    )
    return len(lines), ranked(lines, lambda line: line["words"])


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


class _Text:
    """A version as a passage is quoted from it."""

    def __init__(self, work: str, version: Line, rows: Sequence[Line]) -> None:
        from compare.words import key, words

        self.work, self.version, self.lang, self.text = work, version["version"], version["lang"], version["text"]
        found = words(self.text)
        self.keys = [key(word.text) for word in found]
        self.spans = [(word.start, word.end) for word in found]
        self.rows = sorted((line["start"], line["row"]) for line in rows if line["version"] == self.version)

    def place(self, side: str, first: int, end: int) -> Line:
        """Return the columns of one side of a passage: the words [first, end)."""
        start, stop = self.spans[first][0], self.spans[end - 1][1]
        known = {"work": self.work, "version": self.version, "row": self._row(start), "last": self._row(stop - 1)}
        return {
            f"{name}_{side}": value
            for name, value in {**known, "start": start, "end": stop, "text": self.text[start:stop]}.items()
        }

    def _row(self, offset: int) -> int:
        at = bisect_right(self.rows, offset, key=lambda row: row[0]) - 1
        return self.rows[max(at, 0)][1] if self.rows else 0


def _id(order: Order, index: int, starts: Sequence[int]) -> str:
    """Return the id of the work of that index on the shelf, by the list that its group has left."""
    group = bisect_right(starts, index) - 1
    ids = tables.read(storage.read(storage.join(order.out, PARTS, "ids", _file(group))))["id"]
    return str(ids[index - starts[group]].as_py())


def _texts(order: Order, id: str) -> list[_Text]:
    record = tables.tables_of(storage.read(storage.join(address(order, id), NAME)), ("versions", "rows"))
    return [_Text(id, version, record["rows"]) for version in record["versions"]]


def _bits(order: Order) -> NDArray[np.float64]:
    total = np.zeros(1 << passages.COUNTER_BITS, np.int64)
    folder = storage.join(order.out, PARTS, "words")
    for name in storage.names(folder):
        total += tables.read(storage.read(storage.join(folder, name)))["count"].to_numpy()
    return passages.bits_of(total)


# ---- names and terms ----


def name(part: int, order: Order, parts: int) -> None:
    """Give names without a Cyrillic form the one that names of their sound have elsewhere, where it is only one."""
    lines = _lines(order, "sounds", part)
    cyrillic: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if not line["key"].startswith("~"):
            cyrillic[line["sound"]].add(line["key"])
    for line in lines:
        known = cyrillic.get(line["sound"], set())
        if line["key"].startswith("~") and len(known) == 1:
            (line["key"],) = known
    _spread(order, "names", part, lines, "key", parts)


def index(part: int, order: Order, kind: str) -> tuple[int, list[Line], list[Line]]:
    """Write a part of the index of names or of terms (`kind`), and the habits that it shows.

    Returned: how many there are, and those that stand in several works in the most spellings, one a line:
    `name`, `works`, `spellings` (each with its works), `forms`, their number; and habits to show.
    """
    form, title = ("spelling", "name") if kind == "names" else ("form", "term")
    lines = sorted(_lines(order, kind, part), key=lambda x: (x["key"], x["work"], x["version"], x[form]))
    columns = tables.COLUMNS[f"{kind}_index"]
    _put(
        order,
        f"{TABLES}/{kind}_index",
        part,
        tables.table(f"{kind}_index", ({c: x[c] for c in columns} for x in lines)),
    )
    by_key: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_key[line["key"]].append(line)
    shown = []
    habits = []
    for mine in by_key.values():
        works = {line["work"] for line in mine}
        latin = [line for line in mine if line["lang"] == "en"]
        forms: dict[str, set[str]] = defaultdict(set)
        for line in latin:
            forms[line[form]].add(_said(line))
        if len(works) > 1 and len(forms) > 1:
            order_of = sorted(forms, key=lambda text: (-len(forms[text]), text))
            head = Counter(line[title] for line in mine).most_common(1)[0][0]
            said = "; ".join(f"{text} ({_few(sorted(forms[text]))})" for text in order_of)
            shown.append({"name": head, "works": len(works), "forms": len(forms), "spellings": said})
        if kind == "names":
            habits += _spelled(latin)
    if kind == "names":
        _put(order, f"{TABLES}/habits", part, tables.table("habits", habits))
    return len(by_key), ranked(shown, lambda x: x["forms"] * x["works"]), ranked(habits, lambda x: x["works"])


def _said(line: Line) -> str:
    """Name a version as a reader knows it: its work and its year, or its id where that is not known."""
    return f"{line['work']} {line['year'] or line['version']}"


def _few(texts: Sequence[str]) -> str:
    return ", ".join(texts[:3]) + (f" and {len(texts) - 3} more" if len(texts) > 3 else "")


def _spelled(lines: Sequence[Line]) -> list[Line]:
    """Find the translators who spell a name alike in several works, and otherwise than the others mostly do."""
    mine: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for line in lines:
        mine[line["translator"]][line["work"]][line["spelling"]] += line["count"]
    out = []
    for translator, works in sorted(mine.items()):
        main = {work: max(sorted(counts), key=lambda text: counts[text]) for work, counts in works.items()}
        others = Counter(line["spelling"] for line in lines if line["translator"] != translator)
        if translator and len(works) >= HABIT_WORKS and len(set(main.values())) == 1 and others:
            (spelling,) = set(main.values())
            usual = max(sorted(others), key=lambda text: others[text])
            if usual != spelling:
                count = sum(counts[spelling] for counts in works.values())
                out.append(_habit(translator, "name", spelling, sorted(works), count, usual))
    return out


# ---- translators ----


def translate(part: int, order: Order, parts: int, shelf: tuple[int, Mapping[str, int]]) -> list[Line]:
    """Find what translators do in several works and more than others, by the findings of each check.

    `shelf`: the words of all translations and the findings by check. A habit stands in `HABIT_WORKS` works and half of
    the translator's at least, `HABIT_RATE` times as often as in the others' words, and more often than chance would.
    """
    by_translator: dict[str, list[Line]] = defaultdict(list)
    for line in _lines(order, "counts", part):
        by_translator[line["translator"]].append(line)
    words, checks = shelf
    out = []
    for translator, mine in sorted(by_translator.items()):
        own = sum(line["words"] for line in mine if not line["check"])
        works = {line["work"] for line in mine}
        if not translator or len(works) < HABIT_WORKS or words <= own:
            continue
        for check in sorted({line["check"] for line in mine} - {""}):
            found = [line for line in mine if line["check"] == check]
            count, shown = sum(line["count"] for line in found), sorted({line["work"] for line in found})
            usual = (checks[check] - count) / (words - own) * own
            often = count >= HABIT_RATE * usual and _chance(count, max(usual, 0.1)) < HABIT_CHANCE
            if often and len(shown) >= max(HABIT_WORKS, len(works) / 2):
                out.append(_habit(translator, "check", check, shown, count, f"{usual:.1f}"))
    _put(order, f"{TABLES}/habits", parts + part, tables.table("habits", out))
    return ranked(out, lambda line: line["count"])


def _habit(translator: str, kind: str, what: str, works: Sequence[str], count: int, usual: str) -> Line:
    known = {"translator": translator, "kind": kind, "what": what, "works": len(works), "count": count}
    return {**known, "usual": usual, "examples": list(works[:3])}


def _chance(count: int, expected: float) -> float:
    """Return the probability that a Poisson variable of that mean is `count` or more."""
    logs = (k * math.log(expected) - expected - math.lgamma(k + 1) for k in range(count))
    return max(0.0, 1.0 - math.fsum(math.exp(each) for each in logs))


# ---- files between stages ----


def _arrow(columns: Mapping[str, Any]) -> Any:
    return need("pyarrow", storage.EXTRA).table(dict(columns))


def _put(order: Order, folder: str, number: int, table: Any) -> None:
    storage.write(storage.join(order.out, folder, _file(number)), tables.write(table))


def _file(number: int) -> str:
    return f"part-{number:05}.parquet"


def _shuffle(order: Order, stage: str, number: int, table: Any, home: NDArray[Any]) -> None:
    """Write each line of a table to its partition: a file a partition that has lines."""
    for part in np.unique(home).tolist():
        _put(order, f"{PARTS}/{stage}/{part}", number, table.take(np.flatnonzero(home == part)))


def _spread(order: Order, stage: str, number: int, lines: Sequence[Line], key: str, parts: int) -> None:
    """Write each mapping to the partition of its key."""
    if lines:
        home = np.array([zlib.crc32(line[key].encode()) % parts for line in lines])
        _shuffle(order, stage, number, need("pyarrow", storage.EXTRA).Table.from_pylist(list(lines)), home)


def _read(order: Order, stage: str, part: int) -> list[Any]:
    folder = storage.join(order.out, PARTS, stage, str(part))
    return [tables.read(storage.read(storage.join(folder, name))) for name in storage.names(folder)]


def _lines(order: Order, stage: str, part: int) -> list[Line]:
    return [line for table in _read(order, stage, part) for line in table.to_pylist()]


def _columns(order: Order, stage: str, part: int) -> dict[str, NDArray[Any]]:
    """Read a partition as columns; {} where it is empty."""
    read = _read(order, stage, part)
    if not read:
        return {}
    return {name: np.concatenate([table[name].to_numpy() for table in read]) for name in read[0].column_names}
