"""What a text denies: its denials, the word that each bears on, and how another text stands to each of them.

A denial counts against another text where that text has a place for it and denies nothing there, not by halves nor by
the beginning of a word; all the more where it says the denied word and affirms it. "He overlooked it" beside "he did
not notice it" proves nothing; "he noticed it" does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from compare.wordalign.aligned_words import Cover, joint
from compare.wordalign.embeddings import lexicon, relation, relations
from compare.wordalign.vocabulary import CLASSES, FUNCTION, POS, Cell, Forms
from compare.words import parses

#: Words that deny a verb.
_VERBAL = frozenset("not never cannot не никогда".split())
#: Words that deny by halves, or that the other language leaves out: they answer a denial and raise none.
_WEAK = frozenset(
    """
    hardly scarcely barely seldom rarely little without nor unable forbear except unless otherwise too far
    left fail failed fails failing refuse refused lack lacked lacking cease ceased stop stopped avoid
    avoided avoiding refrain refrained prevent prevented hinder hindered forbid forbade forbidden prohibit
    prohibited deny denied overlook overlooked ignore ignored neglect neglected doubt forget forgot
    forgotten miss missed spare spared wonder escape escaped нечего некого некому незачем едва без ни ничуть
    мало редко слишком против вряд навряд кроме иначе нельзя нету перестать отказаться отказать лишить
    запретить запрещать избегать избежать забыть пощадить
    """.split()
)
#: Denials that stand in more words than one.
_HIDDEN = re.compile(
    r"\b(?:ke(?:ep|pt)\w*|saf\w+|sav\w+|rescu\w+|with?h\w+ld\w*|restrain\w*|free)\b[^.;:]{0,40}?\bfrom\b"
    r"|\blet\s+\w+\s+alone\b|\bbut\s+for\b|\blong\s+since\b|\bless\s+than\b|\banything\s+but\b|\bто\s+ли\b"
    r"|\b(?:before|ere|until|till|lest)\s+\w",
    re.I,
)
#: Turns in which a denial affirms, or one language denies and the other does not.
_IDLE = re.compile(
    r"не\s+только|чуть\s+не|едва\s+не|пока\b[^,.;]*?\bне|как\s+ни|как\s+бы\b[^,.;]*?\bне|кто\s+ни|что\s+ни|где\s+ни"
    r"|куда\s+ни|сколько\s+ни|ничего\b|не\s+раз\b|не\s+мог\w*\s+не|нельзя\s+не|не\s+без|не\s*то\b|то\s+ли\s+не|нет[,.!?]"
    r"|not\s+only|not\s+merely|not\s+alone|not\s+till|not\s+until|not\s+but|nothing\s+but|could\s+not\s+but|cannot\s+but"
    r"|(?:can|could)(?:not|\s+not|n['’]t)\s+help|no\s+sooner|no\s+doubt|no\s+less|no\s+more|no\s+longer"
    r"|no\s+(?:one\s+)?other\s+than|не\s+кто\s+(?:другой|иной)|не\s+что\s+(?:другое|иное)|не\s+то\b"
    r"|(?:not|n['’]t)\s+(?:\w+\s+){0,3}more\s+than|не\s+(?:\w+\s+)?(?:больше|более)\b"
    r"|no\s*[,.!?;—-]|no\s+matter|not\s+without|not\s+a\s+few|why\s+not|if\s+not\b"
    r"|whether\s+or\s+not|or\s+not\b|never\s+mind|not\s+better\b|n['’]t\s+you\b|n['’]t\s+(?:he|she|it|they|we|i)\b",
    re.I,
)
#: A denial cut from its verb.
_CUT = re.compile(r"\b[a-z]*n ['’] ?t\b", re.I)
#: Words behind a denial that take back what it denies: "none but girls", "no one except him", "not until noon".
_BUT = frozenset("but except save besides until till before ere unless кроме как разве пока".split())
#: Words of a clause that is not the speaker's own claim.
_TURNING = frozenset("unless except пока раньше прежде кроме бояться чтобы разве неужели".split())
#: Words that live in the shade of a denial: where the denied word stands beside one, it is denied somehow.
_POLAR = frozenset("any anything anyone anybody anywhere ever whatever least".split())
#: Words of questions that want more than yes or no.
_NAMED = re.compile(
    r"\b(?:what|where|who|whom|whose|which|when|why|кто|что|где|куда|когда|почему|зачем|чего|кого)\b", re.I
)
#: Words by which a denial goes on to the next word, and how far.
_JOINING, _ON = frozenset("or nor и или ни".split()), 12
#: Words that open what is said of, and how far before them a denial of it stands.
_THAT, _GOVERNS = frozenset("that что чтобы".split()), 4
#: Words that deny a whole clause, standing before it.
_LEADING, _UNTIL = frozenset("nor neither".split()), frozenset("before ere till until".split())
#: Words behind which a noun stands.
OWNING = frozenset("the a an his her my their our your this that".split())
#: How many words from a denial its word may stand, and from where that would be the word in the other text.
_REACH, _STRAY = 4, 6
#: How surely words of two texts must say the same, in one language and across two.
_LEAST, _ACROSS = 0.5, 0.75


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial at `at` and the content word that it bears on, None where there is none near; as indices of words."""

    at: int
    on: int | None
    clause: int
    asked: bool
    claims: bool
    """Whether it denies anything: "not only" and "none but" do not."""
    verbal: bool
    """Whether it denies what happens, as "not" does; "no food" may be another word for famine."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell denies."""

    denials: tuple[Denial, ...]
    """Those that deny outright."""
    near: frozenset[int]
    """All words that deny, by halves too, or that only live beside a denial: whatever may answer one."""
    asking: frozenset[int]
    """Words of questions of every kind."""
    turned: frozenset[int]
    """Words of questions that want yes or no, and of clauses that are no claim: "lest he come", "before he came"."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text stands to a denial of another.

    `far`: how many words from where it would stand the nearest denial is; `at`: the word that is denied there and
    affirmed here, None where the text says something else.
    """

    far: int
    at: int | None


def told(text: str, cell: Cell, forms: Forms) -> Told:
    """Read what a cell denies."""
    keys = [(forms.keys[f], forms.lemmas[f]) for f in cell.forms]
    strong = sorted(outright(text, cell, forms))
    hidden = [m.start() for m in _HIDDEN.finditer(text)]
    weak = {k for k, (form, base) in enumerate(keys) if {form, base} & _WEAK or by_beginning(base)}
    weak |= {k for k, word in enumerate(cell.words) if word.start in hidden}
    clauses = _clauses(text, cell)
    questions = frozenset(k for k in range(len(keys)) if asked(text, cell, k))
    turning = {clauses[k] for k, pair in enumerate(keys) if _TURNING & set(pair)}
    idle = {i for m in _IDLE.finditer(text) for i in range(m.start(), m.end())}

    def taken_back(k: int) -> bool:
        return any(clauses[j] == clauses[k] and _BUT & set(keys[j]) for j in range(k + 1, len(keys)))

    def denied(k: int) -> bool:
        """ "It is untrue that no one came" claims the contrary."""
        that = next((j for j in range(k - 1, max(k - _ON, 0), -1) if keys[j][0] in _THAT), 0)
        return any(j in strong or by_beginning(keys[j][1]) or keys[j][0] == "нельзя" for j in range(that)[-_GOVERNS:])

    denials = []
    for k in strong:
        on = _scope(cell, forms, clauses, k)
        doubled = on is not None and by_beginning(keys[on][1])
        claims = cell.words[k].end - 1 not in idle and not doubled and not taken_back(k) and not denied(k)
        verbal = keys[k][0] in _VERBAL or keys[k][0].endswith(("n't", "n"))
        denials.append(Denial(k, on, clauses[k], k in questions, claims, verbal))
    polar = {k for k, (form, _) in enumerate(keys) if form in _POLAR}
    # "nor did she long survive", "before an hour had elapsed" deny all that follows
    led = [k for k in range(len(keys)) if keys[k][0] in _LEADING or (cell.mark[k] and keys[k][0] in _UNTIL)]
    polar |= {j for k in led for j in range(k, min(k + _ON, len(keys))) if clauses[j] == clauses[k]}
    # "do not hinder me or dissuade me" denies both
    polar |= {k for k, (form, _) in enumerate(keys) if form in _JOINING and any(0 < k - j <= _ON for j in strong)}
    turned = questions | {k for k in range(len(keys)) if clauses[k] in turning}
    asking = frozenset(k for k in range(len(keys)) if _ends(text, cell, k) == "?")
    return Told(tuple(denials), frozenset((*strong, *weak, *polar)), asking, turned)


def outright(text: str, cell: Cell, forms: Forms) -> frozenset[int]:
    """Find the words that by themselves deny outright; "don 't" too, as texts cut into words have it."""
    cut = {m.start() for m in _CUT.finditer(text)}
    keys = [(forms.keys[f], forms.lemmas[f]) for f in cell.forms]
    return frozenset(
        k
        for k, pair in enumerate(keys)
        if pair[0].endswith("n't")
        or cell.words[k].start in cut
        or (CLASSES["denial"] & set(pair) and not _WEAK & set(pair))
    )


def _clauses(text: str, cell: Cell) -> list[int]:
    """Number the stretches between marks."""
    out, number, end = [], 0, 0
    for word in cell.words:
        number += bool(re.search(r"[.!?;:…()—]|--|, ", text[end : word.start]))
        out.append(number)
        end = word.end
    return out


def asked(text: str, cell: Cell, k: int) -> bool:
    """Tell whether the sentence of a word asks for yes or no: a question mark ends it, and no "why" begins it."""
    begun = re.split(r"[.!?…]", text[: cell.words[k].start])[-1]
    return _ends(text, cell, k) == "?" and not _NAMED.search(begun)


def _ends(text: str, cell: Cell, k: int) -> str:
    """The mark that ends the sentence of a word."""
    mark = re.search(r"[.!?…]", text[cell.words[k].end :])
    return mark.group() if mark else ""


def _scope(cell: Cell, forms: Forms, clauses: Sequence[int], k: int) -> int | None:
    content = forms.pos[cell.forms] != FUNCTION
    after = range(k + 1, min(k + 1 + _REACH, len(clauses)))
    # "could not the king sleep" denies the sleep
    named = {j for j in after if forms.keys[cell.forms[j - 1]] in OWNING and forms.keys[cell.forms[k]] != "no"}
    fits = [j for j in after if clauses[j] == clauses[k] and content[j]]
    return next((j for j in fits if j not in named), next(iter(fits), None))


def voices(one: Cell, mine: Told, cover: Cover, two: Cell, theirs: Told, forms: Forms) -> dict[Denial, Voice]:
    """Ask the second text what it says in the place of each denial of the first.

    A word of it answers the denial that it stands nearest to and those of the same clause, and no other.
    """
    far = {d: {k: apart(d, k, cover, len(two.words)) for k in theirs.near} for d in mine.denials}
    close = {d: {k: _from_word(d, k, cover, f[k]) for k in theirs.near} for d, f in far.items()}
    owners = {
        k: {d.clause for d in mine.denials if close[d][k] == min(c[k] for c in close.values())} for k in theirs.near
    }
    out = {}
    for denial, distances in far.items():
        nearest = min((n for k, n in distances.items() if denial.clause in owners[k]), default=len(two.words) + 1)
        at = cover.at[denial.on] if denial.on is not None else -1
        across = at >= 0 and forms.cyrillic[one.forms[denial.on]] != forms.cyrillic[two.forms[at]]
        if denial.on is None or cover.share[denial.on] < (_ACROSS if across else _LEAST):
            at = -1
        before, after = joint(cover, denial.at, denial.at + 1, len(two.words))
        said = at >= 0 and at not in theirs.turned and max(before - at, at - after) <= _STRAY
        said = said and _comparable(forms, one, denial.on or 0, two, at)
        out[denial] = Voice(nearest, at if said else None)
    return out


def apart(denial: Denial, k: int, cover: Cover, size: int) -> int:
    """Count the words between one of the other text and where the denial would stand, by its neighbours or its word."""
    before, after = joint(cover, denial.at, denial.at + 1, size)
    words = max(before - k, k - after, 0)
    return min(words, _from_word(denial, k, cover, words))


def _from_word(denial: Denial, k: int, cover: Cover, unknown: int) -> int:
    """Count the words between one of the other text and the word that the denial bears on; `unknown` if not there."""
    if denial.on is None or cover.share[denial.on] < _LEAST:
        return unknown
    return max(abs(k - cover.at[denial.on]) - 1, 0)


@functools.lru_cache(1 << 16)
def by_beginning(word: str) -> bool:
    """Tell whether a lemma denies by its own beginning or end: "impossible", "homeless", «неизвестно»."""
    if re.match(r"не[а-я]{4}", word):
        rest = parses(word[2:])[0]
        # «несколько», «некоторый», «неделя» deny nothing
        same = parses(word)[0].tag.POS == rest.tag.POS and not {"Apro", "NPRO", "NUMR"} & rest.tag.grammemes
        return bool(rest.is_known and same and lexicon().knows(rest.normal_form.replace("ё", "е"), "ru"))
    if re.match(r"бе[зс][а-я]{4}", word):
        return True
    known = relations()
    bare = [word.removeprefix(p) for p in ("un", "in", "im", "ir", "il", "dis", "non") if word.startswith(p)]
    bare += [word.removesuffix("less") + "ful"] if word.endswith("less") else []
    return any(known.get((word, other)) == "a" for other in bare)


def _comparable(forms: Forms, one: Cell, i: int, two: Cell, j: int) -> bool:
    """Tell whether two words may be denied and affirmed alike: of one class, no opposites, neither denying itself."""
    a, b = one.forms[i], two.forms[j]
    first, second = forms.lemmas[a], forms.lemmas[b]
    alike = forms.pos[a] == forms.pos[b] or first == second or POS.index("?") in (forms.pos[a], forms.pos[b])
    return alike and not (relation(first, second) == "a" or by_beginning(first) or by_beginning(second))
