"""The probability that a text leaves out, or adds, a denial that another text has.

A denial is a word such as "not", "never", «не»; it bears on the next word of content of its clause. Whether another
text answers it is asked of a logistic regression (`tests/training/negation.py`) on what stands there: the word that
renders the denied one, the nearest denial, words that deny by themselves ("hardly", "impossible"), and lemmas that were
seen to turn a denial round («не отводил глаз», "kept his eyes fixed"); a lemma can only acquit.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare import artefacts
from compare.lang import SOURCE
from compare.meaning.features.denials import REACH, CellDenials, Denial, read_denials
from compare.wordalign.aligned_words import AlignedWords, Cover, expected_gap
from compare.wordalign.renderings import Renderings
from compare.wordalign.unread_source import UnreadSource
from compare.wordalign.vocabulary import FUNCTION, POS, Cell, Forms

#: Classes of words that are denied or affirmed: what is done, and how; a noun may be denied and affirmed in many ways.
_DENIED = "var"
#: How many words before and after a denial are asked.
_CONTEXT = 2
#: How far from where it would stand a word's counterpart is looked for; how many words about that may answer.
_WINDOW, _ABOUT = 8, 5
#: What share of renderings counts as none; how sure a link must be to be one.
_SELDOM, _LINKED = 0.01, 0.4
#: How many words before its word a half denial may stand.
_HALF = 3
#: From what share of renderings on a word is as good a counterpart as any.
_OFTEN = 0.1
#: A distance, in words, at which nothing answers any more.
_FAR = 12
#: Letters of a word, but for its last one, by which it is known in its denied form.
_STEM = 4
#: How far other versions count, in log-odds: those that stand with the version, and those that stand against it.
_WITH, _AGAINST = 3.0, 1.0
#: What is taken off where another version denies outright what the source denies in a turn that may be turned round:
#: "a quarter of an hour had not passed before" is "before it had passed".
_TURNED = 0.9
#: What it counts that the source and as many other versions all affirm what one denies, by a word that is often so
#: rendered, and have nothing that may answer it ("unprofitable", "afraid"): "I was not happy" for «я был счастлив». In
#: 4,000 rows of eleven works no sound denial stands so.
_JURY, _UNANIMOUS = 2, 2.5
#: What it counts, in log-odds, that a source that cannot be read denies as often as the other of two versions: of 47
#: denials taken out of The Overcoat and A Nest of Gentlefolk 11 are found so, with 1 other, from log-odds of 3.7 on.
_COUNTED = 2.7


class RenderingShares:
    """How often a word of one language is rendered by a word of another, as it stands and denied on one side alone."""

    def __init__(self, renderings: Renderings, one: str, two: str) -> None:
        self._renderings, self._same, self._russian_first = renderings, one == two, one == SOURCE
        self._rendered: dict[tuple[str, str], float] = {}
        self._turned: dict[tuple[str, str], float] = {}

    def rendered(self, one: str, two: str) -> float:
        """Return the share of renderings of the one by the other's family, 0 to 1; in one language 1 for the same."""
        if self._same:
            return float(one == two)
        if (one, two) not in self._rendered:
            pair = (one, two) if self._russian_first else (two, one)
            self._rendered[one, two] = self._renderings.related(*pair)
        return self._rendered[one, two]

    def turned(self, one: str, two: str) -> float:
        """Return the share of renderings of the first, denied, by the second, affirmed; 0 to 1."""
        if self._same:
            return 0.0
        if (one, two) not in self._turned:
            russian, english = (f"не {one}", two) if self._russian_first else (two, f"not {one}")
            entry = self._renderings.entry(russian)
            found = entry.renderings.get(english)
            self._turned[one, two] = found.weight / (entry.weight + 2) if found else 0.0
        return self._turned[one, two]


def expected_place(denial: Denial, cover: Cover, size: int) -> tuple[int, int]:
    """Return the first and last words of the other cell, of `size` words, between which an answer would stand."""
    linked = [cover.at[k] for k in (denial.on, denial.before) if k is not None and cover.share[k] >= _LINKED]
    before, after = expected_gap(cover, denial.at, denial.at + 1, size)
    if linked and max(before - linked[0], linked[0] - after) <= REACH + 2:
        return linked[0], linked[0]
    return max(before, 0), min(after, size - 1)


def distance(k: int, here: tuple[int, int]) -> int:
    """Count the words between one and a stretch; 0 within it."""
    return max(here[0] - k, k - here[1], 0)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A denial before another text: the word there that renders the denied one, if any, and how often it does.

    `answered`: whether that word is denied by halves ("far from happy", "unhappy") or asked for, which affirms nothing.
    """

    at: int | None
    often: float
    answered: bool
    features: Mapping[str, float]


def counterpart(
    denial: Denial,
    on: int,
    cells: tuple[Cell, Cell],
    readings: tuple[CellDenials, CellDenials],
    cover: Cover,
    forms: Forms,
    shares: RenderingShares,
    edges: tuple[int, int] = (_FAR, _FAR),
) -> Counterpart:
    """Gather what is known of whether the second cell answers a denial of the first that bears on the word `on`.

    `edges`: how many words before and after the second cell the nearest denial of its neighbours stands.
    """
    (one, two), (mine, theirs) = cells, readings
    size, base = len(two.words), mine.lemmas[on]
    here = expected_place(denial, cover, size)
    about = range(max(here[0] - _WINDOW, 0), min(here[1] + _WINDOW + 1, size))
    turned = max((shares.turned(base, theirs.lemmas[k]) for k in about), default=0.0)
    shared = {k: shares.rendered(base, theirs.lemmas[k]) for k in about if forms.pos[two.forms[k]] != FUNCTION}
    worth = {
        k: min(share, _OFTEN) / _OFTEN + (k == cover.at[on]) - distance(k, here) / _FAR for k, share in shared.items()
    }
    at = max((k for k in shared if shared[k]), key=lambda k: (worth[k], -k), default=-1)
    often = shared.get(at, 0.0)
    if often < _SELDOM and cover.at[on] >= 0 and cover.share[on] >= _LINKED:
        at = cover.at[on]
        often = shared.get(at, 0.0)
    if at >= 0:
        here = (at, at)
    share = cover.share[on] if at >= 0 and cover.at[on] == at else 0.0
    sure = max(min(1.0, 5 * often), share if often else share / 2)
    near = [
        n
        for n in range(max(on - _ABOUT, 0), min(on + _ABOUT + 1, len(one.words)))
        if n != on and forms.pos[one.forms[n]] != FUNCTION
    ]
    agrees = sum(cover.share[n] * (abs(cover.at[n] - here[0]) <= _WINDOW) for n in near) / len(near) if near else 0.5
    # A denial there answers one of ours, the nearest.
    rest = [expected_place(d, cover, size) for d in mine.denials if d is not denial]
    free = [k for k in theirs.at if not any(distance(k, r) < distance(k, here) for r in rest)]
    far = min((distance(k, here) for k in free), default=_FAR)
    taken = min((distance(k, here) for k in theirs.at), default=_FAR)
    half = min((distance(k, here) for k in theirs.halves), default=_FAR)
    edge = min(here[0] + edges[0], size - 1 - here[1] + edges[1])
    surplus = len(mine.denials) - len(theirs.denials)
    alone = float(len(mine.denials) == 1 and not theirs.denials)
    clauses = {theirs.clauses[k] for k in range(here[0], here[1] + 1)}
    out = {
        "bias": 1.0,
        f"class {POS[forms.pos[one.forms[on]]]}": 1.0,
        "said": sure,
        "often": math.log(0.003 + often) / 3,
        "linked": share,
        "turned": math.log(0.003 + turned) / 3,
        "alike": float(at >= 0 and forms.pos[one.forms[on]] == forms.pos[two.forms[at]]),
        "agrees": agrees,
        "near": math.exp(-far / 2),
        "near wide": math.exp(-far / 6),
        "near taken": math.exp(-taken / 2),
        "same clause": float(any(theirs.clauses[k] in clauses for k in theirs.at)),
        "half": math.exp(-half / 3),
        "half wide": math.exp(-half / 8),
        "half word": float(on in mine.halves or at in theirs.halves),
        "surplus": max(-2.0, min(2.0, surplus)),
        "none": float(not theirs.denials),
        "alone": alone,
        "said alone": sure * alone,
        "said agrees": sure * agrees,
        "said surplus": sure * (surplus > 0),
        "edge": math.exp(-edge / 4),
        "asked there": float("?" in {theirs.marks[k] for k in range(here[0], here[1] + 1)}),
        "exclaimed": float(mine.marks[denial.at] == "!"),
        "long": math.log(1 + size) / 3,
        "ratio": abs(math.log((1 + size) / (1 + len(one.words)))),
        f"on {base}": 1.0,
    }
    for k in range(max(denial.at - _CONTEXT, 0), min(denial.at + _CONTEXT + 1, len(one.words))):
        if k != denial.at and mine.clauses[k] == mine.clauses[denial.at]:
            out[f"{k - denial.at:+d} {mine.lemmas[k]}"] = 1.0
    for k in range(max(here[0] - _ABOUT, 0), min(here[1] + _ABOUT + 1, size)):
        if k not in theirs.at:
            out[f"there {theirs.lemmas[k]}"] = 1.0
    by = {k for k in theirs.halves if theirs.clauses[k] in clauses and at - _HALF <= k < at}
    answered = at >= 0 and (
        bool(by)
        or (at in theirs.halves) != (on in mine.halves)
        or theirs.marks[at] == "?"
        or _is_denied_by_form(theirs, at)
    )
    return Counterpart(at if at >= 0 else None, often, answered, out)


def _is_denied_by_form(reading: CellDenials, at: int) -> bool:
    """Tell whether a cell has the denied form of a word beside it: "profitable" there and "unprofitable" here."""
    stem = reading.lemmas[at][:-1]
    return len(stem) >= _STEM and any(k != at and stem in reading.lemmas[k] for k in reading.halves)


def is_lexical(name: str) -> bool:
    """Tell whether a feature is a lemma's."""
    return name.startswith(("+", "-", "on ", "there "))


def direction(one: str, two: str) -> str:
    """Name the model that judges whether a text in the second language answers one in the first."""
    return "kin" if one == two else "from" if one == SOURCE else "to"


@functools.cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: Mapping[str, Mapping[str, float]] = artefacts.record("negation.json")
    return weights


def log_odds(features: Mapping[str, float], model: str) -> float:
    """Return the log-odds that a denial is not answered, by the model of that `direction`."""
    weights = _weights()[model]
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def counterparts(
    aligned: AlignedWords,
    readings: Mapping[str, Sequence[CellDenials | None]],
    one: str,
    two: str,
    i: int,
    shares: RenderingShares,
) -> Iterator[tuple[Denial, Counterpart]]:
    """Yield the denials of the first version's cell that claim something, each with how the second's faces it."""
    mine, theirs = readings[one][i], readings[two][i]
    a, b, cover = aligned.cells[one][i], aligned.cells[two][i], aligned.covers[one, two][i]
    if mine is None or theirs is None or a is None or b is None or cover is None:
        return
    around = _edges(readings[two], i)
    for denial in mine.denials:
        if denial.on is not None and denial.claims and POS[aligned.forms.pos[a.forms[denial.on]]] in _DENIED:
            yield denial, counterpart(denial, denial.on, (a, b), (mine, theirs), cover, aligned.forms, shares, around)


def _edges(cells: Sequence[CellDenials | None], i: int) -> tuple[int, int]:
    """Count the words between a cell and the nearest denial of the cells before and after it."""
    before = cells[i - 1] if i else None
    after = cells[i + 1] if i + 1 < len(cells) else None
    return (
        min((len(before.lemmas) - k for k in before.at), default=_FAR) if before else _FAR,
        min((k + 1 for k in after.at), default=_FAR) if after else _FAR,
    )


@dataclass(frozen=True, slots=True)
class Reversal:
    """A version that denies what the others affirm, or affirms what they deny.

    `at`: the version's denial, or the word that it affirms; `against`: for each other text the word that it affirms, or
    its denial; `odds`: how certainly, as the sum of log-odds; `often`: how often the source's word is rendered by the
    version's, 0 to 1, None without a source; `agreed`: whether every other version speaks against it.
    """

    row_index: int
    version: str
    denied: bool
    at: int
    against: Mapping[str, int]
    odds: float
    often: float | None
    agreed: bool


def reversals(
    aligned: AlignedWords, renderings: Renderings, least: float, unread: UnreadSource | None = None
) -> Iterator[Reversal]:
    """Find the denials that a version adds or loses, from log-odds `least` on; for each row the surest of either.

    `unread`: the source, where its words are not among the aligned ones: it may judge between two versions.
    """
    versions = aligned.collation.work.versions
    readings = read_denials(aligned)
    shares = {
        (a.id, b.id): RenderingShares(renderings, a.lang, b.lang) for a in versions for b in versions if a is not b
    }
    models = {(a.id, b.id): direction(a.lang, b.lang) for a in versions for b in versions if a is not b}
    source = next((v.id for v in versions if v.role == "source"), None)
    for i in range(len(aligned.collation.rows)):
        there = [v.id for v in versions if readings[v.id][i] is not None]
        if not any(d.claims for v in there for d in readings[v][i].denials):  # type: ignore[union-attr]
            continue
        faced = {
            (a, b): {d.at: f for d, f in counterparts(aligned, readings, a, b, i, shares[a, b])}
            for a in there
            for b in there
            if a != b
        }
        odds = {
            (a, b, at): -_WITH if f.answered else log_odds(f.features, models[a, b])
            for (a, b), found in faced.items()
            for at, f in found.items()
        }
        first = source if source in there else None
        for version in there:
            if version != source:
                found = [
                    *_added(i, version, there, first, readings, faced, odds),
                    *_lost(i, version, there, first, faced, odds),
                ]
                if unread and len(there) == 2:
                    found += _judged(i, version, there, unread, faced, odds)
                for denied in (True, False):
                    best = max((f for f in found if f.denied == denied), key=lambda f: f.odds, default=None)
                    if best and best.odds >= least:
                        yield best


_Readings = Mapping[str, Sequence[CellDenials | None]]
_Faced = Mapping[tuple[str, str], Mapping[int, Counterpart]]
_Odds = Mapping[tuple[str, str, int], float]


def _other_versions(odds: Sequence[float]) -> float:
    """Return the mean of what other versions say against the version, none counting too much; 0 without one."""
    return sum(max(-_WITH, min(_AGAINST, z)) for z in odds) / len(odds) if odds else 0.0


def _added(
    i: int,
    version: str,
    there: Sequence[str],
    source: str | None,
    readings: _Readings,
    faced: _Faced,
    odds: _Odds,
) -> Iterator[Reversal]:
    others = [t for t in there if t not in (version, source)]
    if source is None and len(others) < 2:
        return
    for at in next((faced[version, t] for t in there if t != version), {}):
        evidence = [odds[version, t, at] for t in others]
        first = source or others[0]
        facing = faced[version, first][at]
        if facing.at is None or _affirmed_as_well(readings[version][i], at, readings[first][i], facing.at):
            continue
        total = (odds[version, first, at] if source else min(evidence)) + _other_versions(evidence)
        agreed = bool(evidence) and min(evidence) > 0
        against = {t: k for t in (first, *others) if (k := faced[version, t][at].at) is not None}
        clear = not any(reading.halves for t in there if t != version and (reading := readings[t][i]))
        if source and agreed and clear and len(evidence) >= _JURY and facing.often >= _OFTEN:
            total += _UNANIMOUS
        yield Reversal(i, version, True, at, against, total, facing.often if source else None, agreed)


def _affirmed_as_well(mine: CellDenials | None, at: int, theirs: CellDenials | None, facing: int) -> bool:
    """Tell whether what a cell denies at `at` it also affirms, where the other text says it once: "they did not take
    them, and he took them" for "they left them, and he took them"."""
    if mine is None or theirs is None:
        return False
    denied = {denial.at: denial.on for denial in mine.denials}
    word = denied[at]
    again = word is not None and any(
        each == mine.lemmas[word] and k not in denied.values() for k, each in enumerate(mine.lemmas)
    )
    return again and theirs.lemmas.count(theirs.lemmas[facing]) == 1


def _lost(
    i: int, version: str, there: Sequence[str], source: str | None, faced: _Faced, odds: _Odds
) -> Iterator[Reversal]:
    """Ask of each denial of the other texts whether this version alone has none.

    With a source, one of a translation counts where the source denies it too, by whatever words.
    """
    others = [t for t in there if t != version]
    if source is None and len(others) < 2:
        return
    asked: set[int] = set()
    for one in sorted(others, key=lambda t: t != source) if source else others[:1]:
        rest = [t for t in others if t != one]
        for at, facing in faced[one, version].items():
            if facing.at is None or facing.at in asked or (source in rest and odds[one, source, at] >= 0):
                continue
            asked.add(facing.at)
            evidence = [-odds[one, t, at] for t in rest]
            total = odds[one, version, at] + _other_versions(evidence) - _TURNED * (source in rest)
            agreed = bool(evidence) and min(evidence) > 0
            often = facing.often if source else None
            yield Reversal(i, version, False, facing.at, {one: at}, total, often, agreed)


def _judged(
    i: int, version: str, there: Sequence[str], source: UnreadSource, faced: _Faced, odds: _Odds
) -> Iterator[Reversal]:
    """Ask of each denial that one of two versions has alone whether an unread source denies as often as the other."""
    (other,) = (t for t in there if t != version)
    if not source.denies_like(i, other, version):
        return
    for one, two in ((version, other), (other, version)):
        for at, facing in faced[one, two].items():
            if facing.at is not None:
                denied = one == version
                here, against = (at, facing.at) if denied else (facing.at, at)
                yield Reversal(i, version, denied, here, {other: against}, odds[one, two, at] + _COUNTED, None, True)
