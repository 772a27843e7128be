"""Several sequences at once: tokens in columns, so that corresponding words stand in one column.

Every two sequences are aligned first (Needleman & Wunsch 1970, gaps by their number and not by their length: Gotoh
1982); what a third sequence says of two raises their pairs (T-Coffee: Notredame et al. 2000); then they are laid
together from the likest on, by the mean of their pairs. The outcome does not depend on the order of the sequences:
they are sorted by what they say before anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: What it costs to begin a gap, in likeness: less than a pair of words that are alike in nothing but being words is
#: worth twice, so that words in the same place stand in one column.
_GAP = 0.15
#: What each token in a gap costs: two phrases that changed places about a verb leave the verb in its column, rather
#: than one of them in its own and all else in gaps.
_LONGER = 0.1
#: A pair that may not stand in one column: a word and a mark.
NEVER = -9.0

#: What a way of aligning ends in, in the order in which equal ones are taken.
_ACROSS, _DOWN, _PAIR = range(3)

#: A column: for each sequence the index of its token, or None.
Column = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Profile:
    """Sequences laid together: which they are, and their columns."""

    members: tuple[int, ...]
    columns: tuple[Mapping[int, int], ...]
    """For each column the members that have a token there, and its index."""


def align(
    lengths: Sequence[int], likeness: Callable[[int, int], Floats], keys: Sequence[Sequence[str]]
) -> list[Column]:
    """Lay sequences together in columns.

    `lengths`: of each sequence; `likeness`: of two sequences, the earlier first, (n, m), 1 for the same word, `NEVER`
    for what may not meet; `keys`: what each sequence says, to sort by. Every token stands in exactly one column, and
    the columns keep the order of every sequence. No sequences give no columns.
    """
    order = sorted(range(len(lengths)), key=lambda s: (keys[s], s))
    if len(order) < 2:
        return [(i,) for s in order for i in range(lengths[s])]
    likenesses = {(a, b): likeness(a, b) if a < b else likeness(b, a).T for a, b in combinations(order, 2)}
    pairs = _extended(order, lengths, likenesses) if len(order) > 2 else likenesses
    profiles = [_Profile((s,), tuple({s: i} for i in range(lengths[s]))) for s in order]
    while len(profiles) > 1:
        one, two = _likest(profiles, pairs, lengths)
        merged = _merge(profiles[one], profiles[two], pairs)
        profiles = [p for n, p in enumerate(profiles) if n not in (one, two)]
        profiles.insert(one, merged)
    return [tuple(column.get(s) for s in range(len(lengths))) for column in profiles[0].columns]


def _extended(
    order: Sequence[int], lengths: Sequence[int], likenesses: Mapping[tuple[int, int], Floats]
) -> dict[tuple[int, int], Floats]:
    """Raise the pairs of two sequences that a third one is aligned with on both sides."""
    import numpy as np

    library: dict[tuple[int, int], Floats] = {}
    for (a, b), table in likenesses.items():
        chosen = np.zeros((lengths[a], lengths[b]))
        for i, j in path(table):
            if i is not None and j is not None:
                chosen[i, j] = max(table[i, j], 0.0)
        library[a, b], library[b, a] = chosen, chosen.T
    out = {}
    for a, b in combinations(order, 2):
        agreed = library[a, b].copy()
        for c in order:
            if c not in (a, b):
                agreed += np.minimum(library[a, c][:, :, None], library[c, b][None, :, :]).max(1, initial=0.0)
        out[a, b] = np.where(likenesses[a, b] <= NEVER, NEVER, likenesses[a, b] + agreed / (len(order) - 1))
    return out


def _likest(
    profiles: Sequence[_Profile], pairs: Mapping[tuple[int, int], Floats], lengths: Sequence[int]
) -> tuple[int, int]:
    """Find the two profiles whose sequences are likest, pair by pair, the first of equals."""

    def alike(one: _Profile, two: _Profile) -> float:
        values = []
        for a in one.members:
            for b in two.members:
                table = _pair(pairs, a, b)
                best = float(table.max(1).clip(0).sum()) if table.size else 0.0
                values.append(2 * best / max(lengths[a] + lengths[b], 1))
        return sum(values) / len(values)

    return max(
        combinations(range(len(profiles)), 2), key=lambda p: (alike(profiles[p[0]], profiles[p[1]]), -p[0], -p[1])
    )


def _pair(pairs: Mapping[tuple[int, int], Floats], a: int, b: int) -> Floats:
    return pairs[a, b] if (a, b) in pairs else pairs[b, a].T


def _merge(one: _Profile, two: _Profile, pairs: Mapping[tuple[int, int], Floats]) -> _Profile:
    """Align two profiles by the mean likeness of the tokens of their columns."""
    import numpy as np

    total = np.zeros((len(one.columns), len(two.columns)))
    count = np.zeros_like(total)
    for a in one.members:
        rows, at = _where(one, a)
        for b in two.members:
            columns, to = _where(two, b)
            grid = np.ix_(rows, columns)
            total[grid] += _pair(pairs, a, b)[np.ix_(at, to)]
            count[grid] += 1
    table = np.where(total < NEVER / 2, NEVER, total / np.maximum(count, 1))
    joined = []
    for i, j in path(table):
        column = dict(one.columns[i]) if i is not None else {}
        column |= two.columns[j] if j is not None else {}
        joined.append(column)
    return _Profile(tuple(sorted(one.members + two.members)), tuple(joined))


def _where(profile: _Profile, member: int) -> tuple[list[int], list[int]]:
    """Give the columns in which a member has a token, and which."""
    held = [(n, column[member]) for n, column in enumerate(profile.columns) if member in column]
    return [n for n, _ in held], [i for _, i in held]


def path(likeness: Floats) -> list[tuple[int | None, int | None]]:
    """Align two sequences for the highest sum of likeness, less what gaps cost: pairs and gaps, in order."""
    import numpy as np

    n, m = likeness.shape
    low = -1e9
    # Best sums of what ends in a pair, in a gap on the right (a token of the left alone), in a gap on the left.
    pair, down, across = (np.full((n + 1, m + 1), low) for _ in range(3))
    pair[0, 0] = 0.0
    far = _LONGER * np.arange(m + 1)
    across[0, 1:] = -_GAP - far[1:]
    best = np.maximum(pair[0], across[0])
    for i in range(1, n + 1):
        pair[i, 1:] = best[:-1] + likeness[i - 1]
        down[i] = np.maximum(best - _GAP, down[i - 1]) - _LONGER
        ended = np.maximum(pair[i], down[i])
        across[i, 1:] = np.maximum.accumulate((ended - _GAP + far)[:-1]) - far[1:]
        best = np.maximum(ended, across[i])
    return _back(pair, down, across)


def _back(pair: Floats, down: Floats, across: Floats) -> list[tuple[int | None, int | None]]:
    """Walk back from the end; of equal ways, gaps before pairs, so that of a word said twice the second is alone."""
    import numpy as np

    # By the state to go on from: which of across, down, pair is best at each place, once going on is paid for.
    states = [np.array(costs)[:, None, None] for costs in ((0.0, _GAP, _GAP), (_GAP, 0.0, _GAP), (0.0, 0.0, 0.0))]
    sums = np.stack([across, down, pair])
    chosen = [np.round(sums - costs, 9).argmax(0).tolist() for costs in states]
    i, j = pair.shape[0] - 1, pair.shape[1] - 1
    out: list[tuple[int | None, int | None]] = []
    state = chosen[_PAIR][i][j]
    while i or j:
        i, j = i - (state != _ACROSS), j - (state != _DOWN)
        out.append((None if state == _ACROSS else i, None if state == _DOWN else j))
        state = chosen[state][i][j]
    return out[::-1]
