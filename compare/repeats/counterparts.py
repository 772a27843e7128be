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
    covered; of what either copy has besides, as much as the copy of which less is covered. A version that lacks the rows has 0; one in a language whose words cannot be linked is left out, and so is
    all where `version` is in such a language.
    """
    langs = {v.id: v.lang for v in collation.work.versions}
    others = [id for id in langs if id != version and langs[id] in LANGUAGES]
    if not repeats or langs[version] not in LANGUAGES or not others:
        return [{} for _ in repeats]
    words = np.unique(np.concatenate([_words(copies) for copies in repeats]))
    share = _shares(collation, version, others, tokens, np.unique(cells.row[words]))
    return [{id: _twice(tokens, copies, share[id]) for id in others} for copies in repeats]


def _words(copies: Copies) -> NDArray[np.int64]:
    return np.r_[copies.i : copies.i_end, copies.j : copies.j_end].astype(np.int64)


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
    """For each other version how surely each word of `version` is covered by it; 0 outside the rows."""
    from compare.wordalign.aligned_words import align_words
    from compare.wordalign.vocabulary import vocabulary

    part = replace(collation, rows=tuple(collation.rows[row] for row in rows.tolist())).only({version, *others})
    linked = align_words(part, vocabulary(part))
    shares = {id: np.zeros(len(tokens), np.float32) for id in others}
    for row, held in enumerate(part.rows):
        span = held.spans[version]
        for id in others:
            if cover := linked.covers[version, id][row]:
                starts = np.array([span.start + word.start for word in linked.cell(version, row).words])
                at = np.searchsorted(tokens.start, starts)
                shares[id][at] = cover.share
    return shares
