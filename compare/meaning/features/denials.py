"""What the words of a cell deny: each denial, and the word of content that it bears on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.lang import DEFAULT, SOURCE, language
from compare.lang.pack import Negation
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.vocabulary import CLASSES, FUNCTION, Cell, Forms

#: Words of questions that want more than yes or no.
_NAMED = re.compile(
    r"\b(?:what|where|who|whom|whose|which|when|why|кто|что|где|куда|когда|почему|зачем|чего|кого)\b", re.I
)
#: A denial cut from its verb, as texts cut into words have it.
_CUT = re.compile(r"\b[a-z]*n ['’] ?t\b", re.I)
_CLAUSE = re.compile(r"[.!?;:…()—,\"”“]|--| - ")
#: How many words from a denial its word may stand.
REACH = 4


def denying_words(text: str, cell: Cell, forms: Forms) -> frozenset[int]:
    """Find the words that by themselves deny outright; "don 't" too, as texts cut into words have it."""
    cut = {m.start() for m in _CUT.finditer(text)}
    keys = [(forms.keys[f], forms.lemmas[f]) for f in cell.forms]
    halves = language(DEFAULT).negation.halves | language(SOURCE).negation.halves  # type: ignore[union-attr]
    return frozenset(
        k
        for k, pair in enumerate(keys)
        if pair[0].endswith("n't")
        or cell.words[k].start in cut
        or (CLASSES["denial"] & set(pair) and not halves & set(pair))
    )


def is_question(text: str, cell: Cell, k: int) -> bool:
    """Tell whether the sentence of a word asks for yes or no: a question mark ends it, and no "why" begins it."""
    begun = re.split(r"[.!?…]", text[: cell.words[k].start])[-1]
    mark = re.search(r"[.!?…]", text[cell.words[k].end :])
    return mark is not None and mark.group() == "?" and not _NAMED.search(begun)


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial: its word, and the words of content behind and before it in its clause, by index.

    `claims`: whether it denies outright what is done or how something is; "not only", and what is asked, do not.
    """

    at: int
    on: int | None
    before: int | None
    claims: bool


@dataclass(frozen=True, slots=True)
class CellDenials:
    """A cell read for what it denies."""

    denials: tuple[Denial, ...]
    clauses: tuple[int, ...]
    """For each word the number of the stretch between marks in which it stands."""
    marks: tuple[str, ...]
    """For each word the mark that ends its sentence; empty for none."""
    lemmas: tuple[str, ...]
    halves: frozenset[int]
    """Words that may answer a denial: "hardly", "impossible", «неизвестно»."""

    @property
    def at(self) -> tuple[int, ...]:
        return tuple(denial.at for denial in self.denials)


def cell_denials(text: str, cell: Cell, forms: Forms, known: Negation) -> CellDenials:
    """Read what a cell denies, by what is known of its language."""
    keys = [forms.keys[f] for f in cell.forms]
    lemmas = tuple(forms.lemmas[f] for f in cell.forms)
    ends = [*(word.start for word in cell.words[1:]), len(text)]
    gaps = [text[word.end : end] for word, end in zip(cell.words, ends, strict=True)]
    clauses, marks = _clauses(gaps), _marks(gaps)
    idle = {k for m in re.finditer(known.idle, text, re.I) for k in range(m.start(), m.end())}
    cut = {m.start() for m in _CUT.finditer(text)} if known.ending else set()
    verbal = {k for k, word in enumerate(keys) if known.denies_verb(word) or cell.words[k].start in cut}
    denied = {k for k, word in enumerate(keys) if word in known.other} | verbal
    claimed = {clauses[k] for k in denied}
    denied |= {k for k, word in enumerate(keys) if word in known.concord and clauses[k] not in claimed}
    content = forms.pos[cell.forms] != FUNCTION
    denials = []
    for k in sorted(denied):
        here = [j for j in range(len(keys)) if clauses[j] == clauses[k] and content[j] and j not in denied]
        denials.append(
            Denial(
                k,
                next((j for j in here if k < j <= k + REACH), None),
                next((j for j in reversed(here) if k - REACH <= j < k), None),
                k in verbal and not idle & set(range(cell.words[k].start, cell.words[k].end)) and marks[k] != "?",
            )
        )
    halves = frozenset(
        k
        for k, base in enumerate(lemmas)
        if k not in denied and ({base, keys[k]} & known.halves or _denies_by_form(base, known))
    )
    return CellDenials(tuple(denials), clauses, marks, lemmas, halves)


def _clauses(gaps: Sequence[str]) -> tuple[int, ...]:
    out, number = [], 0
    for gap in gaps:
        out.append(number)
        number += bool(_CLAUSE.search(gap))
    return tuple(out)


def _marks(gaps: Sequence[str]) -> tuple[str, ...]:
    marks, mark = [""] * len(gaps), ""
    for k in reversed(range(len(gaps))):
        if found := re.search(r"[.!?…]", gaps[k]):
            mark = found.group()
        marks[k] = mark
    return tuple(marks)


def _denies_by_form(base: str, known: Negation) -> bool:
    return bool(re.fullmatch(known.half_forms, base)) and not re.match(known.seeming, base)


def read_denials(aligned: AlignedWords) -> dict[str, list[CellDenials | None]]:
    """Read every cell for what it denies; None where a version has no words, or its language no negation known."""
    collation = aligned.collation
    return {
        v.id: [
            cell_denials(collation.cell(row, v.id), cell, aligned.forms, known)
            if cell and (known := language(v.lang).negation)
            else None
            for row, cell in zip(collation.rows, aligned.cells[v.id], strict=True)
        ]
        for v in collation.work.versions
    }
