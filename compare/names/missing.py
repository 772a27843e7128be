"""The mentions of a reference that a cell lacks, whatever stands there instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compare.names.agreement import has_known_forms, is_russian
from compare.names.cells import Cell, EntriesOfRow, EntryWord, entries, possessors
from compare.names.detect import Mention, NameWord
from compare.names.exonyms import bearers, is_place
from compare.names.index import Entry, NameIndex
from compare.values import Collation, Row
from compare.words import parses


@dataclass(frozen=True, slots=True)
class Missing:
    """A mention of the reference that a cell lacks, or a part of it."""

    mention: Mention
    lost: Sequence[EntryWord]
    entirely: bool
    """Whether all of it is lacking."""
    partners: Sequence[Entry]
    """The parts that the cell has, if the others are lacking only where something else stands next to these."""
    agreeing: int
    """How many other translations have it."""
    alike: Sequence[str]
    """The other translations that lack it too, where some have it."""
    capitals: Sequence[str]
    """The words of the cell that have a capital, folded."""
    is_fixed: bool
    """Whether its English forms are known, so that a version has none of its own: a Russian surname, a place."""
    is_required: bool
    """Whether a version that has nothing in its place lacks it: one that it renders elsewhere, and no address."""


def missing_from(
    collation: Collation, names: NameIndex, row: Row, version: str, reference: str, in_row: EntriesOfRow
) -> Iterator[Missing]:
    """Find the reference's mentions that a cell lacks.

    A surname is lacking though the given name stands there: perhaps it is another person's.
    """
    cell = Cell(collation.cell(row, version), in_row[version])
    for mention in names.by_row.get((reference, row.number), ()):
        expected = [(e, w) for e, w in entries(names, reference, mention) if not _is_translated(e, w)]
        lost = [(e, w) for e, w in expected if not cell.has(e, w)]
        if not lost:
            continue
        rivals = {id: Cell(collation.cell(row, id), in_row[id]) for id in in_row if id not in (version, names.source)}
        kept = [e for e, _ in expected if all(e is not x for x, _ in lost)]
        surname = lost[-1] == expected[-1] and "Patr" not in parses(lost[-1][1].text)[0].tag
        alike = [id for id, other in rivals.items() if not any(other.has(e, w) for e, w in lost)]
        agreeing = len(rivals) - len(alike)
        fixed = any(has_known_forms(w.lemma) for _, w in lost)
        known = _known_here(names, version, reference, lost)
        named = known or any(is_russian(w.lemma) or is_place(w.lemma) for _, w in lost)
        required = named and not _is_address(collation, reference, mention)
        if (names.source in in_row or agreeing == len(rivals)) and (fixed or known):
            partners = [] if surname else kept
            shared = alike if agreeing else []
            yield Missing(mention, lost, not kept, partners, agreeing, shared, cell.capitals, fixed, required)


def _is_address(collation: Collation, reference: str, mention: Mention) -> bool:
    """Tell whether somebody is addressed: his name stands between commas, or between one and the sentence's end."""
    text = collation.work.version(reference).text
    before, after = text[: mention.span.start].rstrip()[-1:], text[mention.span.end :].lstrip()[:1]
    return after in ",!?.…" and before in ',!?.…—–-«“"'


def _known_here(names: NameIndex, version: str, reference: str, expected: Sequence[EntryWord]) -> bool:
    """Tell whether a version renders a name at all; one that is met in three rows and never linked is not known."""
    return any(
        version in e.spellings or len({row for s in e.spellings.get(reference, ()) for row in s.rows}) < 3
        for e, _ in expected
    ) and not all(_is_possessive(names, reference, w) for _, w in expected)


def _is_possessive(names: NameIndex, reference: str, word: NameWord) -> bool:
    """Tell whether a Russian word is the possessive of a name that the reference has, or that is settled in English."""
    return any((reference, name) in names.homes or bearers(name) for name in possessors(word.lemma))


def _is_translated(entry: Entry, word: NameWord) -> bool:
    """Tell whether English forms a name of its own instead of romanising it: ОАЭ, Римский, Минобороны."""
    if word.text.isupper():
        return True
    if word.text.isascii() or len(entry.spellings) > 1:
        return False
    best = parses(word.text)[0]
    adjective = "ADJF" in best.tag and best.is_known and "Surn" not in best.tag and "Geox" not in best.tag
    return "Orgn" in best.tag or adjective
