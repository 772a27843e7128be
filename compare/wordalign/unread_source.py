"""A source in a language whose words the models cannot read, asked what needs none of them.

How often it denies, by its language's pack; to which of two wordings its sentence lies nearer, by the encoder, if that
knows the language; which names it writes (`compare.names.unread`). It only judges between translations that differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compare.lang import language
from compare.values import Collation, Span, Version
from compare.words import denials

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
        """Tell whether it denies as often as the first of two versions, and of it and the second one not at all.

        It says nothing where it has a turn that may deny nothing: »nicht nur«.
        """
        row, work = self.collation.rows[i], self.collation.work
        known = language(self.version.lang).negation
        if known is None or re.search(known.idle, self.cell(i), re.IGNORECASE):
            return False
        here, alike, other = (
            denials(self.collation.cell(row, v.id), v.lang)
            for v in (self.version, work.version(one), work.version(two))
        )
        return self.version.id in row.spans and here is not None and here == alike != other and 0 in (here, other)

    def draw(self, i: int, version: str, span: Span, instead: str = "") -> float:
        """Return how much nearer it lies to a version's cell than without some words, or with others instead.

        In cosines; 0 where it lies near neither.
        """
        row, text = self.collation.rows[i], self.collation.work.version(version).text
        here, cell = self.cell(i), row.spans[version]
        wordings = (text[cell.start : cell.end], text[cell.start : span.start] + instead + text[span.end : cell.end])
        if not here or not wordings[1].strip():
            return 0.0
        vectors = self.collation.encoder.encode([" ".join(each.split()) for each in (here, *wordings)])
        whole, less = (float(vectors[0] @ each) for each in vectors[1:])
        return whole - less if max(whole, less) >= _ALIKE else 0.0
