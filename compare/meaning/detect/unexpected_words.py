"""Words without a known rendering behind them, and in the place of one that is not rendered: drunken for velvet.

Each content word of the source is looked up. Where nothing in the version is known to render it
(`compare.wordalign.renderings`), and the word in its place renders nothing else, that word is *unexpected*, with what a
model may read of it: how near it is to the known renderings of the source's word, whether the other versions have such
a rendering, whether one of them has the word itself, how freely the row is translated. Where nothing stands in its
place, the source's word is lost, which `omissions` judges. How likely it is wrong, `wrong_senses` says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from compare.lang import DEFAULT, SOURCE
from compare.names.agreement import likeness
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.embeddings import lexicon, relation
from compare.wordalign.rendered_cells import KNOWN, REACH, RenderedCell, content_vectors, rendered_cell, translations
from compare.wordalign.renderings import ContentWord, Entry, Renderings, family, share_of
from compare.words import in_dictionary, in_set_phrases, is_compound, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.meaning.scoring import CellJudgement

    Floats = NDArray[np.float32]

#: How many words away a word as like as can be may stand to be chosen before one that is nothing like.
_LIKE = 3.0
#: How many renderings, the weightiest, tell what a word means.
_TOP = 8
#: How many words nearer a word of the source counts that every other version renders as is known: what stands in the
#: place of «опрятный внешний вид» beside two that say "neat" stands for the first word, not for the second.
_ATTESTED = 2.0
#: How many other versions must agree for a word to be outvoted, how like their word it may be, and how far from its
#: place a word that is not known to render anything stands for the source's.
_JURY, _KIN, _BESIDE = 2, 0.35, 3.0
#: How many of the source's words before and behind are asked for their renderings, which frame the place, and how far
#: these may stand.
_ABOUT, _FRAME = 2, 5
#: Log-odds of the model of words, which reads them in their sentence, below which it is evidence against a word, and
#: how much that counts; chosen on words that were read (`tests/gold/editor/doubts.tsv`).
_SUSPECT, _WEIGHT = -1.0, 0.5
#: Log odds from which on a word only spells one of the source in other letters, and is of one root with it at least.
_SPELLS, _COUSIN = 1.5, -8.0


@dataclass(frozen=True, slots=True)
class WrongSense:
    """A word that renders another than the source's. Words are given by their index in the cell."""

    row_index: int
    version: str
    at: int
    source: int
    lemma: str
    source_lemma: str
    renderings: Mapping[str, int]
    """For each other version that renders the source's word by what is known to: which word does."""
    expected: tuple[str, ...]
    """Lemmas that are known to render the source's word, the commonest first."""
    features: Mapping[str, float]
    """What the model reads."""
    sentence: float
    """What the model of words, which reads it in its sentence, takes from its log-odds: 0 or below."""
    probability: float
    """That an editor would call the word wrong, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is read of a row: its unexpected words, each with `row_index` 0.

    `rendered`: for each version how many of the source's words are rendered as they are known to be, and of how many.
    """

    unexpected: tuple[WrongSense, ...]
    rendered: Mapping[str, tuple[int, int]]


def unexpected_words(aligned: AlignedWords, known: Renderings) -> Iterator[WrongSense]:
    """Find the words that are not known to render what they stand for, with what the model reads."""
    for i, row in enumerate(read_rows(aligned, known)):
        yield from (replace(word, row_index=i) for word in row.unexpected)


def read_rows(
    aligned: AlignedWords,
    known: Renderings,
    judgements: Mapping[str, Sequence[CellJudgement | None]] | None = None,
) -> list[Row]:
    """Read every row. `judgements`: what the model of words says of each cell, where it is to be asked."""
    source, versions = aligned.collation.work.source, translations(aligned.collation)
    rows = [Row((), {}) for _ in aligned.collation.rows]
    if source is None or not versions:
        return rows
    lemmas = sorted({word.lemma for words in aligned.content[source.id] for word in words})
    lexicon().vectors(
        sorted({lemma for word in lemmas for lemma in _main_renderings(known.entry(word))}), DEFAULT
    )  # all at once
    for i in range(len(rows)):
        words = aligned.content[source.id][i]
        if not words:
            continue
        vectors = content_vectors(aligned, source.id, i)
        cells = {v: rendered_cell(aligned, known, v, i) for v in versions if aligned.content[v][i]}
        families = {v: {family(word.lemma) for word in cell.words} for v, cell in cells.items()}
        idle = in_set_phrases(aligned.cell(source.id, i).words, SOURCE)
        found = []
        for version, cell in cells.items():
            others = {v: c for v, c in cells.items() if v != version}
            both = (idle, in_set_phrases(aligned.cell(version, i).words, DEFAULT))
            attested = [c.rendered for c in others.values()]
            pairs = _paired(words, vectors, cell, both, attested) if others else []
            elsewhere = set[str]().union(*(families[v] for v in others))
            outvoted = _outvoted(words, cell, others, elsewhere, idle) if len(others) >= _JURY else ()
            for s, w in (*pairs, *outvoted):
                sourced, spelled = (
                    aligned.cell(v, i).words[at].text
                    for v, at in ((source.id, words[s].at), (version, cell.words[w].at))
                )
                if not (
                    _is_name(spelled, sourced)
                    or _is_cognate(cell.words[w].lemma, words[s].lemma, others)
                    or _renders_a_part(known, words[s].lemma, cell.words[w].lemma)
                    or _is_rendered_by_kin(known, words[s].lemma, cell, s, w)
                ):
                    word = _unexpected(aligned, known, i, version, (words, vectors), cell, others, s, w)
                    doubt = _sentence(judgements[version][i], word.at) if judgements else 0.0
                    found.append(replace(word, row_index=0, sentence=doubt))
        rendered = {v: (int(cell.rendered.sum()), len(cell.rendered)) for v, cell in cells.items()}
        rows[i] = Row(tuple(found), rendered)
    return rows


def _sentence(judgement: CellJudgement | None, at: int) -> float:
    """Return what the model of words, which reads them in their sentence, takes from a word's log-odds: 0 or below."""
    return _WEIGHT * min(float(judgement.wrong[at]) - _SUSPECT, 0.0) if judgement else 0.0


def _is_name(word: str, russian: str) -> bool:
    """Tell whether a word with a capital spells the source's, as a name that others translate: Sveta, «Света», Light.

    One that no dictionary has is a name or a sign whatever the source's word: the Hebrew letter "Zain" over a verse.
    """
    if not word[0].isupper():
        return False
    return likeness(key(word), key(russian)) >= _SPELLS or not in_dictionary(key(word), DEFAULT)


def _is_cognate(word: str, russian: str, others: Mapping[str, RenderedCell]) -> bool:
    """Tell whether a word spells the source's where another version's is its cousin: "imaginist" and "imagist"."""
    return likeness(word, russian) >= _SPELLS and any(
        each.lemma != word and likeness(each.lemma, russian) >= _COUSIN for c in others.values() for each in c.words
    )


def _renders_a_part(known: Renderings, russian: str, english: str) -> bool:
    """Tell whether a word renders a part of a compound: "deputy" of «экс-депутат»."""
    parts = russian.split("-")
    return len(parts) > 1 and any(share_of(known.entry(part), english) >= KNOWN for part in parts)


def _is_rendered_by_kin(known: Renderings, russian: str, cell: RenderedCell, s: int, w: int) -> bool:
    """Tell whether another word than `w` renders one of a word's family: "make difficult" for «затрудняет»."""
    kin = known.kin(russian)
    return any(
        each is not cell.words[w]
        and abs(each.at - float(cell.expected[s])) <= REACH
        and share_of(kin, each.lemma) >= KNOWN
        for each in cell.words
    )


def _paired(
    source: Sequence[ContentWord],
    vectors: Floats,
    cell: RenderedCell,
    idle: tuple[Set[int], Set[int]],
    attested: Sequence[NDArray[np.bool_]],
) -> list[tuple[int, int]]:
    """Pair the words without a known rendering in the cell with those that are known to render nothing, by place.

    `idle`: the words of the source and of the cell that mean something only with their neighbours. `attested`: for each
    other version, (source,), which words it renders as is known.
    """
    unrendered = [s for s, w in enumerate(source) if cell.known[s].max() < KNOWN and not w.name and w.at not in idle[0]]
    free = [
        w
        for w, word in enumerate(cell.words)
        if cell.known[:, w].max() < KNOWN and not word.name and "-" not in word.lemma and word.at not in idle[1]
    ]
    pairs = []
    for s in unrendered:
        for w in free:
            distance = abs(cell.words[w].at - float(cell.expected[s]))
            if distance <= REACH:
                share = sum(float(each[s]) for each in attested) / len(attested)
                pairs.append((distance - _LIKE * float(vectors[s] @ cell.vectors[w]) - _ATTESTED * share, s, w))
    taken: dict[int, int] = {}
    for _, s, w in sorted(pairs):
        if s not in taken and w not in taken.values():
            taken[s] = w
    return sorted(taken.items())


def _outvoted(
    source: Sequence[ContentWord],
    cell: RenderedCell,
    others: Mapping[str, RenderedCell],
    elsewhere: Set[str],
    idle: Set[int],
) -> Iterator[tuple[int, int]]:
    """Pair words of the source with their renderings where two or more others agree on another sense.

    «Светские» is "secular" as it is "social", and only the versions beside it tell which is meant. `elsewhere`: the
    families of the others' words; `idle`: the words of the source that mean something only with their neighbours.
    """
    for s, word in enumerate(source):
        w = int(cell.known[s].argmax())
        mine = cell.words[w]
        if cell.known[s, w] < KNOWN or word.name or mine.name or word.at in idle or family(mine.lemma) in elsewhere:
            continue
        theirs = [c.words[at].lemma for c in others.values() if (at := _stands_for(c, s)) is not None]
        if len(theirs) < len(others) or not all(_is_one_sense(theirs[0], lemma) for lemma in theirs[1:]):
            continue
        if relation(mine.lemma, theirs[0]) in ("s", "h", "w"):
            continue
        if float((_lemma_vectors(tuple(theirs[:1])) @ cell.vectors[w]).max()) < _KIN:
            yield s, w


def _is_one_sense(one: str, other: str) -> bool:
    """Tell whether two lemmas are of one family or synonyms."""
    return family(one) == family(other) or relation(one, other) == "s"


def _stands_for(cell: RenderedCell, s: int) -> int | None:
    """Return the word that renders the source's, as is known or by its place; None where none does."""
    best = int(cell.known[s].argmax())
    if cell.known[s, best] >= KNOWN:
        return best
    apart = [abs(word.at - float(cell.expected[s])) for word in cell.words]
    free = [w for w in range(len(apart)) if cell.known[:, w].max() < KNOWN and apart[w] <= _BESIDE]
    return min(free, key=apart.__getitem__, default=None)


def _unexpected(
    aligned: AlignedWords,
    known: Renderings,
    i: int,
    version: str,
    source: tuple[Sequence[ContentWord], Floats],
    cell: RenderedCell,
    others: Mapping[str, RenderedCell],
    s: int,
    w: int,
) -> WrongSense:
    words, vectors = source
    word, source_word = cell.words[w], words[s]
    entry = known.entry(source_word.lemma)
    expected = _main_renderings(entry)
    rendered = {v: int(c.known[s].argmax()) for v, c in others.items() if c.known[s].max() >= KNOWN}
    rendered = {
        v: k for v, k in rendered.items() if not _only_spells(others[v].words[k].lemma, source_word.lemma, entry)
    }
    theirs = [others[v].words[at].lemma for v, at in rendered.items()]
    mine = aligned.cell(version, i).forms[word.at]
    faced = aligned.cell(aligned.source, i).forms[source_word.at]
    forms = aligned.forms
    related = any(relation(word.lemma, lemma) in ("s", "h", "w") for lemma in (*expected, *theirs))
    shared = any(family(word.lemma) == family(each.lemma) for c in others.values() for each in c.words)
    about = [k for k in range(max(s - _ABOUT, 0), min(s + _ABOUT + 1, len(words))) if k != s]
    framed = [
        abs(cell.words[int(cell.known[k].argmax())].at - word.at) <= _FRAME
        for k in about
        if cell.known[k].max() >= KNOWN
    ]
    features = {
        "nearest": float((_lemma_vectors(expected) @ cell.vectors[w]).max()) if expected else 0.0,
        "others": len(rendered) / len(others),
        "sibling": max(float((c.vectors @ cell.vectors[w]).max()) for c in others.values()),
        "shared": float(shared),
        "related": float(related),
        "cosine": float(vectors[s] @ cell.vectors[w]),
        "places": math.log1p(entry.places),
        "apart": abs(word.at - float(cell.expected[s])),
        "about": sum(bool(cell.known[k].max() >= KNOWN) for k in about) / len(about) if about else 0.5,
        "framed": sum(framed) / len(about) if about else 0.5,
        "rendered": float(cell.rendered.mean()),
        "unknown": float(
            forms.unknown[mine] and not (in_dictionary(word.lemma, DEFAULT) or is_compound(word.lemma, DEFAULT))
        ),
        "pos": float(forms.pos[mine] == forms.pos[faced]),
        "explained": math.log(0.001 + float(cell.known[:, w].max())),
        "first": 1.0 if not entry.renderings else next(iter(entry.renderings.values())).weight / entry.weight,
    }
    at = {v: others[v].words[k].at for v, k in rendered.items()}
    return WrongSense(
        i, version, word.at, source_word.at, word.lemma, source_word.lemma, at, expected, features, 0.0, 0.0
    )


def _only_spells(lemma: str, russian: str, entry: Entry) -> bool:
    """Tell whether a word that was never met as a rendering has the sound of the source's: "bra" for «бра»."""
    return lemma not in entry.renderings and likeness(lemma, russian) >= _SPELLS


def _main_renderings(entry: Entry) -> tuple[str, ...]:
    """Name what a word of the source is mostly rendered by."""
    return tuple(lemma for lemma in islice(entry.renderings, _TOP) if not lemma.startswith("not "))


@lru_cache(1 << 14)
def _lemma_vectors(lemmas: tuple[str, ...]) -> Floats:
    return lexicon().vectors(list(lemmas), DEFAULT)
