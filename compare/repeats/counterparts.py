"""Whether another version says twice what one version has twice: each copy's words linked with words of their own.

Words are linked one to one (`compare.wordalign.aligned_words`), so that what stands twice here and once there is
covered once, whatever words the other version has for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.words import LANGUAGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.repeats.copies import Copies
    from compare.repeats.other_versions import Cells
    from compare.repeats.tokens import Tokens
    from compare.values import Collation

    Floats = NDArray[np.float32]


def said_twice(
    collation: Collation, version: str, tokens: Tokens, cells: Cells, repeats: Sequence[Copies]
) -> list[dict[str, float]]:
    """Return for each repeat how far each other version has a counterpart of its own for either copy, 0 to 1.

    The mean over the content words: of those that return, the lesser of how surely the one copy's and the other's are
    covered; of what either copy has besides, as much as the copy of which less is covered. A version that lacks the
    rows has 0; one in a language whose words cannot be linked is left out, and so is all where `version` is in such a
    language.
    """
    langs = {v.id: v.lang for v in collation.work.versions}
    others = [id for id in langs if id != version and langs[id] in LANGUAGES]
    if not repeats or langs[version] not in LANGUAGES or not others:
        return [{} for _ in repeats]
    places = [part for copies in repeats for part in ((copies.i, copies.i_end), (copies.j, copies.j_end))]
    rows = np.unique(np.concatenate([cells.row[first:last] for first, last in places]))
    share = _shares(collation, version, others, tokens, rows)
    return [{id: _twice(tokens, copies, share[id]) for id in others} for copies in repeats]


def _twice(tokens: Tokens, copies: Copies, share: Floats) -> float:
    """Weigh the words that return pair by pair, and what either copy has besides by the copy that is covered less."""
    here, there = (np.arange(a, b) for a, b in ((copies.i, copies.i_end), (copies.j, copies.j_end)))
    pairs = copies.pairs[tokens.content[copies.pairs[:, 0]]]
    own = [part[tokens.content[part] & ~np.isin(part, copies.pairs)] for part in (here, there)]
    count = min(len(part) for part in own)
    total = float(np.minimum(share[pairs[:, 0]], share[pairs[:, 1]]).sum())
    if count:
        total += count * min(float(share[part].mean()) for part in own)
    return total / max(len(pairs) + count, 1)


def _shares(
    collation: Collation, version: str, others: Sequence[str], tokens: Tokens, rows: NDArray[np.int32]
) -> Mapping[str, Floats]:
    """For each other version how surely each word of `version` is covered by it; 0 outside the rows.

    Where another version lacks a row, its cells in the rows next to it are asked.
    """
    from compare.wordalign.aligned_words import align_words
    from compare.wordalign.neighbouring_rows import merged
    from compare.wordalign.vocabulary import vocabulary

    asked = []
    for i in rows.tolist():
        whole = all(id in collation.rows[i].spans for id in others)
        around = collation.rows[i : i + 1] if whole else collation.rows[max(i - 1, 0) : i + 2]
        asked.append(merged(around, (version, *others)))
    part = replace(collation, rows=tuple(asked)).only({version, *others})
    linked = align_words(part, vocabulary(part))
    shares = {id: np.zeros(len(tokens), np.float32) for id in others}
    for n, i in enumerate(rows.tolist()):
        own, base = collation.rows[i].spans[version], part.rows[n].spans[version].start
        starts = np.array([base + word.start for word in linked.cell(version, n).words])
        inside = (own.start <= starts) & (starts < own.end)
        at = np.searchsorted(tokens.start, starts[inside])
        for id in others:
            if cover := linked.covers[version, id][n]:
                shares[id][at] = np.array(cover.share)[inside]
    return shares
