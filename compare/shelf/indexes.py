"""The index of names and that of terms over all works of a shelf, and what their translators do by habit.

Names come by sound first: one that no version gives in Cyrillic takes the form that its spelling has elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from compare.lang import DEFAULT
from compare.shelf import partitions, tables
from compare.shelf.partitions import Line, ranked
from compare.shelf.record import Order

#: A translator's habit: works that show it at least, how many times the others' rate, and how rarely chance does so.
HABIT_WORKS, HABIT_RATE, HABIT_CHANCE = 2, 2.0, 0.001


def name(part: int, order: Order, parts: int) -> None:
    """Give names without a Cyrillic form the one that names of their sound have elsewhere, where it is only one."""
    lines = partitions.lines(order, "sounds", part)
    cyrillic: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if not line["key"].startswith("~"):
            cyrillic[line["sound"]].add(line["key"])
    for line in lines:
        known = cyrillic.get(line["sound"], set())
        if line["key"].startswith("~") and len(known) == 1:
            (line["key"],) = known
    partitions.spread(order, "names", part, lines, "key", parts)


def index(part: int, order: Order, kind: str) -> tuple[int, list[Line], list[Line]]:
    """Write a part of the index of names or of terms (`kind`), and the habits that it shows.

    Returned: how many there are, and those that stand in several works in the most spellings, one a line:
    `name`, `works`, `spellings` (each with its works), `forms`, their number; and habits to show.
    """
    form, title = ("spelling", "name") if kind == "names" else ("form", "term")
    lines = sorted(partitions.lines(order, kind, part), key=lambda x: (x["key"], x["work"], x["version"], x[form]))
    columns = tables.COLUMNS[f"{kind}_index"]
    partitions.put(
        order,
        f"{partitions.TABLES}/{kind}_index",
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
        latin = [line for line in mine if line["lang"] == DEFAULT]
        forms: dict[str, set[str]] = defaultdict(set)
        for line in latin:
            forms[line[form]].add(_where(line))
        if len(works) > 1 and len(forms) > 1:
            order_of = sorted(forms, key=lambda text: (-len(forms[text]), text))
            head = Counter(line[title] for line in mine).most_common(1)[0][0]
            texts = "; ".join(f"{text} ({_few(sorted(forms[text]))})" for text in order_of)
            shown.append({"name": head, "works": len(works), "forms": len(forms), "spellings": texts})
        if kind == "names":
            habits += _spelled(latin)
    if kind == "names":
        partitions.put(order, f"{partitions.TABLES}/habits", part, tables.table("habits", habits))
    return len(by_key), ranked(shown, lambda x: x["forms"] * x["works"]), ranked(habits, lambda x: x["works"])


def _where(line: Line) -> str:
    """Name a version as a reader knows it: its work and its year, or its id where that is not known."""
    return f"{line['work']} {line['year'] or line['version']}"


def _few(texts: Sequence[str]) -> str:
    return ", ".join(texts[:3]) + (f" and {len(texts) - 3} more" if len(texts) > 3 else "")


def _spelled(lines: Sequence[Line]) -> list[Line]:
    """Find the translators who spell a name alike in several works, and otherwise than the others mostly do."""
    mine: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        mine[line["translator"]][line["work"]][line["spelling"]] += line["count"]
        written[line["translator"]][line["spelling"]] += 1
    every = Counter(line["spelling"] for line in lines)
    out = []
    for translator, works in sorted(mine.items()):
        main = {max(sorted(counts), key=lambda text: counts[text]) for counts in works.values()}
        if translator and len(works) >= HABIT_WORKS and len(main) == 1 and (others := every - written[translator]):
            (spelling,) = main
            usual = max(sorted(others), key=lambda text: others[text])
            if usual != spelling:
                count = sum(counts[spelling] for counts in works.values())
                out.append(_habit(translator, "name", spelling, sorted(works), count, usual))
    return out


def translate(part: int, order: Order, parts: int, shelf: tuple[int, Mapping[str, int]]) -> list[Line]:
    """Find what translators do in several works and more than others, by the findings of each check.

    `shelf`: the words of all translations and the findings by check. A habit stands in `HABIT_WORKS` works and half of
    the translator's at least, `HABIT_RATE` times as often as in the others' words, and more often than chance would.
    """
    by_translator: dict[str, list[Line]] = defaultdict(list)
    for line in partitions.lines(order, "counts", part):
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
    partitions.put(order, f"{partitions.TABLES}/habits", parts + part, tables.table("habits", out))
    return ranked(out, lambda line: line["count"])


def _habit(translator: str, kind: str, what: str, works: Sequence[str], count: int, usual: str) -> Line:
    known = {"translator": translator, "kind": kind, "what": what, "works": len(works), "count": count}
    return {**known, "usual": usual, "examples": list(works[:3])}


def _chance(count: int, expected: float) -> float:
    """Return the probability that a Poisson variable of that mean is `count` or more."""
    logs = (k * math.log(expected) - expected - math.lgamma(k + 1) for k in range(count))
    return max(0.0, 1.0 - math.fsum(math.exp(each) for each in logs))
