"""Whether the source states the number, or denies, as the readings of a site do; words of content do not tell."""

from __future__ import annotations

from collections.abc import Sequence

from compare.apparatus.classes import Kind
from compare.apparatus.sites import Passage
from compare.quantities.numbers import quantities
from compare.values import Collation
from compare.words import denials


def stated(kind: Kind, collation: Collation, passage: Passage, versions: Sequence[int]) -> list[float | None]:
    """Return for a reading of each of these versions, a number or a denial, 1 where the source states it, else 0.

    The source denies what a version denies where it denies as often in the row. Empty where the source decides nothing:
    of other kinds, and where all readings or none agree with it.
    """
    if kind not in ("number", "negation"):
        return []
    source, i = collation.work.source, passage.words.row_index
    row = collation.rows[i]
    if source is None or source.id not in row.spans:
        return []
    text = collation.cell(row, source.id)
    if kind == "number":
        known = {value for q in quantities(text, source.lang) for value in (q.value, *q.others)}
        said = [
            {q.value for q in quantities(" ".join(token.text for token in passage.reading(v)), passage.words.lang)}
            for v in versions
        ]
        agrees = [bool(values) and values <= known for values in said]
    else:
        times = denials(text, source.lang)
        counted = [denials(collation.cell(row, passage.words.versions[v]), passage.words.lang) for v in versions]
        if times is None or None in counted:
            return []
        agrees = [each == times for each in counted]
    return [float(each) for each in agrees] if len(set(agrees)) > 1 else []
