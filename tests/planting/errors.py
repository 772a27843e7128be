"""Plant labelled errors in a sound translation, by a seeded generator; every kind says where it has been.

What is planted is of our own making and follows no benchmark: single words, phrases and clauses lost or added,
opposites, other numbers, names and persons, and so on. `FORM` holds edits that leave the meaning alone; a judge must
stay silent.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from compare.wordalign.embeddings import lexicon, relations
from compare.words import Word, is_function, key, lemma, words
from tests.planting import inflection as inflect


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with one error.

    `spans`: where it stands (for what is lost: the words on both sides); `lost`: the words taken.
    """

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Bed:
    """What a planter may draw on.

    Other sentences of the version, the source sentence, names and words of the whole text.
    """

    others: Sequence[str]
    source: str = ""
    names: Sequence[str] = ()
    pool: dict[str, list[str]] = field(default_factory=dict)


Planter = Callable[[str, Bed, random.Random], Planted | None]


def _pos(word: Word) -> str:
    return "f" if is_function(word.text, "en") else lexicon().pos(lemma(word.text, "en"))


def _pick(found: Sequence[Word], wanted: str, rng: random.Random, text: str) -> Word | None:
    fits = [w for w in found if _pos(w) in wanted and w.text[0].islower()]
    return rng.choice(fits) if fits else None


def lose_stretch(text: str, start: int, end: int, kind: str) -> Planted | None:
    """Take a stretch out, with the space before it; the words on both sides are the place."""
    lost = text[start:end]
    left, right = text[:start].rstrip(" "), text[end:]
    if not re.match(r"\s|[^\w\s]|$", right):
        right = " " + right
    if not left:
        right = right.lstrip(" ,;")
        right = right[:1].upper() + right[1:]
    joined = left + right
    if len(words(joined)) < 2:
        return None
    found = words(joined)
    before = [w for w in found if w.end <= len(left)][-1:]
    after = [w for w in found if w.start >= len(left)][:1]
    spans = tuple((w.start, w.end) for w in before + after)
    return Planted(kind, joined, spans, lost)


def _swap(text: str, start: int, end: int, new: str, kind: str) -> Planted:
    if text[start].isupper() and new[:1].islower():
        new = new[0].upper() + new[1:]
    return Planted(kind, text[:start] + new + text[end:], ((start, start + len(new)),), text[start:end])


def _lose(wanted: str, kind: str) -> Planter:
    def plant(text: str, bed: Bed, rng: random.Random) -> Planted | None:
        word = _pick(words(text), wanted, rng, text)
        return lose_stretch(text, word.start, word.end, kind) if word else None

    return plant


def lose_subject(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose the noun or pronoun that stands before a verb, alone or with what belongs to it."""
    found = words(text)
    fits = [
        i
        for i, (word, after) in enumerate(pairwise(found))
        if (_pos(word) == "n" or key(word.text) in _SUBJECTS or (i and word.text[0].isupper()))
        and (key(after.text) in _AUXILIARY or _verbal(after))
        and text[word.end : after.start] == " "
    ]
    if not fits:
        return None
    last = rng.choice(fits)
    first = last
    while rng.random() < 0.7 and first and text[found[first - 1].end : found[first].start] == " ":
        if _pos(found[first - 1]) != "a" and key(found[first - 1].text) not in _DETERMINERS:
            break
        first -= 1
    return lose_stretch(text, found[first].start, found[last].end, "lose_subject")


_SUBJECTS = frozenset("i he she it we they you who this that".split())
_DETERMINERS = frozenset("the a an his her its their our my your this that these those".split())


def _verbal(word: Word) -> bool:
    form = key(word.text)
    return form in inflect.PASTS or (_pos(word) == "v" and form.endswith(("ed", "s")))


_PREPOSITIONS = frozenset(
    """in on at by for from with without into upon under over through among between during against after before
    towards""".split()
)


def lose_phrase(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose a preposition and what hangs on it."""
    found = words(text)
    starts = [i for i, w in enumerate(found[:-1]) if key(w.text) in _PREPOSITIONS and i]
    rng.shuffle(starts)
    for i in starts:
        stop = i + 1
        while stop < len(found) and (_pos(found[stop]) == "f" or stop == i + 1) and stop - i < 4:
            stop += 1
        while stop < len(found) and _pos(found[stop]) in "a" and stop - i < 5:
            stop += 1
        stop = min(stop, len(found) - 1)
        if not re.search(r"[,.;:!?]", text[found[i].start : found[stop].end]):
            return lose_stretch(text, found[i].start, found[stop].end, "lose_phrase")
    return None


def lose_clause(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose what stands between two commas, or between a comma and the end."""
    marks = [m.start() for m in re.finditer(r"[,;:]", text)] + [len(text.rstrip('.!?"”’ '))]
    clauses = [(a, b) for a, b in pairwise(marks) if 2 < len(words(text[a:b])) < 16]
    if not clauses or len(words(text)) < 8:
        return None
    return lose_stretch(text, *rng.choice(clauses), "lose_clause")


def lose_name(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose a name."""
    fits = [w for w in words(text)[1:] if w.text[0].isupper() and not is_function(w.text, "en") and len(w.text) > 2]
    if not fits:
        return None
    word = rng.choice(fits)
    return lose_stretch(text, word.start, word.end, "lose_name")


def lose_run(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose three to eight words in a row."""
    found = words(text)
    if len(found) < 10:
        return None
    length = rng.randint(3, min(8, len(found) - 6))
    start = rng.randrange(1, len(found) - length)
    return lose_stretch(text, found[start].start, found[start + length - 1].end, "lose_run")


def add_word(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Add an adjective before a noun, an adverb before a verb or a number."""
    found = words(text)
    fits = [w for w in found if _pos(w) in "nv" and w.text[0].islower()]
    if not fits:
        return None
    word = rng.choice(fits)
    adverbs = [
        "almost",
        "hardly",
        "again",
        "always",
        "often",
        "suddenly",
        "probably",
        "reluctantly",
        "only",
        "secretly",
    ]
    if rng.random() < 0.5 and (own := [w for w in bed.pool.get("r", ()) if w.endswith("ly")]):
        adverbs = own
    new = rng.choice(bed.pool["a"]) if _pos(word) == "n" else rng.choice(adverbs)
    if _pos(word) == "v" and rng.random() < 0.4 and text[word.end : word.end + 1] == " ":
        return Planted(
            "add_word", f"{text[: word.end]} {new}{text[word.end :]}", ((word.end + 1, word.end + 1 + len(new)),)
        )
    return Planted(
        "add_word", f"{text[: word.start]}{new} {text[word.start :]}", ((word.start, word.start + len(new)),)
    )


def add_phrase(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Add a phrase of another sentence after a word."""
    other = rng.choice(bed.others)
    found, host = words(other), words(text)
    starts = [i for i, w in enumerate(found[1:-2], 1) if key(w.text) in _PREPOSITIONS | {"and", "who", "which", "when"}]
    if not starts or len(host) < 4:
        return None
    i = rng.choice(starts)
    stop = min(len(found) - 1, i + rng.randint(2, 5))
    new = other[found[i].start : found[stop].end]
    if re.search(r"[.;:!?\"“”]", new) or _pos(found[stop]) == "f":
        return None
    at = host[rng.randrange(2, len(host))].end
    return Planted("add_phrase", f"{text[:at]} {new}{text[at:]}", ((at + 1, at + 1 + len(new)),))


def exchange(lemmas: Callable[[], Mapping[str, Sequence[str]]], kind: str) -> Planter:
    """Put in the place of a word one that `lemmas` gives for it, in the same form."""

    def plant(text: str, bed: Bed, rng: random.Random) -> Planted | None:
        table = lemmas()
        fits = [
            (w, base)
            for w in words(text)
            if w.text[0].islower() and not is_function(w.text, "en") and (base := lemma(w.text, "en")) in table
        ]
        if not fits:
            return None
        word, base = rng.choice(fits)
        new = inflect.like(key(word.text), base, rng.choice(table[base]))
        return _swap(text, word.start, word.end, new, kind) if new != key(word.text) else None

    return plant


def _related(wanted: str, kind: str) -> Planter:
    """Put a word that stands in a relation to it in the place of another."""

    @functools.cache
    def lemmas() -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for (a, b), relation in sorted(relations().items()):
            if relation == wanted:
                table.setdefault(a, []).append(b)
        return table

    return exchange(lemmas, kind)


def other_word(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put another word of the same class in the place of one."""
    word = _pick(words(text), "nvar", rng, text)
    if not word or not bed.pool.get(_pos(word)):
        return None
    new = rng.choice(bed.pool[_pos(word)])
    for ending in ("ing", "ed", "ly", "s"):
        if word.text.endswith(ending):
            same = [w for w in bed.pool[_pos(word)] if w.endswith(ending)]
            new = rng.choice(same) if same else new
            break
    return _swap(text, word.start, word.end, new, "other_word") if key(new) != key(word.text) else None


def other_sense(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put a word of neighbouring meaning in the place of one: what a slip of the dictionary gives."""
    import numpy as np

    word = _pick(words(text), "nva", rng, text)
    if not word:
        return None
    pool = bed.pool[_pos(word)]
    own = lexicon().vectors([lemma(word.text, "en")], "en")[0]
    near = lexicon().vectors([lemma(w, "en") for w in pool], "en") @ own
    choice = [pool[i] for i in np.argsort(-near, kind="stable")[2:40] if 0.25 < near[i] < 0.62]
    choice = [w for w in choice if lemma(w, "en") != lemma(word.text, "en")]
    return _swap(text, word.start, word.end, rng.choice(choice), "other_sense") if choice else None


def other_name(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put another name in the place of one."""
    fits = [w for w in words(text)[1:] if w.text[0].isupper() and not is_function(w.text, "en") and len(w.text) > 2]
    names = [n for n in bed.names if n not in text]
    if not fits or not names:
        return None
    word = rng.choice(fits)
    return _swap(text, word.start, word.end, rng.choice(names), "other_name")


_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand".split()
)


def other_number(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put another number in the place of one."""
    fits = [w for w in words(text) if w.text[0].isdigit() or key(w.text) in _NUMBERS]
    if not fits:
        return None
    word = rng.choice(fits)
    if word.text[0].isdigit():
        figures = list(word.text)
        at = rng.choice([i for i, c in enumerate(figures) if c.isdigit()])
        figures[at] = rng.choice([d for d in "123456789" if d != figures[at]])
        new = "".join(figures)
    else:
        new = rng.choice([n for n in _NUMBERS if n != key(word.text)])
    return _swap(text, word.start, word.end, new, "other_number")


def _exchange(pairs: str, kind: str, everywhere: bool = False) -> Planter:
    table: dict[str, list[str]] = {}
    for pair in pairs.split(";"):
        left, right = (side.split("/") for side in pair.strip().split("="))
        for a in left:
            table.setdefault(a, []).extend(right)

    def plant(text: str, bed: Bed, rng: random.Random) -> Planted | None:
        fits = [w for w in words(text) if key(w.text) in table]
        if not fits:
            return None
        chosen = fits if everywhere else [rng.choice(fits)]
        out, spans, at = "", [], 0
        for word in chosen:
            new = rng.choice(table[key(word.text)])
            new = new.capitalize() if word.text[0].isupper() else new
            out += text[at : word.start]
            spans.append((len(out), len(out) + len(new)))
            out, at = out + new, word.end
        return Planted(kind, out + text[at:], tuple(spans), " ".join(w.text for w in chosen))

    return plant


person = _exchange(
    "he=she;she=he;his=her;him=her;her=his;himself=herself;herself=himself;hers=his", "person", everywhere=True
)
speaker = _exchange(
    "i=he/we;me=him/us;my=his/our;we=they/i;our=their;us=them;you=they/we;your=their;they=we/he;their=our;them=us",
    "speaker",
)
_tense = _exchange(
    "was=is/will be;were=are/will be;is=was/will be;are=were/will be;had=has/will have;has=had;have=had;"
    "said=says/will say;"
    "came=comes/will come;went=goes/will go;did=does;took=takes/will take;made=makes;saw=sees/will see;"
    "gave=gives/will give;"
    "became=becomes/will become;began=begins/will begin;stood=stands;knew=knows;spoke=speaks;told=tells;"
    "asked=asks;will=would/did;"
    "looked=looks/will look;turned=turns;called=calls;cried=cries;answered=answers/will answer;"
    "thought=thinks;felt=feels;found=finds",
    "tense",
)
_aspect = _exchange(
    "said=was saying/had been saying;came=was coming/had come;went=was going/had gone;took=was taking/had taken;"
    "made=was making/had made;gave=was giving;stood=was standing/had stood;looked=was looking/had looked;"
    "asked=was asking;"
    "turned=was turning/had turned;spoke=was speaking/had spoken;began=was beginning/had begun;"
    "was=was being/had been;were=were being/had been",
    "aspect",
)
modality = _exchange(
    "must=may/might;may=must/will;might=must;can=must/will;could=must/would;should=might;would=must;"
    "shall=may;will=might/may",
    "modality",
)
quantity = _exchange(
    "all=some/few;every=no;each=no;many=few;few=many;some=all/no;much=little;little=much;"
    "always=sometimes/never;never=always/sometimes;"
    "more=less;less=more;both=neither;often=rarely;most=few;any=every;several=all;only=also;"
    "everything=nothing;everyone=nobody",
    "quantity",
)
function_word = _exchange(
    "to=from/at;from=to/of;in=on/under/without;on=in/off;with=without/against;at=from/under;of=at/with;"
    "by=for/against;for=by/from;"
    "into=out of/over;upon=under;before=after;after=before;over=under;and=or/but;but=because/and;"
    "if=because;because=although;when=until;"
    "the=a/this;through=beside;under=over;between=against",
    "function_word",
)


def _past(word: Word) -> str:
    """Return the base of a simple past, or nothing."""
    form = key(word.text)
    if form in inflect.PASTS:
        return inflect.PASTS[form]
    base = lemma(form, "en")
    return base if form.endswith("ed") and form != base and _pos(word) == "v" else ""


def tense(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put a verb into another tense."""
    found = words(text)
    fits = [
        (w, base)
        for before, w in pairwise(found)
        if (base := _past(w))
        and base not in ("be", "have", "do")
        and key(before.text) not in _AUXILIARY | _BEFORE_PARTICIPLE
    ]
    if not fits or rng.random() < 0.4:
        return _tense(text, bed, rng)
    word, base = rng.choice(fits)
    forms = [inflect.third(base), f"will {base}", f"would {base}", base]
    return _swap(text, word.start, word.end, rng.choice(forms), "tense")


_BEFORE_PARTICIPLE = frozenset("been being having be not never the a an his her their and by".split())


def aspect(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Make a verb's action one that lasts or is done, or the other way about."""
    found = words(text)
    fits = []
    for before, word in pairwise(found):
        if (base := _past(word)) not in ("", "be", "have", "do"):
            helper = key(before.text)
            if helper in ("was", "were", "is", "are", "am"):
                fits.append((word, [f"being {key(word.text)}", f"been {key(word.text)}"][:1]))
            elif helper in ("had", "has", "have"):
                fits.append((word, [f"been {inflect.ing(base)}"]))
            elif helper not in _AUXILIARY | _BEFORE_PARTICIPLE:
                fits.append((word, [f"was {inflect.ing(base)}", f"had {inflect.participle(base)}"]))
        elif key(word.text) in inflect.VERBS and key(before.text) in ("will", "would", "shall"):
            fits.append((word, [f"be {inflect.ing(key(word.text))}"]))
    if not fits or rng.random() < 0.2:
        return _aspect(text, bed, rng)
    word, forms = rng.choice(fits)
    return _swap(text, word.start, word.end, rng.choice(forms), "aspect")


_AUXILIARY = frozenset(
    "is are was were am will would shall should can could may might must has have had did does do".split()
)


def negation(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Deny what is said, or affirm what is denied."""
    found = words(text)
    denials = [w for w in found if key(w.text) in ("not", "never", "no")]
    if denials and rng.random() < 0.7:
        word = rng.choice(denials)
        return lose_stretch(text, word.start, word.end, "negation")
    fits = [w for w in found if key(w.text) in _AUXILIARY]
    if not fits:
        return None
    word = rng.choice(fits)
    return Planted("negation", f"{text[: word.end]} not{text[word.end :]}", ((word.end + 1, word.end + 4),))


def question(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Turn a statement into a question by order and mark, or a question into a statement by its mark."""
    end = re.search(r"[.?]([\"”’')]*)\s*$", text)
    if not end:
        return None
    if text[end.start()] == "?":
        return Planted(
            "question", text[: end.start()] + "." + text[end.start() + 1 :], ((end.start(), end.start() + 1),)
        )
    found = words(text)
    if len(found) > 2 and key(found[1].text) in _AUXILIARY and rng.random() < 0.6:
        first, second = found[0], found[1]
        head = f"{second.text.capitalize()} {first.text if first.text == 'I' else first.text.lower()}"
        text = text[: first.start] + head + text[second.end :]
        end = re.search(r"\.([\"”’')]*)\s*$", text)
        assert end is not None
        return Planted(
            "question",
            text[: end.start()] + "?" + text[end.start() + 1 :],
            ((first.start, first.start + len(head)), (end.start(), end.start() + 1)),
        )
    return Planted("question", text[: end.start()] + "?" + text[end.start() + 1 :], ((end.start(), end.start() + 1),))


def roles(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Exchange two nouns or two names: who did it and to whom."""
    found = words(text)
    fits = [w for w in found[1:] if _pos(w) == "n" or (w.text[0].isupper() and not is_function(w.text, "en"))]
    pairs = [
        (a, b)
        for i, a in enumerate(fits)
        for b in fits[i + 1 :]
        if 1 < found.index(b) - found.index(a) < 9
        and key(a.text) != key(b.text)
        and a.text[0].isupper() == b.text[0].isupper()
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    out = text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]
    shift = len(b.text) - len(a.text)
    return Planted("roles", out, ((a.start, a.start + len(b.text)), (b.start + shift, b.start + shift + len(a.text))))


def neighbours(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Exchange two words that stand side by side."""
    found = words(text)
    pairs = [(a, b) for a, b in pairwise(found[1:]) if text[a.end : b.start] == " " and key(a.text) != key(b.text)]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return Planted("neighbours", f"{text[: a.start]}{b.text} {a.text}{text[b.end :]}", ((a.start, b.end),))


def shuffle(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Throw the words together, all of them or six to ten in a row."""
    found = words(text)
    if len(found) < 5:
        return None
    length = len(found) if rng.random() < 0.5 else min(len(found), rng.randint(6, 10))
    start = rng.randrange(0, len(found) - length + 1)
    part = found[start : start + length]
    new = [w.text for w in part]
    rng.shuffle(new)
    if new == [w.text for w in part]:
        return None
    out, at = "", 0
    for word, other in zip(part, new, strict=True):
        out, at = out + text[at : word.start] + other, word.end
    first, last = part[0].start, len(out)
    return Planted("shuffle", out + text[at:], ((first, last),))


def codemix(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Leave a word of the source standing."""
    left = [w.text for w in words(bed.source) if not is_function(w.text, "ru") and len(w.text) > 3]
    word = _pick(words(text), "nva", rng, text)
    return _swap(text, word.start, word.end, rng.choice(left), "codemix") if left and word else None


def repeat(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Say a word, or two to five words, twice."""
    found = words(text)
    length = 1 if rng.random() < 0.5 else rng.randint(2, 5)
    if len(found) < length + 2:
        return None
    start = rng.randrange(0, len(found) - length + 1)
    a, b = found[start].start, found[start + length - 1].end
    times = rng.choice((1, 1, 2, 3)) if length == 1 else 1
    again = (" " + text[a:b]) * times
    return Planted("repeat", text[:b] + again + text[b:], ((b + 1, b + len(again)),))


def other_passage(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put another sentence in the place of this."""
    other = rng.choice(bed.others)
    return Planted("other_passage", other, ((0, len(other)),)) if other != text and other else None


def misspelt(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Misspell a word: two letters exchanged or one lost."""
    fits = [w for w in words(text) if len(w.text) > 4 and w.text.isalpha() and w.text[0].islower()]
    if not fits:
        return None
    word = rng.choice(fits)
    at = rng.randrange(1, len(word.text) - 2)
    exchanged = word.text[at + 1] + word.text[at] if rng.random() < 0.5 else word.text[at + 1]
    new = word.text[:at] + exchanged + word.text[at + 2 :]
    return _swap(text, word.start, word.end, new, "misspelt") if new != word.text else None


def derived(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put a word of the same root and another class in the place of one."""
    fits = []
    for word in words(text):
        stem = key(word.text)
        if len(stem) > 5 and word.text[0].islower() and not is_function(stem, "en"):
            kin = [
                w
                for p in "nvar"
                for w in bed.pool.get(p, ())
                if w[:5] == stem[:5]
                and w[: len(stem) - 3] == stem[: len(stem) - 3]
                and lemma(w, "en") != lemma(stem, "en")
            ]
            fits += [(word, w) for w in kin if lexicon().pos(lemma(w, "en")) != _pos(word)]
    if not fits:
        return None
    word, new = rng.choice(fits)
    return _swap(text, word.start, word.end, new, "derived")


#: The kinds that change the meaning or break the sentence.
KINDS: dict[str, Planter] = {
    "lose_noun": _lose("n", "lose_noun"),
    "lose_verb": _lose("v", "lose_verb"),
    "lose_adjective": _lose("ar", "lose_adjective"),
    "lose_subject": lose_subject,
    "lose_name": lose_name,
    "lose_phrase": lose_phrase,
    "lose_run": lose_run,
    "lose_clause": lose_clause,
    "add_word": add_word,
    "add_phrase": add_phrase,
    "antonym": _related("a", "antonym"),
    "wider_word": _related("h", "wider_word"),
    "other_word": other_word,
    "other_sense": other_sense,
    "other_name": other_name,
    "other_number": other_number,
    "person": person,
    "speaker": speaker,
    "tense": tense,
    "aspect": aspect,
    "modality": modality,
    "quantity": quantity,
    "function_word": function_word,
    "negation": negation,
    "question": question,
    "roles": roles,
    "neighbours": neighbours,
    "shuffle": shuffle,
    "codemix": codemix,
    "repeat": repeat,
    "other_passage": other_passage,
    "misspelt": misspelt,
    "derived": derived,
}


def lower(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Write all in small letters, or only the first."""
    new = text.lower() if rng.random() < 0.5 else text[:1].lower() + text[1:]
    return Planted("lower", new, ()) if new != text else None


def spaced(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Put spaces before the stops, or lose the last stop."""
    if rng.random() < 0.5:
        return Planted("spaced", re.sub(r"\s*([,.;:!?])", r" \1", text), ())
    return Planted("spaced", text.rstrip(".;: "), ())


def comma(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Add a comma between two words."""
    found = words(text)
    if len(found) < 3:
        return None
    at = rng.choice(found[:-1]).end
    return Planted("comma", text[:at] + "," + text[at:], ())


def quoted(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Write the quotation marks, dashes and apostrophes another way."""
    curly = any(c in text for c in "“”’—")
    new = text.translate(str.maketrans("“”’—", '""\'-')) if curly else text.replace("'", "’").replace("--", "—")
    return Planted("quoted", new, ()) if new != text else None


def dropped_comma(text: str, bed: Bed, rng: random.Random) -> Planted | None:
    """Lose a comma, or make it a semicolon."""
    at = [m.start() for m in re.finditer(",", text)]
    if not at:
        return None
    place = rng.choice(at)
    return Planted("dropped_comma", text[:place] + rng.choice(["", ";"]) + text[place + 1 :], ())


#: Edits of form alone.
FORM: dict[str, Planter] = {
    "lower": lower,
    "spaced": spaced,
    "comma": comma,
    "quoted": quoted,
    "dropped_comma": dropped_comma,
}


def bed(version: Sequence[str]) -> Bed:
    """Gather what the planters draw on from the sentences of a version."""
    pool: dict[str, set[str]] = {p: set() for p in "nvar"}
    names: dict[str, int] = {}
    for text in version:
        for i, word in enumerate(words(text)):
            pos = _pos(word)
            if pos in pool and word.text.islower():
                pool[pos].add(word.text)
            elif i and word.text[0].isupper() and pos != "f" and len(word.text) > 2:
                names[word.text] = names.get(word.text, 0) + 1
    common = sorted(n for n, c in names.items() if c > 1 and n.lower() not in pool["n"])
    return Bed(list(version), names=common, pool={p: sorted(ws) for p, ws in pool.items()})
