"""How well a sentence is likely to have been translated by machine, by it and its Russian source alone.

Quality estimation (Specia et al. 2018) without a reference, learned from direct assessments (MLQE-PE, Fomicheva et al.
2022) by `tests/training/quality_estimation.py`. Views of a cell, each a regression of its own, are added up: the
vectors of both sides in a kernel machine on fixed landmarks (Quiñonero-Candela & Rasmussen 2005, subset of regressors),
what the word links leave uncovered in boosted trees, and the letters of the words (proverbs, slang and old forms come
out ill).
"""

from __future__ import annotations

import functools
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare import artefacts
from compare.lang import DEFAULT, SOURCE
from compare.meaning.models.gbdt import Trees, load
from compare.records import kept_by_rows
from compare.values import Collation
from compare.wordalign.contextual import uncased
from compare.wordalign.links import Batch, Links, batch, likeness, link, without_capitals
from compare.wordalign.vocabulary import FUNCTION, PAST, Forms, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

#: Length of the table of letter groups of each language, and the lengths of the groups.
LETTERS, GROUPS = 4096, range(2, 6)
#: Cells measured at a time.
_CELLS, _STEP = 96, 2048
#: The share of faulty cells for which risk is calibrated, and of bad ones where this model was trained.
_FAULTY, _BAD = 0.20, 0.19


@dataclass(frozen=True, slots=True)
class Quality:
    """What is to be expected of a cell. `score`: a standardised human assessment, 0 the mean of machine translation.

    `bad`: the probability that people would put it more than one standard deviation below.
    """

    score: float
    bad: float


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the model reads of each of n cells.

    `sides`: by the name of the kernel machine that reads them, the vectors of the source and of the version, (n, d).
    """

    sides: Mapping[str, tuple[Array, Array]]
    names: tuple[str, ...]
    values: Array
    """(n, names): for the trees."""
    letters: Array
    """(2, n): what `spell` says of the source and of the version."""


def expected_quality(collation: Collation, vocabulary: Vocabulary) -> Mapping[str, tuple[Quality | None, ...]]:
    """Expect a quality of each cell of an English version that has a Russian source, and no other such version beside.

    None elsewhere; no versions at all when the source is not Russian or the encoder is not the embedded one, by whose
    vectors the model was trained.
    """
    versions = readable_versions(collation)

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[Quality | None, ...]]]:
        for rows in stretches:
            part, known = replace(collation, rows=collation.rows[rows]), vocabulary.of(rows)
            yield list(zip(*(_expected(part, known, version, versions) for version in versions), strict=True))

    found = kept_by_rows("quality", collation, some, (Quality,)) if versions else []
    return {version: tuple(row[n] for row in found) for n, version in enumerate(versions)}


def _expected(
    collation: Collation, vocabulary: Vocabulary, version: str, versions: Sequence[str]
) -> list[Quality | None]:
    qualities: list[Quality | None] = [None] * len(collation.rows)
    alone = [i for i in range(len(qualities)) if [v for v in versions if vocabulary.cells[v][i]] == [version]]
    if alone:
        cells = {column: tuple(known[i] for i in alone) for column, known in vocabulary.cells.items()}
        part = replace(collation, rows=tuple(collation.rows[i] for i in alone))
        rows, seen = view(part, replace(vocabulary, cells=cells), version)
        for row, quality in zip(rows, expect(seen) if rows else (), strict=True):
            qualities[alone[row]] = quality
    return qualities


def add(chance: float, quality: Quality) -> float:
    """Join a cell's expected quality to the probability of an error that was found without it.

    Either is enough to fault a cell; as both count on one cell in five, the odds of either are lowered to one in five.
    """
    odds = _either(chance, quality.bad) / _either(_FAULTY, _BAD) * _FAULTY / (1 - _FAULTY)
    return odds / (1 + odds)


def _either(one: float, two: float) -> float:
    neither = max((1 - one) * (1 - two), 1e-9)
    return (1 - neither) / neither


def readable_versions(collation: Collation) -> list[str]:
    """List the versions of which a quality can be expected."""
    source = collation.work.source
    if source is None or source.lang != SOURCE or not collation.encoder.name.startswith("use-"):
        return []
    return [v.id for v in collation.work.versions if v.role != "source" and v.lang == DEFAULT]


def expect(seen: View) -> list[Quality]:
    """Apply the model."""
    model = weights()
    score = assess(seen, model)
    slope, shift = (float(x) for x in model["chance"])
    return [Quality(round(float(s), 4), 1 / (1 + math.exp(-(slope * float(s) + shift)))) for s in score]


def assess(seen: View, model: Mapping[str, Array]) -> Array:
    """Add up the views: (n,) expected assessments."""
    import numpy as np

    parts = [kernel(pair, name, model) for name, pair in sorted(seen.sides.items())]
    parts += [trees().scores(seen.names, seen.values), seen.letters.sum(0)]
    total: Array = np.stack(parts, axis=1) @ model["share"] + model["mean"]
    return total


@functools.cache
def weights() -> Mapping[str, Array]:
    """Load the kernel machine, the tables of letter groups, the shares of the views and the calibration."""
    import numpy as np

    stored = artefacts.arrays("quality_estimation.npz")
    scales = {key.removesuffix("_scale"): stored.pop(key) for key in list(stored) if key.endswith("_scale")}
    return {key: value.astype(np.float32) * scales.get(key, np.float32(1)) for key, value in stored.items()}


@functools.cache
def trees() -> Trees:
    """Load the trees."""
    return load("quality_estimation")


# ---- the kernel machine on sentence vectors ----


def pairing(pair: tuple[Array, Array], centre: Array) -> Array:
    """Lay the vectors of both sides, their distance and their product side by side: (n, 4 d).

    `centre`: (2, d) what each side's vectors have in common; taken away, and the rest brought to unit length.
    """
    import numpy as np

    away = [side - middle for side, middle in zip(pair, centre, strict=True)]
    u, v = (side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9) for side in away)
    return np.concatenate([u, v, np.abs(u - v), u * v], axis=1)


def kernel(pair: tuple[Array, Array], name: str, model: Mapping[str, Array]) -> Array:
    """Read sentence vectors: a sum of Gaussians about landmarks, in the axes that vary most."""
    import numpy as np

    centre, mean, axes, marks, pull = (model[f"{name}_{part}"] for part in ("centre", "mean", "axes", "marks", "pull"))
    out = np.zeros(len(pair[0]), np.float32)
    for start in range(0, len(out), _STEP):
        part = slice(start, start + _STEP)
        points = (pairing((pair[0][part], pair[1][part]), centre) - mean) @ axes
        out[part] = gaussians(points, marks) @ pull
    return out


def gaussians(points: Array, marks: Array) -> Array:
    """Return (points, marks) exp of minus the squared distances."""
    import numpy as np

    distances = (points * points).sum(1)[:, None] + (marks * marks).sum(1)[None, :] - 2 * points @ marks.T
    near: Array = np.exp(-np.maximum(distances, 0))
    return near


# ---- the letters of the words ----


def groups(form: str) -> list[int]:
    """List the letter groups of a form, its ends marked, as places in a table of LETTERS."""
    framed = f" {form} ".encode("utf-16-le")
    return [
        zlib.crc32(framed[2 * i : 2 * (i + size)]) % LETTERS
        for size in GROUPS
        for i in range(len(framed) // 2 - size + 1)
    ]


def _letters(seen: Vocabulary, columns: tuple[str, str], rows: Sequence[int], model: Mapping[str, Array]) -> Array:
    """Weigh the letter groups of each cell: (2, rows)."""
    import numpy as np

    out = np.zeros((2, len(rows)), np.float32)
    for side, (column, table) in enumerate(zip(columns, model["letters"], strict=True)):
        used = np.unique(
            np.concatenate([np.zeros(0, np.int32), *(c.forms for i in rows if (c := seen.cells[column][i]))])
        )
        weight, count = np.zeros((2, len(seen.forms.keys)), np.float32)
        for form in used.tolist():
            found = groups(seen.forms.keys[form])
            weight[form], count[form] = table[found].sum(), len(found)
        for n, row in enumerate(rows):
            if cell := seen.cells[column][row]:
                out[side, n] = weight[cell.forms].sum() / math.sqrt(count[cell.forms].sum() + 1)
    return out


# ---- what the word links leave uncovered, and what can be counted ----


def view(
    collation: Collation,
    vocabulary: Vocabulary,
    version: str,
    model: Mapping[str, Array] | None = None,
) -> tuple[list[int], View]:
    """View a version with the source: the indices of the rows that both have, and what the model reads of these.

    `model`: whose table of letter groups to use.
    """
    assert collation.work.source is not None
    columns = collation.work.source.id, version
    seen = vocabulary
    rows = [i for i in range(len(collation.rows)) if all(seen.cells[c][i] for c in columns)]
    texts = [[uncased(collation.cell(collation.rows[i], column)) for i in rows] for column in columns]
    source, translation = (collation.encoder.encode(some) for some in texts)
    names, values = _measure(texts, columns, seen, rows)
    model = model or weights()
    return rows, View({"even": (source, translation)}, names, values, _letters(seen, columns, rows, model))


def _measure(
    texts: Sequence[Sequence[str]],
    columns: tuple[str, str],
    seen: Vocabulary,
    rows: Sequence[int],
) -> tuple[tuple[str, ...], Array]:
    import numpy as np

    def size(n: int) -> int:
        return sum(len(c.words) for column in columns if (c := seen.cells[column][rows[n]]))

    order = sorted(range(len(rows)), key=size)
    names: tuple[str, ...] = ()
    values = np.zeros((len(rows), 0), np.float32)
    for start in range(0, len(order), _CELLS):
        part = order[start : start + _CELLS]
        pair = [without_capitals(batch([seen.cells[column][rows[n]] for n in part])) for column in columns]
        found = _linked(pair[0], pair[1], seen.forms)
        for mark, side in zip("st", pair, strict=True):
            found |= {f"{mark}_{k}": v for k, v in _counted(side, seen.forms).items()}
        found |= _signs(*([some[n] for n in part] for some in texts))
        if not names:
            names = tuple(found)
            values = np.zeros((len(rows), len(names)), np.float32)
        values[part] = np.stack(list(found.values()), axis=1)
    return names, values


def _linked(source: Batch, version: Batch, forms: Forms) -> dict[str, Array]:
    """What has a counterpart: the source's words (`s`) in the version, the version's (`t`) in the source."""
    views = link(source, version, likeness(source, version, forms))
    return {
        f"{mark}_{name}": value
        for mark, side, view in zip("st", (source, version), views, strict=True)
        for name, value in _covered(side, view, forms).items()
    }


def _covered(side: Batch, view: Links, forms: Forms) -> dict[str, Array]:
    import numpy as np

    there = side.there
    content = there & (forms.pos[side.forms] != FUNCTION)
    best, rarity = np.nan_to_num(view.best), forms.rarity[side.forms]
    worst = _top(1 - best, content)
    step = np.abs(np.diff(np.maximum(view.at, 0), axis=1)) * there[:, 1:]
    n = np.maximum(there.sum(1), 1)
    return {
        "level": _mean(best, content),
        "level_all": _mean(best, there),
        "level_rare": (best * rarity * content).sum(1) / np.maximum((rarity * content).sum(1), 1e-3),
        **{f"bare_{k + 1}": worst[:, k] for k in range(3)},
        **{f"below_{int(100 * limit)}": _mean(best < limit, content) for limit in (0.3, 0.45, 0.6)},
        "mutual": _mean(np.nan_to_num(view.mutual), content),
        "ahead": _mean(np.nan_to_num(view.gap), content),
        "jumps": step.sum(1) / n / n,
    }


def _counted(side: Batch, forms: Forms) -> dict[str, Array]:
    """What kind of words a cell is made of."""
    import numpy as np

    ids, there = side.forms, side.there
    content = there & (forms.pos[ids] != FUNCTION)
    rarity = forms.rarity[ids]
    rarest = _top(rarity, content)
    ordered = np.sort(ids, axis=1)
    again = ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] > 0)).sum(1)
    return {
        "words": np.log1p(there.sum(1)),
        "content": _mean(content, there),
        "rarity": _mean(rarity, content),
        **{f"rarest_{k + 1}": rarest[:, k] for k in range(3)},
        "figures": (forms.figure[ids] & there).sum(1),
        "marks": _mean(side.mark == 2, there),
        "sentences": ((side.mark == 1) & there).sum(1),
        "letters": _mean(forms.length[ids], there),
        "again": again / np.maximum(there.sum(1), 1),
        "cyrillic": (forms.cyrillic[ids] & there).sum(1),
        **{f"kind_{k}": _mean(forms.pos[ids] == k, there) for k in range(FUNCTION)},
        **{f"tense_{k}": _mean(forms.tense[ids] == k, there) for k in range(PAST, PAST + 4)},
        **{f"class_{k}": _mean(forms.member[ids] == k, there) for k in (1, 2, 4, 6, 8)},
    }


def _mean(values: Array, where: Array) -> Array:
    import numpy as np

    mean: Array = (values * where).sum(1) / np.maximum(where.sum(1), 1)
    return mean


def _top(values: Array, where: Array) -> Array:
    """The three highest of each line; 0 where there are fewer."""
    import numpy as np

    ordered = -np.sort(-np.where(where, values, 0), axis=1)
    return np.pad(ordered, ((0, 0), (0, 3)))[:, :3]


def _signs(sources: Sequence[str], versions: Sequence[str]) -> dict[str, Array]:
    """Letters, marks and figures of both texts."""
    import numpy as np

    def of(s: str, t: str) -> dict[str, float]:
        return {
            "s_size": math.log1p(len(s)),
            "t_size": math.log1p(len(t)),
            "ratio": math.log((len(t) + 1) / (len(s) + 1)),
            "questions": s.count("?") - t.count("?"),
            "calls": s.count("!") - t.count("!"),
            "s_commas": s.count(","),
            "t_commas": t.count(","),
            "dashes": s.count("-") + s.count("—"),
            "latin": sum(c.isascii() and c.isalpha() for c in s) / (len(s) + 1),
            "digits": sum(map(str.isdigit, s)) / (len(s) + 1),
            "digits_more": sum(map(str.isdigit, t)) - sum(map(str.isdigit, s)),
            "colon": ":" in s,
            "dots": "..." in s or "…" in s,
        }

    lines = [of(s, t) for s, t in zip(sources, versions, strict=True)]
    return {name: np.array([line[name] for line in lines], np.float32) for name in lines[0]}
