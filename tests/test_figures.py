"""What the numerical rooms compute stays what it was, figure for figure.

Their own tests say what is right. Here the same rooms read the work of `texts/`, damaged in many ways, and every figure
on the way to a result is held against `golden/figures/`: a weight, a border or an index that was altered by accident
shows though no result does. After a change that was meant, `pytest --update` writes the figures again.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from compare import collate, encode, from_texts, load
from compare.alignment import align_sides, batches
from compare.alignment import bead_features as beads
from compare.alignment.anchors import anchors, nearest_of, support
from compare.alignment.block_matrices import gather, measure
from compare.alignment.blocks import cut
from compare.alignment.encoded_text import read_side
from compare.alignment.lattice import build, posteriors
from compare.alignment.lexical_vectors import Lexicon
from compare.alignment.weights import WEIGHTS
from compare.analysis import Analysis
from compare.checks import named as checks_named
from compare.checks import run
from compare.names.absences import absences
from compare.names.linking import Form, inside_odds
from compare.names.similarity import logit
from compare.repeats import form_features, lexical_matches, paraphrases, scoring, seeds
from compare.repeats.other_versions import judges
from compare.repeats.tokens import tokens_of
from compare.segment import sentences
from tests.planting import repeats as planting

GOLDEN = Path(__file__).parent / "golden" / "figures"
KARABAKH = Path(__file__).parents[1] / "texts" / "karabakh-1920"

Figures = Iterator[tuple[str, list[float]]]


def texts() -> dict[str, str]:
    return {version.id: version.text for version in load(KARABAKH).versions}


def damaged(lines: list[str], dice: random.Random) -> list[str]:
    """Leave sentences out, join some, split some, move a stretch and repeat another."""
    out: list[str] = []
    for line in lines:
        chance, words = dice.random(), line.split()
        if chance < 0.08:
            continue
        if chance < 0.2 and out:
            out[-1] += f" {line}"
        elif chance < 0.3 and len(words) > 8:
            out += [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        else:
            out.append(line)
    middle = len(out) // 2
    return [*out[: middle - 9], *out[middle : middle + 30], *out[middle - 9 : middle], *out[middle + 22 :]]


def alignment() -> Figures:
    """Two damaged versions: the likeness of segments, the features of beads and gaps, the beads."""
    dice = random.Random("figures")
    segments = {id: [span.of(text).strip() for span in sentences(text, id[:2])] for id, text in texts().items()}
    ids = list(segments)
    source, target = (damaged(segments[id], dice) for id in ids[:2])
    for name in ("use", "none"):
        one, two = (read_side(side, encode.get(name)) for side in (source, target))
        pairs, cosines = nearest_of(one.alone, two.alone)
        chain = anchors(pairs, cosines)
        yield f"{name}: nearest", [*map(float, pairs[:, 1]), *map(float, cosines)]
        yield f"{name}: support", [*map(float, support(pairs)), *map(float, chain)]
        trusted = pairs[chain][support(pairs[chain]) > 0]
        scale = measure(one.alone, two.alone, cosines[chain], len(trusted))
        parts = cut(one, two, pairs, chain, scale, [])
        yield f"{name}: blocks", [float(each) for each in parts.ravel()]
        for number, batch in enumerate(batches(parts)):
            known = gather(one, two, parts[batch], scale, trusted)
            for height, width, features in beads.matches(known):
                yield f"{name}: batch {number}, bead {height}-{width}", [float(np.mean(each)) for each in features]
            for side, planes in zip(("left", "right"), beads.gaps(known), strict=True):
                yield f"{name}: batch {number}, gap {side}", [float(np.mean(plane)) for plane in planes]
            sure = posteriors(build(known, WEIGHTS))
            yield f"{name}: batch {number}, openings", [float(x) for x in sure.openings]
        found = align_sides(one, two)
        yield f"{name}: beads", [float(at) for b in found for at in (*b.source[:1], *b.target[:1], b.confidence)]
    yield "lexicon", [float(x) for x in np.abs(Lexicon(source).sums(source[:12])).sum(axis=1)]


def repeats() -> Figures:
    """Versions with copies of every kind planted: what stands twice, its features, what the others say of it."""
    originals = texts()
    for seed, id in enumerate(("en-2020", "en-revised")):
        text = originals[id]
        plans = random.Random(seed).sample(planting.plans(1), 12)
        planted, _ = planting.repeats(text, sentences(text, "en"), plans, seed)
        versions = {id: planted, **({} if seed else {k: v for k, v in originals.items() if k != id})}
        made = collate(from_texts(versions))
        tokens = tokens_of(made)
        mine = tokens[id]
        lexical = lexical_matches.candidates(mine)
        habit = form_features.habit(mine, lexical)
        chains = seeds.chains(mine).astype(np.int64)
        yield f"{seed}: seeds", [float(len(chains)), *chains.sum(axis=0).tolist()]
        for kind, found in (("lexical", lexical), ("paraphrases", paraphrases.candidates(mine, made.vectors[id]))):
            room = form_features if kind == "lexical" else paraphrases
            for copies in found:
                where = f"{seed}: {kind} {copies.i}-{copies.i_end} {copies.j}-{copies.j_end}"
                yield where, [*room.features(mine, copies, habit).values(), room.log_odds(mine, copies, habit)]
        for repeat in Analysis(made).repeats:
            places = repeat.extra.span.start, repeat.kept.span.start
            yield f"{seed}: {repeat.kind} {repeat.severity} {repeat.mended}", [*places, repeat.score, repeat.alike]
        for fault in scoring.judged(mine, judges(made, tokens)[id], scoring.candidates(made, tokens)[id]):
            said = [
                float(each)
                for e in fault.evidence
                for each in (e.length_odds, e.length_odds_around, e.repetition, e.likeness, e.lost)
            ]
            yield f"{seed}: judged {fault.extra}, {fault.kept}", [fault.form, fault.odds, *fault.twice.values(), *said]


#: A name, and how it is written in English, first as most write it.
NAMES = """Юрий: Yuri Yury Iurii Jurij|Щербаков: Shcherbakov Scherbakov Ščerbakov|Хрущёва: Khrushcheva Khrushchova
Жуков: Zhukov Joukoff|Сергей Иванович: Sergei+Ivanovich Sergey+Ivanovitch|Анна Петровна: Anna+Petrovna Ann+Petrovna
Грибоедов: Griboyedov Griboedov|Трапезунд: Trebizond Trapezund|Ашхабад: Ashkhabad Askhabad|Дуня: Dunya Dounia
Халил-паша: Khalil+Pasha Halil+Pasha|Тифлис: Tiflis Tbilisi|Чичерин: Chicherin Tchitcherine Tschitscherin|Адам: Adam
Вяземский: Vyazemsky Viazemskii Wjasemski|Ольга: Olga Olya|Эривань: Erivan Yerevan|Кёльн: Cologne Köln|Ли: Lee Li
Моисеев: Moiseyev Moiseev Moses|Цезарь: Caesar Tsezar|Гюльнара: Gulnara Gyulnara|Нжде: Nzhdeh Njdeh|Карабах: Karabakh
Шуша: Shusha Shousha|Багиров: Bagirov Baghirov|Джафар: Jafar Dzhafar Djafar|Ваграм: Vahram Vagram"""
SHAPES = (
    ("{} и {} долго молчали у ворот.", "{} and {} were silent at the gate for a long time."),
    ("Здесь {}, а там {}.", "Here is {}, and there is {}."),
    ("«{}! — крикнули ему. — Где {}?»", "“{}!” they called to him. “Where is {}?”"),
    ("Первым пришёл {}, потом {}.", "First came {}, then {}."),
)


def named(dice: random.Random, rows: int) -> dict[str, str]:
    """Write rows of names: one version keeps to a spelling, the other spells as it likes, mistakes one or drops one."""
    listed = [line.split(": ") for line in NAMES.replace("\n", "|").split("|")]
    spellings = {name: [each.replace("+", " ") for each in forms.split()] for name, forms in listed}
    out: dict[str, list[str]] = {"ru": [], "en": [], "en-b": []}
    for _ in range(rows):
        russian, english = dice.choice(SHAPES)
        pair = dice.sample(sorted(spellings), 2)
        out["ru"].append(russian.format(*pair))
        out["en"].append(english.format(*(spellings[name][0] for name in pair)))
        other = [dice.choice(spellings[name]) for name in pair]
        if (chance := dice.random()) < 0.15:
            other[1] = spellings[dice.choice(sorted(spellings))][0]
        elif chance < 0.25:
            other[1] = "the old man"
        out["en-b"].append(english.format(*other))
    return {id: "\n".join(lines) for id, lines in out.items()}


def names() -> Figures:
    """Names spelled in many ways, mistaken and dropped: how like they are, what is linked, what is missing where."""
    made = collate(from_texts(named(random.Random("figures"), 90)), encoder=encode.get("none"))
    analysis = Analysis(made)
    index = analysis.names
    for entry in index.entries:
        spellings = [(id, each) for id, held in entry.spellings.items() for each in held]
        shown = ", ".join(f"{id} {each.text} {'/'.join(each.schemes)}" for id, each in spellings)
        title = f"{entry.name} ({entry.kind}, {entry.proposed}, {entry.why}): {shown}"
        nodes = [(id, each.key) for id, each in spellings]
        yield title, [len(nodes), *(entry.probability(nodes[0], node) for node in nodes[1:])]
    keys = sorted({(id, each.text) for e in index.entries for id, held in e.spellings.items() for each in held})
    written = {"ru": [text for id, text in keys if id == "ru"], "en": [text for id, text in keys if id != "ru"]}
    for name in written["ru"] + written["en"][::6]:
        yield f"like {name}", [max(-50.0, logit(name, other)) for other in written["en"]]
    forms = [
        Form("en-b", each.key, each.text, each.rows, each.neighbours)
        for entry in index.entries
        for each in entry.spellings.get("en-b", ())
    ]
    pairs = ((a, b, inside_odds(a, b)) for a, b in combinations(forms, 2))
    yield "inside", [odds for _, _, odds in pairs if odds > -math.inf]
    for absence in absences(made, index):
        instead = absence.instead.text if absence.instead else "nothing"
        flags = absence.agreeing, absence.rivals, absence.is_name, absence.is_newcomer, absence.nearby
        yield f"row {absence.row.number} {absence.version}: {instead} for {absence.word.text}", [*map(float, flags)]
    for check, found in run(analysis, checks_named(["NAM", "TRM"])):
        starts = [float(place.span.start) for place in found.places]
        yield f"{check.code} {found.severity}: {found.message} → {found.suggestion}", [found.score, *starts]


ROOMS: dict[str, Callable[[], Figures]] = {"alignment": alignment, "names": names, "repeats": repeats}


def rounded(figures: Figures) -> dict[str, list[float]]:
    return {name: [round(float(value), 4) for value in values] for name, values in figures}


@pytest.mark.parametrize("room", ROOMS)
def test_figures_stay(room: str, update: bool) -> None:
    golden, found = GOLDEN / f"{room}.json", rounded(ROOMS[room]())
    if update:
        lines = ",\n".join(f" {json.dumps(name, ensure_ascii=False)}: {json.dumps(found[name])}" for name in found)
        golden.write_text(f"{{\n{lines}\n}}\n", "utf-8")
    expected: Mapping[str, list[float]] = json.loads(golden.read_text("utf-8"))
    assert list(found) == list(expected)
    for name, values in found.items():
        assert values == pytest.approx(expected[name], rel=2e-3, abs=2e-3), name
