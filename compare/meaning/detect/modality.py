"""Small words and forms that say how surely, how much and when, and all that each of them may mean."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from compare.meaning.detect.negation import OWNING, asked, outright
from compare.wordalign.vocabulary import FUNCTION, PAST, POS, PRESENT, Cell, Forms
from compare.words import parses

#: How many words behind a mark the word may stand that it belongs to.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: where it stands, the content word that it belongs to, and all that it may mean.

    `plain`: whether it says so by itself; a Russian verb's future or an English participle may stand for much else.
    """

    at: int
    on: int | None
    senses: frozenset[str]
    plain: bool = True


def _table(lines: str) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for line in lines.strip().splitlines():
        senses, words = line.split(":")
        for word in words.split():
            out[word.replace("_", " ")] = out.get(word, frozenset()) | frozenset(senses.split())
    return out


_MODALITY = _table(
    """
    power: may might can could cannot can't couldn't мочь смочь можно возможно удаться нельзя
    duty: must should ought shall shalt needs mustn't shouldn't должен должный надо нужно надобно следует следовать
    duty: have_to has_to had_to having_to обязан необходимо пора нечего
    future: will shall shalt would should wilt 'll won't wouldn't shan't буду будет будем будешь будете будут стать
    wish: would should
    power duty future wish: let let's need able чтобы чтоб дабы пусть пускай хотеть намерен
    power future wish: бы б да
    """
)
_QUANTITY = _table(
    """
    all: all every each everything everyone everybody always whole весь все каждый всякий всегда целый
    some: some several something someone somebody sometimes few various некоторый несколько что-то кто-то
    some: иногда иной какой-то разный немного немногие
    many: many much often numerous several много многие многий часто множество
    few: few seldom rarely мало немного немногие редко изредка
    none: no none nothing nobody never neither никто ничто никогда никакой
    """
)
_COMPARISON = _table(
    """
    more: more greater larger longer больше более больший наиболее
    less: less least fewer smaller меньше менее меньший наименее
    """
)
#: Words that begin another clause.
_OPENING = frozenset("what who which that because where when".split())
#: Before its subject these make "to have to" owning: "what he had to say", "all I have to give".
_OWNED = frozenset("what all nothing anything something everything much little more".split())
#: Pairs of words that mean something of their own.
_PHRASES = frozenset(
    tuple(pair.split())
    for pair in (
        "at all,above all,after all,all but,all the,all that,no longer,no sooner,no means,no doubt,no matter,no more,"
        "no less,nothing but,none but,as many,as much,can't help,cannot help,never mind"
    ).split(",")
)


def modality(text: str, cell: Cell, forms: Forms) -> list[Mark]:
    """List the modal words of a cell, and the Russian futures and imperatives."""
    keys = [forms.keys[form] for form in cell.forms]
    denied = outright(text, cell, forms)
    out = []
    for mark in _listed(cell, forms, _MODALITY):
        # what may not be will not be; "how shall we" is "how can we"; "may he come" is a wish
        free = not mark.at or {mark.at - 1, mark.at + 1, mark.at + 2} & denied or asked(text, cell, mark.at)
        more = {"power", "future", "wish"} if free and mark.senses & {"power", "future"} else frozenset()
        out.append(Mark(mark.at, mark.on, mark.senses | more))
    for k, form in enumerate(cell.forms):
        if (
            forms.cyrillic[form]
            and not _senses(_MODALITY, keys[k], forms.lemmas[form])
            and (verbal := _verbal(keys[k]))
        ):
            near_denial = {k - 1, k + 1} & denied and "future" in verbal
            out.append(Mark(k, k, verbal | ({"power", "wish"} if near_denial else frozenset()), plain=False))
    return sorted(out, key=lambda m: m.at)


@functools.lru_cache(1 << 16)
def _verbal(form: str) -> frozenset[str]:
    """What a Russian verb's own form says of power, duty and future."""
    tag = parses(form)[0].tag
    return frozenset({"duty", "future", "wish"} if "impr" in tag else {"future"} if "futr" in tag else ())


def quantity(text: str, cell: Cell, forms: Forms) -> list[Mark]:
    """List the words of a cell that say how much, how many or how often."""
    keys = [forms.keys[form] for form in cell.forms]
    denied = outright(text, cell, forms)
    out = []
    for mark in _listed(cell, forms, _QUANTITY):
        few = frozenset(("some",)) if keys[mark.at] == "few" and keys[mark.at - 1 : mark.at] != ["a"] else frozenset()
        # "not worth much" is worth nothing
        none = frozenset(("none", "few", "some", "many")) if denied & set(range(mark.at - 4, mark.at)) else frozenset()
        out.append(Mark(mark.at, mark.on, (mark.senses - few) | none))
    return out


def comparison(text: str, cell: Cell, forms: Forms) -> list[Mark]:
    """List the words of a cell that say more or less."""
    return _listed(cell, forms, _COMPARISON)


def _listed(cell: Cell, forms: Forms, table: dict[str, frozenset[str]]) -> list[Mark]:
    keys = [forms.keys[form] for form in cell.forms]
    return [
        Mark(k, _behind(cell, forms, k), senses)
        for k, form in enumerate(cell.forms)
        if (senses := _senses(table, " ".join(keys[k : k + 2]), keys[k]) or _senses(table, keys[k], forms.lemmas[form]))
        and not {tuple(keys[max(k - 1, 0) : k + 1]), tuple(keys[k : k + 2])} & _PHRASES
        and not (keys[k + 1 : k + 2] == ["to"] and _OWNED & set(keys[max(k - 3, 0) : k]))
    ]


def _senses(table: dict[str, frozenset[str]], form: str, base: str) -> frozenset[str]:
    return table.get(form) or table.get(base, frozenset())


def _behind(cell: Cell, forms: Forms, k: int) -> int | None:
    """The content word behind a mark, in the same stretch between marks and in the same clause."""
    for j in range(k + 1, min(k + 1 + _REACH, len(cell.forms))):
        if cell.mark[j] or forms.keys[cell.forms[j]] in _OPENING:
            return None
        if forms.pos[cell.forms[j]] != FUNCTION:
            return j
    return None


_PAST, _NOW = frozenset(("past",)), frozenset(("now",))
_PASTS = frozenset("was were did had wast wert didst hadst".split())
_PRESENTS = frozenset("is are am has does art hast hath doth dost have".split())
_FUTURES = frozenset("will shall shalt wilt 'll".split())
#: Words behind which no finite verb stands that has a tense of its own.
_HELPING = frozenset("have has had having hath hast hadst be been being is are am was were art".split())
_MODAL = frozenset("will would shall should can could may might must let to shalt wilt do does did never".split())
_OWNING = OWNING | frozenset("these those of its no some any all".split())
_SUBJECTS = frozenset("i he she it they we you who which that".split())


def tense(text: str, cell: Cell, forms: Forms) -> list[Mark]:
    """List the finite verbs of a cell, past or not; the helping verb of those that have one."""
    keys = [forms.keys[form] for form in cell.forms]
    content = forms.pos[cell.forms] != FUNCTION
    out = []
    for k, form in enumerate(cell.forms):
        key, code, before = keys[k], int(forms.tense[form]), set(keys[max(k - 1, 0) : k])
        on = _behind(cell, forms, k)
        if forms.cyrillic[form]:
            if code:
                own = k if forms.lemmas[form] != "быть" else on
                # «казалось бы» is what it would seem
                free = {"бы", "б"} & set(keys[max(k - 1, 0) : k + 2])
                out.append(Mark(k, own, _PAST | _NOW if free else _PAST if code == PAST else _NOW))
        elif (
            before & _MODAL
            or (before == {"not"} and set(keys[max(k - 2, 0) : k]) & _MODAL)
            or keys[k + 1 : k + 2] == ["better"]
        ):
            continue
        elif key in _FUTURES:
            out.append(Mark(k, on, _NOW))
        elif key in _PASTS:
            out.append(Mark(k, on, _PAST))
        elif key in _PRESENTS:
            # "he has come", "he is come" is as much as "he came"
            after = keys[on] if on is not None else ""
            verb = on is not None and forms.pos[cell.forms[on]] == POS.index("v") and not after.endswith("ing")
            perfect = key == "have" or (key.startswith("ha") and (verb or after.endswith(("ed", "en"))))
            perfect |= (
                keys[k + 1 : k + 2] == ["been"]
                or after.endswith(("come", "gone"))
                or keys[k + 1 : k + 3] == ["going", "to"]
            )
            out.append(Mark(k, on, _NOW | _PAST if perfect else _NOW))
        elif code in (PAST, PRESENT) and content[k] and not before & (_HELPING | _OWNING):
            # "made of gold" may be what is or will be, and loud coughs are things
            subject = bool(before & _SUBJECTS)
            noun = k > 0 and not cell.mark[k] and forms.pos[cell.forms[k - 1]] in (POS.index("n"), POS.index("?"))
            noun = noun and not keys[k - 1].endswith("ed")
            plain = subject or (code == PRESENT and noun)
            out.append(Mark(k, k, _PAST if code == PAST else _NOW, plain=plain))
    return out
