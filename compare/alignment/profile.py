"""Several versions already aligned, taken as one side: what is aligned with it is compared with all of them at once.

The vector of a window is the mean of its versions' vectors, so that the product of two windows is the mean likeness
of all pairs of versions: three noisy measurements are better than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.alignment.encoded_text import CHUNK, CUTS, LONGEST, Side, pack, parts_of, unpack
from compare.values import Bead

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Rows over versions. `borders`: for each version (rows + 1,), the first segment of each row, and their count."""

    borders: Mapping[str, NDArray[np.int64]]
    confidence: NDArray[np.float64]
    """(rows,): the probability that the row is right."""

    def __len__(self) -> int:
        return len(self.confidence)


def single(version: str, side: Side) -> Profile:
    """Make the profile of one version, a row a segment."""
    return Profile({version: np.arange(len(side) + 1)}, np.ones(len(side)))


def join(left: Profile, right: Profile, beads: Sequence[Bead]) -> Profile:
    """Join two profiles along the beads between their rows."""
    rows = np.array([[len(bead.source), len(bead.target)] for bead in beads], np.int64).reshape(-1, 2)
    corners = np.concatenate([np.zeros((1, 2), np.int64), np.cumsum(rows, axis=0)])
    borders = {version: at[corners[:, 0]] for version, at in left.borders.items()}
    borders |= {version: at[corners[:, 1]] for version, at in right.borders.items()}
    confidence = [
        bead.confidence
        * float(np.prod(left.confidence[list(bead.source)]) * np.prod(right.confidence[list(bead.target)]))
        for bead in beads
    ]
    return Profile(borders, np.array(confidence))


def in_turn(profiles: Sequence[Profile]) -> Profile:
    """Set the profiles of neighbouring stretches of the same versions behind one another."""
    borders = {}
    for version in profiles[0].borders:
        before = np.cumsum([0, *(profile.borders[version][-1] for profile in profiles)])
        parts = [profile.borders[version][:-1] + start for profile, start in zip(profiles, before, strict=False)]
        borders[version] = np.concatenate([*parts, before[-1:]])
    return Profile(borders, np.concatenate([profile.confidence for profile in profiles]))


def side_of(profile: Profile, sides: Mapping[str, Side]) -> Side:
    """View a profile as one side."""
    if len(profile.borders) == 1:
        (version,) = profile.borders
        return sides[version]
    rows = len(profile)
    width = next(iter(sides.values())).windows.shape[2]
    windows = np.zeros((LONGEST, rows, width), np.int16)
    heads, tails = np.zeros((CUTS, rows, width), np.int16), np.zeros((CUTS, rows, width), np.int16)
    for start in range(0, rows, CHUNK):
        part = slice(start, start + CHUNK)
        windows[:, part], heads[:, part], tails[:, part] = map(pack, _means(profile, sides, part, width))
    cuts = [np.ones(rows, np.int64), np.ones(rows, np.int64)]
    present, characters, opens = np.zeros(rows), np.zeros(rows), np.zeros(rows)
    mean = float(np.mean([sides[version].whole for version in profile.borders]))
    for version in sorted(profile.borders):
        side, at = sides[version], profile.borders[version]
        filled = np.diff(at) > 0
        for most, parts, ends in (
            (cuts[0], side.heads, at[:-1][filled]),
            (cuts[1], side.tails, at[1:][filled] - 1),
        ):
            most[filled] = np.maximum(most[filled], parts.count[ends])
        present += filled
        opens[filled] += side.opens[at[:-1][filled]]
        characters += np.diff(side.lengths[at]) * (mean / max(side.whole, 1.0))
    number = np.maximum(present, 1)
    return Side(
        windows,
        parts_of(heads, cuts[0]),
        parts_of(tails, cuts[1]),
        np.concatenate([[0.0], np.cumsum(characters / number)]),
        np.append(opens / number, 1.0).astype(np.float32),
        mean,
    )


def _means(
    profile: Profile, sides: Mapping[str, Side], part: slice, width: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Average the windows, the heads and the tails of some rows over the versions that have them."""
    rows = np.arange(len(profile))[part]
    windows = np.zeros((LONGEST, len(rows), width), np.float32)
    heads, tails = np.zeros((CUTS, len(rows), width), np.float32), np.zeros((CUTS, len(rows), width), np.float32)
    present = np.zeros((LONGEST, len(rows)), np.float32)
    for version in sorted(profile.borders):
        side, at = sides[version], profile.borders[version]
        start, stop = at[rows], at[np.minimum(rows + np.arange(1, LONGEST + 1)[:, None], len(profile))]
        windows += _windows(side, start, stop - start)
        present += stop > start
        filled = stop[0] > start
        heads[:, filled] += side.heads[:, start[filled]]
        tails[:, filled] += side.tails[:, stop[0][filled] - 1]
    number = np.maximum(present, 1)
    windows /= number[:, :, None]
    heads /= number[0, :, None]
    tails /= number[0, :, None]
    return windows, heads, tails


def _windows(side: Side, start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the vectors of `count` segments from `start`: (LONGEST, rows, d); of longer, the mean of both ends."""
    if not len(side):
        return np.zeros((*count.shape, side.windows.shape[2]), np.float32)
    size = np.clip(count, 1, LONGEST)
    first = np.broadcast_to(np.minimum(start, len(side) - 1), count.shape)
    found = unpack(side.windows[size - 1, first])
    long = count > LONGEST
    if long.any():
        last = unpack(side.windows[LONGEST - 1, (first + count - LONGEST)[long]])
        both = found[long] + last
        found[long] = both / np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
    found[count == 0] = 0.0
    return found
