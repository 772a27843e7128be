"""Whether what a version seems to lack in some rows stands in its cells of the rows next to them.

The rows are taken as one, and their words linked one to one: what the neighbours' own words leave free may be the
counterpart of what seems missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from compare.lang import language
from compare.remembered import remembered
from compare.values import Collation, Place, Row, Span

if TYPE_CHECKING:
    from collections.abc import Iterable


#: Share of words that stand in the rows next to them from which on these rows have them.
HAD = 0.45
#: How many rows before and after may be cut apart otherwise.
ABOUT = 3


def lengths_in_common(collation: Collation, one: str, other: str) -> tuple[int, int]:
    """Return how many characters each of two versions has in the rows that both have."""
    both = [row for row in collation.rows if one in row.spans and other in row.spans]
    return _length(both, one), _length(both, other)


def is_aligned_otherwise(
    collation: Collation, version: str, other: str, first: int, last: int, common: tuple[int, int]
) -> bool:
    """Tell whether `version`, which lacks the rows of index [first, last) of `other`, has as much more in those about.

    What is missing leaves the rows about it too short by as much; where one, two or three on both sides are short by
    less than half of it, texts are cut apart otherwise. `common`: the two's `lengths_in_common`, which say how much
    longer one text is than the other where nothing is missing.
    """
    mine, theirs = common
    missing = _length(collation.rows[first:last], other)

    def is_balanced(rows: Sequence[Row]) -> bool:
        return _length(rows, version) * theirs > (_length(rows, other) - missing / 2) * mine

    return any(is_balanced(collation.rows[max(first - k, 0) : last + k]) for k in range(1, ABOUT + 1))


def _length(rows: Sequence[Row], version: str) -> int:
    return sum(len(row.spans[version]) for row in rows if version in row.spans)


def moved_to(collation: Collation, place: Place, version: str) -> Place | None:
    """Return where half of a passage or more stands in `version`, in other order; None where it does not."""
    for move in collation.moves:
        for mine, theirs in ((move.here, move.there), (move.there, move.here)):
            if mine.version == place.version and theirs.version == version:
                shared = min(mine.span.end, place.span.end) - max(mine.span.start, place.span.start)
                if 2 * shared >= len(place.span):
                    return theirs
    return None


def share_in_neighbouring_rows(collation: Collation, version: str, other: str, first: int, last: int) -> float:
    """Return how much of `other`'s cells in the rows of index [first, last) `version` has in the rows next to them.

    The mean over content words of the probability that each is covered; 0 where nothing can be linked: a language whose
    words are not known, or no neighbour.
    """
    around = range(max(first - 1, 0), min(last + 1, len(collation.rows)))
    joined = merged([collation.rows[i] for i in around], (version, other))
    versions = [v for v in collation.work.versions if v.id in (version, other)]
    known = all(language(v.lang).offers({"models"}) for v in versions)
    if not known or len(joined.spans) < 2:
        return 0.0
    base = joined.spans[other].start
    spans = [span for i in range(first, last) if (span := collation.rows[i].spans.get(other))]
    return _share(
        *((v.lang, collation.cell(joined, v.id)) for v in versions),
        versions[1].id == other,
        tuple((span.start - base, span.end - base) for span in spans),
    )


@remembered
def _share(one: tuple[str, str], two: tuple[str, str], of_second: bool, spans: tuple[tuple[int, int], ...]) -> float:
    """Return how much of what stands in some spans of a text, the first or the second, the other text has.

    `one`, `two`: the language of a text, and the text.
    """
    import numpy as np

    from compare.wordalign.aligned_words import is_content, pair
    from compare.wordalign.links import batch, likeness
    from compare.wordalign.vocabulary import read

    words = read({"one": (one[0], [one[1]]), "two": (two[0], [two[1]])})
    first, second = words.cells["one"][0], words.cells["two"][0]
    if first is None or second is None:
        return 0.0
    near = likeness(batch([first]), batch([second]), words.forms)
    cover = pair(first, second, near[0], words.forms, one[0] == two[0])[of_second]
    cell = (first, second)[of_second]
    missing = [any(start <= word.start < end for start, end in spans) for word in cell.words]
    wanted = np.array(missing) & is_content(cell, words.forms)
    return float(np.array(cover.share)[wanted].mean()) if wanted.any() else 0.0


def merged(rows: Sequence[Row], ids: Iterable[str]) -> Row:
    """Make one row of rows that follow one another, for some versions."""
    spans, segments = {}, {}
    for id in ids:
        filled = [row for row in rows if id in row.spans]
        if filled:
            spans[id] = Span(filled[0].spans[id].start, filled[-1].spans[id].end)
            segments[id] = (filled[0].segments[id][0], filled[-1].segments[id][1])
    return Row(rows[0].number, segments, spans)
