"""Train the models of `compare.meaning`: which word is wrong, which is lost, which cell carries an error.

`python -m tests.train.meaning [light|deep]` reads the development data, plants errors in sound translations
(`tests/plant.py`) and writes `compare/meaning/data/{wrong,lost,cell,natural}-{light,deep}.json`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from compare.meaning import judge
from compare.meaning.evidence import Table
from compare.meaning.links import likeness, link
from compare.meaning.trees import parse
from compare.meaning.wording import read
from compare.words import key, words
from tests.plant import FORM, KINDS, Planted, bed
from tests.rows import NEST_TRAIN, Aligned, bible, demetr, mlqe, novel
from tests.train.boosting import fit

DATA = Path(__file__).parents[2] / "compare" / "meaning" / "data"
BOOKS = ("Genesis", "Exodus", "Joshua", "Judges", "ISamuel", "IISamuel")
#: Which texts stand beside the version, and how often in training.
SETTINGS = (("s",), ("o1",), ("s", "o1"), ("s", "o1"), ("s", "o1", "o2"), ("s", "o1", "o2"), ("o1", "o2"))


@dataclass(frozen=True)
class Item:
    """A version's cell, sound or planted, with the texts beside it. `base` groups what stems from one sentence."""

    base: int
    kind: str
    clean: str
    text: str
    spans: tuple[tuple[int, int], ...]
    source: str
    others: tuple[str, ...]
    bad: float
    words: bool = True
    """Whether its words are labelled."""


def items(aligned: Sequence[Aligned], rng: random.Random, first: int, each: int = 3) -> list[Item]:
    """Plant `each` errors and now and then an edit of form in one version of every row.

    The sound cell stands beside them.
    """
    beds: dict[tuple[str, str], Any] = {}
    for corpus in sorted({a.corpus.split("/")[0] for a in aligned}):
        mine = [a for a in aligned if a.corpus.split("/")[0] == corpus]
        for version in sorted({v for a in mine for v in a.versions}):
            beds[corpus, version] = bed([a.versions[version] for a in mine if version in a.versions])
    out = []
    for number, row in enumerate(aligned, first):
        version = rng.choice([v for v in sorted(row.versions) if v != "en-machine2"])
        text = row.versions[version]
        others = [t for v, t in sorted(row.versions.items()) if v != version]
        rng.shuffle(others)
        setting = rng.choice([s for s in SETTINGS if "o2" not in s or len(others) > 1])
        source = row.source if "s" in setting else ""
        chosen = tuple(others[: sum(o in setting for o in ("o1", "o2"))])
        if not source and not chosen:
            source = row.source
        make = lambda kind, text_, spans, bad: Item(number, kind, text, text_, spans, source, chosen, bad)  # noqa: B023, E731
        out.append(make("sound", text, (), 0.0))
        at = replace(beds[row.corpus.split("/")[0], version], source=row.source)
        kinds = sorted(KINDS)
        rng.shuffle(kinds)
        for planted in _first(each, (KINDS[k](text, at, rng) for k in kinds)):
            out.append(make(planted.kind, planted.text, planted.spans, 1.0))
        if rng.random() < 0.4 and (form := FORM[rng.choice(sorted(FORM))](text, at, rng)):
            out.append(make(form.kind, form.text, (), 0.0))
    return out


def _first(count: int, made: Iterable[Planted | None]) -> list[Planted]:
    out = []
    for planted in made:
        if planted:
            out.append(planted)
        if len(out) == count:
            break
    return out


def corpus(rng: random.Random, scale: float = 1.0) -> list[Item]:
    """Gather the training items of all corpora."""
    verses = bible(*BOOKS)
    rng.shuffle(verses)
    rows = verses[: int(1000 * scale)]
    chapters = novel("nest", NEST_TRAIN)
    rows += rng.sample(chapters, min(len(chapters), int(1000 * scale)))
    cloak = novel("overcoat")
    rows += rng.sample(cloak, min(len(cloak), int(150 * scale)))
    natural = mlqe("train")
    good = [r for r in natural if float(r["da_z"]) > 0.4 and len(r["machine"].split()) > 4]
    for record in rng.sample(good, int(1000 * scale)):
        versions = {"en-machine": record["machine"]}
        if rng.random() < 0.7:
            versions["en-postedit"] = _untokenized(record["postedit"])
        rows.append(Aligned("mlqe", record["source"], versions))
    out = items(rows, rng, 0)
    bad = [r for r in natural if float(r["da_z"]) < -1 or float(r["da_z"]) > 0.4]
    for n, r in enumerate(rng.sample(bad, min(len(bad), int(1800 * scale))), len(rows)):
        worse = float(r["da_z"]) < -1
        out.append(
            Item(
                n,
                "natural_bad" if worse else "natural_good",
                r["machine"],
                r["machine"],
                (),
                r["source"],
                (),
                float(worse),
                False,
            )
        )
    return out


def _untokenized(text: str) -> str:
    for mark in (".", ",", "!", "?", ";", ":", "'s", "n't", "'re", "'ve", "'m", "'ll", "'d"):
        text = text.replace(f" {mark}", mark)
    return text.replace(" '", "'")


@dataclass
class Made:
    """Features and labels: own words, words beside, and what is needed to sum them up by cell."""

    own: list[tuple[np.ndarray, np.ndarray, np.ndarray]]
    beside: list[tuple[np.ndarray, np.ndarray, np.ndarray]]
    batches: list[tuple[np.ndarray, Table, list[Table], Any]]
    columns: judge.Columns
    setting: tuple[bool, int]


def make(
    listed: Sequence[Item],
    encode: Callable[[list[str]], np.ndarray],
    states: Callable[[list[str]], list[np.ndarray]] | None,
) -> list[Made]:
    """Compute the features, setting by setting."""
    out = []
    settings = sorted({(bool(i.source), len(i.others)) for i in listed})
    for has_source, count in settings:
        index = [n for n, i in enumerate(listed) if (bool(i.source), len(i.others)) == (has_source, count)]
        mine = [listed[n] for n in index]
        texts = {"t": [i.text for i in mine], "c": [i.clean for i in mine]}
        if has_source:
            texts["ru"] = [i.source for i in mine]
        for k in range(count):
            texts[f"o{k + 1}"] = [i.others[k] for i in mine]
        wording = read({c: ("ru" if c == "ru" else "en", t) for c, t in texts.items()})
        unique = sorted({t for c in texts.values() for t in c})
        at = {t: n for n, t in enumerate(unique)}
        encoded = encode(unique)
        deep = states(unique) if states else None
        columns = judge.Columns(
            wording,
            {c: encoded[[at[t] for t in ts]] for c, ts in texts.items()},
            texts,
            {c: [deep[at[t]] for t in ts] for c, ts in texts.items()} if deep else None,
        )
        others = [f"o{k + 1}" for k in range(count)]
        made = Made([], [], [], columns, (has_source, count))
        for rows, own, beside, whole in judge.tables(columns, "t", "ru" if has_source else None, others):
            part = [mine[r] for r in rows]
            wrong, lost = _labels(part, own, beside, columns, rows)
            made.own.append((wrong, np.array([index[rows[r]] for r in own.row]), own.word))
            made.beside += [
                (y, np.array([index[rows[r]] for r in t.row]), t.word) for y, t in zip(lost, beside, strict=True)
            ]
            made.batches.append((rows, own, beside, whole))
        made.columns = columns
        made_index = np.array(index)
        out.append((made, made_index))  # type: ignore[arg-type]
    return out


_ROLES = ("roles", "neighbours", "shuffle", "question", "repeat")


def _labels(
    part: Sequence[Item], own: Table, beside: Sequence[Table], columns: judge.Columns, rows: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Label each own word wrong (1, 0, or -1 for not to be used) and each word beside lost.

    By way of the sound text.
    """
    cells = columns.wording.cells
    grid = []
    changed = []
    for item, row in zip(part, rows, strict=True):
        found = cells["t"][row].words
        kind = item.kind
        hit = [any(s < w.end and w.start < e for s, e in item.spans) for w in found]
        if kind.startswith("lose") or (kind == "negation" and len(found) < len(words(item.clean))):
            grid.append([-1 if h else 0 for h in hit])
        else:
            grid.append([int(h) for h in hit])
        if not item.words or kind == "other_passage":
            grid[-1] = [-1] * len(found)
        gone: set[int] = set()
        if item.bad and kind not in _ROLES:
            before = [key(w.text) for w in words(item.clean)]
            for tag, a, b, _, _ in SequenceMatcher(
                None, before, [key(w.text) for w in found], autojunk=False
            ).get_opcodes():
                if tag in ("delete", "replace"):
                    gone |= set(range(a, b))
        changed.append(gone)
    wrong = np.array([grid[r][w] for r, w in zip(own.row, own.word, strict=True)])
    from compare.meaning.links import batch

    lost = []
    states = columns.states
    clean = batch([cells["c"][r] for r in rows], [states["c"][r] for r in rows] if states else None)
    for table in beside:
        there = batch(
            [cells[table.column][r] for r in rows], [states[table.column][r] for r in rows] if states else None
        )
        view, _ = link(there, clean, likeness(there, clean, columns.wording.forms))
        y = np.zeros(len(table.row), int)
        for n, (r, w) in enumerate(zip(table.row, table.word, strict=True)):
            if not part[r].words or part[r].kind == "other_passage":
                y[n] = -1
            elif changed[r]:
                sure = view.mutual[r, w] == 1 and view.best[r, w] > 0.35
                y[n] = int(int(view.at[r, w]) in changed[r] and sure)
        lost.append(y)
    return wrong, lost


def gather(made: list[Any], which: str) -> tuple[tuple[str, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Stack the word tables: names, values, labels, item of each word."""
    values, labels, item = [], [], []
    names: tuple[str, ...] = ()
    for one, _ in made:
        k = 0
        for _, own, beside, _ in one.batches:
            if which == "own":
                y, n, _ = one.own[k]
                k += 1
                values.append(own.values), labels.append(y), item.append(n)
                names = own.names
            else:
                for table in beside:
                    y, n, _ = one.beside[k]
                    k += 1
                    values.append(table.values), labels.append(y), item.append(n)
                    names = table.names
    return names, np.concatenate(values), np.concatenate(labels), np.concatenate(item)


#: What may only raise or only lower a score, whatever the data seem to say.
UP = {
    "own": (
        "odd",
        "ds_below",
        "do_below",
        "ds_claimed",
        "do_claimed",
        "s_below",
        "o_below",
        "s_claimed",
        "o_claimed",
        "again",
        "cyrillic",
        "o_anto",
        "s_opposite",
        "s_deficit",
        "o_deficit",
        "ds_deficit",
        "do_deficit",
    ),
    "beside": ("t_deficit", "dt_deficit", "dt_below", "dt_claimed", "t_below", "t_claimed", "t_hole"),
    "cell": ("wrong_", "lost_", "odd_", "bare", "dbare", "hole_", "signs"),
}
DOWN = {
    "own": (
        "ds_best",
        "do_best",
        "ds_gap",
        "do_gap",
        "ds_mutual",
        "do_mutual",
        "s_best",
        "o_best",
        "s_gap",
        "o_gap",
        "s_mutual",
        "o_mutual",
        "o_exact",
    ),
    "beside": ("dt_best", "dt_gap", "dt_mutual", "t_best", "t_gap", "t_mutual", "t_exact"),
    "cell": ("s_deep_alike", "o_deep_alike", "s_alike", "o_alike", "s_level", "o_level", "s_back", "o_back"),
}


def fit_words(
    made: list[Any], which: str, keep: np.ndarray, rng: np.random.Generator, rounds: int = 90
) -> dict[str, Any]:
    """Fit the model of own or other words on the items that `keep` (a mask over items) allows."""
    names, values, labels, item = gather(made, which)
    use = keep[item] & (labels >= 0) & ((labels == 1) | (rng.random(len(labels)) < 0.3))
    # an error of many words counts no more than one of a single word
    many = np.bincount(item[labels == 1], minlength=len(keep))
    weight = np.where(labels[use] == 1, 1 / np.sqrt(np.maximum(many[item[use]], 1)), 1 / 0.3)
    return fit(
        names,
        values[use],
        labels[use],
        weight=weight,
        rounds=rounds,
        leaves=24,
        rate=0.1,
        least=25,
        up=UP[which],
        down=DOWN[which],
    )


def cells(
    made: list[Any], wrong: dict[str, Any], lost: dict[str, Any]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Sum up every item's cell with the word models: names, values, item of each line."""
    w, x = parse(wrong), parse(lost)
    names: tuple[str, ...] = ()
    values, item = [], []
    for one, index in made:
        others = [f"o{k + 1}" for k in range(one.setting[1])]
        for rows, own, beside, whole in one.batches:
            names, table = judge.summary(
                one.columns,
                "t",
                "ru" if one.setting[0] else None,
                rows,
                own,
                beside,
                whole,
                w.scores(own.names, own.values),
                [x.scores(t.names, t.values) for t in beside],
            )
            values.append(table)
            item.append(index[rows])
    del others
    return names, np.concatenate(values), np.concatenate(item)


SIGNS = "signs"


def fit_cells(
    names: Sequence[str], values: np.ndarray, target: np.ndarray, weight: np.ndarray, seed: int = 7
) -> dict[str, Any]:
    """Fit the model of cells on top of the plain signs."""
    use = [n for n, name in enumerate(names) if name != SIGNS]
    start = values[:, list(names).index(SIGNS)].astype(float)
    return fit(
        [names[n] for n in use], values[:, use], target, weight=weight, start=start, seed=seed,
        rounds=100, leaves=12, rate=0.08, least=25, up=UP["cell"], down=DOWN["cell"],
    )  # fmt: skip


def odds(model: dict[str, Any], names: Sequence[str], values: np.ndarray) -> np.ndarray:
    """Apply a model of cells."""
    return parse(model).scores(names, values) + values[:, list(names).index(SIGNS)]


def balanced(target: np.ndarray) -> np.ndarray:
    """Weigh sound cells so that they count as much as faulty ones."""
    sound = target == 0
    return np.where(sound, (~sound).sum() / max(sound.sum(), 1), 1.0)


@dataclass
class Crossfit:
    """What the sentences held out say: lines of cells, and the highest word odds of each."""

    names: tuple[str, ...]
    values: np.ndarray
    target: np.ndarray
    item: np.ndarray
    words: tuple[list[dict[str, Any]], list[dict[str, Any]]]


def crossfit(listed: Sequence[Item], made: list[Any]) -> Crossfit:
    """Fit the word models on one half of the sentences and sum up the other half with them, both ways."""
    rng = np.random.default_rng(3)
    base = np.array([i.base for i in listed])
    bad = np.array([i.bad for i in listed])
    folds = np.random.default_rng(5).integers(0, 2, base.max() + 1)[base]
    values, item = [], []
    wrong, lost = [], []
    for fold in (0, 1):
        wrong.append(fit_words(made, "own", folds != fold, rng))
        lost.append(fit_words(made, "beside", folds != fold, rng))
        names, table, which = cells(made, wrong[-1], lost[-1])
        held = folds[which] == fold
        values.append(table[held])
        item.append(which[held])
    item_ = np.concatenate(item)
    return Crossfit(names, np.concatenate(values), bad[item_], item_, (wrong, lost))


def calibrate(listed: Sequence[Item], crossed: Crossfit, weight: np.ndarray) -> dict[str, Any]:
    """Find by family the calibration of risk for one faulty cell in five.

    And the limits that sound rows pass.
    """
    from sklearn.linear_model import LogisticRegression

    base = np.array([listed[i].base for i in crossed.item])
    inner = np.random.default_rng(9).integers(0, 4, base.max() + 1)[base]
    held = np.zeros(len(base))
    for fold in range(4):
        model = fit_cells(
            crossed.names, crossed.values[inner != fold], crossed.target[inner != fold], weight[inner != fold]
        )
        held[inner == fold] = odds(model, crossed.names, crossed.values[inner == fold])
    family = np.array([("s" if listed[i].source else "") + ("o" if listed[i].others else "") for i in crossed.item])
    kind = np.array([listed[i].kind for i in crossed.item])
    out: dict[str, Any] = {"risk": {}, "cell": {}, "wrong": {}, "lost": {}}
    columns = {
        "cell": held,
        "wrong": crossed.values[:, crossed.names.index("wrong_1")],
        "lost": np.fmax(
            crossed.values[:, crossed.names.index("lost_s_1")], crossed.values[:, crossed.names.index("lost_o_1_max")]
        ),
    }
    for name in ("s", "o", "so"):
        mine = family == name
        y = crossed.target[mine]
        prior = np.where(y == 1, 0.2 / max(y.sum(), 1), 0.8 / max((1 - y).sum(), 1))
        fitted = LogisticRegression(C=1e6).fit(held[mine, None], y, sample_weight=prior * len(y))
        out["risk"][name] = [round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4)]
        sound = mine & (kind == "sound")
        for which, column in columns.items():
            # a score of 0.75 = 1 / (1 + exp(-1.1)) is what one sound row in 200 passes
            low, high = np.nanquantile(column[sound], [0.98, 0.995])
            out[which][name] = [round(float(low), 4), round(float(max(0.3, (high - low) / 1.1)), 4)]
    return out


def made_for(path: str, listed: Sequence[Item]) -> list[Any]:
    """Compute the features of items by one path, with the encoder and the states that it uses."""
    from compare.encode import get

    if path == "light":
        return make(listed, get("use").encode, None)
    from compare.meaning import deep

    return make(listed, get("use").encode, deep.model().words)


def shipped(path: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read the word models that the package ships."""
    wrong, lost = (json.loads((DATA / f"{name}-{path}.json").read_text("utf-8")) for name in ("wrong", "lost"))
    return wrong, lost


def planted_cells(path: str, scale: float = 0.15) -> tuple[np.ndarray, np.ndarray]:
    """Plant errors in sentences other than those that the word models learned from; the cells' lines and targets."""
    listed = corpus(random.Random(77), scale)
    _, values, item = cells(made_for(path, listed), *shipped(path))
    return values, np.array([listed[i].bad for i in item])


#: DEMETR's edits that leave the meaning and the sentence alone.
FORM_KINDS = (
    "minor_id15_case",
    "minor_id28_final_punc_removed",
    "minor_id30_tokenized",
    "minor_id31_full_lower",
    "minor_id32_first_lower",
)


def perturbed(source: bool, reference: bool) -> list[Item]:
    """List DEMETR's cells with the source, the reference or both beside them; each sound one once."""
    records = [r for r in demetr() if not r["kind"].startswith("base")]
    number = {s: n for n, s in enumerate(dict.fromkeys(r["source"] for r in records))}
    lines = [("sound", r["machine"], 0.0, r) for r in {r["source"]: r for r in records}.values()]
    lines += [(r["kind"], r["perturbed"], float(r["kind"] not in FORM_KINDS), r) for r in records]
    return [
        Item(
            number[r["source"]],
            kind,
            r["machine"],
            text,
            (),
            r["source"] if source else "",
            (r["reference"],) if reference else (),
            bad,
            False,
        )
        for kind, text, bad, r in lines
    ]


def perturbed_weight(kind: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """Weigh DEMETR's cells: twice a planted one, the sound ones as much together as the faulty ones and more."""
    sound = np.where(kind == "sound", 6.0, 1.0) * bad.sum() / max((1 - bad).sum(), 1)
    return 2 * np.where(bad == 1, 1.0, sound)


def train(path: str, listed: Sequence[Item]) -> dict[str, Any]:
    """Train all models: the word models on planted errors alone, the model of cells on DEMETR's too."""
    made = made_for(path, listed)
    crossed = crossfit(listed, made)
    everything = np.ones(len(listed), bool)
    rng = np.random.default_rng(3)
    wrong, lost = (fit_words(made, which, everything, rng) for which in ("own", "beside"))
    values, target, weight = [crossed.values], [crossed.target], [balanced(crossed.target)]
    for source, reference in ((True, True), (True, False), (False, True)):
        items_ = perturbed(source, reference)
        _, table, item = cells(made_for(path, items_), wrong, lost)
        bad = np.array([items_[i].bad for i in item])
        values.append(table)
        target.append(bad)
        weight.append(perturbed_weight(np.array([items_[i].kind for i in item]), bad))
    return {
        "wrong": wrong,
        "lost": lost,
        "cell": fit_cells(crossed.names, np.concatenate(values), np.concatenate(target), np.concatenate(weight)),
        "calibration": calibrate(listed, crossed, balanced(crossed.target)),
    }


def main(path: str) -> None:
    """Train one path's models and write them."""
    listed = corpus(random.Random(1), 0.5)
    for name, model in train(path, listed).items():
        (DATA / f"{name}-{path}.json").write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "light")
