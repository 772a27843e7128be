"""Whether another version says twice what one version has twice: each copy's words linked with words of their own.

Words are linked one to one (`compare.wordalign.aligned_words`), so that what stands twice here and once there is
covered once, whatever words the other version has for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.lang import language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.cells import Cells
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens
    from compare.values import Collation

    Floats = NDArray[np.float32]


#: Ranges of rows whose words are linked, and held in memory, together.
_TOGETHER = 128


def repeated_elsewhere(
    collation: Collation, version: str, tokens: Tokens, cells: Cells, repeats: Sequence[Copies]
) -> list[dict[str, float]]:
    """Return for each repeat how far each other version has a counterpart of its own for either copy, 0 to 1.

    The mean over the content words: of those that return, the lesser of the probabilities that the one copy's and the
    other's are covered; of what either copy has besides, as much as the copy of which less is covered. A version that
    lacks the rows has 0; one in a language whose words cannot be linked is left out, and so is all where `version`
    is in such a language.
    """
    linkable = [v.id for v in collation.work.versions if language(v.lang).offers({"models"})]
    others = [id for id in linkable if id != version]
    if not repeats or version not in linkable or not others:
        return [{} for _ in repeats]
    ranges = [_ranges(collation, others, cells, copies) for copies in repeats]
    asked = sorted({each for own in ranges for each in own})
    shares: dict[tuple[int, int], tuple[NDArray[np.int64], dict[str, Floats]]] = {}
    for first in range(0, len(asked), _TOGETHER):
        shares |= _shares(collation, version, others, tokens, asked[first : first + _TOGETHER])
    found = []
    for copies, own in zip(repeats, ranges, strict=True):
        known = {id: np.zeros(copies.j_end - copies.i, np.float32) for id in others}
        for each in own:
            at, of_words = shares[each]
            inside = (copies.i <= at) & (at < copies.j_end)
            for id in others:
                known[id][at[inside] - copies.i] = of_words[id][inside]
        found.append({id: _twice(tokens, copies, known[id]) for id in others})
    return found


def _ranges(collation: Collation, others: Sequence[str], cells: Cells, copies: Copies) -> list[tuple[int, int]]:
    """Return the rows, as half-open ranges of indices, in which the words of both copies are to be linked.

    Those of each copy, and where another version lacks one of them, the rows next to them; ranges that meet are one, so
    that no word of another version is spent on both copies.
    """
    found = []
    for first, last in ((copies.i, copies.i_end), (copies.j, copies.j_end)):
        start, stop = int(cells.row[first]), int(cells.row[last - 1]) + 1
        if not all(id in row.spans for row in collation.rows[start:stop] for id in others):
            start, stop = max(start - 1, 0), min(stop + 1, len(collation.rows))
        found.append((start, stop))
    (start, stop), (start_too, stop_too) = found
    return [(start, max(stop, stop_too))] if start_too <= stop else found


def _twice(tokens: Tokens, copies: Copies, share: Floats) -> float:
    """Weigh the words that return pair by pair, and what either copy has besides by the copy that is covered less.

    `share`: the probability with which each word from the first copy's beginning to the second's end is covered.
    """
    here, there = (np.arange(a, b) for a, b in ((copies.i, copies.i_end), (copies.j, copies.j_end)))
    pairs = copies.pairs[tokens.content[copies.pairs[:, 0]]]
    own = [part[tokens.content[part] & ~np.isin(part, copies.pairs)] for part in (here, there)]
    count = min(len(part) for part in own)
    total = float(np.minimum(share[pairs[:, 0] - copies.i], share[pairs[:, 1] - copies.i]).sum())
    if count:
        total += count * min(float(share[part - copies.i].mean()) for part in own)
    return total / max(len(pairs) + count, 1)


def _shares(
    collation: Collation, version: str, others: Sequence[str], tokens: Tokens, ranges: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], tuple[NDArray[np.int64], dict[str, Floats]]]:
    """Return for each range of rows the words of `version` in it, and how probably each other version covers each."""
    from compare.wordalign.aligned_words import align_words
    from compare.wordalign.neighbouring_rows import merged
    from compare.wordalign.vocabulary import vocabulary

    rows = tuple(merged(collation.rows[start:stop], (version, *others)) for start, stop in ranges)
    part = replace(collation, rows=rows).only({version, *others})
    linked = align_words(part, vocabulary(part))
    found = {}
    for n, each in enumerate(ranges):
        base = part.rows[n].spans[version].start
        at = np.searchsorted(tokens.start, [base + word.start for word in linked.cell(version, n).words])
        covers = {id: linked.covers[version, id][n] for id in others}
        found[each] = (
            at,
            {id: np.array(cover.share if cover else np.zeros(len(at)), np.float32) for id, cover in covers.items()},
        )
    return found
