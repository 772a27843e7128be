"""Several sequences at once: tokens in columns, so that corresponding words stand in one column.

Every two sequences are aligned first (Needleman & Wunsch 1970, gaps by their number and not by their length: Gotoh
1982); what a third sequence says of two raises their pairs (T-Coffee: Notredame et al. 2000); then they are laid
together from the most alike on, by the mean of their pairs. The outcome does not depend on the order of the sequences:
they are sorted by what they say before anything else.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: What it costs to begin a gap, in likeness: less than a pair of words that are alike in nothing but being words is
#: worth twice, so that words in the same place stand in one column.
_GAP = 0.15
#: What each token in a gap costs: two phrases that changed places about a verb leave the verb in its column, rather
#: than one of them in its own and all else in gaps.
_LONGER = 0.1
#: By how much equal sums may differ, since they were added in another order.
_EQUAL = 1e-9
#: A pair that may not stand in one column: a word and a mark.
NEVER = -9.0

#: What a way of aligning ends in, in the order in which equal ones are taken.
_ACROSS, _DOWN, _PAIR = range(3)
#: What stands for no token where indices are numbers.
_NONE = -1

#: A column: for each sequence the index of its token, or None.
Column = tuple[int | None, ...]
#: By how many tokens the sizes of tables differ at most that are aligned together, and how many places they have.
_ABOUT, _LARGEST = 16, 1 << 18


@dataclass(frozen=True, slots=True)
class _Profile:
    """Sequences laid together: which they are, and their columns."""

    members: tuple[int, ...]
    columns: Ints
    """(members, columns): the index of a member's token in a column, `_NONE` where it has none there."""


@dataclass(frozen=True, slots=True)
class Sequences:
    """Sequences to lay together.

    `lengths`: of each; `likeness`: of two of them, the earlier first, (n, m), 1 for the same word, `NEVER` for what may
    not meet; `keys`: what each says, to sort by.
    """

    lengths: Sequence[int]
    likeness: Callable[[int, int], Floats]
    keys: Sequence[Sequence[str]]


def align(several: Sequence[Sequences]) -> list[list[Column]]:
    """Lay sequences together in columns; several such tasks at once cost less than one by one.

    Every token stands in exactly one column, and the columns keep the order of every sequence. No sequences give no
    columns.
    """
    running = [_aligning(each) for each in several]
    out: list[list[Column]] = [[] for _ in several]
    asked = {n: next(each) for n, each in enumerate(running)}
    while asked:
        found = iter(paths([table for tables in asked.values() for table in tables]))
        answers = {n: list(islice(found, len(tables))) for n, tables in asked.items()}
        asked = {}
        for n, answer in answers.items():
            try:
                asked[n] = running[n].send(answer)
            except StopIteration as done:
                out[n] = done.value
    return out


def _aligning(task: Sequences) -> Generator[list[Floats], list[Ints], list[Column]]:
    """Lay sequences together; yields tables of likeness and is sent the best path through each."""
    import numpy as np

    lengths = task.lengths
    order = sorted(range(len(lengths)), key=lambda s: (task.keys[s], s))
    likenesses = {(a, b): task.likeness(a, b) if a < b else task.likeness(b, a).T for a, b in combinations(order, 2)}
    found = yield list(likenesses.values()) if len(order) > 2 else []
    pairs = _extended(order, likenesses, dict(zip(likenesses, found, strict=True))) if found else likenesses
    profiles = [_Profile((s,), np.arange(lengths[s])[None]) for s in order]
    while len(profiles) > 1:
        one, two = _most_alike(profiles, pairs, lengths) if len(profiles) > 2 else (0, 1)
        (joined,) = yield [_table(profiles[one], profiles[two], pairs)]
        merged = _merge(profiles[one], profiles[two], joined)
        profiles = [p for n, p in enumerate(profiles) if n not in (one, two)]
        profiles.insert(one, merged)
    return [tuple(None if at == _NONE else at for at in c) for p in profiles for c in p.columns.T.tolist()]


def _extended(
    order: Sequence[int], likenesses: Mapping[tuple[int, int], Floats], found: Mapping[tuple[int, int], Ints]
) -> dict[tuple[int, int], Floats]:
    """Raise the pairs of two sequences that a third one is aligned with on both sides."""
    import numpy as np

    # For each token the other sequence's in its pair, and what the pair is worth; nothing for pairs worth nothing.
    partners: dict[tuple[int, int], tuple[Ints, Floats]] = {}
    for (a, b), table in likenesses.items():
        i, j = found[a, b][:, (found[a, b] != _NONE).all(0)]
        worth = table[i, j]
        for key, size, at, to in (((a, b), table.shape[0], i, j), ((b, a), table.shape[1], j, i)):
            partner, value = np.full(size, _NONE), np.zeros(size)
            partner[at[worth > 0]], value[at] = to[worth > 0], worth
            partners[key] = partner, value
    out = {}
    for a, b in combinations(order, 2):
        agreed = np.zeros_like(likenesses[a, b])
        partner, value = partners[a, b]
        (i,) = (partner != _NONE).nonzero()
        agreed[i, partner[i]] = value[i]
        for c in order:
            if c not in (a, b):
                (partner, value), (onward, other) = partners[a, c], partners[c, b]
                (i,) = (partner != _NONE).nonzero()
                i = i[onward[partner[i]] != _NONE]
                k = partner[i]
                agreed[i, onward[k]] += np.minimum(value[i], other[k])
        out[a, b] = np.where(likenesses[a, b] <= NEVER, NEVER, likenesses[a, b] + agreed / (len(order) - 1))
    return out


def _most_alike(
    profiles: Sequence[_Profile], pairs: Mapping[tuple[int, int], Floats], lengths: Sequence[int]
) -> tuple[int, int]:
    """Find the two profiles whose sequences are most alike, pair by pair, the first of equals."""

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


def _table(one: _Profile, two: _Profile, pairs: Mapping[tuple[int, int], Floats]) -> Floats:
    """Return the mean likeness of the tokens of the columns of two profiles, `NEVER` for columns that may not meet."""
    import numpy as np

    if len(one.members) == len(two.members) == 1:
        return _pair(pairs, *one.members, *two.members)
    total = np.zeros((one.columns.shape[1], two.columns.shape[1]))
    count = np.zeros_like(total)
    for a, here in zip(one.members, one.columns, strict=True):
        (rows,) = (here != _NONE).nonzero()
        for b, there in zip(two.members, two.columns, strict=True):
            (columns,) = (there != _NONE).nonzero()
            total[np.ix_(rows, columns)] += _pair(pairs, a, b)
            count[np.ix_(rows, columns)] += 1
    return np.where(total < NEVER / 2, NEVER, total / np.maximum(count, 1))


def _merge(one: _Profile, two: _Profile, joined: Ints) -> _Profile:
    """Lay two profiles together as their columns were aligned."""
    import numpy as np

    members = one.members + two.members
    columns = np.full((len(members), joined.shape[1]), _NONE)
    for rows, profile, at in zip(np.split(columns, [len(one.members)]), (one, two), joined, strict=True):
        rows[:, at != _NONE] = profile.columns[:, at[at != _NONE]]
    return _Profile(tuple(sorted(members)), columns[np.argsort(members)])


def paths(tables: Sequence[Floats]) -> Iterator[Ints]:
    """Align two sequences for the highest sum of likeness, less what gaps cost: pairs and gaps, for each table.

    Tables of about one size are taken together, so that each step in numpy is one for many of them.
    """
    order = sorted(range(len(tables)), key=lambda n: max(tables[n].shape))
    out: dict[int, Ints] = {}
    for size, group in groupby(order, key=lambda n: max(tables[n].shape) // _ABOUT + 1):
        alike = list(group)
        together = max(1, _LARGEST // (size * _ABOUT) ** 2)
        for start in range(0, len(alike), together):
            chosen = alike[start : start + together]
            out.update(zip(chosen, _paths([tables[n] for n in chosen]), strict=True))
    return (out[n] for n in range(len(tables)))


def _paths(tables: Sequence[Floats]) -> Iterator[Ints]:
    import numpy as np

    n, m = (max(table.shape[axis] for table in tables) for axis in (0, 1))
    likeness = np.zeros((len(tables), n, m))
    for own, table in zip(likeness, tables, strict=True):
        own[: table.shape[0], : table.shape[1]] = table
    # Best sums of what ends in a gap on the left, in a gap on the right (a token of the left alone), in a pair.
    sums = np.full((3, len(tables), n + 1, m + 1), -1e9)
    across, down, pair = sums
    pair[:, 0, 0] = 0.0
    far = _LONGER * np.arange(m + 1)
    across[:, 0, 1:] = -_GAP - far[1:]
    best = np.maximum(pair[:, 0], across[:, 0])
    for i in range(1, n + 1):
        pair[:, i, 1:] = best[:, :-1] + likeness[:, i - 1]
        down[:, i] = np.maximum(best - _GAP, down[:, i - 1]) - _LONGER
        ended = np.maximum(pair[:, i], down[:, i])
        across[:, i, 1:] = np.maximum.accumulate((ended - _GAP + far)[:, :-1], axis=1) - far[1:]
        best = np.maximum(ended, across[:, i])
    # By the state to go on from: which of across, down, pair is best at each place, once going on is paid for. Of equal
    # ways, gaps before pairs, so that of a word said twice the second is alone.
    going = [np.array(costs)[:, None, None, None] for costs in ((0.0, _GAP, _GAP), (_GAP, 0.0, _GAP), (0.0, 0.0, 0.0))]
    states = np.stack([_best(*(sums - costs)) for costs in going])
    yield from _back(states, [table.shape for table in tables])


def _best(across: Floats, down: Floats, pair: Floats) -> NDArray[np.int8]:
    """Say which of the three sums is highest at each place, the first of equal ones."""
    import numpy as np

    unpaired = (down > across + _EQUAL).view(np.int8)
    return np.where(pair > np.maximum(across, down) + _EQUAL, np.int8(_PAIR), unpaired)


def _back(states: NDArray[np.int8], shapes: Sequence[tuple[int, ...]]) -> Iterator[Ints]:
    """Walk back from the end of each table, all at once.

    `states`: by the state to go on from, the best one at each place, (3, tables, n + 1, m + 1).
    """
    import numpy as np

    table = np.arange(len(shapes))
    i, j = np.array(shapes).T
    state = np.full(len(shapes), _PAIR)
    steps = []
    while (going := (i > 0) | (j > 0)).any():
        state = states[state, table, i, j]
        down, across = going & (state != _ACROSS), going & (state != _DOWN)
        i, j = i - down, j - across
        steps.append((np.where(down, i, _NONE), np.where(across, j, _NONE)))
    if not steps:
        yield from (np.zeros((2, 0), np.int64) for _ in shapes)
        return
    walked: Ints = np.array(steps)[::-1].transpose(2, 1, 0)
    for path in walked:
        yield path[:, (path != _NONE).any(0)]
