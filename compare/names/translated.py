"""Names that a version has translated as if they were words: Певцов became "singers"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from compare.lang import DEFAULT
from compare.names.agreement import renders
from compare.names.detect import Mention, bare
from compare.names.index import NameIndex
from compare.values import Collation, Place
from compare.wordalign.aligned_words import place_of
from compare.wordalign.rendered_cells import KNOWN, translations
from compare.wordalign.renderings import Entry, Renderings, content_words, english_lemma, share_of
from compare.words import Word, in_dictionary, key, words

#: Versions that keep a name, at least, where its capital may be the sentence's.
_SURE = 2


@dataclass(frozen=True, slots=True)
class TranslatedName:
    """A word that translates a name of the source, and the name where other versions keep it. Rows count from 1."""

    row: int
    place: Place
    source: Place
    kept: tuple[Place, ...]


def translated_names(collation: Collation, names: NameIndex, known: Renderings) -> Iterator[TranslatedName]:
    """Find words of a version that are known to render a word of the source which others keep as a name, by row.

    The source's word has a capital, which proves nothing where it opens a sentence: two versions are to keep it then.
    What they have is spelled like it and is no word of the dictionary (tsar, boyar), and no more versions translate it.
    """
    versions, source = translations(collation), collation.work.source
    for i, row in enumerate(collation.rows):
        named = {v: _odd_names(names.by_row.get((v, row.number), ())) for v in versions}
        if source is None or source.id not in row.spans or not any(named.values()):
            continue
        cells = {v: cell for v in versions if (cell := words(collation.cell(row, v)))}
        if len(cells) < 2:
            continue
        text = collation.cell(row, source.id)
        forms = [word.text for word in words(text)]
        may_be_names = {n for n, form in enumerate(forms) if form[0].isupper() and not form.isupper()}
        for word in content_words(text, source.lang, may_be_names):
            form, entry = forms[word.at], known.entry(word.lemma)
            if not entry.renderings:
                continue
            kept = {v: at for v, cell in cells.items() if (at := _spelled(cell, named[v], form)) is not None}
            if len(kept) < (1 if word.name else _SURE):
                continue
            found = {v: _rendered(cells[v], form, entry) for v in cells.keys() - kept.keys()}
            rendered = {v: at for v, at in found.items() if at is not None}
            for version, at in sorted(rendered.items()) if len(rendered) <= len(kept) else ():
                yield TranslatedName(
                    row.number,
                    place_of(collation, version, i, at, at + 1),
                    place_of(collation, source.id, i, word.at, word.at + 1),
                    tuple(place_of(collation, v, i, k, k + 1) for v, k in sorted(kept.items())),
                )


def _odd_names(mentions: Sequence[Mention]) -> set[str]:
    """Return the words of names that the dictionary lacks."""
    return {w.text for m in mentions for w in m.words if not in_dictionary(key(w.text), DEFAULT)}


def _spelled(cell: Sequence[Word], odd_names: Set[str], form: str) -> int | None:
    """Return which word of a cell keeps a word of the source as a name; None where none does."""
    return next((k for k, w in enumerate(cell) if w.text in odd_names and renders(key(w.text), key(form))), None)


def _rendered(cell: Sequence[Word], form: str, entry: Entry) -> int | None:
    """Return which word of a cell is known to render a word of the source; None for none, or where the name stands."""
    if any(renders(key(bare(w.text)), key(form)) for w in cell):
        return None
    return next((k for k, w in enumerate(cell) if share_of(entry, english_lemma(w.text)) >= KNOWN), None)
