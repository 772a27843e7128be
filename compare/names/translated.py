"""Names that a version has translated as if they were words: Певцов became "singers"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compare.lang import DEFAULT
from compare.names.agreement import renders
from compare.names.detect import bare
from compare.names.index import NameIndex
from compare.values import Place
from compare.wordalign.aligned_words import AlignedWords
from compare.wordalign.rendered_cells import KNOWN, translations
from compare.wordalign.renderings import Entry, Renderings, english_lemma, share_of
from compare.words import in_dictionary, key

#: Versions that keep a name, at least, where its capital may be the sentence's.
_SURE = 2


@dataclass(frozen=True, slots=True)
class TranslatedName:
    """A word that translates a name of the source, and the name where other versions keep it. Rows count from 1."""

    row: int
    place: Place
    source: Place
    kept: tuple[Place, ...]


def translated_names(aligned: AlignedWords, names: NameIndex, known: Renderings) -> Iterator[TranslatedName]:
    """Find words of a version that are known to render a word of the source which others keep as a name, by row.

    The source's word has a capital, which proves nothing where it opens a sentence: two versions are to keep it then.
    What they have is spelled like it and is no word of the dictionary (tsar, boyar), and no more versions translate it.
    """
    versions = translations(aligned.collation)
    for i, row in enumerate(aligned.collation.rows):
        cells = {v: cell for v in versions if (cell := aligned.cells[v][i])}
        if len(cells) < 2 or not aligned.cells[aligned.source][i]:
            continue
        for word in aligned.content[aligned.source][i]:
            form = aligned.cell(aligned.source, i).words[word.at].text
            entry = known.entry(word.lemma)
            if not form[0].isupper() or form.isupper() or not entry.renderings:
                continue
            kept = {v: at for v in cells if (at := _spelled(aligned, names, v, i, form)) is not None}
            if len(kept) < (1 if word.name else _SURE):
                continue
            found = {v: _rendered(aligned, v, i, form, entry) for v in cells.keys() - kept.keys()}
            rendered = {v: at for v, at in found.items() if at is not None}
            for version, at in sorted(rendered.items()) if len(rendered) <= len(kept) else ():
                yield TranslatedName(
                    row.number,
                    aligned.place(version, i, at, at + 1),
                    aligned.place(aligned.source, i, word.at, word.at + 1),
                    tuple(aligned.place(v, i, k, k + 1) for v, k in sorted(kept.items())),
                )


def _spelled(aligned: AlignedWords, names: NameIndex, version: str, i: int, form: str) -> int | None:
    """Return which word of a cell keeps a word of the source as a name; None where none does."""
    kept = {w.text for m in names.by_row.get((version, aligned.collation.rows[i].number), ()) for w in m.words}
    for k, word in enumerate(aligned.cell(version, i).words):
        if word.text in kept and not in_dictionary(key(word.text), DEFAULT) and renders(key(word.text), key(form)):
            return k
    return None


def _rendered(aligned: AlignedWords, version: str, i: int, form: str, entry: Entry) -> int | None:
    """Return which word of a cell is known to render a word of the source; None for none, or where the name stands."""
    words = aligned.cell(version, i).words
    if any(renders(key(bare(w.text)), key(form)) for w in words):
        return None
    return next((k for k, w in enumerate(words) if share_of(entry, english_lemma(w.text)) >= KNOWN), None)
