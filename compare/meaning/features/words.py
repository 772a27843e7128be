"""The evidence for and against each word of a version: features for the model, the same whatever texts stand beside it.

Two tables for a version: its own words (is this word wrong?) and the words of the texts beside it (is this word lost?).
A feature that needs a text which is not there is NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from compare.meaning.features.batch import Alignments, Table
from compare.meaning.features.cells import counts, match_level, misspelt, nan_mean
from compare.wordalign.embeddings import relation
from compare.wordalign.links import Batch, Links
from compare.wordalign.vocabulary import CLASSES, Forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


def wrong_word_features(
    links: Alignments, version: str, source: str | None, others: Sequence[str], fluent: tuple[Array, Array]
) -> Table:
    """Gather what bears on each word of the version itself. `fluent`: what `fluency` says of its words."""

    here = links.batches[version]
    forms = links.forms
    f = _word_itself(here, forms)
    f["misspelt"] = misspelt(links, version, [*others, *([source] if source else [])])
    f["s_unattested"] = attested.own if (attested := links.attested(version)) else _missing(here)
    f |= _fluency(*fluent)
    f |= {f"s_{k}": v for k, v in _link_features(links, version, source, forms).items()}
    f |= _pair_features(links, version, source, others)
    f |= _pair_features_against_others(links, version, source, others)
    views = [_link_features(links, version, other, forms) | _relations(links, version, other) for other in others]
    f |= _mean_and_extremes("o", views, here, _LINK_FEATURES + _RELATIONS)
    f |= _class_surplus(links, version, source, others)
    f |= _deficits(links, version, source, others)
    if source:
        f["s_opposite"] = _opposite(links, version, source)
        f["s_tense"] = _tense(links, version, source)
    else:
        f["s_opposite"] = f["s_tense"] = _missing(here)
    return _table(f, here, version)


def lost(links: Alignments, text: str, version: str, source: str | None, others: Sequence[str], gap: Array) -> Table:
    """Gather what bears on each word of `text`, the source or another version, being lost in `version`.

    `gap`: what `fluency` says of a word missing before each of the version's.
    """
    import numpy as np

    here = links.batches[text]
    forms = links.forms
    f = _word_itself(here, forms)
    f["is_source"] = np.full(here.forms.shape, float(text == source), np.float32)
    f |= {f"t_{k}": v for k, v in _link_features(links, text, version, forms).items()}
    attested = links.attested(version) if text == source else None
    f["t_unattested"] = attested.source if attested else _missing(here)
    rest = [o for o in others if o not in (text, version)]
    f["t_net"] = links.pair_reading(version, text).lost
    f["t_net_apart"] = f["t_net"] - _mean_of([links.pair_reading(o, text).lost for o in rest], here.forms.shape)
    f |= _mean_and_extremes("o", [_link_features(links, text, other, forms) for other in rest], here, _LINK_FEATURES)
    f |= {f"s_{k}": v for k, v in _link_features(links, text, source if source != text else None, forms).items()}
    f |= _class_surplus(links, version, source, others, lost_in=text)
    third_texts = [o for o in (*others, *([source] if source else [])) if o not in (text, version)]
    f["t_deficit"] = _mean_of([links(text, o).best for o in third_texts], here.forms.shape) - links(text, version).best
    f["t_hole"] = _gap_at_counterpart(links(text, version), gap)
    if text != source:
        f |= {f"t_{k}": v for k, v in _relations(links, text, version).items()}
    else:
        f |= {f"t_{k}": np.full(here.forms.shape, np.nan, np.float32) for k in _RELATIONS}
    return _table(f, here, text)


def _missing(here: Batch) -> Array:
    import numpy as np

    return np.full(here.forms.shape, np.nan, np.float32)


def _table(f: Mapping[str, Array], here: Batch, column: str) -> Table:
    import numpy as np

    row, word = np.nonzero(here.there)
    values = np.stack([np.asarray(v, np.float32)[row, word] for v in f.values()], axis=1)
    return Table(tuple(f), values, row, word, column)


def _word_itself(here: Batch, forms: Forms) -> dict[str, Array]:
    """What is known of the word itself and of its neighbours."""
    import numpy as np

    ids = here.forms
    n = here.there.sum(1, keepdims=True)
    place = np.broadcast_to(np.arange(ids.shape[1])[None, :], ids.shape)
    before, after = _shift(ids, 1), _shift(ids, -1)
    pos = forms.pos[ids]
    again = np.zeros(ids.shape, bool)
    for size in (1, 2, 3, 4):
        run = np.ones(ids.shape, bool)
        for k in range(size):
            run &= (_shift(ids, k) == _shift(ids, k + size)) & (_shift(ids, k + size) > 0)
        for k in range(size):
            again |= _shift(run, -k)
    return {
        "pos": pos,
        "pos_before": np.where(before > 0, forms.pos[before], -1),
        "pos_after": np.where(after > 0, forms.pos[after], -1),
        "member": forms.member[ids],
        "rarity": forms.rarity[ids],
        "figure": forms.figure[ids],
        "cyrillic": forms.cyrillic[ids],
        "tense": forms.tense[ids],
        "again": again,
        "letters": forms.length[ids],
        "place": place / np.maximum(n, 1),
        "from_end": n - 1 - place,
    }


def _shift(values: Array, by: int) -> Array:
    """Move along the cell: entry i becomes entry i - by, zeros at the border."""
    import numpy as np

    out = np.zeros_like(values)
    if by == 0:
        out[:] = values
    elif by > 0:
        out[:, by:] = values[:, :-by] if by < values.shape[1] else 0
    elif -by < values.shape[1]:
        out[:, :by] = values[:, -by:]
    return out


def _fluency(word: Array, gap: Array) -> dict[str, Array]:
    """How ill each word stands, whether one seems missing before or after it, and how ill its neighbours stand."""
    return {
        "odd": word,
        "odd_before": _nan_shift(word, 1),
        "odd_after": _nan_shift(word, -1),
        "hole_before": gap,
        "hole_after": _nan_shift(gap, -1),
    }


def _gap_at_counterpart(view: Links, gap: Array) -> Array:
    """How much a word seems to be missing in the version where this word of another text would have to stand."""
    import numpy as np

    line = np.arange(len(gap))[:, None]
    last = gap.shape[1] - 1
    before = np.where(view.at >= 0, gap[line, np.clip(view.at + 1, 0, last)], np.nan)
    after = np.where(view.at >= 0, gap[line, np.clip(view.at, 0, last)], np.nan)
    return np.fmax(_nan_shift(before, 1), _nan_shift(after, -1)).astype(np.float32)


_LINK_FEATURES = ("best", "gap", "mutual", "claimed", "before", "after", "level", "below", "jump", "jump_after")


def _link_features(links: Alignments, version: str, other: str | None, forms: Forms) -> dict[str, Array]:
    """How each word fares against one other text."""
    import numpy as np

    here = links.batches[version]
    if other is None:
        return {k: np.full(here.forms.shape, np.nan, np.float32) for k in _LINK_FEATURES}
    view = links(version, other)
    usual = match_level(view.best, here, forms)
    step = np.where(view.at >= 0, view.at, np.nan).astype(np.float32)
    jump = np.abs(step - _nan_shift(step, 1) - 1)
    return {
        "best": view.best,
        "gap": view.gap,
        "mutual": view.mutual,
        "claimed": view.claimed,
        "before": _nan_shift(view.best, 1),
        "after": _nan_shift(view.best, -1),
        "level": np.broadcast_to(usual[:, None], view.best.shape),
        "below": usual[:, None] - view.best,
        "jump": np.minimum(jump, 9),
        "jump_after": np.minimum(_nan_shift(jump, -1), 9),
    }


def _nan_shift(values: Array, by: int) -> Array:
    import numpy as np

    out = np.full_like(values, np.nan)
    if values.shape[1] > abs(by):
        if by > 0:
            out[:, by:] = values[:, :-by]
        else:
            out[:, :by] = values[:, -by:]
    return out


_RELATIONS = ("exact", "form", "anto", "wider", "narrower", "syn", "time")


def _relations(links: Alignments, version: str, other: str) -> dict[str, Array]:
    """How each word stands to its counterpart in a text of the same language.

    The same word, another form, an opposite.
    """
    import numpy as np

    here, there, forms = links.batches[version], links.batches[other], links.forms
    view = links(version, other)
    facing = np.where(view.at >= 0, np.take_along_axis(there.forms, np.maximum(view.at, 0), 1), 0)
    same, exact = forms.lemma[facing] == forms.lemma[here.forms], facing == here.forms
    kind = np.zeros(facing.shape, np.int8)
    for i, j in zip(*np.nonzero(~same & (view.best > 0.2)), strict=True):
        found = relation(forms.lemmas[here.forms[i, j]], forms.lemmas[facing[i, j]])
        if found:
            kind[i, j] = "ahws".index(found) + 1
    nothing = np.isnan(view.best)
    mine, theirs = forms.tense[here.forms], forms.tense[facing]
    time = np.where((mine > 0) & (theirs > 0), mine != theirs, np.nan)
    said = (exact, same & ~exact, kind == 1, kind == 3, kind == 2, kind == 4, time)
    return {
        name: np.where(nothing, np.nan, value).astype(np.float32) for name, value in zip(_RELATIONS, said, strict=True)
    }


def _mean_and_extremes(
    prefix: str, views: Sequence[Mapping[str, Array]], here: Batch, names: Sequence[str]
) -> dict[str, Array]:
    """Sum up several texts' views: the mean and the highest; `count` is how many there are."""
    import numpy as np

    out: dict[str, Array] = {}
    for name in names:
        stacked = np.stack([v[name] for v in views]) if views else np.full((1, *here.forms.shape), np.nan, np.float32)
        known = ~np.isnan(stacked)
        mean = np.where(known, stacked, 0).sum(0) / np.maximum(known.sum(0), 1)
        out[f"{prefix}_{name}"] = np.where(known.any(0), mean, np.nan)
        if name in ("best", "gap", "mutual", "exact"):
            out[f"{prefix}_{name}_max"] = np.where(known.any(0), np.where(known, stacked, -9).max(0), np.nan)
            out[f"{prefix}_{name}_min"] = np.where(known.any(0), np.where(known, stacked, 9).min(0), np.nan)
    stacked = np.stack([~np.isnan(v["best"]) for v in views]) if views else np.zeros((1, *here.forms.shape), bool)
    out[f"{prefix}_count"] = stacked.sum(0)
    return out


def _pair_features(links: Alignments, version: str, source: str | None, others: Sequence[str]) -> dict[str, Array]:
    """What the network of pairs says of each word beside the source, and beside the others together."""
    import numpy as np

    here = links.batches[version]
    out: dict[str, Array] = {}
    for name, ids in (("s", [source] if source else []), ("o", list(others))):
        readings = [links.pair_reading(version, other) for other in ids]
        for what in ("wrong", "hole"):
            empty = [np.logical_not(links.batches[o].there.any(axis=1, keepdims=True)) for o in ids]
            views = [np.where(none, np.nan, getattr(a, what)) for none, a in zip(empty, readings, strict=True)]
            out[f"{name}_net_{what}"] = _mean_of(views, here.forms.shape)
            if name == "o":
                stacked = np.stack(views) if views else np.full((1, *here.forms.shape), np.nan, np.float32)
                known = ~np.isnan(stacked)
                for end, worst, choose in (("max", -99, np.max), ("min", 99, np.min)):
                    extreme = choose(np.where(known, stacked, worst), axis=0)
                    out[f"o_net_{what}_{end}"] = np.where(known.any(0), extreme, np.nan)
    return out


def _pair_features_against_others(
    links: Alignments, version: str, source: str | None, others: Sequence[str]
) -> dict[str, Array]:
    """How much worse each word stands by the network than its counterparts in the others do beside the same texts."""
    import numpy as np

    shape = links.batches[version].forms.shape
    out: dict[str, Array] = {}
    for name, ids in (("s", [source] if source else []), ("o", list(others))):
        gaps = []
        for text in ids:
            facing = []
            for other in (o for o in others if o != text):
                at = links(version, other).at
                theirs = np.take_along_axis(links.pair_reading(other, text).wrong, np.maximum(at, 0), 1)
                facing.append(np.where(at >= 0, theirs, np.nan))
            if facing:
                gaps.append(links.pair_reading(version, text).wrong - _mean_of(facing, shape))
        out[f"{name}_net_apart"] = _mean_of(gaps, shape)
    return out


def _class_surplus(
    links: Alignments, version: str, source: str | None, others: Sequence[str], lost_in: str = ""
) -> dict[str, Array]:
    """How many more members of this word's own closed class the version has than the source and than the others."""
    import numpy as np

    forms = links.forms
    mine = counts(links.batches[version], forms)
    here = links.batches[lost_in or version]
    member, tense = forms.member[here.forms], forms.tense[here.forms]
    out: dict[str, Array] = {}
    for name, ids in (("s", [source] if source else []), ("o", list(others))):
        gaps = []
        for other in ids:
            there = links.batches[other]
            gap = mine - counts(there, forms)
            gap[~there.there.any(1)] = np.nan
            gaps.append(gap)
        gap = nan_mean(np.stack(gaps, axis=1)) if gaps else np.full(mine.shape, np.nan, np.float32)
        by_class = np.take_along_axis(gap, np.maximum(member - 1, 0), 1)
        by_tense = np.take_along_axis(gap, len(CLASSES) + np.maximum(tense - 1, 0), 1)
        out[f"{name}_class"] = np.where(member > 0, by_class, np.nan)
        out[f"{name}_tenses"] = np.where(tense > 0, by_tense, np.nan)
        out[f"{name}_denials"] = np.broadcast_to(gap[:, :1], here.forms.shape)
    return out


def _mean_of(views: Sequence[Array], shape: tuple[int, ...]) -> Array:
    import numpy as np

    stacked = np.stack(views) if views else np.full((1, *shape), np.nan, np.float32)
    known = ~np.isnan(stacked)
    total: Array = np.where(known, stacked, 0).sum(0) / np.maximum(known.sum(0), 1)
    return np.where(known.any(0), total, np.nan)


def _deficits(links: Alignments, version: str, source: str | None, others: Sequence[str]) -> dict[str, Array]:
    """How much better the texts beside it match one another at each word's counterpart than the word matches it."""
    import numpy as np

    shape = links.batches[version].forms.shape
    out: dict[str, Array] = {}
    gaps: dict[str, list[Array]] = {"s": [], "o": []}
    for text in (*others, *([source] if source else [])):
        view = links(version, text)
        rest = [links(text, o).best for o in (*others, *([source] if source else [])) if o != text]
        if not rest:
            continue
        level = _mean_of(rest, rest[0].shape)
        facing = np.where(view.at >= 0, np.take_along_axis(level, np.maximum(view.at, 0), 1), np.nan)
        gaps["s" if text == source else "o"].append(facing - view.best)
    for name, found in gaps.items():
        out[f"{name}_deficit"] = _mean_of(found, shape)
    return out


def _opposite(links: Alignments, version: str, source: str) -> Array:
    """How much nearer an antonym of the word would be to the source word that it renders."""
    import numpy as np

    here, there, forms = links.batches[version], links.batches[source], links.forms
    view = links(version, source)
    facing = np.where(view.at >= 0, np.take_along_axis(there.forms, np.maximum(view.at, 0), 1), 0)
    against = forms.antonyms[here.forms]
    target = forms.vectors[facing]
    near = np.einsum("rnkd,rnd->rnk", forms.opposites[against], target)
    near = np.where(against > 0, near, -1).max(2) - np.einsum("rnd,rnd->rn", forms.vectors[here.forms], target)
    return np.where((against[:, :, 0] > 0) & (view.at >= 0), near, np.nan).astype(np.float32)


def _tense(links: Alignments, version: str, source: str) -> Array:
    """Pair the tense of the word with that of the source word that it renders: ten times the one plus the other."""
    import numpy as np

    here, there, forms = links.batches[version], links.batches[source], links.forms
    view = links(version, source)
    facing = np.where(view.at >= 0, np.take_along_axis(there.forms, np.maximum(view.at, 0), 1), 0)
    mine, theirs = forms.tense[here.forms], forms.tense[facing]
    return np.where((mine > 0) & (theirs > 0), 10 * mine + theirs, np.nan).astype(np.float32)
