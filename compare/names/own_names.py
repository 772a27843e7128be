"""A version's own word for what its reference calls otherwise: Jehovah for Господь."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping

from compare.names.index import Entry
from compare.values import Collation, Row
from compare.words import lemma, words

#: Rows in which a version has a name that its reference never has: perhaps its own name for somebody, and beyond doubt.
_OWN, _CERTAINLY_OWN = 3, 10
#: In what share of a name's rows the word stands that it renders, and how much more often than elsewhere.
_USUAL, _OFTENER = 0.6, 2


def is_own(capitals: Capitals, row: Row, entry: Entry, version: str, reference: str) -> bool:
    """Tell whether a version has its own word for what its reference calls otherwise.

    What stands in the reference in most other rows of such a name must stand there in this row, too; but God is called
    by so many names that this cannot be asked of Jehovah.
    """
    rows = {number for s in entry.spellings.get(version, ()) for number in s.rows} - {row.number}
    if reference in entry.spellings or len(rows) + 1 < _OWN:
        return False
    if len(rows) >= _CERTAINLY_OWN:
        return True
    capitalised = capitals.rows[reference]
    counts = Counter(word for number in rows for word in capitalised[number - 1])
    every = capitals.counts[reference]
    usual = {
        word
        for word, count in counts.items()
        if count >= _USUAL * len(rows) and count / len(rows) >= _OFTENER * every[word] / len(capitalised)
    }
    return not usual or bool(usual & capitalised[row.number - 1])


class Capitals:
    """The dictionary forms of the words with a capital, version by version."""

    def __init__(self, collation: Collation) -> None:
        self._collation = collation

    @functools.cached_property
    def rows(self) -> Mapping[str, list[frozenset[str]]]:
        """The forms of each row."""
        return {
            v.id: [
                frozenset(lemma(w.text, v.lang) for w in words(self._collation.cell(row, v.id)) if w.text[0].isupper())
                for row in self._collation.rows
            ]
            for v in self._collation.work.versions
        }

    @functools.cached_property
    def counts(self) -> Mapping[str, Counter[str]]:
        """In how many rows each form stands."""
        return {id: Counter(word for row in rows for word in row) for id, rows in self.rows.items()}
