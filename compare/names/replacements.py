"""Absences in which one name stands for another, each fault gathered once in a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compare.names.absences import Absence
from compare.names.index import NameIndex
from compare.values import Collation, Place, Span

#: First letters that a Russian name shares with its adjective.
_STEM = 5


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name that stands in a version for another of the reference: every absence of the two, in reading order.

    `places`: where the wrong name stands, all of them.
    """

    absences: tuple[Absence, ...]
    places: tuple[Place, ...]


def replacements(collation: Collation, names: NameIndex, found: Iterable[Absence]) -> list[Replacement]:
    """Gather the absences in which one name stands for another, so that each fault is reported once in a version.

    A name and its adjective (Петербург, петербургский) are one.
    """
    groups: defaultdict[tuple[str, str, str], list[Absence]] = defaultdict(list)
    for absence in found:
        if absence.instead:
            groups[absence.version, absence.word.lemma[:_STEM], absence.instead.lemma].append(absence)
    return [Replacement(tuple(group), tuple(_wrong_places(collation, names, group))) for group in groups.values()]


def _wrong_places(collation: Collation, names: NameIndex, group: Sequence[Absence]) -> list[Place]:
    """Return where the wrong name stands: everywhere, if it is nobody else's and stands so in most of its rows."""
    version, wrong = group[0].version, group[0].instead
    assert wrong is not None
    rows = {absence.row.number for absence in group}
    spans: dict[int, list[Span]] = {}
    for mention in names.mentions[version]:
        for word in mention.words:
            if word.lemma == wrong.lemma:
                spans.setdefault(collation.number_at(version, word.span.start), []).append(word.span)
    everywhere = 2 * len(rows) >= len(spans) and all(absence.is_newcomer for absence in group)
    chosen = spans if everywhere else rows
    return [collation.place(version, s.start, s.end) for row in sorted(chosen) for s in spans.get(row, ())]
