"""Quantities of a text in any language that has tables (`compare.lang.numerals`): figures, words, and both together."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace

from compare.lang import language
from compare.quantities.context import in_context
from compare.quantities.number_words import stated
from compare.quantities.quantity import Quantity
from compare.quantities.text import unmarked
from compare.records import kept_by_cells
from compare.values import Collation, Version

#: No number that is stated is as great; "million million million …" goes on for ever.
_TOO_GREAT = 10**60


def quantities_of(collation: Collation) -> Mapping[str, tuple[tuple[Quantity, ...], ...]]:
    """List the quantities of every version's cells, row by row, from the cache for rows that have not changed."""

    def say(version: Version, i: int) -> tuple[Quantity, ...]:
        return quantities(collation.cell(collation.rows[i], version.id), version.lang)

    return kept_by_cells("quantities", collation, say, (Quantity,))


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
