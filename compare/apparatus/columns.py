"""Several sequences at once: tokens in columns, so that corresponding words stand in one column.

Every two sequences are aligned first (Needleman & Wunsch 1970, gaps by their number and not by their length: Gotoh
1982); what a third sequence says of two raises their pairs (T-Coffee: Notredame et al. 2000); then they are laid
together from the likest on, by the mean of their pairs. The outcome does not depend on the order of the sequences:
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

#: A column: for each sequence the index of its token, or None.
Column = tuple[int | None, ...]
#: Pairs and gaps of two sequences, in order.
Path = Sequence[tuple[int | None, int | None]]
#: By how many tokens the sizes of tables differ at most that are aligned together, and how many places they have.
_ABOUT, _LARGEST = 16, 1 << 18


@dataclass(frozen=True, slots=True)
class _Profile:
    """Sequences laid together: which they are, and their columns."""

    members: tuple[int, ...]
    columns: tuple[Mapping[int, int], ...]
    """For each column the members that have a token there, and its index."""


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


def _aligning(task: Sequences) -> Generator[list[Floats], list[Path], list[Column]]:
    """Lay sequences together; yields tables of likeness and is sent the best path through each."""
    lengths = task.lengths
    order = sorted(range(len(lengths)), key=lambda s: (task.keys[s], s))
    likenesses = {(a, b): task.likeness(a, b) if a < b else task.likeness(b, a).T for a, b in combinations(order, 2)}
    found = yield list(likenesses.values()) if len(order) > 2 else []
    pairs = _extended(order, likenesses, dict(zip(likenesses, found, strict=True))) if found else likenesses
    profiles = [_Profile((s,), tuple({s: i} for i in range(lengths[s]))) for s in order]
    while len(profiles) > 1:
        one, two = _likest(profiles, pairs, lengths) if len(profiles) > 2 else (0, 1)
        (joined,) = yield [_table(profiles[one], profiles[two], pairs)]
        merged = _merge(profiles[one], profiles[two], joined)
        profiles = [p for n, p in enumerate(profiles) if n not in (one, two)]
        profiles.insert(one, merged)
    return [tuple(column.get(s) for s in range(len(lengths))) for p in profiles for column in p.columns]


def _extended(
    order: Sequence[int], likenesses: Mapping[tuple[int, int], Floats], found: Mapping[tuple[int, int], Path]
) -> dict[tuple[int, int], Floats]:
    """Raise the pairs of two sequences that a third one is aligned with on both sides."""
    import numpy as np

    partners: dict[tuple[int, int], dict[int, tuple[int, float]]] = {}
    for (a, b), table in likenesses.items():
        chosen = [(i, j, float(table[i, j])) for i, j in found[a, b] if i is not None and j is not None]
        partners[a, b] = {i: (j, value) for i, j, value in chosen if value > 0}
        partners[b, a] = {j: (i, value) for i, j, value in chosen if value > 0}
    out = {}
    for a, b in combinations(order, 2):
        agreed = np.zeros_like(likenesses[a, b])
        for i, (j, value) in partners[a, b].items():
            agreed[i, j] = value
        for c in order:
            if c not in (a, b):
                for i, (k, value) in partners[a, c].items():
                    if k in partners[c, b]:
                        j, other = partners[c, b][k]
                        agreed[i, j] += min(value, other)
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


def _table(one: _Profile, two: _Profile, pairs: Mapping[tuple[int, int], Floats]) -> Floats:
    """Return the mean likeness of the tokens of the columns of two profiles, `NEVER` for columns that may not meet."""
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
    return np.where(total < NEVER / 2, NEVER, total / np.maximum(count, 1))


def _merge(one: _Profile, two: _Profile, joined: Path) -> _Profile:
    """Lay two profiles together as their columns were aligned."""
    columns = []
    for i, j in joined:
        column = dict(one.columns[i]) if i is not None else {}
        column |= two.columns[j] if j is not None else {}
        columns.append(column)
    return _Profile(tuple(sorted(one.members + two.members)), tuple(columns))


def _where(profile: _Profile, member: int) -> tuple[list[int], list[int]]:
    """Give the columns in which a member has a token, and which."""
    held = [(n, column[member]) for n, column in enumerate(profile.columns) if member in column]
    return [n for n, _ in held], [i for _, i in held]


def paths(tables: Sequence[Floats]) -> Iterator[Path]:
    """Align two sequences for the highest sum of likeness, less what gaps cost: pairs and gaps, for each table.

    Tables of about one size are taken together, so that each step in numpy is one for many of them.
    """
    order = sorted(range(len(tables)), key=lambda n: max(tables[n].shape))
    out: dict[int, Path] = {}
    for size, group in groupby(order, key=lambda n: max(tables[n].shape) // _ABOUT + 1):
        alike = list(group)
        together = max(1, _LARGEST // (size * _ABOUT) ** 2)
        for start in range(0, len(alike), together):
            chosen = alike[start : start + together]
            out.update(zip(chosen, _paths([tables[n] for n in chosen]), strict=True))
    return (out[n] for n in range(len(tables)))


def _paths(tables: Sequence[Floats]) -> Iterator[Path]:
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
    states = [_best(*(sums - costs)) for costs in going]
    for k, table in enumerate(tables):
        yield _back(table.shape[0], table.shape[1], m + 1, [each[k].tobytes() for each in states])


def _best(across: Floats, down: Floats, pair: Floats) -> NDArray[np.int8]:
    """Say which of the three sums is highest at each place, the first of equal ones."""
    import numpy as np

    out = (down > across + _EQUAL).astype(np.int8)
    out[pair > np.maximum(across, down) + _EQUAL] = _PAIR
    return out


def _back(i: int, j: int, width: int, chosen: Sequence[bytes]) -> Path:
    """Walk back from the end. `chosen`: by the state to go on from, the best at each place, in rows of `width`."""
    out: list[tuple[int | None, int | None]] = []
    state = chosen[_PAIR][i * width + j]
    while i or j:
        if state == _PAIR:
            i, j = i - 1, j - 1
            out.append((i, j))
        elif state == _DOWN:
            i -= 1
            out.append((i, None))
        else:
            j -= 1
            out.append((None, j))
        state = chosen[state][i * width + j]
    return out[::-1]
