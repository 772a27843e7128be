"""How much of the source each version has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compare.values import Collation
from compare.words import words


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares, 0 to 1, of the source's rows in which a version has anything, and of the source's words in them.

    What a row holds is not asked: a version that gives two words of a sentence has the row. The words say how much of
    the work is missing, the rows in how many places.
    """

    rows: float
    words: float


def coverage(collation: Collation) -> Mapping[str, Coverage]:
    """Measure every translation against the source's rows; without a source, against those of any other translation.

    A version is left out where there is nothing to measure it by. Words of a row that several others have are the mean
    of theirs.
    """
    source = collation.work.source
    judged = [v.id for v in collation.work.versions if v.role != "source"]
    sizes = [{id: len(words(collation.cell(row, id))) for id in row.spans} for row in collation.rows]
    out = {}
    for version in judged:
        others = [source.id] if source else [id for id in judged if id != version]
        expected = []  # of every row that the others have: its words, and whether the version has it
        for size in sizes:
            if counts := [size[id] for id in others if id in size]:
                expected.append((sum(counts) / len(counts), version in size))
        total = sum(count for count, _ in expected)
        if total:
            rows = sum(has for _, has in expected) / len(expected)
            out[version] = Coverage(round(rows, 4), round(sum(count for count, has in expected if has) / total, 4))
    return out
