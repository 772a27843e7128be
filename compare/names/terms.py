"""Terms: capitalised phrases, and the English words that render one Russian word of office."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from importlib.resources import files

from compare.values import Collation, Place
from compare.words import key, words

_LINKS = frozenset({"of", "the", "for", "and", "to", "on", "in"})


@functools.cache
def alternates() -> dict[str, frozenset[str]]:
    """Return for each English word of office the Russian words that it renders."""
    origins: defaultdict[str, set[str]] = defaultdict(set)
    for line in files("compare.names").joinpath("offices.tsv").read_text("utf-8").splitlines()[1:]:
        russian, renderings = line.split("\t")
        for word in renderings.split():
            origins[word].add(russian)
    return {word: frozenset(found) for word, found in origins.items()}


def phrases(text: str) -> list[tuple[tuple[str, ...], int, int]]:
    """Find the capitalised phrases of two words or more: folded words, start, end. Links (of, the) stay inside."""
    found, run = [], []
    for word in words(text):
        if run and not re.fullmatch(r"[ \u00a0\n-]", text[run[-1].end : word.start]):
            found.append(run)
            run = []
        if word.text[0].isupper() or (run and key(word.text) in _LINKS):
            run.append(word)
        elif run:
            found.append(run)
            run = []
    found.append(run)
    trimmed = []
    for run in found:
        while run and key(run[-1].text) in _LINKS:
            run.pop()
        while run and key(run[0].text) in _LINKS:
            run.pop(0)
        if len(run) > 1:
            trimmed.append((tuple(key(w.text) for w in run), run[0].start, run[-1].end))
    return trimmed


def renderings(collation: Collation, version: str) -> list[list[list[Place]]]:
    """Group the phrases of a version that name one body: for each group the places of each form, the most frequent first."""
    places: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for folded, start, end in phrases(collation.work.version(version).text):
        places[folded].append(collation.place(version, start, end))
    order = sorted(places, key=lambda p: (-len(places[p]), places[p][0].span))
    groups: list[list[tuple[str, ...]]] = []
    for phrase in order:
        home = next((g for g in groups if _one_body(g[0], phrase)), None)
        if home:
            home.append(phrase)
        else:
            groups.append([phrase])
    return [[places[p] for p in group] for group in groups if len(group) > 1]


def _one_body(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if len(a) != len(b) or len([w for w in a if w not in _LINKS]) < 2:
        return False
    differ = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(differ) == 1 and bool(
        alternates().get(differ[0][0], frozenset()) & alternates().get(differ[0][1], frozenset())
    )
