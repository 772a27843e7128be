"""A source in a language whose words the models cannot read, asked what needs none of them.

How often it denies, by its language's pack; to which of two wordings its sentence lies nearer, by the encoder, if that
knows the language; which names stand in it letter for letter. It only judges between translations that differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from compare.values import Collation, Span, Version
from compare.words import denials, words

#: Cosine of two cells under which their sentences are not of one meaning, or the encoder does not know the language.
_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class UnreadSource:
    """The source of a collation; it says nothing of rows that it lacks."""

    collation: Collation
    version: Version

    def cell(self, i: int) -> str:
        """Return what it has in the row of that index; empty for nothing."""
        return self.collation.cell(self.collation.rows[i], self.version.id)

    def denies_like(self, i: int, one: str, two: str) -> bool:
        """Tell whether it denies as often as the first of two versions, and of it and the second one not at all."""
        row, work = self.collation.rows[i], self.collation.work
        here, alike, other = (
            denials(self.collation.cell(row, v.id), v.lang)
            for v in (self.version, work.version(one), work.version(two))
        )
        return self.version.id in row.spans and here is not None and here == alike != other and 0 in (here, other)

    def draw(self, i: int, version: str, span: Span) -> float:
        """Return how much nearer it lies to a version's cell with some of its words than without, in cosines.

        0 where it lies near neither.
        """
        row, text = self.collation.rows[i], self.collation.work.version(version).text
        here, cell = self.cell(i), row.spans[version]
        wordings = (text[cell.start : cell.end], text[cell.start : span.start] + text[span.end : cell.end])
        if not here or not wordings[1].strip():
            return 0.0
        vectors = self.collation.encoder.encode([" ".join(each.split()) for each in (here, *wordings)])
        whole, less = (float(vectors[0] @ each) for each in vectors[1:])
        return whole - less if max(whole, less) >= _ALIKE else 0.0

    def names(self, i: int, name: str) -> bool:
        """Tell whether it has a word in the row, letter for letter and with its capital, or that with an ending."""
        return name[:1].isupper() and any(
            word.text.startswith(name) and len(word.text) <= len(name) + 1 for word in words(self.cell(i))
        )
