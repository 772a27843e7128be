"""Where an alignment is not to be trusted, and what may be wrong with the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from compare.lang import language
from compare.values import Collation

#: Rows less probable than this make a stretch doubtful.
_DOUBT = 0.5
#: The least rows of a stretch, and the least share of a version's characters in rows that are met and probable.
_STRETCH, _MET = 3, 0.5
#: Fewer of its segments being different, a version says the same again and again.
_VARIETY = 0.2
_LETTERS = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")


def doubtful(collation: Collation) -> list[tuple[int, int]]:
    """Return the doubtful stretches: (first, last) row numbers of runs of rows each less probable than even."""
    stretches: list[tuple[int, int]] = []
    start = None
    for row in (*collation.rows, None):
        low = row is not None and row.confidence < _DOUBT
        if low and start is None and row:
            start = row.number
        elif not low and start is not None:
            last = row.number - 1 if row else collation.rows[-1].number
            if last - start + 1 >= _STRETCH:
                stretches.append((start, last))
            start = None
    return stretches


def warn(collation: Collation) -> Iterator[str]:
    """Say what makes an alignment doubtful, a sentence each."""
    work, several = collation.work, len(collation.work.versions) > 1
    for version in work.versions:
        spans = collation.segments[version.id]
        if not spans:
            yield f"{version.id}: has no text"
            continue
        letters = _LETTERS.findall(version.text[:100_000])
        share = sum(1 for letter in letters if _CYRILLIC.match(letter)) / max(len(letters), 1)
        if len(letters) >= 20 and (share < 0.5 if "CYRILLIC" in language(version.lang).scripts else share > 0.5):
            yield f"{version.id}: is said to be {version.lang!r}, but {share:.0%} of its letters are Cyrillic"
        different = len({span.of(version.text) for span in spans})
        if len(spans) >= 20 and different < _VARIETY * len(spans):
            yield f"{version.id}: only {different} of its {len(spans)} segments are different; their order decides"
        if several and len(spans) == 1 and any(len(other) > 5 for other in collation.segments.values()):
            yield f"{version.id}: is a single segment, {len(version.text)} characters long"
    if work.rows is not None or not several:
        return
    for version in work.versions:
        rows = [row for row in collation.rows if version.id in row.spans]
        sizes = np.array([len(row.spans[version.id]) for row in rows], np.float64)
        met = np.array([row.confidence if len(row.spans) > 1 else 0.0 for row in rows])
        if len(rows) >= 5 and float(met @ sizes) < _MET * float(sizes.sum()):
            yield f"{version.id}: less than half of it clearly corresponds to any other version; is it the same work?"
    if stretches := doubtful(collation):
        first, last = max(stretches, key=lambda stretch: (stretch[1] - stretch[0], -stretch[0]))
        where = f"rows {first} to {last}"
        if len(stretches) > 1:
            where = f"{len(stretches)} stretches, the longest of them {where},"
        yield f"{where} are aligned doubtfully"
