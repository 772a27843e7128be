"""Quantities of a text in any language that has tables (`compare.lang.numerals`): figures, words, and both together."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from compare.lang import language
from compare.quantities.context import in_context
from compare.quantities.number_words import stated
from compare.quantities.quantity import Quantity
from compare.quantities.text import unmarked
from compare.records import kept_by_rows
from compare.values import Collation

#: No number that is stated is as great; "million million million …" goes on for ever.
_TOO_GREAT = 10**60


def quantities_of(collation: Collation) -> Mapping[str, tuple[tuple[Quantity, ...], ...]]:
    """List the quantities of every version's cells, row by row, from the cache for rows that have not changed."""
    versions = collation.work.versions

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[tuple[Quantity, ...], ...]]]:
        for rows in stretches:
            yield [
                tuple(quantities(collation.cell(row, v.id), v.lang) for v in versions) for row in collation.rows[rows]
            ]

    found = kept_by_rows("quantities", collation, some, (Quantity,))
    return {v.id: tuple(row[n] for row in found) for n, v in enumerate(versions)}


@functools.lru_cache(1 << 14)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """List the quantities of a text in order: `quantities("a loan of 2½ million", "en")[0].value == 2500000`.

    None in a language that has no tables.
    """
    tables = language(lang).numerals
    if tables is None:
        return ()
    clean = unmarked(text)
    likely = [quantity for quantity in stated(clean, tables, lang) if max(quantity.readings) < _TOO_GREAT]
    origin = clean.origin
    return tuple(
        replace(q, start=origin[q.start], end=origin[q.end - 1] + 1) for q in in_context(likely, clean, tables)
    )
