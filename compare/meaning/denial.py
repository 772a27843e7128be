"""What a text denies: its denials, the word that each bears on, and whether another text denies the same word.

A denial counts against another text only where that text says the denied word and affirms it. "He overlooked it" beside
"he did not notice it" proves nothing; "he noticed it" does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from compare.meaning.coverage import Cover
from compare.meaning.lexicon import relation, relations
from compare.meaning.wording import CLASSES, POS, Cell, Forms
from compare.words import parses

#: Words that deny by halves, or that the other language leaves out: they answer a denial and raise none.
_WEAK = frozenset(
    "hardly scarcely barely едва без without nor neither ничуть cannot ни seldom rarely мало редко "
    "fail failed fails failing refuse refused lack lacked lacking far unable нельзя cease ceased stop stopped "
    "avoid avoided avoiding refrain refrained prevent prevented "
    "left too слишком перестать отказаться лишить нету против вряд навряд".split()
)
#: Turns in which a denial affirms, or one language denies and the other does not.
_IDLE = re.compile(
    r"не\s+только|чуть\s+не|едва\s+не|пока\b[^,.;]*?\bне|как\s+ни|как\s+бы\b[^,.;]*?\bне|кто\s+ни|что\s+ни|где\s+ни"
    r"|куда\s+ни|сколько\s+ни|ничего\b|не\s+раз\b|не\s+мог\w*\s+не|нельзя\s+не|не\s+без|то\s+ли\s+не|нет[,.!?]"
    r"|not\s+only|not\s+merely|not\s+alone|not\s+till|not\s+until|not\s+but|nothing\s+but|could\s+not\s+but|cannot\s+but"
    r"|no\s+sooner|no\s+\w+ing\b|no\s+doubt|no\s+less|no\s+more|no\s+longer|no[,.!?;—-]|not\s+without|not\s+a\s+few|why\s+not"
    r"|whether\s+or\s+not|or\s+not\b|never\s+mind|n['’]t\s+you\b|n['’]t\s+(?:he|she|it|they|we|i)\b",
    re.I,
)
#: Words that turn a clause's denial about: before, until, lest, than, unless.
_TURNING = frozenset(
    "since until till lest than unless except save but "
    "пока раньше чем кроме если бояться чтобы разве неужели ли".split()
)
#: Words between a denial and its word that take the denial upon themselves: "not the same", "not so", "not all".
_PARTIAL = frozenset(
    "same such so other very all every each only quite altogether always too enough yet everything everyone "
    "такой так тот весь все всякий каждый только совсем вполне всегда столь слишком очень".split()
)
#: Words that turn a whole sentence's denial about when a clause follows: "not … until", "not … before".
_WAITING = frozenset("until till before ere".split())
#: Words by which a denial goes on to the next word.
_JOINING = frozenset("or nor и или ни".split())
#: Words behind which a noun stands.
_OWNING = frozenset("the a an his her my their our your this that".split())
#: Words that live in the shade of a denial: where the denied word stands beside one, it is denied somehow.
_POLAR = frozenset("any anything anyone anybody anywhere ever whatever least".split())
#: How many words from a denial its word may stand, and how far about a word a denial is sought.
_REACH, _AROUND = 4, 5
#: How far about the joint where a denial would stand it is sought.
_ABOUT = 3


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial at `at` and the content word that it bears on, itself where there is none near; as indices of words."""

    at: int
    on: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell denies."""

    plain: tuple[Denial, ...]
    """Denials that claim something."""
    any: frozenset[int]
    """All words that deny, by halves too."""
    near: frozenset[int]
    """These and the words that only live beside a denial: whatever may answer one."""
    turned: frozenset[int]
    """Words of clauses in which a denial proves nothing."""


def told(text: str, cell: Cell, forms: Forms) -> Told:
    """Read what a cell denies."""
    idle = {i for m in _IDLE.finditer(text) for i in range(m.start(), m.end())}
    keys = [(forms.keys[f], forms.lemmas[f]) for f in cell.forms]
    strong = [
        k
        for k, (form, base) in enumerate(keys)
        if (form in CLASSES["denial"] or base in CLASSES["denial"] or form.endswith("n't")) and not {form, base} & _WEAK
    ]
    weak = [
        k
        for k, (form, base) in enumerate(keys)
        if {form, base} & _WEAK
        or (k not in strong and by_beginning(base))
        or (form in ("before", "since") and k and keys[k - 1][0] == "long")
    ]
    clauses = _clauses(text, cell)
    asked = {clauses[k] for k in range(len(keys)) if _asked(text, cell, k)}
    turning = {clauses[k] for k, pair in enumerate(keys) if _TURNING & set(pair)}
    sentences = list(accumulate(int(bool(re.search(r"[.!?]", text[a.end : b.start]))) for a, b in pairwise(cell.words)))
    sentences = [0, *sentences]
    waiting = {
        sentences[k]
        for k, (form, _) in enumerate(keys)
        if form in _WAITING and k + 1 < len(keys) and clauses[k + 1] == clauses[k]
    }
    turned = frozenset(k for k in range(len(keys)) if clauses[k] in asked | turning or sentences[k] in waiting)
    plain = []
    for k in strong:
        doubled = any(j != k and clauses[j] == clauses[k] and abs(j - k) <= 6 for j in (*strong, *weak))
        if cell.words[k].start in idle or k in turned or doubled:
            continue
        on = _scope(cell, forms, clauses, k)
        if on is not None:
            plain.append(Denial(k, on))
    denying = frozenset((*strong, *weak))
    polar = {k for k, (form, _) in enumerate(keys) if form in _POLAR}
    # "do not hinder me or dissuade me" denies both
    polar |= {k for k, (form, _) in enumerate(keys) if form in _JOINING and any(0 < k - j <= 12 for j in strong)}
    return Told(tuple(plain), denying, denying | polar, turned)


def _clauses(text: str, cell: Cell) -> list[int]:
    """Number the stretches between marks."""
    out, number, end = [], 0, 0
    for word in cell.words:
        number += bool(re.search(r"[.!?;:…()—]|--|, ", text[end : word.start]))
        out.append(number)
        end = word.end
    return out


def _asked(text: str, cell: Cell, k: int) -> bool:
    """Tell whether the sentence of a word ends with a question mark."""
    mark = re.search(r"[.!?…]", text[cell.words[k].end :])
    return bool(mark and mark.group() == "?")


def _scope(cell: Cell, forms: Forms, clauses: Sequence[int], k: int) -> int | None:
    content = forms.pos[cell.forms] != POS.index("f")
    after = range(k + 1, min(k + 1 + _REACH, len(clauses)))
    if any(forms.keys[cell.forms[j]] in _PARTIAL for j in after if clauses[j] == clauses[k]):
        return None
    # "could not the king sleep" denies the sleep
    named = {j for j in after if forms.keys[cell.forms[j - 1]] in _OWNING}
    return next((j for j in after if clauses[j] == clauses[k] and content[j] and j not in named), k)


def affirms(one: Cell, cover: Cover, denial: Denial, two: Cell, theirs: Told, forms: Forms) -> bool | None:
    """Tell whether the other text says the denied word and affirms it; None where it says something else."""
    at = cover.at[denial.on]
    if at < 0 or at in theirs.turned or not _same(forms, one, denial.on, two, at, cover.share[denial.on]):
        return None
    return not denies(at, theirs) and not _opposed(forms, one, denial.on, two, at)


def silent(theirs: Told, before: int, after: int) -> bool | None:
    """Tell whether a text denies nothing about the joint of two of its words, not even by a word's beginning.

    None where it stands in a clause in which a denial would prove nothing.
    """
    about = range(before - _ABOUT, after + _ABOUT + 1)
    if any(k in theirs.near for k in about):
        return False
    return None if any(k in theirs.turned for k in about) else True


@functools.lru_cache(1 << 16)
def by_beginning(word: str) -> bool:
    """Tell whether a lemma denies by its own beginning or end: "impossible", "homeless", «неизвестно»."""
    if re.match(r"не[а-я]{4}", word):
        return bool(parses(word[2:])[0].is_known)
    if re.match(r"бе[зс][а-я]{4}", word):
        return True
    known = relations()
    bare = [word.removeprefix(p) for p in ("un", "in", "im", "ir", "il", "dis", "non") if word.startswith(p)]
    bare += [word.removesuffix("less") + "ful"] if word.endswith("less") else []
    return any(known.get((word, other)) == "a" for other in bare)


def denies(at: int, said: Told) -> bool:
    """Tell whether a denial stands near a word."""
    return any(abs(k - at) <= _AROUND for k in said.near)


def _opposed(forms: Forms, one: Cell, i: int, two: Cell, j: int) -> bool:
    """Tell whether the words are opposites, or one of them denies by its own beginning."""
    a, b = forms.lemmas[one.forms[i]], forms.lemmas[two.forms[j]]
    return relation(a, b) == "a" or by_beginning(a) or by_beginning(b)


#: How surely words of two languages must say the same.
_LEAST = 0.75


def _same(forms: Forms, one: Cell, i: int, two: Cell, j: int, share: float) -> bool:
    """Tell whether two linked words are one word, of one root or synonyms, or surely each other's translation."""
    a, b = one.forms[i], two.forms[j]
    if forms.cyrillic[a] != forms.cyrillic[b]:
        return share >= _LEAST
    first, second = forms.lemmas[a], forms.lemmas[b]
    return first == second or (len(first) > 4 and first[:5] == second[:5]) or relation(first, second) == "s"
