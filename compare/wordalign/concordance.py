"""A word of the source wherever it stands: in context, with the aligned cells, and how it is rendered, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.rendered_cells import translations
from compare.wordalign.renderings import ContentWord, Counts, source_lemma
from compare.words import around, words

#: Characters shown on either side of the word.
_WIDTH = 40
#: How certainly words must be linked to count as renderings.
_LINKED = 0.5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the word stands. `row` counts from 1."""

    work: str
    row: int
    before: str
    word: str
    after: str
    cells: Mapping[str, str]
    """What each translation has in the row; empty where it has nothing."""
    renderings: Mapping[str, str]
    """The lemma that renders the word, by translation, where one does."""


def linked(aligned: AlignedWords, version: str) -> Iterator[tuple[int, ContentWord, ContentWord]]:
    """Yield the words of content of the source and of a version that are certainly linked; the row counts from 0."""
    source = aligned.collation.work.source
    if source is None or source.id == version:
        return
    for i in range(len(aligned.collation.rows)):
        cover = aligned.covers[source.id, version][i]
        if cover is None:
            continue
        there = {word.at: word for word in aligned.content[version][i]}
        for word in aligned.content[source.id][i]:
            at = cover.at[word.at]
            if at in there and cover.share[word.at] >= _LINKED:
                yield i, word, there[at]


def count(aligned: AlignedWords) -> Counts:
    """Count how a work's lemmas are rendered in all its translations; names are left out."""
    out = Counts()
    for version in translations(aligned.collation):
        for _, russian, english in linked(aligned, version):
            if not russian.name:
                out.add(russian.signed, english.signed)
    return out


def concordance(aligned: AlignedWords, word: str) -> list[Occurrence]:
    """Find every place where a word stands in the source, in any of its forms, in the order of rows."""
    collation, source = aligned.collation, aligned.collation.work.source
    if source is None:
        return []
    lemma = source_lemma(word)
    versions = translations(collation)
    rendered = {(version, i, one.at): two.lemma for version in versions for i, one, two in linked(aligned, version)}
    out = []
    for i, row in enumerate(collation.rows):
        text = collation.cell(row, source.id)
        found = words(text)
        for at in [w.at for w in aligned.content[source.id][i] if w.lemma == lemma]:
            span = found[at]
            before, after = around(text, span.start, span.end, _WIDTH)
            out.append(
                Occurrence(
                    work=collation.work.id,
                    row=row.number,
                    before=" ".join(before.split()),
                    word=span.text,
                    after=" ".join(after.split()),
                    cells={v: " ".join(collation.cell(row, v).split()) for v in versions},
                    renderings={v: rendered[v, i, at] for v in versions if (v, i, at) in rendered},
                )
            )
    return out


def renderings(found: Iterable[Occurrence]) -> list[tuple[str, int]]:
    """Count the lemmas that render the word, the commonest first."""
    counts = Counter(lemma for each in found for lemma in each.renderings.values())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
