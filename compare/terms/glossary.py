"""Terms: capitalised phrases, English renderings of one Russian word of office, and the work's glossary."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar

from compare.lang import DEFAULT, SOURCE, language
from compare.names.inflection import singular
from compare.values import Collation, Place, Row, Work
from compare.words import Word, is_blank, is_function, key, lemma, words

T = TypeVar("T")

_LINKS = frozenset({"of", "the", "for", "and", "to", "on", "in"})


@functools.cache
def offices() -> dict[str, frozenset[str]]:
    """Return for each Russian word of office (a lemma) the English words that render it."""
    lines = files("compare.names").joinpath("offices.tsv").read_text("utf-8").splitlines()[1:]
    return {russian: frozenset(renderings.split()) for russian, renderings in (line.split("\t") for line in lines)}


@functools.cache
def origins() -> dict[str, frozenset[str]]:
    """Return for each English word of office the Russian words that it renders."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for russian, renderings in offices().items():
        for word in renderings:
            found[word].add(russian)
    return {word: frozenset(russian) for word, russian in found.items()}


def phrases(text: str) -> list[tuple[tuple[str, ...], int, int]]:
    """Find the capitalised phrases of two words or more: folded words, start, end. Links (of, the) stay inside."""
    runs: list[list[Word]] = [[]]
    for word in words(text):
        run = runs[-1]
        gap = text[run[-1].end : word.start] if run else ""
        if run and gap != "-" and not is_blank(gap):
            runs.append(run := [])
        if word.text[0].isupper() or (run and key(word.text) in _LINKS):
            run.append(word)
        elif run:
            runs.append([])
    found = []
    for run in runs:
        content = [i for i, word in enumerate(run) if not is_function(word.text, DEFAULT)]
        if len(content) > 1:
            run = run[content[0] : content[-1] + 1]
            found.append((tuple(key(w.text) for w in run), run[0].start, run[-1].end))
    return found


def renderings(collation: Collation, version: str) -> list[list[list[Place]]]:
    """Group the phrases that name one body: for each group the places of each form, the most frequent first."""
    places: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for folded, start, end in phrases(collation.work.version(version).text):
        places[folded].append(collation.place(version, start, end))
    order = sorted(places, key=lambda p: (-len(places[p]), places[p][0].span))
    groups = grouped(order, _one_body)
    return [[places[p] for p in group] for group in groups if len(group) > 1]


def grouped(each_of: Iterable[T], is_one: Callable[[T, T], bool]) -> list[list[T]]:
    """Put each thing with the first group whose first thing it is one with, else into a group of its own."""
    groups: list[list[T]] = []
    for each in each_of:
        home = next((group for group in groups if is_one(group[0], each)), None)
        if home:
            home.append(each)
        else:
            groups.append([each])
    return groups


def _one_body(a: Sequence[str], b: Sequence[str]) -> bool:
    if len(a) != len(b) or len([w for w in a if w not in _LINKS]) < 2:
        return False
    differ = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    none: frozenset[str] = frozenset()
    return len(differ) == 1 and bool(origins().get(differ[0][0], none) & origins().get(differ[0][1], none))


@dataclass(frozen=True, slots=True)
class Term:
    """A line of a glossary."""

    term: str
    preferred: tuple[str, ...]
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]


def glossary(work: Work) -> list[Term]:
    """Read the work's `glossary` table: term, preferred, allowed, forbidden."""
    return [_term(line) for line in work.tables.get("glossary", ()) if line.get("term")]


@functools.cache
def false_friends() -> tuple[Term, ...]:
    """Return the Russian words that look like an English word and mean another."""
    return _table("compare.names", "friends.tsv")


@functools.cache
def idioms() -> tuple[Term, ...]:
    """Return Russian phrases that mean something else than their words, with English words that take them literally."""
    return _table("compare.terms", "idioms.tsv")


def _table(package: str, name: str) -> tuple[Term, ...]:
    header, *lines = files(package).joinpath(name).read_text("utf-8").splitlines()
    return tuple(_term(dict(zip(header.split("\t"), line.split("\t"), strict=True))) for line in lines)


def _term(line: Mapping[str, str]) -> Term:
    preferred, allowed, forbidden = (forms(line.get(column) or "") for column in ("preferred", "allowed", "forbidden"))
    return Term(line["term"].strip(), preferred, allowed, forbidden)


def forms(cell: str) -> tuple[str, ...]:
    """Part the forms that a glossary's cell lists: `forms("parish; shire") == forms("parish|shire")`."""
    return tuple(form for part in re.split(r"[;|]", cell) if (form := part.strip()))


def written_in(form: str, lang: str) -> bool:
    """Tell by its letters whether a form may be of a language: `written_in("парта", "ru")`."""
    scripts = {unicodedata.name(letter, "?").split(" ")[0] for letter in form if letter.isalpha()}
    return bool(scripts) and scripts <= set(language(lang).scripts)


def lang_of(form: str) -> str:
    """Tell the language of a glossary's form by its letters: that of sources, else that of translations."""
    return SOURCE if written_in(form, SOURCE) else DEFAULT


def occurrences(
    collation: Collation, lemmas_by: Lemmas, version: str, form: str, row: Row | None = None
) -> Iterator[tuple[Place, Row]]:
    """Find a form in a version, or in one of its cells, by lemma: each place with its row."""
    bases = bases_of(form, collation.work.version(version).lang)
    for each in [row] if row else collation.rows:
        if not bases or version not in each.spans:
            continue
        cell_words, lemmas = lemmas_by[version, each.number]
        if bases[0] not in lemmas:
            continue
        for i in range(len(cell_words) - len(bases) + 1):
            if lemmas[i : i + len(bases)] == bases:
                last = cell_words[i + len(bases) - 1]
                yield collation.place_in(each, version, cell_words[i].start, last.end), each


def bases_of(form: str, lang: str) -> list[str]:
    """Return the lemmas of a form's words."""
    return [_base(word.text, lang) for word in words(form)]


#: The words of a cell, which stand in the cell, and their lemmas, by version and row number.
Lemmas = Mapping[tuple[str, int], tuple[list[Word], list[str]]]


def lemmas_of(collation: Collation) -> Lemmas:
    """Return the words of every cell, standing in the cell, and their lemmas."""
    found = {}
    for version in collation.work.versions:
        for row in collation.rows:
            if version.id in row.spans:
                cell_words = words(collation.cell(row, version.id))
                found[version.id, row.number] = cell_words, [_base(w.text, version.lang) for w in cell_words]
    return found


@functools.lru_cache(1 << 16)
def _base(word: str, lang: str) -> str:
    """Return the lemma; a plural that the dictionary lacks (vilayets) loses its s."""
    return singular(lemma(word, lang)) if lang == DEFAULT else lemma(word, lang)
