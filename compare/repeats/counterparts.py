"""Whether another version says twice what one version has twice: each copy's words linked with words of their own.

Words are linked one to one (`compare.wordalign.aligned_words`), so that what stands twice here and once there is
covered once, whatever words the other version has for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.lang import language
from compare.segment.bounds import LONGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.cells import Cells
    from compare.repeats.copies import Copies
    from compare.repeats.tokens import Tokens
    from compare.values import Collation

    Floats = NDArray[np.float32]
    #: Words of a version, and how probably each other version covers each of them.
    Shares = tuple[NDArray[np.int64], dict[str, Floats]]


#: Characters of a range of rows at most, if it is no single row: each word is compared with each of another version.
#: Six of the longest sentences have as many; only longer copies, pages and chapters, are linked part by part.
_LONGEST = 6 * LONGEST
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
    ranges = [_ranges(collation, version, others, cells, copies) for copies in repeats]
    asked = sorted({each for own in ranges for each in own})
    shares: dict[tuple[int, int], Shares] = {}
    for first in range(0, len(asked), _TOGETHER):
        shares |= _shares(collation, version, others, tokens, asked[first : first + _TOGETHER])
    found = []
    for copies, own in zip(repeats, ranges, strict=True):
        parts = [shares[each] for each in own]
        found.append({id: _twice(tokens, copies, *_of_copies(copies, id, parts)) for id in others})
    return found


def _ranges(
    collation: Collation, version: str, others: Sequence[str], cells: Cells, copies: Copies
) -> list[tuple[int, int]]:
    """Return the rows, as half-open ranges of indices, in which the words of both copies are to be linked.

    Those of each copy, and where another version lacks one of them, the rows next to them; ranges that meet are one, so
    that no word of another version is spent on both copies. What is longer than `_LONGEST` is parted.
    """
    found = []
    for first, last in ((copies.i, copies.i_end), (copies.j, copies.j_end)):
        start, stop = int(cells.row[first]), int(cells.row[last - 1]) + 1
        if not all(id in row.spans for row in collation.rows[start:stop] for id in others):
            start, stop = max(start - 1, 0), min(stop + 1, len(collation.rows))
        found.append((start, stop))
    (start, stop), (start_too, stop_too) = found
    if start_too <= stop:
        found = [(start, max(stop, stop_too))]
    return [
        part
        for each in found
        for part in _parted(collation, {version, *others}, *each)
        if cells.length[slice(*part)].any()
    ]


def _parted(collation: Collation, versions: Set[str], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Part a range of rows between rows, so that no part of several has more than `_LONGEST` characters."""
    size = 0
    for i in range(start, stop):
        length = max((len(span) for id, span in collation.rows[i].spans.items() if id in versions), default=0)
        if size and size + length > _LONGEST:
            yield start, i
            start, size = i, 0
        size += length
    yield start, stop


def _of_copies(copies: Copies, other: str, parts: Iterable[Shares]) -> Iterator[Floats]:
    """Yield for either copy the probability with which each of its words is covered by another version."""
    for start, stop in ((copies.i, copies.i_end), (copies.j, copies.j_end)):
        share = np.zeros(stop - start, np.float32)
        for at, covered in parts:
            inside = (start <= at) & (at < stop)
            share[at[inside] - start] = covered[other][inside]
        yield share


def _twice(tokens: Tokens, copies: Copies, first: Floats, second: Floats) -> float:
    """Weigh the words that return pair by pair, and what either copy has besides by the copy that is covered less.

    `first`, `second`: the probability with which each word of the one copy and of the other is covered.
    """
    here, there = (np.arange(a, b) for a, b in ((copies.i, copies.i_end), (copies.j, copies.j_end)))
    pairs = copies.pairs[tokens.content[copies.pairs[:, 0]]]
    own = [tokens.content[part] & ~np.isin(part, copies.pairs) for part in (here, there)]
    count = min(int(part.sum()) for part in own)
    total = float(np.minimum(first[pairs[:, 0] - copies.i], second[pairs[:, 1] - copies.j]).sum())
    if count:
        total += count * min(float(share[part].mean()) for share, part in zip((first, second), own, strict=True))
    return total / max(len(pairs) + count, 1)


def _shares(
    collation: Collation, version: str, others: Sequence[str], tokens: Tokens, ranges: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Shares]:
    """Return for each range of rows the words of `version` in it, and how probably each other version covers each."""
    from compare.wordalign.aligned_words import link_words
    from compare.wordalign.neighbouring_rows import merged
    from compare.wordalign.vocabulary import vocabulary

    rows = tuple(merged(collation.rows[start:stop], (version, *others)) for start, stop in ranges)
    part = replace(collation, rows=rows).only({version, *others})
    read = vocabulary(part)
    covers = link_words(part, read, version)
    found = {}
    for n, (each, cell) in enumerate(zip(ranges, read.cells[version], strict=True)):
        base, words = rows[n].spans[version].start, cell.words if cell else ()
        at = np.searchsorted(tokens.start, [base + word.start for word in words])
        none = np.zeros(len(words))
        covered = {id: covers[version, id][n] for id in others}
        found[each] = (
            at,
            {id: np.array(cover.share if cover else none, np.float32) for id, cover in covered.items()},
        )
    return found
