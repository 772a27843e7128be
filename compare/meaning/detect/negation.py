"""What a text denies, and how surely another text denies nothing in the place of a denial.

A denial is a word such as "not", "never", «не»; it bears on the next word of content of its clause. Whether another
text answers it is asked of a logistic regression (`tests/training/negation.py`) on what stands there: the word that
renders the denied one, the nearest denial, words that deny by themselves ("hardly", "impossible"), and lemmas that were
seen to turn a denial round («не отводил глаз», "kept his eyes fixed"); a lemma can only acquit.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare import artefacts
from compare.lang import DEFAULT, SOURCE, Negation, language
from compare.wordalign.aligned_words import AlignedWords, Cover, joint
from compare.wordalign.renderings import Renderings
from compare.wordalign.vocabulary import CLASSES, FUNCTION, POS, Cell, Forms

#: Words behind which a noun stands.
OWNING = frozenset("the a an his her my their our your this that".split())
#: Words of questions that want more than yes or no.
_NAMED = re.compile(
    r"\b(?:what|where|who|whom|whose|which|when|why|кто|что|где|куда|когда|почему|зачем|чего|кого)\b", re.I
)
#: A denial cut from its verb, as texts cut into words have it.
_CUT = re.compile(r"\b[a-z]*n ['’] ?t\b", re.I)
_CLAUSE = re.compile(r"[.!?;:…()—,\"”“]|--| - ")
#: Classes of words that are denied or affirmed: what is done, and how; a noun may be denied and affirmed in many ways.
_DENIED = "var"
#: How many words from a denial its word may stand, and how many words beside it are asked.
_REACH, _BESIDE = 4, 2
#: How far from where it would stand a word's counterpart is looked for; how many words about that may answer.
_WINDOW, _ABOUT = 8, 5
#: What share of renderings is none to speak of; how sure a link must be to be one.
_SELDOM, _LINKED = 0.01, 0.4
#: How many words before its word a half denial may stand.
_HALF = 3
#: From what share of renderings on a word is as good a counterpart as any.
_OFTEN = 0.1
#: A distance, in words, at which nothing answers any more.
_FAR = 12
#: How far other versions count, in log-odds: those that stand with the version, and those that stand against it.
_WITH, _AGAINST = 3.0, 1.0
#: What is taken off where another version denies outright what the source denies in a turn that may be turned round:
#: "a quarter of an hour had not passed before" is "before it had passed".
_TURNED = 0.9


def outright(text: str, cell: Cell, forms: Forms) -> frozenset[int]:
    """Find the words that by themselves deny outright; "don 't" too, as texts cut into words have it."""
    cut = {m.start() for m in _CUT.finditer(text)}
    keys = [(forms.keys[f], forms.lemmas[f]) for f in cell.forms]
    halves = language(DEFAULT).negation.halves | language(SOURCE).negation.halves  # type: ignore[union-attr]
    return frozenset(
        k
        for k, pair in enumerate(keys)
        if pair[0].endswith("n't")
        or cell.words[k].start in cut
        or (CLASSES["denial"] & set(pair) and not halves & set(pair))
    )


def asked(text: str, cell: Cell, k: int) -> bool:
    """Tell whether the sentence of a word asks for yes or no: a question mark ends it, and no "why" begins it."""
    begun = re.split(r"[.!?…]", text[: cell.words[k].start])[-1]
    mark = re.search(r"[.!?…]", text[cell.words[k].end :])
    return mark is not None and mark.group() == "?" and not _NAMED.search(begun)


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial: its word, and the words of content behind and before it in its clause, by index.

    `claims`: whether it denies outright what is done or how something is; "not only", and what is asked, do not.
    """

    at: int
    on: int | None
    before: int | None
    claims: bool


@dataclass(frozen=True, slots=True)
class Denying:
    """A cell read for what it denies."""

    denials: tuple[Denial, ...]
    clauses: tuple[int, ...]
    """For each word the number of the stretch between marks in which it stands."""
    marks: tuple[str, ...]
    """For each word the mark that ends its sentence; empty for none."""
    lemmas: tuple[str, ...]
    halves: frozenset[int]
    """Words that may answer a denial: "hardly", "impossible", «неизвестно»."""

    @property
    def at(self) -> tuple[int, ...]:
        return tuple(denial.at for denial in self.denials)


def denying(text: str, cell: Cell, forms: Forms, known: Negation) -> Denying:
    """Read what a cell denies, by what is known of its language."""
    keys = [forms.keys[f] for f in cell.forms]
    lemmas = tuple(forms.lemmas[f] for f in cell.forms)
    ends = [*(word.start for word in cell.words[1:]), len(text)]
    gaps = [text[word.end : end] for word, end in zip(cell.words, ends, strict=True)]
    clauses, marks = _clauses(gaps), _marks(gaps)
    idle = {k for m in re.finditer(known.idle, text, re.I) for k in range(m.start(), m.end())}
    cut = {m.start() for m in _CUT.finditer(text)} if known.ending else set()
    verbal = {
        k
        for k, word in enumerate(keys)
        if word in known.verbal or (known.ending and word.endswith(known.ending)) or cell.words[k].start in cut
    }
    denied = {k for k, word in enumerate(keys) if word in known.other} | verbal
    claimed = {clauses[k] for k in denied}
    denied |= {k for k, word in enumerate(keys) if word in known.concord and clauses[k] not in claimed}
    content = forms.pos[cell.forms] != FUNCTION
    denials = []
    for k in sorted(denied):
        here = [j for j in range(len(keys)) if clauses[j] == clauses[k] and content[j] and j not in denied]
        denials.append(
            Denial(
                k,
                next((j for j in here if k < j <= k + _REACH), None),
                next((j for j in reversed(here) if k - _REACH <= j < k), None),
                k in verbal and not idle & set(range(cell.words[k].start, cell.words[k].end)) and marks[k] != "?",
            )
        )
    halves = frozenset(
        k
        for k, base in enumerate(lemmas)
        if k not in denied and ({base, keys[k]} & known.halves or _denies_by_form(base, known))
    )
    return Denying(tuple(denials), clauses, marks, lemmas, halves)


def _clauses(gaps: Sequence[str]) -> tuple[int, ...]:
    out, number = [], 0
    for gap in gaps:
        out.append(number)
        number += bool(_CLAUSE.search(gap))
    return tuple(out)


def _marks(gaps: Sequence[str]) -> tuple[str, ...]:
    marks, mark = [""] * len(gaps), ""
    for k in reversed(range(len(gaps))):
        if found := re.search(r"[.!?…]", gaps[k]):
            mark = found.group()
        marks[k] = mark
    return tuple(marks)


def _denies_by_form(base: str, known: Negation) -> bool:
    return bool(re.fullmatch(known.half_forms, base)) and not re.match(known.seeming, base)


def read(aligned: AlignedWords) -> dict[str, list[Denying | None]]:
    """Read every cell for what it denies; None where a version has no words, or its language no negation known."""
    collation = aligned.collation
    return {
        v.id: [
            denying(collation.cell(row, v.id), cell, aligned.forms, known)
            if cell and (known := language(v.lang).negation)
            else None
            for row, cell in zip(collation.rows, aligned.cells[v.id], strict=True)
        ]
        for v in collation.work.versions
    }


class Shares:
    """How often a word of one language is rendered by a word of another, as it stands and denied on one side alone."""

    def __init__(self, renderings: Renderings, one: str, two: str) -> None:
        self._renderings, self._same, self._russian_first = renderings, one == two, one == SOURCE
        self._said: dict[tuple[str, str], float] = {}
        self._turned: dict[tuple[str, str], float] = {}

    def said(self, one: str, two: str) -> float:
        """Return the share of renderings of the one by the other's family, 0 to 1; in one language 1 for the same."""
        if self._same:
            return float(one == two)
        if (one, two) not in self._said:
            pair = (one, two) if self._russian_first else (two, one)
            self._said[one, two] = self._renderings.related(*pair)
        return self._said[one, two]

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


def spot(denial: Denial, cover: Cover, size: int) -> tuple[int, int]:
    """Return the first and last words of the other cell, of `size` words, between which an answer would stand."""
    linked = [cover.at[k] for k in (denial.on, denial.before) if k is not None and cover.share[k] >= _LINKED]
    before, after = joint(cover, denial.at, denial.at + 1, size)
    if linked and max(before - linked[0], linked[0] - after) <= _REACH + 2:
        return linked[0], linked[0]
    return max(before, 0), min(after, size - 1)


def distance(k: int, here: tuple[int, int]) -> int:
    """Count the words between one and a stretch; 0 within it."""
    return max(here[0] - k, k - here[1], 0)


@dataclass(frozen=True, slots=True)
class Facing:
    """A denial before another text: the word there that renders the denied one, if any, and how often it does.

    `answered`: whether that word is denied by halves ("far from happy", "unhappy") or asked for, which affirms nothing.
    """

    at: int | None
    often: float
    answered: bool
    features: Mapping[str, float]


def face(
    denial: Denial,
    on: int,
    cells: tuple[Cell, Cell],
    readings: tuple[Denying, Denying],
    cover: Cover,
    forms: Forms,
    shares: Shares,
    edges: tuple[int, int] = (_FAR, _FAR),
) -> Facing:
    """Gather what is known of whether the second cell answers a denial of the first that bears on the word `on`.

    `edges`: how many words before and after the second cell the nearest denial of its neighbours stands.
    """
    (one, two), (mine, theirs) = cells, readings
    size, base = len(two.words), mine.lemmas[on]
    here = spot(denial, cover, size)
    about = range(max(here[0] - _WINDOW, 0), min(here[1] + _WINDOW + 1, size))
    turned = max((shares.turned(base, theirs.lemmas[k]) for k in about), default=0.0)
    said = {k: shares.said(base, theirs.lemmas[k]) for k in about if forms.pos[two.forms[k]] != FUNCTION}
    worth = {
        k: min(share, _OFTEN) / _OFTEN + (k == cover.at[on]) - distance(k, here) / _FAR for k, share in said.items()
    }
    at = max((k for k in said if said[k]), key=lambda k: (worth[k], -k), default=-1)
    often = said.get(at, 0.0)
    if often < _SELDOM and cover.at[on] >= 0 and cover.share[on] >= _LINKED:
        at = cover.at[on]
        often = said.get(at, 0.0)
    if at >= 0:
        here = (at, at)
    share = cover.share[on] if at >= 0 and cover.at[on] == at else 0.0
    sure = max(min(1.0, 5 * often), share if often else share / 2)
    near = [
        n for n in range(max(on - 5, 0), min(on + 6, len(one.words))) if n != on and forms.pos[one.forms[n]] != FUNCTION
    ]
    agrees = sum(cover.share[n] * (abs(cover.at[n] - here[0]) <= 8) for n in near) / len(near) if near else 0.5
    # A denial there answers one of ours, the nearest.
    rest = [spot(d, cover, size) for d in mine.denials if d is not denial]
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
    for k in range(max(denial.at - _BESIDE, 0), min(denial.at + _BESIDE + 1, len(one.words))):
        if k != denial.at and mine.clauses[k] == mine.clauses[denial.at]:
            out[f"{k - denial.at:+d} {mine.lemmas[k]}"] = 1.0
    for k in range(max(here[0] - _ABOUT, 0), min(here[1] + _ABOUT + 1, size)):
        if k not in theirs.at:
            out[f"there {theirs.lemmas[k]}"] = 1.0
    by = {k for k in theirs.halves if theirs.clauses[k] in clauses and at - _HALF <= k < at}
    answered = at >= 0 and (bool(by) or (at in theirs.halves) != (on in mine.halves) or theirs.marks[at] == "?")
    return Facing(at if at >= 0 else None, often, answered, out)


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


def facings(
    aligned: AlignedWords,
    readings: Mapping[str, Sequence[Denying | None]],
    one: str,
    two: str,
    i: int,
    shares: Shares,
) -> Iterator[tuple[Denial, Facing]]:
    """Yield the denials of the first version's cell that claim something, each with how the second's faces it."""
    mine, theirs = readings[one][i], readings[two][i]
    a, b, cover = aligned.cells[one][i], aligned.cells[two][i], aligned.covers[one, two][i]
    if mine is None or theirs is None or a is None or b is None or cover is None:
        return
    around = _edges(readings[two], i)
    for denial in mine.denials:
        if denial.on is not None and denial.claims and POS[aligned.forms.pos[a.forms[denial.on]]] in _DENIED:
            yield denial, face(denial, denial.on, (a, b), (mine, theirs), cover, aligned.forms, shares, around)


def _edges(cells: Sequence[Denying | None], i: int) -> tuple[int, int]:
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
    its denial; `odds`: how surely, as the sum of log-odds; `often`: how often the source's word is rendered by the
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


def reversals(aligned: AlignedWords, renderings: Renderings, least: float) -> Iterator[Reversal]:
    """Find the denials that a version adds or loses, from log-odds `least` on; for each row the surest of either."""
    versions = aligned.collation.work.versions
    readings = read(aligned)
    shares = {(a.id, b.id): Shares(renderings, a.lang, b.lang) for a in versions for b in versions if a is not b}
    models = {(a.id, b.id): direction(a.lang, b.lang) for a in versions for b in versions if a is not b}
    source = next((v.id for v in versions if v.role == "source"), None)
    for i in range(len(aligned.collation.rows)):
        there = [v.id for v in versions if readings[v.id][i] is not None]
        if not any(d.claims for v in there for d in readings[v][i].denials):  # type: ignore[union-attr]
            continue
        faced = {
            (a, b): {d.at: f for d, f in facings(aligned, readings, a, b, i, shares[a, b])}
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
                found = [*_added(i, version, there, first, faced, odds), *_lost(i, version, there, first, faced, odds)]
                for denied in (True, False):
                    best = max((f for f in found if f.denied == denied), key=lambda f: f.odds, default=None)
                    if best and best.odds >= least:
                        yield best


_Faced = Mapping[tuple[str, str], Mapping[int, Facing]]
_Odds = Mapping[tuple[str, str, int], float]


def _held(odds: Sequence[float]) -> float:
    """Return the mean of what other versions say against the version, none counting too much; 0 without one."""
    return sum(max(-_WITH, min(_AGAINST, z)) for z in odds) / len(odds) if odds else 0.0


def _added(
    i: int, version: str, there: Sequence[str], source: str | None, faced: _Faced, odds: _Odds
) -> Iterator[Reversal]:
    others = [t for t in there if t not in (version, source)]
    if source is None and len(others) < 2:
        return
    for at in next((faced[version, t] for t in there if t != version), {}):
        kin = [odds[version, t, at] for t in others]
        first = source or others[0]
        facing = faced[version, first][at]
        if facing.at is None:
            continue
        total = (odds[version, first, at] if source else min(kin)) + _held(kin)
        against = {t: k for t in (first, *others) if (k := faced[version, t][at].at) is not None}
        agreed = bool(kin) and min(kin) > 0
        yield Reversal(i, version, True, at, against, total, facing.often if source else None, agreed)


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
            kin = [-odds[one, t, at] for t in rest]
            total = odds[one, version, at] + _held(kin) - _TURNED * (source in rest)
            agreed = bool(kin) and min(kin) > 0
            often = facing.often if source else None
            yield Reversal(i, version, False, facing.at, {one: at}, total, often, agreed)
