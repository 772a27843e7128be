"""What a text denies, and how surely another text denies nothing in the place of a denial.

A denial is a word such as "not", "never", «не»; it bears on the next word of content of its clause. Whether another text
answers it is asked of a logistic regression on what stands in the place: the word that the denied one is linked to, the
nearest denial, and lemmas that were seen to deny by themselves ("unable", "hardly") or to be denied in one language alone
(«не отводил глаз», "kept his eyes"); a lemma can only acquit.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.wordalign.aligned_words import AlignedWords, Cover, joint
from compare.wordalign.renderings import Renderings
from compare.wordalign.vocabulary import FUNCTION, POS, Cell, Forms

#: Words that deny, by language and kind.
DENIALS: Mapping[str, Mapping[str, str]] = {
    "en": {
        **dict.fromkeys("not cannot".split(), "not"),
        **dict.fromkeys("never".split(), "never"),
        **dict.fromkeys("no none".split(), "no"),
        **dict.fromkeys("nothing nobody nowhere nought naught".split(), "nothing"),
        **dict.fromkeys("neither nor".split(), "nor"),
    },
    "ru": {
        "не": "not",
        **dict.fromkeys("ни никто никого никому никем ничто ничего ничему ничем никогда никуда нигде".split(), "concord"),
        **dict.fromkeys("никакой никакого никакому никаким никакая никакую никакое никакие никаких никак".split(), "concord"),
        **dict.fromkeys("нет нету".split(), "no"),
        **dict.fromkeys("нельзя незачем некого некому нечего нечем нечему негде некуда".split(), "not"),
    },
}
#: How many words behind a denial its word may stand, and about its place what answers it.
_REACH, _ABOUT = 4, 5
_FAR = 12
#: How far from its place a word's counterpart may stand; what share of renderings is seldom; what link is one.
_WINDOW, _SELDOM, _LINKED = 8, 0.01, 0.4


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial: index of its word, its kind, and the words of content behind and before it in its clause, if any."""

    at: int
    kind: str
    on: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Denying:
    """A cell read for what it denies. `clauses` numbers the stretches between marks, one number a word."""

    denials: tuple[Denial, ...]
    clauses: tuple[int, ...]
    marks: tuple[str, ...]
    """The mark that ends the sentence of each word; empty for none."""
    lemmas: tuple[str, ...]
    halves: frozenset[int]
    """Words that deny by their own beginning or end: "impossible", "homeless", «неизвестно»."""

    @property
    def at(self) -> tuple[int, ...]:
        return tuple(d.at for d in self.denials)


def denying(text: str, cell: Cell, forms: Forms, lang: str) -> Denying:
    """Read what a cell denies."""
    keys = [forms.keys[f] for f in cell.forms]
    lemmas = tuple(forms.lemmas[f] for f in cell.forms)
    content = forms.pos[cell.forms] != FUNCTION
    gaps = [text[w.end : (cell.words[k + 1].start if k + 1 < len(keys) else len(text))] for k, w in enumerate(cell.words)]
    clauses, number = [], 0
    for k in range(len(keys)):
        clauses.append(number)
        number += bool(re.search(r"[.!?;:…()—,\"”“]|--| - ", gaps[k]))
    marks, mark = [""] * len(keys), ""
    for k in reversed(range(len(keys))):
        if found := re.search(r"[.!?…]", gaps[k]):
            mark = found.group()
        marks[k] = mark
    kinds = {}
    for k, word in enumerate(keys):
        kind = DENIALS[lang].get(word, "not" if lang == "en" and word.endswith("n't") else "")
        if lang == "en" and word == "t" and k and keys[k - 1].endswith("n") and gaps[k - 1].strip() in ("'", "’"):
            kind = "not"
        if kind == "no" and gaps[k].strip()[:1] in (",", ".", "!", "?", ";", "…", "—", "-", "–", ":"):
            alone = not k or clauses[k - 1] != clauses[k]
            kind = "" if alone else kind
        if kind:
            kinds[k] = kind
    found_ = []
    for k, kind in kinds.items():
        if kind == "concord" and any(clauses[j] == clauses[k] and o != "concord" for j, o in kinds.items()):
            continue
        here = [j for j in range(len(keys)) if clauses[j] == clauses[k] and content[j] and j not in kinds]
        on = next((j for j in here if k < j <= k + _REACH), None)
        before = next((j for j in reversed(here) if k - _REACH <= j < k), None)
        found_.append(Denial(k, kind, on, before))
    halves = frozenset(k for k, base in enumerate(lemmas) if k not in kinds and denies_by_form(base))
    return Denying(tuple(found_), tuple(clauses), tuple(marks), lemmas, halves)


#: Lemmas that deny by their beginning or end, and such as only look so.
_HALF = re.compile(
    r"(?:не|недо|бе[зс])[а-я]{4,}|(?:un|dis|non)[a-z]{4,}|(?:in|im|il|ir|mis)[a-z]{5,}|[a-z]{3,}less"
)
_LOOKS = re.compile(
    r"недел|небо|небес|нежн|нерв|невест|немец|немк|немалый|некотор|несколько|некогда|нечто|нельзя|неужели|несс?и|невск"
    r"|un(?:der|i[tvfo]|til|cle)|dis(?:tan|tri|trict|cuss|play|pose|cover|turb|tinct|patch|tress|h)|in(?:to|side|deed|stead|form|ten|"
    r"ter|stan|sist|stitu|vit|clin|crea|clud|dic|divid|flu|habit|jur|nocen|quir|spec|spir|stru|sul|vent|volv)"
    r"|im(?:port|press|prov|medi|agin|age|pulse|pos|ply)|mis(?:ter|tress|s)|bless|unless|ill",
)


@functools.lru_cache(1 << 16)
def denies_by_form(word: str) -> bool:
    """Tell whether a lemma seems to deny by its beginning or end: "impossible", "homeless", «неизвестно»."""
    return bool(_HALF.fullmatch(word)) and not _LOOKS.match(word)


def place(denial: Denial, cover: Cover, size: int) -> tuple[int, int]:
    """Return between which words of the other cell, of `size` words, the answer to a denial would stand."""
    linked = [cover.at[k] for k in (denial.on, denial.before) if k is not None and cover.share[k] >= 0.4]
    if denial.on is not None and cover.share[denial.on] >= 0.4:
        linked = linked[:1]
    before, after = joint(cover, denial.at, denial.at + 1, size)
    if linked and not (max(before - linked[0], linked[0] - after) > 6):
        return linked[0], linked[0]
    return max(before, 0), min(after, size - 1)


def _distance(k: int, here: tuple[int, int]) -> int:
    return max(here[0] - k, k - here[1], 0)


def counterpart(
    on: int, one: Cell, two: Cell, here: tuple[int, int], cover: Cover, forms: Forms, shares: Shares
) -> tuple[int, float]:
    """Return the word of the other cell that says a word of the first, and how often the one renders the other, 0 to 1.

    -1 and 0 where none does.
    """
    best, most = -1, 0.0
    for j in range(max(here[0] - _WINDOW, 0), min(here[1] + _WINDOW + 1, len(two.words))):
        if forms.pos[two.forms[j]] != FUNCTION:
            share = shares.said(forms.lemmas[one.forms[on]], forms.lemmas[two.forms[j]])
            if share > most or (share and share == most and j == cover.at[on]):
                best, most = j, share
    if most < _SELDOM and cover.at[on] >= 0 and cover.share[on] >= _LINKED:
        return cover.at[on], most
    return best, most


def features(
    denial: Denial,
    mine: Denying,
    one: Cell,
    theirs: Denying,
    two: Cell,
    cover: Cover,
    forms: Forms,
    shares: Shares,
    edges: tuple[int, int] = (_FAR, _FAR),
) -> dict[str, float]:
    """What is known of whether the second cell answers a denial of the first.

    `edges`: how many words before and after the second cell the nearest denial of its neighbours stands.
    """
    size = len(two.words)
    here = place(denial, cover, size)
    on = denial.on
    assert on is not None
    out: dict[str, float] = {"bias": 1.0, f"pos={POS[forms.pos[one.forms[on]]]}": 1.0}
    j, often = counterpart(on, one, two, here, cover, forms, shares)
    if j >= 0:
        here = (j, j)
    share = cover.share[on] if j >= 0 and cover.at[on] == j else 0.0
    sure = max(min(1.0, often * 5), share if often else share / 2)
    out["said"] = sure
    out["often"] = math.log(0.003 + often) / 3
    out["linked"] = share
    about = range(max(here[0] - _WINDOW, 0), min(here[1] + _WINDOW + 1, size))
    turned = max((shares.turned(forms.lemmas[one.forms[on]], theirs.lemmas[k]) for k in about), default=0.0)
    out["turned"] = math.log(0.003 + turned) / 3
    out["alike"] = float(j >= 0 and forms.pos[one.forms[on]] == forms.pos[two.forms[j]])
    near = [n for n in range(max(on - 5, 0), min(on + 6, len(one.words))) if n != on and forms.pos[one.forms[n]] != FUNCTION]
    agrees = sum(cover.share[n] * (abs(cover.at[n] - here[0]) <= 8) for n in near) / len(near) if near else 0.5
    out["agrees"] = agrees
    # A denial of the other cell answers one of ours; it is the nearest one's.
    rest = [place(d, cover, size) for d in mine.denials if d is not denial]
    free = [k for k in theirs.at if not any(_distance(k, r) < _distance(k, here) for r in rest)]
    far = min((_distance(k, here) for k in free), default=_FAR)
    out["near"] = math.exp(-far / 2)
    out["near wide"] = math.exp(-far / 6)
    taken = min((_distance(k, here) for k in theirs.at), default=_FAR)
    out["near taken"] = math.exp(-taken / 2)
    same = [k for k in theirs.at if theirs.clauses[k] in {theirs.clauses[j] for j in range(here[0], here[1] + 1)}]
    out["same clause"] = float(bool(same))
    half = min((_distance(k, here) for k in theirs.halves), default=_FAR)
    out["half"] = math.exp(-half / 3)
    mended = float(on in mine.halves or (j >= 0 and j in theirs.halves))
    out["half word"] = mended
    surplus = len(mine.denials) - len(theirs.denials)
    out["surplus"] = max(-2.0, min(2.0, surplus))
    alone = float(len(mine.denials) == 1 and not theirs.denials)
    out["none"] = float(not theirs.denials)
    out["alone"] = alone
    out["said alone"] = sure * alone
    out["said agrees"] = sure * agrees
    out["said surplus"] = sure * (surplus > 0)
    edge = min(here[0] + edges[0], size - 1 - here[1] + edges[1])
    out["edge"] = math.exp(-edge / 4)
    out["asked"] = float(mine.marks[denial.at] == "?")
    out["asked there"] = float("?" in {theirs.marks[j] for j in range(here[0], here[1] + 1)})
    out["exclaimed"] = float(mine.marks[denial.at] == "!")
    out["long"] = math.log(1 + size) / 3
    out["ratio"] = abs(math.log((1 + size) / (1 + len(one.words))))
    for k in range(max(denial.at - 2, 0), min(denial.at + 3, len(one.words))):
        if k != denial.at:
            out[f"{k - denial.at:+d} {mine.lemmas[k]}"] = 1.0
    for k in range(max(denial.at - 8, 0), min(denial.at + 9, len(one.words))):
        if k != denial.at and abs(mine.clauses[k] - mine.clauses[denial.at]) <= 1:
            out[f"by {mine.lemmas[k]}"] = 1.0
    out[f"on {mine.lemmas[on]}"] = 1.0
    for k in range(max(here[0] - _ABOUT, 0), min(here[1] + _ABOUT + 1, size)):
        if k not in theirs.at:
            out[f"there {theirs.lemmas[k]}"] = 1.0
    return out


def lexical(name: str) -> bool:
    """Tell whether a feature is a lemma's."""
    return name.startswith(("+", "-", "by ", "on ", "there "))


def edges(aligned: AlignedWords, read: Mapping[str, Sequence[Denying | None]], version: str, i: int) -> tuple[int, int]:
    """Count the words between a cell and the nearest denial of the cells before and after it."""
    cells = read[version]
    before = cells[i - 1] if i else None
    after = cells[i + 1] if i + 1 < len(cells) else None
    return (
        min((len(before.lemmas) - k for k in before.at), default=_FAR) if before else _FAR,
        min((k + 1 for k in after.at), default=_FAR) if after else _FAR,
    )


def read(aligned: AlignedWords) -> dict[str, list[Denying | None]]:
    """Read every cell for what it denies."""
    collation = aligned.collation
    return {
        v.id: [
            denying(collation.cell(row, v.id), cell, aligned.forms, v.lang) if cell else None
            for row, cell in zip(collation.rows, aligned.cells[v.id], strict=True)
        ]
        for v in collation.work.versions
    }


def candidates(
    aligned: AlignedWords,
    readings: Mapping[str, Sequence[Denying | None]],
    one: str,
    two: str,
    i: int,
    shares: Shares,
) -> Iterator[tuple[Denial, dict[str, float]]]:
    """Yield the denials of the first version's cell of a row with what is known of the second's answer."""
    mine, theirs = readings[one][i], readings[two][i]
    a, b, cover = aligned.cells[one][i], aligned.cells[two][i], aligned.covers[one, two][i]
    if mine is None or theirs is None or a is None or b is None or cover is None:
        return
    around = edges(aligned, readings, two, i)
    for denial in mine.denials:
        if denial.on is not None and denial.kind in ("not", "never"):
            yield denial, features(denial, mine, a, theirs, b, cover, aligned.forms, shares, around)


class Shares:
    """How often a word of one language is rendered by a word of another, as it stands and denied on one side alone."""

    def __init__(self, renderings: Renderings | None, one: str, two: str) -> None:
        self._renderings, self._russian_first = renderings, one == "ru"
        self._same = one == two
        self._said: dict[tuple[str, str], float] = {}
        self._turned: dict[tuple[str, str], float] = {}

    def said(self, one: str, two: str) -> float:
        """Return the share of renderings of the one by the other, or by its family, 0 to 1."""
        if self._same or self._renderings is None:
            return float(one == two)
        if (one, two) not in self._said:
            pair = (one, two) if self._russian_first else (two, one)
            self._said[one, two] = self._renderings.related(*pair)
        return self._said[one, two]

    def turned(self, one: str, two: str) -> float:
        """Return the share of renderings of the first, denied, by the second, affirmed; 0 to 1."""
        if self._same or self._renderings is None:
            return 0.0
        if (one, two) not in self._turned:
            russian, english = (f"не {one}", two) if self._russian_first else (two, f"not {one}")
            entry = self._renderings.entry(russian)
            found = entry.renderings.get(english)
            self._turned[one, two] = found.weight / (entry.weight + 2) if found else 0.0
        return self._turned[one, two]
