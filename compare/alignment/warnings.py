"""Where an alignment is not to be trusted, and what may be wrong with the texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from compare.lang import language
from compare.similarity import cell_vectors, similarity
from compare.values import Collation

#: Rows less probable than this make a stretch doubtful.
_DOUBT = 0.5
#: The least rows of a stretch, and the least share of a version's characters in rows that are met and probable.
_STRETCH, _MET = 3, 0.5
#: Cosine of the cells of two versions, in the middle, from which on they are of one work.
_ALIKE = 0.35
#: Fewer of its segments being different, a version says the same again and again.
_VARIETY = 0.2
_LETTERS = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")


def uncertain(collation: Collation) -> list[tuple[int, int]]:
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


def _is_lost(collation: Collation, version: str) -> bool:
    """Tell whether most of a version stands in rows that are not probable, or alone."""
    rows = [row for row in collation.rows if version in row.spans]
    sizes = np.array([len(row.spans[version]) for row in rows], np.float64)
    met = np.array([row.confidence if len(row.spans) > 1 else 0.0 for row in rows])
    return len(rows) >= 5 and float(met @ sizes) < _MET * float(sizes.sum())


def _strangers(collation: Collation, lost: Sequence[str]) -> list[str]:
    """Return those of the versions whose cells are like no other version's: one stranger makes all rows improbable."""
    near = similarity(collation, cell_vectors(collation)).cosine if lost else {}
    typical = {pair: float(np.nanmedian(cosines)) for pair, cosines in near.items() if not np.isnan(cosines).all()}
    return [id for id in lost if not any(id in pair and cosine >= _ALIKE for pair, cosine in typical.items())]


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
    if not several:
        yield f"{work.versions[0].id}: is the only version, so nothing is compared; add another version or the source"
    if work.rows is not None or not several:
        return
    lost = [version.id for version in work.versions if _is_lost(collation, version.id)]
    for id in _strangers(collation, lost) or lost:
        yield f"{id}: less than half of it clearly corresponds to any other version; is it the same work?"
    if stretches := uncertain(collation):
        first, last = max(stretches, key=lambda stretch: (stretch[1] - stretch[0], -stretch[0]))
        where = f"rows {first} to {last}"
        if len(stretches) > 1:
            where = f"{len(stretches)} stretches, the longest of them {where},"
        yield f"{where} are aligned doubtfully"
