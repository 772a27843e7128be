"""A small network that reads a version beside all other texts at once: what none of them has, what they have alone.

Every word looks, by soft attention over contextual states, at its counterpart in each other text, as the interaction
layers of Parikh et al. (2016) do; what the word and its counterparts differ in is pooled over the texts and looked at
with its neighbours. It tells of each word whether it is added, of each place whether something is lost there, and of
each word of another text whether the version has lost it. Trained by `tests/training/row_network.py`.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare import artefacts
from compare.convolution import convolved
from compare.records import kept_by_rows
from compare.values import Collation
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.contextual import States, by_stretches, cell_states
from compare.wordalign.vocabulary import FUNCTION, Cell, Forms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Pair = tuple[str, str]

#: Rows read at a time, and pairs of words at most unless one row has more.
_ROWS, _PAIRS = 32, 1 << 20


@dataclass(frozen=True, slots=True)
class RowReading:
    """What is said of one version's cell, in log-odds."""

    added: Floats
    """Of each word: no other text has it."""
    hole: Floats
    """Of each place, before the first word to after the last: something is lost here."""
    lost: Mapping[str, Floats]
    """Of each word of each other text: the version has lost it."""


@dataclass(frozen=True, slots=True)
class RowInput:
    """One row's texts as numbers. A text of n words has n + 1 places: the last one is its end."""

    texts: tuple[str, ...]
    states: Mapping[str, Floats]
    """(words, d)"""
    marks: Mapping[str, Floats]
    """(places, SIGNS)"""
    shares: Mapping[Pair, Sequence[float]]
    """How certainly each word is covered by the other text."""


@functools.cache
def weights() -> Mapping[str, Floats]:
    """Load the network."""
    import numpy as np

    return {name: value.astype(np.float32) for name, value in artefacts.arrays("row_network.npz").items()}


def row_input(aligned: AlignedWords, states: States, i: int) -> RowInput:
    """Lay out a row. `states`: of each cell's words."""
    texts = tuple(t for t, cells in aligned.cells.items() if cells[i])
    shares = {(a, b): c.share for a in texts for b in texts if a != b and (c := aligned.covers[a, b][i])}
    marks = {t: word_marks(cell, aligned.forms) for t in texts if (cell := aligned.cells[t][i])}
    return RowInput(texts, {t: known for t in texts if (known := states[t][i]) is not None}, marks, shares)


def word_marks(cell: Cell, forms: Forms) -> Floats:
    """Say of each word whether it is of content, how rare, what mark stands before it, a capital; and mark the end."""
    import numpy as np

    content = forms.pos[cell.forms] != FUNCTION
    rare = np.where(content, np.clip(forms.rarity[cell.forms] / 8, 0.5, 1), 0)
    columns = [content, rare, cell.mark == 1, cell.mark == 2, cell.capital, np.zeros(len(content))]
    return np.vstack([np.stack(columns, 1), [0, 0, 0, 0, 0, 1]]).astype(np.float32)


def row_readings(aligned: AlignedWords) -> Mapping[str, tuple[RowReading | None, ...]]:
    """Read each version's cells beside all other texts of their rows; None where it stands alone."""

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[RowReading | None, ...]]]:
        for rows, states in by_stretches(cell_states, aligned.collation, aligned.vocabulary, stretches):
            yield _read_rows(aligned.of(rows), states)

    found = kept_by_rows("witnessed", aligned.collation, some, (RowReading,))
    return {v: tuple(row[n] for row in found) for n, v in enumerate(_judged(aligned.collation))}


def _judged(collation: Collation) -> list[str]:
    return [v.id for v in collation.work.versions if v.role != "source"]


def _read_rows(aligned: AlignedWords, states: States) -> list[tuple[RowReading | None, ...]]:
    """Read all rows, and return what is said of the judged versions' cells, row by row."""
    collation, cells, source = aligned.collation, aligned.cells, aligned.collation.work.source
    judged = _judged(collation)
    out: list[dict[str, RowReading]] = [{} for _ in collation.rows]
    together: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(collation.rows)):
        together[tuple(t for t in cells if cells[t][i])].append(i)
    for texts, rows in together.items():
        if len(texts) < 2:
            continue
        longest = {i: max(len(cells[t][i].words) for t in texts) for i in rows}  # type: ignore[union-attr]
        rows.sort(key=lambda i: (longest[i], i))
        stop = 0
        while stop < len(rows):
            start, last = stop, rows[min(stop + _ROWS, len(rows)) - 1]
            stop += max(min(_ROWS, _PAIRS // longest[last] ** 2), 1)
            part = rows[start:stop]
            found = read(
                weights(), [row_input(aligned, states, i) for i in part], judged, source.id if source else None
            )
            for version, answers in found:
                for i, one in zip(part, answers, strict=True):
                    out[i][version] = one
    return [tuple(map(row.get, judged)) for row in out]


def read(
    w: Mapping[str, Floats], sheets: Sequence[RowInput], judged: Sequence[str], source: str | None
) -> Iterator[tuple[str, list[RowReading]]]:
    """Read rows of the same texts; yield what is said of each version's cells."""
    import numpy as np

    texts = sheets[0].texts
    size = {t: np.array([len(s.states[t]) for s in sheets]) for t in texts}
    place = {t: np.arange(int(size[t].max()) + 1) for t in texts}
    there = {t: place[t] < size[t][:, None] for t in texts}
    live = {t: (place[t] <= size[t][:, None])[:, :, None].astype(np.float32) for t in texts}
    states = {t: _pad([s.states[t] for s in sheets], len(place[t])) for t in texts}
    marks = {t: _pad([s.marks[t] for s in sheets], len(place[t])) for t in texts}
    share = {
        (a, b): _pad([np.array(s.shares[a, b], np.float32) for s in sheets], len(place[a]))
        for a in texts
        for b in texts
        if a != b
    }
    seen = dict(_pairs(w, texts, states, marks, share, there, size, source))
    for version in judged:
        if version not in texts:
            continue
        rest = [t for t in texts if t != version]
        views = np.stack([seen[version, t] for t in rest])
        pooled = np.concatenate([views.mean(0), views.max(0), views.min(0), marks[version]], axis=2)
        own = _tail(w, "o", pooled, live[version])
        lost = {}
        for text in rest:
            beside = [seen[text, t] for t in rest if t != text]
            mean = np.mean(beside, axis=0) if beside else np.zeros_like(seen[text, version])
            flag = np.full((*mean.shape[:2], 1), float(bool(beside)), np.float32)
            joined = np.concatenate([seen[text, version], mean, marks[text], flag], axis=2)
            lost[text] = _tail(w, "l", joined, live[text])[:, :, 0]
        yield (
            version,
            [
                RowReading(
                    own[n, : size[version][n], 0],
                    own[n, : size[version][n] + 1, 1],
                    {t: z[n, : size[t][n]] for t, z in lost.items()},
                )
                for n in range(len(sheets))
            ],
        )


def _pad(listed: Sequence[Floats], longest: int) -> Floats:
    import numpy as np

    out = np.zeros((len(listed), longest, *listed[0].shape[1:]), np.float32)
    for n, one in enumerate(listed):
        out[n, : len(one)] = one
    return out


def _pairs(
    w: Mapping[str, Floats],
    texts: Sequence[str],
    states: Mapping[str, Floats],
    marks: Mapping[str, Floats],
    share: Mapping[Pair, Floats],
    there: Mapping[str, NDArray[np.bool_]],
    size: Mapping[str, NDArray[np.int64]],
    source: str | None,
) -> Iterator[tuple[Pair, Floats]]:
    """Let each text look at each other one."""
    import numpy as np

    asked = {t: states[t] @ w["ask"] for t in texts}
    asked = {t: x / np.maximum(np.linalg.norm(x, axis=2, keepdims=True), 1e-12) for t, x in asked.items()}
    said = {t: states[t] @ w["say"] + w["say_b"] for t in texts}
    at = {t: (np.arange(x.shape[1]) / np.maximum(size[t], 1)[:, None]).astype(np.float32) for t, x in asked.items()}
    nothing = np.exp(w["nul"] - w["tau"])
    for k, a in enumerate(texts):
        for b in texts[k + 1 :]:
            near = asked[a] @ asked[b].transpose(0, 2, 1)
            known = there[a][:, :, None] & there[b][:, None, :]
            away = np.abs(at[a][:, :, None] - at[b][:, None, :])
            raised = np.where(known, np.exp(w["tau"] * (near - 1) - w["pull"] * away), 0)
            near = np.where(known, near, -1)
            rows, columns = raised.sum(2), raised.sum(1)
            ahead = raised / (rows + nothing)[:, :, None]
            back = (raised / (columns + nothing)[:, None, :]).transpose(0, 2, 1)
            for one, two, look, best, alone, claimed in (
                (a, b, ahead, near.max(2), nothing / (rows + nothing), back.sum(1)),
                (b, a, back, near.max(1), nothing / (columns + nothing), ahead.sum(1)),
            ):
                spot = (look @ np.arange(look.shape[2], dtype=np.float32)) / (look.sum(2) + 1e-4)
                step = np.zeros_like(spot)
                step[:, 1:] = np.clip(spot[:, 1:] - spot[:, :-1] - 1, -6, 6) / 3
                is_source = (np.full_like(best, t == source) for t in (one, two))
                certainty = np.stack([best, alone, claimed, step, share[one, two], *is_source], axis=2)
                own, facing = said[one], look @ said[two]
                joined = [own, facing, own * facing, np.abs(own - facing), certainty, marks[one]]
                yield (one, two), np.maximum(np.concatenate(joined, axis=2) @ w["first"] + w["first_b"], 0)


def _tail(w: Mapping[str, Floats], name: str, x: Floats, live: Floats) -> Floats:
    """Look at each place with its neighbours."""
    import numpy as np

    x = np.maximum(x @ w[name] + w[f"{name}_b"], 0) * live
    for kernel, bias in zip(w[f"{name}_look"], w[f"{name}_look_b"], strict=True):
        x = (np.maximum(convolved(x, kernel) + bias, 0) + x) * live
    out: Floats = x @ w[f"{name}_out"] + w[f"{name}_out_b"]
    return out
