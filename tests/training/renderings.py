"""Learn how Russian words are rendered from the aligned works: `compare/artefacts/renderings.tsv.gz`.

Words are aligned by expectation maximisation as in IBM model 1 (Brown et al. 1993), the two directions agreeing (Liang,
Taskar and Klein 2006), with a pull to the diagonal (Dyer, Chahuneau and Smith 2013); the prior of a pair is the
likeness of its word vectors, so that rare words are aligned too. Only words of content are aligned.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from compare.wordalign.embeddings import lexicon
from compare.wordalign.renderings import Counts, Renderings, Table, content_words, counted, read
from compare.wordalign.vocabulary import sound
from compare.words import key
from tests.data import SHARED
from tests.planting.corpora import WORKS

if TYPE_CHECKING:
    from numpy.typing import NDArray

ARTEFACT = Path(__file__).parents[2] / "compare" / "artefacts" / "renderings.tsv.gz"
#: Works that are aligned here, by folder.
NOVELS = (
    "overcoat",
    "nest",
    "novels/crime",
    "novels/dead-souls",
    "novels/demons",
    "novels/karenina",
    "novels/notes",
    "novels/poor-folk",
)
#: Versions of the Bible that differ enough to count as translators.
BIBLES = ("en-asv", "en-bbe")
#: Rows less certainly aligned, or with more words of content, teach nothing.
_CONFIDENCE, _LONGEST = 0.4, 60
_ROUNDS = 5
#: What a pair of words is worth before anything was counted: exp(_SLOPE · cosine − _SHIFT), at most _MOST.
_SLOPE, _SHIFT, _MOST = 9.0, 7.5, 0.3
#: For how many occurrences that prior counts; how hard the diagonal pulls; what an unaligned word is worth.
_STRENGTH, _PULL, _NULL = 3.0, 4.0, 2e-5
#: Posterior of both directions from which a pair is counted.
_LINK = 0.4
#: Lemmas with more places keep only what was seen twice.
_FEW = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """A source's cell and a translation's."""

    work: str
    source: str
    translation: str


def pairs() -> Iterator[Pair]:
    """Read all aligned rows, work by work."""
    assert SHARED is not None
    for name in NOVELS:
        yield from _novel(name)
    for folder in ("bible", "bible-more"):
        for path in sorted((SHARED / folder).glob("*.tsv")):
            for row in _table(path):
                yield from (Pair("bible", row["ru-synodal"], row[v]) for v in BIBLES if row["ru-synodal"] and row[v])
    yield from (Pair("wmt22", row["ru"], row["ref-A"]) for row in _table(SHARED / "wmt22" / "rows.tsv"))
    for part in ("train", "dev"):
        path = SHARED / "mlqe-ru-en" / f"{part}.tsv"
        yield from (Pair("mlqe", row["source"], row["postedit"]) for row in _table(path))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _novel(name: str) -> Iterator[Pair]:
    from compare.collation import collate
    from compare.read import from_texts

    assert SHARED is not None
    texts = {path.stem: path.read_text("utf-8") for path in sorted((SHARED / name).glob("*.txt"))}
    collation = collate(from_texts(texts, source="ru"))
    for row in collation.rows:
        if "ru" in row.spans and row.confidence >= _CONFIDENCE:
            for version in sorted(set(row.spans) - {"ru"}):
                yield Pair(name, collation.cell(row, "ru"), collation.cell(row, version))


@dataclass(frozen=True, slots=True)
class Cells:
    """Every pair of words that may be aligned, one entry each; words are numbered through all texts."""

    source: NDArray[np.int32]
    """Number of the source's word."""
    target: NDArray[np.int32]
    kind: NDArray[np.int32]
    """Number of the pair of lemmas."""
    near: NDArray[np.float32]
    """exp of the pull to the diagonal, 0 to 1."""


def learn(texts: Iterable[Pair]) -> dict[str, Counts]:
    """Count for each work how its lemmas are rendered; names are left out."""
    ids: tuple[dict[str, int], dict[str, int]] = ({}, {})
    words: tuple[list[tuple[str, int, bool]], list[tuple[str, int, bool]]] = ([], [])  # lemma with sign, its id, name
    works: list[str] = []
    blocks: list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]] = []
    for pair in texts:
        here, there = content_words(pair.source, "ru"), content_words(pair.translation, "en")
        if not 0 < len(here) <= _LONGEST or not 0 < len(there) <= _LONGEST:
            continue
        base = len(words[0]), len(words[1])
        for side, found in ((0, here), (1, there)):
            for word in found:
                id = ids[side].setdefault(word.lemma, len(ids[side]))
                words[side].append((word.signed, id, word.name))
        works += [pair.work] * len(here)
        at = np.array([w.position for w in here], np.float32)[:, None]
        to = np.array([w.position for w in there], np.float32)[None, :]
        i, j = np.indices((len(here), len(there)), np.int32)
        blocks.append(((i + base[0]).ravel(), (j + base[1]).ravel(), np.exp(-_PULL * abs(at - to)).ravel()))
    source, target, near = (np.concatenate(part) for part in zip(*blocks, strict=True))
    lemma_ids = [np.array([id for _, id, _ in side], np.int64) for side in words]
    kinds, kind = np.unique(lemma_ids[0][source] * len(ids[1]) + lemma_ids[1][target], return_inverse=True)
    prior = _prior([list(side) for side in ids], kinds)
    posterior = _align(Cells(source, target, kind.astype(np.int32), near), kinds, len(ids[1]), prior)
    linked = np.flatnonzero(posterior >= _LINK)
    named = Counter((word.removeprefix("не "), name) for word, _, name in words[0])
    out: dict[str, Counts] = {}
    for s, t in zip(source[linked].tolist(), target[linked].tolist(), strict=True):
        (russian, _, name), (english, _, _) = words[0][s], words[1][t]
        plain = russian.removeprefix("не ")
        if not name and named[plain, False] >= named[plain, True]:
            out.setdefault(works[s], Counts()).add(russian, english)
    return out


def _prior(lemmas: Sequence[Sequence[str]], kinds: NDArray[np.int64]) -> NDArray[np.float32]:
    """What each pair of lemmas is worth before anything was counted, by the likeness of vectors and of sounds."""
    vectors = [lexicon().vectors([key(w) for w in side], lang) for side, lang in zip(lemmas, ("ru", "en"), strict=True)]
    sounds = [np.array([sound(key(w)) for w in side], np.float32) for side in lemmas]
    known = [
        np.array([lexicon().knows(key(w), lang) for w in side]) for side, lang in zip(lemmas, ("ru", "en"), strict=True)
    ]
    out = np.empty(len(kinds), np.float32)
    for start in range(0, len(kinds), 1 << 18):
        one, two = np.divmod(kinds[start : start + (1 << 18)], len(lemmas[1]))
        like = np.einsum("ij,ij->i", vectors[0][one], vectors[1][two])
        heard = np.einsum("ij,ij->i", sounds[0][one], sounds[1][two])
        like = np.where(known[0][one] & known[1][two], like, np.maximum(like, heard))
        out[start : start + len(one)] = np.minimum(np.exp(_SLOPE * like - _SHIFT), _MOST)
    return out


def _align(cells: Cells, kinds: NDArray[np.int64], width: int, prior: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probability that each pair of words is aligned."""
    one, two = np.divmod(kinds, width)
    one, two = one[cells.kind], two[cells.kind]
    posterior = np.zeros(len(cells.kind))
    for _ in range(_ROUNDS + 1):
        # what a place itself counted for says nothing of it: rare words would agree with whatever stands near them
        both = np.bincount(cells.kind, posterior, len(kinds))[cells.kind] - posterior
        first = np.bincount(one, posterior)[one] - posterior
        second = np.bincount(two, posterior)[two] - posterior
        given = (both + _STRENGTH * prior[cells.kind]) ** 2 / ((first + _STRENGTH) * (second + _STRENGTH))
        weight = given * cells.near
        by_source = np.bincount(cells.source, weight) + _NULL
        by_target = np.bincount(cells.target, weight) + _NULL
        posterior = weight**2 / (by_source[cells.source] * by_target[cells.target])
    shares: NDArray[np.float32] = posterior.astype(np.float32)
    return shares


def write(path: Path, works: Iterable[Counts]) -> None:
    """Write the table of all works together, the same bytes for the same counts."""
    text = counted(works, _FEW)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def held_out_tables() -> dict[str, Renderings]:
    """Learn a table for each of `tests.planting.corpora.WORKS` from all the others."""
    counts = learn(list(pairs()))
    names = {name: next((n for n in (name, f"novels/{name}") if n in counts), name) for name in WORKS}
    return {
        name: Renderings((Table(read(counted([c for n, c in counts.items() if n != own], _FEW).splitlines())),))
        for name, own in names.items()
    }


def main() -> None:
    """Learn and write the table."""
    write(ARTEFACT, learn(list(pairs())).values())
