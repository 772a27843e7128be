"""What is said of a whole cell: likeness, length, level of the word links; numbers, denials and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compare.lang import DEFAULT, SOURCE
from compare.quantities.comparison import missing
from compare.quantities.numbers import quantities
from compare.wordalign.links import Batch
from compare.wordalign.vocabulary import CLASSES, FUNCTION, FUTURE, ING, PAST, PRESENT, Forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.meaning.features.batch import Alignments, Columns

    Array = NDArray[Any]


#: Likeness from which on a word that no dictionary knows is a name that another text has too.
_SAME_WORD = 0.75


def cell_features(
    links: Alignments, columns: Columns, rows: Sequence[int], version: str, source: str | None, others: Sequence[str]
) -> Mapping[str, Array]:
    """Measure the cells of the rows; one value a row, NaN where the text that it needs is lacking."""
    import numpy as np

    here, forms = links.batches[version], links.forms
    n = here.there.sum(1).astype(np.float32)
    out: dict[str, Array] = {"words": n}
    for name, ids in (("s", [source] if source else []), ("o", list(others))):
        views = [_compared(links, columns, rows, version, other) for other in ids]
        for k in (*_pair_names(), "states_alike"):
            stacked = np.stack([v[k] for v in views], axis=1) if views else np.full((len(n), 1), np.nan, np.float32)
            out[f"{name}_{k}"] = nan_mean(stacked)
            if name == "o" and k in ("level", "back", "number", "again"):
                known = ~np.isnan(stacked)
                out[f"o_{k}_max"] = np.where(known.any(1), np.where(known, stacked, -9).max(1), np.nan)
                out[f"o_{k}_min"] = np.where(known.any(1), np.where(known, stacked, 99).min(1), np.nan)
    out |= _closeness_against_others(links, columns, rows, version, source, others)
    out |= _grammaticality(links, columns, rows, version, others)
    out["o_count"] = (
        np.stack([links.batches[o].there.any(1) for o in others], axis=1).sum(1) if others else np.zeros(len(n))
    )
    out["cyrillic"] = forms.cyrillic[here.forms].sum(1)
    out["misspelt"] = misspelt(links, version, [*others, *([source] if source else [])]).sum(1)
    return {k: np.asarray(v, np.float32) for k, v in out.items()}


def _grammaticality(
    links: Alignments, columns: Columns, rows: Sequence[int], version: str, others: Sequence[str]
) -> dict[str, Array]:
    """How broken the cell reads, and how much more so than the others."""
    import numpy as np

    found = columns.breaks[version][rows]
    rest = [np.where(links.batches[o].there.any(1), columns.breaks[o][rows, 0], np.nan) for o in others]
    usual = nan_mean(np.stack(rest, axis=1)) if rest else np.full(len(rows), np.nan)
    return {
        "breaks_1": found[:, 0],
        "breaks_2": found[:, 1],
        "breaks_mean": found[:, 2],
        "breaks_apart": found[:, 0] - usual,
    }


_CLOSENESS = ("apart_states", "apart_level", "apart_back")


def _closeness_against_others(
    links: Alignments, columns: Columns, rows: Sequence[int], version: str, source: str | None, others: Sequence[str]
) -> dict[str, Array]:
    """Hold how near the version is to each text against how near the others are: a hard row is hard for all."""
    import numpy as np

    def stands(a: str, b: str) -> list[Array]:
        there = [links.batches[x].there.any(1) for x in (a, b)]
        alike = _states_alike(links.batches[a], links.batches[b])
        ahead, back = (match_level(links(x, y).best, links.batches[x], links.forms) for x, y in ((a, b), (b, a)))
        return [np.where(there[0] & there[1], x, np.nan) for x in (alike, ahead, back, links.pair_reading(a, b).cell)]

    out: dict[str, Array] = {}
    kept = list(others)
    sides = {
        "s": [(stands(version, source), [stands(o, source) for o in kept])] if source else [],
        "o": [(stands(version, o), [stands(x, o) for x in kept if x != o]) for o in kept],
    }
    for name, found in sides.items():
        for k, what in enumerate(_CLOSENESS):
            gaps = [mine[k] - nan_mean(np.stack([t[k] for t in theirs], axis=1)) for mine, theirs in found if theirs]
            nothing = np.full(len(rows), np.nan)
            out[f"{name}_{what}"] = nan_mean(np.stack(gaps, axis=1)) if gaps else nothing
    return out


def misspelt(links: Alignments, version: str, others: Sequence[str]) -> Array:
    """Mark the words a slip away from a known one that no other text has or sounds like: (rows, longest)."""
    import numpy as np

    here = links.batches[version]
    found: Array = links.forms.misspelt[here.forms]
    if others:
        found = found & (np.fmax.reduce([np.nan_to_num(links(version, o).best) for o in others]) < _SAME_WORD)
    return found


def _pair_names() -> tuple[str, ...]:
    return (
        "ratio",
        "level",
        "back",
        "number",
        "question",
        "again",
        *CLASSES,
        "past",
        "present",
        "ing",
        "future",
    )


def _compared(links: Alignments, columns: Columns, rows: Sequence[int], version: str, other: str) -> dict[str, Array]:
    import numpy as np

    here, there, forms = links.batches[version], links.batches[other], links.forms
    empty: Array = np.logical_not(there.there.any(1))
    lengths = [b.there.sum(1).astype(np.float32) for b in (here, there)]
    mine, theirs = columns.texts[version], columns.texts[other]
    language = DEFAULT if not forms.cyrillic[there.forms].any() else SOURCE
    counted = [
        (len(missing(a, b)) + len(missing(b, a)), mine[i].count("?") - theirs[i].count("?"))
        for i in rows
        for a, b in [(quantities(mine[i], DEFAULT), quantities(theirs[i], language))]
    ]
    numbers, questions = (np.array(x, np.float32) for x in zip(*counted, strict=True))
    classes = counts(here, forms) - counts(there, forms)
    values = [
        np.log((lengths[0] + 1) / (lengths[1] + 1)),
        match_level(links(version, other).best, here, forms),
        match_level(links(other, version).best, there, forms),
        numbers,
        questions,
        immediate_repeats(here) - immediate_repeats(there),
        *classes.T,
    ]
    found = dict(zip(_pair_names(), values, strict=True))
    found["states_alike"] = _states_alike(here, there)
    return {k: np.where(empty, np.nan, v).astype(np.float32) for k, v in found.items()}


def _states_alike(here: Batch, there: Batch) -> Array:
    """Return the cosine between the sums of the cells' states."""
    import numpy as np

    one, two = (b.states.sum(1) for b in (here, there) if b.states is not None)
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    found: Array = np.einsum("id,id->i", one, two) / np.maximum(norms, 1e-9)
    return found


def match_level(best: Array, here: Batch, forms: Forms) -> Array:
    """Average how well the content words of each cell are matched."""
    import numpy as np

    return nan_mean(np.where(here.there & (forms.pos[here.forms] != FUNCTION), best, np.nan))


def immediate_repeats(here: Batch) -> Array:
    """Count the words of each cell that repeat the one, two or three before them at once."""
    import numpy as np

    ids = here.forms
    total = np.zeros(len(ids), np.float32)
    for size in (1, 2, 3):
        if ids.shape[1] >= 2 * size:
            same = (ids[:, size:] == ids[:, :-size]) & (ids[:, size:] > 0)
            run = np.ones((len(ids), same.shape[1] - size + 1), bool)
            for k in range(size):
                run &= same[:, k : k + run.shape[1]]
            total += run.sum(1)
    return total


def counts(batch: Batch, forms: Forms) -> Array:
    """Count the members of each closed class and each tense in each cell: (rows, classes + 4)."""
    import numpy as np

    member, tense = forms.member[batch.forms], forms.tense[batch.forms]
    kinds = [(member == n).sum(1) for n in range(1, len(CLASSES) + 1)]
    kinds += [(tense == t).sum(1) for t in (PAST, PRESENT, ING, FUTURE)]
    return np.stack(kinds, axis=1).astype(np.float32)


def nan_mean(values: Array) -> Array:
    """Average along the second axis what is not NaN; NaN where nothing is."""
    import numpy as np

    known = ~np.isnan(values)
    total: Array = np.where(known, values, 0).sum(1) / np.maximum(known.sum(1), 1)
    return np.where(known.any(1), total, np.nan)
