"""Words whose opposites (WordNet) stand in their place in other versions.

Free translation seldom says the opposite, and where it does it denies it: "not young" for old. So it takes a pair of
antonyms, both denied or neither, where the words about them agree; and the source is asked which of the two its word
is known to be rendered by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from compare.meaning.detect.pronouns import Exchange
from compare.meaning.features.denials import denying_words, is_question
from compare.wordalign.aligned_words import AlignedWords, expected_gap, is_content
from compare.wordalign.embeddings import lexicon, relation, relations
from compare.wordalign.rendered_cells import KNOWN, REACH, RenderedCell, rendered_cell, translations
from compare.wordalign.renderings import Renderings
from compare.wordalign.vocabulary import POS

#: Words behind which a noun stands.
_OWNING = frozenset("the a an his her my their our your this that".split())
#: Opposites that tell the same from another side, or are such in some trade only (a batter is safe or out).
_CONVERSES = frozenset(
    frozenset(pair.split())
    for pair in (
        "come go,bring take,give take,here there,this that,away home,out safe,lie stand,ask answer,buy sell"
    ).split(",")
)
#: How many words from where a word would stand its opposite may be, and any other use of itself that bears it out.
_REACH, _SAME_REACH = 1, 4
#: How many words behind a denial, with no mark between, its word may stand: "you never know what it is to be happy".
_DENIED = 8
#: Words that turn the one behind them: "down" is "from upstairs", "without strength" weak.
_TURNING = frozenset("from than less without".split())
#: Words that make one of two opposites nearly the other, "hardly audible" and "almost inaudible", within so many words;
#: one that makes another word of them ("at last", "at large").
_NEARLY, _BEFORE = frozenset("hardly scarcely barely almost nearly".split()), 2
_ADVERBIAL = "at"
#: Share of renderings from which a word is known to be rendered so, and how far away in its cell it may stand, 0 to 1.
_ATTESTED, _FARTHEST = 0.03, 0.4
#: Probability from which a word of the source is rendered by another word there, and from which the version's word is
#: known to render another word of the source.
_RENDERED, _OTHER_SENSE = 0.1, 0.3
#: How many words from its place a word may stand that is not linked to the source's.
_NEAR = 2.0
#: How far the words about must agree.
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class OppositeWord(Exchange):
    """A word that stands where other versions have its opposite."""

    alike: float
    """How far the words about agree, 0 to 1."""
    source: int | None
    """The source's word that is known to be rendered by the others'; by index, None where the source is not judged."""


def opposite_words(aligned: AlignedWords, known: Renderings) -> Iterator[OppositeWord]:
    """Find the words that stand where other versions have their opposites, in the order of rows and versions.

    A source whose renderings are known must have a word there that is known to be rendered by the opposite, that is
    rendered by nothing else in the version, and that is denied where the version's word is.
    """
    asked_of, forms = translations(aligned.collation), aligned.forms
    for i, row in enumerate(aligned.collation.rows):
        cells = {
            v.id: cell
            for v in aligned.collation.work.versions
            if v.role != "source" and (cell := aligned.cells[v.id][i])
        }
        lemmas = {t: [forms.lemmas[form] for form in cell.forms] for t, cell in cells.items()}
        denied = {t: denying_words(aligned.collation.cell(row, t), cell, forms) for t, cell in cells.items()}
        for version, cell in cells.items():
            content = is_content(cell, forms)
            for k in range(len(cell.words)):
                if not content[k]:
                    continue
                found = {t: _counterpart(aligned, i, version, k, t, lemmas, denied) for t in cells if t != version}
                for_ = {t: at for t, at in found.items() if at is not None}
                if not for_ or any(_has_it_too(aligned, i, version, k, t, lemmas) for t in found):
                    continue
                alike = aligned.agreement(i, version, {t: (k, at) for t, at in for_.items()})
                if alike < _ALIKE:
                    continue
                if version not in asked_of or not aligned.content[aligned.source][i]:
                    yield OppositeWord(i, version, k, for_, alike, None)
                elif (at := _source_word(aligned, known, i, (version, k), for_)) is not None:
                    denying = denying_words(
                        aligned.collation.cell(row, aligned.source), aligned.cell(aligned.source, i), forms
                    )
                    denies, _ = _negation(aligned, i, aligned.source, at, denying)
                    if denies == _negation(aligned, i, version, k, denied[version])[0]:
                        yield OppositeWord(i, version, k, for_, alike, at)


def _window(aligned: AlignedWords, i: int, version: str, k: int, text: str, reach: int) -> range:
    """The words of a text at most so many from where a word of the version would stand."""
    here = aligned.cell(text, i)
    before, after = expected_gap(aligned.cover(version, text, i), k, k + 1, len(here.words))
    return range(max(before - reach, 0), min(after + reach + 1, len(here.words)))


def _counterpart(
    aligned: AlignedWords,
    i: int,
    version: str,
    k: int,
    text: str,
    lemmas: Mapping[str, Sequence[str]],
    denied: Mapping[str, frozenset[int]],
) -> int | None:
    """The opposite of a word that stands in its place in another text, with the most agreement about it."""
    word = lemmas[version][k]
    fits = [
        j
        for j in sorted({*_window(aligned, i, version, k, text, _REACH), *_linked(aligned, i, version, k, text)})
        if (other := lemmas[text][j]) not in lemmas[version]
        and _are_opposites(word, other)
        and frozenset((word, other)) not in _CONVERSES
        and not _named_and_done(aligned, i, version, k, text, j)
        and not any(_qualified(aligned, i, each, at) for each, at in ((version, k), (text, j)))
        and _negation(aligned, i, version, k, denied[version]) == _negation(aligned, i, text, j, denied[text])
    ]
    return max(fits, key=lambda j: (aligned.agreement(i, version, {text: (k, j)}), -j), default=None)


def _linked(aligned: AlignedWords, i: int, version: str, k: int, text: str) -> Iterator[int]:
    """Find the words of another text that are linked to a word, or to the same word of the source."""
    if (direct := aligned.covers[version, text][i]) is not None and direct.at[k] >= 0:
        yield direct.at[k]
    source = aligned.collation.work.source
    if source is not None and source.id not in (version, text):
        one, two = aligned.covers[version, source.id][i], aligned.covers[source.id, text][i]
        if one is not None and two is not None and one.at[k] >= 0 and two.at[one.at[k]] >= 0:
            yield two.at[one.at[k]]


def _are_opposites(one: str, two: str) -> bool:
    """Tell whether two lemmas are opposites, by WordNet or by what denies; "stead" is not "instead"'s."""
    if relation(one, two) != "a":
        return False
    return (one, two) in relations() or all(lexicon().pos(lemma) in "ar" for lemma in (one, two))


def _named_and_done(aligned: AlignedWords, i: int, version: str, k: int, text: str, j: int) -> bool:
    """Tell whether one of two words is a thing and the other is done: "out of their minds" and "forgot"."""

    def owned(text: str, at: int) -> bool:
        cell = aligned.cell(text, i)
        return at > 0 and not cell.mark[at] and aligned.forms.keys[cell.forms[at - 1]] in _OWNING

    def verb(text: str, at: int) -> bool:
        cell = aligned.cell(text, i)
        return POS[aligned.forms.pos[cell.forms[at]]] == "v" and not owned(text, at)

    return (owned(version, k) and verb(text, j)) or (owned(text, j) and verb(version, k))


def _qualified(aligned: AlignedWords, i: int, text: str, k: int) -> bool:
    """Tell whether what stands before a word takes from it that it is the opposite of its opposite."""
    before = [aligned.forms.keys[form] for form in aligned.cell(text, i).forms[max(k - _BEFORE, 0) : k]]
    return bool(_NEARLY & set(before)) or before[-1:] == [_ADVERBIAL]


def _negation(aligned: AlignedWords, i: int, text: str, k: int, denials: frozenset[int]) -> tuple[bool, bool]:
    """Tell whether what stands before a word turns it into its opposite, and whether it is asked and not said."""
    row = aligned.collation.rows[i]
    cell = aligned.cell(text, i)
    before = {aligned.forms.keys[form] for form in cell.forms[max(k - 1, 0) : k]}
    denied = any(0 < k - at <= _DENIED and not cell.mark[at + 1 : k + 1].any() for at in denials)
    return denied != bool(before & _TURNING), is_question(aligned.collation.cell(row, text), cell, k)


def _has_it_too(
    aligned: AlignedWords, i: int, version: str, k: int, text: str, lemmas: Mapping[str, Sequence[str]]
) -> bool:
    """Tell whether a text has the word itself near its place."""
    near = _window(aligned, i, version, k, text, _SAME_REACH)
    return lemmas[version][k] in [lemmas[text][j] for j in near]


def _source_word(
    aligned: AlignedWords, known: Renderings, i: int, mine: tuple[str, int], for_: Mapping[str, int]
) -> int | None:
    """Return which word of the source the opposites of a version's word are known to render, where it stands for it."""
    version, k = mine
    share, source = max(_best_rendering(aligned, known, i, text, at) for text, at in for_.items())
    word = _content_index(aligned, i, version, k)
    if share < _ATTESTED or word is None:
        return None
    at = aligned.content[aligned.source][i][source].at
    cell = rendered_cell(aligned, known, version, i)
    reach = REACH if aligned.cover(version, aligned.source, i).at[k] == at else _NEAR
    return at if _stands_for(cell, source, word, reach) else None


def _stands_for(cell: RenderedCell, source: int, word: int, reach: float) -> bool:
    """Tell whether a word stands where one should that renders a word of the source, and none that does is there."""
    distances = [abs(w.at - float(cell.expected[source])) for w in cell.words]
    rendered = any(
        share >= _RENDERED and off <= REACH for share, off in zip(cell.known[source], distances, strict=True)
    )
    meant = cell.known[:, word].copy()
    own, meant[source] = meant[source], 0.0
    return distances[word] <= reach and not rendered and own < KNOWN and meant.max() < _OTHER_SENSE


def _best_rendering(aligned: AlignedWords, known: Renderings, i: int, text: str, at: int) -> tuple[float, int]:
    """Return the greatest share of renderings that a word has of a source's word near by, and of which of its words."""
    word = _content_index(aligned, i, text, at)
    if word is None:
        return 0.0, 0
    rendering = aligned.content[text][i][word]
    source = enumerate(aligned.content[aligned.source][i])
    near = [(s, w) for s, w in source if abs(w.position - rendering.position) <= _FARTHEST]
    shares = known.shares([w for _, w in near], [rendering])[:, 0] if near else ()
    return max(((float(share), s) for share, (s, _) in zip(shares, near, strict=True)), default=(0.0, 0))


def _content_index(aligned: AlignedWords, i: int, text: str, at: int) -> int | None:
    """Return which of a cell's words of content a word is; None for one that is none."""
    return next((n for n, w in enumerate(aligned.content[text][i]) if w.at == at), None)
