"""The words of every cell as numbers: which form stands where, and what is known of each form. Both languages."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from compare.lang import DEFAULT, SOURCE, languages
from compare.remembered import remembered
from compare.values import Collation
from compare.words import Word, is_function, key, lemma, parses, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Closed classes whose counts two faithful versions share, by the keys of their words; Russian by form or lemma.
CLASSES: Mapping[str, frozenset[str]] = {
    name: frozenset[str]().union(*(pack.word_classes.get(name, ()) for pack in languages()))
    for name in (
        "denial he she i we you they duty power future condition every some many few more less contrary cause"
    ).split()
}
#: What words end with that hold a denial.
_DENYING = tuple(p.negation.ending for p in languages() if p.negation and p.negation.ending)
_IRREGULAR_PAST = {"was", "were", "had", "did"}
_PRESENT = {"is", "are", "am", "has", "does", "do", "have"}
#: Codes of `Forms.tense`.
PAST, PRESENT, ING, FUTURE = 1, 2, 3, 4
#: Codes of `Forms.pos` by their place: unknown, noun, verb, adjective, adverb, function word.
POS = "?nvarf"
FUNCTION = POS.index("f")
_RU_POS = {
    "NOUN": "n",
    "VERB": "v",
    "INFN": "v",
    "PRTF": "v",
    "PRTS": "v",
    "GRND": "v",
    "ADJF": "a",
    "ADJS": "a",
    "COMP": "a",
    "ADVB": "r",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell: where each stands in it, the index of its form, its capital and the mark before it."""

    words: tuple[Word, ...]
    forms: NDArray[np.int32]
    capital: NDArray[np.bool_]
    mark: NDArray[np.int8]
    """0 a space, 1 the cell's beginning or the end of a sentence, 2 any other mark."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What is known of each form; index 0 is the padding.

    `vectors` (forms, d), `sound` (forms, 64), all of unit length.
    """

    vectors: NDArray[np.float32]
    sound: NDArray[np.float32]
    lemma: NDArray[np.int32]
    pos: NDArray[np.int8]
    rarity: NDArray[np.float32]
    unknown: NDArray[np.bool_]
    misspelt: NDArray[np.bool_]
    figure: NDArray[np.bool_]
    cyrillic: NDArray[np.bool_]
    tense: NDArray[np.int8]
    member: NDArray[np.int8]
    """Index into CLASSES plus one; 0 for a word of no closed class."""
    length: NDArray[np.int16]
    plural: NDArray[np.bool_]
    keys: tuple[str, ...]
    lemmas: tuple[str, ...]
    antonyms: NDArray[np.int32]
    """(forms, 3) rows of `opposites`; 0 for none."""
    opposites: NDArray[np.float32]

    def of(self, used: NDArray[np.int32]) -> Forms:
        """Return some of the forms, by their indices, 0 the first of these."""
        kept: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        for name, known in kept.items():
            if name != "opposites":
                kept[name] = tuple(known[i] for i in used) if isinstance(known, tuple) else known[used]
        return Forms(**kept)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of each version's cells, row by row, None where empty, and what is known of the forms."""

    cells: Mapping[str, tuple[Cell | None, ...]]
    forms: Forms

    def of(self, rows: slice) -> Vocabulary:
        """Return the words of some rows, with the forms that stand there alone."""
        import numpy as np

        cells = {version: column[rows] for version, column in self.cells.items()}
        used_forms = [cell.forms for column in cells.values() for cell in column if cell]
        used = np.unique(np.concatenate([np.zeros(1, np.int32), *used_forms]))
        renumbered = {
            version: tuple(
                cell and replace(cell, forms=np.searchsorted(used, cell.forms).astype(np.int32)) for cell in column
            )
            for version, column in cells.items()
        }
        return Vocabulary(renumbered, self.forms.of(used))


def vocabulary(collation: Collation) -> Vocabulary:
    """Read the words of every cell."""
    return read(
        {v.id: (v.lang, [collation.cell(row, v.id) for row in collation.rows]) for v in collation.work.versions}
    )


def read(texts: Mapping[str, tuple[str, Sequence[str]]]) -> Vocabulary:
    """Read columns of texts: for each its language and one text a row, empty where the row is lacking."""
    import numpy as np

    index: dict[tuple[str, str], int] = {}
    cells: dict[str, tuple[Cell | None, ...]] = {}
    for column, (lang, column_texts) in texts.items():
        column_cells: list[Cell | None] = []
        for text in column_texts:
            found = words(text)
            ids = [index.setdefault((lang, key(w.text)), len(index) + 1) for w in found]
            column_cells.append(
                Cell(
                    tuple(found),
                    np.array(ids, np.int32),
                    np.array([w.text[0].isupper() for w in found], bool),
                    np.array(list(_marks(text, found)), np.int8),
                )
                if found
                else None
            )
        cells[column] = tuple(column_cells)
    return Vocabulary(cells, _forms(list(index)))


def _marks(text: str, found: Sequence[Word]) -> Iterator[int]:
    end = 0
    for word in found:
        between = text[end : word.start]
        yield 1 if end == 0 or any(c in ".!?" for c in between) else 2 if between.strip() else 0
        end = word.end


def _forms(listed: list[tuple[str, str]]) -> Forms:
    import numpy as np

    from compare.wordalign.embeddings import lexicon, opposites

    size = len(listed) + 1
    lemmas = ["", *(lemma(form, lang) for lang, form in listed)]
    lemma_ids: dict[tuple[str, str], int] = {}
    vectors = np.zeros((size, lexicon().dimensions), np.float32)
    for lang in sorted({lang for lang, _ in listed}):
        rows = [i for i, (other, _) in enumerate(listed, 1) if other == lang]
        vectors[rows] = lexicon().vectors([_sense(listed[i - 1][1], lemmas[i], lang) for i in rows], lang)
    forms = Forms(
        vectors=vectors,
        sound=np.zeros((size, 64), np.float32),
        lemma=np.zeros(size, np.int32),
        pos=np.zeros(size, np.int8),
        rarity=np.zeros(size, np.float32),
        unknown=np.zeros(size, bool),
        misspelt=np.zeros(size, bool),
        figure=np.zeros(size, bool),
        cyrillic=np.zeros(size, bool),
        tense=np.zeros(size, np.int8),
        member=np.zeros(size, np.int8),
        length=np.zeros(size, np.int16),
        plural=np.zeros(size, bool),
        keys=("", *(form for _, form in listed)),
        lemmas=tuple(lemmas),
        antonyms=np.zeros((size, 3), np.int32),
        opposites=np.zeros((1, 1), np.float32),
    )
    against: dict[str, int] = {"": 0}
    for i, (lang, form) in enumerate(listed, 1):
        base = lemmas[i]
        forms.sound[i] = sound(form)
        forms.lemma[i] = lemma_ids.setdefault((lang, base), len(lemma_ids) + 1)
        forms.pos[i] = POS.index(part_of_speech(form, lang))
        forms.rarity[i] = lexicon().rarity(base, lang)
        forms.unknown[i] = not lexicon().knows(base, lang)
        forms.figure[i] = form[0].isdigit()
        forms.cyrillic[i] = "\u0400" <= form[0] <= "\u04ff"
        forms.tense[i] = tense(form, lang)
        forms.member[i] = _member(form, base)
        forms.length[i] = len(form)
        if lang == DEFAULT:
            forms.misspelt[i] = forms.unknown[i] and misspelt(form)
            forms.plural[i] = form.endswith("s") and form != base and not form.endswith("ss")
            for n, other in enumerate(opposites(base)[:3]):
                forms.antonyms[i, n] = against.setdefault(other, len(against))
    return Forms(
        **{n: getattr(forms, n) for n in forms.__slots__ if n != "opposites"},
        opposites=lexicon().vectors(list(against), DEFAULT),
    )


def _sense(form: str, base: str, lang: str) -> str:
    """Choose what to look up: "handed" is a verb, though "hand" is a noun first."""
    from compare.wordalign.embeddings import lexicon

    verbal = lang == DEFAULT and form.endswith(("ed", "ing")) and form != base and lexicon().pos(base) == "n"
    return form if verbal else base


@remembered
def part_of_speech(form: str, lang: str) -> str:
    """Tell n, v, a, r, f (function word) or ? of a form standing alone."""
    if is_function(form, lang):
        return "f"
    if lang == SOURCE:
        return _RU_POS.get(parses(form)[0].tag.POS, "?")
    from compare.wordalign.embeddings import lexicon

    return lexicon().pos(lemma(form, DEFAULT))


@remembered
def tense(form: str, lang: str) -> int:
    """Tell PAST, PRESENT, ING, FUTURE or 0 of a form standing alone."""
    if lang == SOURCE:
        tag = parses(form)[0].tag
        return {"past": PAST, "pres": PRESENT, "futr": FUTURE}.get(str(tag.tense), 0) if tag.POS == "VERB" else 0
    if form in _IRREGULAR_PAST:
        return PAST
    if form in _PRESENT:
        return PRESENT
    if form in ("will", "shall", "'ll"):
        return FUTURE
    base = lemma(form, DEFAULT)
    if part_of_speech(form, DEFAULT) != "v":
        return 0
    if form.endswith("ing"):
        return ING
    if form != base:
        return PRESENT if form.endswith("s") and not form.endswith("ss") else PAST
    return 0


@remembered
def misspelt(form: str) -> bool:
    """Tell whether an unknown English form is one slip away from a known one.

    A letter lost or doubled, or two exchanged.
    """
    if len(form) < 5 or not form.isascii() or not form.isalpha():
        return False
    swapped = (form[:i] + form[i + 1] + form[i] + form[i + 2 :] for i in range(len(form) - 1))
    longer = (form[:i] + c + form[i:] for i in range(1, len(form) + 1) for c in "etaoinsrhldcumfpgwybvkxjqz")
    shorter = (form[:i] + form[i + 1 :] for i in range(1, len(form)) if form[i] == form[i - 1])
    return any(_known(other) for others in (swapped, shorter, longer) for other in others if other != form)


def _known(form: str) -> bool:
    from compare.wordalign.embeddings import lexicon

    return lexicon().knows(form, DEFAULT) or lexicon().knows(lemma(form, DEFAULT), DEFAULT)


def _member(form: str, base: str) -> int:
    for n, (name, members) in enumerate(CLASSES.items(), 1):
        if form in members or base in members or (name == "denial" and form.endswith(_DENYING)):
            return n
    return 0


_LATIN = {
    **dict(
        zip(
            "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
            "a b v g d e e z z i i k l m n o p r s t u f h c c s s  i  e u a".split(" "),
            strict=True,
        )
    ),
    **dict(zip("јіѣґїєў", "iieiieu", strict=True)),
}
_FOLD = (
    ("ph", "f"),
    ("kh", "h"),
    ("ch", "c"),
    ("sh", "s"),
    ("zh", "z"),
    ("th", "t"),
    ("ts", "c"),
    ("tz", "c"),
    ("ck", "k"),
    ("qu", "kv"),
    ("x", "ks"),
)


_LETTERS = str.maketrans("yjwqéöü", "iivkeou", "'-")


@functools.lru_cache(1 << 16)
def skeleton(form: str) -> str:
    """Write how a name sounds, alike in both scripts: `skeleton("Тургенев") == skeleton("Turgenev")`."""
    plain = "".join(_LATIN.get(c, c) for c in form)
    for old, new in _FOLD:
        plain = plain.replace(old, new)
    plain = plain.translate(_LETTERS)
    return "".join(c for i, c in enumerate(plain) if i == 0 or plain[i - 1] != c)


@functools.lru_cache(1 << 14)
def sound(form: str) -> NDArray[np.float32]:
    """Fold the letter pairs of a form's skeleton into 64 places, unit length: near vectors sound alike."""
    import numpy as np

    out = np.zeros(64, np.float32)
    framed = f"^{skeleton(form)}$"
    for size in (2, 3):
        for i in range(len(framed) - size + 1):
            out[zlib.crc32(framed[i : i + size].encode()) % 64] += 1
    return out / max(float(np.linalg.norm(out)), 1e-9)
