"""Which words of a cell another cell covers: content words linked one to one, each word of the other spent once.

Competitive linking (Melamed 2000) by likeness of word vectors, lemmas, sounds and stems. Links that run parallel are
anchors; what is left is linked where the anchors would have it, so that a word said twice here and once there is
covered once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from compare.records import kept_by_rows
from compare.values import Collation, Place
from compare.wordalign.embeddings import relation
from compare.wordalign.links import batch, likeness, stretches
from compare.wordalign.renderings import ContentWord, content_words
from compare.wordalign.vocabulary import FUNCTION, Cell, Forms, Vocabulary
from compare.words import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: Rows compared at a time.
_ROWS = 128
#: Likeness at which a word is as likely covered as not, and how sharply that turns; measured on true and false pairs.
_HALF, _SLOPE = 0.4, 0.08
#: Likeness from which a mutual best pair is an anchor, and below which no pair is linked.
_ANCHOR, _LEAST = 0.55, 0.22
#: What a pair loses for each word that it stands away from where the anchors would have it, and at most.
_STRAY, _FAR = 0.025, 0.3
#: Pairs of words that are linked before those whose words have gone are looked for.
_STEP = 1024
#: Likeness of words that WordNet relates; letters that make a stem, and the likeness of words of one stem.
_RELATED = {"s": 0.75, "h": 0.6, "w": 0.6, "a": 0.55}
_STEM, _KIN = 5, 0.7
#: How many words about a word tell whether two texts say the same there, and how much farther off these may stand.
_ABOUT, _SHIFT = 4, 2
#: How far two texts must agree about a word for an error of that word to be certain.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Cover:
    """How one cell's words are covered by another; one entry a word."""

    at: tuple[int, ...]
    """Index of the word that covers it; -1 for none, and for function words."""
    share: tuple[float, ...]
    """The probability that the meaning is there; 0 for function words."""


def expected_gap(cover: Cover, start: int, stop: int, size: int) -> tuple[int, int]:
    """Find between which two words of the other cell, of `size` words, a stretch would stand; -1 or `size` at its ends.

    Judged by the nearest words before and after the stretch that are covered at even odds or better.
    """
    covered = [k for k in range(len(cover.at)) if cover.share[k] >= 0.5 and not start <= k < stop]
    before = next((cover.at[k] for k in reversed(covered) if k < start), -1)
    after = next((cover.at[k] for k in covered if k >= stop), size)
    if before < after:
        return before, after
    return (before, before + 1) if start else (after - 1, after)


def is_content(cell: Cell, forms: Forms) -> NDArray[np.bool_]:
    """Tell the words of a cell that may be covered at all: no function words."""
    found: NDArray[np.bool_] = forms.pos[cell.forms] != FUNCTION
    return found


def place_of(collation: Collation, version: str, i: int, start: int, stop: int) -> Place:
    """Quote the words [start, stop) of a version's cell in the row of that index, where they stand in its text."""
    row = collation.rows[i]
    found = words(collation.cell(row, version))
    return collation.place_in(row, version, found[start].start, found[stop - 1].end)


@dataclass(frozen=True, slots=True, eq=False)
class AlignedWords:
    """The words of a collation and how they are linked: what every detector of meaning reads. Rows count from 0."""

    collation: Collation
    vocabulary: Vocabulary
    covers: Mapping[tuple[str, str], tuple[Cover | None, ...]]
    """For each ordered pair of versions, row by row, how the first one's words are covered by the second's."""
    content: Mapping[str, Sequence[Sequence[ContentWord]]]
    """For each version, row by row, its words of content."""

    def of(self, rows: slice) -> AlignedWords:
        """Return the words of some rows."""
        return AlignedWords(
            replace(self.collation, rows=self.collation.rows[rows]),
            self.vocabulary.of(rows),
            {pair: covers[rows] for pair, covers in self.covers.items()},
            {version: content[rows] for version, content in self.content.items()},
        )

    @property
    def cells(self) -> Mapping[str, Sequence[Cell | None]]:
        return self.vocabulary.cells

    @property
    def forms(self) -> Forms:
        return self.vocabulary.forms

    @property
    def source(self) -> str:
        """The id of the source; raises ValueError for a work without one."""
        if self.collation.work.source is None:
            raise ValueError("the work has no source")
        return self.collation.work.source.id

    def cell(self, version: str, i: int) -> Cell:
        """Return the words of a cell that has some; raises ValueError for one that has none."""
        cell = self.vocabulary.cells[version][i]
        if cell is None:
            raise ValueError(f"{version} has no words in row {i + 1}")
        return cell

    def cover(self, one: str, two: str, i: int) -> Cover:
        """Return how the first version's words are covered by the second's, where both have words."""
        cover = self.covers[one, two][i]
        if cover is None:
            raise ValueError(f"{one} or {two} has no words in row {i + 1}")
        return cover

    def form(self, version: str, i: int, k: int) -> int:
        """Return the index in `forms` of a word of a cell."""
        return int(self.cell(version, i).forms[k])

    def place(self, version: str, i: int, start: int, stop: int) -> Place:
        """Quote the words [start, stop) of a cell where they stand in the version's text."""
        return place_of(self.collation, version, i, start, stop)

    def agreement(self, i: int, version: str, pairs: Mapping[str, tuple[int, int]]) -> float:
        """How far a version and other texts agree about what may be an error of one word, 0 to 1.

        `pairs`: for each text the word of the version's cell and its own. An error leaves its neighbours in place: the
        content words about either word have their counterparts about the other. 1 where there are none of these:
        nothing speaks against it; 0 without a text.
        """
        shares = []
        for text, (here, there) in pairs.items():
            for one, two, k, j in ((version, text, here, there), (text, version, there, here)):
                cover, content = self.cover(one, two, i), is_content(self.cell(one, i), self.forms)
                about = [
                    n for n in range(max(k - _ABOUT, 0), min(k + _ABOUT + 1, len(content))) if n != k and content[n]
                ]
                near = [cover.share[n] * (cover.at[n] >= 0 and abs(cover.at[n] - j) <= _ABOUT + _SHIFT) for n in about]
                shares.append(sum(near) / len(near) if near else 1.0)
        return sum(shares) / len(shares) if shares else 0.0


def align_words(collation: Collation, vocabulary: Vocabulary) -> AlignedWords:
    """Link the words of every pair of versions, and read the words of content."""
    content = {
        v.id: [content_words(collation.cell(row, v.id), v.lang) for row in collation.rows]
        for v in collation.work.versions
    }
    return AlignedWords(collation, vocabulary, link_words(collation, vocabulary), content)


def link_words(
    collation: Collation, vocabulary: Vocabulary, among: str = ""
) -> dict[tuple[str, str], tuple[Cover | None, ...]]:
    """Link words row by row: how, for each ordered pair of versions, the first one's are covered by the second's.

    Kept for rows that have not changed. `among`: the version that a pair must have; "" for every pair.
    """
    pairs = [pair for pair in permutations(vocabulary.cells, 2) if not among or among in pair]

    def some(stretches: Sequence[slice]) -> Iterator[list[tuple[Cover | None, ...]]]:
        for rows in stretches:
            part = replace(collation, rows=collation.rows[rows])
            found = _covers(part, vocabulary.of(rows), pairs)
            yield list(zip(*(found[pair] for pair in pairs), strict=True)) if pairs else [()] * len(part.rows)

    found = kept_by_rows("links", collation, some, (Cover,), [among])
    return {pair: tuple(row[n] for row in found) for n, pair in enumerate(pairs)}


def _covers(
    collation: Collation, vocabulary: Vocabulary, pairs: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], list[Cover | None]]:
    """Compute what `link_words` keeps; `pairs` has each pair in both orders."""
    out: dict[tuple[str, str], list[Cover | None]] = {}
    langs = {v.id: v.lang for v in collation.work.versions}
    for a, b in combinations(vocabulary.cells, 2):
        if (a, b) not in pairs:
            continue
        here: list[Cover | None] = [None] * len(collation.rows)
        there: list[Cover | None] = [None] * len(collation.rows)
        rows = [i for i in range(len(here)) if vocabulary.cells[a][i] and vocabulary.cells[b][i]]
        rows.sort(key=lambda i: (len(vocabulary.cells[a][i].words), i))  # type: ignore[union-attr]
        lengths = [max(len(cell.words) for v in (a, b) if (cell := vocabulary.cells[v][i])) for i in rows]
        for stretch in stretches(lengths, _ROWS):
            part = rows[stretch]
            one, two = batch([vocabulary.cells[a][i] for i in part]), batch([vocabulary.cells[b][i] for i in part])
            near = likeness(one, two, vocabulary.forms)
            for i, table in zip(part, near, strict=True):
                here[i], there[i] = pair(
                    vocabulary.cells[a][i], vocabulary.cells[b][i], table, vocabulary.forms, langs[a] == langs[b]
                )
        out[a, b], out[b, a] = here, there
    return out


def pair(a: Cell | None, b: Cell | None, near: Floats, forms: Forms, kin: bool) -> tuple[Cover, Cover]:
    """Cover two cells by each other; `near`: the likeness of their words, `kin`: whether their language is the same."""
    import numpy as np

    assert a is not None
    assert b is not None
    rows, columns = np.nonzero(is_content(a, forms))[0], np.nonzero(is_content(b, forms))[0]
    near = near[np.ix_(rows, columns)].copy()
    if kin:
        _relate(near, a.forms[rows], b.forms[columns], forms)
    links = _link(near, rows, columns, len(a.words), len(b.words))
    at = [-1] * len(a.words), [-1] * len(b.words)
    share = [0.0] * len(a.words), [0.0] * len(b.words)
    likely = probability_of(np.array([each for *_, each in links])).tolist()
    for (i, j, _), probability in zip(links, likely, strict=True):
        at[0][rows[i]], at[1][columns[j]] = int(columns[j]), int(rows[i])
        share[0][rows[i]] = share[1][columns[j]] = probability
    return Cover(tuple(at[0]), tuple(share[0])), Cover(tuple(at[1]), tuple(share[1]))


def probability_of(likely: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn likeness into the probability that the meaning is there."""
    import numpy as np

    found: NDArray[np.float64] = 1 / (1 + np.exp(-(likely - _HALF) / _SLOPE))
    return found


def _relate(near: Floats, a: NDArray[np.int32], b: NDArray[np.int32], forms: Forms) -> None:
    """Raise the likeness of words of one language that WordNet relates or that share a stem."""
    seconds = [forms.lemmas[two] for two in b]
    for i, one in enumerate(a):
        first = forms.lemmas[one]
        for j, (second, likely) in enumerate(zip(seconds, near[i].tolist(), strict=True)):
            if likely < 0.9:
                low = _RELATED.get(relation(first, second), 0.0)
                if len(first) > _STEM <= len(second) and first[:_STEM] == second[:_STEM]:
                    low = max(low, _KIN)
                if low > likely:
                    near[i, j] = low


def _link(
    near: Floats, rows: NDArray[np.int64], columns: NDArray[np.int64], n: int, m: int
) -> list[tuple[int, int, float]]:
    """Link the surest pairs first; each word once."""
    import numpy as np

    if not near.size:
        return []
    slant = m / n
    strayed = np.abs(rows[:, None] * slant - columns[None, :])
    pulled = near - np.minimum(_STRAY * strayed / 2, _FAR / 2)
    best, back = pulled.argmax(1), pulled.argmax(0)
    mutual = [(int(rows[i]), int(columns[j])) for i, j in enumerate(best) if back[j] == i and near[i, j] >= _ANCHOR]
    anchors = rising(mutual)
    if anchors:
        xs, ys = zip(*anchors, strict=True)
        frame = [-1, *xs, n], [-1, *ys, m]
        strayed = np.abs(np.interp(rows, *frame)[:, None] - columns[None, :])
        pulled = near - np.minimum(_STRAY * strayed, _FAR)
    near, pulled = near.ravel(), pulled.ravel()
    likely = np.flatnonzero((near >= _LEAST) & (pulled >= _LEAST - _FAR / 2))
    order = likely[np.argsort(-pulled[likely], kind="stable")]
    out: list[tuple[int, int, float]] = []
    free_a, free_b = np.ones(len(rows), bool), np.ones(len(columns), bool)
    for at in range(0, len(order), _STEP):  # of what is left, pairs whose words have gone are passed over together
        some = order[at : at + _STEP]
        one, two = np.divmod(some, len(columns))
        left = free_a[one] & free_b[two]
        for i, j, k in zip(one[left].tolist(), two[left].tolist(), some[left].tolist(), strict=True):
            if free_a[i] and free_b[j]:
                free_a[i] = free_b[j] = False
                out.append((i, j, float(pulled[k])))
    return out


def rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest run of pairs that rise on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, (_, y) in enumerate(pairs):
        at = bisect_left(tails, y)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(y)
            ends.append(k)
        else:
            tails[at], ends[at] = y, k
    out = []
    k = ends[-1] if ends else -1
    while k >= 0:
        out.append(pairs[k])
        k = before[k]
    return out[::-1]
