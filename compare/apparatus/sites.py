"""Variant sites: where the versions of a language differ within a row, and what some of them have there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, Any

from compare.apparatus.columns import Column, Sequences, align
from compare.apparatus.likeness import Tokens, likeness, numbered
from compare.apparatus.tokens import Token, tokens
from compare.values import Collation

if TYPE_CHECKING:
    from compare.wordalign.aligned_words import AlignedWords


@dataclass(frozen=True, slots=True)
class Words:
    """A row's words in columns: for each version its tokens, and for each column which of them stand there."""

    row_index: int
    lang: str
    versions: tuple[str, ...]
    tokens: tuple[tuple[Token, ...], ...]
    columns: tuple[Column, ...]
    lemmas: tuple[tuple[str | None, ...], ...] = field(init=False, repr=False, compare=False)
    """For each column the lemma of each version's word of content there, None where it has no such word."""
    content: tuple[Mapping[int, Token], ...] = field(init=False, repr=False, compare=False)
    """The words of content of each version, numbered as all words of its cell are."""
    numbers: tuple[Mapping[int, int], ...] = field(init=False, repr=False, compare=False)
    """The numbers of the words of content of each version, by where they begin."""
    _own: dict[tuple[int, int], Sequence[tuple[int, str]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        content = [[None if t.mark or t.function else t.lemma for t in side] for side in self.tokens]
        lemmas = (
            tuple(None if at is None else side[at] for at, side in zip(c, content, strict=True)) for c in self.columns
        )
        object.__setattr__(self, "lemmas", tuple(lemmas))
        numbered = (enumerate(t for t in side if not t.mark) for side in self.tokens)
        object.__setattr__(self, "content", tuple({n: t for n, t in side if not t.function} for side in numbered))
        object.__setattr__(self, "numbers", tuple({t.start: n for n, t in side.items()} for side in self.content))
        object.__setattr__(self, "_own", {})

    def own(self, version: int, other: int) -> Sequence[tuple[int, str]]:
        """Return the columns where a version has a word of content and another has not the same, with its lemma."""
        key = version, other
        if key not in self._own:
            pairs = ((n, each[version], each[other]) for n, each in enumerate(self.lemmas))
            self._own[key] = [(n, lemma) for n, lemma, theirs in pairs if lemma and lemma != theirs]
        return self._own[key]

    def in_common(self, one: int, two: int) -> float:
        """Return the share of the words of content that both versions have in one column, 0 to 1."""
        total = len(self.content[one]) + len(self.content[two])
        differing = len(self.own(one, two)) + len(self.own(two, one))
        return (total - differing) / total if total else 1.0

    def token(self, version: int, column: int) -> Token | None:
        """Return what a version, by its place in `versions`, has in a column."""
        at = self.columns[column][version]
        return None if at is None else self.tokens[version][at]


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring columns of a row in which not all versions have the same: the half-open range of columns."""

    words: Words
    start: int
    stop: int
    readings: tuple[tuple[Token, ...], ...] = field(init=False, repr=False, compare=False)
    """The tokens of each version that stand there."""

    def __post_init__(self) -> None:
        columns = self.words.columns[self.start : self.stop]
        found = (
            tuple(side[column[v]] for column in columns if column[v] is not None)  # type: ignore[index]
            for v, side in enumerate(self.words.tokens)
        )
        object.__setattr__(self, "readings", tuple(found))

    def reading(self, version: int) -> tuple[Token, ...]:
        """Return the tokens of a version that stand there."""
        return self.readings[version]

    def span(self, version: int) -> tuple[int, int]:
        """Return the characters of the cell that a version has there; where it has none, the empty range between."""
        if reading := self.reading(version):
            return reading[0].start, reading[-1].end
        before = [t for t in (self.words.token(version, c) for c in range(self.start)) if t]
        end = before[-1].end if before else 0
        return end, end


def collate_words(collation: Collation, words: AlignedWords) -> Iterator[Words]:
    """Lay the words of each row in columns, for each language that two translations of it or more share, row by row.

    Words that have a likeness of meaning, or that render one word of the source, draw one another.
    """
    translations = [v for v in collation.work.versions if v.role != "source"]
    present = (
        (row_index, lang, tuple(v.id for v in translations if v.lang == lang and v.id in row.spans))
        for row_index, row in enumerate(collation.rows)
        for lang in dict.fromkeys(v.lang for v in translations)
    )
    several = (each for each in present if len(each[2]) > 1)
    while batch := list(islice(several, _TOGETHER)):
        cells = [tuple(tokens(collation.cell(collation.rows[i], id), lang) for id in ids) for i, lang, ids in batch]
        tasks = [_task(collation, words, i, ids, own) for (i, _, ids), own in zip(batch, cells, strict=True)]
        for (i, lang, ids), own, columns in zip(batch, cells, align(tasks), strict=True):
            yield Words(i, lang, ids, own, tuple(columns))


#: How many rows are laid in columns together.
_TOGETHER = 256


def _task(
    collation: Collation, words: AlignedWords, row_index: int, versions: Sequence[str], cells: Sequence[Sequence[Token]]
) -> Sequences:
    source = collation.work.source.id if collation.work.source else None

    tokens = numbered(cells)

    def alike(a: int, b: int) -> Any:
        near = _near(words, row_index, versions[a], versions[b], source, tokens[a], tokens[b])
        return likeness(tokens[a], tokens[b], near)

    return Sequences([len(c) for c in cells], alike, [[t.text for t in c] for c in cells])


def _near(words: AlignedWords, i: int, a: str, b: str, source: str | None, one: Tokens, two: Tokens) -> Any:
    """Return how alike the meanings of words are, by their vectors and by the source's words that they render."""
    import numpy as np

    here, there = words.cells[a][i], words.cells[b][i]
    out = np.zeros((len(one), len(two)))
    if here is None or there is None:
        return out
    near = words.forms.vectors[here.forms] @ words.forms.vectors[there.forms].T
    if source is not None and words.cells[source][i] is not None:
        first, second = words.cover(a, source, i), words.cover(b, source, i)
        same = np.array(first.at)[:, None] == np.array(second.at)
        linked = (np.array(first.at) >= 0)[:, None] & same
        both = np.minimum(np.array(first.share)[:, None], np.array(second.share))
        near = np.maximum(near, np.where(linked, both, -1))
    out[np.ix_(~one.mark, ~two.mark)] = near
    return out


def passages(words: Words) -> Iterator[Passage]:
    """Find where the versions differ: runs of differing columns, marks and capitals at their ends apart."""
    differs = [_differs(words, column) for column in range(len(words.columns))]
    for start, stop in _written_together(words):
        if any(differs[start:stop]):
            differs[start:stop] = [True] * (stop - start)
    for differing, run in groupby(range(len(differs)), key=differs.__getitem__):
        if differing:
            columns = list(run)
            yield from _trimmed(words, columns[0], columns[-1] + 1)


def _differs(words: Words, column: int) -> bool:
    cells = zip(words.tokens, words.columns[column], strict=True)
    return len({None if at is None else side[at].text for side, at in cells}) > 1


def _written_together(words: Words) -> Iterator[tuple[int, int]]:
    """Find figures and letters that a version writes together, "8th" is two words: their ranges of columns."""
    for v, side in enumerate(words.tokens):
        cut = {i for i, (a, b) in enumerate(pairwise(side)) if a.end == b.start and _is_ordinal(a, b)}
        if cut:
            at = {column[v]: n for n, column in enumerate(words.columns)}
            yield from ((at[i], at[i + 1] + 1) for i in sorted(cut))


def _is_ordinal(figure: Token, letters: Token) -> bool:
    return figure.text[-1].isdigit() and letters.text[0].isalpha()


def _trimmed(words: Words, start: int, stop: int) -> Iterator[Passage]:
    """Cut slight columns, of marks or of capitals alone, off the ends of a run that has others.

    Not where a version has nothing there at all: what it lacks it lacks with its marks.
    """
    weighty = [column for column in range(start, stop) if not _is_slight(words, column)]
    whole = Passage(words, start, stop)
    if not any(_differs(words, column) for column in weighty) or not all(whole.readings):
        yield whole
        return
    first, last = weighty[0], weighty[-1] + 1
    if start < first:
        yield Passage(words, start, first)
    yield Passage(words, first, last)
    if last < stop:
        yield Passage(words, last, stop)


def _is_slight(words: Words, column: int) -> bool:
    found = [words.token(v, column) for v in range(len(words.versions))]
    if any(token is not None and token.mark for token in found):
        return True
    return _differs(words, column) and len({token.key if token else None for token in found}) == 1


def grouped(passage: Passage) -> Mapping[tuple[str, ...], tuple[int, ...]]:
    """Group the versions, by their places, by what they have in a passage, in the order of the versions."""
    out: dict[tuple[str, ...], tuple[int, ...]] = {}
    for version in range(len(passage.words.versions)):
        said = tuple(token.text for token in passage.reading(version))
        out[said] = (*out.get(said, ()), version)
    return out
