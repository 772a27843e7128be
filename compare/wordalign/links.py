"""Align the words of cells, many rows at a time: what of each side has a counterpart on the other, and how sure.

A soft alignment by likeness of word vectors, as SimAlign (Jalili Sabet et al. 2020), with a slight pull to the
diagonal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.wordalign.vocabulary import Cell, Forms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

#: How much likeness a pair loses that stands at opposite ends of its cells.
_PULL = 0.1


@dataclass(frozen=True, slots=True)
class Batch:
    """Cells side by side, padded: `forms` (rows, longest) with 0 where a cell ends, `there` what is not padding."""

    forms: NDArray[np.int32]
    there: Bools
    capital: Bools
    mark: NDArray[np.int8]
    states: Floats | None = None
    """Contextual states, (rows, longest, d), or None to judge by the forms' vectors."""


@dataclass(frozen=True, slots=True)
class Links:
    """One side's view of an alignment.

    Arrays (rows, longest), NaN where there is no word or the other cell is empty.
    """

    best: Floats
    gap: Floats
    """How far the best counterpart is ahead of the second."""
    at: Ints
    """Index of the best counterpart; -1 where none."""
    mutual: Floats
    claimed: Floats
    """How much nearer the counterpart is to another word of this side; 0 when mutual."""


#: Pairs of words that are compared at once: 128 rows of some 200 words each, in tables of 20 MB.
TABLE = 5 << 20


def stretches(lengths: Sequence[int], most: int) -> Iterator[slice]:
    """Part rows into stretches of `most` at most, fewer where they are long.

    `lengths`: the words of each row's longest cell.
    """
    start = longest = 0
    for stop, length in enumerate(lengths):
        longest = max(longest, length)
        if stop > start and (stop - start == most or (stop + 1 - start) * longest**2 > TABLE):
            yield slice(start, stop)
            start, longest = stop, length
    if lengths:
        yield slice(start, len(lengths))


def batch(cells: Sequence[Cell | None], states: Sequence[Floats | None] | None = None, width: int = 1) -> Batch:
    """Pad cells to the longest of them; `width`: of the states, where every cell is empty."""
    import numpy as np

    longest = max([len(c.words) for c in cells if c] + [1])
    forms = np.zeros((len(cells), longest), np.int32)
    capital = np.zeros((len(cells), longest), bool)
    mark = np.zeros((len(cells), longest), np.int8)
    for i, cell in enumerate(cells):
        if cell:
            forms[i, : len(cell.words)] = cell.forms
            capital[i, : len(cell.words)] = cell.capital
            mark[i, : len(cell.words)] = cell.mark
    padded = None
    if states is not None:
        width = next((s.shape[1] for s in states if s is not None), width)
        padded = np.zeros((len(cells), longest, width), np.float32)
        for i, state in enumerate(states):
            if state is not None:
                padded[i, : len(state)] = state
    return Batch(forms, forms > 0, capital, mark, padded)


def without_capitals(cells: Batch) -> Batch:
    """Return the batch as if no word had a capital."""
    return replace(cells, capital=cells.capital & False)


def likeness(a: Batch, b: Batch, forms: Forms) -> Floats:
    """Compare every word of the one side with every word of the other: (rows, longest a, longest b); -1 for padding."""
    import numpy as np

    near = forms.vectors[a.forms] @ forms.vectors[b.forms].transpose(0, 2, 1)
    same = forms.lemma[a.forms][:, :, None] == forms.lemma[b.forms][:, None, :]
    np.maximum(near, 0.95, out=near, where=same)
    # names are recognised by sound, in either script
    one, two = (x.capital | forms.unknown[x.forms] for x in (a, b))
    heard = np.where(one[:, :, None], forms.sound[a.forms], 0) @ forms.sound[b.forms].transpose(0, 2, 1)
    np.maximum(near, heard, out=near, where=two[:, None, :])
    near = near.astype(np.float32, copy=False)
    near[~a.there] = -1
    near.transpose(0, 2, 1)[~b.there] = -1
    return near


def link(a: Batch, b: Batch, near: Floats) -> tuple[Links, Links]:
    """Give each word its best counterpart; the two sides' views."""
    import numpy as np

    _, n, m = near.shape
    here = np.arange(n)[None, :] / np.maximum(a.there.sum(1), 1)[:, None]
    there = np.arange(m)[None, :] / np.maximum(b.there.sum(1), 1)[:, None]
    pulled = np.where(near > -1, near - _PULL * np.abs(here[:, :, None] - there[:, None, :]), -1)
    return _view(near, pulled, a.there), _view(near.transpose(0, 2, 1), pulled.transpose(0, 2, 1), b.there)


def _view(near: Floats, pulled: Floats, there: Bools) -> Links:
    import numpy as np

    rows, n, m = near.shape
    at = pulled.argmax(2)
    best = np.take_along_axis(near, at[:, :, None], 2)[:, :, 0]
    top = np.take_along_axis(pulled, at[:, :, None], 2)[:, :, 0]
    second = _second(pulled, at) if m > 1 else np.zeros_like(top)
    back = pulled.argmax(1)
    highest = pulled.max(1)
    line = np.arange(rows)[:, None]
    mutual = back[line, at] == np.arange(n)[None, :]
    claimed = highest[line, at] - top
    empty = ~there | (top <= -1)

    def kept(values: Floats) -> Floats:
        return np.where(empty, np.nan, values).astype(np.float32)

    return Links(
        kept(best),
        kept(top - np.maximum(second, 0)),
        np.where(empty, -1, at),
        kept(mutual.astype(np.float32)),
        kept(claimed),
    )


def _second(pulled: Floats, at: Ints) -> Floats:
    """The highest but one along the last axis, where `at` says which is the highest."""
    import numpy as np

    rest = pulled.copy()
    np.put_along_axis(rest, at[:, :, None], -2, 2)
    highest: Floats = rest.max(2)
    return highest
